//! From Rust's tree to JSONata's.

mod arithmetic;
mod bind;
mod cast;
mod construct;
mod control;
mod document;
mod format;
mod method;
mod operator;
mod pattern;
mod scope;
mod value;
mod variables;
mod variant;

use serde_json::Value as Json;

use super::ast::{Item, Node};
use super::refusal::Refusal;
use super::types::{Integer, Type};
use super::{Input, Path};
use crate::Definition;
use crate::expr::{ContextPart, Expr, Lambda, Literal, MAX_EXACT};
use crate::machine::TypeRef;
pub(super) use pattern::{Subject, alternatives};
pub(super) use scope::{Mark, Scope, is_taken};
pub(super) use value::Value;
pub(super) use variables::exported_name;

/// The greatest literal: it is a float, though its neighbour above is none.
const MAX_LITERAL: i128 = MAX_EXACT + 1;

/// Translates the expressions of one lambda.
pub(super) struct Lowerer<'a> {
    definition: &'a Definition,
    pub(super) scope: Scope<'a>,
}

impl<'a> Lowerer<'a> {
    pub(super) fn new(definition: &'a Definition) -> Self {
        Lowerer { definition, scope: Scope::with_variables(variables::names(definition)) }
    }

    /// Translates an expression. `expected` is the type that its place asks for, as far as it is known.
    pub(super) fn value(&mut self, expr: &Expr, expected: &Type<'a>) -> Result<Value<'a>, Refusal> {
        match expr {
            Expr::Local(name) => self.local(name),
            Expr::Constant(index) => self.constant(*index),
            Expr::Context(part) => Ok(context_value(*part)),
            Expr::Variable(name) => self.variable(name),
            Expr::Literal(literal) => literal_value(literal),
            Expr::Field { base, field } => self.field(base, field),
            Expr::Index { base, index } => self.index(base, index),
            Expr::Construct(construct) => self.construct(construct, expected),
            Expr::Tuple(items) => self.tuple(items, expected),
            Expr::Array(items) => self.array(items, expected),
            Expr::Some(inner) => {
                let inner = self.value(inner, &expected.inner())?;
                let ty = inner.ty.clone();
                Ok(Value::new(self.whole(inner), Type::option(ty)))
            }
            Expr::None => Ok(Value::new(Node::NULL, Type::option(expected.inner()))),
            Expr::Unary(op, operand) => self.unary(*op, operand, expected),
            Expr::Binary { op, lhs, rhs } => self.binary(*op, lhs, rhs, expected),
            Expr::If { condition, then, otherwise } => self.conditional(condition, then, otherwise, expected),
            Expr::Match { scrutinee, arms } => self.matching(scrutinee, arms, expected),
            Expr::Let { pattern, type_ref, value, body } => self.let_in(pattern, *type_ref, value, body, expected),
            Expr::Method { receiver, method, args } => self.method(receiver, method, args, expected),
            Expr::Format(pieces) => self.format(pieces),
            Expr::Json(piece) => self.json(piece),
            Expr::Cast { value, to } => self.cast(value, to),
            Expr::Seconds(_) => Err(Refusal::new(
                "`Duration::from_secs(…)` stands where no wait takes it; only the body of a `#[wait]` gives a `Duration`",
            )),
            Expr::Closure(_) => {
                Err(Refusal::needs_task("a closure stands where no method takes it, and JSON has no functions"))
            }
            Expr::Goto { target, .. } => Err(Refusal::new(format!(
                "`{target}(…)` stands inside of an expression; only a leaf of a `#[choice]` may go to a state"
            ))),
        }
    }

    /// Translates an expression to JSONata that is always defined.
    pub(super) fn node(&mut self, expr: &Expr, expected: &Type<'a>) -> Result<Node, Refusal> {
        let value = self.value(expr, expected)?;
        Ok(self.whole(value))
    }

    /// The node if it is simple, else a variable for it, which is added to `variables`.
    fn named(&mut self, node: Node, name: &str, variables: &mut Vec<(String, Node)>) -> Node {
        if node.is_simple() {
            return node;
        }
        let variable = self.scope.fresh(name);
        variables.push((variable.clone(), node));
        Node::Variable(variable)
    }

    /// Reads a value twice or more: as it is if it is simple, else through a variable.
    fn shared(&mut self, node: Node, name: &str, body: impl FnOnce(Node) -> Node) -> Node {
        let mark = self.scope.mark();
        let mut variables = Vec::new();
        let body = body(self.named(node, name, &mut variables));
        self.scope.reset(mark);
        body.with_variables(&variables)
    }

    pub(super) fn type_of(&self, type_ref: Option<TypeRef>) -> Type<'a> {
        type_ref.map_or(Type::Unknown, |type_ref| self.ty(self.definition.shape_ref(type_ref)))
    }

