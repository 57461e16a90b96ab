//! Executions that the code no longer fits: they stay as they were written down, until they are told to go on.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use super::{Entry, Shared};
use crate::ExecutionId;
use crate::run::Unfit;
use crate::trace;

/// An execution that cannot go on with the code as it is, and waits for code that fits it.
///
/// [`Engine::stranded`](super::Engine::stranded) lists them.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stranded {
    /// The execution. One that another one waits for is left with that one as a whole, which is the one listed.
    pub id: ExecutionId,
    /// What does not fit.
    pub why: String,
}

impl fmt::Display for Stranded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} cannot go on: {}", self.id, self.why)
    }
}

/// All of them.
#[derive(Default)]
pub(super) struct Strand {
    cases: Mutex<BTreeMap<u64, Case>>,
    /// Told when nothing of one of them runs any more.
    left: Notify,
}

/// One of them.
struct Case {
    id: ExecutionId,
    /// What does not fit, by where it is.
    misfits: BTreeMap<Where, Unfit>,
    /// Whether something of it still runs.
    is_leaving: bool,
}

/// Which checkpoint: of the execution, or part, with this number, and there of the branch with this path.
pub(super) type Where = (u64, Option<Arc<str>>);

impl Strand {
    /// Notes that something in the execution with this number does not fit.
    pub(super) fn add(&self, root: u64, id: ExecutionId, at: Where, unfit: Unfit, is_leaving: bool) {
        trace::stranded(&id, &unfit.why);
        let mut cases = self.cases();
        let case = cases.entry(root).or_insert_with(|| Case { id, misfits: BTreeMap::new(), is_leaving });
        case.misfits.insert(at, unfit);
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.cases().len()
    }

    pub(super) fn has(&self, number: u64) -> bool {
        self.cases().contains_key(&number)
    }

    fn list(&self) -> Vec<Stranded> {
        let cases = self.cases();
        cases.values().map(|case| Stranded { id: case.id.clone(), why: case.why() }).collect()
    }

    /// The number of this execution and what does not fit in it, once nothing of it runs any more. `None` where it is not stranded.
    pub(super) async fn find(&self, id: &ExecutionId) -> Option<(u64, BTreeMap<Where, Unfit>)> {
        loop {
            let left = self.left.notified();
            {
                let cases = self.cases();
                let (number, case) = cases.iter().find(|(_, case)| case.id == *id)?;
                if !case.is_leaving {
                    return Some((*number, case.misfits.clone()));
                }
            }
            left.await;
        }
    }

    pub(super) fn remove(&self, number: u64) {
        self.cases().remove(&number);
    }

    fn left(&self, number: u64) {
        if let Some(case) = self.cases().get_mut(&number) {
            case.is_leaving = false;
            self.left.notify_waiters();
        }
    }

    fn cases(&self) -> MutexGuard<'_, BTreeMap<u64, Case>> {
        // Nothing that holds the lock can panic half-way through a change.
        self.cases.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Case {
    /// What does not fit, each once: the items of a map mostly have the same to say.
    fn why(&self) -> String {
        let mut whys: Vec<&str> = Vec::new();
        for unfit in self.misfits.values() {
            if !whys.contains(&unfit.why.as_str()) {
                whys.push(&unfit.why);
            }
        }
        whys.join("; ")
    }
}

impl super::Engine {
    /// The executions that cannot go on as the code has changed: their state no longer exists, or their data no longer fits. They are
    /// left as they are; an engine with code that fits them goes on with them, and [`migrate`](Self::migrate) writes them anew.
    ///
    /// A state that has another name now says so with `#[formerly("old_name")]`. Data is kept readable as serde has it:
    /// `#[serde(default)]` on what was added, `#[serde(alias = "…")]` on what was renamed.
    ///
    /// Those that wait were looked at when the engine was started, if the workflow has changed since they were. What is wrong with a
    /// branch or a nested execution shows when it is about to go on, a moment later.
    pub fn stranded(&self) -> Vec<Stranded> {
        self.shared.durable.as_ref().map_or_else(Vec::new, |durable| durable.strand.list())
    }
}

impl Shared {
    /// Leaves an execution where it is, with all that it is a part of, as it cannot go on.
    pub(crate) fn strand(&self, entry: &Arc<Entry>, path: Option<&Arc<str>>, unfit: Unfit) {
        if let Some(durable) = &self.durable {
            let whole = entry.whole();
            durable.strand.add(whole.number, whole.id.clone(), (entry.number, path.cloned()), unfit, true);
        }
        entry.suspend_whole();
    }

    /// Notes that nothing of an execution runs any more that was left where it is.
    pub(crate) fn left(&self, entry: &Entry) {
        if let Some(durable) = &self.durable {
            durable.strand.left(entry.number);
        }
    }
}
