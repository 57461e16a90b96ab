//! `value as type`, between numbers.

use super::arithmetic::integer;
use super::{Lowerer, Value};
use crate::expr::{Expr, Limits, MAX_EXACT, Operation};
use crate::jsonata::ast::{Node, Operator};
use crate::jsonata::refusal::Refusal;
use crate::jsonata::types::{Integer, Type};

impl<'a> Lowerer<'a> {
    pub(super) fn cast(&mut self, value: &Expr, to: &str) -> Result<Value<'a>, Refusal> {
        let value = self.value(value, &Type::Unknown)?;
        let (from, node) = (value.ty.clone(), self.whole(value));
        let refused = |why: &str| Err(Refusal::needs_task(format!("{from} is cast by `as {to}`, {why}")));
        match (&from, to) {
            (Type::Integer(_) | Type::Float, "f64") => Ok(Value::new(node, Type::Float)),
            (_, "f32") => refused("and JSONata's numbers are all `f64`, so none is rounded as an `f32` is"),
            (Type::Integer(Integer { min, max, .. }), _) => match integer_range(to) {
                Some((least, greatest)) if least <= *min && *max <= greatest => {
                    let limits = Some(Limits::of_type(least, greatest));
                    Ok(Value::new(node, Type::Integer(Integer { limits, min: *min, max: *max })))
                }
                _ => refused("which wraps around where the value does not fit"),
            },
            (Type::Float, _) => match integer_range(to) {
                Some((min, max)) => Ok(self.truncated(node, min, max)),
                None => refused("which is not a number"),
            },
            (Type::Bool, _) if integer_range(to).is_some() => {
                let limits = integer_range(to).map(|(min, max)| Limits::of_type(min, max));
                let ty = Type::Integer(Integer { limits, min: 0, max: 1 });
                Ok(Value::new(Node::conditional(node, Node::int(1), Node::int(0)), ty))
            }
            _ => refused("and only numbers and booleans can be cast here"),
        }
    }

    /// Without its fraction, and held within the range of the type, as `as` does it. No float is at the end of a type of
    /// 64 bits, so what is beyond the exact numbers fails there.
    fn truncated(&mut self, node: Node, min: i128, max: i128) -> Value<'a> {
        let whole = if min == 0 {
            Node::Call("floor", vec![node])
        } else {
            self.shared(node, "number", |node| {
                let is_negative = node.clone().binary(Operator::Less, Node::int(0));
                Node::conditional(is_negative, Node::Call("ceil", vec![node.clone()]), Node::Call("floor", vec![node]))
            })
        };
        let limits = Limits::of_type(min, max);
        let bounded = [("max", min), ("min", max)].into_iter().filter(|(_, bound)| bound.abs() <= MAX_EXACT);
        let node = bounded
            .fold(whole, |node, (function, bound)| Node::Call(function, vec![Node::list([node, integer(bound)])]));
        self.within(Operation::Cast, node, Integer::of_type(min, max), limits)
    }
}

/// The least and the greatest value of an integer type.
fn integer_range(name: &str) -> Option<(i128, i128)> {
    Some(match name {
        "i8" => (i8::MIN.into(), i8::MAX.into()),
        "i16" => (i16::MIN.into(), i16::MAX.into()),
        "i32" => (i32::MIN.into(), i32::MAX.into()),
        "i64" | "isize" => (i64::MIN.into(), i64::MAX.into()),
        "i128" => (i128::MIN, i128::MAX),
        "u8" => (0, u8::MAX.into()),
        "u16" => (0, u16::MAX.into()),
        "u32" => (0, u32::MAX.into()),
        "u64" | "usize" => (0, u64::MAX.into()),
        _ => return None,
    })
}
