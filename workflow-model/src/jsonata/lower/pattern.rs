//! Patterns: what must hold, and what is bound.

use super::value::Missing;
use super::{Lowerer, Value, literal_value};
use crate::expr::{Expr, FieldPattern, Literal, Pattern, VariantPattern};
use crate::jsonata::ast::{Node, Operator};
use crate::jsonata::refusal::Refusal;
use crate::jsonata::types::Type;

/// What a pattern is held against.
#[derive(Clone, Debug)]
pub(crate) enum Subject<'a> {
    /// A value.
    Value(Value<'a>),
    /// A tuple that is written on the spot, as in `match (a, b) { … }`, and never becomes a value of its own.
    Tuple(Vec<Subject<'a>>),
}

impl<'a> Lowerer<'a> {
    /// What a `match` or a `let` looks at; a value that is not simple is put into a variable first, which is added to
    /// `variables`.
    pub(crate) fn subject(
        &mut self,
        expr: &Expr,
        expected: &Type<'a>,
        name: &str,
        variables: &mut Vec<(String, Node)>,
    ) -> Result<Subject<'a>, Refusal> {
        if let Expr::Tuple(parts) = expr
            && !parts.is_empty()
        {
            let parts = parts.iter().enumerate().map(|(position, part)| {
                let expected = match expected {
                    Type::Tuple(types) => types.get(position).cloned().unwrap_or(Type::Unknown),
                    _ => Type::Unknown,
                };
                self.subject(part, &expected, name, variables)
            });
            return Ok(Subject::Tuple(parts.collect::<Result<_, _>>()?));
        }
        let mut value = self.value(expr, expected)?;
        value.ty = expected.clone().or(value.ty);
        value.node = self.named(value.node, name, variables);
        Ok(Subject::Value(value))
    }

    /// Binds a pattern that always matches.
    pub(crate) fn bind(&mut self, pattern: &Pattern, subject: Subject<'a>) -> Result<(), Refusal> {
        self.test(pattern, subject).map(drop)
    }

    /// What must hold for the pattern to match, and binds what it binds.
    pub(crate) fn test(&mut self, pattern: &Pattern, subject: Subject<'a>) -> Result<Vec<Node>, Refusal> {
        match (pattern, subject) {
            (Pattern::Wildcard, _) => Ok(Vec::new()),
            (Pattern::Bind { name, pattern }, subject) => {
                self.scope.bind(name, subject.clone());
                pattern.as_ref().map_or(Ok(Vec::new()), |pattern| self.test(pattern, subject))
            }
            (Pattern::Or(patterns), subject) => self.test_any(patterns, subject),
            (Pattern::Tuple(patterns), subject) => self.test_tuple(patterns, subject),
            (pattern, Subject::Value(value)) => self.test_value(pattern, value),
            (_, Subject::Tuple(_)) => Err(Refusal::new("a tuple is matched by a pattern that is not a tuple's")),
        }
    }

    fn test_value(&mut self, pattern: &Pattern, value: Value<'a>) -> Result<Vec<Node>, Refusal> {
        match pattern {
            Pattern::Literal(Literal::Bool(expected)) => {
                let node = self.whole(value);
                Ok(vec![if *expected { node } else { node.negated() }])
            }
            Pattern::Literal(literal) => {
                let expected = literal_value(literal)?.node;
                let node = if self.is_empty_value(&expected) { self.whole(value) } else { value.node };
                Ok(vec![node.equals(expected)])
            }
            Pattern::Range { from, to, inclusive } => {
                let node = self.ordered(value)?;
                test_range(node, from.as_ref(), to.as_ref(), *inclusive)
            }
            Pattern::Some(inner) => {
                let Type::Option(ty) = value.ty else { return Err(not_matched("Some(…)", &value.ty)) };
                let node = value.node;
                let tests = self.test(inner, Subject::Value(Value::new(node.clone(), *ty)))?;
                let implied = matches!(
                    inner.as_ref(),
                    Pattern::Literal(Literal::Int(_) | Literal::Float(_) | Literal::Str(_) | Literal::Char(_))
                );
                let is_some = (!implied).then(|| node.not_equals(Node::NULL));
                Ok(is_some.into_iter().chain(tests).collect())
            }
            Pattern::None => Ok(vec![self.is_none(value)]),
            Pattern::Slice { before, rest, after } => self.test_slice(before, rest.as_deref(), after, value),
            Pattern::Variant(pattern) => self.test_variant(pattern, value),
            Pattern::Wildcard | Pattern::Bind { .. } | Pattern::Or(_) | Pattern::Tuple(_) => {
                self.test(pattern, Subject::Value(value))
            }
        }
    }

    fn is_empty_value(&self, node: &Node) -> bool {
        matches!(node, Node::Literal(serde_json::Value::String(text)) if text.is_empty())
    }

    /// Whether an `Option` is `None`. Of a comparison with what is undefined, JSONata says `false`, be it `=` or `!=`.
    pub(super) fn is_none(&self, value: Value<'a>) -> Node {
        match value.missing {
            Missing::Never => value.node.equals(Node::NULL),
            Missing::None | Missing::Null | Missing::Empty => value.node.not_equals(Node::NULL).negated(),
        }
    }

    fn test_any(&mut self, patterns: &[Pattern], subject: Subject<'a>) -> Result<Vec<Node>, Refusal> {
        let mut any: Option<Node> = None;
        for pattern in patterns {
            let tests = self.test(pattern, subject.clone())?;
            if tests.is_empty() {
                return Ok(Vec::new());
            }
            let test = Node::all(tests);
            any = Some(match any {
                Some(any) => any.binary(Operator::Or, test),
                None => test,
            });
        }
        Ok(any.into_iter().collect())
    }

    fn test_tuple(&mut self, patterns: &[Pattern], subject: Subject<'a>) -> Result<Vec<Node>, Refusal> {
        let parts: Vec<Subject<'a>> = match subject {
            Subject::Tuple(parts) => parts,
            Subject::Value(value) => (0..patterns.len())
                .map(|position| self.field_of(&value, &position.to_string()).map(Subject::Value))
                .collect::<Result<_, _>>()?,
        };
        let mut tests = Vec::new();
        for (pattern, part) in patterns.iter().zip(parts) {
            tests.extend(self.test(pattern, part)?);
        }
        Ok(tests)
    }

    /// A value of a type that is ordered in JSONata as it is in Rust.
    fn ordered(&mut self, value: Value<'a>) -> Result<Node, Refusal> {
        match value.ty {
            Type::Integer(_) | Type::Float | Type::String => Ok(self.whole(value)),
            ref other => Err(not_matched("..", other)),
        }
    }

    fn test_slice(
        &mut self,
        before: &[Pattern],
        rest: Option<&Pattern>,
        after: &[Pattern],
        value: Value<'a>,
    ) -> Result<Vec<Node>, Refusal> {
        if let Some(Pattern::Bind { name, .. }) = rest {
            return Err(Refusal::needs_task(format!(
                "`{name} @ ..` binds a part of a slice, which JSONata cannot name"
            )));
        }
        let item = value.ty.sequence_item().ok_or_else(|| not_matched("[…]", &value.ty))?;
        let node = self.whole(value);
        let count = Node::Call("count", vec![node.clone()]);
        let least = before.len() + after.len();
        let length = Node::json(least.into());
        let mut tests = match rest {
            Some(_) if least == 0 => Vec::new(),
            Some(_) => vec![count.binary(Operator::GreaterOrEqual, length)],
            None => vec![count.equals(length)],
        };
        let from_start = before.iter().enumerate().map(|(position, pattern)| (pattern, Node::json(position.into())));
        let from_end = after.iter().rev().zip(1_i64..).map(|(pattern, position)| (pattern, Node::int(-position)));
        for (pattern, position) in from_start.chain(from_end) {
            let element = Value::new(node.clone().index(position), item.clone());
            tests.extend(self.test(pattern, Subject::Value(element))?);
        }
        Ok(tests)
    }

    fn test_variant(&mut self, pattern: &VariantPattern, value: Value<'a>) -> Result<Vec<Node>, Refusal> {
        match value.ty.clone() {
            Type::Struct(shape) => {
                let part =
                    |this: &mut Self, field: &FieldPattern| this.part(&value, &shape.fields, &field.field, shape.name);
                self.test_fields(&pattern.fields, part)
            }
            Type::Enum(shape) => {
                let variant = Self::find_variant(shape, &pattern.name)?;
                let mut tests: Vec<Node> = self.is_variant(shape, variant, &value)?.into_iter().collect();
                let content = Self::content(shape, variant, value);
                let part = |this: &mut Self, field: &FieldPattern| {
                    this.part(&content, &variant.fields, &field.field, variant.rust)
                };
                tests.extend(self.test_fields(&pattern.fields, part)?);
                Ok(tests)
            }
            other => Err(not_matched(&pattern.name, &other)),
        }
    }

    fn test_fields(
        &mut self,
        fields: &[FieldPattern],
        part: impl Fn(&mut Self, &FieldPattern) -> Result<Value<'a>, Refusal>,
    ) -> Result<Vec<Node>, Refusal> {
        let mut tests = Vec::new();
        for field in fields {
            if field.pattern == Pattern::Wildcard {
                continue;
            }
            let value = part(self, field)?;
            tests.extend(self.test(&field.pattern, Subject::Value(value))?);
        }
        Ok(tests)
    }
}

