//! Patterns.

use syn::{Expr as Syn, Pat, PatIdent, PatRange, PatStruct, Path, RangeLimits};
use workflow_model::expr::{FieldPattern, Literal, Pattern, VariantPattern};

use super::binding::{is_camel_case, is_constant_case, member, name};
use super::construct::{is_option, owner};
use super::{Reader, all, literal};

pub(super) fn read(reader: &mut Reader<'_>, pattern: &Pat) -> Option<Pattern> {
    match pattern {
        Pat::Wild(_) => Some(Pattern::Wildcard),
        Pat::Ident(ident) => binding(reader, ident),
        Pat::Lit(lit) => literal::read(reader, &lit.lit).map(Pattern::Literal),
        Pat::Range(range) => self::range(reader, range),
        Pat::Or(or) => all(or.cases.iter().map(|case| read(reader, case))).map(Pattern::Or),
        Pat::Paren(inner) => read(reader, &inner.pat),
        Pat::Reference(reference) => read(reader, &reference.pat),
        Pat::Tuple(tuple) => {
            all(positions(reader, tuple.elems.iter())?.into_iter().map(|element| read(reader, element)))
                .map(Pattern::Tuple)
        }
        Pat::Slice(slice) => self::slice(reader, &slice.elems.iter().collect::<Vec<_>>()),
        Pat::Path(path) => unit(reader, &path.path),
        Pat::TupleStruct(tuple) => {
            let elements = positions(reader, tuple.elems.iter())?;
            let fields = all(elements.into_iter().enumerate().map(|(position, element)| {
                Some(FieldPattern { field: position.to_string(), pattern: read(reader, element)? })
            }));
            self::tuple_struct(reader, &tuple.path, fields?)
        }
        Pat::Struct(fields) => self::fields(reader, fields),
        Pat::Type(typed) => read(reader, &typed.pat),
        other => reader.refuse(
            other,
            "this pattern cannot be exported",
            "match on literals, ranges, tuples, slices, structs and variants",
        ),
    }
}

fn binding(reader: &mut Reader<'_>, ident: &PatIdent) -> Option<Pattern> {
    let Some((_, inner)) = &ident.subpat else {
        if is_camel_case(&ident.ident) {
            return unit(reader, &ident.ident.clone().into());
        }
        if is_constant_case(&ident.ident) {
            return constant(reader, &ident.ident.clone().into());
        }
        let name = name(&ident.ident);
        reader.bind(&name);
        return Some(Pattern::Bind { name, pattern: None });
    };
    let name = name(&ident.ident);
    let pattern = read(reader, inner);
    reader.bind(&name);
    Some(Pattern::Bind { name, pattern: Some(Box::new(pattern?)) })
}

/// A constant in a pattern, which could only be told from a variant by what is matched.
fn constant(reader: &mut Reader<'_>, path: &Path) -> Option<Pattern> {
    let written = super::tables::text(path);
    reader.refuse(
        path,
        format!("the constant `{written}` cannot be a pattern here: it is not known yet what it stands for"),
        format!("write a guard, as in `value if value == {written} => …`"),
    )
}

/// `Answer::Idle`, `Idle` or `None`
fn unit(reader: &mut Reader<'_>, path: &Path) -> Option<Pattern> {
    if is_option(path, "None") {
        return Some(Pattern::None);
    }
    let last = path.segments.last()?;
    if is_constant_case(&last.ident) && !is_camel_case(&last.ident) && !is_variant(path) {
        return constant(reader, path);
    }
    Some(Pattern::Variant(VariantPattern { name: name(&last.ident), fields: Vec::new() }))
}

fn is_variant(path: &Path) -> bool {
    owner(path).is_some_and(|owner| owner.ident != "Self")
}

