//! Machines whose bounds can be worked out by hand.

use std::time::Duration;

use workflow_model::bounds::{Bounds, Known, bounds};
use workflow_model::machine::{Mode, Next, Transition, TypeRef};
use workflow_model::states::{Backoff, Jitter, Poll, Retrier, StateKind, StatesError};
use workflow_model::{Code, StateMachine};

use crate::sample::{machine, retrier, states, with_task};

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn of(machine: &StateMachine) -> Bounds {
    bounds(machine, Known::NOTHING)
}

fn retry(change: impl FnOnce(&mut Backoff)) -> Retrier {
    let mut retrier = retrier([states(StatesError::TaskFailed)]);
    change(&mut retrier.backoff);
    retrier
}

#[test]
fn a_line_of_states() {
    let found = of(&machine("call task pause; pause wait shape; shape pass done; done succeed"));
    assert_eq!((found.shortest, found.longest), (seconds(10), Some(seconds(40))));
    // Started, a task's five, two each for wait, pass and succeed, ended.
    assert_eq!((found.least_events, found.most_events), (13, Some(13)));
    assert_eq!((found.least_transitions, found.most_transitions), (4, Some(4)));
}

#[test]
fn the_shorter_and_the_longer_way() {
    let found = of(&machine("ask choice quick slow; quick succeed; slow wait broken; broken fail"));
    // The least is that of an execution that succeeds.
    assert_eq!((found.shortest, found.longest), (Duration::ZERO, Some(seconds(10))));
    assert_eq!((found.least_events, found.most_events), (6, Some(7)));
    let found = of(&machine("slow wait broken; broken fail"));
    assert_eq!((found.shortest, found.least_events), (seconds(10), 5));
}

#[test]
fn retries() {
    let mut states = with_task(|task| task.retry.push(retry(|_| {})));
    // Four attempts of 30s, with 1s, 2s and 4s between them, and three events more for each retry.
    let found = of(&states);
    assert_eq!((found.shortest, found.longest), (Duration::ZERO, Some(seconds(127))));
    assert_eq!((found.least_events, found.most_events), (9, Some(18)));
    assert_eq!((found.least_transitions, found.most_transitions), (2, Some(5)));
    // With 3s there is time for two retries.
    states.timeout = Some(seconds(3));
    let found = of(&states);
    assert_eq!((found.longest, found.most_events), (Some(seconds(3)), Some(15)));
}

#[test]
fn very_many_retries_are_bounded_by_the_timeout() {
    let many = retry(|backoff| (backoff.max_attempts, backoff.backoff_rate) = (99_999_999, 1.0));
    let found = of(&with_task(|task| task.retry.push(many)));
    assert_eq!(found.most_events, Some(9 + 3 * 3_600));
    let at_once = retry(|backoff| (backoff.max_attempts, backoff.jitter) = (99_999_999, Jitter::Full));
    let found = of(&with_task(|task| task.retry.push(at_once)));
    assert_eq!(found.most_events, Some(9 + 3 * 99_999_999));
}

#[test]
fn a_retried_timeout_takes_its_time() {
    let timeouts = |machine: &mut StateMachine| {
        let StateKind::Task(task) = &mut machine.states[0].kind else { panic!("`work` is a task") };
        task.retry[0].errors = vec![states(StatesError::Timeout)];
    };
    let mut states = with_task(|task| task.retry.push(retry(|_| {})));
    timeouts(&mut states);
    states.timeout = Some(seconds(63));
    assert_eq!(of(&states).most_events, Some(15));
    // Not a third one, of which the bound, being one for mixtures of walks, has a part.
    states.timeout = Some(seconds(62));
    assert_eq!(of(&states).most_events, Some(14));
}

