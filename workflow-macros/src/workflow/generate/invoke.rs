//! What the Lambda function behind the tasks calls: one task, by its name.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, Type};
use workflow_model::State;
use workflow_model::states::{Branch, StateKind};

use super::{Workflow, poll, retry};
use crate::workflow::source::{KindSource, StateSource};
use crate::workflow::spanned;

/// ```text
/// on_lambda! {
///     async fn invoke(&self, mut __invocation: Invocation) -> Invoked {
///         if __invocation.enter("prepare.Charge.") {
///             let __child: &Charge = &self.charge;
///             return <Charge as Child>::invoke(__child, __invocation).await;
///         }
///         match __invocation.task() {
///             "call_service" => __invocation.run(timeout, Crossing::ANSWERED, |input, _| Self::call_service(self, input), TaskReturn::RETURNED).await,
///             _ => __invocation.unknown(&["prepare.Charge.…", "call_service"]),
///         }
///     }
/// }
/// ```
///
/// Nothing, where there is no such task: so says the default.
pub(super) fn invoke(workflow: &Workflow) -> TokenStream {
    let states = || workflow.states.iter().zip(&workflow.machine.states);
    let branches: Vec<_> = states().flat_map(|(source, state)| branches(source, state)).collect();
    let tasks: Vec<_> =
        states().filter_map(|(source, state)| Some((&state.name, task(workflow, source, state)?))).collect();
    if branches.is_empty() && tasks.is_empty() {
        return TokenStream::new();
    }
    let private = workflow.private();
    let ways = branches.iter().map(|(way, _, _)| format!("{way}…"));
    let known = ways.chain(tasks.iter().map(|(name, _)| (*name).clone()));
    let entered = branches.iter().map(|(way, field, child)| enter(workflow, way, field, child));
    let arms = tasks.iter().map(|(name, call)| quote!(#name => __invocation.#call.await,));
    let mutable = (!branches.is_empty()).then(|| quote!(mut));
    quote! {
        #private::on_lambda! {
            async fn invoke(&self, #mutable __invocation: #private::Invocation) -> #private::Invoked {
                #(#entered)*
                match __invocation.task() {
                    #(#arms)*
                    _ => __invocation.unknown(&[#(#known),*]),
                }
            }
        }
    }
}

/// The workflows whose states are a part of the machine, each with the way to it.
fn branches<'a>(source: &'a StateSource, state: &State) -> Vec<(String, &'a Expr, &'a Type)> {
    let way = |branch: &Branch| format!("{}.{}.", state.name, branch.label);
    match (&source.kind, &state.kind) {
        (KindSource::Parallel { branches, .. }, StateKind::Parallel(parallel)) => {
            let branches = branches.iter().zip(&parallel.branches);
            branches.map(|(source, branch)| (way(branch), &source.field, &source.child)).collect()
        }
        (KindSource::Map { field, child, .. }, StateKind::Map(map)) if map.processor.execution.is_none() => {
            vec![(way(&map.processor), field, child)]
        }
        _ => Vec::new(),
    }
}

fn enter(workflow: &Workflow, way: &str, field: &Expr, child: &Type) -> TokenStream {
    let (invoke, child_type) = (workflow.child(child, "invoke"), workflow.child(child, "Itself"));
    let held = quote_spanned!(field.span()=> let __child: &#child_type = &#field;);
    let its_field = quote_spanned!(field.span()=> __child);
    quote! {
        if __invocation.enter(#way) {
            #held
            return #invoke(#its_field, __invocation).await;
        }
    }
}

/// `run(timeout, Crossing::ANSWERED, |input, context| Self::call_service(self, input, context), TaskReturn::RETURNED)`, for what the
/// program's own function runs.
fn task(workflow: &Workflow, source: &StateSource, state: &State) -> Option<TokenStream> {
    let (timeout, takes_context, is_callback) = match &state.kind {
        StateKind::Task(task) if task.is_run_by_program() => (task.timeout, task.takes_context, task.callback),
        StateKind::Poll(poll) => (poll.timeout, poll.takes_context, false),
        _ => return None,
    };
    let returned = match &source.kind {
        KindSource::Task { returned, .. } if is_callback => {
            spanned::projection(returned, &workflow.krate, &["__private", "Submits"], "SUBMITTED")
        }
        KindSource::Task { returned, .. } => {
            spanned::projection(returned, &workflow.krate, &["TaskReturn"], "RETURNED")
        }
        KindSource::Poll { returned, .. } => poll::of_returned(workflow, returned, "RETURNED"),
        _ => return None,
    };
    let (name, timeout) = (source.name(), retry::optional(timeout));
    let answered = workflow.crossing(&source.input_type(), "ANSWERED");
    let input = source.input.as_ref().map(|_| quote!(__input,));
    let context = takes_context.then(|| quote!(__context));
    Some(match is_callback {
        true => quote! {
            submit(#timeout, #answered, |__input, __token, __context| {
                let _ = (&__input, &__context);
                Self::#name(self, #input __token, #context)
            }, #returned)
        },
        false => quote! {
            run(#timeout, #answered, |__input, __context| {
                let _ = (&__input, &__context);
                Self::#name(self, #input #context)
            }, #returned)
        },
    })
}
