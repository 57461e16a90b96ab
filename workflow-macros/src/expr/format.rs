//! `format!`: its string taken apart into text and placeholders.

use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Expr as Syn, Ident, LitStr, Token};
use workflow_model::expr::{Expr, FormatPiece, FormatSpec};

use super::place::Place;
use super::{Reader, all};

/// `"…", a, name = b`
pub(super) struct Arguments {
    template: LitStr,
    values: Vec<(Option<Ident>, Syn)>,
}

impl Parse for Arguments {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let template = input.parse()?;
        let mut values = Vec::new();
        while !input.is_empty() {
            input.parse::<Token![,]>()?;
            if input.is_empty() {
                break;
            }
            let name = if input.peek(Ident::peek_any) && input.peek2(Token![=]) && !input.peek2(Token![==]) {
                let name = input.call(Ident::parse_any)?;
                input.parse::<Token![=]>()?;
                Some(name)
            } else {
                None
            };
            values.push((name, input.parse()?));
        }
        Ok(Arguments { template, values })
    }
}

/// The pieces of a `format!`.
pub(super) fn read(reader: &mut Reader<'_>, arguments: &Arguments) -> Option<Vec<FormatPiece>> {
    let values: Vec<Option<Expr>> = arguments.values.iter().map(|(_, value)| reader.expr(value, Place::FREE)).collect();
    let template = arguments.template.value();
    let Some(parts) = parts(&template) else {
        return reader.refuse(
            &arguments.template,
            "a brace in this string has no other one",
            "write `{{` or `}}` for the brace itself",
        );
    };
    let mut placeholders = Placeholders { arguments, values: &values, next: 0 };
    let pieces = all(parts.into_iter().map(|part| match part {
        Part::Text(text) => Some(FormatPiece::Text(text)),
        Part::Placeholder(placeholder) => placeholders.read(reader, placeholder),
    }));
    pieces.filter(|_| values.iter().all(Option::is_some))
}

/// The names that the string takes from around it: `total` of `"{total:>8}"`. Values of its own hide none of them here.
pub(crate) fn captures(template: &str) -> impl Iterator<Item = &str> {
    parts(template).unwrap_or_default().into_iter().filter_map(|part| match part {
        Part::Placeholder(placeholder) => placeholder.split(':').next().map(str::trim),
        Part::Text(_) => None,
    })
}

/// A part of the string.
enum Part<'t> {
    Text(String),
    /// What stands between braces.
    Placeholder(&'t str),
}

/// The parts of the string, with `{{` and `}}` undone. `None`: a brace has no other one.
fn parts(template: &str) -> Option<Vec<Part<'_>>> {
    let mut parts = Vec::new();
    let mut text = String::new();
    let mut rest = template;
    while let Some(position) = rest.find(['{', '}']) {
        let (before, brace) = rest.split_at(position);
        text.push_str(before);
        if brace.starts_with("{{") || brace.starts_with("}}") {
            text.push_str(&brace[..1]);
            rest = &brace[2..];
        } else {
            let (placeholder, behind) = brace.strip_prefix('{')?.split_once('}')?;
            if !text.is_empty() {
                parts.push(Part::Text(std::mem::take(&mut text)));
            }
            parts.push(Part::Placeholder(placeholder));
            rest = behind;
        }
    }
    text.push_str(rest);
    if !text.is_empty() {
        parts.push(Part::Text(text));
    }
    Some(parts)
}

/// What the placeholders stand for.
struct Placeholders<'a> {
    arguments: &'a Arguments,
    values: &'a [Option<Expr>],
    /// The position of the value that the next `{}` stands for.
    next: usize,
}

