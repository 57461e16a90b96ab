//! What is written in Amazon States Language. `.ci/validate-asl` checks the same files with AWS's rules.

use crate::build::{lambda, state, to_with};
use crate::files::expect_file;
use crate::{poll_service, track_parcel, translate};
use workflow_model::asl::{self, Json, WriteError};
use workflow_model::expr::Expr;
use workflow_model::machine::{Mode, Next, TypeRef};
use workflow_model::shape::Shape;
use workflow_model::states::{Nested, StateKind, Wait, WaitTime};

#[test]
fn a_polling_workflow() {
    expect_file("poll_service.asl.json", &asl::write(&poll_service::definition()).unwrap());
}

#[test]
fn a_nesting_workflow() {
    expect_file("translate_book.asl.json", &asl::write(&translate::definition()).unwrap());
}

#[test]
fn a_workflow_with_polls() {
    expect_file("track_parcel.asl.json", &asl::write(&track_parcel::definition()).unwrap());
}

#[test]
fn the_text_is_the_document() {
    let definition = poll_service::definition();
    let text = asl::write(&definition).unwrap();
    let document: serde_json::Value = asl::document(&definition).unwrap().into();
    assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), document);
}

#[test]
fn states_stand_in_source_order() {
    let definition = poll_service::definition();
    let Json::Object(document) = asl::document(&definition).unwrap() else { panic!("a document is an object") };
    let states = document.members().find(|(key, _)| *key == "States");
    let Some((_, Json::Object(states))) = states else { panic!("a document has states") };
    let names: Vec<_> = states.members().map(|(name, _)| name).collect();
    assert_eq!(names, ["CallService", "WaitForResult", "PollResult", "IsReady", "Done", "GaveUp", "Refused"]);
}

#[test]
fn placeholders_are_sorted_and_each_named_once() {
    let shown = |definition| {
        asl::placeholders(&definition).iter().map(|it| format!("{}: {}", it.name, it.stands_for)).collect::<Vec<_>>()
    };
    assert_eq!(
        shown(poll_service::definition()),
        ["TaskFunctionArn: the ARN of the Lambda function that runs the tasks"]
    );
    assert_eq!(
        shown(translate::definition()),
        [
            "PollServiceStateMachineArn: the ARN of the state machine of `PollService`",
            "TaskFunctionArn: the ARN of the Lambda function that runs the tasks",
        ]
    );
}

#[test]
fn native_workflows_are_not_written() {
    let mut definition = poll_service::definition();
    definition.machine.mode = Mode::Native;
    let error = asl::write(&definition).unwrap_err();
    assert!(matches!(&error, WriteError::Native { workflow } if workflow == "PollService"), "{error}");
}

#[test]
fn what_the_checks_refuse_is_not_written() {
    let mut definition = poll_service::definition();
    definition.machine.states.pop();
    assert_eq!(
        asl::write(&definition).unwrap_err().to_string(),
        "`PollService` cannot be exported before it passes the checks: \
         the state `call_service` goes on to `refused`, which is not a state"
    );
    definition.machine.start = None;
    assert_eq!(
        asl::write(&definition).unwrap_err().to_string(),
        "`PollService` cannot be exported before it passes the checks: it has no state to start at"
    );
    let wait = Wait { time: WaitTime::Fixed(crate::build::seconds(1)), next: Next::Missing };
    definition.machine.states = vec![state("rest", None, StateKind::Wait(wait))];
    definition.machine.start = Some("rest".into());
    assert_eq!(
        asl::write(&definition).unwrap_err().to_string(),
        "`PollService` cannot be exported before it passes the checks: \
         the state `rest` has neither `next` nor `end`"
    );
}

#[test]
fn an_untranslatable_expression_is_named() {
    let mut definition = poll_service::definition();
    let closure = lambda(&[("ticket", 1)], Expr::Constant(0));
    let StateKind::Task(task) = &mut definition.machine.states[0].kind else { panic!("the first state is a task") };
    task.next = to_with("refused", closure);
    let error = asl::write(&definition).unwrap_err().to_string();
    assert!(error.starts_with("the closure of `next` of `PollService::call_service` has no translation"), "{error}");
}

/// The first state of `TranslateBook` with the child's input changed, and what it is given.
fn nested_input(change: impl FnOnce(&mut Nested)) -> String {
    let mut definition = translate::definition();
    let map = definition.shapes.add(Shape::Map(definition.types[1]));
    definition.types.push(map);
    let StateKind::Nested(nested) = &mut definition.machine.states[0].kind else { panic!("the first state nests") };
    change(nested);
    let document: serde_json::Value = asl::document(&definition).expect("the workflow can be exported").into();
    document["States"]["Translate"]["Arguments"]["Input"].to_string()
}

#[test]
fn a_child_is_told_who_started_it_if_its_input_has_room_for_it() {
    let handed_on = nested_input(|nested| (nested.input, nested.input_type) = (None, None));
    let key = r#"{\"AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID\": $states.context.Execution.Id}"#;
    assert_eq!(handed_on, format!("\"{{% $merge([$states.input, {key}]) %}}\""));
    let keys_are_data = nested_input(|nested| (nested.input, nested.input_type) = (None, Some(TypeRef(6))));
    assert_eq!(keys_are_data, r#""{% $states.input %}""#);
}

#[test]
fn texts_do_not_become_templates() {
    let mut definition = poll_service::definition();
    let StateKind::Fail(fail) = &mut definition.machine.states[6].kind else { panic!("the last state fails") };
    fail.error = Some("{% $states.input %}".into());
    let document: serde_json::Value = asl::document(&definition).unwrap().into();
    let error = document["States"]["Refused"]["Error"].as_str().unwrap();
    assert!(error.starts_with("{% '") && error.ends_with("' %}"), "{error}");
}
