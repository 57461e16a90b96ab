//! Checks the model, and puts each finding on the tokens to change.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use workflow_model::finding::Severity;
use workflow_model::states::StateKind;
use workflow_model::{Code, Finding, Place};

use super::source::Workflow;
use crate::errors::Errors;

/// Adds the findings of the model's checks to the errors. Gives the code that makes rustc warn of those that are advice.
pub(crate) fn check(workflow: &mut Workflow, errors: &mut Errors) -> TokenStream {
    let has_unread = errors.has_unread();
    let mut advice = TokenStream::new();
    let mut used = Vec::new();
    // What could not be read may be the very edge that seems to be missing.
    let misread = !errors.is_empty();
    let misled = |finding: &Finding| {
        let edge = has_unread && matches!(finding.code, Code::W0102 | Code::W0103 | Code::W0308);
        let branching = finding.code == Code::W0107 && is_unread_choice(workflow, &finding.place);
        let stateless = has_unread && finding.code == Code::W0105 && workflow.states.is_empty();
        edge || branching || stateless || (misread && finding.code.is_of_bounds())
    };
    for mut finding in workflow_model::check::check(&workflow.machine).into_iter().filter(|finding| !misled(finding)) {
        name_method(workflow, &mut finding);
        let tokens = workflow.places.get(&finding.place);
        match finding.severity() {
            Severity::Error => errors.push(tokens, finding.code, &finding.message, &finding.help),
            Severity::Advice => match allowance(workflow, &finding) {
                Some(allowance) => used.push(allowance),
                None => advice.extend(warning(&finding, &tokens)),
            },
        }
    }
    let allowances = workflow.allowed.iter().chain(workflow.states.iter().flat_map(|state| &state.allowed));
    for allowance in allowances {
        if !used.iter().any(|used| used == allowance && same_place(used, allowance)) {
            advice.extend(unused(allowance));
        }
    }
    advice
}

/// Whether a place is in a choice of which something was refused: that may be what leads on.
fn is_unread_choice(workflow: &Workflow, place: &Place) -> bool {
    let Place::State(index, _) = place else { return false };
    matches!(workflow.machine.states[*index].kind, StateKind::Choice(_)) && workflow.states[*index].refused
}

/// Where a transition leads to a method that is no state, the remedy is another one than where it leads nowhere.
fn name_method(workflow: &Workflow, finding: &mut Finding) {
    let target = workflow.places.get(&finding.place).to_string();
    if finding.code == Code::W0101 && workflow.others.iter().any(|item| is_method(item, &target)) {
        let help = format!(
            "`{target}` is a method, but no state: write what kind it is, as in `#[task(timeout = \"30s\", …)]`"
        );
        finding.help = vec![help];
    }
}

/// Whether an item is the function of this name.
fn is_method(item: &TokenStream, name: &str) -> bool {
    let mut tokens = item.clone().into_iter();
    tokens.any(|token| token.to_string() == "fn") && tokens.next().is_some_and(|token| token.to_string() == name)
}

/// The `#[allow_finding(…)]` that silences a finding, on its state or on the block.
fn allowance(workflow: &Workflow, finding: &Finding) -> Option<Ident> {
    let on_state = match &finding.place {
        Place::State(index, _) => workflow.states.get(*index).map(|state| state.allowed.as_slice()),
        Place::Workflow | Place::WorkflowOption(_) => None,
    };
    let allowed = on_state.unwrap_or_default().iter().chain(&workflow.allowed);
    allowed.into_iter().find(|code| *code == finding.code.as_str()).cloned()
}

fn same_place(one: &Ident, other: &Ident) -> bool {
    let (one, other) = (one.span().start(), other.span().start());
    (one.line, one.column) == (other.line, other.column)
}

/// The use of a deprecated macro, on the tokens to look at: what a macro can say that is no error. rustc prints the macro's name alone,
/// and finds it before it looks at types, so that advice comes together with what it says of them.
///
/// ```text
/// const _: () = {
///     #[deprecated(note = "…")]
///     macro_rules! W0202 { () => {}; }
///     W0202! {}
/// };
/// ```
fn warning(finding: &Finding, tokens: &TokenStream) -> TokenStream {
    let text = finding.to_string();
    let (_, note) = text.split_once(": ").unwrap_or(("", &text));
    warn(finding.code, note, tokens)
}

fn unused(allowance: &Ident) -> TokenStream {
    let note = format!("nothing here gives {allowance}, so there is nothing to allow\nhelp: remove it");
    let code = Code::W0002;
    warn(code, &note, &quote!(#allowance))
}

fn warn(code: Code, note: &str, tokens: &TokenStream) -> TokenStream {
    let span = tokens.clone().into_iter().next().map_or_else(Span::call_site, |token| token.span());
    let name = Ident::new(code.as_str(), span);
    let usage = quote_spanned!(span=> #name! {});
    quote! {
        const _: () = {
            #[deprecated(note = #note)]
            macro_rules! #name { () => {}; }
            #usage
        };
    }
}
