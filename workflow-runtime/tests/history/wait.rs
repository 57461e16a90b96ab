//! Waits that end at a moment: what has passed is not waited for, and what is no moment fails.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use workflow_runtime::prelude::*;

use crate::compare::{Recorded, native, same};

#[derive(Clone, Serialize, Deserialize, Data)]
#[serde(rename_all = "PascalCase")]
struct Due {
    timestamp_value: String,
}

struct WaitTimestamp;

#[workflow(start = wait_state, timeout = "1h")]
impl WaitTimestamp {
    #[wait(end)]
    fn wait_state(due: Due) -> String {
        due.timestamp_value
    }
}

/// A recording with the timestamp that the execution was given, where the recording only says that there was one.
fn recorded(name: &str, timestamp: &str) -> Recorded {
    Recorded::read(name).with_each(|event| {
        for (details, data) in [
            ("executionStartedEventDetails", "input"),
            ("stateEnteredEventDetails", "input"),
            ("stateExitedEventDetails", "output"),
            ("executionSucceededEventDetails", "output"),
        ] {
            if let Some(data) = event.get_mut(details).and_then(|details| details.get_mut(data)) {
                data["TimestampValue"] = Value::from(timestamp);
            }
        }
    })
}

#[tokio::test(start_paused = true)]
async fn moments_that_have_passed() {
    let begun = tokio::time::Instant::now();
    for (name, timestamp) in
        [("wait_timestamp", "2016-03-14T01:59:00Z"), ("wait_timestamp_nanoseconds", "2016-03-05T21:29:29.243167252Z")]
    {
        same(WaitTimestamp, recorded(name, timestamp)).await;
    }
    assert!(begun.elapsed().is_zero());
}

#[tokio::test(start_paused = true)]
async fn texts_that_are_no_moments() {
    for (name, timestamp) in [
        ("wait_timestamp_invalid_date", "2016-13-05T21:29:29Z"),
        ("wait_timestamp_invalid_iso", "05-12-2016T21:29:29Z"),
        ("wait_timestamp_invalid_time", "2016-12-05T25:29:29Z"),
        ("wait_timestamp_no_t", "2016-12-05 21:29:29Z"),
        ("wait_invalid", "2016-12-05T21:29:29"),
    ] {
        same(WaitTimestamp, recorded(name, timestamp)).await;
        // The comparison leaves out the second sentence of such a cause.
        let events = native(WaitTimestamp, &format!(r#"{{"TimestampValue":"{timestamp}"}}"#)).await;
        let cause = events.last().and_then(|event| event["executionFailedEventDetails"]["cause"].as_str());
        let expected = format!(
            "An error occurred while executing the state 'WaitState' (entered at the event id #2). The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: {timestamp}"
        );
        assert_eq!(cause, Some(expected.as_str()));
    }
}
