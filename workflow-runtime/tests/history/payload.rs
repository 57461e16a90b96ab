//! A result that is larger than a payload may be.

use serde::{Deserialize, Serialize};
use workflow_runtime::prelude::*;

use crate::compare::{Recorded, same};

/// What the recorded execution is started with.
#[derive(Clone, Serialize, Deserialize, Data)]
#[serde(rename_all = "PascalCase")]
struct Invocation {
    function_name: String,
    payload: Option<String>,
}

struct Large;

#[workflow(start = invoke_lambda, timeout = "1h", output = Failure)]
impl Large {
    /// What the recorded function gives is not JSON, so that it is 2 bytes larger here.
    #[task(timeout = "1m", next = process_result)]
    #[catch(States::All => handle_general_error)]
    async fn invoke_lambda(&self, _invocation: Invocation) -> String {
        "a".repeat(263_168)
    }

    /// The recorded state ends the execution with another type than the handler, which no workflow here may.
    #[fail(error = "Unreached")]
    fn process_result(_result: String);

    #[pass(end)]
    fn handle_general_error(failure: Failure);
}

#[tokio::test(start_paused = true)]
async fn data_limit_that_is_exceeded() {
    same(Large, Recorded::read("lambda_data_limit_exceeded")).await;
}
