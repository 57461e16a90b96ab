//! How work fails: a [`Failure`] within an execution, an [`ExecutionError`] at its end.

use std::fmt;

use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use workflow_model::shape::{Field, Fields, Presence, Shape, ShapeRef, Shapes, StructShape};
use workflow_model::states::StatesError;

use crate::{Data, NestedExecution, TaskError};

/// The error that a catcher receives: Step Functions' error output, `{"Error": …, "Cause": …}`.
///
/// ```
/// use workflow_runtime::Failure;
///
/// let failure = Failure::of_task("ServiceError.Rejected", "not a document");
/// assert_eq!(failure.cause, r#"{"errorType":"ServiceError.Rejected","errorMessage":"not a document"}"#);
/// assert_eq!(failure.message(), "not a document");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Failure {
    /// The error's name, as in `States.Timeout` or `ServiceError.Rejected`. Empty when a callback was failed without one.
    #[serde(rename = "Error", deserialize_with = "text_or_null")]
    pub error: String,
    /// What is known of it; for a task's own error the JSON that a Lambda function would give. Empty when there is none, as
    /// after a timeout.
    #[serde(rename = "Cause", default, deserialize_with = "text_or_null")]
    pub cause: String,
}

/// As Step Functions writes it: where a callback was failed with neither error nor cause, both are `null`.
impl Serialize for Failure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let error = Some(self.error.as_str()).filter(|error| !error.is_empty());
        let cause = Some(self.cause.as_str()).filter(|cause| error.is_some() || !cause.is_empty());
        let mut fields = serializer.serialize_struct("Failure", 2)?;
        fields.serialize_field("Error", &error)?;
        fields.serialize_field("Cause", &cause)?;
        fields.end()
    }
}

fn text_or_null<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// What a Lambda function says of its error, in the order in which one in Rust says it.
#[derive(Serialize, Deserialize)]
struct LambdaCause<'a> {
    #[serde(rename = "errorType", default)]
    error_type: std::borrow::Cow<'a, str>,
    #[serde(rename = "errorMessage")]
    message: std::borrow::Cow<'a, str>,
}

impl Failure {
    /// A failure with this error and this cause.
    pub fn new(error: impl Into<String>, cause: impl Into<String>) -> Self {
        Failure { error: error.into(), cause: cause.into() }
    }

    /// The failure of a task, with the cause that a Lambda function's error gives on AWS.
    pub fn of_task(error: &str, message: &str) -> Self {
        let cause = LambdaCause { error_type: error.into(), message: message.into() };
        let cause = serde_json::to_string(&cause).expect("two strings are always JSON");
        Failure::new(error, cause)
    }

    /// The `errorMessage` inside the cause where the cause is a Lambda function's, else the cause.
    pub fn message(&self) -> String {
        match serde_json::from_str::<LambdaCause<'_>>(&self.cause) {
            Ok(cause) => cause.message.into_owned(),
            Err(_) => self.cause.clone(),
        }
    }

    /// The nested execution that failed, where the failure is that of a `#[nested]`.
    ///
    /// ```
    /// use workflow_runtime::Failure;
    ///
    /// assert_eq!(Failure::new("States.Timeout", "").nested(), None);
    /// ```
    pub fn nested(&self) -> Option<NestedExecution> {
        serde_json::from_str(&self.cause).ok()
    }

    pub(crate) fn states(error: StatesError, cause: impl Into<String>) -> Self {
        Failure::new(error.asl_name(), cause)
    }
}

/// An error that is sent for a task: its name, and what it says.
impl<E: TaskError> From<E> for Failure {
    fn from(error: E) -> Self {
        Failure::new(error.name(), error.to_string())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.error)?;
        let message = self.message();
        if !message.is_empty() {
            write!(f, ": {message}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Failure {}

impl Data for Failure {
    fn shape(shapes: &mut Shapes) -> ShapeRef {
        shapes.define::<Failure>(|shapes| {
            let shape = String::shape(shapes);
            let nested = NestedExecution::shape(shapes);
            let fields = vec![
                Field { rust: "error", json: "Error", shape, presence: Presence::Always },
                Field { rust: "cause", json: "Cause", shape, presence: Presence::Always },
                // What `nested` gives: it is in no JSON, and its name is no field's.
                Field { rust: "nested()", json: "nested()", shape: nested, presence: Presence::Never },
            ];
            Shape::Struct(StructShape { name: "Failure", fields: Fields::Named(fields) })
        })
    }
}

/// How an execution ended that did not succeed.
///
/// ```
/// use workflow_runtime::{ExecutionError, Failure};
///
/// let error = ExecutionError::Failed(Failure::new("PollLimit", "no answer after 100 polls"));
/// assert_eq!(error.to_string(), "the execution failed with PollLimit: no answer after 100 polls");
/// assert_eq!(ExecutionError::TimedOut.failure(), None);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ExecutionError {
    /// It failed: in a `#[fail]` state, or by an error that nothing caught.
    Failed(Failure),
    /// It took longer than the workflow's timeout. Step Functions gives neither error nor cause then.
    TimedOut,
    /// It was cancelled.
    Aborted(Failure),
    /// It has not ended: the engine stopped before. It goes on when an engine is started on the same store.
    Suspended,
}

impl ExecutionError {
    /// The error and the cause, where the execution failed.
    pub fn failure(&self) -> Option<&Failure> {
        match self {
            ExecutionError::Failed(failure) => Some(failure),
            ExecutionError::Aborted(_) | ExecutionError::TimedOut | ExecutionError::Suspended => None,
        }
    }
}

impl fmt::Display for ExecutionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ExecutionError::Failed(failure) => write!(f, "the execution failed with {failure}"),
            ExecutionError::TimedOut => f.write_str("the execution took longer than its workflow's timeout"),
            ExecutionError::Suspended => f.write_str(
                "the execution has not ended: its engine stopped, and it goes on when an engine is started on the same store",
            ),
            ExecutionError::Aborted(failure) if failure.error.is_empty() => f.write_str("the execution was cancelled"),
            ExecutionError::Aborted(failure) => write!(f, "the execution was cancelled with {failure}"),
        }
    }
}

impl std::error::Error for ExecutionError {}
