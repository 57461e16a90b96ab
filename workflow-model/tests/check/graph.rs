//! W01: the graph.

use workflow_model::states::ChildRef;

use crate::sample::{assert_passes, assert_says, machine};

/// The polling workflow of the documentation.
const POLL: &str = "call_service task wait_for_result !refused;
    wait_for_result wait poll_result; poll_result task is_ready;
    is_ready choice wait_for_result gave_up done refused;
    done succeed; gave_up fail; refused fail";

#[test]
fn a_whole_workflow_passes() {
    assert_passes(&machine(POLL));
    assert_passes(&machine("only pass end"));
}

#[test]
fn a_misspelt_target() {
    assert_says(
        &machine(&POLL.replace("poll_result;", "pol_result;")),
        "
        [wait_for_result target 0] W0101: `wait_for_result` leads to `pol_result`, but no state has that name
        help: a state with a similar name exists: `poll_result`
        ",
    );
    assert_says(
        &machine("call task WaitForResult; wait_for_result wait end"),
        "
        [call target 0] W0101: `call` leads to `WaitForResult`, but no state has that name
        help: a state with a similar name exists: `wait_for_result`
        ",
    );
    assert_says(
        &machine("call task !refusd end; refused fail"),
        "
        [call target 0] W0101: `call` leads to `refusd`, but no state has that name
        help: a state with a similar name exists: `refused`
        ",
    );
    assert_says(
        &machine("pick choice done dnoe; done succeed"),
        "
        [pick target 1] W0101: `pick` leads to `dnoe`, but no state has that name
        help: a state with a similar name exists: `done`
        ",
    );
}

