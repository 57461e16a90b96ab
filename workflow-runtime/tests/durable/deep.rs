//! Executions within executions within executions.

use workflow_runtime::history::{Event, EventDetail};
use workflow_runtime::prelude::*;
use workflow_runtime::store::Memory;
use workflow_runtime::{ExecutionError, Status};

use crate::{crash, engine};

struct Countdown;

#[workflow(start = look, timeout = "1d", native)]
impl Countdown {
    #[choice]
    fn look(left: u64) -> Next<Self> {
        if left == 0 { done(0) } else { deeper(left) }
    }

    #[nested(self: Self, next = |depth| done(depth + 1))]
    fn deeper(left: u64) -> u64 {
        left - 1
    }

    #[succeed]
    fn done(depth: u64);
}

/// The cause of an execution that failed by itself.
fn unstarted(event: Event) -> Option<String> {
    match event.detail {
        EventDetail::ExecutionFailed { failure } if failure.error == "States.Runtime" => Some(failure.cause.clone()),
        _ => None,
    }
}

/// A stack that overflows would end the process, and the next one that takes the execution up.
#[tokio::test(start_paused = true)]
async fn what_is_too_deep_fails_and_ends_nothing_else() {
    let memory = Memory::new();
    let engine = engine(Countdown, &memory).await;
    let deep = engine.start::<Countdown>(32).await.expect("it starts");
    let deeper = engine.start::<Countdown>(33).await.expect("it starts");
    assert_eq!(deep.output().await, Ok(32));
    let error = deeper.output().await.expect_err("it is too deep");
    // Each cause is within another one, and all of them are as long as on AWS.
    let ExecutionError::Failed(failure) = error else { panic!("{error}") };
    assert!(failure.cause.len() <= 32_768, "{}", failure.cause.len());
    let nested = failure.nested().expect("it describes the nested execution");
    assert_eq!((nested.status, nested.error.as_deref()), (Status::Failed, Some("States.TaskFailed")));
    let executions = engine.executions();
    let innermost = executions
        .iter()
        .filter_map(|execution| execution.history().into_iter().find_map(unstarted))
        .collect::<Vec<_>>();
    assert_eq!(innermost.len(), 1);
    assert!(
        innermost[0].starts_with("this execution of `Countdown` would be nested more than 32 deep"),
        "{innermost:?}"
    );
    assert_eq!(Countdown.run(32).await, Ok(32));
    Countdown.run(33).await.expect_err("it is too deep");
    crash(engine).await;
}
