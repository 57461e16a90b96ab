//! W0104 and W0601: names.

use workflow_model::machine::Mode;

use crate::sample::{assert_passes, assert_says, machine};

#[test]
fn a_name_that_is_used_twice() {
    assert_says(
        &machine("call task done; done succeed; done fail"),
        "
        [done name] W0104: there is more than one state `done`, so a transition to it could mean either
        help: give one of them another name
        ",
    );
}

#[test]
fn an_exported_name_that_is_used_twice() {
    assert_says(
        &machine("call_x task Call_X; Call_X pass end"),
        r#"
        [Call_X name] W0104: `call_x` and `Call_X` are both called `CallX` in Amazon States Language, where names are unique
        help: give one of them another name, as in `#[pass(name = "CallX2", …)]`
        "#,
    );
    let mut states = machine("call task done; done succeed");
    assert_passes(&states);
    states.states[1].asl_name = "Call".to_owned();
    assert_says(
        &states,
        r#"
        [done name] W0104: `call` and `done` are both called `Call` in Amazon States Language, where names are unique
        help: give one of them another name, as in `#[succeed(name = "Call2", …)]`
        "#,
    );
}

#[test]
fn an_exported_name_of_the_wrong_length() {
    let mut states = machine("call task end");
    states.states[0].asl_name = "ü".repeat(80);
    assert_passes(&states);
    states.states[0].asl_name = "ü".repeat(81);
    assert_says(
        &states,
        r#"
        [call name] W0601: the name of `call` in Amazon States Language has 81 characters, but Step Functions takes at most 80
        help: give it another one, as in `#[task(name = "A short name", …)]`
        "#,
    );
    states.states[0].asl_name = String::new();
    assert_says(
        &states,
        r#"
        [call name] W0601: the name of `call` in Amazon States Language is empty
        help: give it another one, as in `#[task(name = "A short name", …)]`
        "#,
    );
}

#[test]
fn a_refused_character() {
    let mut states = machine("call task end");
    states.states[0].asl_name = "Call the service, twice".to_owned();
    assert_passes(&states);
    states.states[0].asl_name = "Call\tservice".to_owned();
    assert_says(
        &states,
        r#"
        [call name] W0601: the name of `call` in Amazon States Language has the control character U+0009 in it, which Step Functions refuses
        help: give it another one, as in `#[task(name = "A short name", …)]`
        "#,
    );
    states.mode = Mode::Native;
    assert_passes(&states);
}

#[test]
fn the_name_of_a_workflow() {
    let mut states = machine("call task end");
    states.name = "Poll:Service".to_owned();
    assert_says(
        &states,
        r#"
        [workflow name] W0601: the name `Poll:Service` of the workflow has ':' in it, which Step Functions refuses
        help: choose a name of at most 80 letters, digits and underscores, as in `name = "PollService"`
        "#,
    );
    states.name = "x".repeat(81);
    assert_says(
        &states,
        r#"
        [workflow name] W0601: the name `xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx` of the workflow has 81 characters, but Step Functions takes at most 80
        help: choose a name of at most 80 letters, digits and underscores, as in `name = "PollService"`
        "#,
    );
    states.mode = Mode::Native;
    assert_passes(&states);
}
