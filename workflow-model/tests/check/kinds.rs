//! W0602: kinds of state.

use workflow_model::machine::Mode;

use crate::sample::{assert_passes, assert_says, machine, with_task};

#[test]
fn a_nested_workflow_in_an_express_workflow() {
    let mut states = machine("run nested end");
    states.timeout = None;
    assert_passes(&states);
    states.mode = Mode::Express;
    assert_says(
        &states,
        "
        [run kind] W0602: `run` waits for a nested workflow, which an Express workflow cannot do on Step Functions
        help: write `request_response` to start it and go on, or make this a Standard workflow: remove `express` from `#[workflow(…)]`
        ",
    );
}

#[test]
fn a_callback_and_an_activity_in_an_express_workflow() {
    let mut states = with_task(|task| task.callback = true);
    states.timeout = None;
    assert_passes(&states);
    states.mode = Mode::Express;
    assert_says(
        &states,
        "
        [work callback] W0602: `work` waits for its token, which an Express workflow cannot do on Step Functions
        help: make this a Standard workflow: remove `express` from `#[workflow(…)]`
        ",
    );
    let mut states = with_task(|task| task.activity = Some("Work".to_owned()));
    states.timeout = Some(std::time::Duration::from_secs(60));
    assert_passes(&states);
    states.mode = Mode::Express;
    assert_says(
        &states,
        "
        [work activity] W0602: `work` waits for a worker of an activity, which an Express workflow cannot do on Step Functions
        help: make this a Standard workflow: remove `express` from `#[workflow(…)]`
        ",
    );
}
