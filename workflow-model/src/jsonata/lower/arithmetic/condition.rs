//! What has to be checked of the operands, as the result does not tell it.

use super::Operand;
use super::check::integer;
use crate::expr::{Limits, MAX_EXACT, Operation};
use crate::jsonata::ast::{Node, Operator};

/// What has to hold of the operands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Condition {
    /// The divisor is not zero.
    NotByZero,
    /// The left side is one of the exact numbers, or of those that are not negative.
    LeftExact { is_signed: bool },
    /// So is the right side.
    RightExact,
    /// It is not the least value of the type that is divided by -1, of which Rust has no remainder.
    HasQuotient { least: i128 },
}

/// A side of an operator.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Side {
    Left,
    Right,
}

impl Condition {
    pub(super) fn reads(&self, side: Side) -> bool {
        match self {
            Condition::LeftExact { .. } => side == Side::Left,
            Condition::NotByZero | Condition::RightExact => side == Side::Right,
            Condition::HasQuotient { .. } => true,
        }
    }

    /// Whether it holds a side within its limits.
    pub(super) fn bounds(&self, side: Side) -> bool {
        match self {
            Condition::LeftExact { .. } => side == Side::Left,
            Condition::RightExact => side == Side::Right,
            Condition::NotByZero | Condition::HasQuotient { .. } => false,
        }
    }

    pub(super) fn node(&self, left: Node, right: Node) -> Node {
        let exact = |node: Node, is_signed: bool| {
            let magnitude = if is_signed { Node::Call("abs", vec![node]) } else { node };
            magnitude.binary(Operator::LessOrEqual, integer(MAX_EXACT))
        };
        match self {
            Condition::NotByZero => right.not_equals(Node::int(0)),
            Condition::LeftExact { is_signed } => exact(left, *is_signed),
            Condition::RightExact => exact(right, true),
            Condition::HasQuotient { least } => {
                left.not_equals(integer(*least)).binary(Operator::Or, right.not_equals(Node::int(-1)))
            }
        }
    }
}

/// What has to be checked of the operands, in JSONata's float arithmetic. What the result tells is not.
pub(super) fn conditions(operation: Operation, lhs: &Operand, rhs: &Operand, limits: Option<Limits>) -> Vec<Condition> {
    let is_division = matches!(operation, Operation::Div | Operation::Rem);
    let mut conditions = Vec::new();
    if is_division && rhs.integer.contains(0) {
        conditions.push(Condition::NotByZero);
    }
    let Some(limits) = limits else { return conditions };
    let is_signed = limits.min < 0;
    let is_inexact = |operand: &Operand| operand.integer.min < -MAX_EXACT || operand.integer.max > MAX_EXACT;
    // A product of what is inexact is itself beyond the limits, or zero.
    if operation != Operation::Mul && is_inexact(lhs) {
        conditions.push(Condition::LeftExact { is_signed });
    }
    if matches!(operation, Operation::Add | Operation::Sub) && is_signed && is_inexact(rhs) {
        conditions.push(Condition::RightExact);
    }
    let may_lack_quotient = lhs.integer.contains(limits.min) && rhs.integer.contains(-1);
    if operation == Operation::Rem && is_signed && !limits.are_of_floats() && may_lack_quotient {
        conditions.push(Condition::HasQuotient { least: limits.min });
    }
    conditions
}
