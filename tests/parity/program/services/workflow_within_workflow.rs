#[path = "../../../../examples/workflow_within_workflow/workflow.rs"]
mod workflow;

use http_body_util::Full;
use hyper::Request;
use hyper::body::Bytes;
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use serde::{Deserialize, Serialize};
use workflow_runtime::TaskToken;

use self::workflow::{Callback, CallbackError, Main};
use crate::Registry;
use crate::script::Script;

pub(super) fn register<R: Registry>(to: R, script: Script) -> R {
    let main = Main::new(script);
    to.add(main.nested()).add(main)
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Sent {
    Ok,
    /// Nobody is told.
    Lost,
    Refused(String),
}

impl Callback for Script {
    async fn send(&self, token: &TaskToken<String>, answer: String) -> Result<(), CallbackError> {
        match self.answer("send").await {
            Sent::Ok => {}
            Sent::Lost => return Ok(()),
            Sent::Refused(why) => return Err(CallbackError::NobodyWaits(why)),
        }
        let sent = match self.engine.get() {
            Some(engine) => engine.complete(token, answer).await.is_ok(),
            None => send_task_success(token.as_str(), &answer).await.unwrap_or(false),
        };
        if sent { Ok(()) } else { Err(CallbackError::NobodyWaits("it is too late".to_owned())) }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SendTaskSuccess<'a> {
    task_token: &'a str,
    /// JSON in a string.
    output: String,
}

/// Calls Step Functions' API, as one would on AWS with its SDK. Whether it was taken.
async fn send_task_success(token: &str, answer: &str) -> Result<bool, Box<dyn std::error::Error>> {
    let request = SendTaskSuccess { task_token: token, output: serde_json::to_string(answer)? };
    let request = Request::post(std::env::var("AWS_ENDPOINT_URL_SFN")?)
        .header("content-type", "application/x-amz-json-1.0")
        .header("x-amz-target", "AWSStepFunctions.SendTaskSuccess")
        .body(Full::<Bytes>::from(serde_json::to_vec(&request)?))?;
    let http = Client::builder(TokioExecutor::new()).build_http();
    Ok(http.request(request).await?.status().is_success())
}
