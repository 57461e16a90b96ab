//! W0401: histories that grow too long.

use std::time::Duration;

use workflow_model::StateMachine;
use workflow_model::machine::Mode;
use workflow_model::states::{Backoff, StateKind, WaitTime};

use crate::sample::{assert_passes, assert_says, custom, machine, retrier, with_task};

/// A poll every so many seconds, in a workflow that has so many.
fn poll(every: u64, timeout: u64) -> StateMachine {
    let mut states =
        machine("call task pause; pause wait poll; poll task ready; ready choice pause done; done succeed");
    states.timeout = Some(Duration::from_secs(timeout));
    let StateKind::Wait(wait) = &mut states.states[1].kind else { panic!("`pause` waits") };
    wait.time = WaitTime::Fixed(Duration::from_secs(every));
    states
}

#[test]
fn a_loop_that_comes_round_too_often() {
    // Nine events a round, and ten around it: 2,776 rounds and no more.
    assert_passes(&poll(10, 2_776 * 10 + 9));
    assert_says(
        &poll(10, 2_777 * 10),
        r#"
        [pause duration] W0401: an execution may write 25,002 events, but Step Functions ends it at 25,000: `pause -> poll -> ready -> pause` writes 9 in 10s, which fits 2,776 times into the workflow's timeout (7h 42m 50s), and there are 18 more around it
        help: wait longer in `pause`: `#[wait("11s", …)]` is the shortest that fits
        help: or end executions sooner: `timeout = "7h 42m 49s"` is the longest that fits
        "#,
    );
    assert_says(
        &poll(1, 86_400),
        r#"
        [pause duration] W0401: an execution may write 777,609 events, but Step Functions ends it at 25,000: `pause -> poll -> ready -> pause` writes 9 in 1s, which fits 86,399 times into the workflow's timeout (1d), and there are 18 more around it
        help: wait longer in `pause`: `#[wait("32s", …)]` is the shortest that fits
        help: or end executions sooner: `timeout = "46m 16s"` is the longest that fits
        "#,
    );
    for mode in [Mode::Express, Mode::Native] {
        let mut states = poll(1, 25_000);
        states.mode = mode;
        let codes: Vec<_> =
            workflow_model::check::check(&states).into_iter().map(|finding| finding.code.as_str()).collect();
        assert!(!codes.contains(&"W0401"), "{codes:?}");
    }
}

#[test]
fn too_many_retries() {
    let mut states = with_task(|task| {
        task.retry.push(retrier([custom(0)]));
        task.retry[0].backoff = Backoff { max_attempts: 9_000, backoff_rate: 1.0, ..Backoff::default() };
    });
    states.timeout = Some(Duration::from_secs(400_000));
    assert_says(
        &states,
        r#"
        [workflow timeout] W0401: an execution may write 27,009 events within the workflow's timeout (4d 15h 6m 40s), most of them for retries, but Step Functions ends it at 25,000
        help: write fewer `max_attempts`
        help: or end executions sooner: `timeout = "2h 29m 59s"` is the longest that fits
        "#,
    );
}
