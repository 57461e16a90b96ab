//! Integers in untyped documents, as JSON has them.

use serde_json::{Number, Value};
use workflow_model::expr::{Limits, Operation};

use super::{overflow, within};

/// What may hold an integer in a portable expression.
///
/// serde_json tells `1.0` from `1`, which Step Functions does not: here both are the integer. One beyond 2^53 fails on both
/// sides, as JSONata does not hold it exactly.
#[diagnostic::on_unimplemented(
    message = "a portable expression cannot ask `{Self}` for an integer: JSONata has nothing that gives the same",
    label = "this is no `serde_json::Value`",
    note = "read the integer from a field of its own, or do it in a `#[task]`"
)]
pub trait Document {
    /// The number, if it is one.
    fn number(&self) -> Option<&Number>;

    /// The integer, if it is one.
    fn as_i64(&self) -> Option<i64> {
        let limits = const { Limits::of_type(i64::MIN as i128, i64::MAX as i128) };
        integer(self.number()?, limits).and_then(|integer| integer.try_into().ok())
    }

    /// The integer, if it is one and not negative.
    fn as_u64(&self) -> Option<u64> {
        let limits = const { Limits::of_type(0, u64::MAX as i128) };
        integer(self.number()?, limits).and_then(|integer| integer.try_into().ok())
    }
}

impl Document for Value {
    fn number(&self) -> Option<&Number> {
        match self {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }
}

impl<T: Document + ?Sized> Document for &T {
    fn number(&self) -> Option<&Number> {
        (**self).number()
    }
}

/// The integer that a number is, where it may be one within the limits.
fn integer(number: &Number, limits: Limits) -> Option<i128> {
    let is_signed = limits.min < 0;
    let integer = match (number.as_i64(), number.as_u64(), number.as_f64()) {
        (Some(integer), ..) => i128::from(integer),
        (_, Some(integer), _) => i128::from(integer),
        (.., Some(float)) if float.fract() != 0.0 || (float < 0.0 && !is_signed) => return None,
        // A float beyond the limits is an integer, but not one that can be told from the next.
        (.., Some(float)) if float.abs() > limits.max as f64 => overflow(Operation::Cast, limits),
        (.., Some(float)) => float as i128,
        _ => return None,
    };
    if integer < 0 && !is_signed {
        return None;
    }
    within(Operation::Cast, integer, limits);
    Some(integer)
}
