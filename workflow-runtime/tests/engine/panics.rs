//! A panic fails its own execution, and nothing else.

use std::time::Duration;

use serde::{Deserialize, Serialize, Serializer};
use workflow_runtime::Status;
use workflow_runtime::prelude::*;

use crate::{engine, types};

/// Where to panic.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Data)]
enum Place {
    Nowhere,
    Task,
    LateInTask,
    Expression,
}

struct Fragile;

#[workflow(start = work, timeout = "1h")]
impl Fragile {
    #[task(timeout = "1m", next = divide)]
    async fn work(&self, place: Place) -> u32 {
        match place {
            Place::Task => panic!("in the task"),
            Place::LateInTask => {
                tokio::time::sleep(Duration::from_secs(1)).await;
                panic!("late in the {}", "task")
            }
            Place::Expression => 0,
            Place::Nowhere => 5,
        }
    }

    #[pass(end)]
    fn divide(divisor: u32) -> u32 {
        10 / divisor
    }
}

#[tokio::test(start_paused = true)]
async fn a_task_that_panics_fails_with_what_it_said() {
    for (place, said) in [(Place::Task, "in the task"), (Place::LateInTask, "late in the task")] {
        let cause = format!(r#"{{"errorType":"Panic","errorMessage":"{said}"}}"#);
        assert_eq!(Fragile.run(place).await, Err(ExecutionError::Failed(Failure::new("Panic", cause))));
    }
}

#[tokio::test(start_paused = true)]
async fn an_expression_that_panics_fails_as_jsonata_would() {
    let engine = engine(Fragile).await;
    let execution = engine.start::<Fragile>(Place::Expression).await.expect("the workflow is known");
    let error = execution.output().await.expect_err("nothing is divided by zero");
    let failure = error.failure().expect("it failed");
    assert_eq!(failure.error, "States.QueryEvaluationError");
    let expected = "An error occurred while executing the state 'Divide' (entered at the event id #7). \
                    The expression specified for the field 'Output' failed: attempt to divide by zero";
    assert_eq!(failure.cause, expected);
    let history = execution.history();
    assert_eq!(types(&history)[6..], ["PassStateEntered", "EvaluationFailed", "ExecutionFailed"]);
}

#[tokio::test(start_paused = true)]
async fn other_executions_go_on() {
    let engine = engine(Fragile).await;
    let mut executions = Vec::new();
    for place in [Place::Nowhere, Place::Task, Place::LateInTask, Place::Expression, Place::Nowhere] {
        executions.push((place, engine.start::<Fragile>(place).await.expect("the workflow is known")));
    }
    for (place, execution) in executions {
        assert_eq!(execution.output().await.ok(), (place == Place::Nowhere).then_some(2), "{place:?}");
    }
    let after = engine.start::<Fragile>(Place::Nowhere).await.expect("the workflow is known");
    assert_eq!(after.output().await, Ok(2));
}

struct Parent {
    child: Fragile,
}

#[workflow(start = delegate, timeout = "2h")]
impl Parent {
    #[nested(self.child: Fragile, next = done)]
    #[catch(States::TaskFailed => |_failure| done(0))]
    fn delegate(place: Place);

    #[succeed]
    fn done(result: u32);
}

#[tokio::test(start_paused = true)]
async fn a_child_that_panics_fails_in_its_parent() {
    let engine = engine(Parent { child: Fragile }).await;
    for place in [Place::Task, Place::Expression] {
        let parent = engine.start::<Parent>(place).await.expect("the workflow is known");
        assert_eq!(parent.output().await, Ok(0));
    }
    let statuses: Vec<_> = engine.executions().iter().map(|execution| execution.status()).collect();
    assert_eq!(statuses, [Status::Succeeded, Status::Failed, Status::Succeeded, Status::Failed]);
}

/// A payload that cannot be written.
#[derive(Clone, Debug, PartialEq, Deserialize, Data)]
#[data(opaque)]
struct Unwritable;

impl Serialize for Unwritable {
    fn serialize<S: Serializer>(&self, _serializer: S) -> Result<S::Ok, S::Error> {
        panic!("it cannot be written")
    }
}

struct Unrecordable;

#[workflow(start = work, timeout = "1h")]
impl Unrecordable {
    #[task(timeout = "1m", next = more)]
    async fn work(&self, _number: u32) -> Unwritable {
        Unwritable
    }

    #[task(timeout = "1m", end)]
    async fn more(&self, _unwritable: Unwritable) -> u32 {
        1
    }
}

#[tokio::test(start_paused = true)]
async fn a_payload_that_panics_when_it_is_recorded_fails_the_execution() {
    assert_eq!(Unrecordable.run(0).await, Ok(1), "in memory nobody writes it");
    let builder = Engine::builder().workflow(Unrecordable).include_execution_data(true);
    let engine = builder.start().await.expect("there is one workflow");
    let execution = engine.start::<Unrecordable>(0).await.expect("the workflow is known");
    let failure = Failure::new("States.Runtime", "the execution panicked: it cannot be written");
    assert_eq!(execution.output().await, Err(ExecutionError::Failed(failure)));
    assert_eq!(execution.status(), Status::Failed);
    assert_eq!(types(&execution.history()).last().map(String::as_str), Some("ExecutionFailed"));
}
