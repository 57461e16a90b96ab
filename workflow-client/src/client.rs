//! Executions that are started on AWS: [`Client`].

use std::fmt;
use std::time::Duration;

use aws_sdk_sfn::error::SdkError;
use aws_sdk_sfn::operation::start_execution::StartExecutionError;
use aws_sdk_sfn::operation::start_sync_execution::StartSyncExecutionError;
use workflow_runtime::Workflow;
use workflow_runtime::model::machine::Mode;

use crate::machines::execution_arn;
use crate::pace::Pace;
use crate::{RemoteExecution, ServiceError, StartError, StateMachines, SyncExecution};

/// Starts executions of deployed workflows, and ends the tasks that wait for a token.
///
/// It is made of a client of the SDK, so credentials, region, retries and timeouts are what you set there; a clone of it is cheap.
///
/// ```no_run
/// # use workflow_runtime::prelude::*;
/// # struct Greeter;
/// # #[workflow(start = greet, timeout = "1m")]
/// # impl Greeter {
/// #     #[task(timeout = "10s", end)]
/// #     async fn greet(&self, name: String) -> String { name }
/// # }
/// use workflow_client::{Client, StateMachines};
///
/// # async fn example(sfn: aws_sdk_sfn::Client) -> Result<(), Box<dyn std::error::Error>> {
/// // let sfn = aws_sdk_sfn::Client::new(&aws_config::load_from_env().await);
/// let client = Client::new(sfn, StateMachines::of_stack("eu-west-1", "123456789012", "hello"));
/// let execution = client.start::<Greeter>("Ada".to_owned()).await?;
/// let greeting: String = execution.output().await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client {
    pub(crate) sfn: aws_sdk_sfn::Client,
    machines: StateMachines,
    pub(crate) pace: Pace,
}

impl Client {
    /// A client of the workflows that were deployed there.
    pub fn new(sfn: aws_sdk_sfn::Client, machines: StateMachines) -> Self {
        Client { sfn, machines, pace: Pace::new(Duration::from_secs(1), Duration::from_secs(30)) }
    }

    /// How often [`RemoteExecution::output`] asks whether an execution has ended: after `first`, then each time half as long again, up to
    /// `longest`. Without this it is from one second to thirty. An account may ask some 15 times a second in all.
    #[must_use]
    pub fn poll_interval(mut self, first: Duration, longest: Duration) -> Self {
        self.pace = Pace::new(first, longest);
        self
    }

    /// Starts an execution of the workflow `W`, under a random name.
    ///
    /// An Express workflow is started, too, but nobody can ask how it ends: see [`start_sync`](Self::start_sync).
    ///
    /// # Errors
    ///
    /// When it is not known where `W` is, and when Step Functions does not start it.
    pub async fn start<W: Workflow>(&self, input: W::Input) -> Result<RemoteExecution<W>, StartError> {
        // The name makes it safe that the SDK calls again when an answer is lost.
        self.start_named(&uuid::Uuid::new_v4().to_string(), input).await
    }

