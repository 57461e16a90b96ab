//! Expressions as Rust writes them, on one line: for pictures and messages.

use std::fmt::{self, Display, Formatter};

use super::{
    Arm, BinaryOp, Construct, ConstructFields, Expr, FieldPattern, FormatPiece, Lambda, Literal, Pattern, UnaryOp,
    VariantPattern,
};

impl Display for Expr {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Expr::Local(name) => f.write_str(name),
            Expr::Constant(index) => write!(f, "constant {index}"),
            Expr::Context(part) => write!(f, "context.{}", part.rust_path()),
            Expr::Variable(name) => write!(f, "vars.{name}"),
            Expr::Literal(literal) => literal.fmt(f),
            Expr::Field { base, field } => write!(f, "{}.{field}", Tight(base)),
            Expr::Index { base, index } => write!(f, "{}[{index}]", Tight(base)),
            Expr::Construct(construct) => construct.fmt(f),
            Expr::Tuple(elements) => tuple(f, elements),
            Expr::Array(elements) => write!(f, "[{}]", Listed(elements)),
            Expr::Some(value) => write!(f, "Some({value})"),
            Expr::None => f.write_str("None"),
            Expr::Unary(op, value) => write!(f, "{op}{}", Tight(value)),
            Expr::Binary { op, lhs, rhs } => binary(f, *op, lhs, rhs),
            Expr::If { condition, then, otherwise } => write!(f, "if {condition} {{ {then} }} else {{ {otherwise} }}"),
            Expr::Match { scrutinee, arms } if is_matches(arms) => {
                write!(f, "matches!({scrutinee}, {})", Guarded(&arms[0]))
            }
            Expr::Match { scrutinee, arms } => write!(f, "match {scrutinee} {{ {} }}", Listed(arms)),
            Expr::Let { pattern, value, body, .. } => write!(f, "let {pattern} = {value}; {body}"),
            Expr::Method { receiver, method, args } => write!(f, "{}.{method}({})", Tight(receiver), Listed(args)),
            Expr::Closure(lambda) => lambda.fmt(f),
            Expr::Format(pieces) => format_macro(f, pieces),
            Expr::Json(piece) => write!(f, "json!({piece})"),
            Expr::Cast { value, to } => write!(f, "{} as {to}", Tight(value)),
            Expr::Seconds(seconds) => write!(f, "Duration::from_secs({seconds})"),
            Expr::Goto { target, payload: Some(payload), .. } => write!(f, "{target}({payload})"),
            Expr::Goto { target, payload: None, .. } => write!(f, "{target}()"),
        }
    }
}

impl Display for Lambda {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let patterns: Vec<_> = self.params.iter().map(|param| &param.pattern).collect();
        write!(f, "|{}| {}", Listed(&patterns), self.body)
    }
}

impl Display for Arm {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{} => {}", Guarded(self), self.body)
    }
}

/// The pattern of an arm, and its guard.
struct Guarded<'a>(&'a Arm);

impl Display for Guarded<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Guarded(Arm { pattern, guard, .. }) = self;
        match guard {
            Some(guard) => write!(f, "{pattern} if {guard}"),
            None => pattern.fmt(f),
        }
    }
}

/// Whether a match is what `matches!` stands for.
fn is_matches(arms: &[Arm]) -> bool {
    let is = |arm: &Arm, value| arm.body == Expr::Literal(Literal::Bool(value));
    matches!(arms, [yes, no] if is(yes, true) && is(no, false) && no.pattern == Pattern::Wildcard)
}

impl Display for Construct {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        match &self.fields {
            ConstructFields::Unit => Ok(()),
            ConstructFields::Tuple(values) => write!(f, "({})", Listed(values)),
            ConstructFields::Named(fields) => {
                let fields: Vec<_> = fields.iter().map(|(name, value)| NamedField { name, value }).collect();
                write!(f, " {{ {} }}", Listed(&fields))
            }
        }
    }
}

/// `name: value`, or `name` where the value is the local of that name.
struct NamedField<'a, T> {
    name: &'a str,
    value: &'a T,
}

impl<T: Display> Display for NamedField<'_, T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let value = self.value.to_string();
        if value == self.name { f.write_str(&value) } else { write!(f, "{}: {value}", self.name) }
    }
}

impl Display for Literal {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Literal::Bool(value) => write!(f, "{value}"),
            Literal::Int(value) => write!(f, "{value}"),
            Literal::Float(value) => write!(f, "{value:?}"),
            Literal::Str(value) => write!(f, "{value:?}"),
            Literal::Char(value) => write!(f, "{value:?}"),
        }
    }
}

