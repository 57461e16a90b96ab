//! Where workflows were deployed to: [`StateMachines`].

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use workflow_runtime::Workflow;

/// The ARN of each workflow's state machine.
///
/// ```
/// # use workflow_runtime::prelude::*;
/// # struct Greeter;
/// # #[workflow(start = greet, timeout = "1m")]
/// # impl Greeter {
/// #     #[task(timeout = "10s", end)]
/// #     async fn greet(&self, name: String) -> String { name }
/// # }
/// use workflow_client::StateMachines;
///
/// let machines = StateMachines::of_stack("eu-west-1", "123456789012", "hello");
/// let arn = "arn:aws:states:eu-west-1:123456789012:stateMachine:hello-Greeter";
/// assert_eq!(machines.arn("Greeter").as_deref(), Some(arn));
///
/// // One that is elsewhere; an alias or a version will do as well.
/// let machines = machines.with::<Greeter>("arn:aws:states:eu-west-1:123456789012:stateMachine:Greeter:live");
/// assert!(machines.arn("Greeter").is_some_and(|arn| arn.ends_with(":live")));
/// ```
#[derive(Clone, Default)]
pub struct StateMachines {
    known: BTreeMap<&'static str, Arc<str>>,
    others: Option<Arc<Resolver>>,
}

type Resolver = dyn Fn(&str) -> Option<String> + Send + Sync;

impl StateMachines {
    /// No state machine yet: each workflow is added by [`with`](Self::with).
    pub fn new() -> Self {
        StateMachines::default()
    }

    /// Those that the exported templates deploy as one stack: a workflow's state machine has the stack's name (in Terraform: the variable
    /// `name`) before its own, as in `hello-Greeter`.
    pub fn of_stack(region: &str, account: &str, stack: &str) -> Self {
        let partition = match region {
            _ if region.starts_with("cn-") => "aws-cn",
            _ if region.starts_with("us-gov-") => "aws-us-gov",
            _ => "aws",
        };
        let before = format!("arn:{partition}:states:{region}:{account}:stateMachine:{stack}-");
        StateMachines::by(move |workflow| Some(format!("{before}{workflow}")))
    }

    /// Those that a function finds by the workflow's [name](Workflow::NAME), in a configuration file for example. `None` is for a workflow
    /// that is not deployed.
    ///
    /// ```
    /// use workflow_client::StateMachines;
    ///
    /// // From the environment, as in `GREETER_ARN`.
    /// let machines = StateMachines::by(|workflow| std::env::var(format!("{}_ARN", workflow.to_uppercase())).ok());
    /// assert_eq!(machines.arn("Greeter"), None);
    /// ```
    pub fn by(find: impl Fn(&str) -> Option<String> + Send + Sync + 'static) -> Self {
        StateMachines { known: BTreeMap::new(), others: Some(Arc::new(find)) }
    }

    /// Says where the workflow `W` is: the ARN of its state machine, or of a version or an alias of it.
    #[must_use]
    pub fn with<W: Workflow>(mut self, arn: impl Into<Arc<str>>) -> Self {
        self.known.insert(W::NAME, arn.into());
        self
    }

    /// Where the workflow with this name is.
    pub fn arn(&self, workflow: &str) -> Option<String> {
        match self.known.get(workflow) {
            Some(arn) => Some(arn.to_string()),
            None => self.others.as_ref()?(workflow),
        }
    }
}

impl fmt::Debug for StateMachines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StateMachines").field("known", &self.known).finish_non_exhaustive()
    }
}

/// The ARN of the execution with this name, of the state machine (or the version or the alias of one) with that ARN.
pub(crate) fn execution_arn(machine: &str, name: &str) -> String {
    let base: Vec<_> = machine.split(':').take(7).collect();
    format!("{}:{name}", base.join(":").replacen(":stateMachine:", ":execution:", 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn executions_are_of_the_state_machine_and_not_of_its_alias() {
        let machine = "arn:aws:states:eu-west-1:123456789012:stateMachine:Greeter";
        let execution = "arn:aws:states:eu-west-1:123456789012:execution:Greeter:7";
        assert_eq!(execution_arn(machine, "7"), execution);
        assert_eq!(execution_arn(&format!("{machine}:live"), "7"), execution);
    }

    #[test]
    fn partitions_follow_from_regions() {
        let partition = |region| {
            let arn = StateMachines::of_stack(region, "1", "s").arn("W").expect("it knows all");
            arn.split(':').nth(1).map(str::to_owned)
        };
        assert_eq!(partition("cn-north-1").as_deref(), Some("aws-cn"));
        assert_eq!(partition("us-gov-west-1").as_deref(), Some("aws-us-gov"));
        assert_eq!(partition("us-east-1").as_deref(), Some("aws"));
    }
}
