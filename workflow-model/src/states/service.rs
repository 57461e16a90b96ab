//! `#[task(resource = "…", arguments = …)]`: a service that Step Functions calls instead of the program's Lambda function.

use serde::{Deserialize, Serialize};

use crate::expr::Lambda;

/// A service integration. Natively the task's body runs, as it does in any task.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Service {
    /// The resource as it was written, as in `arn:aws:states:::dynamodb:putItem`;
    /// [`Integration::read`](crate::integrations::Integration::read) takes it apart.
    pub resource: String,
    /// What makes the arguments from the input. `None`: the input is the arguments.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arguments: Option<Lambda>,
}