fn tuple_struct(reader: &mut Reader<'_>, path: &Path, mut fields: Vec<FieldPattern>) -> Option<Pattern> {
    if is_option(path, "Some") {
        return match fields.pop() {
            Some(field) => Some(Pattern::Some(Box::new(field.pattern))),
            None => Some(Pattern::Some(Box::new(Pattern::Wildcard))),
        };
    }
    let last = path.segments.last()?;
    if matches!(last.ident.to_string().as_str(), "Ok" | "Err") && path.segments.len() == 1 {
        return reader.refuse(
            path,
            "a `Result` does not cross an edge: what fails is caught",
            "take the error with `#[catch(… => state)]` on the task",
        );
    }
    Some(Pattern::Variant(VariantPattern { name: name(&last.ident), fields }))
}

fn fields(reader: &mut Reader<'_>, pattern: &PatStruct) -> Option<Pattern> {
    let fields = all(pattern.fields.iter().map(|field| {
        reader.no_cfg(&field.attrs)?;
        Some(FieldPattern { field: member(&field.member), pattern: read(reader, &field.pat)? })
    }));
    let last = pattern.path.segments.last()?;
    Some(Pattern::Variant(VariantPattern { name: name(&last.ident), fields: fields? }))
}

/// The elements of a tuple before its `..`, which must be the last of them.
fn positions<'p>(reader: &mut Reader<'_>, elements: impl Iterator<Item = &'p Pat>) -> Option<Vec<&'p Pat>> {
    let mut elements = elements.peekable();
    let mut before = Vec::new();
    while let Some(element) = elements.next() {
        if let Pat::Rest(rest) = element {
            if elements.peek().is_none() {
                break;
            }
            // The names are known all the same, or each use of them would be an error of its own.
            before.into_iter().chain(elements).for_each(|element| drop(read(reader, element)));
            return reader.refuse(
                rest,
                "`..` hides how many elements stand before the next one",
                "write `_` for each element that is skipped",
            );
        }
        before.push(element);
    }
    Some(before)
}

/// `[a, b]`, `[first, ..]`, `[first, rest @ .., last]`
fn slice(reader: &mut Reader<'_>, elements: &[&Pat]) -> Option<Pattern> {
    let Some(position) = elements.iter().position(|element| rest(element)) else {
        let before = all(elements.iter().map(|element| read(reader, element)))?;
        return Some(Pattern::Slice { before, rest: None, after: Vec::new() });
    };
    let before = all(elements[..position].iter().map(|element| read(reader, element)));
    let rest = match elements[position] {
        Pat::Ident(ident) => {
            let name = name(&ident.ident);
            reader.bind(&name);
            Pattern::Bind { name, pattern: None }
        }
        _ => Pattern::Wildcard,
    };
    let after = all(elements[position + 1..].iter().map(|element| read(reader, element)));
    Some(Pattern::Slice { before: before?, rest: Some(Box::new(rest)), after: after? })
}

/// Whether a pattern is `..` or `name @ ..`.
fn rest(pattern: &Pat) -> bool {
    match pattern {
        Pat::Rest(_) => true,
        Pat::Ident(ident) => ident.subpat.as_ref().is_some_and(|(_, inner)| matches!(**inner, Pat::Rest(_))),
        _ => false,
    }
}

fn range(reader: &mut Reader<'_>, range: &PatRange) -> Option<Pattern> {
    let from = bound(reader, range.start.as_deref());
    let to = bound(reader, range.end.as_deref());
    Some(Pattern::Range { from: from?, to: to?, inclusive: matches!(range.limits, RangeLimits::Closed(_)) })
}

/// An end of a range. `Some(None)`: it is open.
fn bound(reader: &mut Reader<'_>, end: Option<&Syn>) -> Option<Option<Literal>> {
    match end {
        None => Some(None),
        Some(Syn::Lit(lit)) => literal::read(reader, &lit.lit).map(Some),
        Some(other) => reader.refuse(
            other,
            "the end of a range is a literal here: what a constant stands for is not known yet",
            "write a guard, as in `value if value < LIMIT => …`",
        ),
    }
}
