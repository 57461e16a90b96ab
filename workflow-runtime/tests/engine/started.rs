//! Nested executions that are started and left to themselves, and those whose description is the result.

use std::time::Duration;

use tokio::time::sleep;
use workflow_runtime::prelude::*;
use workflow_runtime::{AnyExecution, Status};

use crate::types;

#[derive(Clone)]
struct Print;

#[workflow(start = warm_up, timeout = "5m")]
impl Print {
    #[wait("10s", next = print)]
    fn warm_up(text: String);

    #[task(timeout = "10s", end)]
    async fn print(&self, text: String) -> Result<String, Empty> {
        if text.is_empty() { Err(Empty) } else { Ok(text) }
    }
}

#[derive(Debug, thiserror::Error, TaskError)]
#[error("there is nothing to print")]
#[task_error(name = "Printer.Empty")]
struct Empty;

struct Office {
    print: Print,
}

#[workflow(start = hand_over, timeout = "1m")]
impl Office {
    #[nested(self.print: Print, request_response, next = |started, text: String| go_home((started, text)))]
    fn hand_over(text: String);

    #[wait("1s", next = gone)]
    fn go_home(handed: (StartedExecution, String));

    #[succeed]
    fn gone(handed: (StartedExecution, String));
}

async fn hand_over(text: &str) -> (Engine, Execution<Office>) {
    let engine = crate::engine(Office { print: Print }).await;
    let execution = engine.start::<Office>(text.to_owned()).await.expect("the workflow is known");
    (engine, execution)
}

/// The one execution that the first one started.
fn child(engine: &Engine) -> AnyExecution {
    engine.executions().pop().filter(|child| child.parent().is_some()).expect("there is a child")
}

#[tokio::test(start_paused = true)]
async fn the_parent_goes_on_and_the_child_too() {
    let (engine, office) = hand_over("report").await;
    let (started, _) = office.output().await.expect("it goes home");
    let print = child(&engine);
    assert_eq!((print.parent(), print.status()), (Some(office.id()), Status::Running));
    assert_eq!(started.execution_arn, print.id().arn());
    assert_eq!(print.output_json().await, Ok(r#""report""#.to_owned()));
    assert!(!types(&office.history()).contains(&"TaskSubmitted".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn the_child_outlives_a_cancelled_parent() {
    let (engine, office) = hand_over("report").await;
    sleep(Duration::from_millis(500)).await;
    assert!(office.cancel());
    assert!(matches!(office.output().await, Err(ExecutionError::Aborted(_))));
    assert_eq!(child(&engine).output_json().await, Ok(r#""report""#.to_owned()));
}

#[tokio::test(start_paused = true)]
async fn a_child_that_fails_fails_nobody_else() {
    let (engine, office) = hand_over("").await;
    assert!(office.output().await.is_ok());
    assert!(child(&engine).output_json().await.is_err());
    assert_eq!(office.status(), Status::Succeeded);
}

#[tokio::test(start_paused = true)]
async fn without_data_the_event_still_links_the_child() {
    let engine = Engine::builder().workflow(Office { print: Print }).start().await.expect("there is one workflow");
    let office = engine.start::<Office>("report".to_owned()).await.expect("the workflow is known");
    office.output().await.expect("it goes home");
    let events: Vec<_> = office.history().iter().map(|event| serde_json::to_string(event).expect("JSON")).collect();
    let arn = child(&engine).id().arn();
    assert!(events.iter().any(|event| event.contains("TaskSucceeded") && event.contains(&arn)), "{events:?}");
    assert!(!events.iter().any(|event| event.contains("report")), "{events:?}");
}

#[tokio::test(start_paused = true)]
async fn it_needs_an_engine() {
    let error = Office { print: Print }.run("report".to_owned()).await.expect_err("nobody could run the child");
    let cause = "`Office` starts `Print` and goes on, which needs an engine that outlives it: \
                 start it by `Engine::start` instead of `run`";
    assert_eq!(error, ExecutionError::Failed(Failure::new("States.Runtime", cause)));
}

struct Desk {
    print: Print,
}

#[workflow(start = hand_over, timeout = "10m", output = String)]
impl Desk {
    #[nested(self.print: Print, sync, end = |printed| format!("{} {}", printed.input, printed.output.unwrap_or_default()))]
    #[catch(States::TaskFailed => failed)]
    fn hand_over(text: String);

    #[pass(end)]
    fn failed(failure: Failure) -> String {
        match failure.nested() {
            Some(print) => format!("{} after {}", print.error.unwrap_or_default(), print.input),
            None => failure.message(),
        }
    }
}

#[tokio::test(start_paused = true)]
async fn the_description_of_a_child() {
    let desk = || Desk { print: Print };
    assert_eq!(desk().run("a".to_owned()).await, Ok(r#""a" "a""#.to_owned()));
    assert_eq!(desk().run(String::new()).await, Ok(r#"Printer.Empty after """#.to_owned()));
}

#[tokio::test(start_paused = true)]
async fn a_failure_knows_the_child_it_is_of() {
    let engine = crate::engine(Desk { print: Print }).await;
    engine.start::<Desk>(String::new()).await.expect("it is known").output().await.expect("the failure is caught");
    let print = child(&engine);
    let error = print.output_json().await.expect_err("there was nothing to print");
    let expected = error.failure().expect("it failed").clone();
    let cause = engine.executions()[0].history().iter().find_map(|event| match &event.detail {
        workflow_runtime::history::EventDetail::TaskFailed { failure, .. } => Some(failure.clone()),
        _ => None,
    });
    let nested = cause.expect("the child failed").nested().expect("it is a child's");
    assert_eq!((nested.error, nested.cause), (Some(expected.error), Some(expected.cause)));
    assert_eq!((nested.execution_arn, nested.status), (print.id().arn(), Status::Failed));
    assert_eq!(nested.output, None);
}
