//! The result of an item of a map that tolerates failures.

use serde::{Deserialize, Serialize};

use crate::Data;
use crate::nested::NestedExecution;

/// How an item of a distributed `#[map]` ended that goes on when some fail: with an output, or with the description of its execution.
///
/// ```
/// use workflow_runtime::ItemResult;
///
/// let results: Vec<ItemResult<u32>> = serde_json::from_str("[1, 2]")?;
/// assert_eq!(results, [ItemResult::Succeeded(1), ItemResult::Succeeded(2)]);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Data)]
#[serde(untagged)]
pub enum ItemResult<T> {
    /// It failed, was cancelled or ran out of time.
    Failed(NestedExecution),
    /// It succeeded.
    Succeeded(T),
}
