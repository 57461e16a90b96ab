//! The model, embedded: a JSON text, and what only the user's types can tell.

use proc_macro2::TokenStream;
use quote::quote;
use workflow_model::states::{ChildRef, StateKind};

use super::Workflow;
use super::methods::replace_self;
use super::retry::error_name;
use super::{assign, poll, wait};
use crate::workflow::source::{KindSource, StateSource};
use crate::workflow::spanned;

fn text(workflow: &Workflow) -> String {
    serde_json::to_string(&workflow.machine).expect("a state machine has no maps, so it is always JSON")
}

/// A number that changes with the graph: the 64-bit FNV-1a hash of the model's text.
pub(super) fn fingerprint(workflow: &Workflow) -> u64 {
    let step = |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    text(workflow).bytes().fold(0xcbf2_9ce4_8422_2325, step)
}

/// ```text
/// definition("{…}", |shapes| vec![<Job as Crossing>::shape_of(shapes)], &["ServiceError.Rejected"], vec![<PollService as Child>::describe()], …)
/// ```
pub(super) fn definition(workflow: &Workflow) -> TokenStream {
    let private = workflow.private();
    let machine = text(workflow);
    let types = workflow
        .tables
        .types()
        .iter()
        .map(|(_, ty)| replace_self(workflow.crossing(ty, "shape_of"), &workflow.self_type));
    let errors = workflow.errors.iter().map(|path| error_name(workflow, path));
    let children = workflow.children.iter().enumerate().map(|(index, child)| {
        let describe = if workflow.is_branch(ChildRef(index)) { "describe_branch" } else { "describe" };
        replace_self(workflow.child(child, describe), &workflow.self_type)
    });
    let constants = workflow.tables.constants().iter().map(|(_, path)| path);
    let waits = workflow.states.iter().enumerate().filter_map(|(index, state)| wait::unit(workflow, index, state));
    let known: Vec<_> = waits.chain(raised(workflow)).chain(assign::description(workflow)).collect();
    let made = quote! {
        let mut shapes = #private::model::shape::Shapes::new();
        let types = ::std::vec![#(#types(&mut shapes)),*];
        let constants = ::std::vec![#(#private::constant(&mut shapes, &#constants)),*];
        #private::definition(
            #machine,
            shapes,
            types,
            ::std::vec![#(#errors),*],
            ::std::vec![#(#children()),*],
            constants,
        )
    };
    if known.is_empty() { made } else { quote!(let mut definition = { #made }; #(#known)* definition) }
}

/// `raises(&mut definition, &[(0usize, <Result<String, ServiceError> as TaskReturn>::RAISES)]);`, of the tasks that the user's methods are.
fn raised(workflow: &Workflow) -> Option<TokenStream> {
    let private = workflow.private();
    let of_state = |(index, state): (usize, &StateSource)| {
        let raises = match (&state.kind, &workflow.machine.states[index].kind) {
            (KindSource::Task { returned, .. }, StateKind::Task(task))
                if task.service.is_none() && !task.is_ended_from_outside() =>
            {
                spanned::projection(returned, &workflow.krate, &["TaskReturn"], "RAISES")
            }
            (KindSource::Poll { returned, .. }, StateKind::Poll(_)) => poll::of_returned(workflow, returned, "RAISES"),
            _ => return None,
        };
        let raises = replace_self(raises, &workflow.self_type);
        Some(quote!((#index, #raises)))
    };
    let tasks: Vec<_> = workflow.states.iter().enumerate().filter_map(of_state).collect();
    (!tasks.is_empty()).then(|| quote!(#private::raises(&mut definition, &[#(#tasks),*]);))
}
