//! Which errors come out of a workflow that is a branch, as a constant, and that those are what the handlers around branches take.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use workflow_model::Place;
use workflow_model::finding::StatePart;
use workflow_model::states::{Branch, Catcher, ChildRef, ErrorRef, Map, Retrier, StateKind, StatesError};

use super::methods::replace_self;
use super::{Workflow, poll, retry};
use crate::workflow::source::{KindSource, StateSource};
use crate::workflow::spanned;

/// ```text
/// &Raises { states: &[StateRaises { raised: &[Source::Method(<Result<String, ServiceError> as TaskReturn>::RAISES)], caught: &[] }] }
/// ```
pub(super) fn raises(workflow: &Workflow) -> TokenStream {
    let private = workflow.private();
    let states = workflow.states.iter().enumerate().filter_map(|(index, state)| {
        let sources = sources(workflow, index, state);
        if sources.is_empty() {
            return None;
        }
        let caught = workflow.machine.states[index].kind.catchers().iter().flat_map(|catcher| &catcher.errors);
        let caught = retry::errors(workflow, &caught.cloned().collect::<Vec<_>>());
        let state = quote!(#private::StateRaises { raised: &[#(#sources),*], caught: #caught });
        Some(replace_self(state, &workflow.self_type))
    });
    // Where one contains itself, rustc says so on its name here.
    let branches = workflow.children.iter().enumerate().filter(|(index, _)| workflow.is_branch(ChildRef(*index)));
    let known = branches.map(|(_, child)| {
        let raises = replace_self(workflow.child(child, "NO_BRANCH_CONTAINS_ITSELF"), &workflow.self_type);
        quote_spanned!(child.span()=> let _: &#private::Raises = #raises;)
    });
    quote!({ #(#known)* &#private::Raises { states: &[#(#states),*] } })
}

/// That each error which a `#[parallel]` or a `#[map]` takes comes out of it. What a generic workflow runs is known only where it is
/// run: see [`of_state`].
///
/// ```text
/// const _: () = comes_out("both", error_name(…), &[Source::Branch(<Charge as Child>::NO_BRANCH_CONTAINS_ITSELF)]);
/// ```
pub(super) fn handled(workflow: &Workflow) -> TokenStream {
    if !workflow.generics.params.is_empty() {
        return TokenStream::new();
    }
    let of_state = |(index, state)| {
        checks(workflow, index, state).into_iter().map(|check| {
            let span = spanned::ends(&check).0;
            quote_spanned!(span=> const _: () = #check;)
        })
    };
    workflow.states.iter().enumerate().flat_map(of_state).collect()
}

/// The same of a state of a generic workflow, for where it is run.
pub(super) fn of_state(workflow: &Workflow, index: usize, state: &StateSource) -> TokenStream {
    if workflow.generics.params.is_empty() {
        return TokenStream::new();
    }
    checks(workflow, index, state).into_iter().map(|check| quote!(const { #check };)).collect()
}

/// What cannot be evaluated where an error does not come out of a state: on each error that one of its handlers names.
fn checks(workflow: &Workflow, index: usize, source: &StateSource) -> Vec<TokenStream> {
    let state = &workflow.machine.states[index];
    if !matches!(&state.kind, StateKind::Parallel(_)) && !is_inline(&state.kind) {
        return Vec::new();
    }
    let (name, kind) = (&state.name, &state.kind);
    let retried = kind.retriers().iter().enumerate().flat_map(|(retrier, Retrier { errors, .. })| {
        errors.iter().enumerate().map(move |(number, error)| (error, StatePart::RetryError(retrier, number)))
    });
    let caught = kind.catchers().iter().enumerate().flat_map(|(catcher, Catcher { errors, .. })| {
        errors.iter().enumerate().map(move |(number, error)| (error, StatePart::CatchError(catcher, number)))
    });
    let check = |(error, part): (&ErrorRef, StatePart)| {
        let error = match error {
            ErrorRef::Custom(error) => retry::error_name(workflow, &workflow.errors[error.0]),
            ErrorRef::States(StatesError::Timeout) => StatesError::Timeout.asl_name().to_token_stream(),
            // Step Functions itself may raise the others.
            ErrorRef::States(_) => return None,
        };
        let (start, end) = spanned::ends(workflow.places.get(&Place::State(index, part)));
        let (private, sources) = (spanned::at(start, workflow.private()), sources(workflow, index, source));
        let mut check = quote_spanned!(start=> #private::comes_out);
        check.extend(quote_spanned!(end=> (#name, #error, &[#(#sources),*])));
        Some(check)
    };
    retried.chain(caught).filter_map(check).collect()
}

/// Where the errors of a state's attempts come from.
fn sources(workflow: &Workflow, index: usize, source: &StateSource) -> Vec<TokenStream> {
    let private = workflow.private();
    let named = |name: &str| quote!(#private::Source::Named(#name));
    let task_failed = || named(StatesError::TaskFailed.asl_name());
    let anybody = quote!(#private::Source::Anybody);
    let (of_attempts, is_timed) = match (&workflow.machine.states[index].kind, &source.kind) {
        (StateKind::Task(task), KindSource::Task { returned, output, .. }) => {
            let is_method = task.service.is_none() && !task.is_ended_from_outside();
            let raises = spanned::projection(returned, &workflow.krate, &["TaskReturn"], "RAISES");
            // Of a result that cannot cross an edge, rustc then says the same as elsewhere.
            let crosses = workflow.crossing(output, "IS_LOSSY");
            let source =
                if is_method { quote!(#private::Source::Method({ let _ = #crosses; #raises })) } else { anybody };
            (source, task.timeout.is_some() || task.heartbeat.is_some())
        }
        (StateKind::Poll(poll), KindSource::Poll { returned, .. }) => {
            let raises = poll::of_returned(workflow, returned, "RAISES");
            (quote!(#private::Source::Method(#raises)), poll.timeout.is_some())
        }
        (StateKind::Nested(nested), _) => {
            let source = if nested.is_callback() { anybody } else { task_failed() };
            (source, nested.timeout.is_some())
        }
        (StateKind::Parallel(parallel), _) => {
            return parallel.branches.iter().map(|branch| of_branch(workflow, branch)).collect();
        }
        (StateKind::Map(map), _) if map.distributed.is_none() => (of_branch(workflow, &map.processor), false),
        (StateKind::Map(_), _) => (anybody, false),
        (StateKind::Fail(fail), _) => (fail.error.as_deref().map_or(anybody, named), false),
        _ => return Vec::new(),
    };
    let timeout = is_timed.then(|| named(StatesError::Timeout.asl_name()));
    [of_attempts].into_iter().chain(timeout).collect()
}

/// A branch's own errors; of an execution of its own, that it failed.
fn of_branch(workflow: &Workflow, branch: &Branch) -> TokenStream {
    let private = workflow.private();
    if branch.execution.is_some() {
        let failed = StatesError::TaskFailed.asl_name();
        return quote!(#private::Source::Named(#failed));
    }
    let ChildRef(index) = branch.child;
    let raises = workflow.child(&workflow.children[index], "NO_BRANCH_CONTAINS_ITSELF");
    quote!(#private::Source::Branch(#raises))
}

fn is_inline(kind: &StateKind) -> bool {
    matches!(kind, StateKind::Map(map) if matches!(**map, Map { distributed: None, .. }))
}
