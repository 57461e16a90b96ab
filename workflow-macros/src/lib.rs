//! The macros of `workflow-runtime`, which re-exports them: use them from there.
//!
//! Each follows the same pipeline: parse the tokens into a model, check the model, generate code. Nothing else in the
//! project knows Rust's syntax.

mod data;
mod errors;
mod expr;
mod nested_meta;
mod task_error;
mod workflow;

use proc_macro::TokenStream;

/// Describes how serde writes a type, so that portable expressions can look into it.
///
/// Its attributes are listed with the trait of the same name.
#[proc_macro_derive(Data, attributes(data, serde))]
pub fn derive_data(input: TokenStream) -> TokenStream {
    data::expand(input.into()).into()
}

/// Gives the errors of a task their names in Amazon States Language.
///
/// Its attribute is described with the trait of the same name.
#[proc_macro_derive(TaskError, attributes(task_error))]
pub fn derive_task_error(input: TokenStream) -> TokenStream {
    task_error::expand(input.into()).into()
}

// Documented where it is re-exported, with examples that need the runtime.
#[proc_macro_attribute]
pub fn workflow(arguments: TokenStream, block: TokenStream) -> TokenStream {
    workflow::expand(arguments.into(), block.into()).into()
}
