//! Workers of activities.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::{Instant, sleep};
use workflow_client::{RemoteActivityContext, RemoteActivityWorker, TokenError};

use crate::service::{Answer, Service};
use crate::workflows::{Order, Receipt, ShopError, order};

const ACTIVITY: &str = "arn:aws:states:eu-west-1:123456789012:activity:shop-Pack";

fn task(token: &str, input: &str) -> Answer {
    Answer::ok(json!({"taskToken": token, "input": input}))
}

fn packing(token: &str, item: &str) -> Answer {
    task(token, &serde_json::to_string(&order(item)).expect("an order is JSON"))
}

fn worker(service: &Service) -> RemoteActivityWorker {
    RemoteActivityWorker::new(&service.client(), ACTIVITY)
}

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

async fn pack(order: Order, _cx: RemoteActivityContext) -> Result<Receipt, ShopError> {
    match order.item.as_str() {
        "glass" => panic!("it broke"),
        "tea" => Ok(Receipt { cents: 150 * order.count }),
        _ => Err(ShopError::SoldOut(order.item)),
    }
}

/// Ten seconds of work.
async fn slow(_order: Order, _cx: RemoteActivityContext) -> u32 {
    sleep(seconds(10)).await;
    7
}

/// Work that goes on until nobody waits for it.
async fn beating(_order: Order, cx: RemoteActivityContext) -> u32 {
    assert_eq!(cx.token(), "1");
    while !matches!(cx.heartbeat().await, Err(TokenError::TaskTimedOut)) {
        sleep(seconds(3)).await;
    }
    0
}

fn bodies(service: &Service, action: &str) -> Vec<Value> {
    service.calls(action).into_iter().map(|call| call.body).collect()
}

