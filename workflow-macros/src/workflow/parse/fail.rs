//! `#[fail(error = "PollLimit")] fn state(input: I) -> String { cause }`.

use syn::ReturnType;
use workflow_model::finding::StatePart;
use workflow_model::states::{Fail, StateKind};

use super::Parser;
use super::state::Draft;
use crate::workflow::source::KindSource;

impl Parser<'_> {
    pub(super) fn fail(&mut self, draft: &Draft<'_>) -> (StateKind, KindSource, Option<String>) {
        self.portable_signature(draft);
        let mut options = self.end_options(draft, "fail", &["error", "name"]);
        let is_named = options.has("error");
        let asl_name = self.asl_name(draft, &mut options);
        let error = options.string("error", self.errors);
        if let Some(error) = &error {
            self.places.set(draft.place(StatePart::Option("error")), error);
        } else if !is_named {
            let help = format!(
                "write `#[fail(error = \"{}\")]`",
                workflow_model::name::pascal_case(&super::edge::name_of(&draft.signature.ident))
            );
            self.refuse(draft.attribute.path(), "a `#[fail]` says which error it is", &[&help]);
        }
        let cause = match (draft.body, &draft.signature.output) {
            (Some(body), ReturnType::Type(..)) => self.body_lambda(draft, body),
            (Some(body), ReturnType::Default) => {
                self.refuse(body, "the body of a `#[fail]` makes the cause", &["write `-> String`"]);
                None
            }
            (None, _) => {
                self.no_result(draft, "write a body that makes the cause, or remove the result type");
                None
            }
        };
        (StateKind::Fail(Fail { error: error.map(|error| error.value()), cause }), KindSource::Fail, asl_name)
    }
}
