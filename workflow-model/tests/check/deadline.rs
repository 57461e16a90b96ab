//! W0310 to W0314: what the workflow's timeout leaves no time for.

use std::time::Duration;

use workflow_model::StateMachine;
use workflow_model::machine::Mode;
use workflow_model::states::{Backoff, Jitter, StateKind, StatesError, WaitTime};

use crate::sample::{assert_passes, assert_says, machine, retrier, states, with_task};

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// Waits of these lengths, in order, on the way to `done`.
fn waits(text: &str, times: &[u64]) -> StateMachine {
    let mut states = machine(text);
    let waits = states.states.iter_mut().filter_map(|state| match &mut state.kind {
        StateKind::Wait(wait) => Some(wait),
        _ => None,
    });
    waits.zip(times).for_each(|(wait, &time)| wait.time = WaitTime::Fixed(seconds(time)));
    states
}

fn with_retrier(error: StatesError, backoff: Backoff) -> StateMachine {
    with_task(|task| {
        task.retry.push(retrier([states(error)]));
        task.retry[0].backoff = backoff;
    })
}

#[test]
fn a_timeout_beyond_that_of_the_workflow() {
    assert_says(
        &with_task(|task| task.timeout = Some(seconds(3601))),
        r#"
        [work timeout] W0312: the timeout of `work` (1h 1s) is beyond the workflow's timeout (1h), so it can never expire
        help: write `timeout = "1h"` on `work`, or give the workflow more time: `timeout = "1h 1s"`
        help: if the workflow's timeout is meant to cut it short, write `#[allow_finding(W0312)]` on `work`
        "#,
    );
    let mut states = with_task(|task| task.timeout = Some(seconds(3600)));
    assert_passes(&states);
    (states.mode, states.timeout) = (Mode::Express, None);
    assert_says(
        &states,
        r#"
        [work timeout] W0312: the timeout of `work` (1h) is beyond what Step Functions lets an execution take (5m), so it can never expire
        help: write `timeout = "5m"` on `work`
        help: if the workflow's timeout is meant to cut it short, write `#[allow_finding(W0312)]` on `work`
        "#,
    );
}

#[test]
fn a_wait_beyond_the_timeout_of_the_workflow() {
    assert_says(
        &waits("dry wait done; done succeed", &[7200]),
        r#"
        [dry duration] W0310: `dry` waits 2h, which is beyond the workflow's timeout (1h), so what follows it is never reached
        help: write `#[wait("1h", …)]` or less, or give the workflow more time: `timeout = "2h"`
        "#,
    );
    assert_passes(&waits("dry wait done; done succeed", &[3600]));
}

#[test]
fn retries_that_come_too_late() {
    assert_says(
        &with_retrier(StatesError::TaskFailed, Backoff { max_attempts: 12, ..Backoff::default() }),
        r#"
        [work retrier 0 max_attempts] W0311: a retrier of `work` comes to its last retry after 1s + 2s + 4s + 8s + … + 34m 8s = 1h 8m 15s at the earliest, which is beyond the workflow's timeout (1h)
        help: write `max_attempts = 11`, which takes 34m 7s, or give the workflow more time: `timeout = "1h 8m 15s"`
        "#,
    );
    let timeouts = Backoff { max_attempts: 3, interval: seconds(1200), backoff_rate: 1.0, ..Backoff::default() };
    assert_says(
        &with_retrier(StatesError::Timeout, timeouts),
        r#"
        [work retrier 0 max_attempts] W0311: a retrier of `work` comes to its last retry after 20m 30s + 20m 30s + 20m 30s = 1h 1m 30s at the earliest, which is beyond the workflow's timeout (1h)
        help: write `max_attempts = 2`, which takes 41m, or give the workflow more time: `timeout = "1h 1m 30s"`
        "#,
    );
    assert_says(
        &with_retrier(StatesError::All, Backoff { interval: seconds(4000), ..timeouts }),
        r#"
        [work retrier 0 max_attempts] W0311: a retrier of `work` comes to its last retry after 1h 6m 40s + 1h 6m 40s + 1h 6m 40s = 3h 20m at the earliest, which is beyond the workflow's timeout (1h)
        help: write a shorter `interval`, or give the workflow more time: `timeout = "3h 20m"`
        "#,
    );
    // With full jitter each delay may be none.
    assert_passes(&with_retrier(
        StatesError::TaskFailed,
        Backoff { max_attempts: 11, jitter: Jitter::Full, ..Backoff::default() },
    ));
}

#[test]
fn attempts_that_may_take_too_long() {
    let mut states = with_retrier(StatesError::All, Backoff::default());
    states.timeout = Some(seconds(127));
    assert_passes(&states);
    states.timeout = Some(seconds(126));
    assert_says(
        &states,
        r#"
        [work timeout] W0312: `work` may take 2m 7s, which is beyond the workflow's timeout (2m 6s): 4 attempts of 30s each and 7s of delays; the execution then ends before its retriers are done
        help: write `timeout = "29s"` on `work`, or give the workflow more time: `timeout = "2m 7s"`
        help: if the workflow's timeout is meant to cut it short, write `#[allow_finding(W0312)]` on `work`
        "#,
    );
    // An attempt that is out of time is not followed by another.
    let mut states = with_retrier(StatesError::TaskFailed, Backoff::default());
    states.timeout = Some(seconds(126));
    assert_passes(&states);
}

#[test]
fn no_end_in_time() {
    let mut states = waits("soak wait dry; dry wait done; done succeed", &[1800, 2400]);
    assert_says(
        &states,
        r#"
        [workflow timeout] W0313: no execution comes to an end in time: the shortest way to one takes 30m in `soak` + 40m in `dry` = 1h 10m, which is beyond the workflow's timeout (1h)
        help: wait less on the way, or give the workflow more time: `timeout = "1h 10m"`
        "#,
    );
    states.timeout = Some(seconds(4200));
    assert_passes(&states);
}

#[test]
fn a_state_that_is_reached_too_late() {
    let mut states = waits(
        "ask choice soak done; soak wait dry; dry wait late; late pass later; later pass done; done succeed",
        &[1800, 2400],
    );
    assert_says(
        &states,
        r#"
        [late name] W0314: `late` is reached after 30m in `soak` + 40m in `dry` = 1h 10m at the earliest, which is beyond the workflow's timeout (1h), so it never runs
        help: wait less before `late`, or give the workflow more time: `timeout = "1h 10m"`
        "#,
    );
    states.timeout = Some(seconds(4200));
    assert_passes(&states);
}
