//! Arithmetic that fails where Rust's does.
//!
//! JSONata calculates with 64-bit floats and knows no type's range. A check is written only where the values can leave
//! the [`Limits`] of the type, as far as the shapes, the literals and the operators before tell.

mod check;
mod condition;
mod range;

use serde_json::Value as Json;

use super::operator::symbol;
use super::{Lowerer, Value};
use crate::expr::{BinaryOp, Expr, Limits, Operation};
use crate::jsonata::ast::{Node, Operator};
use crate::jsonata::refusal::Refusal;
use crate::jsonata::types::{Integer, Type};
use check::error;
pub(super) use check::integer;
use condition::{Condition, Side, conditions};
use range::{limits, range};

/// What an operator made, and the check that is still to be written.
///
/// A part of a larger sum needs none of its own where the sum has one: what was once too large stays so.
struct Calculated<'a> {
    value: Value<'a>,
    unchecked: Option<Unchecked>,
}

/// What a calculated number may be without being noticed by the operator around it.
#[derive(Clone, Copy)]
enum Unchecked {
    /// An integer above its limits, made by adding what is not negative.
    TooLarge(Integer, Limits),
    /// A float that is not finite. JSONata's own operators refuse to calculate with it.
    NotFinite(Operation),
}

/// An operand that is an integer.
#[derive(Clone)]
struct Operand {
    node: Node,
    integer: Integer,
}