    fn constant(&mut self, index: usize) -> Result<Value<'a>, Refusal> {
        let constant = self.definition.constants.get(index);
        let constant = constant.ok_or_else(|| Refusal::new("a constant is missing from the definition"))?;
        if let Some(name) = &constant.placeholder {
            return Ok(Value::string(Node::Placeholder(name.clone())));
        }
        if let Some(number) = inexact(&constant.value) {
            let name = self.definition.machine.constants.get(index).map_or("a constant", String::as_str);
            return Err(too_large(name, &number));
        }
        let ty = match (self.ty(constant.shape), constant.value.as_i64().map(i128::from)) {
            (Type::Integer(integer), Some(value)) => Type::Integer(Integer { min: value, max: value, ..integer }),
            (ty, _) => ty,
        };
        Ok(Value::new(Node::json(constant.value.clone()), ty))
    }

    fn tuple(&mut self, items: &[Expr], expected: &Type<'a>) -> Result<Value<'a>, Refusal> {
        if items.is_empty() {
            return Ok(Value::new(Node::NULL, Type::Unit));
        }
        let (mut nodes, mut types) = (Vec::new(), Vec::new());
        for (position, item) in items.iter().enumerate() {
            let expected = match expected {
                Type::Tuple(types) => types.get(position).cloned().unwrap_or(Type::Unknown),
                _ => Type::Unknown,
            };
            let value = self.value(item, &expected)?;
            types.push(value.ty.clone());
            nodes.push(self.item(value));
        }
        Ok(Value::new(Node::Array(nodes), Type::Tuple(types)))
    }

    fn array(&mut self, items: &[Expr], expected: &Type<'a>) -> Result<Value<'a>, Refusal> {
        let (mut nodes, mut ty) = (Vec::new(), expected.item());
        for item in items {
            let value = self.value(item, &expected.item())?;
            ty = ty.or(value.ty.clone());
            nodes.push(self.item(value));
        }
        Ok(Value::new(Node::Array(nodes), Type::sequence(ty)))
    }

    fn item(&mut self, value: Value<'a>) -> Item {
        let array = value.ty.arrayness(&self.definition.shapes);
        Item { value: self.whole(value), array }
    }
}

/// A part of the context object.
fn context_value<'a>(part: ContextPart) -> Value<'a> {
    let node = part.asl_path().fold(Path::context(), Path::field).to_node();
    match part {
        ContextPart::StateRetryCount => Value::new(node, Type::Integer(Integer::of_type(0, u32::MAX.into()))),
        _ => Value::string(node),
    }
}

/// A literal, as JSON.
fn literal_value<'a>(literal: &Literal) -> Result<Value<'a>, Refusal> {
    Ok(match literal {
        Literal::Bool(value) => Value::bool(Node::bool(*value)),
        Literal::Int(value) => {
            let exact = i64::try_from(*value).ok().filter(|_| value.abs() <= MAX_LITERAL);
            let exact = exact.ok_or_else(|| too_large("the literal", &value.to_string()))?;
            Value::new(Node::int(exact), Type::Integer(Integer::literal(*value)))
        }
        Literal::Float(value) => Value::new(Node::Literal(Json::from(*value)), Type::Float),
        Literal::Str(text) => Value::string(Node::str(text)),
        Literal::Char(char) => Value::string(Node::str(*char)),
    })
}

/// An integer in `json` that is no 64-bit float.
fn inexact(json: &Json) -> Option<String> {
    match json {
        Json::Number(number) if number.is_f64() => None,
        Json::Number(number) => {
            let exact = number.as_i64().is_some_and(|value| i128::from(value).abs() <= MAX_LITERAL);
            (!exact).then(|| number.to_string())
        }
        Json::Array(items) => items.iter().find_map(inexact),
        Json::Object(entries) => entries.values().find_map(inexact),
        Json::Null | Json::Bool(_) | Json::String(_) => None,
    }
}

fn too_large(what: &str, number: &str) -> Refusal {
    Refusal::new(format!(
        "{what} {number} is beyond 2^53, up to which JSONata's numbers are exact; carry it as a `String`, or bring it \
         in from a `#[task]`"
    ))
}

impl<'a> Lowerer<'a> {
    /// Binds the parameters of a lambda to where their values are found.
    pub(super) fn bind_inputs(&mut self, lambda: &Lambda, inputs: &[Input]) -> Result<(), Refusal> {
        if inputs.len() < lambda.params.len() {
            return Err(Refusal::new(format!(
                "the closure takes {} values, but here is only {} to give",
                lambda.params.len(),
                inputs.len()
            )));
        }
        for (param, input) in lambda.params.iter().zip(inputs) {
            let ty = input.shape.map_or_else(|| self.type_of(param.type_ref), |shape| self.ty(shape));
            self.bind(&param.pattern, Subject::Value(Value::new(input.path.to_node(), ty)))?;
        }
        Ok(())
    }
}
