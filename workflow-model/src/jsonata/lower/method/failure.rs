//! `failure.message()`: what went wrong, in the words of whoever raised it.

use crate::jsonata::ast::Node;
use crate::jsonata::lower::{Lowerer, Value};
use crate::jsonata::refusal::Refusal;

/// The `errorMessage` in the JSON that a Lambda function gives for a cause, as a JSON string with its quotes: first in
/// the object, or behind members that are strings. What does not look like it cannot make `$parse` fail.
///
/// A backslash is written `\x5c`, as JSONata takes a bracket behind a backslash for no bracket when it looks for the
/// end of the regex.
const ERROR_MESSAGE: &str = concat!(
    r#"^\s*\{(?:\s*"\w*"\s*:\s*"(?:[^"\x5c]|\x5c.)*"\s*,)*?"#,
    r#"\s*"errorMessage"\s*:\s*("(?:[^"\x5c\x00-\x1f]|\x5c(?:["\x5cbfnrt\/]|u[0-9a-fA-F]{4}))*")"#,
);

impl<'a> Lowerer<'a> {
    pub(super) fn failure_message(&mut self, failure: &Value<'a>) -> Result<Value<'a>, Refusal> {
        let cause = self.field_of(failure, "cause")?;
        let mark = self.scope.mark();
        let message = self.scope.fresh("message");
        self.scope.reset(mark);
        let found = Node::Call("match", vec![cause.node.clone(), Node::Regex(ERROR_MESSAGE)]);
        let found = found.field("groups").index(Node::int(0));
        let variable = Node::Variable(message.clone());
        let parsed = Node::Call("parse", vec![variable.clone()]);
        let text = Node::conditional(variable.exists(), parsed, self.whole(cause));
        Ok(Value::string(text.with_variables(&[(message, found)])))
    }
}