    /// Starts an execution of the workflow `W` under this name.
    ///
    /// Of a Standard workflow there is one execution of a name, for 90 days: while it runs, the same name with the same input starts
    /// nothing and gives that execution, so the call can be repeated. A name is 1 to 80 characters long.
    ///
    /// ```no_run
    /// # use workflow_runtime::prelude::*;
    /// # struct Greeter;
    /// # #[workflow(start = greet, timeout = "1m")]
    /// # impl Greeter {
    /// #     #[task(timeout = "10s", end)]
    /// #     async fn greet(&self, name: String) -> String { name }
    /// # }
    /// # use workflow_client::{Client, StartError};
    /// # async fn example(client: Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let execution = match client.start_named::<Greeter>("order-7", "Ada".to_owned()).await {
    ///     Err(StartError::NameTaken { name, .. }) => client.execution(&name)?,
    ///     started => started?,
    /// };
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`StartError::NameTaken`] when there is one with another input or one that has ended; otherwise as [`start`](Self::start).
    pub async fn start_named<W: Workflow>(
        &self,
        name: &str,
        input: W::Input,
    ) -> Result<RemoteExecution<W>, StartError> {
        const { assert!(!matches!(W::MODE, Mode::Native), "a `#[workflow(native)]` is never exported: `run` it") };
        let arn = self.machine::<W>()?;
        let input = serde_json::to_string(&input).map_err(StartError::Input)?;
        let call = self.sfn.start_execution().state_machine_arn(&arn).name(name).input(input);
        match call.send().await {
            Ok(started) => Ok(RemoteExecution::new(self.clone(), started.execution_arn)),
            Err(error) => Err(match error.as_service_error() {
                Some(StartExecutionError::ExecutionAlreadyExists(_)) => {
                    StartError::NameTaken { workflow: W::NAME, name: name.to_owned() }
                }
                Some(StartExecutionError::InvalidName(_)) => StartError::InvalidName(name.to_owned()),
                _ => StartError::Service(ServiceError::new("StartExecution", &arn, error)),
            }),
        }
    }

    /// Runs an execution of the Express workflow `W` to its end, which takes up to five minutes: the call is answered then.
    ///
    /// A call whose answer is lost is made again by the SDK, and may run the workflow twice.
    ///
    /// ```no_run
    /// # use workflow_runtime::prelude::*;
    /// # struct Quote;
    /// #[workflow(start = price, timeout = "1m", express)]
    /// impl Quote {
    ///     #[task(timeout = "10s", end)]
    ///     async fn price(&self, pages: u32) -> u32 {
    ///         7 * pages
    ///     }
    /// }
    /// # use workflow_client::Client;
    /// # async fn example(client: Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let cents: u32 = client.start_sync::<Quote>(3).await?.output()?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// A Standard workflow is refused by the compiler, as Step Functions refuses it:
    ///
    /// ```compile_fail
    /// # use workflow_runtime::prelude::*;
    /// # struct Quote;
    /// #[workflow(start = price, timeout = "1m")]
    /// impl Quote {
    ///     #[task(timeout = "10s", end)]
    ///     async fn price(&self, pages: u32) -> u32 {
    ///         7 * pages
    ///     }
    /// }
    /// # use workflow_client::Client;
    /// # async fn example(client: Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let cents: u32 = client.start_sync::<Quote>(3).await?.output()?;
    /// # Ok(())
    /// # }
    /// # // A future in a box is compiled to its end.
    /// # fn main() { let _: fn(Client) -> Box<dyn Future<Output = Result<(), Box<dyn std::error::Error>>>> = |client| Box::new(example(client)); }
    /// ```
    ///
    /// # Errors
    ///
    /// When it is not started. How it ended is in what it gives.
    pub async fn start_sync<W: Workflow>(&self, input: W::Input) -> Result<SyncExecution<W>, StartError> {
        const {
            assert!(matches!(W::MODE, Mode::Express), "only an Express workflow is run synchronously: `start` this one")
        };
        let arn = self.machine::<W>()?;
        let input = serde_json::to_string(&input).map_err(StartError::Input)?;
        let call = self.sfn.start_sync_execution().state_machine_arn(&arn).input(input);
        let refused = |error: SdkError<StartSyncExecutionError, _>| {
            StartError::Service(ServiceError::new("StartSyncExecution", &arn, error))
        };
        call.send().await.map(SyncExecution::new).map_err(refused)
    }

    /// A handle on the execution of the workflow `W` with this name, which may have been started by another program. It is not looked up
    /// yet.
    ///
    /// # Errors
    ///
    /// When it is not known where `W` is.
    pub fn execution<W: Workflow>(&self, name: &str) -> Result<RemoteExecution<W>, StartError> {
        Ok(self.execution_of_arn(execution_arn(&self.machine::<W>()?, name)))
    }

    /// A handle on the execution with this ARN, which is to be one of the workflow `W`. It is not looked up yet.
    pub fn execution_of_arn<W: Workflow>(&self, arn: impl Into<String>) -> RemoteExecution<W> {
        RemoteExecution::new(self.clone(), arn.into())
    }

    fn machine<W: Workflow>(&self) -> Result<String, StartError> {
        self.machines.arn(W::NAME).ok_or(StartError::UnknownWorkflow(W::NAME))
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("machines", &self.machines).finish_non_exhaustive()
    }
}
