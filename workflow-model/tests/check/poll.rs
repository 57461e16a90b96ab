//! W0307 to W0309: polls, and the names of the states that they become.

use std::time::Duration;

use workflow_model::StateMachine;
use workflow_model::machine::{Mode, Next, Transition, TypeRef};
use workflow_model::states::{Poll, StateKind, StatesError};

use crate::sample::{assert_passes, assert_says, machine, retrier, states};

fn seconds(seconds: u64) -> Option<Duration> {
    Some(Duration::from_secs(seconds))
}

/// `work` polls every 10 seconds for a minute, and then leads to `late`; changed by `change`.
fn with_poll(change: impl FnOnce(&mut Poll)) -> StateMachine {
    let mut machine = machine("work task done; done succeed; late fail");
    let to = |target: &str| Transition { target: target.to_owned(), payload: None };
    let mut poll = Poll {
        every: seconds(10),
        deadline: seconds(60),
        timeout: seconds(5),
        takes_context: false,
        output: TypeRef(0),
        retry: Vec::new(),
        catch: Vec::new(),
        next: Next::To(to("done")),
        on_deadline: Some(to("late")),
    };
    change(&mut poll);
    machine.timeout = seconds(3600);
    machine.states[0].kind = StateKind::Poll(poll);
    machine
}

#[test]
fn a_poll_with_all_its_times() {
    assert_passes(&with_poll(|_| ()));
    assert_passes(&with_poll(|poll| (poll.every, poll.deadline) = (seconds(59), seconds(60))));
    assert_passes(&with_poll(|poll| poll.deadline = seconds(3600)));
}

#[test]
fn an_interval_that_is_not_below_the_deadline() {
    assert_says(
        &with_poll(|poll| poll.every = seconds(60)),
        r#"
        [work every] W0307: the poll `work` polls every 1m, which is not below its deadline of 1m: there is one attempt, and no second
        help: poll more often, or for longer, as in `deadline = "10m"`
        "#,
    );
    let mut native = with_poll(|poll| poll.every = seconds(0));
    native.mode = Mode::Native;
    assert_says(
        &native,
        r#"
        [work every] W0307: the poll `work` does not wait between two attempts
        help: write a longer interval, as in `every = "10s"`
        "#,
    );
}

#[test]
fn what_bounds_a_poll_is_written() {
    assert_says(
        &with_poll(|poll| (poll.every, poll.deadline) = (None, None)),
        r#"
        [work kind] W0308: the poll `work` does not say how long it waits between two attempts
        help: write `every = "10s"`
        [work kind] W0308: the poll `work` has no deadline: it would poll for ever where no answer comes
        help: say how long it may poll, as in `deadline = "20m"`
        "#,
    );
}

#[test]
fn a_deadline_beyond_the_workflows_timeout() {
    assert_says(
        &with_poll(|poll| poll.deadline = seconds(3601)),
        r#"
        [work deadline] W0309: the deadline of the poll `work` (1h 1s) is beyond the workflow's timeout (1h), so `late` is never reached
        help: write a shorter one, as in `deadline = "30m"`, or give the workflow more time, as in `timeout = "2h 2s"`
        "#,
    );
}

#[test]
fn a_deadline_beyond_what_an_express_execution_may_take() {
    let mut express = with_poll(|poll| poll.deadline = seconds(301));
    (express.timeout, express.mode) = (None, Mode::Express);
    assert_says(
        &express,
        r#"
        [work deadline] W0309: the deadline of the poll `work` (5m 1s) is beyond what an Express execution may take (5m), so `late` is never reached
        help: write a shorter one, as in `deadline = "2m 30s"`
        "#,
    );
    let mut express = with_poll(|poll| poll.deadline = seconds(300));
    (express.timeout, express.mode) = (None, Mode::Express);
    assert_passes(&express);
}

#[test]
fn a_heartbeat_that_no_poll_sends() {
    let heartbeat = retrier([states(StatesError::HeartbeatTimeout)]);
    assert_says(
        &with_poll(|poll| poll.retry.push(heartbeat)),
        r#"
        [work retrier 0 error 0] W0503: `work` is a poll, which sends no heartbeats, so it never raises `States::HeartbeatTimeout`
        help: take `States::Timeout`, or remove the error
        "#,
    );
}

#[test]
fn a_name_that_the_loop_needs() {
    let mut machine = with_poll(|_| ());
    machine.states[2].asl_name = "WorkReady".to_owned();
    assert_says(
        &machine,
        r#"
        [late name] W0104: `work` and `late` both need the name `WorkReady` in Amazon States Language, where names are unique: the poll `work` becomes several states there
        help: give one of them another name, as in `#[fail(name = "WorkReady2", …)]`
        "#,
    );
    // A poll that does not end the execution becomes no `Succeed`.
    machine.states[2].asl_name = "WorkDone".to_owned();
    assert_passes(&machine);
}