#[test]
fn a_target_that_resembles_nothing() {
    assert_says(
        &machine("call task elsewhere; wait_for_result wait done; done succeed"),
        "
        [call target 0] W0101: `call` leads to `elsewhere`, but no state has that name
        help: the states are `call`, `wait_for_result` and `done`
        ",
    );
    let many: String = (0..30).map(|index| format!("; state_{index} succeed")).collect();
    assert_says(&machine(&format!("call task elsewhere{many}")), "
        [call target 0] W0101: `call` leads to `elsewhere`, but no state has that name
        help: the states are `call`, `state_0`, `state_1`, `state_2`, `state_3`, `state_4`, `state_5`, `state_6` and 23 others
        ");
}

/// The misspelt arm is the way out of the cycle, so the states on it are not caught.
#[test]
fn a_misspelt_way_out() {
    assert_says(
        &machine("poll task ready; ready choice pause dnoe; pause wait poll; done succeed"),
        "
        [ready target 1] W0101: `ready` leads to `dnoe`, but no state has that name
        help: a state with a similar name exists: `done`
        ",
    );
}

#[test]
fn an_unreachable_state() {
    assert_says(
        &machine("call task end; forgotten succeed"),
        "
        [forgotten name] W0102: no execution can reach `forgotten`: no other state leads to it
        help: lead to it from `call`, as in `next = forgotten`, or remove it
        ",
    );
    assert_says(
        &machine("ready choice done; done succeed; forgotten pass done"),
        "
        [forgotten name] W0102: no execution can reach `forgotten`: no other state leads to it
        help: lead to it from `ready`, as in `_ => forgotten(…)`, or remove it
        ",
    );
    assert_says(&machine("call succeed; forgotten wait forgotten2; forgotten2 pass end"), "
        [forgotten name] W0102: no execution can reach `forgotten`: no other state leads to it
        help: start there, as in `#[workflow(start = forgotten)]`, or remove it
        help: `forgotten2` is reached as soon as it is
        [forgotten2 name] W0102: no execution can reach `forgotten2`: only `forgotten` leads to it, which is not reached either
        help: it is reached as soon as `forgotten` is
        ");
    assert_says(
        &machine("call task end; lost choice away away; away fail"),
        "
        [lost name] W0102: no execution can reach `lost`: no other state leads to it
        help: lead to it from `call`, as in `next = lost`, or remove it
        help: `away` is reached as soon as it is
        [away name] W0102: no execution can reach `away`: only `lost` leads to it, which is not reached either
        help: it is reached as soon as `lost` is
        ",
    );
}

#[test]
fn an_island() {
    assert_says(
        &machine("call task done; done succeed; left task right; right choice left away; away fail"),
        "
        [left name] W0102: no execution can reach `left`: only `right` leads to it, which is not reached either
        help: lead to it from `call`, as in `next = left`, or remove it
        help: `right` and `away` are reached as soon as it is
        [right name] W0102: no execution can reach `right`: only `left` leads to it, which is not reached either
        help: it is reached as soon as `left` is
        [away name] W0102: no execution can reach `away`: only `right` leads to it, which is not reached either
        help: it is reached as soon as `left` is
        ",
    );
    assert_says(
        &machine("call task end; after pass end; left task right; right choice left after; other wait after"),
        "
        [after name] W0102: no execution can reach `after`: only `right` and `other` lead to it, which are not reached either
        help: it is reached as soon as `other` is
        [left name] W0102: no execution can reach `left`: only `right` leads to it, which is not reached either
        help: lead to it from `call`, as in `next = left`, or remove it
        help: `right` is reached as soon as it is
        [right name] W0102: no execution can reach `right`: only `left` leads to it, which is not reached either
        help: it is reached as soon as `left` is
        [other name] W0102: no execution can reach `other`: no other state leads to it
        help: lead to it from `call`, as in `next = other`, or remove it
        help: `after` is reached as soon as it is
        ",
    );
    assert_says(
        &machine("call task end; again task again !done; done succeed"),
        "
        [again name] W0102: no execution can reach `again`: no other state leads to it
        help: lead to it from `call`, as in `next = again`, or remove it
        help: `done` is reached as soon as it is
        [done name] W0102: no execution can reach `done`: only `again` leads to it, which is not reached either
        help: it is reached as soon as `again` is
        ",
    );
}

#[test]
fn a_trap() {
    assert_says(
        &machine("call task wait; wait wait poll; poll task wait; done succeed"),
        "
        [wait name] W0103: no end can be reached from `wait`: executions go round `wait -> poll -> wait` for ever
        help: let `poll` leave it, with `next = done` or `end`
        help: the same holds for `call`
        [done name] W0102: no execution can reach `done`: no other state leads to it
        help: lead to it from `poll`, as in `next = done`, or remove it
        ",
    );
    assert_says(
        &machine("call task ready; wait wait poll; poll task ready; ready choice wait again; again wait poll"),
        "
        [ready name] W0103: no end can be reached from `ready`: executions go round `ready -> wait -> poll -> ready` for ever
        help: let an arm of `ready` leave it, for a state such as `#[succeed] fn done(…);`
        help: the same holds for `call` and `again`
        ",
    );
    assert_says(
        &machine("call choice left right; left wait left; right wait right"),
        "
        [left name] W0103: no end can be reached from `left`: executions go round `left -> left` for ever
        help: let `left` leave it, with `end`
        [right name] W0103: no end can be reached from `right`: executions go round `right -> right` for ever
        help: let `right` leave it, with `end`
        help: the same holds for `call`
        ",
    );
    assert_says(
        &machine("call wait call; lost wait call"),
        "
        [call name] W0103: no end can be reached from `call`: executions go round `call -> call` for ever
        help: let `call` leave it, with `end`
        [lost name] W0102: no execution can reach `lost`: no other state leads to it
        help: lead to it from `call`, as in `next = lost`, or remove it
        ",
    );
    let long: String = (0..20).map(|index| format!("step_{index} wait step_{}; ", (index + 1) % 20)).collect();
    assert_says(&machine(&long), "
        [step_0 name] W0103: no end can be reached from `step_0`: executions go round `step_0 -> step_1 -> step_2 -> step_3 -> (13 more) -> step_17 -> step_18 -> step_19 -> step_0` for ever
        help: let `step_19` leave it, with `end`
        ");
}

#[test]
fn a_missing_start() {
    assert_says(
        &machine(""),
        "
        [workflow] W0105: the workflow has no states
        help: write one, as in `#[succeed] fn done();`
        ",
    );
    let mut states = machine("call task wait; wait wait done; done succeed");
    states.start = None;
    assert_says(
        &states,
        "
        [workflow] W0105: the workflow does not say in which state it starts
        help: name its first state, as in `#[workflow(start = call)]`
        ",
    );
    states.start = Some("cal".to_owned());
    assert_says(
        &states,
        "
        [workflow start] W0105: the workflow starts in `cal`, but no state has that name
        help: a state with a similar name exists: `call`
        ",
    );
    states.start = Some("begin".to_owned());
    assert_says(
        &states,
        "
        [workflow start] W0105: the workflow starts in `begin`, but no state has that name
        help: the states are `call`, `wait` and `done`
        ",
    );
}

#[test]
fn a_missing_successor() {
    assert_says(
        &machine("call task; wait wait; done succeed"),
        "
        [call kind] W0107: `call` neither leads to a state nor ends the execution
        help: write `next = wait`, or `end` if the execution succeeds with its result
        [wait kind] W0107: `wait` neither leads to a state nor ends the execution
        help: write `next = done`, or `end` if the execution succeeds with its result
        ",
    );
    assert_says(
        &machine("call nested"),
        "
        [call kind] W0107: `call` neither leads to a state nor ends the execution
        help: write `end` if the execution succeeds with its result, or `next` with the state that follows
        ",
    );
    assert_says(
        &machine("ready choice; done succeed"),
        "
        [ready kind] W0107: `ready` neither leads to a state nor ends the execution
        help: end each arm in a state, as in `_ => done(…)`
        ",
    );
    assert_says(
        &machine("ready choice"),
        "
        [ready kind] W0107: `ready` neither leads to a state nor ends the execution
        help: end each arm in a state, as in `_ => done(…)`
        ",
    );
}

#[test]
fn a_workflow_that_always_nests_itself() {
    let nesting = |text: &str| {
        let mut machine = machine(text);
        machine.itself = Some(ChildRef(0));
        machine
    };
    assert_says(
        &nesting("pack task again; again nested sent; sent succeed"),
        "
        [again name] W0103: each way to an end runs `Sample` again, as in `again`: each execution would start another one, for ever
        help: let a `#[choice]` before it lead to an end as well, as in `_ => sent(…)`
        ",
    );
    assert_passes(&nesting("look choice again sent; again nested sent; sent succeed"));
    // Another workflow may come to an end by itself.
    assert_passes(&machine("pack task again; again nested sent; sent succeed"));
}
