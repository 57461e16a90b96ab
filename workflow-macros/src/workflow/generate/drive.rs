//! The way from state to state: what happens in each, and what it leads to.

use proc_macro2::TokenStream;
use quote::quote;
use workflow_model::State;
use workflow_model::states::StateKind;

use super::ambient::{After, Ambient};
use super::{
    Workflow, activity, assign, callback, choice, fail, map, nested, parallel, pass, poll, succeed, task, wait,
};
use crate::workflow::source::{KindSource, StateSource};

/// ```text
/// loop {
///     run.turn().await;
///     let info = run.enter::<Self>(&state);
///     let step = match state {
///         __State::CallService(__input) => { /* … */ }
///         /* … */
///     };
///     match step {
///         Step::Next(next) => {
///             state = if State::LOSSY { next.cross()? } else { next };
///             run.exit::<Self>(info, &state)?;
///         }
///         Step::Park(state) => return Ok(Driven::Parked(state)),
///         Step::Succeed(output) => return run.end(info, output),
///         Step::Fail(failure) => return Err(failure),
///     }
/// }
/// ```
///
/// A next state goes straight to where it stays, without a `Result` around it: each move of a state takes longer than all else there.
pub(super) fn drive(workflow: &Workflow) -> TokenStream {
    let private = workflow.private();
    let arms = workflow.states.iter().zip(&workflow.machine.states).enumerate().map(|(index, (source, state))| {
        let variant = &source.variant;
        let body = match &state.kind {
            StateKind::Poll(_) => poll::arm(workflow, index),
            // The body of a callback is evaluated for each attempt, and bound there.
            kind if kind.is_callback() => arm(workflow, source, state),
            _ => Ambient::of_body(workflow, source).bound(After::Entry, arm(workflow, source, state)),
        };
        quote!(__State::#variant(__input) => #body,)
    });
    let polls = poll::loops(workflow);
    let polling = polls.iter().flat_map(|poll| {
        poll.variants().map(|poll::Variant { name, arm, .. }| quote!(__State::#name(__input) => #arm,))
    });
    // A poll goes through several states in one step.
    let mutable = (!polls.is_empty()).then(|| quote!(mut));
    let unused = (!workflow.generics.params.is_empty())
        .then(|| quote!(__State::__Unused(#private::Unused::Never(never, _)) => match never {},));
    let initial = assign::initial(workflow);
    let (_, ty_generics, _) = workflow.generics.split_for_impl();
    let kept = workflow.variables.as_ref().map(|_| quote!(run.keep_variables::<Self>(&*__variables);));
    quote! {
        #initial
        loop {
            run.turn().await;
            let #mutable __info = run.enter::<Self>(&state);
            let __step: #private::Step<Self> = match state { #(#arms)* #(#polling)* #unused };
            match __step {
                #private::Step::Next(__next) => {
                    #kept
                    state = if <__State #ty_generics as #private::StateValue>::LOSSY {
                        #private::StateValue::cross(__next)?
                    } else {
                        __next
                    };
                    run.exit::<Self>(__info, &state)?;
                }
                #private::Step::Park(__state) => return ::core::result::Result::Ok(#private::Driven::Parked(__state)),
                #private::Step::Succeed(__output) => return run.end(__info, __output),
                #private::Step::Fail(__failure) => return ::core::result::Result::Err(__failure),
            }
        }
    }
}

fn arm(workflow: &Workflow, source: &StateSource, state: &State) -> TokenStream {
    match (&source.kind, &state.kind) {
        (KindSource::Task { output, next, catch, .. }, StateKind::Task(task)) if task.activity.is_some() => {
            activity::arm(workflow, source, task, output, next, catch)
        }
        (KindSource::Task { returned, output, next, catch, .. }, StateKind::Task(task)) if task.callback => {
            callback::arm(workflow, source, task, (returned, output), next, catch)
        }
        (KindSource::Task { returned, next, catch, .. }, StateKind::Task(task)) => {
            task::arm(workflow, source, task, returned, next, catch)
        }
        (KindSource::Nested { field, child, output, next, catch }, StateKind::Nested(nested)) => {
            nested::arm(workflow, source, nested, (field, child, output), next, catch)
        }
        (KindSource::Parallel { branches, given, next, catch }, StateKind::Parallel(parallel)) => {
            parallel::arm(workflow, source, parallel, (branches, given.as_ref()), next, catch)
        }
        (KindSource::Map { .. }, StateKind::Map(map)) => map::arm(workflow, source, map),
        (KindSource::Choice { .. }, _) => choice::arm(workflow, source),
        (KindSource::Wait { returned, next }, StateKind::Wait(wait)) => {
            wait::arm(workflow, source, wait, returned.as_ref(), next)
        }
        (KindSource::Pass { next }, _) => pass::arm(workflow, source, next),
        (KindSource::Succeed, _) => succeed::arm(workflow, source),
        (KindSource::Fail, StateKind::Fail(fail)) => fail::arm(workflow, source, fail),
        _ => unreachable!("a kind of state that could not be read is an error, after which no step is generated"),
    }
}

/// The call of a state's own method with its input.
pub(super) fn call(workflow: &Workflow, source: &StateSource, input: &TokenStream) -> TokenStream {
    call_with(workflow, source, input, None)
}

/// The same, with a further argument behind the input.
pub(super) fn call_with(
    workflow: &Workflow,
    source: &StateSource,
    input: &TokenStream,
    further: Option<&TokenStream>,
) -> TokenStream {
    let name = source.name();
    let input = source.input.as_ref().map(|_| input);
    let arguments = input.into_iter().chain(further);
    let ambient = Ambient::of_body(workflow, source).arguments();
    quote!(Self::#name(#(#arguments,)* #ambient))
}
