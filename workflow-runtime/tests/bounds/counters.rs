//! Loops that a counter bounds: the compiler accepts them without a timeout, and knows what they take at most, to the event.

#![allow(
    clippy::absurd_extreme_comparisons,
    clippy::nonminimal_bool,
    reason = "guards of all forms are what is tested"
)]

use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::time::Instant;
use workflow_model::Definition;
use workflow_model::bounds::{Bounds, of_definition};
use workflow_model::check::check_definition;
use workflow_runtime::prelude::*;

/// What is waited for, and how often it was asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Data)]
struct Pending {
    ticket: String,
    polls: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Data)]
#[serde(tag = "status", rename_all = "snake_case")]
enum Answer {
    Running(Pending),
    Finished { pages: u32 },
}

/// Runs an execution that takes every turn there is, and compares it with what the compiler said. Where its tasks take all their time,
/// it takes the longest time.
async fn assert_reaches<W: Workflow<Input = String>>(workflow: W, bounds: Bounds) {
    let engine = Engine::builder().workflow(workflow).start().await.expect("there is one workflow");
    let begun = Instant::now();
    let execution = engine.start::<W>("a ticket".to_owned()).await.expect("the engine knows it");
    execution.output().await.expect("it succeeds at its end");
    let history = execution.history();
    let entered = history.iter().filter(|event| event.detail.event_type().ends_with("StateEntered")).count();
    assert_eq!(Some(history.len() as u64), bounds.most_events);
    assert_eq!(Some(entered as u64), bounds.most_transitions);
    assert_eq!(Some(begun.elapsed()), bounds.longest);
}

async fn sleep(seconds: u64) {
    tokio::time::sleep(Duration::from_secs(seconds)).await;
}

/// Counts in what crosses the edges, around a task that hands the count on.
struct InTheInput;

#[workflow(start = submit)]
impl InTheInput {
    #[task(timeout = "5s", next = |ticket| rest(Pending { ticket, polls: 0 }))]
    async fn submit(&self, name: String) -> String {
        sleep(5).await;
        name
    }

    #[wait("10s", next = ask)]
    fn rest(pending: Pending);

    #[task(timeout = "3s", next = |is_done, pending| look((is_done, pending)))]
    async fn ask(&self, pending: Pending) -> bool {
        sleep(3).await;
        pending.ticket.is_empty()
    }

    #[choice]
    fn look(answer: (bool, Pending)) -> Next<Self> {
        match answer {
            (true, pending) => done(pending.polls),
            (false, pending) if pending.polls < 100 => {
                rest(Pending { ticket: pending.ticket, polls: pending.polls + 1 })
            }
            (false, pending) => done(pending.polls),
        }
    }

    #[succeed]
    fn done(polls: u32);
}

#[tokio::test(start_paused = true)]
async fn a_counter_in_the_input() {
    // Asked once, and a hundred times more.
    assert_eq!(InTheInput::BOUNDS.longest, Some(Duration::from_secs(5 + 101 * 13)));
    assert_reaches(InTheInput, InTheInput::BOUNDS).await;
}

/// Counts down within an enum, and stops in the arm before the one that goes on.
struct Downwards;

#[workflow(start = prepare)]
impl Downwards {
    #[pass(next = begin)]
    fn prepare(ticket: String) -> Pending {
        Pending { ticket, polls: 7 }
    }

    #[pass(next = look)]
    fn begin(pending: Pending) -> Answer {
        Answer::Running(pending)
    }

    #[choice]
    fn look(answer: Answer) -> Next<Self> {
        match answer {
            Answer::Running(pending) if pending.polls <= 0 => done(pending.polls),
            Answer::Running(pending) => {
                let left = pending.polls - 2;
                if left != 1 || pending.ticket.is_empty() {
                    rest(Pending { ticket: pending.ticket, polls: left + 1 })
                } else {
                    rest(Pending { polls: pending.polls - 1, ticket: pending.ticket })
                }
            }
            Answer::Finished { pages } => done(pages),
        }
    }

    #[wait("1m", next = |pending| look(Answer::Running(pending)))]
    fn rest(pending: Pending);

    #[succeed]
    fn done(polls: u32);
}

#[tokio::test(start_paused = true)]
async fn a_counter_that_shrinks() {
    assert_eq!(Downwards::BOUNDS.longest, Some(Duration::from_secs(7 * 60)));
}

const MOST_ROUNDS: u32 = 4;

#[derive(Default, Serialize, Deserialize, Data)]
struct Progress {
    rounds: u32,
}

/// Counts in a variable, up to a constant.
struct InAVariable;

#[workflow(start = rest, variables = Progress)]
impl InAVariable {
    #[wait("10s", next = decide)]
    #[assign(rounds = vars.rounds + 1)]
    fn rest(name: String);

    #[choice]
    fn decide(name: String) -> Next<Self> {
        if !(vars.rounds >= MOST_ROUNDS) { rest(name) } else { done(name) }
    }

