//! `#[assign]`: the variables.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::Type;
use syn::ext::IdentExt;
use workflow_model::machine::Mode;

use super::ambient::{After, Ambient};
use super::methods::replace_self;
use super::{Workflow, arithmetic};
use crate::expr::AssignSource;
use crate::workflow::mention::{bound, mention};
use crate::workflow::source::{Input, StateSource};
use crate::workflow::spanned;

/// What an assignment looks at besides variables and context.
pub(super) struct Known<'a> {
    /// The state's parameter, and where its value is.
    pub(super) input: Option<(&'a Input, TokenStream)>,
    /// `result` or `failure`, and where it is.
    pub(super) given: (&'static str, TokenStream),
    /// When they are known.
    pub(super) after: After,
}

/// A step, with assignments on the way, each of which sees what the variables were before:
///
/// ```text
/// '__assign: {
///     let __assigned_0 = match run.assigned(&(*__variables).polls, "Assign/polls", || { let result = &__result; result.polls }) {
///         Ok(value) => value,
///         Err(fault) => break '__assign Err(fault),
///     };
///     let __step = match /* the step */ { Ok(step) => step, Err(fault) => break '__assign Err(fault) };
///     match run.assign("polls", &mut (*__variables).polls, __assigned_0) { Ok(()) => {}, Err(fault) => break '__assign Err(fault) }
///     Ok(__step)
/// }
/// ```
pub(super) fn around(
    workflow: &Workflow,
    assignments: &[AssignSource],
    location: &str,
    known: &Known<'_>,
    step: TokenStream,
) -> TokenStream {
    if assignments.is_empty() {
        return step;
    }
    let some = |evaluated: &TokenStream, done: &TokenStream| {
        quote! {
            match #evaluated {
                ::core::result::Result::Ok(#done) => #done,
                ::core::result::Result::Err(__fault) => break '__assign ::core::result::Result::Err(__fault),
            }
        }
    };
    let values = assignments.iter().enumerate().map(|(index, assignment)| {
        let (variable, local) = (&assignment.variable, local(index));
        let location = format!("{location}/{}", variable.unraw());
        let names = names(known, assignment);
        let value = arithmetic::checked(workflow, &assignment.value);
        let evaluated = quote!(run.assigned(&(*__variables).#variable, #location, || { #names #value }));
        let evaluated = Ambient::of_value(workflow, &assignment.value).bound(known.after, evaluated);
        let value = some(&evaluated, &quote!(__value));
        quote!(let #local = #value;)
    });
    let changes = assignments.iter().enumerate().map(|(index, AssignSource { variable, .. })| {
        let (local, name) = (local(index), variable.unraw().to_string());
        let assigned = some(&quote!(run.assign(#name, &mut (*__variables).#variable, #local)), &quote!(__done));
        quote!(#assigned;)
    });
    let step = some(&step, &quote!(__step));
    quote! {
        '__assign: {
            #(#values)*
            let __step = #step;
            #(#changes)*
            ::core::result::Result::Ok(__step)
        }
    }
}

/// `let job = &__input; let result = &__result;`, as far as the value mentions them.
fn names(known: &Known<'_>, AssignSource { value, .. }: &AssignSource) -> TokenStream {
    let input = known.input.as_ref().filter(|(input, _)| mentions_input(input, value));
    let input = input.map(|(Input { pattern, .. }, place)| quote!(#[allow(unused_variables)] let #pattern = &#place;));
    let (name, place) = &known.given;
    let given = mention(value, name).map(|name| quote!(let #name = &#place;));
    quote!(#input #given)
}

fn mentions_input(input: &Input, value: &syn::Expr) -> bool {
    bound(&input.pattern).iter().any(|name| mention(value, name).is_some())
}

/// Whether an assignment of the state looks at the state's input.
pub(super) fn is_input_wanted(source: &StateSource, assignments: &[AssignSource]) -> bool {
    let wants = |input: &Input| assignments.iter().any(|assignment| mentions_input(input, &assignment.value));
    source.input.as_ref().is_some_and(wants)
}

/// A leaf of a choice, with assignments on the way:
///
/// ```text
/// {
///     let __assigned_0 = assigned(&(*__vars).polls, || vars.polls + 1);
///     Next::<Self>::__to(State::rest(pending)).__assigning(move |__vars, __assigned| {
///         __assigned.set("polls", &mut (*__vars).polls, __assigned_0)?;
///         Ok(())
///     })
/// }
/// ```
pub(super) fn before_leaf(workflow: &Workflow, assignments: &[AssignSource], leaf: &TokenStream) -> TokenStream {
    if assignments.is_empty() {
        return leaf.clone();
    }
    let private = workflow.private();
    let values = assignments.iter().enumerate().map(|(index, AssignSource { variable, value })| {
        let (local, value) = (local(index), arithmetic::checked(workflow, value));
        quote!(let #local = #private::assigned(&(*__vars).#variable, || #value);)
    });
    let changes = assignments.iter().enumerate().map(|(index, AssignSource { variable, .. })| {
        let (local, name) = (local(index), variable.unraw().to_string());
        quote!(__assigned.set(#name, &mut (*__vars).#variable, #local)?;)
    });
    quote! {{
        #(#values)*
        #leaf.__assigning(move |__vars, __assigned| {
            #(#changes)*
            ::core::result::Result::Ok(())
        })
    }}
}

fn local(index: usize) -> Ident {
    quote::format_ident!("__assigned_{index}")
}

/// The way to the first state, where the variables need first values:
///
/// ```text
/// if run.begins() {
///     run.initialize::<Self>("InitialVariables", &state, |__assigned| { let __vars = &*__variables; __assigned.note("polls", &__vars.polls); });
/// }
/// ```
pub(super) fn initial(workflow: &Workflow) -> Option<TokenStream> {
    let name = workflow.machine.initial_state().filter(|_| workflow.machine.mode != Mode::Native)?;
    let notes = workflow.tables.variables().map(|(name, variable)| quote!(__assigned.note(#name, &__vars.#variable);));
    Some(quote! {
        if run.begins() {
            run.initialize::<Self>(#name, &state, |__assigned| {
                let __vars = &*__variables;
                #(#notes)*
            });
        }
    })
}

/// `<Progress as Variables>::name`, where the type is named.
fn of_variables(workflow: &Workflow, name: &str) -> Option<Type> {
    let ty = workflow.variables.as_ref()?;
    Some(spanned::projection(ty, &workflow.krate, &["__private", "Variables"], name))
}

/// The type of the variables: `()` where there are none.
pub(super) fn variables_type(workflow: &Workflow) -> Type {
    of_variables(workflow, "Itself").unwrap_or_else(|| syn::parse_quote!(()))
}

/// `<Progress as Variables>::describe(&mut definition);`
pub(super) fn description(workflow: &Workflow) -> Option<TokenStream> {
    let describe = replace_self(of_variables(workflow, "describe")?, &workflow.self_type);
    Some(quote!(#describe(&mut definition);))
}
