//! The model, embedded: a JSON text, and what only the user's types can tell.

use proc_macro2::TokenStream;
use quote::quote;
use workflow_model::states::ChildRef;

use super::Workflow;
use super::methods::replace_self;
use super::retry::error_name;
use super::{assign, wait};

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
    let known: Vec<_> = waits.chain(assign::description(workflow)).collect();
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
