//! A program as the Lambda function behind its tasks, over Lambda's own protocol. Payloads are those of the exported definition.

#![allow(unreachable_pub, reason = "the workflow is written as it would be in a library")]

mod payload;
mod program;
mod runtime_api;

use std::time::Duration;

use serde_json::{Value, json};
use tokio::process::Command;
use workflow_runtime::prelude::*;

use payload::{Context, payload};
use program::{Printed, SendParcel, Told};
use runtime_api::{Answer, Function, Raised};

/// No test: this program as Lambda would start it. See [`function`].
#[test]
fn the_program() {
    if std::env::var_os("AWS_LAMBDA_RUNTIME_API").is_some() {
        program::main();
    }
}

/// This program, started by Lambda.
async fn function() -> Function {
    Function::start(program_of_test()).await
}

fn program_of_test() -> Command {
    let mut program = Command::new(std::env::current_exe().expect("a test knows its own path"));
    program.args(["the_program", "--exact", "--nocapture"]);
    program
}

/// What a task of `SendParcel` is invoked with.
fn of(task: &str, input: Value) -> Value {
    payload(&SendParcel::definition(), task, &input, &Context::default())
}

fn raised(error_type: &str, error_message: &str) -> Answer {
    Err(Raised { error_type: error_type.to_owned(), error_message: error_message.to_owned() })
}

#[tokio::test]
async fn results_are_json_one_after_another() {
    let function = function().await;
    for parcel in ["a book", "two books"] {
        let weighed = function.invoke(&of("weigh", json!(parcel))).await;
        assert_eq!(weighed, Ok(json!(format!("{parcel}, weighed"))));
    }
    assert_eq!(function.invoke(&of("prepare", json!("a book"))).await, Ok(Value::Null));
    assert_eq!(function.end().await.matches("error").count(), 0);
}

