//! The context object, in expressions and as a task is told it.

use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};
use workflow_runtime::prelude::*;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Data)]
struct Facts {
    id: String,
    name: String,
    start_time: String,
    state: String,
    entered_time: String,
    machine: String,
    machine_name: String,
}

/// Each kind of expression, one behind the other, with a wait in between.
struct Everywhere;

#[workflow(start = rest, timeout = "1h")]
impl Everywhere {
    #[wait(next = |_| look(context.state.name))]
    fn rest(seconds: u64) -> u64 {
        seconds + context.execution.name.len() as u64 - 36
    }

    #[choice]
    fn look(before: String) -> Next<Self> {
        if context.execution.start_time < context.state.entered_time && before == "Rest" {
            gather()
        } else {
            failed(context.state.name)
        }
    }

    #[pass(end)]
    fn gather() -> Facts {
        Facts {
            id: context.execution.id,
            name: context.execution.name,
            start_time: context.execution.start_time,
            state: context.state.name,
            entered_time: context.state.entered_time,
            machine: context.state_machine.id,
            machine_name: context.state_machine.name,
        }
    }

    #[fail(error = "NotYet")]
    fn failed(state: String) -> String {
        format!("{state} at {} of {}", context.state.entered_time, context.state_machine.name)
    }
}

/// The seconds of `2026-11-22T21:55:51.250Z` within its day.
fn second_of_day(time: &str) -> f64 {
    let number =
        |range| time.get(range).and_then(|digits: &str| digits.parse::<f64>().ok()).expect("it has digits there");
    number(11..13) * 3600.0 + number(14..16) * 60.0 + number(17..23)
}

#[tokio::test(start_paused = true)]
async fn expressions_read_it() {
    let engine = Engine::builder().workflow(Everywhere).start().await.unwrap();
    let execution = engine.start::<Everywhere>(90).await.unwrap();
    let facts = execution.output().await.unwrap();
    let id = execution.id();
    assert_eq!((facts.id.as_str(), facts.name.as_str()), (id.arn().as_str(), id.name()));
    assert_eq!((facts.state.as_str(), facts.machine_name.as_str()), ("Gather", "Everywhere"));
    assert_eq!(facts.machine, "arn:aws:states:local:000000000000:stateMachine:Everywhere");
    let waited = second_of_day(&facts.entered_time) - second_of_day(&facts.start_time);
    assert!((waited.rem_euclid(86_400.0) - 90.0).abs() < 0.01, "{facts:?}");
}

#[tokio::test(start_paused = true)]
async fn it_is_there_without_an_engine() {
    let facts = Everywhere.run(1).await.unwrap();
    assert_eq!((facts.name.len(), facts.state.as_str()), (36, "Gather"));
    let error = Everywhere.run(0).await.unwrap_err();
    let failure = error.failure().expect("it fails");
    assert!(failure.cause.starts_with("Look at ") && failure.cause.ends_with("Z of Everywhere"), "{failure:?}");
}

#[derive(Debug, thiserror::Error, TaskError)]
enum Trouble {
    #[error("trouble")]
    Trouble,
}

/// Fails as often as it is told, and is then asked how often that was.
struct Attempts;

#[workflow(start = work, timeout = "1h", output = (u32, u32))]
impl Attempts {
    #[task(timeout = "1m", end = |attempts| (attempts, context.state.retry_count))]
    #[retry(Trouble::Trouble, max_attempts = 3, interval = "1s", backoff_rate = 1.0)]
    #[catch(Trouble::Trouble => |_, failures| gave_up((failures, context.state.retry_count)))]
    async fn work(&self, failures: u32, cx: TaskContext) -> Result<u32, Trouble> {
        if cx.retry_count() < failures { Err(Trouble::Trouble) } else { Ok(cx.retry_count()) }
    }

    #[succeed]
    fn gave_up(counts: (u32, u32));
}

#[tokio::test(start_paused = true)]
async fn retries_are_counted() {
    assert_eq!(Attempts.run(0).await, Ok((0, 0)));
    assert_eq!(Attempts.run(2).await, Ok((2, 2)));
    assert_eq!(Attempts.run(9).await, Ok((9, 3)));
}

/// Tells what its task was told, on its second attempt.
struct Told;

#[workflow(start = rest, timeout = "1h")]
impl Told {
    #[wait("10s", next = tell)]
    fn rest();

    #[task(timeout = "1m", end)]
    #[retry(Trouble::Trouble, interval = "5s")]
    async fn tell(&self, cx: TaskContext) -> Result<(u64, u64), Trouble> {
        if cx.retry_count() == 0 {
            return Err(Trouble::Trouble);
        }
        let since_epoch = |time: SystemTime| time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
        Ok((since_epoch(cx.start_time()), since_epoch(cx.entered_time())))
    }
}

#[tokio::test(start_paused = true)]
async fn a_task_is_told_when_it_all_began() {
    let engine = Engine::builder().workflow(Told).start().await.unwrap();
    let execution = engine.start::<Told>(()).await.unwrap();
    let (started, entered) = execution.output().await.unwrap();
    let started_at = execution.into_any().started().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    assert_eq!(started, started_at.as_secs());
    assert_eq!(Duration::from_secs(entered - started), Duration::from_secs(10));
}

/// Names of the user's own hide the ambient one.
struct Hidden;

#[derive(Clone, Serialize, Deserialize, Data)]
struct Own {
    context: u32,
}

#[workflow(start = add, timeout = "1m", output = u32)]
impl Hidden {
    #[pass(next = |context| double(context))]
    fn add(context: Own) -> Own {
        Own { context: context.context + 1 }
    }

    #[pass(end = |own| own.context)]
    fn double(Own { context }: Own) -> Own {
        let context = context * 2;
        Own { context }
    }
}

#[tokio::test]
async fn names_of_the_users_own_hide_it() {
    assert_eq!(Hidden.run(Own { context: 4 }).await, Ok(10));
}

#[test]
fn it_is_exported_by_its_names_on_aws() {
    let text = workflow_runtime::model::asl::write(&Everywhere::definition()).unwrap();
    for part in [
        r#""start_time": "{% $states.context.Execution.StartTime %}""#,
        r#""machine": "{% $states.context.StateMachine.Id %}""#,
        r#""Output": "{% $states.context.State.Name %}""#,
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    let text = workflow_runtime::model::asl::write(&Attempts::definition()).unwrap();
    assert!(text.contains("$states.context.State.RetryCount"), "{text}");
}
