//! The export of a workflow of 1,000 states, which has to take less than 50 ms.
//!
//! The states are those of a small workflow with each kind of portable expression, again and again, so that the machine is as
//! expressions are in practice. Measured is what `export` does for a workflow: its machine is read, as the macro embeds it,
//! and its document written.
//!
//! `cargo bench --bench export`

#![allow(missing_docs, reason = "criterion's macros generate undocumented items")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use serde::{Deserialize, Serialize};
use workflow_runtime::model::{Definition, State, StateMachine, asl};
use workflow_runtime::prelude::*;

/// States of the exported workflow.
const STATES: usize = 1_000;

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
struct Pending {
    ticket: String,
    polls: u32,
    pages: Vec<Page>,
}

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
struct Page {
    title: String,
    words: Option<u32>,
}

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
#[serde(tag = "status", rename_all = "snake_case")]
enum Answer {
    Running(Pending),
    Finished { pages: Vec<Page> },
    Refused { reason: Option<String> },
}

#[derive(Debug, thiserror::Error, TaskError)]
enum ServiceError {
    #[error("too many requests")]
    Throttled,
}

struct Poll;

#[workflow(start = submit, timeout = "1h")]
impl Poll {
    #[task(timeout = "30s", next = |ticket| wait_a_while(Pending { ticket, polls: 0, pages: vec![] }))]
    #[retry(ServiceError::Throttled, interval = "2s", max_attempts = 5)]
    #[catch(States::All => |failure, document| give_up(format!("{document}: {}", failure.message())))]
    async fn submit(&self, document: String) -> Result<String, ServiceError> {
        if document.is_empty() { Err(ServiceError::Throttled) } else { Ok(document) }
    }

    #[wait("10s", next = ask)]
    fn wait_a_while(pending: Pending);

    #[task(timeout = "10s", next = decide)]
    async fn ask(&self, pending: Pending) -> Answer {
        Answer::Running(pending)
    }

    #[choice]
    fn decide(answer: Answer) -> Next<Self> {
        match answer {
            Answer::Running(pending) if pending.polls < 100 => wait_a_while(pending),
            Answer::Running(pending) => give_up(format!("no answer after {} polls", pending.polls)),
            Answer::Finished { pages } if pages.is_empty() => give_up("nothing".to_string()),
            Answer::Finished { pages } => shorten(pages),
            Answer::Refused { reason } => give_up(reason.unwrap_or_default()),
        }
    }

    #[pass(next = done)]
    fn shorten(pages: Vec<Page>) -> Vec<Page> {
        pages
            .iter()
            .filter(|page| page.words.is_some_and(|words| words > 0))
            .map(|page| Page { title: page.title.trim().to_uppercase(), words: page.words.map(|words| words / 2) })
            .collect()
    }

    #[succeed]
    fn done(pages: Vec<Page>);

    #[fail(error = "Refused")]
    fn give_up(reason: String) -> String {
        reason
    }
}

/// The definition with its states repeated until they are that many, each repetition on its own.
fn repeated(mut definition: Definition, states: usize) -> Definition {
    let original = definition.machine.states.clone();
    let repetitions = (0..).flat_map(|repetition| renamed(&original, repetition));
    definition.machine.states = repetitions.take(states.next_multiple_of(original.len())).collect();
    definition.machine.start = definition.machine.states.first().map(|state| state.name.clone());
    definition
}

/// The states under other names, wherever these stand.
fn renamed(states: &[State], repetition: usize) -> Vec<State> {
    let json = serde_json::to_string(states).expect("states are JSON");
    let json = states.iter().fold(json, |json, State { name, asl_name, .. }| {
        let json = json.replace(&format!("\"{name}\""), &format!("\"{name}_{repetition}\""));
        json.replace(&format!("\"{asl_name}\""), &format!("\"{asl_name}{repetition}\""))
    });
    serde_json::from_str(&json).expect("states read back under any name")
}

fn export(criterion: &mut Criterion) {
    let mut definition = repeated(Poll::definition(), STATES);
    let machine = serde_json::to_string(&definition.machine).expect("a machine is JSON");
    let text = asl::write(&definition).expect("the workflow can be exported");
    println!("{} states, {} bytes", definition.machine.states.len(), text.len());
    criterion.bench_function("export/1000 states", |bencher| {
        bencher.iter(|| {
            definition.machine =
                serde_json::from_str::<StateMachine>(black_box(&machine)).expect("a machine reads back");
            asl::write(&definition).expect("the workflow can be exported")
        });
    });
}

criterion_group!(benches, export);
criterion_main!(benches);
