//! Generates the code of a workflow: the user's methods, the enum of states, and the implementation of `Workflow`.

mod activity;
mod ambient;
mod arithmetic;
mod assertions;
mod assign;
mod bounds;
mod callback;
mod catch;
mod choice;
mod definition;
mod distributed;
mod drive;
mod edge;
mod fail;
mod invoke;
mod map;
mod methods;
mod nested;
mod parallel;
mod pass;
mod poll;
mod raises;
mod retry;
mod service;
mod states;
mod succeed;
mod task;
mod wait;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::parse_quote;
use syn::spanned::Spanned;

use workflow_model::machine::Mode;

use super::source::{StateSource, Workflow};
use super::spanned;

/// The code of a workflow without errors.
///
/// ```text
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
    let ty_generics = workflow.generics.split_for_impl().1;
    let (definition, start, drive) = (definition::definition(workflow), start(workflow), drive::drive(workflow));
    let raises = raises::raises(workflow);
    let invoke = invoke::invoke(workflow);
    let parts = [&definition, &start, &drive, &raises, &invoke];
    let implementation = implementation(workflow, &quote!(__State #ty_generics), parts);
    let assertions = assertions::assertions(workflow);
    let room = bounds::room(workflow);
    let handled = raises::handled(workflow);
    quote! {
        #methods
        #[doc(hidden)]
        #[allow(non_snake_case, clippy::all, clippy::pedantic, unused_qualifications)]
        const _: () = {
            #states
            #implementation
            #assertions
            #room
            #handled
        };
    }
}

/// The code of a workflow with errors: enough for the user's methods to mean something, and for nothing else to complain.
///
/// ```text
/// impl PollService { /* the user's methods, those with errors without their bodies */ }
///
/// const _: () = {
///     impl Workflow for PollService { type State = Unfinished; /* … */ }
/// };
/// ```
pub(crate) fn remains(workflow: &Workflow) -> TokenStream {
    let methods = methods::remains(workflow);
    let private = workflow.private();
    let nothing = quote!(::core::unreachable!());
    let raises = quote!(&#private::Raises::UNKNOWN);
    let implementation =
        implementation(workflow, &quote!(#private::Unfinished), [&nothing, &nothing, &nothing, &raises, &quote!()]);
    let references = assertions::completion(workflow);
    quote! {
        #methods
        #[doc(hidden)]
        #[allow(dead_code, unused_mut, unused_variables, clippy::all, clippy::pedantic, unused_qualifications)]
        const _: () = {
            #implementation
            #references
        };
    }
}

/// ```text
/// impl Workflow for PollService where Self: Send + Sync + 'static {
///     type Input = Job;
///     /* … */
/// }
/// ```
fn implementation(
    workflow: &Workflow,
    state: &TokenStream,
    [definition, start, drive, raises, invoke]: [&TokenStream; 5],
) -> TokenStream {
    let Workflow { self_type, machine, .. } = workflow;
    let private = spanned::at(self_type.span(), workflow.private());
    let impl_generics = workflow.generics.split_for_impl().0;
    let where_clause = states::where_clause(workflow);
    let name = &machine.name;
    let timeout = retry::optional(machine.timeout);
    let input = start_state(workflow).map_or_else(|| parse_quote!(()), StateSource::input_type);
    let [input, output] = [input, workflow.output()].map(|ty| workflow.crossing(&ty, "Payload"));
    let infos = states::infos(workflow);
    let bounds = bounds::bounds(workflow);
    let mode = match machine.mode {
        Mode::Standard => quote!(Standard),
        Mode::Express => quote!(Express),
        Mode::Native => quote!(Native),
    };
    let formerly = states::formerly(workflow);
    let fingerprint = definition::fingerprint(workflow);
    let variables = assign::variables_type(workflow);
    let held = quote_spanned!(spanned::ends(&variables).0=> &mut #variables);
    let variables = quote_spanned!(spanned::ends(&variables).0=> type Variables = #variables;);
    // Where a type cannot do what it should, rustc looks at it again in each of these. What it then says stands in the same place, is
    // the same, and so is printed once.
    let (at_input, at_output) = (spanned::ends(&input).0, spanned::ends(&output).0);
    let first = spanned::at(at_input, state);
    let given = Ident::new("input", Span::call_site());
    let start = quote_spanned!(at_input=> fn start(#given: #input) -> #first { #start });
    let ended = spanned::at(self_type.span(), &output);
    let input = quote_spanned!(at_input=> type Input = #input;);
    let output = quote_spanned!(at_output=> type Output = #output;);
    let state = quote_spanned!(self_type.span()=> type State = #state;);
    let [itself, state_now, variables_now, run] =
        ["self", "state", "__variables", "run"].map(|name| Ident::new(name, Span::call_site()));
    // Where a struct cannot hold the variables, rustc says so of all that mentions it: in the same place, so once.
    let at_drive = workflow.variables.as_ref().map_or_else(|| self_type.span(), |variables| spanned::ends(variables).0);
    let drive = quote_spanned! {at_drive=>
        async fn drive<__R: #private::Record>(
            &#itself,
            mut #state_now: Self::State,
            #variables_now: #held,
            #run: &mut #private::Run<__R>,
        ) -> ::core::result::Result<#private::Driven<#ended, Self::State>, #private::Failure> {
            #drive
        }
    };
    quote! {
        impl #impl_generics #private::Workflow for #self_type #where_clause {
            #input
            #output
            #state
            #variables

            const NAME: &'static str = #name;
            const TIMEOUT: ::core::option::Option<::core::time::Duration> = #timeout;
            const BOUNDS: #private::Bounds = #bounds;
            const MODE: #private::model::machine::Mode = #private::model::machine::Mode::#mode;
            const FINGERPRINT: u64 = #fingerprint;
            const STATES: &'static [#private::StateInfo] = &[#infos];
            #formerly
            const NO_BRANCH_CONTAINS_ITSELF: &'static #private::Raises = #raises;

            fn definition() -> #private::model::Definition {
                #definition
            }

            #start
            #drive
            #invoke
        }
    }
}

/// `__State::call_service(input)`.
fn start(workflow: &Workflow) -> TokenStream {
    let state =
        start_state(workflow).expect("a workflow without a start is an error, after which nothing is generated");
    let name = state.name();
    let argument = state.input.as_ref().map(|_| quote!(input));
    quote!({ let _ = &input; __State::#name(#argument) })
}

/// The state that the workflow starts in; of a workflow with errors, the first.
fn start_state(workflow: &Workflow) -> Option<&StateSource> {
    let start = workflow.machine.start.as_deref().and_then(|start| workflow.machine.index_of(start));
    start.and_then(|start| workflow.states.get(start)).or(workflow.states.first())
}
