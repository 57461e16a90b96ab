//! W0602: kinds of state.

use workflow_model::machine::Mode;

use crate::sample::{assert_passes, assert_says, machine};

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
