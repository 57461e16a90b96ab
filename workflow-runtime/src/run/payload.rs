//! How large a payload may be, in bytes of its JSON, as Step Functions counts.
//!
//! What is not serialised is not measured: a [`Record`] has a limit where it writes values down, or shows them.

use std::sync::Arc;

use workflow_model::states::StatesError;

use super::{Record, Run};
use crate::Failure;

/// How much larger than one payload all variables together may be: on AWS 10 MiB against 256 KiB.
const VARIABLES: usize = 40;

/// The failure of the task, or the state, that gave a payload which is too large, in Step Functions' words.
fn exceeded(by: &str) -> Failure {
    let cause = format!(
        "The state/task '{by}' returned a result with a size exceeding the maximum number of bytes service limit."
    );
    Failure::states(StatesError::DataLimitExceeded, cause)
}

impl<R: Record> Run<R> {
    /// The JSON of a payload, where the events are to hold it; the failure of what gave it, where it is too large.
    pub(super) fn payload(
        &self,
        by: &str,
        json: impl FnOnce() -> serde_json::Result<String>,
    ) -> Result<Option<Arc<str>>, Failure> {
        let Some(limit) = self.record.payload_limit() else { return Ok(self.record.json(json)) };
        match json() {
            Ok(json) if json.len() > limit => Err(exceeded(by)),
            Ok(json) => Ok(self.record.json(|| Ok(json))),
            // What is not JSON fails where it is used.
            Err(_) => Ok(None),
        }
    }

    /// Measures what is JSON already.
    pub(super) fn measure(&self, by: &str, json: &str) -> Result<(), Failure> {
        let is_too_large = self.record.payload_limit().is_some_and(|limit| json.len() > limit);
        if is_too_large { Err(exceeded(by)) } else { Ok(()) }
    }

    /// Measures what the state has assigned, and all variables together.
    pub(super) fn measure_variables(&self) -> Result<(), Failure> {
        let Some(limit) = self.record.payload_limit() else { return Ok(()) };
        let all = self.kept.as_ref().and_then(|kept| kept.variables.as_ref()).map_or(0, |json| json.len());
        let is_too_large = self.assigned.size() > limit || all > limit.saturating_mul(VARIABLES);
        if is_too_large { Err(exceeded(self.state)) } else { Ok(()) }
    }
}
