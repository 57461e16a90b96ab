//! The list of options in an attribute: `timeout = "30s", next = done, end`.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::discouraged::Speculative;
use syn::parse::{ParseStream, Parser};
use syn::{Expr, ExprLit, Lit, Token, Type};
use workflow_model::{Code, duration};

use crate::errors::Errors;

/// The options that may stand without a value.
const FLAGS: &[&str] = &["activity", "callback", "distributed", "end", "express", "native", "request_response", "sync"];

/// The options whose value is a type.
const TYPES: &[&str] = &["output", "variables"];

/// What is written as attributes beside that of the state's kind.
const HELPERS: &[&str] = &["assign", "catch", "retry"];

/// Options in the order they were written.
#[derive(Default)]
pub(super) struct Options {
    options: Vec<NamedOption>,
}

/// `name = value`, or `name` alone.
struct NamedOption {
    name: Ident,
    value: Option<Expr>,
}

impl Options {
    /// Reads options. One that cannot be read does not hide the others.
    pub(super) fn read(tokens: TokenStream, errors: &mut Errors) -> Self {
        let mut options = Vec::new();
        let read = |input: ParseStream<'_>| {
            while !input.is_empty() {
                options.extend(NamedOption::read(input, errors));
                if !input.is_empty() && input.parse::<Option<Token![,]>>()?.is_none() {
                    let next = input.cursor().token_tree().map(|(token, _)| token);
                    errors.push(next, Code::W0001, "a comma is missing before this", &[]);
                    // What is no name begins no option, which would be said once more.
                    if !input.peek(Ident::peek_any) {
                        skip(input);
                        input.parse::<Option<Token![,]>>()?;
                    }
                }
            }
            Ok(())
        };
        if let Err(error) = read.parse2(tokens) {
            errors.syntax(error);
        }
        Options { options }
    }
}

impl NamedOption {
    fn read(input: ParseStream<'_>, errors: &mut Errors) -> Option<Self> {
        let name = match input.call(Ident::parse_any) {
            Ok(name) => name,
            Err(_) => {
                errors.unread(skip(input), "an option begins with its name, as in `next = done`");
                return None;
            }
        };
        if HELPERS.iter().any(|helper| name == helper) && input.peek(syn::token::Paren) {
            skip(input);
        }
        let has_value = input.parse::<Option<Token![=]>>().is_ok_and(|equals| equals.is_some());
        if !has_value || input.is_empty() || input.peek(Token![,]) {
            return Some(NamedOption { name, value: None });
        }
        if let Some(value) = written_type(&name, input) {
            return Some(NamedOption { name, value: Some(value) });
        }
        let ahead = input.fork();
        let value = match ahead.parse() {
            Ok(value) => {
                input.advance_to(&ahead);
                without_group(value)
            }
            Err(error) => {
                let rest = skip(input);
                match error.to_string().starts_with("unexpected end of input") {
                    true => errors.unread(rest, format!("the value of `{name}` is not complete")),
                    false => errors.syntax(error),
                }
                unread()
            }
        };
        Some(NamedOption { name, value: Some(value) })
    }
}

/// What another macro was given as a literal, without the invisible group that it comes in.
fn without_group(value: Expr) -> Expr {
    match value {
        Expr::Group(group) if matches!(*group.expr, Expr::Lit(_)) => *group.expr,
        value => value,
    }
}

/// The value of an option that takes a type, as `Progress<T>`, which is no expression.
fn written_type(name: &Ident, input: ParseStream<'_>) -> Option<Expr> {
    if !TYPES.iter().any(|option| name == option) {
        return None;
    }
    let ahead = input.fork();
    let written: Type = ahead.parse().ok()?;
    input.advance_to(&ahead);
    Some(Expr::Verbatim(written.into_token_stream()))
}

/// Takes what stands before the next comma.
fn skip(input: ParseStream<'_>) -> TokenStream {
    let mut skipped = TokenStream::new();
    while !input.is_empty() && !input.peek(Token![,]) {
        skipped.extend(input.parse::<TokenTree>());
    }
    skipped
}

/// What stands for a value that could not be read, which has been said.
fn unread() -> Expr {
    Expr::Verbatim(TokenStream::new())
}

/// Whether a value could not be read, which has been said.
pub(super) fn is_unread(value: &Expr) -> bool {
    value.to_token_stream().is_empty()
}

impl Options {
    /// Takes the option with this name. A second one of the name is refused.
    fn take(&mut self, name: &str, errors: &mut Errors) -> Option<(Ident, Option<Expr>)> {
        let position = self.options.iter().position(|option| option.name == name)?;
        let NamedOption { name, value } = self.options.remove(position);
        while let Some(again) = self.options.iter().position(|option| option.name == name) {
            let again = self.options.remove(again);
            errors.push(&again.name, Code::W0001, format!("`{name}` is given twice"), &[format!("keep one `{name}`")]);
        }
        Some((name, value))
    }

    /// Takes `name = value`.
    pub(super) fn value(&mut self, name: &'static str, example: &str, errors: &mut Errors) -> Option<Expr> {
        let (name, value) = self.take(name, errors)?;
        Some(value.unwrap_or_else(|| {
            let help = format!("write `{name} = {example}`");
            errors.push(&name, Code::W0001, format!("`{name}` lacks its value"), &[help]);
            unread()
        }))
    }

