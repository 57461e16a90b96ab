//! `format!`: its string taken apart into text and placeholders.

use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Expr as Syn, Ident, LitStr, Token};
use workflow_model::expr::{Expr, FormatPiece, FormatSpec};

use super::Reader;
use super::place::Place;

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

/// The pieces of a `format!`. rustc checks that each placeholder has a value and each value a placeholder.
pub(super) fn read(reader: &mut Reader<'_>, arguments: &Arguments) -> Option<Vec<FormatPiece>> {
    let values: Vec<Option<Expr>> = arguments.values.iter().map(|(_, value)| reader.expr(value, Place::FREE)).collect();
    let template = arguments.template.value();
    let mut pieces = Vec::new();
    let mut text = String::new();
    let mut rest = template.as_str();
    let mut next = 0;
    let mut refused = values.iter().any(Option::is_none);
    while let Some(letter) = rest.chars().next() {
        let behind = &rest[letter.len_utf8()..];
        if (letter == '{' && behind.starts_with('{')) || (letter == '}' && behind.starts_with('}')) {
            text.push(letter);
            rest = &behind[1..];
        } else if letter == '{' {
            // An unfinished placeholder is rustc's to report.
            let (placeholder, behind) = behind.split_once('}')?;
            if !text.is_empty() {
                pieces.push(FormatPiece::Text(std::mem::take(&mut text)));
            }
            match (Placeholder { arguments, values: &values }).read(reader, placeholder, &mut next) {
                Some(piece) => pieces.push(piece),
                None => refused = true,
            }
            rest = behind;
        } else {
            text.push(letter);
            rest = behind;
        }
    }
    if !text.is_empty() {
        pieces.push(FormatPiece::Text(text));
    }
    (!refused).then_some(pieces)
}

/// What a placeholder may refer to.
struct Placeholder<'a> {
    arguments: &'a Arguments,
    values: &'a [Option<Expr>],
}

impl Placeholder<'_> {
    /// What stands between the braces: `name`, `0` or nothing, then perhaps a colon and a specification.
    fn read(&self, reader: &mut Reader<'_>, placeholder: &str, next: &mut usize) -> Option<FormatPiece> {
        let (argument, spec) = placeholder.split_once(':').unwrap_or((placeholder, ""));
        let spec = match specification(spec.trim_end()) {
            Ok(spec) => Some(spec),
            Err(help) => reader.refuse(
                &self.arguments.template,
                format!("`{{{placeholder}}}` cannot be exported: it prints what JSONata has no form for"),
                help,
            ),
        };
        let value = self.value(reader, argument.trim(), next)?;
        Some(FormatPiece::Value { value, spec: spec? })
    }

    fn value(&self, reader: &mut Reader<'_>, argument: &str, next: &mut usize) -> Option<Expr> {
        if argument.is_empty() {
            *next += 1;
            return self.values.get(*next - 1).cloned().flatten();
        }
        if let Ok(position) = argument.parse::<usize>() {
            return self.values.get(position).cloned().flatten();
        }
        let named =
            self.arguments.values.iter().position(|(name, _)| name.as_ref().is_some_and(|name| name == argument));
        if let Some(position) = named {
            return self.values[position].clone();
        }
        let span: Span = self.arguments.template.span();
        let path: syn::ExprPath = syn::parse_str(argument).ok()?;
        let ident = path.path.get_ident()?;
        let ident = Ident::new(&ident.to_string(), span);
        reader.expr(&syn::parse_quote!(#ident), Place::FREE)
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