impl<'a> Lowerer<'a> {
    pub(super) fn arithmetic(
        &mut self,
        op: BinaryOp,
        lhs: &Expr,
        rhs: &Expr,
        expected: &Type<'a>,
    ) -> Result<Value<'a>, Refusal> {
        let calculated = self.calculated(op, lhs, rhs, expected)?;
        Ok(self.checked(calculated))
    }

    fn calculated(
        &mut self,
        op: BinaryOp,
        lhs: &Expr,
        rhs: &Expr,
        expected: &Type<'a>,
    ) -> Result<Calculated<'a>, Refusal> {
        let lhs = self.operand(lhs, expected)?;
        let rhs = self.operand(rhs, &lhs.value.ty.clone().or(expected.clone()))?;
        let refused = |ty: &Type<'_>| Refusal::needs_task(format!("`{}` is applied to {ty}", symbol(op)));
        let operation = operation(op).ok_or_else(|| refused(&lhs.value.ty))?;
        match (lhs.value.ty.clone(), rhs.value.ty.clone()) {
            (Type::Integer(left), Type::Integer(right)) => {
                let limits = limits(left, right, expected, range(operation, left, right))?;
                if operation == Operation::Add && left.min >= 0 && right.min >= 0 {
                    return Ok(self.added(lhs.value, left, rhs.value, right, limits));
                }
                let (lhs, rhs) = (self.integer_operand(lhs, left), self.integer_operand(rhs, right));
                let value = self.integers(operation, lhs, rhs, limits);
                Ok(Calculated { value, unchecked: None })
            }
            (Type::Float, Type::Float) => Ok(self.floats(operation, lhs.value, rhs.value)),
            (Type::String, Type::String) if op == BinaryOp::Add => {
                let node = self.whole(lhs.value).binary(Operator::Concat, self.whole(rhs.value));
                Ok(Calculated { value: Value::string(node), unchecked: None })
            }
            (Type::Integer(_) | Type::Float | Type::String, other) | (other, _) => Err(refused(&other)),
        }
    }

    fn operand(&mut self, expr: &Expr, expected: &Type<'a>) -> Result<Calculated<'a>, Refusal> {
        match expr {
            Expr::Binary { op, lhs, rhs } if operation(*op).is_some() => self.calculated(*op, lhs, rhs, expected),
            expr => Ok(Calculated { value: self.value(expr, expected)?, unchecked: None }),
        }
    }

    fn integer_operand(&mut self, calculated: Calculated<'a>, integer: Integer) -> Operand {
        let value = self.checked(calculated);
        let integer = if let Type::Integer(checked) = value.ty { checked } else { integer };
        Operand { node: self.whole(value), integer }
    }

    fn checked(&mut self, Calculated { value, unchecked }: Calculated<'a>) -> Value<'a> {
        match unchecked {
            None => value,
            Some(Unchecked::TooLarge(integer, limits)) => self.within(Operation::Add, value.node, integer, limits),
            Some(Unchecked::NotFinite(operation)) => self.finite(operation, value.node),
        }
    }

    /// `lhs + rhs` of what is not negative.
    fn added(
        &mut self,
        lhs: Value<'a>,
        left: Integer,
        rhs: Value<'a>,
        right: Integer,
        limits: Option<Limits>,
    ) -> Calculated<'a> {
        let node = self.whole(lhs).binary(Operator::Add, self.whole(rhs));
        let integer =
            Integer { limits, min: left.min.saturating_add(right.min), max: left.max.saturating_add(right.max) };
        let limits = limits.filter(|limits| integer.max > limits.max);
        let unchecked = limits.map(|limits| Unchecked::TooLarge(integer, limits));
        Calculated { value: Value::new(node, Type::Integer(integer)), unchecked }
    }

    fn integers(&mut self, operation: Operation, lhs: Operand, rhs: Operand, limits: Option<Limits>) -> Value<'a> {
        let mark = self.scope.mark();
        let mut variables = Vec::new();
        let conditions = conditions(operation, &lhs, &rhs, limits);
        let is_signed = lhs.integer.min < 0 || rhs.integer.min < 0;
        let is_read_again = |side| conditions.iter().any(|condition| condition.reads(side));
        let divides_twice = operation == Operation::Div && is_signed;
        let [left_name, right_name] = operand_names(operation);
        let (mut left, mut right) = (lhs.node, rhs.node);
        if divides_twice || is_read_again(Side::Left) {
            left = self.named(left, left_name, &mut variables);
        }
        if divides_twice || is_read_again(Side::Right) {
            right = self.named(right, right_name, &mut variables);
        }
        let holds = |condition: &Condition| condition.node(left.clone(), right.clone());
        let calculated = match operation {
            Operation::Div => quotient(left.clone(), right.clone(), is_signed),
            _ => left.clone().binary(operator(operation), right.clone()),
        };
        let known = |side, integer: Integer| match limits {
            Some(limits) if conditions.iter().any(|condition| condition.bounds(side)) => integer.within(limits),
            _ => integer,
        };
        let range = range(operation, known(Side::Left, lhs.integer), known(Side::Right, rhs.integer));
        let range = Integer { limits, ..range };
        let value = match limits {
            Some(limits) => {
                let before = conditions.iter().filter(|condition| **condition != Condition::NotByZero).map(holds);
                self.within_when(operation, before.collect(), calculated, range, limits)
            }
            None => Value::new(calculated, Type::Integer(range)),
        };
        self.scope.reset(mark);
        let node = match conditions.contains(&Condition::NotByZero) {
            true => Node::conditional(holds(&Condition::NotByZero), value.node, error(operation.by_zero())),
            false => value.node,
        };
        Value::new(node.with_variables(&variables), value.ty)
    }

    fn floats(&mut self, operation: Operation, lhs: Value<'a>, rhs: Value<'a>) -> Calculated<'a> {
        let (lhs, rhs) = (self.whole(lhs), self.whole(rhs));
        let stays_finite = match operation {
            Operation::Div => is_number(&rhs, |rhs| rhs.abs() >= 1.0),
            Operation::Rem => is_number(&rhs, |rhs| rhs != 0.0),
            Operation::Mul => [&lhs, &rhs].into_iter().any(|side| is_number(side, |side| side.abs() <= 1.0)),
            _ => false,
        };
        let value = Value::new(lhs.binary(operator(operation), rhs), Type::Float);
        Calculated { value, unchecked: (!stays_finite).then_some(Unchecked::NotFinite(operation)) }
    }

    /// `-value`.
    pub(super) fn negative(&mut self, value: Value<'a>) -> Result<Value<'a>, Refusal> {
        let ty = value.ty.clone();
        let node = self.whole(value);
        match ty {
            Type::Integer(Integer { limits, min, max }) => {
                let integer = Integer { limits, min: max.saturating_neg(), max: min.saturating_neg() };
                match (node, limits) {
                    (Node::Literal(_), _) if min == max => Ok(Value::new(self::integer(-min), Type::Integer(integer))),
                    (node, Some(limits)) => {
                        Ok(self.within(Operation::Neg, Node::Negate(Box::new(node)), integer, limits))
                    }
                    (node, None) => Ok(Value::new(Node::Negate(Box::new(node)), Type::Integer(integer))),
                }
            }
            Type::Float => {
                let number = if let Node::Literal(Json::Number(number)) = &node { number.as_f64() } else { None };
                let negative = number.map(|number| Node::Literal(Json::from(-number)));
                Ok(Value::new(negative.unwrap_or_else(|| Node::Negate(Box::new(node))), Type::Float))
            }
            other => Err(Refusal::needs_task(format!("`-` is applied to {other}"))),
        }
    }

    /// `value.abs()`, of a number.
    pub(super) fn magnitude(&mut self, value: Value<'a>) -> Value<'a> {
        let ty = value.ty.clone();
        let node = Node::Call("abs", vec![self.whole(value)]);
        let Type::Integer(Integer { limits, min, max }) = ty else { return Value::new(node, ty) };
        let least = if min > 0 { min } else { max.saturating_neg().max(0) };
        let integer = Integer { limits, min: least, max: max.max(min.saturating_neg()) };
        match limits {
            Some(limits) => self.within(Operation::Abs, node, integer, limits),
            None => Value::new(node, Type::Integer(integer)),
        }
    }

    /// `items.sum()`. Where 64-bit integers of both signs are summed, none of the sums on the way may be beyond the exact
    /// numbers, which the sum of the magnitudes tells.
    pub(super) fn integer_sum(
        &mut self,
        items: Node,
        item: Integer,
        expected: &Type<'a>,
    ) -> Result<Value<'a>, Refusal> {
        let any = Integer { min: if item.min < 0 { i128::MIN } else { 0 }, max: i128::MAX, ..item };
        let Some(limits) = limits(any, any, expected, any)? else {
            return Ok(Value::new(Node::Call("sum", vec![items]), Type::Integer(any)));
        };
        if item.min >= 0 || !limits.are_of_floats() {
            return Ok(self.within(Operation::Sum, Node::Call("sum", vec![items]), any, limits));
        }
        let node = self.shared(items, "items", |items| {
            let yielded = Node::Call("map", vec![items.clone(), Node::Variable("abs".to_owned())]);
            let magnitudes = Node::Collected { yielded: Box::new(yielded), nested: false };
            let is_exact = Node::Call("sum", vec![magnitudes]).binary(Operator::LessOrEqual, integer(limits.max));
            Node::conditional(is_exact, Node::Call("sum", vec![items]), error(Operation::Sum.overflow(limits)))
        });
        let held = Integer { limits: Some(limits), min: limits.min, max: limits.max };
        Ok(Value::new(node, Type::Integer(held)))
    }
}

