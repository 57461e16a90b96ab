//! What tasks do: by chance, or as it is written down.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use workflow_runtime::TaskError;

/// The error of all tasks here.
#[derive(Debug, thiserror::Error, TaskError)]
#[error("broken")]
pub(super) struct Broken;

/// What an attempt at a task does.
#[derive(Clone, Copy, Debug)]
pub(super) struct Act {
    takes: Duration,
    /// What the task answers. `None`: it fails.
    answer: Option<bool>,
}

/// Takes so many milliseconds, and answers.
pub(super) fn says(millis: u64, answer: bool) -> Act {
    Act { takes: Duration::from_millis(millis), answer: Some(answer) }
}

/// Takes so many milliseconds, and fails.
pub(super) fn fails(millis: u64) -> Act {
    Act { takes: Duration::from_millis(millis), answer: None }
}

/// What all tasks of an execution do, one after the other.
#[derive(Clone)]
pub(super) struct Script(Arc<Mutex<Acts>>);

enum Acts {
    /// In this order; the last one again and again.
    Written { acts: Vec<Act>, done: usize },
    /// The state of a generator of random numbers (SplitMix64).
    Random(u64),
}

impl Script {
    pub(super) fn written(acts: &[Act]) -> Self {
        Script(Arc::new(Mutex::new(Acts::Written { acts: acts.to_vec(), done: 0 })))
    }

    pub(super) fn random(seed: u64) -> Self {
        Script(Arc::new(Mutex::new(Acts::Random(seed))))
    }

    /// An attempt at a task that has so many seconds.
    pub(super) async fn act(&self, seconds: u64) -> Result<bool, Broken> {
        let act = self.0.lock().expect("no task panics").next(seconds);
        tokio::time::sleep(act.takes).await;
        act.answer.ok_or(Broken)
    }
}

impl Acts {
    fn next(&mut self, seconds: u64) -> Act {
        match self {
            Acts::Written { acts, done } => {
                let act = acts[(*done).min(acts.len() - 1)];
                *done += 1;
                act
            }
            Acts::Random(state) => {
                let mut below = |bound: u64| below(state, bound);
                // At once, somewhen, just in time, or too late.
                let takes = match below(4) {
                    0 => 0,
                    1 => below(seconds * 1_000),
                    2 => seconds * 1_000,
                    _ => seconds * 1_000 + 1,
                };
                let answer = if below(3) == 0 { None } else { Some(below(4) == 0) };
                Act { takes: Duration::from_millis(takes), answer }
            }
        }
    }
}

/// A random number.
fn below(state: &mut u64, bound: u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (mixed ^ (mixed >> 31)) % bound
}
