//! Where a value lies: a JSONata variable, and the keys that lead on from it.

use std::fmt;

use super::ast::Node;

/// A path such as `$states.result.Payload`.
///
/// ```
/// use workflow_model::jsonata::Path;
///
/// assert_eq!(Path::result().field("Payload").to_string(), "$states.result.Payload");
/// assert_eq!(Path::input().field("due-date").to_string(), "$states.input.`due-date`");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    variable: String,
    keys: Vec<String>,
}

impl Path {
    /// A variable, named without its `$`.
    pub fn variable(name: impl Into<String>) -> Self {
        Path { variable: name.into(), keys: Vec::new() }
    }

    /// `$states.input`: what a state was given.
    pub fn input() -> Self {
        Path::variable("states").field("input")
    }

    /// `$states.result`: what a task's service answered.
    pub fn result() -> Self {
        Path::variable("states").field("result")
    }

    /// `$states.errorOutput`: the error that a catcher took.
    pub fn error_output() -> Self {
        Path::variable("states").field("errorOutput")
    }

    /// `$states.context.Task.Token`: the token of a task that somebody else ends.
    pub fn task_token() -> Self {
        Path::context().field("Task").field("Token")
    }

    /// `$states.context`: what an execution knows of itself.
    pub fn context() -> Self {
        Path::variable("states").field("context")
    }

    /// The value at `key` of the object that lies here.
    #[must_use]
    pub fn field(mut self, key: impl Into<String>) -> Self {
        self.keys.push(key.into());
        self
    }

    pub(super) fn to_node(&self) -> Node {
        self.keys.iter().fold(Node::Variable(self.variable.clone()), |base, key| base.field(key))
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.to_node().fmt(f)
    }
}