fn test_range(node: Node, from: Option<&Literal>, to: Option<&Literal>, inclusive: bool) -> Result<Vec<Node>, Refusal> {
    let mut tests = Vec::new();
    if let Some(from) = from {
        tests.push(node.clone().binary(Operator::GreaterOrEqual, literal_value(from)?.node));
    }
    if let Some(to) = to {
        let operator = if inclusive { Operator::LessOrEqual } else { Operator::Less };
        tests.push(node.binary(operator, literal_value(to)?.node));
    }
    Ok(tests)
}

/// Takes the alternatives that bind names apart, as each binds them elsewhere: `A(x) | B(x)` is `A(x)`, then `B(x)`.
pub(crate) fn alternatives(pattern: &Pattern) -> Vec<Pattern> {
    match pattern {
        Pattern::Or(patterns) if patterns.iter().any(binds) => patterns.iter().flat_map(alternatives).collect(),
        Pattern::Bind { name, pattern: Some(inner) } => {
            let bind = |inner| Pattern::Bind { name: name.clone(), pattern: Some(Box::new(inner)) };
            alternatives(inner).into_iter().map(bind).collect()
        }
        Pattern::Some(inner) => alternatives(inner).into_iter().map(|inner| Pattern::Some(Box::new(inner))).collect(),
        Pattern::Tuple(patterns) => products(patterns).into_iter().map(Pattern::Tuple).collect(),
        Pattern::Slice { before, rest, after } => products(before)
            .into_iter()
            .flat_map(|before| products(after).into_iter().map(move |after| (before.clone(), after)))
            .map(|(before, after)| Pattern::Slice { before, rest: rest.clone(), after })
            .collect(),
        Pattern::Variant(VariantPattern { name, fields }) => {
            let patterns: Vec<Pattern> = fields.iter().map(|field| field.pattern.clone()).collect();
            let with = |patterns: Vec<Pattern>| {
                let fields = fields.iter().zip(patterns);
                let fields =
                    fields.map(|(field, pattern)| FieldPattern { field: field.field.clone(), pattern }).collect();
                Pattern::Variant(VariantPattern { name: name.clone(), fields })
            };
            products(&patterns).into_iter().map(with).collect()
        }
        other => vec![other.clone()],
    }
}

/// Every choice of one alternative of each pattern.
fn products(patterns: &[Pattern]) -> Vec<Vec<Pattern>> {
    patterns.iter().fold(vec![Vec::new()], |products, pattern| {
        let next = alternatives(pattern);
        let extended = products.into_iter().flat_map(|product| {
            next.iter().cloned().map(move |pattern| product.iter().cloned().chain([pattern]).collect())
        });
        extended.collect()
    })
}

fn binds(pattern: &Pattern) -> bool {
    match pattern {
        Pattern::Bind { .. } => true,
        Pattern::Wildcard | Pattern::Literal(_) | Pattern::Range { .. } | Pattern::None => false,
        Pattern::Or(patterns) | Pattern::Tuple(patterns) => patterns.iter().any(binds),
        Pattern::Slice { before, rest, after } => {
            before.iter().chain(after).any(binds) || rest.as_deref().is_some_and(binds)
        }
        Pattern::Some(inner) => binds(inner),
        Pattern::Variant(variant) => variant.fields.iter().any(|field| binds(&field.pattern)),
    }
}

fn not_matched(pattern: &str, ty: &Type<'_>) -> Refusal {
    Refusal::needs_task(format!("the pattern `{pattern}` is held against {ty}, and what that is in JSON is not known"))
}
