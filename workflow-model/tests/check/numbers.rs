//! W0303: ranges.

use std::time::Duration;

use workflow_model::machine::Mode;
use workflow_model::states::{Backoff, StateKind, StatesError, WaitTime};
use workflow_model::{Code, StateMachine};

use crate::sample::{assert_says_of, machine, retrier, states, with_task};

// What these numbers leave no time for is told by other codes.

#[track_caller]
fn assert_says(machine: &StateMachine, expected: &str) {
    assert_says_of(machine, |code| code == Code::W0303, expected);
}

#[track_caller]
fn assert_passes(machine: &StateMachine) {
    assert_says(machine, "");
}

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn with_timeout(timeout: Duration) -> StateMachine {
    with_task(|task| task.timeout = Some(timeout))
}

fn with_wait(duration: Duration) -> StateMachine {
    let mut states = machine("pause wait done; done succeed");
    let StateKind::Wait(wait) = &mut states.states[0].kind else { panic!("`pause` waits") };
    wait.time = WaitTime::Fixed(duration);
    states
}

fn with_backoff(backoff: Backoff) -> StateMachine {
    with_task(|task| {
        task.retry.push(retrier([states(StatesError::TaskFailed)]));
        task.retry[0].backoff = backoff;
    })
}

fn native(mut machine: StateMachine) -> StateMachine {
    machine.mode = Mode::Native;
    machine
}

#[test]
fn timeouts() {
    assert_says(
        &with_timeout(Duration::ZERO),
        r#"
        [work timeout] W0303: the timeout of `work` is 0s, but Step Functions takes 1s at least
        help: write `timeout = "1s"`
        "#,
    );
    assert_says(
        &with_timeout(Duration::from_millis(1500)),
        r#"
        [work timeout] W0303: the timeout of `work` is 1s 500ms, but Step Functions counts in whole seconds
        help: write `timeout = "2s"`
        help: a workflow that is never exported may count more finely: `#[workflow(native, …)]`
        "#,
    );
    assert_says(
        &with_timeout(seconds(99_999_999)),
        r#"
        [work timeout] W0303: the timeout of `work` is 1157d 9h 46m 39s, but Step Functions takes 99,999,998 seconds at most
        help: write `timeout = "1157d 9h 46m 38s"`
        "#,
    );
    assert_passes(&with_timeout(seconds(1)));
    assert_passes(&with_timeout(seconds(99_999_998)));
    assert_passes(&native(with_timeout(Duration::from_millis(1500))));
}

#[test]
fn heartbeats() {
    let with = |heartbeat| with_task(|task| (task.heartbeat, task.takes_context) = (Some(heartbeat), true));
    assert_says(
        &with(Duration::from_millis(250)),
        r#"
        [work heartbeat] W0303: the heartbeat of `work` is 250ms, but Step Functions counts in whole seconds
        help: write `heartbeat = "1s"`
        help: a workflow that is never exported may count more finely: `#[workflow(native, …)]`
        "#,
    );
    assert_passes(&with(seconds(1)));
    assert_passes(&native(with(Duration::from_millis(250))));
}

#[test]
fn nested_timeouts() {
    let mut states = machine("run nested end");
    assert_passes(&states);
    let StateKind::Nested(nested) = &mut states.states[0].kind else { panic!("`run` is nested") };
    nested.timeout = Some(Duration::ZERO);
    assert_says(
        &states,
        r#"
        [run timeout] W0303: the timeout of `run` is 0s, but Step Functions takes 1s at least
        help: write `timeout = "1s"`
        "#,
    );
}

#[test]
fn waits() {
    assert_says(
        &with_wait(Duration::from_millis(200)),
        r#"
        [pause duration] W0303: the length of `pause` is 200ms, but Step Functions counts in whole seconds
        help: write `#[wait("1s", …)]`
        help: a workflow that is never exported may count more finely: `#[workflow(native, …)]`
        "#,
    );
    assert_says(
        &with_wait(seconds(100_000_000)),
        r#"
        [pause duration] W0303: the length of `pause` is 1157d 9h 46m 40s, but Step Functions takes 99,999,999 seconds at most
        help: write `#[wait("1157d 9h 46m 39s", …)]`
        "#,
    );
    assert_passes(&with_wait(Duration::ZERO));
    assert_passes(&with_wait(seconds(99_999_999)));
    assert_passes(&native(with_wait(Duration::from_millis(200))));
}