#[test]
fn a_loop_is_bounded_by_the_timeout() {
    let mut states = machine("call task ready; ready choice pause done; pause wait call; done succeed");
    let found = of(&states);
    assert_eq!((found.shortest, found.longest), (Duration::ZERO, Some(seconds(3600))));
    // 360 rounds of nine events, and once more without the wait: task, choice, succeed, and the ends of the history.
    assert_eq!((found.least_events, found.most_events), (11, Some(360 * 9 + 11)));
    assert_eq!((found.least_transitions, found.most_transitions), (3, Some(360 * 3 + 3)));
    // The rest of a round that does not fit is not counted.
    states.timeout = Some(seconds(3609));
    assert_eq!(of(&states).most_events, Some(360 * 9 + 11));
}

#[test]
fn the_worse_of_two_loops() {
    let states = machine(
        "first choice slow fast done; slow wait shape; shape pass first; fast task pause; pause wait first; done succeed",
    );
    // The fast one is left in the last wait.
    assert_eq!(of(&states).most_events, Some(360 * 9 + 10));
}

#[test]
fn what_nothing_bounds() {
    let mut states = machine("call task ready; ready choice call done; done succeed");
    let found = of(&states);
    assert_eq!((found.longest, found.most_events, found.most_transitions), (Some(seconds(3600)), None, None));
    (states.mode, states.timeout) = (Mode::Native, None);
    assert_eq!(of(&states).longest, None);
}

#[test]
fn nested_workflows() {
    let states = machine("run nested done; done succeed");
    let child = Bounds { shortest: seconds(60), longest: Some(seconds(90)), ..Bounds::UNKNOWN };
    let found = bounds(&states, &Known::nested_ones(&[child]));
    assert_eq!((found.shortest, found.longest), (seconds(60), Some(seconds(90))));
    assert_eq!((found.least_events, found.most_events), (10, Some(10)));
    assert_eq!(of(&states).longest, Some(seconds(3600)));
}

/// Polls every 10s for so long, and gives up in `late`.
fn poll(deadline: u64) -> StateMachine {
    let mut states = machine("watch task done; late fail; done succeed");
    states.timeout = Some(seconds(86_400));
    let [watch, late] = ["done", "late"].map(|target| Transition { target: target.to_owned(), payload: None });
    states.states[0].kind = StateKind::Poll(Poll {
        every: Some(seconds(10)),
        deadline: Some(seconds(deadline)),
        timeout: Some(seconds(5)),
        takes_context: false,
        output: TypeRef(0),
        retry: Vec::new(),
        catch: Vec::new(),
        next: Next::To(watch),
        on_deadline: Some(late),
    });
    states
}

#[test]
fn a_poll_is_bounded_by_its_deadline() {
    // Attempts begin after 0s to 50s, and the last may take 5s; each is a pass or a wait, a task and a choice.
    let found = of(&poll(60));
    assert_eq!((found.shortest, found.longest), (Duration::ZERO, Some(seconds(65))));
    assert_eq!((found.least_events, found.most_events), (13, Some(6 * 9 + 4)));
    assert_eq!((found.least_transitions, found.most_transitions), (4, Some(6 * 3 + 1)));
    // One more begins just before the deadline.
    assert_eq!(of(&poll(61)).most_events, Some(7 * 9 + 4));
}

#[test]
fn a_poll_that_overflows_its_history() {
    let w0401 = |deadline| {
        let findings = workflow_model::check::check(&poll(deadline)).into_iter();
        findings.filter(|finding| finding.code == Code::W0401).map(|finding| finding.to_string()).collect::<Vec<_>>()
    };
    // 2,777 rounds of nine, the end, and the ends of the history: 24,997.
    assert_eq!(w0401(27_770), [""; 0]);
    assert_eq!(
        w0401(27_771),
        [
            "W0401: an execution may write 25,006 events, but Step Functions ends it at 25,000: `watch` polls every 10s for 7h 42m 51s, and \
          writes 9 each time\nhelp: poll less often, `every = \"11s\"` at least, or not as long, `deadline = \"7h 42m 50s\"` at most\n\
          help: or end executions sooner: `timeout = \"7h 42m 49s\"` is the longest that fits"
        ]
    );
}
