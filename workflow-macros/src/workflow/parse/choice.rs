//! `#[choice] fn state(input: I) -> Next<Self> { match … }`.

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
        let mut options = self.options(draft.arguments());
        let asl_name = self.asl_name(draft, &mut options);
        options.finish("#[choice]", &["name"], self.errors);
        if matches!(draft.signature.output, syn::ReturnType::Default) {
            let help = "write `-> Next<Self>`";
            self.refuse(&draft.signature.ident, "a `#[choice]` returns where to go", &[help]);
        }
        let Some(body) = draft.body else {
            let help = "write `match` or `if`, with a state at each end, as in `if answer.ready { done(answer) } else { wait(answer) }`";
            self.refuse(&draft.signature.ident, "a `#[choice]` needs a body", &[help]);
            return (empty(), KindSource::Broken, asl_name);
        };
        let Some(block) = self.block(body) else { return (empty(), KindSource::Broken, asl_name) };
        let params = self.params(draft);
        let Some((expression, sites)) = self.reader().choice(&block) else {
            return (empty(), KindSource::Choice { body: block }, asl_name);
        };
        let mut transitions = Vec::new();
        for (position, target) in sites.into_iter().enumerate() {
            self.places.set(draft.place(StatePart::Target(position)), &target);
            transitions.push(Transition { target: name_of(&target), payload: None });
        }
        let body = Lambda { params, body: expression };
        (StateKind::Choice(Choice { body, transitions }), KindSource::Choice { body: block }, asl_name)
    }
}

/// What stands for a choice that cannot be read: an end, as what is wrong has been said.
fn empty() -> StateKind {
    let body = Lambda { params: Vec::new(), body: Expr::Tuple(Vec::new()) };
    StateKind::Choice(Choice { body, transitions: Vec::new() })
}
