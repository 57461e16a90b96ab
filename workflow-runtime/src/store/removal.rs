//! Which ended executions go from a store: [`Removal`].

use std::time::SystemTime;

use crate::{ExecutionId, Status};

/// Which executions to remove. Never removed are one that runs, a part of another one by itself, and one whose parent runs: that would
/// start it again.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use workflow_runtime::store::Removal;
///
/// let ninety_days_ago = SystemTime::now() - Duration::from_secs(90 * 86_400);
/// let old_orders = Removal { workflow: Some("Order".to_owned()), ..Removal::ended_before(ninety_days_ago) };
/// assert_eq!((old_orders.name, old_orders.limit), (None, 256));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removal {
    /// Those that ended before this time.
    pub ended_before: SystemTime,
    /// Those of this workflow only.
    pub workflow: Option<String>,
    /// Those with this name only.
    pub name: Option<String>,
    /// At most so many in one transaction, not counting their parts.
    pub limit: usize,
}

impl Removal {
    /// All that ended before this time, some hundreds at once.
    pub fn ended_before(time: SystemTime) -> Self {
        Removal { ended_before: time, workflow: None, name: None, limit: 256 }
    }
}

/// An execution that was removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removed {
    /// Its number, which no other execution gets.
    pub number: u64,
    /// Its identity.
    pub id: ExecutionId,
    /// How it had ended.
    pub status: Status,
    /// When it had ended.
    pub stopped: SystemTime,
}
