//! Which values an operator may give, as far as is known.

use crate::expr::{Limits, Operation};
use crate::jsonata::refusal::Refusal;
use crate::jsonata::types::{Integer, Type};

/// What arithmetic with the result `range` may give here. `None`: whatever the type of the literals is, it holds the result.
/// Where there is nothing but literals, rustc sees to that.
pub(super) fn limits(
    lhs: Integer,
    rhs: Integer,
    expected: &Type<'_>,
    range: Integer,
) -> Result<Option<Limits>, Refusal> {
    let expected = if let Type::Integer(integer) = expected { integer.limits } else { None };
    let in_every_type = range.min >= 0 && range.max <= i8::MAX.into();
    match lhs.limits.or(rhs.limits).or(expected) {
        None if in_every_type || lhs.is_literal() && rhs.is_literal() => Ok(None),
        None => Err(Refusal::new(
            "the type of an integer is not known here, so neither is where it overflows; write it, as in \
             `let count: u32 = …`",
        )),
        limits => Ok(limits),
    }
}

/// The values that the result may have, were there no limits.
pub(super) fn range(operation: Operation, lhs: Integer, rhs: Integer) -> Integer {
    let ends = match operation {
        Operation::Add => vec![lhs.min.saturating_add(rhs.min), lhs.max.saturating_add(rhs.max)],
        Operation::Sub => vec![lhs.min.saturating_sub(rhs.max), lhs.max.saturating_sub(rhs.min)],
        Operation::Mul => products(lhs, rhs),
        Operation::Rem => {
            let greatest = magnitude(lhs).min((magnitude(rhs) - 1).max(0));
            vec![if lhs.min < 0 { -greatest } else { 0 }, if lhs.max > 0 { greatest } else { 0 }]
        }
        _ if rhs.min == rhs.max && rhs.min != 0 => vec![lhs.min / rhs.min, lhs.max / rhs.min],
        _ if rhs.min >= 0 => vec![lhs.min.min(0), lhs.max.max(0)],
        _ => vec![-magnitude(lhs), magnitude(lhs)],
    };
    let least = ends.iter().copied().min().unwrap_or(i128::MIN);
    let greatest = ends.iter().copied().max().unwrap_or(i128::MAX);
    Integer { limits: None, min: least, max: greatest }
}

fn products(lhs: Integer, rhs: Integer) -> Vec<i128> {
    let sides = [lhs.min, lhs.max].into_iter().flat_map(|left| [(left, rhs.min), (left, rhs.max)]);
    sides.map(|(left, right)| left.saturating_mul(right)).collect()
}

fn magnitude(integer: Integer) -> i128 {
    integer.max.max(integer.min.saturating_neg())
}
