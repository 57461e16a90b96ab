//! The step: what happens in each state.

use proc_macro2::TokenStream;
use quote::quote;
use workflow_model::State;
use workflow_model::states::StateKind;

use super::{Workflow, choice, fail, nested, pass, succeed, task, wait};
use crate::workflow::source::{KindSource, StateSource};

/// ```ignore
/// match state {
///     __State::CallService(__input) => { /* … */ }
///     /* … */
/// }
/// ```
pub(super) fn step(workflow: &Workflow) -> TokenStream {
    let private = workflow.private();
    let arms = workflow.states.iter().zip(&workflow.machine.states).map(|(source, state)| {
        let variant = &source.variant;
        let body = arm(workflow, source, state);
        quote!(__State::#variant(__input) => #body,)
    });
    let unused = (!workflow.generics.params.is_empty())
        .then(|| quote!(__State::__Unused(#private::Unused::Never(never, _)) => match never {},));
    quote!(match state { #(#arms)* #unused })
}

fn arm(workflow: &Workflow, source: &StateSource, state: &State) -> TokenStream {
    match (&source.kind, &state.kind) {
        (KindSource::Task { returned, next, catch, .. }, StateKind::Task(task)) => {
            task::arm(workflow, source, task, returned, next, catch)
        }
        (KindSource::Nested { field, child, next, catch }, StateKind::Nested(nested)) => {
            nested::arm(workflow, source, nested, (field, child), next, catch)
        }
        (KindSource::Choice { .. }, _) => choice::arm(source),
        (KindSource::Wait { next }, StateKind::Wait(wait)) => wait::arm(workflow, source, wait, next),
        (KindSource::Pass { next }, _) => pass::arm(workflow, source, next),
        (KindSource::Succeed, _) => succeed::arm(workflow, source),
        (KindSource::Fail, StateKind::Fail(fail)) => fail::arm(source, fail),
        _ => unreachable!("a kind of state that could not be read is an error, after which no step is generated"),
    }
}

/// The call of a state's own method with its input.
pub(super) fn call(source: &StateSource, input: &TokenStream) -> TokenStream {
    let name = source.name();
    let argument = source.input.as_ref().map(|_| quote!(#input));
    quote!(Self::#name(#argument))
}
