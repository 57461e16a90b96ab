//! W03: timeouts, heartbeats and waits against each other.

use std::time::Duration;

use workflow_model::machine::Mode;
use workflow_model::states::{StateKind, WaitTime};

use crate::sample::{assert_passes, assert_says, machine, with_task};

fn seconds(seconds: u64) -> Option<Duration> {
    Some(Duration::from_secs(seconds))
}

#[test]
fn a_task_without_a_timeout() {
    let mut states = with_task(|task| task.timeout = None);
    assert_says(
        &states,
        r#"
        [work kind] W0301: `work` has no timeout: Step Functions would wait 99,999,999 seconds for it, which is over three years
        help: say how long one attempt may take, as in `timeout = "30s"`
        "#,
    );
    states.mode = Mode::Native;
    assert_says(
        &states,
        r#"
        [work kind] W0301: `work` has no timeout: an attempt that hangs would never end
        help: say how long one attempt may take, as in `timeout = "30s"`
        "#,
    );
}

#[test]
fn a_heartbeat_that_is_not_below_its_timeout() {
    let with = |heartbeat, timeout| {
        with_task(|task| {
            (task.heartbeat, task.timeout, task.takes_context) = (seconds(heartbeat), seconds(timeout), true)
        })
    };
    assert_says(
        &with(30, 30),
        r#"
        [work heartbeat] W0302: the heartbeat of `work` (30s) is not below its timeout (30s), so it could never expire
        help: write a shorter heartbeat, as in `heartbeat = "15s"`
        "#,
    );
    assert_says(
        &with(90, 30),
        r#"
        [work heartbeat] W0302: the heartbeat of `work` (1m 30s) is not below its timeout (30s), so it could never expire
        help: write a shorter heartbeat, as in `heartbeat = "15s"`
        "#,
    );
    assert_says(
        &with(1, 1),
        r#"
        [work heartbeat] W0302: the heartbeat of `work` (1s) is not below its timeout (1s), so it could never expire
        help: write a longer timeout, as in `timeout = "2s"`
        "#,
    );
    assert_passes(&with(29, 30));
}

#[test]
fn a_heartbeat_that_is_never_sent() {
    assert_says(
        &with_task(|task| task.heartbeat = seconds(10)),
        "
        [work heartbeat] W0304: `work` has a heartbeat but no `TaskContext`, without which it cannot send one
        help: take the context as the last parameter, `cx: TaskContext`, or remove `heartbeat`
        ",
    );
}

#[test]
fn a_wait_without_a_duration() {
    let mut states = machine("pause wait done; done succeed");
    let StateKind::Wait(wait) = &mut states.states[0].kind else { panic!("`pause` waits") };
    wait.time = WaitTime::Missing;
    assert_says(
        &states,
        r#"
        [pause kind] W0305: the wait `pause` does not say how long it takes
        help: write a duration, as in `#[wait("10s", …)]`, or a body that makes the time from the input, as in `-> u64 { input.seconds }`
        "#,
    );
}

#[test]
fn a_workflow_that_takes_too_long() {
    let mut states = machine("call task end");
    states.timeout = seconds(365 * 86_400);
    assert_passes(&states);
    states.timeout = seconds(365 * 86_400 + 1);
    assert_says(
        &states,
        r#"
        [workflow timeout] W0306: the workflow's timeout is 365d 1s, but a Standard execution ends after a year on Step Functions
        help: write `timeout = "365d"` or less
        "#,
    );
    states.mode = Mode::Native;
    assert_passes(&states);
    states.mode = Mode::Express;
    states.timeout = seconds(301);
    assert_says(
        &states,
        r#"
        [workflow timeout] W0306: the workflow's timeout is 5m 1s, but an Express execution ends after 5 minutes on Step Functions
        help: write `timeout = "5m"` or less
        "#,
    );
    states.timeout = seconds(300);
    assert_passes(&states);
}
