//! How an execution is called: [`ExecutionId`].

use std::fmt;

use crate::intern::intern;

/// The identity of an execution: its workflow and its name, which is a random UUID unless it was given one. It is written as `PollService:9f0c…`.
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
    name: Name,
}

/// The name of an execution.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Name {
    /// The text of a UUID, which is ASCII. It is held in place, as there may be many.
    Uuid([u8; 36]),
    /// A name that somebody gave it.
    Given(Box<str>),
    /// On AWS: what is behind the state machine in the ARN of the execution.
    #[cfg(feature = "lambda")]
    OfArn { arn: Box<str>, begin: usize },
}

impl ExecutionId {
    /// An identity that no other execution has: its name is a random UUID, as Step Functions gives one.
    pub(crate) fn random(workflow: &'static str) -> Self {
        ExecutionId::uuid(workflow, random())
    }

    /// An identity whose name is a UUID made of these bits.
    pub(crate) fn uuid(workflow: &'static str, bits: u128) -> Self {
        ExecutionId { workflow, name: Name::Uuid(uuid(bits.to_be_bytes())) }
    }

    /// The identity with a name that was given.
    pub(crate) fn named(workflow: &'static str, name: &str) -> Self {
        let name = match <[u8; 36]>::try_from(name.as_bytes()) {
            Ok(text) => Name::Uuid(text),
            Err(_) => Name::Given(name.into()),
        };
        ExecutionId { workflow, name }
    }

    /// The same, as it was written down.
    pub(crate) fn read(workflow: &str, name: &str) -> Self {
        ExecutionId::named(intern(workflow), name)
    }

    /// An execution on AWS, by its ARN: `arn:aws:states:eu-west-1:123456789012:execution:PollService:9f0c…`.
    #[cfg(feature = "lambda")]
    pub(crate) fn of_arn(arn: &str) -> Option<Self> {
        // The name of an execution of an Express workflow has a colon in it, so it is not looked for from the end.
        let mut rest = arn;
        for _ in 0..6 {
            rest = rest.split_once(':')?.1;
        }
        let (machine, name) = rest.split_once(':')?;
        let begin = arn.len() - name.len();
        Some(ExecutionId { workflow: intern(machine), name: Name::OfArn { arn: arn.into(), begin } })
    }

    /// The workflow's name, as in `PollService`.
    pub fn workflow(&self) -> &'static str {
        self.workflow
    }

    /// The execution's own name.
    pub fn name(&self) -> &str {
        match &self.name {
            Name::Uuid(text) => str::from_utf8(text).expect("it was made of a text"),
            Name::Given(name) => name,
            #[cfg(feature = "lambda")]
            Name::OfArn { arn, begin } => &arn[*begin..],
        }
    }

    /// The identity in the form that Step Functions' error causes and events have. Region and account are of no AWS, unless the
    /// execution is.
    pub fn arn(&self) -> String {
        #[cfg(feature = "lambda")]
        if let Name::OfArn { arn, .. } = &self.name {
            return arn.to_string();
        }
        format!("arn:aws:states:local:000000000000:execution:{}:{}", self.workflow, self.name())
    }

    pub(crate) fn state_machine_arn(&self) -> String {
        format!("arn:aws:states:local:000000000000:stateMachine:{}", self.workflow)
    }
}

impl fmt::Display for ExecutionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.workflow, self.name())
    }
}

impl fmt::Debug for ExecutionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ExecutionId({self})")
    }
}

/// The operating system's randomness.
pub(crate) fn random() -> u128 {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    u128::from_be_bytes(bytes)
}

/// The text of a UUID of version 4.
fn uuid(mut bytes: [u8; 16]) -> [u8; 36] {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let mut text = [b'-'; 36];
    let mut position = 0;
    for (index, byte) in bytes.into_iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            position += 1;
        }
        text[position] = DIGITS[usize::from(byte >> 4)];
        text[position + 1] = DIGITS[usize::from(byte & 0x0f)];
        position += 2;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_random_uuids() {
        let [one, two] = [ExecutionId::random("Hello"), ExecutionId::random("Hello")];
        assert_ne!(one, two);
        assert_eq!(one.name().len(), 36);
        let parts: Vec<_> = one.name().split('-').map(str::len).collect();
        assert_eq!((parts, &one.name()[14..15]), (vec![8, 4, 4, 4, 12], "4"));
        assert!(one.name().bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit()));
        assert_eq!(one.to_string(), format!("Hello:{}", one.name()));
    }

    #[cfg(feature = "lambda")]
    #[test]
    fn executions_on_aws_are_known_by_their_arn() {
        let standard = "arn:aws:states:eu-west-1:123456789012:execution:Hello:9f0c";
        let express = "arn:aws-cn:states:cn-north-1:123456789012:express:Hello:run:4f1a";
        let item = "arn:aws:states:eu-west-1:123456789012:execution:Hello/Greet:9f0c";
        for (arn, workflow, name) in
            [(standard, "Hello", "9f0c"), (express, "Hello", "run:4f1a"), (item, "Hello/Greet", "9f0c")]
        {
            let id = ExecutionId::of_arn(arn).expect("it is an ARN");
            assert_eq!((id.workflow(), id.name(), id.arn().as_str()), (workflow, name, arn));
        }
        assert_eq!(ExecutionId::of_arn("Hello:9f0c"), None);
    }
}
