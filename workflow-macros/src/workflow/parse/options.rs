//! The list of options in an attribute: `timeout = "30s", next = done, end`.

use proc_macro2::Ident;
use quote::ToTokens;
use syn::parse::{Parse, ParseStream};
use syn::{Expr, ExprLit, Lit, Token};
use workflow_model::{Code, duration};

use crate::errors::Errors;

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

impl Parse for Options {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut options = Vec::new();
        while !input.is_empty() {
            let name: Ident = input.call(syn::ext::IdentExt::parse_any)?;
            let value = if input.peek(Token![=]) {
                input.parse::<Token![=]>()?;
                if input.is_empty() || input.peek(Token![,]) {
                    return Err(syn::Error::new(name.span(), format!("`{name} =` lacks its value")));
                }
                Some(input.parse()?)
            } else {
                None
            };
            options.push(NamedOption { name, value });
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(Options { options })
    }
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
        if value.is_none() {
            errors.push(
                &name,
                Code::W0001,
                format!("`{name}` lacks its value"),
                &[format!("write `{name} = {example}`")],
            );
        }
        value
    }

    /// Takes `name`, with or without a value.
    pub(super) fn flag(&mut self, name: &'static str, errors: &mut Errors) -> Option<(Ident, Option<Expr>)> {
        self.take(name, errors)
    }

    /// Takes `name = "text"`.
    pub(super) fn string(&mut self, name: &'static str, errors: &mut Errors) -> Option<syn::LitStr> {
        match self.value(name, "\"…\"", errors)? {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text),
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
        for (option, name) in self.options.iter_mut().zip(&names) {
            if known.contains(&name.as_str()) {
                continue;
            }
            let mut help = Vec::new();
            if let Some(near) = workflow_model::name::nearest(name, known.iter().copied()) {
                help.push(format!("did you mean `{near}`?"));
                if !names.iter().any(|given| given == near) {
                    option.name = Ident::new(near, option.name.span());
                }
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
        Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) => {
            format!("a duration is a string with a unit: \"{}s\" for seconds", number.base10_digits())
        }
        _ => "a duration is a string, as it is read at compile time".to_owned(),
    };
    errors.push(value, Code::W0003, message, &[duration::ParseError::HELP.to_owned()]);
    None
}
