//! Activities: success with heartbeats, and failure.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use workflow_runtime::ActivityTask;
use workflow_runtime::prelude::*;

use crate::compare::{Recorded, native_beside};

#[derive(Clone, Serialize, Deserialize, Data)]
#[serde(rename_all = "PascalCase")]
struct Values {
    value1: String,
}

struct OneActivity;

#[workflow(start = activity_task, timeout = "1h")]
impl OneActivity {
    #[task(activity = "Activity", timeout = "60s", heartbeat = "10s", end)]
    fn activity_task(values: Values) -> Values;
}

/// The recording with the ARN that the activity has natively.
fn recorded(name: &str) -> Recorded {
    Recorded::read(name).with_each(|event| {
        if let Some(details) = event.get_mut("activityScheduledEventDetails") {
            details["resource"] = "arn:aws:states:local:000000000000:activity:Activity".into();
        }
    })
}

#[tokio::test(start_paused = true)]
async fn success_with_heartbeats() {
    let recorded = recorded("activity_heartbeat");
    let input = recorded.input();
    let native = native_beside(OneActivity, &input, |engine| {
        let worker = ActivityWorker::new(&engine, "Activity").name("BASE_ID_ACTIVITY_CONSUMER");
        worker.run(|values: Values, cx: ActivityContext| async move {
            for _ in 0..5 {
                tokio::time::sleep(Duration::from_secs(9)).await;
                cx.heartbeat().await.expect("it is waited for");
            }
            values
        })
    });
    recorded.assert_same(native.await);
}

struct OneActivityWithoutTimes;

/// A native task always has a timeout; that one was recorded without.
#[workflow(start = activity_task, timeout = "1h")]
impl OneActivityWithoutTimes {
    #[task(activity = "Activity", timeout = "60s", end)]
    fn activity_task(values: Values) -> Values;
}

#[tokio::test(start_paused = true)]
async fn failure() {
    let recorded = recorded("activity_failure").with_each(|event| {
        if let Some(Value::Object(details)) = event.get_mut("activityStartedEventDetails") {
            details.remove("workerName");
        }
    });
    let input = recorded.input();
    let native = native_beside(OneActivityWithoutTimes, &input, |engine| async move {
        let task: ActivityTask = engine.activity_task("Activity").await;
        let failure = Failure::new("Programmatic Error", task.input_json());
        engine.fail(task.token(), failure).await.expect("it is waited for");
    });
    recorded.assert_same(native.await);
}
