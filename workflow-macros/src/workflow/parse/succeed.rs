//! `#[succeed] fn state(output: O);`.

use workflow_model::Code;
use workflow_model::states::{StateKind, Succeed};

use super::Parser;
use super::options::Options;
use super::state::Draft;
use crate::workflow::source::KindSource;

impl Parser<'_> {
    pub(super) fn succeed(&mut self, draft: &Draft<'_>) -> (StateKind, KindSource, Option<String>) {
        self.portable_signature(draft);
        self.no_body(draft);
        self.no_result(draft, "remove the result type: the execution ends with the parameter");
        let mut options = self.end_options(draft, "succeed", &["name"]);
        let asl_name = self.asl_name(draft, &mut options);
        (StateKind::Succeed(Succeed {}), KindSource::Succeed, asl_name)
    }

    /// Reads the options of a state in which the execution ends, and refuses a successor.
    pub(super) fn end_options(&mut self, draft: &Draft<'_>, kind: &str, known: &[&str]) -> Options {
        let mut options = Options::read(draft.arguments(), self.errors);
        let next = options.flag("next", self.errors);
        for (name, value) in next.into_iter().chain(options.flag("end", self.errors)) {
            let message = match &value {
                Some(value) => format!(
                    "an execution ends in a `#[{kind}]`, so `{}` cannot follow it",
                    quote::ToTokens::to_token_stream(value)
                ),
                None => format!("an execution always ends in a `#[{kind}]`"),
            };
            let help = match name == "next" {
                true => "remove `next`; to transform data and go on, use `#[pass(next = …)]`",
                false => "remove `end`",
            };
            self.errors.push(&name, Code::W0106, message, &[help.to_owned()]);
            // Nothing else may lead to what is named there, which is no mistake of its own.
            self.errors.set_unread();
        }
        options.correct(&format!("#[{kind}]"), known, self.errors);
        options
    }
}
