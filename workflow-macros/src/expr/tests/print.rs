//! Prints trees as text that shows every bracket.

use workflow_model::expr::{
    Arm, Construct, ConstructFields, Expr, FormatPiece, FormatSpec, JsonPiece, Lambda, Literal, Pattern, VariantPattern,
};
use workflow_model::machine::TypeRef;

use super::Tables;

pub(super) struct Print<'a>(pub(super) &'a Tables);

impl Print<'_> {
    pub(super) fn lambda(&self, lambda: &Lambda) -> String {
        let params = lambda.params.iter().map(|param| {
            let ty = param.type_ref.map(|ty| format!(": {}", self.ty(ty))).unwrap_or_default();
            self.pattern(&param.pattern) + &ty
        });
        format!("|{}| {}", join(params), self.expr(&lambda.body))
    }

    fn ty(&self, ty: TypeRef) -> &str {
        &self.0.types()[ty.0].0
    }

    pub(super) fn expr(&self, expr: &Expr) -> String {
        match expr {
            Expr::Local(name) => name.clone(),
            Expr::Constant(index) => format!("const {}", self.0.constants()[*index].0),
            Expr::Context(part) => format!("context {}", part.rust_path()),
            Expr::Variable(name) => format!("vars {name}"),
            Expr::Literal(literal) => self.literal(literal),
            Expr::Field { base, field } => format!("{}.{field}", self.expr(base)),
            Expr::Index { base, index } => format!("{}[{}]", self.expr(base), self.expr(index)),
            Expr::Construct(construct) => self.construct(construct),
            Expr::Tuple(elements) => format!("({})", self.list(elements)),
            Expr::Array(elements) => format!("[{}]", self.list(elements)),
            Expr::Some(value) => format!("Some({})", self.expr(value)),
            Expr::None => "None".to_owned(),
            Expr::Unary(op, value) => format!("({op:?} {})", self.expr(value)),
            Expr::Binary { op, lhs, rhs } => format!("({} {op:?} {})", self.expr(lhs), self.expr(rhs)),
            Expr::If { condition, then, otherwise } => {
                format!("if {} {{ {} }} else {{ {} }}", self.expr(condition), self.expr(then), self.expr(otherwise))
            }
            Expr::Match { scrutinee, arms } => {
                format!("match {} {{ {} }}", self.expr(scrutinee), join(arms.iter().map(|arm| self.arm(arm))))
            }
            Expr::Let { pattern, type_ref, value, body } => {
                let ty = type_ref.map(|ty| format!(": {}", self.ty(ty))).unwrap_or_default();
                format!("let {}{ty} = {}; {}", self.pattern(pattern), self.expr(value), self.expr(body))
            }
            Expr::Method { receiver, method, args } => format!("{}.{method}({})", self.expr(receiver), self.list(args)),
            Expr::Closure(lambda) => self.lambda(lambda),
            Expr::Format(pieces) => format!("format[{}]", join(pieces.iter().map(|piece| self.piece(piece)))),
            Expr::Json(piece) => format!("json[{}]", self.json(piece)),
            Expr::Cast { value, to } => format!("({} as {to})", self.expr(value)),
            Expr::Seconds(seconds) => format!("seconds({})", self.expr(seconds)),
            Expr::Goto { target, payload, .. } => {
                format!("-> {target}({})", payload.as_ref().map(|payload| self.expr(payload)).unwrap_or_default())
            }
        }
    }

    fn json(&self, piece: &JsonPiece) -> String {
        match piece {
            JsonPiece::Null => "null".to_owned(),
            JsonPiece::Array(pieces) => format!("[{}]", join(pieces.iter().map(|piece| self.json(piece)))),
            JsonPiece::Object(entries) => {
                format!("{{{}}}", join(entries.iter().map(|(key, piece)| format!("{key:?}: {}", self.json(piece)))))
            }
            JsonPiece::Value(value) => self.expr(value),
        }
    }

    fn list(&self, exprs: &[Expr]) -> String {
        join(exprs.iter().map(|expr| self.expr(expr)))
    }

    fn arm(&self, arm: &Arm) -> String {
        let guard = arm.guard.as_ref().map(|guard| format!(" if {}", self.expr(guard))).unwrap_or_default();
        format!("{}{guard} => {}", self.pattern(&arm.pattern), self.expr(&arm.body))
    }

    /// The type is printed where the tree says it, a variant after `::`.
    fn construct(&self, construct: &Construct) -> String {
        let ty = construct.type_ref.map(|ty| format!("<{}>", self.ty(ty))).unwrap_or_default();
        let variant = if construct.is_variant { "::" } else { "" };
        let fields = match &construct.fields {
            ConstructFields::Unit => String::new(),
            ConstructFields::Tuple(fields) => format!("({})", self.list(fields)),
            ConstructFields::Named(fields) => {
                let fields = fields.iter().map(|(name, value)| format!("{name}: {}", self.expr(value)));
                format!(" {{ {} }}", join(fields))
            }
        };
        format!("{ty}{variant}{}{fields}", construct.name)
    }

    fn piece(&self, piece: &FormatPiece) -> String {
        match piece {
            FormatPiece::Text(text) => format!("{text:?}"),
            FormatPiece::Value { value, spec } if *spec == FormatSpec::default() => self.expr(value),
            FormatPiece::Value { value, spec: FormatSpec { fill, align, width, precision } } => {
                let numbers =
                    [*width, *precision].map(|number| number.map_or("-".to_owned(), |number| number.to_string()));
                format!("{}:{}{}{}", self.expr(value), fill.unwrap_or('-'), align.unwrap_or('-'), numbers.join("."))
            }
        }
    }

    fn literal(&self, literal: &Literal) -> String {
        match literal {
            Literal::Bool(value) => value.to_string(),
            Literal::Int(value) => value.to_string(),
            Literal::Float(value) => format!("{value:?}"),
            Literal::Str(value) => format!("{value:?}"),
            Literal::Char(value) => format!("{value:?}"),
        }
    }

    pub(super) fn pattern(&self, pattern: &Pattern) -> String {
        match pattern {
            Pattern::Wildcard => "_".to_owned(),
            Pattern::Bind { name, pattern: None } => name.clone(),
            Pattern::Bind { name, pattern: Some(pattern) } => format!("{name} @ {}", self.pattern(pattern)),
            Pattern::Literal(literal) => self.literal(literal),
            Pattern::Range { from, to, inclusive } => {
                let bound =
                    |bound: &Option<Literal>| bound.as_ref().map(|bound| self.literal(bound)).unwrap_or_default();
                format!("{}..{}{}", bound(from), if *inclusive { "=" } else { "" }, bound(to))
            }
            Pattern::Or(cases) => cases.iter().map(|case| self.pattern(case)).collect::<Vec<_>>().join(" | "),
            Pattern::Tuple(elements) => format!("({})", self.patterns(elements)),
            Pattern::Slice { before, rest, after } => {
                let rest = rest.as_ref().map(|rest| format!("; {}..; ", self.pattern(rest))).unwrap_or_default();
                format!("[{}{rest}{}]", self.patterns(before), self.patterns(after))
            }
            Pattern::Some(pattern) => format!("Some({})", self.pattern(pattern)),
            Pattern::None => "None".to_owned(),
            Pattern::Variant(VariantPattern { name, fields }) => {
                let fields = fields.iter().map(|field| format!("{}: {}", field.field, self.pattern(&field.pattern)));
                format!("{name} {{ {} }}", join(fields))
            }
        }
    }

    fn patterns(&self, patterns: &[Pattern]) -> String {
        join(patterns.iter().map(|pattern| self.pattern(pattern)))
    }
}

fn join(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}
