//! Assignments where there are none, and a result of a state that has none.

use serde::{Deserialize, Serialize};
use workflow_runtime::prelude::*;

#[derive(Default, Serialize, Deserialize, Data)]
struct Progress {
    polls: u32,
    ticket: String,
}

struct Poll;

#[workflow(start = rest, timeout = "1h", variables = Progress)]
impl Poll {
    #[wait("10s", next = decide)]
    #[assign(polls = result + failure.error.len())]
    fn rest(size: u32);

    #[assign(polls = 1)]
    #[choice]
    fn decide(size: u32) -> Next<Self> {
        #[assign(polls = 2)]
        if size > vars.polls { done(size) } else { failed() }
    }

    #[assign(polls = 1)]
    #[succeed]
    fn done(size: u32);

    #[assign(polls = 1)]
    #[poll(every = "1s", deadline = "1m", timeout = "1s", next = done, on_deadline = failed)]
    async fn again(&self, size: u32) -> workflow_runtime::Poll<u32> {
        workflow_runtime::Poll::Ready(size)
    }

    #[assign(polls = 1)]
    #[fail(error = "Failed")]
    fn failed();
}

fn main() {}
