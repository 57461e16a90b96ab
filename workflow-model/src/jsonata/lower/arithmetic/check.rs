//! The check of a result: `( $total := a + b; $total <= 255 ? $total : $error('…') )`.

use serde_json::Value as Json;

use crate::expr::{Limits, Operation};
use crate::jsonata::ast::{Node, Operator};
use crate::jsonata::lower::{Lowerer, Value};
use crate::jsonata::types::{Integer, Type};

impl<'a> Lowerer<'a> {
    /// A float, where it is finite.
    pub(in crate::jsonata::lower) fn finite(&mut self, operation: Operation, node: Node) -> Value<'a> {
        let node = self.shared(node, name(operation), |node| {
            let magnitude = Node::Call("abs", vec![node.clone()]);
            let is_finite = magnitude.binary(Operator::LessOrEqual, Node::Literal(Json::from(f64::MAX)));
            Node::conditional(is_finite, node, error(operation.not_finite()))
        });
        Value::new(node, Type::Float)
    }

    /// An integer, where it is within the limits.
    pub(in crate::jsonata::lower) fn within(
        &mut self,
        operation: Operation,
        node: Node,
        integer: Integer,
        limits: Limits,
    ) -> Value<'a> {
        self.within_when(operation, Vec::new(), node, integer, limits)
    }

    /// As [`Lowerer::within`], where all of `conditions` hold besides.
    pub(super) fn within_when(
        &mut self,
        operation: Operation,
        conditions: Vec<Node>,
        node: Node,
        integer: Integer,
        limits: Limits,
    ) -> Value<'a> {
        let held = integer.within(limits);
        let overflow = error(operation.overflow(limits));
        let node = if held.min == integer.min && held.max == integer.max {
            match conditions.is_empty() {
                true => node,
                false => Node::conditional(Node::all(conditions), node, overflow),
            }
        } else {
            self.shared(node, name(operation), |node| {
                let bounds = bounds(&node, integer, limits);
                Node::conditional(Node::all(conditions.into_iter().chain(bounds)), node, overflow)
            })
        };
        Value::new(node, Type::Integer(held))
    }
}

/// That a number is within the limits, where it may leave them.
fn bounds(node: &Node, integer: Integer, limits: Limits) -> Vec<Node> {
    let (below, above) = (integer.min < limits.min, integer.max > limits.max);
    if below && above && limits.min == -limits.max {
        let magnitude = Node::Call("abs", vec![node.clone()]);
        return vec![magnitude.binary(Operator::LessOrEqual, self::integer(limits.max))];
    }
    let least = below.then(|| node.clone().binary(Operator::GreaterOrEqual, self::integer(limits.min)));
    let greatest = above.then(|| node.clone().binary(Operator::LessOrEqual, self::integer(limits.max)));
    least.into_iter().chain(greatest).collect()
}

/// What the result is called where it is read twice.
fn name(operation: Operation) -> &'static str {
    match operation {
        Operation::Add | Operation::Sum => "total",
        Operation::Sub => "difference",
        Operation::Mul => "product",
        Operation::Div => "quotient",
        Operation::Rem => "remainder",
        Operation::Neg => "negative",
        Operation::Abs => "magnitude",
        Operation::Cast => "number",
    }
}

/// An integer within the exact numbers, as a literal.
pub(in crate::jsonata::lower) fn integer(value: i128) -> Node {
    i64::try_from(value).map_or(Node::NULL, Node::int)
}

pub(super) fn error(message: String) -> Node {
    Node::Call("error", vec![Node::str(message)])
}
