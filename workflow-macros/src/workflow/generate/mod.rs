//! Generates the code of a workflow: the user's methods, the enum of states, and the implementation of `Workflow`.

mod arithmetic;
mod assertions;
mod catch;
mod choice;
mod definition;
mod drive;
mod edge;
mod fail;
mod methods;
mod nested;
mod pass;
mod retry;
mod states;
mod succeed;
mod task;
mod wait;

use proc_macro2::TokenStream;
use quote::quote;

use super::source::Workflow;

/// The code of a workflow without errors.
///
/// ```ignore
/// impl PollService { /* the user's methods */ }
///
/// const _: () = {
///     pub enum State { CallService(Job), /* … */ }
///     impl State { /* fn call_service(input: Job) -> State */ }
///     impl StateValue for State { /* … */ }
///     impl Workflow for PollService { /* … */ }
///     impl PollService { /* types and references, checked by rustc, never called */ }
/// };
/// ```
pub(crate) fn workflow(workflow: &Workflow) -> TokenStream {
    let methods = methods::methods(workflow);
    let states = states::states(workflow);
    let definition = definition::definition(workflow);
    let drive = drive::drive(workflow);
    let implementation = implementation(workflow, &definition, &drive);
    let assertions = assertions::assertions(workflow);
    quote! {
        #methods
        #[doc(hidden)]
        #[allow(non_snake_case, clippy::all, clippy::pedantic, unused_qualifications)]
        const _: () = {
            #states
            #implementation
            #assertions
        };
    }
}

/// The code of a workflow with errors: enough for the user's methods to mean something, and for nothing else to complain.
pub(crate) fn remains(workflow: &Workflow) -> TokenStream {
    let methods = methods::methods(workflow);
    let states = states::states(workflow);
    let nothing = quote!(::core::unreachable!());
    let drive = quote! {
        let _ = (&mut state, run);
        ::core::unreachable!()
    };
    let implementation = implementation(workflow, &nothing, &drive);
    let references = assertions::completion(workflow);
    quote! {
        #methods
        #[doc(hidden)]
        #[allow(dead_code, non_snake_case, unused_variables, clippy::all, clippy::pedantic, unused_qualifications)]
        const _: () = {
            #states
            #implementation
            #references
        };
    }
}

/// ```ignore
/// impl Workflow for PollService where Self: Send + Sync + 'static {
///     type Input = Job;
///     /* … */
/// }
/// ```
fn implementation(workflow: &Workflow, definition: &TokenStream, drive: &TokenStream) -> TokenStream {
    let Workflow { krate, self_type, machine, .. } = workflow;
    let private = quote!(#krate::__private);
    let (impl_generics, ty_generics, _) = workflow.generics.split_for_impl();
    let where_clause = states::where_clause(workflow);
    let name = &machine.name;
    let timeout = match machine.timeout {
        Some(timeout) => {
            let timeout = retry::duration(timeout);
            quote!(::core::option::Option::Some(#timeout))
        }
        None => quote!(::core::option::Option::None),
    };
    let start = machine.start.as_deref().and_then(|start| machine.index_of(start));
    let start = start.and_then(|start| workflow.states.get(start)).or(workflow.states.first());
    let (input, begin) = match start {
        Some(state) => {
            let (input, name) = (state.input_type(), state.name());
            let argument = state.input.as_ref().map(|_| quote!(input));
            (input, quote!({ let _ = &input; <Self::State>::#name(#argument) }))
        }
        None => (syn::parse_quote!(()), quote!(::core::unreachable!())),
    };
    let output = workflow.output.clone().unwrap_or_else(|| syn::parse_quote!(()));
    let infos = states::infos(workflow);
    quote! {
        impl #impl_generics #private::Workflow for #self_type #where_clause {
            type Input = #input;
            type Output = #output;
            type State = __State #ty_generics;

            const NAME: &'static str = #name;
            const TIMEOUT: ::core::option::Option<::core::time::Duration> = #timeout;
            const STATES: &'static [#private::StateInfo] = &[#infos];

            fn definition() -> #private::model::Definition {
                #definition
            }

            fn start(input: Self::Input) -> Self::State {
                #begin
            }

            async fn drive<__R: #private::Record>(
                &self,
                mut state: Self::State,
                run: &mut #private::Run<__R>,
            ) -> ::core::result::Result<Self::Output, #private::Failure> {
                #drive
            }
        }
    }
}