    #[succeed]
    fn done(name: String);
}

#[tokio::test(start_paused = true)]
async fn a_counter_in_a_variable() {
    // What variables begin as, and constants, are known when the program runs.
    assert_eq!(InAVariable::BOUNDS.longest, Some(Duration::from_secs(365 * 86_400)));
    let definition = InAVariable::definition();
    assert_eq!(check_definition(&definition), []);
    let bounds = of_definition(&definition);
    assert_eq!(bounds.longest, Some(Duration::from_secs(40)));
    assert_reaches(InAVariable, bounds).await;
}

/// Stops at one number, which is met as it counts one by one.
struct Exactly;

#[workflow(start = begin)]
impl Exactly {
    #[pass(next = look)]
    fn begin(ticket: String) -> Pending {
        Pending { ticket, polls: 1 }
    }

    #[choice]
    fn look(pending: Pending) -> Next<Self> {
        match pending.polls {
            6 => done(pending.polls),
            _ => rest(pending),
        }
    }

    #[wait("10s", next = |pending| look(Pending { polls: 1 + pending.polls, ticket: pending.ticket }))]
    fn rest(pending: Pending);

    #[succeed]
    fn done(polls: u32);
}

#[tokio::test(start_paused = true)]
async fn a_counter_that_is_compared_with_one_number() {
    assert_eq!(Exactly::BOUNDS.longest, Some(Duration::from_secs(50)));
    assert_reaches(Exactly, Exactly::BOUNDS).await;
}

/// A range as a pattern, a step of three, and a way out that counts as well.
struct InSteps;

#[workflow(start = begin, timeout = "1d")]
impl InSteps {
    #[pass(next = look)]
    fn begin(ticket: String) -> Pending {
        Pending { ticket, polls: 2 }
    }

    #[choice]
    fn look(pending: Pending) -> Next<Self> {
        match pending.polls {
            0..=20 => ask(pending),
            _ => done(pending.polls),
        }
    }

    #[task(timeout = "20s", next = |_answer, pending| rest(Pending { polls: pending.polls + 3, ticket: pending.ticket }))]
    #[catch(States::All => |_failure, pending| rest(Pending { polls: pending.polls + 3, ticket: pending.ticket }))]
    async fn ask(&self, pending: Pending) -> String {
        sleep(20).await;
        pending.ticket
    }

    #[wait("10s", next = look)]
    fn rest(pending: Pending);

    #[succeed]
    fn done(polls: u32);
}

#[tokio::test(start_paused = true)]
async fn a_counter_that_grows_in_steps() {
    // 2, 5, 8, 11, 14, 17 and 20.
    assert_eq!(InSteps::BOUNDS.longest, Some(Duration::from_secs(7 * 30)));
    assert_eq!(InSteps::BOUNDS.most_transitions, Some(2 + 7 * 3 + 1));
}

const TOO_MANY: u32 = 5_000;

/// What is compared with a constant is judged when the program runs: the macro does not know its value.
struct UpToAConstant;

#[workflow(start = begin, timeout = "30d")]
impl UpToAConstant {
    #[pass(next = rest)]
    fn begin(ticket: String) -> Pending {
        Pending { ticket, polls: 0 }
    }

    #[wait("10s", next = |pending| look(Pending { polls: pending.polls + 1, ticket: pending.ticket }))]
    fn rest(pending: Pending);

    #[pass(next = check)]
    fn look(pending: Pending);

    #[choice]
    fn check(pending: Pending) -> Next<Self> {
        if TOO_MANY > pending.polls { rest(pending) } else { done(pending.polls) }
    }

    #[succeed]
    fn done(polls: u32);
}

#[test]
fn too_many_rounds_of_a_counter() {
    let mut definition = UpToAConstant::definition();
    let said =
        |definition: &Definition| check_definition(definition).iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(
        said(&definition),
        [
            "W0401: an execution may write 30,006 events, but Step Functions ends it at 25,000: `check` goes on while `TOO_MANY > pending.polls`, \
             so there may be 4,999 rounds of 6, and there are 12 more around them\n\
             help: let it go round 4,164 times at most\n\
             help: or end executions sooner: `timeout = \"11h 34m 19s\"` is the longest that fits"
        ]
    );
    // Of as many rounds as the timeout has room for.
    definition.machine.timeout = Some(Duration::from_secs(12 * 3_600));
    assert_eq!(
        said(&definition),
        [
            "W0401: an execution may write 25,926 events, but Step Functions ends it at 25,000: `rest -> look -> check -> rest` writes 6 in 10s, \
             which fits 4,319 times into the workflow's timeout (12h), and there are 12 more around it\n\
             help: wait longer in `rest`: `#[wait(\"11s\", …)]` is the shortest that fits\n\
             help: or end executions sooner: `timeout = \"11h 34m 19s\"` is the longest that fits"
        ]
    );
    definition.machine.timeout = Some(Duration::from_secs(11 * 3_600));
    assert_eq!(said(&definition), [""; 0]);
}