#[test]
fn the_timeout_of_a_workflow() {
    let mut states = machine("call task end");
    states.timeout = Some(Duration::from_millis(90_500));
    assert_says(
        &states,
        r#"
        [workflow timeout] W0303: the workflow's timeout is 1m 30s 500ms, but Step Functions counts in whole seconds
        help: write `timeout = "1m 31s"`
        help: a workflow that is never exported may count more finely: `#[workflow(native, …)]`
        "#,
    );
    assert_passes(&native(states));
}

#[test]
fn intervals() {
    let with = |interval| with_backoff(Backoff { interval, ..Backoff::default() });
    assert_says(
        &with(Duration::ZERO),
        r#"
        [work retrier 0 interval] W0303: the `interval` of a retrier of `work` is 0s, but Step Functions takes 1s at least
        help: write `interval = "1s"`
        "#,
    );
    assert_says(
        &with(seconds(100_000_000)),
        r#"
        [work retrier 0 interval] W0303: the `interval` of a retrier of `work` is 1157d 9h 46m 40s, but Step Functions takes 99,999,999 seconds at most
        help: write `interval = "1157d 9h 46m 39s"`
        "#,
    );
    assert_passes(&with(seconds(1)));
    assert_passes(&with(seconds(99_999_999)));
    assert_passes(&native(with(Duration::from_millis(50))));
}

#[test]
fn attempts() {
    let with = |max_attempts| with_backoff(Backoff { max_attempts, ..Backoff::default() });
    assert_says(&with(100_000_000), "
        [work retrier 0 max_attempts] W0303: the `max_attempts` of a retrier of `work` is 100,000,000, but Step Functions takes 99,999,999 at most
        help: write `max_attempts = 99999999` or less
        ");
    assert_passes(&with(0));
    assert_passes(&with(99_999_999));
}

#[test]
fn backoff_rates() {
    let with = |backoff_rate| with_backoff(Backoff { backoff_rate, ..Backoff::default() });
    assert_says(&with(0.5), "
        [work retrier 0 backoff_rate] W0303: the `backoff_rate` of a retrier of `work` is 0.5, but delays cannot shrink: it must be 1.0 or more
        help: write `backoff_rate = 1.0` for delays of equal length
        ");
    assert_says(&native(with(f64::NAN)), "
        [work retrier 0 backoff_rate] W0303: the `backoff_rate` of a retrier of `work` is NaN, but delays cannot shrink: it must be 1.0 or more
        help: write `backoff_rate = 1.0` for delays of equal length
        ");
    assert_says(&with(f64::INFINITY), "
        [work retrier 0 backoff_rate] W0303: the `backoff_rate` of a retrier of `work` is inf, but delays cannot shrink: it must be 1.0 or more
        help: write `backoff_rate = 1.0` for delays of equal length
        ");
    assert_passes(&with(1.0));
}

#[test]
fn longest_delays() {
    let with = |interval, max_delay| {
        with_backoff(Backoff { interval: seconds(interval), max_delay: Some(max_delay), ..Backoff::default() })
    };
    assert_says(
        &with(1, seconds(31_622_401)),
        r#"
        [work retrier 0 max_delay] W0303: the `max_delay` of a retrier of `work` is 366d 1s, but Step Functions takes 31,622,400 seconds at most
        help: write `max_delay = "366d"`
        "#,
    );
    assert_says(
        &with(1, Duration::from_millis(2500)),
        r#"
        [work retrier 0 max_delay] W0303: the `max_delay` of a retrier of `work` is 2s 500ms, but Step Functions counts in whole seconds
        help: write `max_delay = "3s"`
        help: a workflow that is never exported may count more finely: `#[workflow(native, …)]`
        "#,
    );
    assert_says(
        &with(60, seconds(60)),
        r#"
        [work retrier 0 max_delay] W0303: the `max_delay` of a retrier of `work` (1m) is not above its `interval` (1m), so delays never grow
        help: write `max_delay = "2m"`, or `backoff_rate = 1.0` instead of it for delays of equal length
        "#,
    );
    assert_says(
        &native(with(60, seconds(30))),
        r#"
        [work retrier 0 max_delay] W0303: the `max_delay` of a retrier of `work` (30s) is not above its `interval` (1m), so delays never grow
        help: write `max_delay = "2m"`, or `backoff_rate = 1.0` instead of it for delays of equal length
        "#,
    );
    assert_passes(&with(1, seconds(31_622_400)));
    assert_passes(&with(1, seconds(2)));
}