impl Placeholders<'_> {
    /// What stands between the braces: `name`, `0` or nothing, then perhaps a colon and a specification.
    fn read(&mut self, reader: &mut Reader<'_>, placeholder: &str) -> Option<FormatPiece> {
        let (argument, spec) = placeholder.split_once(':').unwrap_or((placeholder, ""));
        let spec = match specification(spec.trim_end()) {
            Ok(spec) => Some(spec),
            Err(help) => reader.refuse(
                &self.arguments.template,
                format!("`{{{placeholder}}}` cannot be exported: it prints what JSONata has no form for"),
                help,
            ),
        };
        let value = match self.position(argument.trim()) {
            Some(position) if position < self.values.len() => self.values[position].clone(),
            Some(_) => reader.refuse(
                &self.arguments.template,
                format!("`{{{placeholder}}}` has no value behind the string"),
                "add the value, or remove the braces",
            ),
            None => self.captured(reader, argument.trim()),
        };
        Some(FormatPiece::Value { value: value?, spec: spec? })
    }

    /// Which of the values behind the string is meant. `None`: none of them, but a name from around.
    fn position(&mut self, argument: &str) -> Option<usize> {
        if argument.is_empty() {
            self.next += 1;
            return Some(self.next - 1);
        }
        let is_named = |(name, _): &(Option<Ident>, Syn)| name.as_ref().is_some_and(|name| name == argument);
        argument.parse().ok().or_else(|| self.arguments.values.iter().position(is_named))
    }

    /// `{name}`: the error of a name that is not bound stands on the string.
    fn captured(&self, reader: &mut Reader<'_>, name: &str) -> Option<Expr> {
        if reader.is_bound(name) {
            return Some(Expr::Local(name.to_owned()));
        }
        match syn::parse_str::<Ident>(name) {
            Ok(mut ident) => {
                ident.set_span(self.arguments.template.span());
                reader.expr(&syn::parse_quote!(#ident), Place::FREE)
            }
            Err(_) => reader.refuse(
                &self.arguments.template,
                format!("`{{{name}}}` is no name"),
                "put the value behind the string, as in `format!(\"{}\", item.name)`",
            ),
        }
    }
}

/// Reads `[[fill]align][0][width][.precision]`. The error is what to write instead of anything else.
fn specification(text: &str) -> Result<FormatSpec, &'static str> {
    let mut spec = FormatSpec::default();
    let mut rest = text;
    let mut letters = text.chars();
    let (first, second) = (letters.next(), letters.next());
    if let (Some(fill), Some(align)) = (first, second.filter(|letter| is_align(*letter))) {
        (spec.fill, spec.align) = (Some(fill), Some(align));
        rest = &rest[fill.len_utf8() + align.len_utf8()..];
    } else if let Some(align) = first.filter(|letter| is_align(*letter)) {
        spec.align = Some(align);
        rest = &rest[align.len_utf8()..];
    }
    if rest.starts_with('0') {
        return Err("write the fill, as in `{number:0>8}`, which does the same for what is not negative");
    }
    (spec.width, rest) = number(rest)?;
    if let Some(precision) = rest.strip_prefix('.') {
        let (digits, behind) = number(precision)?;
        spec.precision = Some(digits.ok_or("write the precision as a number, as in `{:.2}`")?);
        rest = behind;
    }
    match rest {
        "" => Ok(spec),
        "?" | "#?" => Err("write `{}`: what `{:?}` prints is Rust's own"),
        _ => Err("write `{}`, or do it in a `#[task]`; fill, alignment, width and precision are known here"),
    }
}

fn is_align(letter: char) -> bool {
    matches!(letter, '<' | '^' | '>')
}

/// The digits at the beginning as a number, and what is behind them.
fn number(text: &str) -> Result<(Option<usize>, &str), &'static str> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at(digits);
    if rest.starts_with('$') || rest.contains('$') {
        return Err("write the width or the precision as a number, as in `{:>8}`");
    }
    if number.is_empty() {
        return Ok((None, rest));
    }
    number.parse().map(|number| (Some(number), rest)).map_err(|_| "write a smaller width")
}