#[tokio::test(start_paused = true)]
async fn tasks_end_with_what_the_code_gives() {
    let service = Service::new();
    service.will(
        "GetActivityTask",
        [Answer::ok("{}").after(60), packing("1", "tea"), packing("2", "milk"), packing("3", "glass"), task("4", "[]")],
    );
    service.will("SendTaskSuccess", [Answer::ok("{}")]);
    service.will("SendTaskFailure", [Answer::ok("{}"), Answer::ok("{}"), Answer::ok("{}")]);
    worker(&service).name("packer-1").run_until(sleep(seconds(70)), pack).await.unwrap();

    assert_eq!(bodies(&service, "GetActivityTask")[0], json!({"activityArn": ACTIVITY, "workerName": "packer-1"}));
    assert_eq!(bodies(&service, "SendTaskSuccess"), [json!({"taskToken": "1", "output": r#"{"cents":300}"#})]);
    let failures = bodies(&service, "SendTaskFailure");
    assert_eq!(failures[0], json!({"taskToken": "2", "error": "ShopError.SoldOut", "cause": "there is no milk"}));
    assert_eq!(failures[1], json!({"taskToken": "3", "error": "Panic", "cause": "it broke"}));
    assert_eq!((&failures[2]["taskToken"], &failures[2]["error"]), (&json!("4"), &json!("InvalidInput")));
}

#[tokio::test(start_paused = true)]
async fn as_many_tasks_run_at_once_as_the_worker_may() {
    for (concurrency, ends) in [(1, [10.0, 20.0, 30.0]), (2, [10.0, 10.0, 20.0]), (3, [10.0, 10.0, 10.0])] {
        let service = Service::new();
        service.will("GetActivityTask", ["1", "2", "3"].map(|token| packing(token, "tea")));
        service.will("SendTaskSuccess", [(); 3].map(|()| Answer::ok("{}")));
        worker(&service).concurrency(concurrency).run_until(sleep(seconds(40)), slow).await.unwrap();
        assert_eq!(service.times("SendTaskSuccess"), ends, "{concurrency} at once");
    }
}

#[tokio::test(start_paused = true)]
async fn a_worker_that_stops_loses_no_task() {
    let service = Service::new();
    // The second task comes in a call that was open when the worker was stopped.
    service.will("GetActivityTask", [packing("1", "tea"), packing("2", "tea").after(30)]);
    service.will("SendTaskSuccess", [Answer::ok("{}"), Answer::ok("{}")]);
    let began = Instant::now();
    worker(&service).concurrency(2).run_until(sleep(seconds(5)), slow).await.unwrap();
    assert_eq!(service.times("SendTaskSuccess"), [10.0, 40.0]);
    assert_eq!(service.calls("GetActivityTask").len(), 2);
    assert_eq!(began.elapsed(), seconds(40));
}

#[tokio::test(start_paused = true)]
async fn a_worker_with_its_hands_full_stops_when_it_is_done() {
    let service = Service::new();
    service.will("GetActivityTask", [packing("1", "tea")]);
    service.will("SendTaskSuccess", [Answer::ok("{}")]);
    worker(&service).run_until(sleep(seconds(5)), slow).await.unwrap();
    assert_eq!(service.times("SendTaskSuccess"), [10.0]);
    assert_eq!(service.calls("GetActivityTask").len(), 1);
}

#[tokio::test(start_paused = true)]
async fn heartbeats_are_sent_and_say_when_the_work_is_for_nothing() {
    let service = Service::new();
    service.will("GetActivityTask", [packing("1", "tea")]);
    service.will("SendTaskHeartbeat", [Answer::ok("{}"), Answer::error("TaskTimedOut", "Task Timed Out")]);
    service.will("SendTaskSuccess", [Answer::error("TaskTimedOut", "Task Timed Out")]);
    worker(&service).run_until(sleep(seconds(50)), beating).await.unwrap();
    assert_eq!(service.times("SendTaskHeartbeat"), [0.0, 3.0]);
    // It went on to the next task.
    assert_eq!(service.calls("GetActivityTask").len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_worker_waits_while_the_service_is_busy_or_away() {
    let service = Service::new();
    let busy = Answer::error("ActivityWorkerLimitExceeded", "too many workers");
    service.will("GetActivityTask", [Answer::lost(), busy, Answer::error("ThrottlingException", "Rate exceeded")]);
    service.will("GetActivityTask", [packing("1", "tea")]);
    service.will("SendTaskSuccess", [Answer::lost(), Answer::error("ThrottlingException", "Rate"), Answer::ok("{}")]);
    worker(&service).run_until(sleep(seconds(20)), pack).await.unwrap();
    assert_eq!(service.times("GetActivityTask")[..4], [0.0, 1.0, 2.5, 4.8]);
    assert_eq!(service.times("SendTaskSuccess"), [4.8, 5.8, 7.3]);
}

#[tokio::test(start_paused = true)]
async fn a_worker_ends_when_it_is_refused_and_finishes_what_it_has() {
    let service = Service::new();
    let missing = Answer::error("ActivityDoesNotExist", "Activity Does Not Exist");
    service.will("GetActivityTask", [packing("1", "tea"), missing]);
    service.will("SendTaskSuccess", [Answer::ok("{}")]);
    let error = worker(&service).concurrency(2).run(slow).await.expect_err("there is no such activity");
    let expected = format!(
        "GetActivityTask on `{ACTIVITY}` failed with ActivityDoesNotExist: Activity Does Not Exist; give the worker the activity's ARN \
         that the deployment put out"
    );
    assert_eq!(error.to_string(), expected);
    assert_eq!(service.times("SendTaskSuccess"), [10.0]);
}

#[tokio::test(start_paused = true)]
async fn a_worker_that_may_not_answer_says_so() {
    // At work, and while it finishes what it has.
    for stop in [1_000, 5] {
        let service = Service::new();
        service.will("GetActivityTask", [packing("1", "tea")]);
        service.will("SendTaskSuccess", [Answer::error("AccessDeniedException", "no identity-based policy")]);
        let error = worker(&service).run_until(sleep(seconds(stop)), slow).await.expect_err("it is denied");
        assert_eq!((error.action(), error.code()), ("SendTaskSuccess", Some("AccessDeniedException")));
        assert_eq!(service.times("SendTaskSuccess"), [10.0]);
    }
}

#[tokio::test(start_paused = true)]
async fn a_result_that_is_not_taken_fails_the_task() {
    let service = Service::new();
    service.will("GetActivityTask", [packing("1", "tea")]);
    service.will("SendTaskSuccess", [Answer::error("InvalidOutput", "it is too long")]);
    service.will("SendTaskFailure", [Answer::ok("{}")]);
    worker(&service).run_until(sleep(seconds(1)), pack).await.unwrap();
    let [failure] = &bodies(&service, "SendTaskFailure")[..] else { panic!("it is told once") };
    assert_eq!(failure["error"], "InvalidOutput");
    assert!(failure["cause"].as_str().is_some_and(|cause| cause.ends_with("it is too long")), "{failure}");
}
