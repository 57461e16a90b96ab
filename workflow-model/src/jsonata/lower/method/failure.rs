//! `failure.message()`: what went wrong, in the words of whoever raised it.

use crate::jsonata::ast::Node;
use crate::jsonata::lower::{Lowerer, Value};
use crate::jsonata::refusal::Refusal;

/// How the JSON begins that a Lambda function gives for a cause.
///
/// Step Functions writes that JSON itself, on one line. A cause that begins like it and is not JSON, as one cut off after
/// 32,768 characters, fails the expression: JSONata has no way to try.
const LAMBDA_CAUSE: &str = r#"^\{.*"errorMessage"\s*:"#;

impl<'a> Lowerer<'a> {
    pub(super) fn failure_message(&mut self, failure: &Value<'a>) -> Result<Value<'a>, Refusal> {
        let cause = self.field_of(failure, "cause")?;
        let is_lambda = Node::Call("contains", vec![cause.node.clone(), Node::Regex(LAMBDA_CAUSE)]);
        let message = Node::Call("parse", vec![cause.node.clone()]).field("errorMessage");
        Ok(Value::string(Node::conditional(is_lambda, message, self.whole(cause))))
    }
}
