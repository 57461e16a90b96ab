//! Collects what is wrong, so that a user sees all of it at once.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use workflow_model::Code;

/// What is wrong, in the order it was found. Panics when it is dropped unread, so that no error gets lost.
pub(crate) struct Errors {
    errors: Option<Vec<Error>>,
    /// Whether something could not be read.
    has_unread: bool,
}

/// An error on the tokens to change.
struct Error {
    start: Span,
    end: Span,
    message: String,
}

impl Errors {
    pub(crate) fn new() -> Self {
        Errors { errors: Some(Vec::new()), has_unread: false }
    }

    /// Adds an error on `tokens`: `message` says what is wrong, each line of `help` what to type instead.
    pub(crate) fn push(&mut self, tokens: impl ToTokens, code: Code, message: impl AsRef<str>, help: &[String]) {
        let mut spans = tokens.to_token_stream().into_iter().map(|token| token.span());
        let start = spans.next().unwrap_or_else(Span::call_site);
        let end = spans.last().unwrap_or(start);
        let mut text = format!("{code}: {}", message.as_ref());
        for line in help {
            text.push_str("\nhelp: ");
            text.push_str(line);
        }
        self.list().push(Error { start, end, message: text });
    }

    /// Adds an error on `tokens` that could not be read, of which nothing more is known therefore.
    pub(crate) fn unread(&mut self, tokens: impl ToTokens, message: impl AsRef<str>) {
        self.set_unread();
        self.push(tokens, Code::W0001, message, &[]);
    }

    /// Says that something could not be read.
    pub(crate) fn set_unread(&mut self) {
        self.has_unread = true;
    }

    /// Whether something could not be read, so that something else may seem to be missing.
    pub(crate) fn has_unread(&self) -> bool {
        self.has_unread
    }

    /// Adds an error of syn's, which says where and what.
    pub(crate) fn syntax(&mut self, error: syn::Error) {
        self.set_unread();
        for error in error {
            let tokens = error.span();
            let text = error.to_string();
            let message = match text.strip_prefix("unexpected end of input, ") {
                Some(expected) => format!("{}: something is missing here: {expected}", Code::W0001),
                None if text == "expected `,`" => format!("{}: a comma is missing before this", Code::W0001),
                None => format!("{}: {text}", Code::W0001),
            };
            self.list().push(Error { start: tokens, end: tokens, message });
        }
    }

    /// Forgets what is wrong, where nobody needs to know.
    pub(crate) fn ignore(mut self) {
        self.errors = None;
    }

    /// Whether nothing is wrong so far.
    pub(crate) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How much is wrong so far.
    pub(crate) fn len(&self) -> usize {
        self.errors.as_ref().map_or(0, Vec::len)
    }

    /// The errors as `compile_error!`s in source order.
    pub(crate) fn into_compile_errors(mut self) -> TokenStream {
        let mut errors = self.errors.take().unwrap_or_default();
        errors.sort_by_key(|error| {
            let start = error.start.start();
            (start.line, start.column)
        });
        errors.into_iter().map(Error::into_compile_error).collect()
    }

    /// Where each error stands, as text, and what it says. Only tokens that were parsed from text have a text.
    #[cfg(test)]
    pub(crate) fn into_texts(mut self) -> Vec<(String, String)> {
        let errors = self.errors.take().unwrap_or_default();
        let text = |error: Error| {
            let span = error.start.join(error.end).unwrap_or(error.start);
            (span.source_text().unwrap_or_default(), error.message)
        };
        errors.into_iter().map(text).collect()
    }

    fn list(&mut self) -> &mut Vec<Error> {
        self.errors.get_or_insert_default()
    }
}

impl Drop for Errors {
    fn drop(&mut self) {
        if self.errors.is_some() && !std::thread::panicking() {
            panic!("an error collector was dropped unread");
        }
    }
}

impl Error {
    /// `::core::compile_error!("…")`, from the first to the last of the tokens to change.
    fn into_compile_error(self) -> TokenStream {
        let Error { start, end, message } = self;
        let arguments = quote_spanned!(end=> { #message });
        let mut call = quote_spanned!(start=> ::core::compile_error!);
        call.extend(arguments);
        call
    }
}
