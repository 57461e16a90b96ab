//! The tokens that an engine knows.

use std::collections::HashMap;

use super::{Answer, Waiting};

/// The tokens of tasks that wait, and of those that do no longer while the store may say that they do.
#[derive(Default)]
pub(super) struct Register {
    pub(super) waiting: HashMap<u128, Waiting>,
    /// The tokens whose answers were taken, or whose tasks are over otherwise, in executions that are written down and have not ended. With
    /// the answer, where its task was not waiting yet.
    settled: HashMap<u128, Option<Answer>>,
    /// The same by the executions as a whole.
    of: HashMap<u64, Vec<u128>>,
}

/// What is known of a token.
pub(super) enum Known {
    /// Its task waits, and takes what this accepts.
    Waits(fn(&str) -> serde_json::Result<()>),
    /// It was answered, or its task is over.
    Settled,
    /// Nothing: the store may know more.
    Nothing,
}

impl Register {
    pub(super) fn look(&self, id: u128) -> Known {
        match self.waiting.get(&id) {
            Some(waiting) => Known::Waits(waiting.accepts),
            None if self.settled.contains_key(&id) => Known::Settled,
            None => Known::Nothing,
        }
    }

    /// Notes that a task waits.
    pub(super) fn wait(&mut self, id: u128, waiting: Waiting) {
        self.waiting.insert(id, waiting);
    }

    /// The answer that has come before its task was waiting; once.
    pub(super) fn early(&mut self, id: u128) -> Option<Answer> {
        self.settled.get_mut(&id)?.take()
    }

    /// Notes that a token of this execution is used, until the execution ends. One that nothing is written of needs no such note.
    pub(super) fn settle(&mut self, whole: Option<u64>, id: u128, early: Option<Answer>) {
        let Some(whole) = whole else { return };
        if self.settled.insert(id, early).is_none() {
            self.of.entry(whole).or_default().push(id);
        }
    }

    pub(super) fn forget(&mut self, whole: u64) {
        for id in self.of.remove(&whole).unwrap_or_default() {
            self.settled.remove(&id);
        }
    }
}
