//! The example of the README: a service that answers later, polled.

use serde_json::json;
use workflow_model::definition::Definition;
use workflow_model::expr::{BinaryOp, Expr};
use workflow_model::jsonata::{Input, Path, lower, lower_choice};
use workflow_model::shape::{Fields, ShapeRef, Shapes, Tagging};

use crate::build::*;
use crate::support::*;

struct PollService {
    definition: Definition,
    pending: ShapeRef,
    answer: ShapeRef,
    report: ShapeRef,
    failure: ShapeRef,
    text: ShapeRef,
}

fn poll_service() -> PollService {
    let mut shapes = Shapes::new();
    let (text, number) = (shapes.text(), shapes.u32());
    let pending = shapes.record("Pending", vec![field("ticket", text), field("polls", number)]);
    let finished = Fields::Named(vec![field("pages", number), field("polls", number)]);
    let answer = shapes.enumeration(
        "Answer",
        Tagging::Internal { tag: "status" },
        vec![
            variant_of("Running", "running", newtype(pending)),
            variant_of("Finished", "finished", finished),
            variant_of("Refused", "refused", Fields::Named(vec![field("reason", text)])),
        ],
    );
    let report = shapes.record("Report", vec![field("pages", number), field("polls", number)]);
    let mut error = field("error", text);
    error.json = "Error";
    let mut cause = field("cause", text);
    cause.json = "Cause";
    let failure = shapes.record("Failure", vec![error, cause]);
    PollService { definition: definition(shapes), pending, answer, report, failure, text }
}

#[test]
fn an_edge_builds_the_input_of_its_target() {
    let service = poll_service();
    let edge = lambda(["ticket"], record("Pending", [("ticket", local("ticket")), ("polls", int(0))]));
    let result = Input { path: Path::result().field("Payload"), shape: Some(service.text) };
    let template = lower(&service.definition, &edge, &[result], Some(service.pending)).unwrap();
    assert_eq!(template.to_json(), json!({"ticket": "{% $states.result.Payload %}", "polls": 0}));
}

#[test]
fn a_choice_becomes_rules() {
    let service = poll_service();
    let running = || shaped("Running", [("0", bind("pending"))]);
    let done = record("Report", [("pages", local("pages")), ("polls", local("polls"))]);
    let body = matching(
        local("answer"),
        [
            guarded(
                running(),
                binary(path("pending.polls"), BinaryOp::Lt, int(100)),
                goto("wait_for_result", local("pending")),
            ),
            arm(running(), goto("gave_up", local("pending"))),
            arm(shaped("Finished", [("pages", bind("pages")), ("polls", bind("polls"))]), goto("done", done)),
            arm(shaped("Refused", [("reason", bind("reason"))]), goto("refused", local("reason"))),
        ],
    );
    let target_input = |target: &str| match target {
        "done" => Some(service.report),
        "refused" => Some(service.text),
        _ => Some(service.pending),
    };
    let body = lambda(["answer"], body);
    let rules = lower_choice(&service.definition, &body, &input(service.answer), &target_input).unwrap();

    let pending = json!({"ticket": "{% $states.input.ticket %}", "polls": "{% $states.input.polls %}"});
    let found: Vec<_> = rules
        .rules
        .iter()
        .map(|rule| {
            (rule.condition.to_json(), rule.target.state.as_str(), rule.target.payload.as_ref().unwrap().to_json())
        })
        .collect();
    let expected = [
        (
            json!("{% $states.input.status = 'running' and $states.input.polls < 100 %}"),
            "wait_for_result",
            pending.clone(),
        ),
        (json!("{% $states.input.status = 'running' %}"), "gave_up", pending),
        (
            json!("{% $states.input.status = 'finished' %}"),
            "done",
            json!({"pages": "{% $states.input.pages %}", "polls": "{% $states.input.polls %}"}),
        ),
    ];
    assert_eq!(found, expected);
    assert_eq!(rules.default.state, "refused");
    assert_eq!(rules.default.payload.unwrap().to_json(), json!("{% $states.input.reason %}"));
}

#[test]
fn a_cause_is_a_text() {
    let service = poll_service();
    let cause = Expr::Format(vec![words("no answer after "), value(path("input.polls")), words(" polls")]);
    let template = lower_body(&service.definition, cause, service.pending, Some(service.text)).unwrap();
    assert_eq!(template.to_json(), json!("{% 'no answer after ' & $states.input.polls & ' polls' %}"));
    assert_eq!(evaluate(&template, &json!({"ticket": "t", "polls": 100})), json!("no answer after 100 polls"));
}

#[test]
fn a_failure_has_a_message() {
    let service = poll_service();
    let message = lambda(["failure"], method(local("failure"), "message", []));
    let failure = Input { path: Path::error_output(), shape: Some(service.failure) };
    let template = lower(&service.definition, &message, &[failure], Some(service.text)).unwrap().to_json();
    let cases = [
        (json!({"Error": "E", "Cause": ""}), ""),
        (json!({"Error": "E", "Cause": "plain"}), "plain"),
        (json!({"Error": "E", "Cause": "{not JSON"}), "{not JSON"),
        (json!({"Error": "E", "Cause": r#"{"errorMessage":"too \"many\"\n","errorType":"X"}"#}), "too \"many\"\n"),
        (json!({"Error": "E", "Cause": r#"{"errorType": "X", "errorMessage": "\u00e9\\", "trace": []}"#}), "é\\"),
        (json!({"Error": "E", "Cause": r#"{"errorMessage": "", "errorType": "X"}"#}), ""),
        (
            json!({"Error": "E", "Cause": r#"{"Cause": "child", "Status": "FAILED"}"#}),
            r#"{"Cause": "child", "Status": "FAILED"}"#,
        ),
    ];
    for (failure, expected) in cases {
        assert_eq!(evaluate_in(&template, &json!({ "errorOutput": failure })), json!(expected), "{failure}");
    }
}

#[test]
fn a_catcher_may_read_the_input_besides_the_failure() {
    let service = poll_service();
    let body = record("Pending", [("ticket", path("failure.error")), ("polls", path("input.polls"))]);
    let inputs = [Input { path: Path::error_output(), shape: Some(service.failure) }, input(service.pending)];
    let template =
        lower(&service.definition, &lambda(["failure", "input"], body), &inputs, Some(service.pending)).unwrap();
    assert_eq!(
        template.to_json(),
        json!({"ticket": "{% $states.errorOutput.Error %}", "polls": "{% $states.input.polls %}"})
    );
}
