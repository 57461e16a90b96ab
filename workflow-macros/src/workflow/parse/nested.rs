//! `#[nested(self.field: Workflow, next | end)] fn state(input: I);`, with a body that makes the child's input if it is another.

use proc_macro2::TokenStream;
use syn::parse::{Parse, ParseStream};
use syn::spanned::Spanned;
use syn::{Expr, Token, Type, parse_quote_spanned};
use workflow_model::finding::StatePart;
use workflow_model::integrations::Pattern;
use workflow_model::states::{ChildRef, Nested, StateKind};

use super::Parser;
use super::child::ChildField;
use super::options::Options;
use super::state::Draft;
use crate::workflow::source::KindSource;
use crate::workflow::spanned;

/// The options of `#[nested]` behind the field.
const OPTIONS: &[&str] = &["request_response", "sync", "callback", "timeout", "heartbeat", "next", "end", "name"];

/// `self.poll: PollService, next = done`.
struct NestedArguments {
    field: Expr,
    child: Type,
    options: TokenStream,
}

impl Parse for NestedArguments {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if !input.peek(Token![self]) {
            let message =
                "a `#[nested]` names the field that holds the workflow, and its type, first: `self.poll: PollService`";
            return Err(syn::Error::new(input.span(), message));
        }
        let ChildField { field, child } = input.parse()?;
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
        Ok(NestedArguments { field, child, options: input.parse()? })
    }
}

impl Parser<'_> {
    pub(super) fn nested(&mut self, draft: &Draft<'_>) -> (StateKind, KindSource, Option<String>) {
        self.portable_signature(draft);
        let arguments = match draft.parse::<NestedArguments>() {
            Ok(arguments) => NestedArguments { child: self.named(arguments.child), ..arguments },
            Err(error) => {
                self.errors.syntax(error);
                return (super::state::broken(), KindSource::Broken, None);
            }
        };
        let input_type = self.input_of(&arguments.child);
        let input_type = self.tables.type_ref(&input_type);
        let child = self.child(&arguments.child);
        let mut options = self.options(arguments.options, "#[nested]", OPTIONS);
        let pattern = self.pattern(&mut options);
        let sent = self.nested_callback(draft, &mut options, pattern);
        let pattern = if sent.is_some() { Pattern::WaitForTaskToken } else { pattern };
        let output = sent.unwrap_or_else(|| self.result_of(&arguments.child, pattern));
        let output_ref = self.tables.type_ref(&output);
        let mut duration = |parser: &mut Self, name: &'static str| {
            let (duration, value) = options.duration(name, parser.errors)?;
            parser.places.set(draft.place(StatePart::Option(name)), value);
            Some(duration)
        };
        let timeout = duration(self, "timeout");
        let heartbeat = duration(self, "heartbeat");
        let asl_name = self.asl_name(draft, &mut options);
        let (next, next_source) = self.next_of_result(draft, &mut options, output_ref);
        let (retry, catch, catch_source) = self.error_handlers(draft, &next);
        let input = draft.body.and_then(|body| match pattern {
            Pattern::WaitForTaskToken => self.body_with_token(draft, body),
            _ => self.body_lambda(draft, body),
        });
        let nested = Nested {
            child,
            pattern,
            input,
            input_type: Some(input_type),
            timeout,
            heartbeat,
            output: output_ref,
            retry,
            catch,
            next,
        };
        let NestedArguments { field, child, .. } = arguments;
        let source = KindSource::Nested { field, child, output, next: next_source, catch: catch_source };
        (StateKind::Nested(nested), source, asl_name)
    }

    /// Takes `request_response` or `sync`: what the parent waits for, if not for the child's output.
    fn pattern(&mut self, options: &mut Options) -> Pattern {
        let mut pattern = Pattern::Sync2;
        for (option, named) in [("request_response", Pattern::RequestResponse), ("sync", Pattern::Sync)] {
            let Some((name, value)) = options.flag(option, self.errors) else { continue };
            if let Some(value) = value {
                self.refuse(&value, format!("`{option}` takes no value"), &[&format!("write `{option}` alone")]);
            }
            if pattern != Pattern::Sync2 {
                let help = "keep `request_response` to start it and go on, or `sync` to wait for its end";
                self.refuse(&name, "a nested workflow is waited for or not", &[help]);
            }
            pattern = named;
        }
        pattern
    }

    /// The result of a nested workflow.
    fn result_of(&self, child: &Type, pattern: Pattern) -> Type {
        let krate = spanned::at(child.span(), &self.krate);
        let at = child.span();
        match pattern {
            Pattern::RequestResponse => parse_quote_spanned!(at=> #krate::StartedExecution),
            Pattern::Sync => parse_quote_spanned!(at=> #krate::NestedExecution),
            Pattern::Sync2 | Pattern::WaitForTaskToken => self.output_of(child),
        }
    }

    /// The output of a nested workflow, or of a branch.
    pub(super) fn output_of(&self, child: &Type) -> Type {
        spanned::projection(child, &self.krate, &["__private", "Child"], "Output")
    }

    /// The input of a nested workflow, or of a branch.
    pub(super) fn input_of(&self, child: &Type) -> Type {
        spanned::projection(child, &self.krate, &["__private", "Child"], "Input")
    }

    pub(super) fn child(&mut self, child: &Type) -> ChildRef {
        let text = crate::expr::text(child);
        let index = self.machine.children.iter().position(|known| *known == text).unwrap_or_else(|| {
            self.machine.children.push(text);
            self.children.push(child.clone());
            self.children.len() - 1
        });
        if self.is_itself(child) {
            self.machine.itself = Some(ChildRef(index));
        }
        ChildRef(index)
    }
}
