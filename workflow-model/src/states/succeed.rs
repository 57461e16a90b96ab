//! `#[succeed]`: ends the execution with its input as the output.

use serde::{Deserialize, Serialize};

/// The successful end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Succeed {}
