//! `#[poll(every, deadline, timeout, next | end, on_deadline)] async fn state(&self, input: I) -> Result<Poll<O>, E>`.

use workflow_model::finding::StatePart;
use workflow_model::states::{Poll, StateKind};

use super::Parser;
use super::options::Options;
use super::state::Draft;
use super::task::{returned, takes_context};
use crate::workflow::source::{EdgeSource, KindSource};
use crate::workflow::spanned;
use workflow_model::machine::Transition;

/// The options of `#[poll]`.
const OPTIONS: &[&str] = &["every", "deadline", "timeout", "next", "end", "on_deadline", "name"];

impl Parser<'_> {
    pub(super) fn poll(&mut self, draft: &Draft<'_>) -> (StateKind, KindSource, Option<String>) {
        let returned = returned(draft.signature);
        let output = spanned::projection(&returned, &self.krate, &["__private", "PollReturn"], "Value");
        let output_ref = self.tables.type_ref(&output);
        let mut options = self.options(draft.arguments(), "#[poll]", OPTIONS);
        let [every, deadline, timeout] = ["every", "deadline", "timeout"].map(|name| {
            let (duration, value) = options.duration(name, self.errors)?;
            self.places.set(draft.place(StatePart::Option(name)), value);
            Some(duration)
        });
        let asl_name = self.asl_name(draft, &mut options);
        let (next, next_source) = self.next_of_result(draft, &mut options, output_ref);
        let successors = usize::from(next.transition().is_some());
        let (on_deadline, deadline_source) = self.on_deadline(draft, &mut options, successors).unzip();
        self.task_signature(draft);
        let takes_context = takes_context(draft);
        let edges = successors + usize::from(on_deadline.is_some());
        // What follows an answer is evaluated in a choice, and what follows an error behind the attempts.
        self.ambient.attempts = true;
        let (retry, catch, catch_source) = self.error_handlers_behind(draft, edges);
        let poll =
            Poll { every, deadline, timeout, takes_context, output: output_ref, retry, catch, next, on_deadline };
        let source =
            KindSource::Poll { returned, output, next: next_source, on_deadline: deadline_source, catch: catch_source };
        (StateKind::Poll(poll), source, asl_name)
    }

    /// Takes `on_deadline`, whose edge is the `position`-th that leaves the state. Its closure is given the state's input.
    fn on_deadline(
        &mut self,
        draft: &Draft<'_>,
        options: &mut Options,
        position: usize,
    ) -> Option<(Transition, EdgeSource)> {
        let value = options.value("on_deadline", "gave_up", self.errors)?;
        self.places.set(draft.place(StatePart::Option("on_deadline")), &value);
        let input = draft.input.map(|input| self.tables.type_ref(&input.ty));
        let edge = self.edge(value, &[input]);
        match &edge {
            Some((_, source)) => self.places.set(draft.place(StatePart::Target(position)), &source.target),
            // What is wrong with it has been said: it is not missing.
            None => self.errors.set_unread(),
        }
        edge
    }
}
