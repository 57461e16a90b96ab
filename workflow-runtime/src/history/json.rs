//! Events as JSON, in the form of Step Functions' API.

use std::time::{Duration, SystemTime};

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Value, json};
use workflow_model::states::StatesError;

use super::{Event, EventDetail, Resource};
use crate::Failure;

/// Milliseconds since 1970.
pub(super) fn millis(time: SystemTime) -> u128 {
    time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_millis()
}

impl Serialize for Event {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("timestamp", &seconds(self.timestamp))?;
        map.serialize_entry("type", &self.detail.event_type())?;
        map.serialize_entry("id", &self.id)?;
        map.serialize_entry("previousEventId", &self.previous_event_id)?;
        let (key, details) = self.detail.details();
        map.serialize_entry(key, &details)?;
        map.end()
    }
}

fn seconds(time: SystemTime) -> f64 {
    Duration::from_millis(u64::try_from(millis(time)).unwrap_or(u64::MAX)).as_secs_f64()
}

impl EventDetail {
    /// The key of the details, and the details.
    fn details(&self) -> (&'static str, Value) {
        match self {
            EventDetail::ExecutionStarted { input } => {
                ("executionStartedEventDetails", data("input", input, json!({})))
            }
            EventDetail::ExecutionSucceeded { output } => {
                ("executionSucceededEventDetails", data("output", output, json!({})))
            }
            EventDetail::ExecutionFailed { failure } => ("executionFailedEventDetails", failed(failure, json!({}))),
            EventDetail::ExecutionTimedOut => {
                // The event names an error, though the execution has none.
                ("executionTimedOutEventDetails", json!({ "error": StatesError::Timeout.asl_name() }))
            }
            EventDetail::ExecutionAborted { failure } => ("executionAbortedEventDetails", failed(failure, json!({}))),
            EventDetail::StateEntered { name, input, .. } => {
                ("stateEnteredEventDetails", data("input", input, json!({ "name": name })))
            }
            EventDetail::StateExited { name, output, .. } => {
                ("stateExitedEventDetails", data("output", output, json!({ "name": name })))
            }
            EventDetail::TaskScheduled { resource, timeout, heartbeat } => {
                let mut details = called(*resource);
                details["region"] = json!("local");
                for (key, duration) in [("timeoutInSeconds", timeout), ("heartbeatInSeconds", heartbeat)] {
                    if let Some(duration) = duration {
                        details[key] = json!(duration.as_secs());
                    }
                }
                ("taskScheduledEventDetails", details)
            }
            EventDetail::TaskStarted { resource } => ("taskStartedEventDetails", called(*resource)),
            EventDetail::TaskSubmitted { resource, execution } => {
                let output = json!({ "ExecutionArn": execution.arn() }).to_string();
                ("taskSubmittedEventDetails", data("output", &Some(output), called(*resource)))
            }
            EventDetail::TaskSucceeded { resource, output } => {
                ("taskSucceededEventDetails", data("output", output, called(*resource)))
            }
            EventDetail::TaskFailed { resource, failure } => {
                ("taskFailedEventDetails", failed(failure, called(*resource)))
            }
            EventDetail::TaskTimedOut { resource, failure } => {
                ("taskTimedOutEventDetails", failed(failure, called(*resource)))
            }
            EventDetail::EvaluationFailed { state, location, failure } => {
                ("evaluationFailedEventDetails", failed(failure, json!({ "state": state, "location": location })))
            }
        }
    }
}

/// Adds the JSON of an input or an output, which is a string in the API.
fn data(key: &str, json: &Option<String>, mut details: Value) -> Value {
    if let Some(json) = json {
        details[key] = json!(json);
        details[format!("{key}Details")] = json!({ "truncated": false });
    }
    details
}

/// Adds an error and its cause.
fn failed(failure: &Failure, mut details: Value) -> Value {
    for (key, text) in [("error", &failure.error), ("cause", &failure.cause)] {
        if !text.is_empty() {
            details[key] = json!(text);
        }
    }
    details
}

fn called(resource: Resource) -> Value {
    json!({ "resourceType": resource.resource_type, "resource": resource.resource })
}
