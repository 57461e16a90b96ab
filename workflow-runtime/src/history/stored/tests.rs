//! Events of all kinds, on their way through a store.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::*;
use crate::history::ActivityScheduled;
use crate::{ExecutionId, Failure};

fn event(id: u64, previous_event_id: u64, millis: u64, detail: EventDetail) -> Event {
    Event { id, previous_event_id, timestamp: time(1_795_374_000_000 + millis), detail }
}

/// An event of each kind and form.
fn all() -> Vec<Event> {
    let (json, failure) = (Some(Arc::from(r#"{"a":[1,null]}"#)), Box::new(Failure::new("A.B", "\"quoted\"")));
    let (resource, kind, none) = (&Resource::START_EXECUTION_SYNC_2, StateType::Task, None::<Arc<str>>);
    let assigned = Some(Box::new(BTreeMap::from([("polls", "3".to_owned())])));
    let scheduled = ActivityScheduled {
        activity: "Resize",
        input: json.clone(),
        timeout: Some(Duration::from_secs(5)),
        heartbeat: None,
    };
    let id = ExecutionId::named("Order", "order-7");
    let details = [
        EventDetail::ExecutionStarted { input: json.clone() },
        EventDetail::ExecutionStarted { input: None },
        EventDetail::StateEntered { kind, name: "Call", input: none.clone() },
        EventDetail::StateEntered { kind, name: "Call it \"so\"", input: none.clone() },
        EventDetail::StateEntered { kind: StateType::Map, name: "Call it", input: json.clone() },
        EventDetail::TaskScheduled { resource: LAMBDA, timeout: Some(Duration::from_secs(30)), heartbeat: None },
        EventDetail::TaskScheduled { resource, timeout: None, heartbeat: Some(Duration::from_millis(1)) },
        EventDetail::TaskStarted { resource: LAMBDA },
        EventDetail::TaskStarted { resource },
        EventDetail::TaskSubmitted { resource, execution: Some(Box::new(id)) },
        EventDetail::TaskSubmitted { resource, execution: None },
        EventDetail::TaskSucceeded { resource: LAMBDA, output: None },
        EventDetail::TaskSucceeded { resource, output: json.clone() },
        EventDetail::TaskFailed { resource, failure: failure.clone() },
        EventDetail::TaskTimedOut { resource, failure: Box::new(Failure::new("", "")) },
        EventDetail::StateExited { kind, name: "Call", output: none.clone(), assigned: None },
        EventDetail::StateExited { kind, name: "Call", output: json.clone(), assigned },
        EventDetail::StateAborted { kind: StateType::Wait },
        EventDetail::ParallelStateStarted,
        EventDetail::ParallelStateSucceeded,
        EventDetail::ParallelStateFailed,
        EventDetail::MapStateStarted { length: 3 },
        EventDetail::MapIterationStarted { name: "Each", index: 0 },
        EventDetail::MapIterationSucceeded { name: "Each", index: 1 },
        EventDetail::MapIterationFailed { name: "Each", index: 2 },
        EventDetail::MapIterationAborted { name: "Each", index: 3 },
        EventDetail::MapStateSucceeded,
        EventDetail::MapStateFailed,
        EventDetail::MapRunStarted { arn: "arn".into() },
        EventDetail::MapRunSucceeded,
        EventDetail::MapRunFailed { failure: failure.clone() },
        EventDetail::ActivityScheduled(Box::new(scheduled)),
        EventDetail::ActivityStarted { worker_name: Some("Ada".into()) },
        EventDetail::ActivityStarted { worker_name: None },
        EventDetail::ActivitySucceeded { output: json.clone() },
        EventDetail::ActivityFailed { failure: failure.clone() },
        EventDetail::ActivityTimedOut { failure: failure.clone() },
        EventDetail::EvaluationFailed { state: "Call", location: "Output", failure: failure.clone() },
        EventDetail::ExecutionFailed { failure: failure.clone() },
        EventDetail::ExecutionAborted { failure },
        EventDetail::ExecutionTimedOut,
        EventDetail::ExecutionSucceeded { output: json },
    ];
    (1..).zip(details).map(|(id, detail)| event(id, if id % 7 == 0 { 2 } else { id - 1 }, id / 10, detail)).collect()
}

#[test]
fn events_are_read_as_they_were_written() {
    let (all, mut page) = (all(), Page::default());
    all.iter().for_each(|event| page.push(event));
    let written = page.take(|| (9, 4)).expect("there are events");
    assert_eq!((written.place, written.before, written.first), (9, 4, 1));
    let read = events(&written).expect("they can be read");
    for (read, event) in read.iter().zip(&all) {
        assert_eq!(read, event);
    }
    assert_eq!(read.len(), all.len());
    assert_eq!(page.take(|| unreachable!("there are none")), None);
}

#[test]
fn most_are_short() {
    let mut page = Page::default();
    let kind = StateType::Wait;
    page.push(&event(5, 4, 0, EventDetail::StateEntered { kind, name: "Rest a while", input: None }));
    page.push(&event(6, 5, 0, EventDetail::TaskStarted { resource: LAMBDA }));
    page.push(&event(7, 5, 2, EventDetail::ParallelStateFailed));
    let written = page.take(|| (1, 0)).expect("there are events");
    assert_eq!(&*written.json, r#"["WaitStateEntered Rest a while","TaskStarted",[5,2,"ParallelStateFailed"]]"#);
}
