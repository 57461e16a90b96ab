//! How an execution is called: [`ExecutionId`].

use std::fmt;
use std::sync::Arc;

/// The identity of an execution: its workflow and its name, which is a random UUID. It is written as `PollService:9f0c…`.
///
/// [`Execution::id`](crate::Execution::id) and [`TaskContext::execution`](crate::TaskContext::execution) give it, and
/// [`Engine::execution`](crate::Engine::execution) finds the execution by it.
///
/// ```
/// # use workflow_runtime::prelude::*;
/// #
/// # pub struct Greeter;
/// #
/// # #[workflow(start = greet, timeout = "1m")]
/// # impl Greeter {
/// #     #[task(timeout = "10s", end)]
/// #     async fn greet(&self, name: String) -> String {
/// #         format!("Hello, {name}!")
/// #     }
/// # }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let engine = Engine::builder().workflow(Greeter).start().await?;
/// let execution = engine.start::<Greeter>("Ada".to_owned()).await?;
/// let id = execution.id();
/// assert_eq!((id.workflow(), id.to_string()), ("Greeter", format!("Greeter:{}", id.name())));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ExecutionId {
    workflow: &'static str,
    name: Arc<str>,
}

impl ExecutionId {
    /// An identity that no other execution has: its name is a random UUID, as Step Functions gives one.
    pub(crate) fn random(workflow: &'static str) -> Self {
        ExecutionId { workflow, name: random_uuid().into() }
    }

    /// The workflow's name, as in `PollService`.
    pub fn workflow(&self) -> &'static str {
        self.workflow
    }

    /// The execution's own name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The identity in the form that Step Functions' error causes and events have. Region and account are of no AWS.
    pub fn arn(&self) -> String {
        format!("arn:aws:states:local:000000000000:execution:{}:{}", self.workflow, self.name)
    }

    pub(crate) fn state_machine_arn(&self) -> String {
        format!("arn:aws:states:local:000000000000:stateMachine:{}", self.workflow)
    }
}

impl fmt::Display for ExecutionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.workflow, self.name)
    }
}

impl fmt::Debug for ExecutionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ExecutionId({self})")
    }
}

/// A UUID of version 4, from the operating system's randomness.
pub(crate) fn random_uuid() -> String {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex = u128::from_be_bytes(bytes);
    let hex = format!("{hex:032x}");
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_random_uuids() {
        let [one, two] = [ExecutionId::random("Hello"), ExecutionId::random("Hello")];
        assert_ne!(one, two);
        assert_eq!(one.name().len(), 36);
        assert_eq!(&one.name()[14..15], "4");
        assert_eq!(one.to_string(), format!("Hello:{}", one.name()));
    }
}
