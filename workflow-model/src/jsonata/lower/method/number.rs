//! Methods of numbers.

use super::{argument, unknown};
use crate::expr::Expr;
use crate::jsonata::ast::Node;
use crate::jsonata::lower::{Lowerer, Value};
use crate::jsonata::refusal::Refusal;

impl<'a> Lowerer<'a> {
    pub(super) fn number_method(
        &mut self,
        number: Value<'a>,
        method: &str,
        args: &[Expr],
    ) -> Result<Value<'a>, Refusal> {
        let ty = number.ty.clone();
        let function = match method {
            "abs" => return Ok(Value::new(Node::Call("abs", vec![self.whole(number)]), ty)),
            "to_string" => return Ok(Value::string(self.text(number)?)),
            "min" => "min",
            "max" => "max",
            _ => return Err(unknown(method, &ty)),
        };
        let other = self.value(argument(args, method)?, &ty)?;
        let ty = ty.arithmetic(other.ty.clone());
        let numbers = [self.whole(number), self.whole(other)];
        Ok(Value::new(Node::Call(function, vec![Self::numbers(numbers)]), ty))
    }
}
