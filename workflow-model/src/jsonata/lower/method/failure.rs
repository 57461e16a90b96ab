//! `failure.message()`: what went wrong, in the words of whoever raised it; `failure.nested()`: the nested execution in which it did.

use crate::jsonata::ast::Node;
use crate::jsonata::lower::{Lowerer, Value};
use crate::jsonata::refusal::Refusal;
use crate::jsonata::types::Type;
use crate::shape::{Fields, StructShape};

/// How the JSON begins that a Lambda function gives for a cause.
///
/// Step Functions writes that JSON itself, on one line. A cause that begins like it and is not JSON, as one cut off after
/// 32,768 characters, fails the expression: JSONata has no way to try.
const LAMBDA_CAUSE: &str = r#"^\{.*"errorMessage"\s*:"#;

/// How the JSON begins that Step Functions gives for the cause of a nested execution's failure. What stands before the ARN is any
/// text, and `.` would not match all of it.
const NESTED_CAUSE: &str = r#"^\{[\s\S]*"ExecutionArn"\s*:"#;

impl<'a> Lowerer<'a> {
    /// The execution that the cause describes, or `None`.
    pub(super) fn nested_execution(
        &mut self,
        failure: &Value<'a>,
        shape: &'a StructShape,
    ) -> Result<Value<'a>, Refusal> {
        let Fields::Named(fields) = &shape.fields else {
            return Err(Refusal::new("this `Failure` is not the one of the workflow's catchers"));
        };
        let nested = fields.iter().find(|field| field.rust == "nested()");
        let nested = nested.ok_or_else(|| Refusal::new("this `Failure` is not the one of the workflow's catchers"))?;
        let cause = self.field_of(failure, "cause")?;
        let cause = self.whole(cause);
        let is_nested = Node::Call("contains", vec![cause.clone(), Node::Regex(NESTED_CAUSE)]);
        let described = Node::conditional(is_nested, Node::Call("parse", vec![cause]), Node::NULL);
        Ok(Value::new(described, Type::option(self.ty(nested.shape))))
    }

    pub(super) fn failure_message(&mut self, failure: &Value<'a>) -> Result<Value<'a>, Refusal> {
        let cause = self.field_of(failure, "cause")?;
        let is_lambda = Node::Call("contains", vec![cause.node.clone(), Node::Regex(LAMBDA_CAUSE)]);
        let message = Node::Call("parse", vec![cause.node.clone()]).field("errorMessage");
        Ok(Value::string(Node::conditional(is_lambda, message, self.whole(cause))))
    }
}
