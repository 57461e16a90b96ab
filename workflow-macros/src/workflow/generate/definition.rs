//! The model, embedded: a JSON text, and what only the user's types can tell.

use proc_macro2::TokenStream;
use quote::quote;

use super::Workflow;
use super::methods::replace_self;
use super::retry::error_name;

/// ```ignore
/// definition("{…}", |shapes| vec![<Job as Data>::shape(shapes)], &["ServiceError.Rejected"], vec![child::<PollService>()], …)
/// ```
pub(super) fn definition(workflow: &Workflow) -> TokenStream {
    let private = workflow.private();
    let machine = serde_json::to_string(&workflow.machine).expect("a state machine has no maps, so it is always JSON");
    let types = workflow.tables.types().iter().map(|(_, ty)| replace_self(workflow.payload(ty), &workflow.self_type));
    let errors = workflow.errors.iter().map(|path| error_name(workflow, path));
    let children = workflow.children.iter().map(|child| replace_self(workflow.child(child), &workflow.self_type));
    let constants = workflow.tables.constants().iter().map(|(_, path)| path);
    quote! {
        let mut shapes = #private::model::shape::Shapes::new();
        let types = ::std::vec![#(<#types as #private::Data>::shape(&mut shapes)),*];
        let constants = ::std::vec![#(#private::constant(&mut shapes, &#constants)),*];
        #private::definition(
            #machine,
            shapes,
            types,
            ::std::vec![#(#errors),*],
            ::std::vec![#(#private::child::<#children>()),*],
            constants,
        )
    }
}
