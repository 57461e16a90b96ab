//! `#[wait("10s", next)] fn state(input: I);`, or `#[wait(next)] fn state(input: I) -> u64 { seconds }`, whose body may also give a
//! `Duration` or a timestamp: which of them it is, its type says to rustc.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::{Parse, ParseStream};
use syn::{Expr, ReturnType, Token, Type};
use workflow_model::expr::Lambda;
use workflow_model::finding::StatePart;
use workflow_model::states::{StateKind, Wait, WaitTime};

use super::Parser;
use super::options::{UNREADABLE, read_duration};
use super::state::Draft;
use crate::workflow::source::KindSource;

/// `"10s", next = poll_result`.
struct WaitArguments {
    duration: Option<Expr>,
    options: TokenStream,
}

impl Parse for WaitArguments {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut duration = None;
        // Whatever is no option is the duration, so that `#[wait(10, …)]` is told what a duration is.
        if input.cursor().token_tree().is_some_and(|(token, _)| matches!(token, TokenTree::Literal(_))) {
            duration = Some(input.parse()?);
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(WaitArguments { duration, options: input.parse()? })
    }
}

impl WaitArguments {
    /// Takes a duration that stands behind options.
    fn take_misplaced(&mut self) -> Option<Expr> {
        let mut parts: Vec<TokenStream> = vec![TokenStream::new()];
        for token in std::mem::take(&mut self.options) {
            let is_comma = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == ',');
            parts.last_mut().expect("there is a first part").extend([token]);
            if is_comma {
                parts.push(TokenStream::new());
            }
        }
        let is_literal = |part: &TokenStream| matches!(part.clone().into_iter().next(), Some(TokenTree::Literal(_)));
        let misplaced = parts.iter().position(is_literal).map(|part| parts.remove(part));
        self.options = parts.into_iter().collect();
        let tokens = misplaced?.into_iter().filter(|token| !matches!(token, TokenTree::Punct(_)));
        syn::parse2(tokens.collect()).ok()
    }
}

impl Parser<'_> {
    pub(super) fn wait(&mut self, draft: &Draft<'_>) -> (StateKind, KindSource, Option<String>) {
        self.portable_signature(draft);
        let mut arguments = match draft.parse::<WaitArguments>() {
            Ok(arguments) => arguments,
            Err(error) => {
                self.errors.syntax(error);
                return (super::state::broken(), KindSource::Broken, None);
            }
        };
        if let Some(misplaced) = arguments.take_misplaced() {
            let help = format!("write `#[wait({}, …)]`", misplaced.to_token_stream());
            self.refuse(&misplaced, "the duration of a `#[wait]` stands first", &[&help]);
            arguments.duration.get_or_insert(misplaced);
        }
        let mut options = self.options(arguments.options, "#[wait]", &["next", "end", "name"]);
        let asl_name = self.asl_name(draft, &mut options);
        let input = draft.input.map(|input| self.tables.type_ref(&input.ty));
        let (next, next_source) = self.next(draft, &mut options, &[input]);
        let returned = self.wait_returned(draft, arguments.duration.is_some());
        let time = self.wait_time(draft, arguments.duration);
        (StateKind::Wait(Wait { time, next }), KindSource::Wait { returned, next: next_source }, asl_name)
    }

    /// The type of what a body gives.
    fn wait_returned(&mut self, draft: &Draft<'_>, has_duration: bool) -> Option<Type> {
        match (draft.body, &draft.signature.output) {
            (Some(_), ReturnType::Type(_, ty)) => Some((**ty).clone()),
            // Beside a duration no body is right, of whatever type.
            (Some(_), ReturnType::Default) if has_duration => None,
            (Some(body), ReturnType::Default) => {
                let help = "write its type: `-> u64` for seconds, `-> Duration`, or `-> Timestamp` of `jiff`";
                self.refuse(body, "the body of a `#[wait]` makes how long it takes", &[help]);
                None
            }
            (None, _) => None,
        }
    }

    fn wait_time(&mut self, draft: &Draft<'_>, duration: Option<Expr>) -> WaitTime {
        match (duration, draft.body) {
            (Some(duration), body) => {
                if body.is_some() {
                    self.no_body(draft);
                } else {
                    self.no_result(draft, "remove the result type: the wait is as long as the attribute says");
                }
                self.places.set(draft.place(StatePart::Option("duration")), &duration);
                WaitTime::Fixed(read_duration(&duration, self.errors).unwrap_or(UNREADABLE))
            }
            (None, Some(body)) => {
                // A body that could not be read has been refused, or need not be portable.
                let unread = Lambda { params: Vec::new(), body: workflow_model::expr::Expr::Tuple(Vec::new()) };
                WaitTime::Seconds(self.body_lambda(draft, body).unwrap_or(unread))
            }
            (None, None) => WaitTime::Missing,
        }
    }
}
