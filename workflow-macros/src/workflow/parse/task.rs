//! `#[task(timeout, heartbeat, next | end)] async fn state(&self, input: I) -> Result<O, E>`.

use quote::{ToTokens, quote};
use syn::{FnArg, ReceiverKind, ReturnType, Signature, Type, parse_quote};
use workflow_model::finding::StatePart;
use workflow_model::states::{StateKind, Task};

use super::Parser;
use super::input::is_context;
use super::state::Draft;
use crate::workflow::source::KindSource;
use crate::workflow::spanned;

/// The options of `#[task]`.
const OPTIONS: &[&str] =
    &["timeout", "heartbeat", "callback", "activity", "resource", "arguments", "function", "next", "end", "name"];

impl Parser<'_> {
    pub(super) fn task(&mut self, draft: &Draft<'_>) -> (StateKind, KindSource, Option<String>) {
        let mut options = self.options(draft.arguments(), "#[task]", OPTIONS);
        let function = self.function(draft, &mut options);
        let activity = self.activity(draft, &mut options);
        let sent = self.callback(draft, &mut options);
        let callback = sent.is_some();
        let returned = returned(draft.signature);
        let output = sent.unwrap_or_else(|| spanned::projection(&returned, &self.krate, &["TaskReturn"], "Output"));
        let output_ref = self.tables.type_ref(&output);
        let mut duration = |parser: &mut Self, name: &'static str| {
            let (duration, value) = options.duration(name, parser.errors)?;
            parser.places.set(draft.place(StatePart::Option(name)), value);
            Some(duration)
        };
        let timeout = duration(self, "timeout");
        let heartbeat = duration(self, "heartbeat");
        let asl_name = self.asl_name(draft, &mut options);
        let (service, arguments) = self.service(draft, &mut options);
        let (next, next_source) = self.next_of_result(draft, &mut options, output_ref);
        if activity.is_none() {
            self.task_signature(draft);
        }
        let takes_context = takes_context(draft);
        let (retry, catch, catch_source) = self.error_handlers(draft, &next);
        let task = Task {
            service,
            function,
            timeout,
            heartbeat,
            takes_context,
            callback,
            activity,
            output: output_ref,
            retry,
            catch,
            next,
        };
        let source = KindSource::Task { returned, output, arguments, next: next_source, catch: catch_source };
        (StateKind::Task(task), source, asl_name)
    }

    /// Refuses what the method of a task, or of a poll, may not be.
    pub(super) fn task_signature(&mut self, draft: &Draft<'_>) {
        let signature = draft.signature;
        let kind = draft.attribute.path().to_token_stream();
        if signature.asyncness.is_none() {
            self.refuse(
                signature.fn_token,
                format!("a `#[{kind}]` is an `async fn`, which the runtime awaits"),
                &["write `async fn`"],
            );
        }
        match signature.receiver() {
            Some(receiver) if matches!(receiver.kind, ReceiverKind::Reference(_, _, None)) => {}
            Some(receiver) => {
                let help = "write `&self`; what changes goes behind a lock or a channel in a field";
                self.refuse(receiver, "a workflow runs many executions at once, so a task shares `self`", &[help]);
            }
            None => {
                let help = "write `&self` as its first parameter";
                self.refuse(&signature.ident, format!("a `#[{kind}]` takes `&self`"), &[help]);
            }
        }
        if draft.body.is_none() {
            self.refuse(&signature.ident, format!("a `#[{kind}]` needs a body"), &["write what it does, in `{ … }`"]);
        }
        if let Some(FnArg::Typed(last)) = signature.inputs.last() {
            let contexts = signature
                .inputs
                .iter()
                .filter(|argument| matches!(argument, FnArg::Typed(typed) if is_context(&typed.ty)));
            if contexts.count() > 0 && !is_context(&last.ty) {
                self.refuse(last, "the `TaskContext` is the last parameter", &["swap the two parameters"]);
            }
        }
    }
}

/// The type that the method returns, as it is written.
pub(super) fn returned(signature: &Signature) -> Type {
    match &signature.output {
        ReturnType::Default => {
            let unit = spanned::at(signature.ident.span(), quote!(()));
            parse_quote!(#unit)
        }
        ReturnType::Type(_, ty) => (**ty).clone(),
    }
}

pub(super) fn takes_context(draft: &Draft<'_>) -> bool {
    draft.signature.inputs.iter().any(|argument| matches!(argument, FnArg::Typed(typed) if is_context(&typed.ty)))
}
