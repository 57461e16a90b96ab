//! Events as JSON, in the form of Step Functions' API.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use workflow_model::states::StatesError;

use super::{Event, EventDetail, Resource};
use crate::{ExecutionId, Failure};

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
        if let Some((key, details)) = self.detail.details(self.timestamp) {
            map.serialize_entry(key, &details)?;
        }
        map.end()
    }
}

fn seconds(time: SystemTime) -> f64 {
    Duration::from_millis(u64::try_from(millis(time)).unwrap_or(u64::MAX)).as_secs_f64()
}

/// The details of an event of any kind: each kind has some of these fields.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Details<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    index: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    length: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    map_run_arn: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resource_type: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resource: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    timeout_in_seconds: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    heartbeat_in_seconds: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    worker_name: Option<&'a str>,
    /// JSON, which is a string in the API.
    #[serde(skip_serializing_if = "Option::is_none")]
    input: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    input_details: Option<DataDetails>,
    /// JSON, which is a string in the API.
    #[serde(skip_serializing_if = "Option::is_none")]
    output: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    output_details: Option<DataDetails>,
    /// The values are JSON, which is a string in the API.
    #[serde(skip_serializing_if = "Option::is_none")]
    assigned_variables: Option<&'a BTreeMap<&'static str, String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    assigned_variables_details: Option<DataDetails>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<&'a str>,
}

/// What the API says of an input or an output. None is cut off here.
#[derive(Default, Serialize)]
struct DataDetails {
    truncated: bool,
}

impl<'a> Details<'a> {
    fn named(name: &'a str) -> Self {
        Details { name: Some(name), ..Details::default() }
    }

    fn item(name: &'a str, index: usize) -> Self {
        Details { index: Some(index), ..Details::named(name) }
    }

    fn called(resource: &Resource) -> Self {
        let Resource { resource_type, resource } = *resource;
        Details { resource_type: Some(resource_type), resource: Some(resource.into()), ..Details::default() }
    }

    fn input(self, input: &'a Option<Arc<str>>) -> Self {
        let input_details = input.as_ref().map(|_| DataDetails::default());
        Details { input: input.as_deref(), input_details, ..self }
    }

    fn output(self, output: Option<Cow<'a, str>>) -> Self {
        let output_details = output.as_ref().map(|_| DataDetails::default());
        Details { output, output_details, ..self }
    }

    fn assigned(self, variables: Option<&'a BTreeMap<&'static str, String>>) -> Self {
        let assigned_variables_details = variables.map(|_| DataDetails::default());
        Details { assigned_variables: variables, assigned_variables_details, ..self }
    }

    fn failed(self, failure: &'a Failure) -> Self {
        let some = |text: &'a str| (!text.is_empty()).then_some(text);
        Details { error: some(&failure.error), cause: some(&failure.cause), ..self }
    }
}

