//! Assignments that cannot be read.

use serde::{Deserialize, Serialize};
use workflow_runtime::prelude::*;

#[derive(Default, Serialize, Deserialize, Data)]
struct Progress {
    polls: u32,
    ticket: String,
}

struct Poll;

#[workflow(start = submit, timeout = "1h", variables = Progress)]
impl Poll {
    #[task(timeout = "10s", next = rest)]
    #[assign(polls: 1)]
    #[assign(ticket = |result| result, polls = 1, polls = 2)]
    async fn submit(&self, document: String) -> u32 {
        document.len() as u32
    }

    #[wait("10s", next = done)]
    fn rest(size: u32);

    #[pass(end)]
    fn done(size: u32) -> u32 {
        size + vars.polls
    }
}

fn main() {}