impl Display for UnaryOp {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            UnaryOp::Not => "!",
            UnaryOp::Neg => "-",
        })
    }
}

impl Display for BinaryOp {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            BinaryOp::Add => "+",
            BinaryOp::Sub => "-",
            BinaryOp::Mul => "*",
            BinaryOp::Div => "/",
            BinaryOp::Rem => "%",
            BinaryOp::Eq => "==",
            BinaryOp::Ne => "!=",
            BinaryOp::Lt => "<",
            BinaryOp::Le => "<=",
            BinaryOp::Gt => ">",
            BinaryOp::Ge => ">=",
            BinaryOp::And => "&&",
            BinaryOp::Or => "||",
        })
    }
}

impl Display for Pattern {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Pattern::Wildcard => f.write_str("_"),
            Pattern::Bind { name, pattern: None } => f.write_str(name),
            Pattern::Bind { name, pattern: Some(pattern) } => write!(f, "{name} @ {pattern}"),
            Pattern::Literal(literal) => literal.fmt(f),
            Pattern::Range { from, to, inclusive } => {
                let dots = if *inclusive { "..=" } else { ".." };
                write!(f, "{}{dots}{}", OrNothing(from), OrNothing(to))
            }
            Pattern::Or(patterns) => joined(f, patterns, " | "),
            Pattern::Tuple(patterns) => tuple(f, patterns),
            Pattern::Slice { before, rest, after } => slice(f, before, rest.as_deref(), after),
            Pattern::Some(pattern) => write!(f, "Some({pattern})"),
            Pattern::None => f.write_str("None"),
            Pattern::Variant(variant) => variant.fmt(f),
        }
    }
}

impl Display for VariantPattern {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        if self.fields.is_empty() {
            return Ok(());
        }
        if self.fields.iter().all(FieldPattern::is_positional) {
            let patterns: Vec<_> = self.fields.iter().map(|field| &field.pattern).collect();
            return write!(f, "({})", Listed(&patterns));
        }
        let named = |field: &'_ FieldPattern| NamedField { name: &field.field, value: &field.pattern }.to_string();
        let fields: Vec<_> = self.fields.iter().map(named).collect();
        write!(f, " {{ {} }}", Listed(&fields))
    }
}

impl FieldPattern {
    fn is_positional(&self) -> bool {
        self.field.bytes().all(|byte| byte.is_ascii_digit())
    }
}

/// An operand, in parentheses where a method or an operator before it would take a part of it only.
struct Tight<'a>(&'a Expr);

impl Display for Tight<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            Expr::Binary { .. } | Expr::Unary(..) | Expr::Cast { .. } | Expr::Let { .. } | Expr::Closure(_) => {
                write!(f, "({})", self.0)
            }
            simple => simple.fmt(f),
        }
    }
}

fn binary(f: &mut Formatter<'_>, op: BinaryOp, lhs: &Expr, rhs: &Expr) -> fmt::Result {
    operand(f, lhs, |inner| inner.precedence() < op.precedence())?;
    write!(f, " {op} ")?;
    operand(f, rhs, |inner| inner.precedence() <= op.precedence())
}

/// An operand, in parentheses where it is an operation itself that would be read otherwise without.
fn operand(f: &mut Formatter<'_>, operand: &Expr, is_misread: impl Fn(BinaryOp) -> bool) -> fmt::Result {
    match operand {
        Expr::Binary { op, .. } if is_misread(*op) => write!(f, "({operand})"),
        _ => operand.fmt(f),
    }
}

impl BinaryOp {
    /// How tightly Rust binds it.
    fn precedence(self) -> u8 {
        match self {
            BinaryOp::Or => 1,
            BinaryOp::And => 2,
            BinaryOp::Eq | BinaryOp::Ne | BinaryOp::Lt | BinaryOp::Le | BinaryOp::Gt | BinaryOp::Ge => 3,
            BinaryOp::Add | BinaryOp::Sub => 4,
            BinaryOp::Mul | BinaryOp::Div | BinaryOp::Rem => 5,
        }
    }
}

fn format_macro(f: &mut Formatter<'_>, pieces: &[FormatPiece]) -> fmt::Result {
    f.write_str("format!(\"")?;
    for piece in pieces {
        match piece {
            FormatPiece::Text(text) => write!(f, "{}", text.escape_debug())?,
            FormatPiece::Value { value, .. } => write!(f, "{{{value}}}")?,
        }
    }
    f.write_str("\")")
}

