//! W02: cycles.

use std::time::Duration;

use workflow_model::states::{StateKind, WaitTime};

use crate::sample::{assert_passes, assert_says, machine};

#[test]
fn a_hot_loop() {
    assert_says(
        &machine("ready choice shift done; shift pass ready; done succeed"),
        r#"
        [shift target 0] W0201: `ready -> shift -> ready` is a hot loop: it has neither a wait nor a task, so it spins without doing anything
        help: go back to `ready` through a wait, as in `#[wait("10s", next = ready)]`
        "#,
    );
    assert_says(
        &machine("ready choice ready done; done succeed"),
        r#"
        [ready target 0] W0201: `ready -> ready` is a hot loop: it has neither a wait nor a task, so it spins without doing anything
        help: go back to `ready` through a wait, as in `#[wait("10s", next = ready)]`
        "#,
    );
    assert_passes(&machine("ready choice shift done; shift wait ready; done succeed"));
}

#[test]
fn a_hot_loop_within_a_cycle_that_waits() {
    assert_says(
        &machine("pause wait ready; ready choice pause shift done; shift pass ready; done succeed"),
        r#"
        [shift target 0] W0201: `ready -> shift -> ready` is a hot loop: it has neither a wait nor a task, so it spins without doing anything
        help: go back to `ready` through a wait, as in `#[wait("10s", next = ready)]`
        "#,
    );
}

#[test]
fn a_wait_of_no_length_is_none() {
    let mut states = machine("pause wait ready; ready choice pause done; done succeed");
    assert_passes(&states);
    let StateKind::Wait(wait) = &mut states.states[0].kind else { panic!("`pause` waits") };
    wait.time = WaitTime::Fixed(Duration::ZERO);
    assert_says(
        &states,
        r#"
        [ready target 0] W0201: `pause -> ready -> pause` is a hot loop: it has neither a wait nor a task, so it spins without doing anything
        help: a wait of 0s is none: make `pause` longer, as in `#[wait("10s", …)]`
        "#,
    );
}

#[test]
fn a_cycle_of_tasks() {
    assert_says(
        &machine("fetch task more; more choice fetch done; done succeed"),
        r#"
        [more target 0] W0202: `fetch -> more -> fetch` runs `fetch` again and again without a wait
        help: go back to `fetch` through a wait, as in `#[wait("10s", next = fetch)]`
        help: if each round gets on with the work, as when it fetches the next page, write `#[allow_finding(W0202)]` on `more`
        "#,
    );
    assert_says(
        &machine("fetch task !fetch end"),
        r#"
        [fetch target 0] W0202: `fetch -> fetch` runs `fetch` again and again without a wait
        help: go back to `fetch` through a wait, as in `#[wait("10s", next = fetch)]`
        help: if each round gets on with the work, as when it fetches the next page, write `#[allow_finding(W0202)]` on `fetch`
        "#,
    );
    assert_says(
        &machine("run nested more; more choice run done; done succeed"),
        r#"
        [more target 0] W0202: `run -> more -> run` runs `run` again and again without a wait
        help: go back to `run` through a wait, as in `#[wait("10s", next = run)]`
        help: if each round gets on with the work, as when it fetches the next page, write `#[allow_finding(W0202)]` on `more`
        "#,
    );
    assert_passes(&machine("fetch task more; more choice pause done; pause wait fetch; done succeed"));
}

#[test]
fn a_cycle_that_nothing_bounds() {
    let mut states =
        machine("call task pause; pause wait poll; poll task ready; ready choice pause done; done succeed");
    assert_passes(&states);
    states.timeout = None;
    assert_says(
        &states,
        r#"
        [ready target 0] W0203: nothing bounds `pause -> poll -> ready -> pause`: the workflow has no timeout, so an execution may go round for ever
        help: say how long an execution may take, as in `#[workflow(start = call, timeout = "1h")]`
        "#,
    );
    let mut straight = machine("call task done; done succeed");
    straight.timeout = None;
    assert_passes(&straight);
}

#[test]
fn a_cycle_is_told_from_where_executions_enter_it() {
    assert_says(
        &machine("begin choice far near; far pass third; third choice near done; near pass third; done succeed"),
        "
        [third target 0] W0201: `near -> third -> near` is a hot loop: it has neither a wait nor a task, so it spins without doing anything
        help: go back to `near` through a wait, as in `#[wait(\"10s\", next = near)]`
        ",
    );
}

#[test]
fn one_finding_for_all_the_ways_around() {
    assert_says(
        &machine("a choice b c d; b pass a; c pass b; d choice a b c done; done succeed"),
        r#"
        [b target 0] W0201: `a -> b -> a` is a hot loop: it has neither a wait nor a task, so it spins without doing anything
        help: go back to `a` through a wait, as in `#[wait("10s", next = a)]`
        "#,
    );
}
