//! Variables of a workflow that has none.

use serde::{Deserialize, Serialize};
use workflow_runtime::prelude::*;

#[derive(Default, Serialize, Deserialize, Data)]
struct Progress {
    polls: u32,
    ticket: String,
}

struct Poll;

#[workflow(start = submit, timeout = "1h")]
impl Poll {
    #[task(timeout = "10s", next = done)]
    #[assign(polls = 1)]
    #[catch(States::All => |_, document| done(document.len() as u32), assign(polls = 2))]
    async fn submit(&self, document: String) -> u32 {
        document.len() as u32
    }

    #[pass(end)]
    fn done(size: u32) -> u32 {
        size + vars.polls
    }
}

fn main() {}
