//! Executions of Standard workflows.

use std::time::Duration;

use serde_json::Value;
use workflow_client::{OutputError, StartError};
use workflow_runtime::{ExecutionError, Failure, Status, Workflow};

use crate::service::{Answer, Service};
use crate::workflows::{Order, Purchase, Receipt, order};

const ARN: &str = "arn:aws:states:eu-west-1:123456789012:execution:shop-Purchase:order-7";
const MACHINE: &str = "arn:aws:states:eu-west-1:123456789012:stateMachine:shop-Purchase";

fn started() -> Answer {
    Answer::ok(format!(r#"{{"executionArn":"{ARN}","startDate":1.774569600123E9}}"#))
}

/// How `DescribeExecution` answers, with these fields besides those that it always has.
fn described(status: &str, fields: &str) -> Answer {
    Answer::ok(format!(
        r#"{{"executionArn":"{ARN}","stateMachineArn":"{MACHINE}","name":"order-7","status":"{status}",
            "startDate":1.774569600123E9,"input":"{{}}","inputDetails":{{"included":true}},
            "redriveCount":0,"redriveStatus":"NOT_REDRIVABLE"{fields}}}"#
    ))
}

fn running() -> Answer {
    described("RUNNING", "")
}

fn succeeded() -> Answer {
    described("SUCCEEDED", r#","stopDate":1.7745696E9,"output":"{\"cents\":300}","outputDetails":{"included":true}"#)
}

async fn output_of(answers: impl IntoIterator<Item = Answer>) -> (Service, Result<Receipt, OutputError>) {
    let service = Service::new();
    service.will("DescribeExecution", answers);
    let output = service.client().execution::<Purchase>("order-7").expect("it is known").output().await;
    (service, output)
}

#[tokio::test(start_paused = true)]
async fn an_execution_is_started_and_its_output_waited_for_in_growing_intervals() {
    let service = Service::new();
    service.will("StartExecution", [started()]);
    service.will("DescribeExecution", [running(), running(), running(), running(), succeeded()]);
    let client = service.client().poll_interval(Duration::from_secs(2), Duration::from_secs(4));
    let execution = client.start_named::<Purchase>("order-7", order("tea")).await.unwrap();
    assert_eq!(execution.arn(), ARN);
    assert_eq!(execution.output().await.unwrap(), Receipt { cents: 300 });

    let [start] = &service.calls("StartExecution")[..] else { panic!("it is started once") };
    assert_eq!(start.body["stateMachineArn"], MACHINE);
    assert_eq!(start.body["name"], "order-7");
    let input: Order = serde_json::from_str(start.body["input"].as_str().unwrap()).unwrap();
    assert_eq!(input, order("tea"));
    assert_eq!(service.times("DescribeExecution"), [0.0, 2.0, 5.0, 9.0, 13.0]);
    assert!(service.calls("DescribeExecution").iter().all(|call| call.body["executionArn"] == ARN));
}

#[tokio::test(start_paused = true)]
async fn an_execution_without_a_name_gets_one_so_that_the_call_can_be_repeated() {
    let service = Service::new();
    service.will("StartExecution", [started(), started()]);
    let client = service.client();
    for _ in 0..2 {
        client.start::<Purchase>(order("tea")).await.unwrap();
    }
    let calls = service.calls("StartExecution");
    let [one, two] = [&calls[0].body["name"], &calls[1].body["name"]];
    assert_eq!(one.as_str().map(str::len), Some(36));
    assert_ne!(one, two);
}

#[tokio::test(start_paused = true)]
async fn a_failed_execution_gives_the_error_of_a_native_run() {
    let failed = described(
        "FAILED",
        r#","stopDate":1.7745696E9,"error":"ShopError.SoldOut",
            "cause":"{\"errorMessage\":\"there is no coffee\",\"errorType\":\"ShopError.SoldOut\"}""#,
    );
    let (_, output) = output_of([running(), failed]).await;
    let native = Purchase.run(order("coffee")).await.expect_err("there is no coffee");
    let Err(OutputError::Ended(error)) = output else { panic!("it ended: {output:?}") };
    // The order of a cause's fields is nobody's promise.
    let parts = |error: &ExecutionError| {
        let failure = error.failure().expect("it failed");
        (failure.error.clone(), serde_json::from_str::<Value>(&failure.cause).expect("it is a Lambda function's"))
    };
    assert_eq!(parts(&error), parts(&native));
    assert_eq!(error.failure().map(Failure::message).as_deref(), Some("there is no coffee"));
}

#[tokio::test(start_paused = true)]
async fn executions_time_out_and_are_aborted() {
    let (_, output) = output_of([described("TIMED_OUT", r#","stopDate":1.7745696E9"#)]).await;
    assert!(matches!(output, Err(OutputError::Ended(ExecutionError::TimedOut))), "{output:?}");

    let aborted = described("ABORTED", r#","stopDate":1.7745696E9,"error":"Superseded","cause":"a newer order""#);
    let (_, output) = output_of([aborted]).await;
    let Err(OutputError::Ended(ExecutionError::Aborted(reason))) = output else { panic!("{output:?}") };
    assert_eq!(reason, Failure::new("Superseded", "a newer order"));
}

#[tokio::test(start_paused = true)]
async fn an_output_of_another_type_names_the_workflow() {
    let (_, output) = output_of([described("SUCCEEDED", r#","output":"{\"euros\":3}""#)]).await;
    let text = output.expect_err("that is no receipt").to_string();
    let expected = "the execution failed with States.Runtime: the output is not what `Purchase` ends with, so another version of it is \
                    deployed: missing field `cents` at line 1 column 11";
    assert_eq!(text, expected);
}

#[tokio::test(start_paused = true)]
async fn waiting_bears_with_what_passes() {
    let unseen = Answer::error("ExecutionDoesNotExist", "Execution Does Not Exist: 'it'");
    let busy = Answer::error("ThrottlingException", "Rate exceeded");
    // What fails in a row is counted anew after each answer.
    let lost = || std::iter::repeat_n(Answer::lost(), 7);
    let answers =
        [unseen, busy, running()].into_iter().chain(lost()).chain([running()]).chain(lost()).chain([succeeded()]);
    let (service, output) = output_of(answers).await;
    assert_eq!(output.unwrap(), Receipt { cents: 300 });
    assert_eq!(service.times("DescribeExecution").len(), 19);
}

#[tokio::test(start_paused = true)]
async fn waiting_is_given_up_when_nobody_answers() {
    let (service, output) = output_of(std::iter::repeat_n(Answer::lost(), 8)).await;
    let Err(OutputError::Service(error)) = output else { panic!("{output:?}") };
    assert!(error.is_transient() && error.code().is_none(), "{error}");
    assert!(error.to_string().ends_with("connection reset by peer"), "{error}");
    assert_eq!(service.times("DescribeExecution").len(), 8);
}

#[tokio::test(start_paused = true)]
async fn waiting_is_given_up_at_once_when_it_is_not_allowed() {
    let (service, output) = output_of([Answer::error("AccessDeniedException", "no identity-based policy")]).await;
    let expected = format!(
        "DescribeExecution on `{ARN}` failed with AccessDeniedException: no identity-based policy; allow the caller \
         `states:DescribeExecution` on it"
    );
    assert_eq!(output.expect_err("it is denied").to_string(), expected);
    assert_eq!(service.times("DescribeExecution"), [0.0]);
}

#[tokio::test(start_paused = true)]
async fn what_is_not_started_says_why() {
    let service = Service::new();
    let client = service.client();
    let missing = format!("State Machine Does Not Exist: '{MACHINE}'");
    service.will(
        "StartExecution",
        [
            Answer::error("ExecutionAlreadyExists", &format!("Execution Already Exists: '{ARN}'")),
            Answer::error("InvalidName", "Invalid Name: 'a b'"),
            Answer::error("StateMachineDoesNotExist", &missing),
        ],
    );
    let refused = async |name| client.start_named::<Purchase>(name, order("tea")).await.expect_err("it is refused");
    let error = refused("order-7").await;
    assert!(matches!(&error, StartError::NameTaken { workflow: "Purchase", name } if name == "order-7"), "{error:?}");
    assert!(error.to_string().contains("client.execution::<Purchase>(\"order-7\")"), "{error}");
    let error = refused("a b").await;
    assert!(matches!(&error, StartError::InvalidName(name) if name == "a b"), "{error:?}");
    let expected = format!(
        "StartExecution on `{MACHINE}` failed with StateMachineDoesNotExist: {missing}; deploy the workflow there, or say where it is \
         with `StateMachines::with`"
    );
    assert_eq!(refused("order-8").await.to_string(), expected);
}

#[tokio::test(start_paused = true)]
async fn an_execution_is_stopped_with_and_without_a_reason() {
    let service = Service::new();
    let stopped = Answer::ok(r#"{"stopDate":1.7745696E9}"#);
    service.will("StopExecution", [stopped.clone(), stopped]);
    let execution = service.client().execution::<Purchase>("order-7").unwrap();
    execution.stop().await.unwrap();
    execution.stop_with(Failure::new("Superseded", "a newer order")).await.unwrap();
    let calls = service.calls("StopExecution");
    assert_eq!(calls[0].body, serde_json::json!({"executionArn": ARN}));
    let reason = serde_json::json!({"executionArn": ARN, "error": "Superseded", "cause": "a newer order"});
    assert_eq!(calls[1].body, reason);
}

#[tokio::test(start_paused = true)]
async fn status_and_history_are_asked_for() {
    let service = Service::new();
    let event = |id: u32, kind: &str| {
        let previous = id - 1;
        format!(r#"{{"timestamp":1.7745696E9,"type":"{kind}","id":{id},"previousEventId":{previous}}}"#)
    };
    let page = |event: String, rest: &str| Answer::ok(format!(r#"{{"events":[{event}]{rest}}}"#));
    service.will("DescribeExecution", [running(), described("PENDING_REDRIVE", ""), succeeded()]);
    service.will(
        "GetExecutionHistory",
        [page(event(1, "ExecutionStarted"), r#","nextToken":"more""#), page(event(2, "TaskStateEntered"), "")],
    );
    let execution = service.client().execution::<Purchase>("order-7").unwrap();
    assert_eq!(execution.status().await.unwrap(), Status::Running);
    assert_eq!(execution.status().await.unwrap(), Status::Running);
    assert_eq!(execution.status().await.unwrap(), Status::Succeeded);
    let history = execution.history().await.unwrap();
    let kinds: Vec<_> = history.iter().map(|event| event.r#type.as_str()).collect();
    assert_eq!(kinds, ["ExecutionStarted", "TaskStateEntered"]);
    assert_eq!(service.calls("GetExecutionHistory")[1].body["nextToken"], "more");
}

#[tokio::test(start_paused = true)]
async fn calls_may_be_made_from_tasks_of_their_own() {
    let service = Service::new();
    service.will("StartExecution", [started()]);
    service.will("DescribeExecution", [running(), succeeded()]);
    let client = service.client();
    let receipt = tokio::spawn(async move { client.start::<Purchase>(order("tea")).await.unwrap().output().await });
    assert_eq!(receipt.await.unwrap().unwrap(), Receipt { cents: 300 });
}

#[tokio::test(start_paused = true)]
async fn the_sdk_calls_again_under_the_same_name() {
    let service = Service::new();
    service.will("StartExecution", [Answer::error("ThrottlingException", "Rate exceeded"), Answer::lost(), started()]);
    let execution = service.client_that_retries().start::<Purchase>(order("tea")).await.unwrap();
    assert_eq!(execution.arn(), ARN);
    let [first, second, third] = &service.calls("StartExecution")[..] else { panic!("it is called three times") };
    assert!(first.body["name"].as_str().is_some_and(|name| !name.is_empty()));
    assert_eq!((&second.body, &third.body), (&first.body, &first.body));
}

#[tokio::test(start_paused = true)]
async fn what_stays_throttled_may_succeed_later() {
    let service = Service::new();
    service.will("StartExecution", [(); 3].map(|()| Answer::error("ThrottlingException", "Rate exceeded")));
    let refused = service.client_that_retries().start::<Purchase>(order("tea")).await;
    let Err(StartError::Service(error)) = refused else { panic!("it is not started: {refused:?}") };
    assert!(error.is_transient());
    assert_eq!(service.calls("StartExecution").len(), 3);
    assert_eq!(
        error.to_string(),
        format!("StartExecution on `{MACHINE}` failed with ThrottlingException: Rate exceeded")
    );
}
