//! The function's log: what an invocation failed with.
//!
//! Lambda takes the lines as they are. Where the function's logs are JSON, it wants JSON, with the keys by which it filters and CloudWatch
//! searches: <https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html>.

use std::time::SystemTime;

use serde::Serialize;

use crate::clock;
use crate::task_return::Raised;

/// How lines are written.
#[derive(Clone, Copy, Debug)]
pub(super) enum Log {
    Text,
    Json,
}

/// What was invoked.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Subject {
    /// The ARN of the execution.
    pub(super) execution: String,
    /// The task, behind the name of its workflow.
    pub(super) task: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Line<'a> {
    timestamp: String,
    level: &'static str,
    request_id: &'a str,
    error_type: &'a str,
    error_message: &'a str,
    #[serde(flatten)]
    subject: Option<Subject>,
}

impl Log {
    /// As the function is configured.
    pub(super) fn of_environment() -> Self {
        match std::env::var("AWS_LAMBDA_LOG_FORMAT").as_deref() {
            Ok("JSON") => Log::Json,
            _ => Log::Text,
        }
    }

    /// Says that an invocation failed.
    pub(super) fn failed(self, request_id: &str, subject: Option<Subject>, raised: &Raised) {
        match self {
            Log::Text => eprintln!("{raised}"),
            Log::Json => {
                let (error_type, error_message) = (raised.error, raised.message.as_str());
                let timestamp = clock::iso_8601(SystemTime::now());
                let line = Line { timestamp, level: "ERROR", request_id, error_type, error_message, subject };
                eprintln!("{}", serde_json::to_string(&line).expect("a line is strings"));
            }
        }
    }
}
