//! Trees of expressions, as short to write as what they stand for.

use workflow_model::expr::{
    Arm, BinaryOp, Construct, ConstructFields, Expr, FieldPattern, FormatPiece, FormatSpec, Lambda, Literal, Param,
    Pattern, UnaryOp, VariantPattern,
};

pub(crate) fn local(name: &str) -> Expr {
    Expr::Local(name.to_owned())
}

/// `base.field.field`.
pub(crate) fn path(dotted: &str) -> Expr {
    let mut names = dotted.split('.');
    let base = local(names.next().unwrap_or_default());
    names.fold(base, |base, name| Expr::Field { base: Box::new(base), field: name.to_owned() })
}

pub(crate) fn int(value: i128) -> Expr {
    Expr::Literal(Literal::Int(value))
}

pub(crate) fn float(value: f64) -> Expr {
    Expr::Literal(Literal::Float(value))
}

pub(crate) fn text(value: &str) -> Expr {
    Expr::Literal(Literal::Str(value.to_owned()))
}

pub(crate) fn bool(value: bool) -> Expr {
    Expr::Literal(Literal::Bool(value))
}

pub(crate) fn some(value: Expr) -> Expr {
    Expr::Some(Box::new(value))
}

pub(crate) fn not(value: Expr) -> Expr {
    Expr::Unary(UnaryOp::Not, Box::new(value))
}

pub(crate) fn neg(value: Expr) -> Expr {
    Expr::Unary(UnaryOp::Neg, Box::new(value))
}

pub(crate) fn binary(lhs: Expr, op: BinaryOp, rhs: Expr) -> Expr {
    Expr::Binary { op, lhs: Box::new(lhs), rhs: Box::new(rhs) }
}

pub(crate) fn index(base: Expr, index: Expr) -> Expr {
    Expr::Index { base: Box::new(base), index: Box::new(index) }
}

pub(crate) fn cast(value: Expr, to: &str) -> Expr {
    Expr::Cast { value: Box::new(value), to: to.to_owned() }
}

pub(crate) fn method(receiver: Expr, method: &str, args: impl IntoIterator<Item = Expr>) -> Expr {
    Expr::Method { receiver: Box::new(receiver), method: method.to_owned(), args: args.into_iter().collect() }
}

pub(crate) fn closure(param: &str, body: Expr) -> Expr {
    Expr::Closure(Box::new(lambda([param], body)))
}

pub(crate) fn lambda<const N: usize>(params: [&str; N], body: Expr) -> Lambda {
    let params = params.into_iter().map(|name| Param { pattern: bind(name), type_ref: None });
    Lambda { params: params.collect(), body }
}

pub(crate) fn when(condition: Expr, then: Expr, otherwise: Expr) -> Expr {
    Expr::If { condition: Box::new(condition), then: Box::new(then), otherwise: Box::new(otherwise) }
}

pub(crate) fn let_in(pattern: Pattern, value: Expr, body: Expr) -> Expr {
    Expr::Let { pattern, type_ref: None, value: Box::new(value), body: Box::new(body) }
}

pub(crate) fn matching(scrutinee: Expr, arms: impl IntoIterator<Item = Arm>) -> Expr {
    Expr::Match { scrutinee: Box::new(scrutinee), arms: arms.into_iter().collect() }
}

pub(crate) fn arm(pattern: Pattern, body: Expr) -> Arm {
    Arm { pattern, guard: None, body }
}

pub(crate) fn guarded(pattern: Pattern, guard: Expr, body: Expr) -> Arm {
    Arm { pattern, guard: Some(guard), body }
}

pub(crate) fn goto(target: &str, payload: Expr) -> Expr {
    Expr::Goto { target: target.to_owned(), payload: Some(Box::new(payload)), assign: Vec::new() }
}

pub(crate) fn record<const N: usize>(name: &str, fields: [(&str, Expr); N]) -> Expr {
    construct(name, false, named(fields))
}

pub(crate) fn variant(name: &str, fields: ConstructFields) -> Expr {
    construct(name, true, fields)
}

pub(crate) fn named<const N: usize>(fields: [(&str, Expr); N]) -> ConstructFields {
    ConstructFields::Named(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

pub(crate) fn unnamed<const N: usize>(fields: [Expr; N]) -> ConstructFields {
    ConstructFields::Tuple(fields.into())
}

fn construct(name: &str, is_variant: bool, fields: ConstructFields) -> Expr {
    Expr::Construct(Construct { type_ref: None, name: name.to_owned(), is_variant, fields })
}

pub(crate) fn value(value: Expr) -> FormatPiece {
    FormatPiece::Value { value, spec: FormatSpec::default() }
}

pub(crate) fn spaced(value: Expr, align: Option<char>, fill: Option<char>, width: usize) -> FormatPiece {
    FormatPiece::Value { value, spec: FormatSpec { fill, align, width: Some(width), precision: None } }
}

pub(crate) fn words(words: &str) -> FormatPiece {
    FormatPiece::Text(words.to_owned())
}

pub(crate) fn bind(name: &str) -> Pattern {
    Pattern::Bind { name: name.to_owned(), pattern: None }
}

pub(crate) fn exactly(literal: Expr) -> Pattern {
    match literal {
        Expr::Literal(literal) => Pattern::Literal(literal),
        other => panic!("{other:?} is no literal"),
    }
}

pub(crate) fn some_of(pattern: Pattern) -> Pattern {
    Pattern::Some(Box::new(pattern))
}

/// `name { field: pattern, … }`, or `name(pattern, …)` with positions for fields.
pub(crate) fn shaped<const N: usize>(name: &str, fields: [(&str, Pattern); N]) -> Pattern {
    let fields = fields.into_iter().map(|(field, pattern)| FieldPattern { field: field.to_owned(), pattern });
    Pattern::Variant(VariantPattern { name: name.to_owned(), fields: fields.collect() })
}
