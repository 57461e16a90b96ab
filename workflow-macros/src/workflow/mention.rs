//! Where tokens mention a name that nothing around them binds, as `context`.
//!
//! Tokens may hold any Rust, and macros that nobody here can read, so this looks at names alone: a name that turns out to be something
//! else costs an unused variable.

use proc_macro2::{Ident, Literal, Spacing, TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{LitStr, Pat};

use crate::expr::captures;

/// The first mention of a name as that of a value: neither a field's nor a segment of a path.
pub(super) fn mention(tokens: impl ToTokens, name: &str) -> Option<Ident> {
    in_stream(tokens.to_token_stream(), name)
}

fn in_stream(tokens: TokenStream, name: &str) -> Option<Ident> {
    let mut tokens = tokens.into_iter().peekable();
    // What stands before the token: nothing of interest, or what makes a name one of something else.
    let mut is_part = false;
    let mut before = None;
    // `format`, while its `!` and its string come next.
    let mut formats = false;
    while let Some(token) = tokens.next() {
        match &token {
            TokenTree::Group(group) => {
                let template = group.stream().into_iter().next().filter(|_| formats);
                if let Some(found) = template.and_then(|template| in_template(&template, name)) {
                    return Some(found);
                }
                if let Some(found) = in_stream(group.stream(), name) {
                    return Some(found);
                }
            }
            TokenTree::Ident(ident)
                if ident == name && !is_part && !tokens.peek().is_some_and(|it| is_punct(it, ':')) =>
            {
                return Some(ident.clone());
            }
            _ => {}
        }
        let is_joined = matches!(&before, Some(TokenTree::Punct(punct)) if punct.spacing() == Spacing::Joint);
        let is_path = is_punct(&token, ':') && is_joined;
        let is_field = is_punct(&token, '.') && !is_joined;
        is_part = is_path || is_field || is_punct(&token, '\'');
        formats = matches!(&token, TokenTree::Ident(ident) if ident == "format") || (formats && is_punct(&token, '!'));
        before = Some(token);
    }
    None
}

/// A mention in the string of a `format!`: `"{name}"`.
fn in_template(template: &TokenTree, name: &str) -> Option<Ident> {
    let TokenTree::Literal(literal) = template else { return None };
    let text = text(literal)?.value();
    captures(&text).any(|captured| captured == name).then(|| Ident::new(name, literal.span()))
}

fn text(literal: &Literal) -> Option<LitStr> {
    syn::parse2(literal.to_token_stream()).ok()
}

fn is_punct(token: &TokenTree, char: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == char)
}

/// Whether a pattern binds the name.
pub(super) fn binds(pattern: &Pat, name: &str) -> bool {
    bound(pattern).iter().any(|bound| bound == name)
}

/// The names that a pattern binds.
pub(super) fn bound(pattern: &Pat) -> Vec<String> {
    let mut bound = Bound::default();
    bound.visit_pat(pattern);
    bound.names
}

#[derive(Default)]
struct Bound {
    names: Vec<String>,
}

impl<'ast> Visit<'ast> for Bound {
    fn visit_pat_ident(&mut self, pattern: &'ast syn::PatIdent) {
        self.names.push(pattern.ident.to_string());
        visit::visit_pat_ident(self, pattern);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_mentioned(text: &str) -> bool {
        mention(text.parse::<TokenStream>().expect("it is Rust"), "context").is_some()
    }

    #[test]
    fn values_are_told_from_fields_and_paths() {
        for text in [
            "context.id",
            "Job { id: context.id }",
            "Job { context }",
            "f(1, &context)",
            "[0..context]",
            r#"format!("{context}: {}", 1)"#,
            r#"std::format!("{context:>8}")"#,
        ] {
            assert!(is_mentioned(text), "{text}");
        }
        for text in [
            "job.context",
            "Job { context: 1 }",
            "context::id()",
            "self::context()",
            "x.context.y",
            "'context: loop {}",
            r#"format!("{{context}} {}", "{context}")"#,
            r#"json!("{context}")"#,
        ] {
            assert!(!is_mentioned(text), "{text}");
        }
    }

    #[test]
    fn patterns_bind_names() {
        let binds = |text: &str| {
            let closure: syn::ExprClosure = syn::parse_str(&format!("|{text}| 0")).expect("it is a closure");
            super::binds(&closure.inputs[0], "context")
        };
        assert!(binds("context") && binds("Job { context, .. }") && binds("(_, context): (u8, u8)"));
        assert!(!binds("Job { context: _ }") && !binds("job"));
    }
}
