//! Variables: what is assigned where, and what is read of it.

use proptest::option::of;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use workflow_runtime::prelude::*;

use crate::agreement::agreement;
use crate::values::text;

#[derive(Default, Serialize, Deserialize, Data)]
struct Tally {
    rounds: u32,
    names: Vec<String>,
    last: Option<Visit>,
    #[serde(rename = "the note", skip_serializing_if = "String::is_empty")]
    note: String,
    /// As a variable of an expression is called.
    total: u8,
    /// Never read.
    seen: bool,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, Data)]
#[serde(rename_all = "camelCase")]
struct Visit {
    visitor_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    wish: Option<String>,
    rounds_left: u32,
    step: u8,
}

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
struct Summary {
    rounds: u32,
    names: Vec<String>,
    last: Option<Visit>,
    note: String,
    total: u8,
    state: String,
}

fn visit() -> impl Strategy<Value = Visit> {
    (text(), of(text()), 0..4_u32, 0..140_u8).prop_map(|(visitor_name, wish, rounds_left, step)| Visit {
        visitor_name,
        wish,
        rounds_left,
        step,
    })
}

struct Rounds;

#[workflow(start = begin, timeout = "1h", variables = Tally, output = Summary)]
impl Rounds {
    #[pass(next = go_round)]
    #[assign(names = vec![visit.visitor_name.clone(), context.state.name], note = result.wish.clone().unwrap_or_default())]
    fn begin(visit: Visit) -> Visit {
        visit
    }

    #[choice]
    fn go_round(visit: Visit) -> Next<Self> {
        let left = visit.rounds_left;
        match visit.wish.clone() {
            #[assign(note = format!("{wish}, {}", vars.note), seen = true)]
            Some(wish) if left == 0 => end(visit),
            _ if left == 0 => end(visit),
            _ => {
                let total = vars.total + visit.step;
                #[assign(total = total, rounds = vars.rounds + 1, last = Some(visit.clone()))]
                rest((visit, total))
            }
        }
    }

    #[wait("2s", next = |(visit, _)| look(visit))]
    #[assign(names = vec![vars.note.clone(), visit.0.visitor_name.clone()], note = format!("{} of {}", vars.rounds, visit.1))]
    fn rest(visit: (Visit, u8));

    #[task(
        timeout = "1m",
        next = |looked| go_round(Visit {
            visitor_name: looked.visitor_name,
            wish: looked.wish,
            rounds_left: looked.rounds_left - 1,
            step: looked.step,
        })
    )]
    #[assign(last = Some(result.clone()), rounds = vars.rounds + visit.rounds_left - result.rounds_left)]
    async fn look(&self, visit: Visit) -> Visit {
        visit
    }

    #[pass(end)]
    #[assign(seen = visit.wish.is_some())]
    fn end(visit: Visit) -> Summary {
        Summary {
            rounds: vars.rounds,
            names: vars.names.clone(),
            last: vars.last.clone().filter(|last| last.step == visit.step),
            note: vars.note.clone(),
            total: vars.total,
            state: context.state.name,
        }
    }
}

#[derive(Debug, thiserror::Error, TaskError)]
enum Trouble {
    #[error("{0}")]
    #[task_error(name = "Trouble")]
    Some(String),
}

struct Caught;

#[workflow(start = fail, timeout = "1h", variables = Tally, output = Summary)]
impl Caught {
    #[task(timeout = "1m", next = |_, given| summarize(given))]
    #[catch(States::All => |_, given| summarize(given), assign(note = failure.message(), rounds = vars.rounds + 7, names = vec![given.1.clone()]))]
    async fn fail(&self, given: (String, String)) -> Result<u32, Trouble> {
        Err(Trouble::Some(given.1))
    }

    #[pass(end)]
    fn summarize(given: (String, String)) -> Summary {
        Summary {
            rounds: vars.rounds,
            names: vars.names.clone(),
            last: vars.last.clone(),
            note: vars.note.clone() + &given.0,
            total: vars.total,
            state: context.state.name,
        }
    }
}

agreement! {
    rounds: Rounds, visit();
    written: Written, text();
}

#[test]
fn what_a_catcher_assigns() {
    let sides = crate::agreement::Sides::new(Caught);
    for (error, message) in [("Trouble", "again"), ("Trouble", "")] {
        sides.compare((error.to_owned(), message.to_owned())).unwrap_or_else(|difference| panic!("{difference}"));
    }
}

#[derive(Default, Serialize, Deserialize, Data)]
struct Notes {
    note: String,
}

/// Names the input and the result in the strings of `format!` alone.
struct Written;

#[workflow(start = first, timeout = "1h", variables = Notes)]
impl Written {
    #[pass(next = second)]
    #[assign(note = format!("{text}{text:>3}"))]
    fn first(text: String);

    #[wait("1s", next = third)]
    #[assign(note = format!("{}, {text}", vars.note))]
    fn second(text: String);

    #[pass(next = fourth)]
    #[assign(note = format!("{}, {result} of {text}", vars.note))]
    fn third(text: String) -> String {
        format!("<{text}>")
    }

    #[task(timeout = "1m", next = fifth)]
    #[assign(note = format!("{}, {result} of {text}", vars.note))]
    #[catch(States::Timeout => |_, text| fifth(text), assign(note = format!("{text}")))]
    async fn fourth(&self, text: String) -> String {
        text
    }

    #[choice]
    fn fifth(text: String) -> Next<Self> {
        #[assign(note = format!("{text}, {}", vars.note))]
        sixth(text)
    }

    #[pass(end)]
    fn sixth(text: String) -> String {
        format!("{text}: {}", vars.note)
    }
}
