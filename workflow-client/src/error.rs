//! What goes wrong between here and Step Functions: [`ServiceError`], and the errors of which it is one case.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use aws_runtime::retries::classifiers::{THROTTLING_ERRORS, TRANSIENT_ERRORS};
use aws_sdk_sfn::config::http::HttpResponse;
use aws_sdk_sfn::error::{ProvideErrorMetadata, SdkError};
use workflow_runtime::{ExecutionError, Failure};

/// A call that Step Functions refused, or that did not come through to it.
///
/// Its text says which call it was, on what, and what to do. [`code`](Self::code) is AWS's name of the error.
#[derive(Clone, Debug)]
pub struct ServiceError {
    action: &'static str,
    subject: Arc<str>,
    code: Option<Arc<str>>,
    message: Arc<str>,
    is_transient: bool,
    source: Arc<dyn Error + Send + Sync>,
}

impl ServiceError {
    /// The error of a call of `action` on `subject`, which is an ARN or what else names it.
    pub(crate) fn new<E>(action: &'static str, subject: &str, error: SdkError<E, HttpResponse>) -> Self
    where
        E: ProvideErrorMetadata + Error + Send + Sync + 'static,
    {
        let code: Option<Arc<str>> = error.code().map(Arc::from);
        let message = match error.message() {
            Some(message) => message.into(),
            None => chain(&error).into(),
        };
        let is_transient = is_transient(&error);
        ServiceError { action, subject: subject.into(), code, message, is_transient, source: Arc::new(error) }
    }

    /// The action of Step Functions' API, as in `StartExecution`. The permission that it takes is called `states:` and this.
    pub fn action(&self) -> &'static str {
        self.action
    }

    /// AWS's name of the error, as in `StateMachineDoesNotExist`; `None` when the call did not come through.
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// Whether the same call may succeed later: the service was too busy or the network was away. The SDK has called it several times by
    /// then.
    pub fn is_transient(&self) -> bool {
        self.is_transient
    }

    /// What to do about it.
    fn remedy(&self) -> Option<String> {
        match self.code()? {
            "AccessDeniedException" => Some(format!("allow the caller `states:{}` on it", self.action)),
            "StateMachineDoesNotExist" | "InvalidArn" if self.action.starts_with("Start") => {
                Some("deploy the workflow there, or say where it is with `StateMachines::with`".to_owned())
            }
            "ActivityDoesNotExist" => Some("give the worker the activity's ARN that the deployment put out".to_owned()),
            _ => None,
        }
    }
}

/// What an error says, and what the errors behind it say.
fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        text = format!("{text}: {error}");
        source = error.source();
    }
    text
}

/// The limits on calls at once that only Step Functions has.
const BUSY: &[&str] = &["ActivityWorkerLimitExceeded", "KmsThrottlingException"];

fn is_transient<E: ProvideErrorMetadata>(error: &SdkError<E, HttpResponse>) -> bool {
    match error {
        SdkError::TimeoutError(_) | SdkError::ResponseError(_) => true,
        SdkError::DispatchFailure(failure) => failure.is_io() || failure.is_timeout(),
        SdkError::ServiceError(refusal) => {
            let is_busy = |code| [THROTTLING_ERRORS, TRANSIENT_ERRORS, BUSY].iter().any(|codes| codes.contains(&code));
            refusal.raw().status().is_server_error() || refusal.err().code().is_some_and(is_busy)
        }
        _ => false,
    }
}

impl fmt::Display for ServiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} on `{}` failed", self.action, self.subject)?;
        match &self.code {
            Some(code) => write!(f, " with {code}: {}", self.message)?,
            None => write!(f, ": {}", self.message)?,
        }
        match self.remedy() {
            Some(remedy) => write!(f, "; {remedy}"),
            None => Ok(()),
        }
    }
}

impl Error for ServiceError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.source)
    }
}

/// Why an execution was not started.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// [`StateMachines`](crate::StateMachines) does not know where this workflow is.
    UnknownWorkflow(&'static str),
    /// The input is not JSON.
    Input(serde_json::Error),
    /// `InvalidName`: the name is no name of an execution.
    InvalidName(String),
    /// `ExecutionAlreadyExists`: the workflow has an execution with this name, which was started with another input or has ended.
    NameTaken {
        /// The workflow.
        workflow: &'static str,
        /// The name that is taken.
        name: String,
    },
    /// What Step Functions has to say.
    Service(ServiceError),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StartError::UnknownWorkflow(name) => write!(
                f,
                "nobody said where `{name}` is deployed; add `.with::<{name}>(\"arn:aws:states:…\")` to the client's `StateMachines`"
            ),
            StartError::Input(error) => write!(f, "the input is not JSON: {error}"),
            StartError::InvalidName(name) => write!(
                f,
                "an execution cannot be called `{name}`: its name is 1 to 80 characters long, without spaces, control characters and \
                 any of < > {{ }} [ ] ? * \" # % \\ ^ | ~ ` $ & , ; : /"
            ),
            StartError::NameTaken { workflow, name } => write!(
                f,
                "`{workflow}` has an execution `{name}` already, which was started with another input or has ended; choose another name, \
                 or take that one with `client.execution::<{workflow}>(\"{name}\")`"
            ),
            StartError::Service(error) => error.fmt(f),
        }
    }
}

impl Error for StartError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            StartError::UnknownWorkflow(_) | StartError::InvalidName(_) | StartError::NameTaken { .. } => None,
            StartError::Input(error) => Some(error),
            StartError::Service(error) => Some(error),
        }
    }
}

/// Why there is no output of an execution.
#[derive(Debug)]
pub enum OutputError {
    /// It did not succeed. This is what a native run of the same workflow gives, with the same error and cause.
    Ended(ExecutionError),
    /// Step Functions did not say how it ended. It may go on.
    Service(ServiceError),
}

impl OutputError {
    /// The error and the cause, where the execution failed.
    pub fn failure(&self) -> Option<&Failure> {
        match self {
            OutputError::Ended(error) => error.failure(),
            OutputError::Service(_) => None,
        }
    }
}

impl fmt::Display for OutputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            OutputError::Ended(error) => error.fmt(f),
            OutputError::Service(error) => error.fmt(f),
        }
    }
}

impl Error for OutputError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            OutputError::Ended(error) => Some(error),
            OutputError::Service(error) => Some(error),
        }
    }
}

impl From<ServiceError> for OutputError {
    fn from(error: ServiceError) -> Self {
        OutputError::Service(error)
    }
}

impl From<ExecutionError> for OutputError {
    fn from(error: ExecutionError) -> Self {
        OutputError::Ended(error)
    }
}