fn tuple<T: Display>(f: &mut Formatter<'_>, elements: &[T]) -> fmt::Result {
    match elements {
        [one] => write!(f, "({one},)"),
        elements => write!(f, "({})", Listed(elements)),
    }
}

fn slice(f: &mut Formatter<'_>, before: &[Pattern], rest: Option<&Pattern>, after: &[Pattern]) -> fmt::Result {
    let rest = rest.map(|rest| match rest {
        Pattern::Wildcard => "..".to_owned(),
        rest => format!("{rest} @ .."),
    });
    let elements = before.iter().map(Pattern::to_string).chain(rest).chain(after.iter().map(Pattern::to_string));
    write!(f, "[{}]", Listed(&elements.collect::<Vec<_>>()))
}

/// Elements, with commas between.
struct Listed<'a, T>(&'a [T]);

impl<T: Display> Display for Listed<'_, T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        joined(f, self.0, ", ")
    }
}

fn joined<T: Display>(f: &mut Formatter<'_>, elements: &[T], separator: &str) -> fmt::Result {
    for (position, element) in elements.iter().enumerate() {
        if position > 0 {
            f.write_str(separator)?;
        }
        element.fmt(f)?;
    }
    Ok(())
}

/// A value, or nothing at all.
struct OrNothing<'a, T>(&'a Option<T>);

impl<T: Display> Display for OrNothing<'_, T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|value| value.fmt(f))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn local(name: &str) -> Expr {
        Expr::Local(name.into())
    }

    fn binary(lhs: Expr, op: BinaryOp, rhs: Expr) -> Expr {
        Expr::Binary { op, lhs: Box::new(lhs), rhs: Box::new(rhs) }
    }

    #[test]
    fn parentheses_stand_only_where_they_matter() {
        let sum = || binary(local("a"), BinaryOp::Add, local("b"));
        assert_eq!(binary(sum(), BinaryOp::Lt, local("c")).to_string(), "a + b < c");
        assert_eq!(binary(sum(), BinaryOp::Mul, local("c")).to_string(), "(a + b) * c");
        assert_eq!(binary(local("c"), BinaryOp::Sub, sum()).to_string(), "c - (a + b)");
        assert_eq!(Expr::Unary(UnaryOp::Not, Box::new(sum())).to_string(), "!(a + b)");
    }

    #[test]
    fn matches_is_told_from_match() {
        let arm = |pattern, body| Arm { pattern, guard: None, body: Expr::Literal(Literal::Bool(body)) };
        let of = |yes| Expr::Match {
            scrutinee: Box::new(local("a")),
            arms: vec![arm(Pattern::None, yes), arm(Pattern::Wildcard, false)],
        };
        assert_eq!(of(true).to_string(), "matches!(a, None)");
        assert_eq!(of(false).to_string(), "match a { None => false, _ => false }");
    }

    #[test]
    fn patterns_look_like_their_source() {
        let bind = |name: &str| Pattern::Bind { name: name.into(), pattern: None };
        let field = |field: &str, pattern| FieldPattern { field: field.into(), pattern };
        let variant = |name: &str, fields| Pattern::Variant(VariantPattern { name: name.into(), fields });
        let int = |value| Some(Literal::Int(value));
        for (pattern, text) in [
            (variant("Idle", vec![]), "Idle"),
            (variant("Running", vec![field("0", bind("pending"))]), "Running(pending)"),
            (
                variant("Done", vec![field("pages", bind("pages")), field("polls", bind("n"))]),
                "Done { pages, polls: n }",
            ),
            (Pattern::Range { from: int(1), to: int(5), inclusive: true }, "1..=5"),
            (Pattern::Range { from: None, to: int(5), inclusive: false }, "..5"),
            (Pattern::Tuple(vec![Pattern::None]), "(None,)"),
            (
                Pattern::Slice { before: vec![bind("first")], rest: Some(Box::new(Pattern::Wildcard)), after: vec![] },
                "[first, ..]",
            ),
        ] {
            assert_eq!(pattern.to_string(), text);
        }
    }

    #[test]
    fn texts_are_quoted() {
        let pieces = vec![
            FormatPiece::Text("\"no\" ".into()),
            FormatPiece::Value { value: local("n"), spec: Default::default() },
        ];
        assert_eq!(Expr::Format(pieces).to_string(), r#"format!("\"no\" {n}")"#);
        assert_eq!(Literal::Float(1.0).to_string(), "1.0");
    }
}