#[tokio::test]
async fn errors_have_the_names_that_retriers_and_catchers_know() {
    let function = function().await;
    let exported = serde_json::to_string(&Value::from(
        workflow_runtime::model::asl::document(&SendParcel::definition()).expect("it is exported"),
    ));
    let exported = exported.expect("a definition is JSON");
    for (parcel, error, message) in
        [("a letter", "ScaleError.Busy", "the scale is in use"), ("a piano", "Scale.TooHeavy", "a piano is too heavy")]
    {
        assert_eq!(function.invoke(&of("weigh", json!(parcel))).await, raised(error, message));
        assert!(exported.contains(&format!(r#"["{error}"]"#)), "{error} is not in {exported}");
    }
    // The function lives on, as it does after a panic.
    assert_eq!(function.invoke(&of("weigh", json!("a bomb"))).await, raised("Panic", "a bomb went off"));
    assert_eq!(function.invoke(&of("weigh", json!("a book"))).await, Ok(json!("a book, weighed")));
    let log = function.end().await;
    for line in
        ["ScaleError.Busy: the scale is in use\n", "Scale.TooHeavy: a piano is too heavy\n", "Panic: a bomb went off\n"]
    {
        assert!(log.contains(line), "{log}");
    }
}

#[tokio::test]
async fn branches_of_one_type_are_told_apart() {
    let function = function().await;
    let mut printed = Vec::new();
    for task in ["label.English.print", "label.French.print", "label_all.English.print"] {
        let answer = function.invoke(&of(task, json!("a book"))).await.expect("it is printed");
        printed.push(serde_json::from_value::<Printed>(answer).expect("it was a `Printed`").text);
    }
    assert_eq!(printed, ["a book (English)", "a book (French)", "a book (English)"]);
}

#[tokio::test]
async fn the_context_is_what_the_native_run_tells() {
    let function = function().await;
    let told = async |context: Context, task: &str, input: Value| {
        let answer = function.invoke(&payload(&SendParcel::definition(), task, &input, &context)).await;
        let answer = answer.expect("it succeeds");
        let told = answer.get("value").or(answer.get("told")).expect("it was told").clone();
        serde_json::from_value::<Told>(told).expect("it is a `Told`")
    };
    let attempt = |retry_count| Context { retry_count, poll_count: 3, ..Context::default() };
    let track = |retry_count| told(attempt(retry_count), "track", json!("a book"));
    let [first, second] = [track(0).await, track(1).await];
    let expected = Told {
        execution: "SendParcel:9f0c".to_owned(),
        arn: "arn:aws:states:eu-west-1:123456789012:execution:SendParcel:9f0c".to_owned(),
        state: "Track".to_owned(),
        start_time: 1_795_384_551_250,
        entered_time: 1_795_384_552_125,
        retry_count: 0,
        poll_count: 3,
        polling_since: Some(1_795_384_500_000),
        key: "SendParcel:9f0c:Track:1795384552125".to_owned(),
    };
    assert_eq!(first, expected);
    assert_eq!(second, Told { retry_count: 1, ..expected }, "attempts have the same key");

    // Items are under way side by side, even equal ones: they have keys of their own, and each of its attempts the same.
    let item = |index, retry_count, parcel| {
        let context = Context { item: Some(index), retry_count, ..Context::default() };
        told(context, "label_all.English.print", json!(parcel))
    };
    let keys =
        [item(0, 0, "a book").await, item(0, 1, "a book").await, item(1, 0, "a book").await, item(0, 0, "a pen").await];
    let keys = keys.map(|told| told.key);
    assert_eq!(keys[0], keys[1]);
    assert!(keys[0] != keys[2] && keys[0] != keys[3] && keys[2] != keys[3], "{keys:?}");
    assert!(keys[0].starts_with("SendParcel:9f0c:LabelAll.English.Print:1795384552125:0:"), "{keys:?}");
}

#[tokio::test]
async fn a_poll_answers_as_natively() {
    let function = function().await;
    let context = Context { poll_count: 1, ..Context::default() };
    let track = |parcel: &str| payload(&SendParcel::definition(), "track", &json!(parcel), &context);
    assert_eq!(function.invoke(&track("")).await, Ok(json!({ "status": "PENDING" })));
    let answer = function.invoke(&track("a book")).await.expect("it is there");
    assert_eq!((&answer["status"], &answer["value"]["poll_count"]), (&json!("READY"), &json!(1)));
}

#[tokio::test]
async fn a_callback_is_given_its_token() {
    let function = function().await;
    let hand_over = |token: &str| {
        let context = Context { token: token.to_owned(), ..Context::default() };
        payload(&SendParcel::definition(), "hand_over", &json!("a book"), &context)
    };
    assert_eq!(function.invoke(&hand_over("AQCEAAAAKgAA")).await, Ok(Value::Null));
    assert_eq!(function.invoke(&hand_over("lost")).await, raised("Scale.TooHeavy", "a book is too heavy"));
    let mut without = hand_over("");
    without["context"]["task_token"].take();
    let Err(Raised { error_type, error_message }) = function.invoke(&without).await else { panic!("it needs a token") };
    assert_eq!(error_type, "InvalidPayload");
    assert!(error_message.contains("has no `context.task_token`"), "{error_message}");
    assert!(function.end().await.contains("a book: AQCEAAAAKgAA\n"));
}

#[tokio::test]
async fn a_payload_that_cannot_be_read_says_what_is_known() {
    let function = function().await;
    let with = |key: &str, value: Value| {
        let mut payload = of("weigh", json!("a book"));
        payload[key] = value;
        payload
    };
    let mut elsewhere = of("weigh", json!("a book"));
    elsewhere["context"]["execution"] = json!("an execution");
    let cases = [
        (json!("a book"), "InvalidPayload", "this payload is not one that the export writes (invalid type: string"),
        (json!({ "workflow": "SendParcel" }), "InvalidPayload", "(missing field `task`"),
        (elsewhere, "InvalidPayload", "(`context.execution` is not the ARN of an execution)"),
        (
            with("workflow", json!("Hello")),
            "UnknownTask",
            "no workflow `Hello`, so it cannot run its tasks: it has `SendParcel`;",
        ),
        (with("task", json!("weight")), "UnknownTask", "`SendParcel` has no task `weight`: it has `label.English.…`, "),
        (
            with("task", json!("label.French.burn")),
            "UnknownTask",
            "no task `label.French.burn`: it has `label.French.print`;",
        ),
        (with("task", json!("refused")), "UnknownTask", "no task `refused`: it has "),
        (
            with("input", json!(7)),
            "InvalidInput",
            "`SendParcel.weigh` takes something else than it was given: invalid type: integer `7`",
        ),
    ];
    for (payload, expected, part) in cases {
        let Err(Raised { error_type, error_message }) = function.invoke(&payload).await else { panic!("{payload}") };
        assert_eq!(error_type, expected, "{error_message}");
        assert!(error_message.contains(part) && error_message.contains("from the same version"), "{error_message}");
    }
}

#[tokio::test]
async fn a_task_that_takes_too_long_is_given_up() {
    let function = function().await;
    let late = function.invoke(&of("prepare", json!("something for later"))).await;
    assert_eq!(late, raised("States.Timeout", "`SendParcel.prepare` took longer than its timeout, 1s"));
    assert_eq!(function.invoke(&of("prepare", json!("a book"))).await, Ok(Value::Null));
}

#[tokio::test]
async fn a_function_whose_time_ends_first_says_so() {
    let mut function = function().await;
    // What follows is not the time that it takes to start.
    function.is_idle_after(0).await;
    let limit = Duration::from_millis(500);
    let slow = function.invoke_within(limit, &of("wrap", json!("a slow one"))).await;
    let message = "the function's timeout was over before `SendParcel.wrap` had ended: give the function more time than the task has, 5m";
    assert_eq!(slow, Some(raised("Sandbox.Timedout", message)));
    // Code that never waits cannot be stopped: Lambda ends the program.
    assert_eq!(function.invoke_within(limit, &of("wrap", json!("a stubborn one"))).await, None);
}

#[tokio::test]
async fn what_is_no_json_is_refused_as_any_other_payload() {
    let function = function().await;
    for (payload, why) in [
        (&b""[..], "EOF while parsing"),
        (b"{\"workflow\":", "EOF while parsing"),
        (b"\"\xff\"", "invalid unicode code point"),
        (b"null", "invalid type: null"),
    ] {
        let Err(Raised { error_type, error_message }) = function.invoke_with(payload).await else {
            panic!("{payload:?}")
        };
        assert_eq!(error_type, "InvalidPayload");
        assert!(error_message.contains(why), "{error_message}");
    }
    assert_eq!(function.invoke(&of("weigh", json!("a book"))).await, Ok(json!("a book, weighed")));
}

#[tokio::test]
async fn large_payloads_are_read_and_larger_results_refused() {
    let function = function().await;
    let name = |size: usize| "x".repeat(size);
    let weighed = function.invoke(&of("weigh", json!(name(6_000_000)))).await.expect("Lambda takes as much");
    assert_eq!(weighed.as_str().map(str::len), Some(6_000_000 + ", weighed".len()));
    let message = "`SendParcel.weigh` returned 6300011 bytes of JSON, but Lambda takes 6291456, and Step Functions 262144: put it into S3, \
                   and return its place";
    let refused = function.invoke(&of("weigh", json!(name(6_300_000)))).await;
    assert_eq!(refused, raised("States.DataLimitExceeded", message));
    assert_eq!(function.invoke(&of("weigh", json!("a book"))).await, Ok(json!("a book, weighed")));
}

#[tokio::test]
async fn a_panic_need_not_be_a_text() {
    let function = function().await;
    let panicked = function.invoke(&of("weigh", json!("a riddle"))).await;
    assert_eq!(panicked, raised("Panic", "a panic without a message"));
    assert_eq!(function.invoke(&of("weigh", json!("a book"))).await, Ok(json!("a book, weighed")));
}

#[tokio::test]
async fn a_log_of_json_has_a_line_for_each_failure() {
    let mut program = program_of_test();
    program.env("AWS_LAMBDA_LOG_FORMAT", "JSON");
    let function = Function::start(program).await;
    assert!(function.invoke(&of("weigh", json!("a \"piano\"\n"))).await.is_ok());
    assert!(function.invoke(&of("weigh", json!("a piano"))).await.is_err());
    assert!(function.invoke_with(b"").await.is_err());
    let log = function.end().await;
    let lines: Vec<Value> = log.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let [failed, unread] = &lines[..] else { panic!("{log}") };
    let known = [
        ("level", "ERROR"),
        ("requestId", "invocation-2"),
        ("errorType", "Scale.TooHeavy"),
        ("errorMessage", "a piano is too heavy"),
        ("execution", "arn:aws:states:eu-west-1:123456789012:execution:SendParcel:9f0c"),
        ("task", "SendParcel.weigh"),
    ];
    for (key, value) in known {
        assert_eq!(failed[key], value, "{failed}");
    }
    let timestamp = failed["timestamp"].as_str().expect("it has a time");
    assert!(timestamp.len() == "2026-11-22T21:55:51.250Z".len() && timestamp.ends_with('Z'), "{timestamp}");
    assert_eq!((&unread["errorType"], unread.get("task")), (&json!("InvalidPayload"), None));
}

/// Lambda gives a function some 300 milliseconds to end in. Between two invocations there is nothing to lose.
#[cfg(unix)]
#[tokio::test]
async fn a_function_that_is_asked_to_end_does_so_at_once() {
    use std::os::unix::process::ExitStatusExt;

    let mut function = function().await;
    function.is_idle_after(0).await;
    let begun = std::time::Instant::now();
    assert_eq!(function.shut_down().await.signal(), Some(15));
    assert!(begun.elapsed() < Duration::from_millis(300), "{:?}", begun.elapsed());
}
