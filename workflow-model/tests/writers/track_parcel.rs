//! A parcel that is looked for until it has arrived, with the waits before and behind that.

use workflow_model::expr::Expr;
use workflow_model::machine::{Next, State, TypeRef};
use workflow_model::shape::{Shape, Shapes};
use workflow_model::states::{Backoff, ErrorName, ErrorRef, Fail, Poll, StateKind, StatesError, Wait, WaitTime};
use workflow_model::{Definition, StateMachine};

use crate::build::*;

const PARCEL: usize = 0;
const STRING: usize = 1;
const FAILURE: usize = 2;

/// Waits for some seconds, looks for a parcel every ten minutes for eight hours, waits until a moment, and looks again.
pub(crate) fn definition() -> Definition {
    let mut shapes = Shapes::new();
    let string = shapes.add(Shape::String);
    let number = shapes.add(Shape::Integer { rust: "u64", min: 0, max: u64::MAX.into() });
    let moment = shapes.add(Shape::Opaque);
    let fields = vec![plain_field("number", string), plain_field("delay", number), plain_field("due", moment)];
    let parcel = shapes.add(struct_shape("Parcel", fields));
    let failure = shapes.add(failure_shape(string));
    Definition {
        machine: machine(),
        shapes,
        types: vec![parcel, string, failure],
        errors: vec!["Unknown".into()],
        ..Definition::default()
    }
}

fn machine() -> StateMachine {
    StateMachine {
        name: "TrackParcel".into(),
        start: Some("send".into()),
        timeout: Some(seconds(86_400)),
        output: Some(TypeRef(STRING)),
        states: vec![send(), track(), rest(), look_again(), lost()],
        types: ["Parcel", "String", "Failure"].map(str::to_owned).to_vec(),
        errors: vec!["TrackError::Unknown".to_owned()],
        ..StateMachine::default()
    }
}

fn send() -> State {
    let delay = Expr::Seconds(Box::new(field(local("parcel"), "delay")));
    let wait = Wait { time: WaitTime::Length(lambda(&[("parcel", PARCEL)], delay)), next: to("track") };
    state("send", Some(PARCEL), StateKind::Wait(wait))
}

fn poll(next: Next) -> Poll {
    let number = lambda(&[("parcel", PARCEL)], field(local("parcel"), "number"));
    Poll {
        every: Some(seconds(600)),
        deadline: Some(seconds(8 * 3600)),
        timeout: Some(seconds(30)),
        takes_context: true,
        output: TypeRef(STRING),
        retry: Vec::new(),
        catch: Vec::new(),
        next,
        on_deadline: Some(transition("lost", Some(number))),
    }
}

fn track() -> State {
    let message = lambda(&[("failure", FAILURE)], method(local("failure"), "message", vec![]));
    let poll = Poll {
        retry: vec![retry(&[ErrorRef::States(StatesError::Timeout)], Backoff::default())],
        catch: vec![catch(&[ErrorRef::Custom(ErrorName(0))], transition("lost", Some(message)))],
        ..poll(to_with("rest", lambda(&[("place", STRING), ("parcel", PARCEL)], local("parcel"))))
    };
    documented("Where is it?", state("track", Some(PARCEL), StateKind::Poll(poll)))
}

fn rest() -> State {
    let due = lambda(&[("parcel", PARCEL)], field(local("parcel"), "due"));
    let wait = Wait { time: WaitTime::Until(due), next: to("look_again") };
    state("rest", Some(PARCEL), StateKind::Wait(wait))
}

fn look_again() -> State {
    let mut again = state("look_again", Some(PARCEL), StateKind::Poll(poll(Next::End(None))));
    again.asl_name = "Look again".to_owned();
    again
}

fn lost() -> State {
    state("lost", Some(STRING), StateKind::Fail(Fail { error: Some("Lost".into()), cause: None }))
}