/// JSONata's division has a fraction, and its `$floor` goes down where Rust goes towards zero.
fn quotient(lhs: Node, rhs: Node, is_signed: bool) -> Node {
    if !is_signed {
        return Node::Call("floor", vec![lhs.binary(Operator::Divide, rhs)]);
    }
    let remainder = lhs.clone().binary(Operator::Remainder, rhs.clone());
    lhs.binary(Operator::Subtract, remainder).binary(Operator::Divide, rhs)
}

fn operator(operation: Operation) -> Operator {
    match operation {
        Operation::Sub => Operator::Subtract,
        Operation::Mul => Operator::Multiply,
        Operation::Div => Operator::Divide,
        Operation::Rem => Operator::Remainder,
        _ => Operator::Add,
    }
}

/// What the operands are called where they are read twice.
fn operand_names(operation: Operation) -> [&'static str; 2] {
    match operation {
        Operation::Div | Operation::Rem => ["dividend", "divisor"],
        _ => ["left", "right"],
    }
}

fn operation(op: BinaryOp) -> Option<Operation> {
    Some(match op {
        BinaryOp::Add => Operation::Add,
        BinaryOp::Sub => Operation::Sub,
        BinaryOp::Mul => Operation::Mul,
        BinaryOp::Div => Operation::Div,
        BinaryOp::Rem => Operation::Rem,
        _ => return None,
    })
}

fn is_number(node: &Node, holds: impl FnOnce(f64) -> bool) -> bool {
    matches!(node, Node::Literal(Json::Number(number)) if number.as_f64().is_some_and(holds))
}
