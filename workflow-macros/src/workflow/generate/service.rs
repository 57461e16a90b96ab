//! `#[task(resource = "…", arguments = …)]`: natively a task like any other, under the service's name.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::{ExprClosure, Pat};
use workflow_model::integrations::Integration;
use workflow_model::states::Task;

use super::Workflow;
use super::ambient::Ambient;
use crate::workflow::source::{KindSource, StateSource};

/// `Resource { resource_type: "dynamodb", resource: "putItem" }`: what the events of a task name.
pub(super) fn resource(workflow: &Workflow, task: &Task) -> TokenStream {
    let private = workflow.private();
    // A resource that cannot be read is an error, after which no step is generated.
    let integration = task.service.as_ref().and_then(|service| Integration::read(&service.resource).ok());
    match integration {
        Some(integration) => {
            let (service, resource) = (&integration.service, integration.resource());
            quote!(#private::Resource { resource_type: #service, resource: #resource })
        }
        None if task.callback => quote!(#private::Resource::LAMBDA_INVOKE_CALLBACK),
        None => quote!(#private::Resource::LAMBDA_INVOKE),
    }
}

/// The arguments, which are for Step Functions alone: rustc checks them in a function that is never called.
///
/// ```text
/// fn __workflow_arguments_3(order: Order, token: TaskToken<Receipt>) {
///     let _ = PutItem { /* … */ };
/// }
/// ```
pub(super) fn arguments(workflow: &Workflow, index: usize, state: &StateSource) -> Option<TokenStream> {
    let KindSource::Task { arguments: Some(closure), output, .. } = &state.kind else { return None };
    let ExprClosure { inputs, body, .. } = closure;
    let krate = &workflow.krate;
    let function = format_ident!("__workflow_arguments_{index}");
    let input = state.input.as_ref().map(|input| input.ty.to_token_stream());
    let given = input.into_iter().chain([quote!(#krate::TaskToken<#output>)]);
    let given = inputs.iter().zip(given).map(|(pattern, ty)| match pattern {
        Pat::Type(typed) => typed.to_token_stream(),
        pattern => quote!(#pattern: #ty),
    });
    let ambient = Ambient::of_closure(workflow, closure).parameters(workflow);
    Some(quote!(fn #function(#(#given,)* #(#ambient,)*) { let _ = #body; }))
}
