//! `#[choice] fn state(input: I) -> Next<Self> { match … }`.

use syn::{ReturnType, Type};
use workflow_model::expr::{Expr, Lambda};
use workflow_model::finding::StatePart;
use workflow_model::machine::Transition;
use workflow_model::states::{Choice, StateKind};

use super::Parser;
use super::edge::name_of;
use super::state::Draft;
use crate::workflow::source::KindSource;

impl Parser<'_> {
    pub(super) fn choice(&mut self, draft: &Draft<'_>) -> (StateKind, KindSource, Option<String>) {
        self.portable_signature(draft);
        let mut options = self.options(draft.arguments(), "#[choice]", &["name"]);
        let asl_name = self.asl_name(draft, &mut options);
        let (message, help) = ("a `#[choice]` returns where to go", "write `-> Next<Self>`");
        match &draft.signature.output {
            ReturnType::Default => self.refuse(&draft.signature.ident, message, &[help]),
            ReturnType::Type(_, ty) if !is_next(ty) => self.refuse(ty, message, &[help]),
            ReturnType::Type(..) => {}
        }
        let Some(body) = draft.body else {
            let help = "write `match` or `if`, with a state at each end, as in `if answer.ready { done(answer) } else { wait(answer) }`";
            self.refuse(&draft.signature.ident, "a `#[choice]` needs a body", &[help]);
            return (super::state::broken(), KindSource::Broken, asl_name);
        };
        let Some(mut block) = self.block(body) else { return (super::state::broken(), KindSource::Broken, asl_name) };
        self.assign_at_leaves(&mut block);
        let params = self.params(draft);
        let choice = self.reader().choice(&params, &block);
        let mut transitions = Vec::new();
        for (position, target) in choice.targets.into_iter().enumerate() {
            self.places.set(draft.place(StatePart::Target(position)), &target);
            transitions.push(Transition { target: name_of(&target), payload: None });
        }
        let body = choice.body.unwrap_or_else(unread);
        let source = KindSource::Choice { body: syn::parse_quote!(#block) };
        (StateKind::Choice(Choice { body, transitions }), source, asl_name)
    }
}

/// Whether a type is called `Next`, wherever it comes from.
fn is_next(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "Next"))
}

/// What stands for a body that could not be read, which has been said.
fn unread() -> Lambda {
    Lambda { params: Vec::new(), body: Expr::Tuple(Vec::new()) }
}
