//! Which catcher takes which error.

use std::time::Duration;

use serde::{Deserialize, Serialize, Serializer};
use workflow_runtime::prelude::*;

/// What the task is to do.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Data)]
enum Order {
    Answer,
    Refuse,
    Panic,
    TakeLong,
    StaySilent,
    /// Gives what the edge cannot compute with.
    Zero,
}

#[derive(Debug, thiserror::Error, TaskError)]
enum OrderError {
    #[error("refused")]
    Refused,
}

async fn obey(order: Order, context: &TaskContext) -> Result<u32, OrderError> {
    match order {
        Order::Answer => Ok(1),
        Order::Zero => Ok(0),
        Order::Refuse => Err(OrderError::Refused),
        Order::Panic => panic!("on request"),
        Order::StaySilent => std::future::pending().await,
        Order::TakeLong => loop {
            tokio::time::sleep(Duration::from_secs(1)).await;
            context.heartbeat();
        },
    }
}

/// Catchers from the narrowest to the widest.
struct Narrow;

#[workflow(start = call, timeout = "1h")]
impl Narrow {
    #[task(timeout = "20s", heartbeat = "5s", end = |answer| format!("answered {}", 10 / answer))]
    #[catch(OrderError::Refused => |_failure| caught("Refused".to_owned()))]
    #[catch(States::HeartbeatTimeout => |_failure| caught("HeartbeatTimeout".to_owned()))]
    #[catch(States::Timeout => |_failure| caught("Timeout".to_owned()))]
    #[catch(States::TaskFailed => |_failure| caught("TaskFailed".to_owned()))]
    #[catch(States::QueryEvaluationError => |_failure| caught("QueryEvaluationError".to_owned()))]
    #[catch(States::All => |_failure| caught("All".to_owned()))]
    async fn call(&self, order: Order, context: TaskContext) -> Result<u32, OrderError> {
        obey(order, &context).await
    }

    #[succeed]
    fn caught(by: String);
}

#[tokio::test(start_paused = true)]
async fn the_first_catcher_that_names_the_error_takes_it() {
    for (order, expected) in [
        (Order::Answer, "answered 10"),
        (Order::Zero, "QueryEvaluationError"),
        (Order::Refuse, "Refused"),
        (Order::Panic, "TaskFailed"),
        (Order::TakeLong, "Timeout"),
        (Order::StaySilent, "HeartbeatTimeout"),
    ] {
        assert_eq!(Narrow.run(order).await, Ok(expected.to_owned()), "{order:?}");
    }
}

/// The wide catchers alone.
struct Wide;

#[workflow(start = call, timeout = "1h")]
impl Wide {
    #[task(timeout = "20s", heartbeat = "5s", end = |answer| format!("answered {}", 10 / answer))]
    #[catch(States::TaskFailed => |_failure| caught("TaskFailed".to_owned()))]
    #[catch(States::All => |failure| caught(failure.error))]
    async fn call(&self, order: Order, context: TaskContext) -> Result<u32, OrderError> {
        obey(order, &context).await
    }

    #[succeed]
    fn caught(by: String);
}

#[tokio::test(start_paused = true)]
async fn the_wildcards_take_what_they_take_on_aws() {
    for (order, expected) in [
        (Order::Refuse, "TaskFailed"),
        (Order::Panic, "TaskFailed"),
        (Order::TakeLong, "States.Timeout"),
        (Order::StaySilent, "States.Timeout"),
        (Order::Zero, "States.QueryEvaluationError"),
    ] {
        assert_eq!(Wide.run(order).await, Ok(expected.to_owned()), "{order:?}");
    }
}

/// What cannot be written as JSON.
#[derive(Deserialize, Data)]
#[data(opaque)]
struct NotJson;

impl Serialize for NotJson {
    fn serialize<S: Serializer>(&self, _serializer: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom("it is not JSON"))
    }
}

struct Child;

#[workflow(start = take, timeout = "1m")]
impl Child {
    #[task(timeout = "1s", end)]
    async fn take(&self, _not_json: NotJson) -> String {
        "taken".to_owned()
    }
}

struct Fatal {
    child: Child,
}

#[workflow(start = make, timeout = "1h")]
impl Fatal {
    #[task(timeout = "1s", next = delegate)]
    async fn make(&self, _number: u32) -> NotJson {
        NotJson
    }

    #[nested(self.child: Child, next = caught)]
    #[catch(States::All => |failure| caught(failure.error))]
    fn delegate(not_json: NotJson);

    #[succeed]
    fn caught(error: String);
}

#[tokio::test(start_paused = true)]
async fn nothing_catches_states_runtime() {
    let cause = "the input of `Child` is not JSON: it is not JSON";
    let failure = Failure::new("States.Runtime", cause);
    assert_eq!(Fatal { child: Child }.run(1).await, Err(ExecutionError::Failed(failure)));
}

/// A catcher that goes on with the input as well.
struct WithInput;

#[workflow(start = call, timeout = "1h", output = String)]
impl WithInput {
    #[task(timeout = "20s", heartbeat = "5s", next = |answer| told(format!("answered {answer}")))]
    #[retry(OrderError::Refused, max_attempts = 1)]
    #[catch(OrderError::Refused => |failure, order| told(format!("{}: {}", failure.message(), order.is_some())))]
    async fn call(&self, order: Option<Order>, context: TaskContext) -> Result<u32, OrderError> {
        match order {
            Some(order) => obey(order, &context).await,
            None => Err(OrderError::Refused),
        }
    }

    #[succeed]
    fn told(text: String);
}

#[tokio::test(start_paused = true)]
async fn a_catcher_may_take_the_input_too() {
    assert_eq!(WithInput.run(Some(Order::Refuse)).await, Ok("refused: true".to_owned()));
    assert_eq!(WithInput.run(None).await, Ok("refused: false".to_owned()));
    assert_eq!(WithInput.run(Some(Order::Answer)).await, Ok("answered 1".to_owned()));
}
