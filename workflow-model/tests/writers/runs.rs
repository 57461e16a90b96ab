//! Executions of the written definitions.

use serde_json::{Value, json};
use workflow_model::{Definition, asl};

use crate::interpreter::{Answer, End, run};
use crate::{poll_service, translate};

fn document(definition: &Definition) -> Value {
    asl::document(definition).expect("the workflow can be exported").into()
}

/// Runs `PollService` on one job. The service answers a ticket, and then each of `polls`.
fn poll(submit: Answer, polls: Vec<Value>) -> (End, Vec<Value>) {
    let mut asked = Vec::new();
    let mut polls = polls.into_iter();
    let mut submit = Some(submit);
    let end = run(&document(&poll_service::definition()), json!({ "document": "a.pdf" }), |arguments| {
        let call = &arguments["Payload"];
        assert_eq!(call["workflow"], "PollService");
        asked.push(json!({ "task": call["task"], "input": call["input"] }));
        match call["task"].as_str() {
            Some("call_service") => submit.take().expect("the job is submitted once"),
            Some("poll_result") => Ok(polls.next().expect("it is polled as often as there are answers")),
            task => panic!("{task:?} is no task of the workflow"),
        }
    });
    (end, asked)
}

#[test]
fn a_service_is_polled_until_it_has_finished() {
    let running = json!({ "status": "running", "ticket": "t1", "polls": 1 });
    let finished = json!({ "status": "finished", "pages": 7, "polls": 2 });
    let (end, asked) = poll(Ok(json!("t1")), vec![running, finished]);
    assert_eq!(end, End::Succeeded(json!({ "pages": 7, "polls": 2 })));
    assert_eq!(
        asked,
        [
            json!({ "task": "call_service", "input": { "document": "a.pdf" } }),
            json!({ "task": "poll_result", "input": { "ticket": "t1", "polls": 0 } }),
            json!({ "task": "poll_result", "input": { "ticket": "t1", "polls": 1 } }),
        ]
    );
}

#[test]
fn polling_is_given_up() {
    let (end, _) = poll(Ok(json!("t1")), vec![json!({ "status": "running", "ticket": "t1", "polls": 100 })]);
    assert_eq!(end, End::Failed { error: "PollLimit".into(), cause: "no answer after 100 polls".into() });
}

#[test]
fn refusals_fail_with_their_reason() {
    let refused = End::Failed { error: "Refused".into(), cause: "too long".into() };
    let (end, _) = poll(Ok(json!("t1")), vec![json!({ "status": "refused", "reason": "too long" })]);
    assert_eq!(end, refused);
    let cause = json!({ "errorMessage": "too long", "errorType": "Rejected" }).to_string();
    let (end, _) = poll(Err(("Rejected", cause)), vec![]);
    assert_eq!(end, refused);
}

/// Runs `TranslateBook` on a book of so many pages. Its nested workflow and its tasks answer in this order.
fn translate_book(pages: u32, answers: Vec<Answer>) -> (End, Vec<Value>) {
    let mut answers = answers.into_iter();
    let mut asked = Vec::new();
    let end = run(&document(&translate::definition()), json!({ "title": "a.pdf", "pages": pages }), |arguments| {
        let payload = arguments.get("Payload").map(|call| &call["input"]);
        asked.push(payload.unwrap_or(&arguments["Input"]).clone());
        answers.next().expect("it asks as often as there are answers")
    });
    (end, asked)
}

#[test]
fn a_nested_workflow_is_told_who_started_it() {
    let report = || Ok(json!({ "pages": 3, "polls": 4 }));
    let (end, asked) = translate_book(3, vec![report(), Ok(Value::Null), Ok(Value::Null), report()]);
    assert_eq!(end, End::Succeeded(json!({ "pages": 3, "delay": 0 })));
    let started_by = ("AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID", "parent");
    assert_eq!(
        asked,
        [
            json!({ "document": "a.pdf", started_by.0: started_by.1 }),
            json!({ "pages": 1, "delay": 0 }),
            Value::Null,
            json!({ started_by.0: started_by.1 }),
        ]
    );
}

#[test]
fn catchers_tell_their_targets_what_they_take() {
    let (end, asked) = translate_book(
        3,
        vec![
            Err(("States.Timeout", String::new())),
            Ok(Value::Null),
            Ok(Value::Null),
            Ok(json!({ "pages": 9, "polls": 1 })),
        ],
    );
    assert_eq!(end, End::Succeeded(json!({ "pages": 9, "delay": 0 })));
    assert_eq!(asked[1], json!({ "pages": 1, "delay": 0 }));
    let (end, _) = translate_book(3, vec![Err(("Oops", "why".into()))]);
    assert_eq!(end, End::Failed { error: "TranslationFailed".into(), cause: "Oops".into() });
}

#[test]
fn a_rule_hands_on_the_input_where_the_default_changes_it() {
    let (end, asked) = translate_book(0, vec![Err(("States.Timeout", String::new()))]);
    assert_eq!(end, End::Succeeded(json!({ "pages": 0, "delay": 0 })));
    assert_eq!(asked.len(), 1);
}
