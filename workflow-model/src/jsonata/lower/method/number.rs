//! Methods of numbers.

use super::{argument, unknown};
use crate::expr::{Expr, Limits, Operation};
use crate::jsonata::ast::{Node, Operator};
use crate::jsonata::lower::{Lowerer, Value};
use crate::jsonata::refusal::Refusal;
use crate::jsonata::types::{Integer, Type};

impl<'a> Lowerer<'a> {
    pub(super) fn number_method(
        &mut self,
        number: Value<'a>,
        method: &str,
        args: &[Expr],
    ) -> Result<Value<'a>, Refusal> {
        let ty = number.ty.clone();
        let function = match method {
            "abs" => return Ok(self.magnitude(number)),
            "to_string" => return Ok(Value::string(self.text(number)?)),
            "saturating_sub" => return self.saturating_sub(number, argument(args, method)?),
            "min" => "min",
            "max" => "max",
            _ => return Err(unknown(method, &ty)),
        };
        let other = self.value(argument(args, method)?, &ty)?;
        let ty = ty.or(other.ty.clone());
        let numbers = [self.whole(number), self.whole(other)];
        Ok(Value::new(Node::Call(function, vec![Node::list(numbers)]), ty))
    }

    /// Of an unsigned integer: JSONata's numbers do not end where a type's do, but all stop at 0 here.
    fn saturating_sub(&mut self, number: Value<'a>, other: &Expr) -> Result<Value<'a>, Refusal> {
        let ty = number.ty.clone();
        let Type::Integer(integer @ Integer { limits: Some(limits @ Limits { min: 0, .. }), .. }) = ty else {
            return Err(unknown("saturating_sub", &ty));
        };
        let other = self.node(other, &ty)?;
        let number = self.whole(number);
        let number = self.within(Operation::Sub, number, integer, limits);
        let difference = number.node.binary(Operator::Subtract, other);
        Ok(Value::new(Node::Call("max", vec![Node::list([difference, Node::int(0)])]), number.ty))
    }
}