impl EventDetail {
    /// The key of the details, and the details. The type of the event may say it all.
    fn details(&self, timestamp: SystemTime) -> Option<(&'static str, Details<'_>)> {
        let none = Details::default();
        Some(match self {
            EventDetail::StateAborted { .. }
            | EventDetail::ParallelStateStarted
            | EventDetail::ParallelStateSucceeded
            | EventDetail::ParallelStateFailed
            | EventDetail::MapStateSucceeded
            | EventDetail::MapStateFailed
            | EventDetail::MapRunSucceeded => return None,
            EventDetail::MapRunStarted { arn } => {
                ("mapRunStartedEventDetails", Details { map_run_arn: Some(arn), ..none })
            }
            EventDetail::MapRunFailed { failure } => ("mapRunFailedEventDetails", none.failed(failure)),
            EventDetail::MapStateStarted { length } => {
                ("mapStateStartedEventDetails", Details { length: Some(*length), ..none })
            }
            EventDetail::MapIterationStarted { name, index } => {
                ("mapIterationStartedEventDetails", Details::item(name, *index))
            }
            EventDetail::MapIterationSucceeded { name, index } => {
                ("mapIterationSucceededEventDetails", Details::item(name, *index))
            }
            EventDetail::MapIterationFailed { name, index } => {
                ("mapIterationFailedEventDetails", Details::item(name, *index))
            }
            EventDetail::MapIterationAborted { name, index } => {
                ("mapIterationAbortedEventDetails", Details::item(name, *index))
            }
            EventDetail::ExecutionStarted { input } => ("executionStartedEventDetails", none.input(input)),
            EventDetail::ExecutionSucceeded { output } => ("executionSucceededEventDetails", none.output(text(output))),
            EventDetail::ExecutionFailed { failure } => ("executionFailedEventDetails", none.failed(failure)),
            EventDetail::ExecutionTimedOut => {
                // The event names an error, though the execution has none.
                let error = Some(StatesError::Timeout.asl_name());
                ("executionTimedOutEventDetails", Details { error, ..none })
            }
            EventDetail::ExecutionAborted { failure } => ("executionAbortedEventDetails", none.failed(failure)),
            EventDetail::StateEntered { name, input, .. } => {
                ("stateEnteredEventDetails", Details::named(name).input(input))
            }
            EventDetail::StateExited { name, output, assigned, .. } => {
                ("stateExitedEventDetails", Details::named(name).output(text(output)).assigned(assigned.as_deref()))
            }
            EventDetail::TaskScheduled { resource, timeout, heartbeat } => {
                let details = Details {
                    region: Some("local"),
                    timeout_in_seconds: timeout.map(|timeout| timeout.as_secs()),
                    heartbeat_in_seconds: heartbeat.map(|heartbeat| heartbeat.as_secs()),
                    ..Details::called(resource)
                };
                ("taskScheduledEventDetails", details)
            }
            EventDetail::TaskStarted { resource } => ("taskStartedEventDetails", Details::called(resource)),
            EventDetail::TaskSubmitted { resource, execution } => {
                let started = |execution: &ExecutionId| {
                    // It was started at the time of the event.
                    let arn = serde_json::Value::from(execution.arn());
                    format!(r#"{{"ExecutionArn":{arn},"StartDate":{}}}"#, millis(timestamp)).into()
                };
                ("taskSubmittedEventDetails", Details::called(resource).output(execution.as_deref().map(started)))
            }
            EventDetail::TaskSucceeded { resource, output } => {
                ("taskSucceededEventDetails", Details::called(resource).output(text(output)))
            }
            EventDetail::TaskFailed { resource, failure } => {
                ("taskFailedEventDetails", Details::called(resource).failed(failure))
            }
            EventDetail::TaskTimedOut { resource, failure } => {
                ("taskTimedOutEventDetails", Details::called(resource).failed(failure))
            }
            EventDetail::ActivityScheduled(task) => {
                let details = Details {
                    resource: Some(activity_arn(task.activity)),
                    timeout_in_seconds: task.timeout.map(|timeout| timeout.as_secs()),
                    heartbeat_in_seconds: task.heartbeat.map(|heartbeat| heartbeat.as_secs()),
                    ..none
                };
                ("activityScheduledEventDetails", details.input(&task.input))
            }
            EventDetail::ActivityStarted { worker_name } => {
                ("activityStartedEventDetails", Details { worker_name: worker_name.as_deref(), ..none })
            }
            EventDetail::ActivitySucceeded { output } => ("activitySucceededEventDetails", none.output(text(output))),
            EventDetail::ActivityFailed { failure } => ("activityFailedEventDetails", none.failed(failure)),
            EventDetail::ActivityTimedOut { failure } => ("activityTimedOutEventDetails", none.failed(failure)),
            EventDetail::EvaluationFailed { state, location, failure } => {
                let details = Details { state: Some(state), location: Some(location), ..none };
                ("evaluationFailedEventDetails", details.failed(failure))
            }
        })
    }
}

/// What an activity is called where AWS has its ARN. Region and account are of no AWS.
fn activity_arn(activity: &str) -> Cow<'static, str> {
    format!("arn:aws:states:local:000000000000:activity:{activity}").into()
}

/// The text of an output.
fn text(json: &Option<Arc<str>>) -> Option<Cow<'_, str>> {
    json.as_deref().map(Cow::Borrowed)
}