    /// Whether the option was written.
    pub(super) fn has(&self, name: &str) -> bool {
        self.options.iter().any(|option| option.name == name)
    }

    /// Takes `name`, with or without a value.
    pub(super) fn flag(&mut self, name: &'static str, errors: &mut Errors) -> Option<(Ident, Option<Expr>)> {
        self.take(name, errors)
    }

    /// Takes `name = "text"`.
    pub(super) fn string(&mut self, name: &'static str, errors: &mut Errors) -> Option<syn::LitStr> {
        match self.value(name, "\"…\"", errors)? {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text),
            other if is_unread(&other) => None,
            other => {
                let help = format!("write `{name} = \"…\"`");
                errors.push(&other, Code::W0001, format!("`{name}` takes a string"), &[help]);
                None
            }
        }
    }

    /// Takes `name = number`, whole or not.
    pub(super) fn number<T>(&mut self, name: &'static str, example: &str, errors: &mut Errors) -> Option<(T, Expr)>
    where
        T: std::str::FromStr,
    {
        let value = self.value(name, example, errors)?;
        let text = digits(&value);
        match text.as_deref().map(str::parse) {
            Some(Ok(number)) => Some((number, value)),
            _ if is_unread(&value) => None,
            _ => {
                let help = format!("write a number, as in `{name} = {example}`");
                let shown = text.unwrap_or_else(|| value.to_token_stream().to_string());
                let message = format!("`{name}` cannot be `{shown}`");
                errors.push(&value, Code::W0001, message, &[help]);
                None
            }
        }
    }

    /// Takes `name = "1h 30m"`.
    pub(super) fn duration(&mut self, name: &'static str, errors: &mut Errors) -> Option<(std::time::Duration, Expr)> {
        let value = self.value(name, "\"30s\"", errors)?;
        let duration = read_duration(&value, errors).unwrap_or(UNREADABLE);
        Some((duration, value))
    }

    /// Refuses options that are not known. One that resembles a known one is taken for that, so that nothing is said to be missing that
    /// was only misspelt.
    pub(super) fn correct(&mut self, owner: &str, known: &[&str], errors: &mut Errors) {
        let names: Vec<String> = self.options.iter().map(|option| option.name.to_string()).collect();
        let leads = names.iter().any(|name| name == "end");
        for (option, name) in self.options.iter_mut().zip(&names) {
            if known.contains(&name.as_str()) {
                continue;
            }
            let mut help = Vec::new();
            if let Some(near) = workflow_model::name::nearest(name, known.iter().copied()) {
                help.push(format!("did you mean `{near}`?"));
                if !names.iter().any(|given| given == near) {
                    option.name = Ident::new(near, option.name.span());
                    let lacks_value = option.value.is_none() && !FLAGS.contains(&near);
                    option.value = option.value.take().or_else(|| lacks_value.then(unread));
                }
            }
            if HELPERS.contains(&name.as_str()) {
                help.push(format!("`#[{name}(…)]` is an attribute of its own, beside `{owner}`"));
            }
            // A name alone is most often the state that comes next, or first.
            let missing = ["next", "start"]
                .into_iter()
                .find(|lead| known.contains(lead) && !names.iter().any(|given| given == lead));
            if let (None, true, Some(lead)) = (&option.value, help.is_empty(), missing.filter(|_| !leads)) {
                help.push(format!("if `{name}` is a state, write `{lead} = {name}`"));
                (option.name, option.value) = (Ident::new(lead, option.name.span()), Some(unread()));
            }
            let known: Vec<_> = known.iter().map(|known| format!("`{known}`")).collect();
            help.push(format!("its options are {}", known.join(", ")));
            errors.push(&option.name, Code::W0002, format!("`{owner}` has no option `{name}`"), &help);
        }
    }
}

/// What stands for a duration that could not be read, which has been said: something that no check refuses.
pub(super) const UNREADABLE: std::time::Duration = std::time::Duration::from_secs(1);

/// The digits of a number, with the sign, without underscores and suffix.
fn digits(value: &Expr) -> Option<String> {
    match value {
        Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) => Some(number.base10_digits().to_owned()),
        Expr::Lit(ExprLit { lit: Lit::Float(number), .. }) => Some(number.base10_digits().to_owned()),
        Expr::Unary(syn::ExprUnary { op: syn::UnOp::Neg(_), expr, .. }) => Some(format!("-{}", digits(expr)?)),
        _ => None,
    }
}

/// Reads a duration from a string literal.
pub(super) fn read_duration(value: &Expr, errors: &mut Errors) -> Option<std::time::Duration> {
    let message = match value {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => match duration::parse(&text.value()) {
            Ok(duration) => return Some(duration),
            Err(error) => error.to_string(),
        },
        Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) => match number.suffix() {
            "" => format!("a duration is a string with a unit: \"{}s\" for seconds", number.base10_digits()),
            unit => format!("a duration is a string: \"{}{unit}\"", number.base10_digits()),
        },
        other if is_unread(other) => return None,
        _ => "a duration is a string, as it is read at compile time".to_owned(),
    };
    errors.push(value, Code::W0003, message, &[duration::ParseError::HELP.to_owned()]);
    None
}
