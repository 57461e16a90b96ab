//! Answers to the calls of the SDK, as the HTTP client that it is given.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_sdk_sfn::config::http::{HttpRequest, HttpResponse};
use aws_sdk_sfn::config::retry::RetryConfig;
use aws_sdk_sfn::config::{BehaviorVersion, HttpClient, Region, RuntimeComponents, SharedHttpClient};

use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;
use serde_json::Value;
use tokio::time::{Instant, sleep};
use workflow_client::{Client, StateMachines};

/// Step Functions' side: the answers to come for each action, and the calls that were made.
#[derive(Clone, Debug)]
pub(crate) struct Service {
    answers: Arc<Mutex<HashMap<&'static str, VecDeque<Answer>>>>,
    calls: Arc<Mutex<Vec<Call>>>,
    began: Instant,
}

/// A call that was made.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) action: String,
    pub(crate) host: String,
    pub(crate) body: Value,
    /// How many seconds after the beginning.
    pub(crate) at: f64,
}

/// What a call is answered.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    after: Duration,
    status: u16,
    /// `None` when the connection is lost.
    body: Option<String>,
}

impl Answer {
    pub(crate) fn ok(body: impl ToString) -> Self {
        Answer { after: Duration::ZERO, status: 200, body: Some(body.to_string()) }
    }

    /// An error by its name in the API.
    pub(crate) fn error(name: &str, message: &str) -> Self {
        let body = format!(r#"{{"__type":"com.amazonaws.swf.service.v2.model#{name}","message":"{message}"}}"#);
        Answer { after: Duration::ZERO, status: 400, body: Some(body) }
    }

    pub(crate) fn lost() -> Self {
        Answer { after: Duration::ZERO, status: 0, body: None }
    }

    pub(crate) fn after(self, seconds: u64) -> Self {
        Answer { after: Duration::from_secs(seconds), ..self }
    }

    async fn give(self) -> Result<HttpResponse, ConnectorError> {
        sleep(self.after).await;
        let Some(body) = self.body else {
            return Err(ConnectorError::io("connection reset by peer".into()));
        };
        Ok(HttpResponse::new(self.status.try_into().expect("it is a status"), SdkBody::from(body)))
    }
}

impl Service {
    pub(crate) fn new() -> Self {
        Service { answers: Arc::default(), calls: Arc::default(), began: Instant::now() }
    }

    /// What the next calls of an action are answered, one after the other.
    pub(crate) fn will(&self, action: &'static str, answers: impl IntoIterator<Item = Answer>) {
        self.answers.lock().expect("no test panics with the lock").entry(action).or_default().extend(answers);
    }

    /// The SDK does not retry: that is its own business.
    pub(crate) fn client(&self) -> Client {
        self.client_with(RetryConfig::disabled())
    }

    /// The SDK retries as it does where nobody tells it otherwise.
    pub(crate) fn client_that_retries(&self) -> Client {
        self.client_with(RetryConfig::standard())
    }

    fn client_with(&self, retries: RetryConfig) -> Client {
        let config = aws_sdk_sfn::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("eu-west-1"))
            .with_test_defaults()
            .retry_config(retries)
            .http_client(SharedHttpClient::new(self.clone()))
            .build();
        let machines = StateMachines::of_stack("eu-west-1", "123456789012", "shop");
        Client::new(aws_sdk_sfn::Client::from_conf(config), machines)
    }

    /// The calls of an action so far.
    pub(crate) fn calls(&self, action: &str) -> Vec<Call> {
        self.calls
            .lock()
            .expect("no test panics with the lock")
            .iter()
            .filter(|call| call.action == action)
            .cloned()
            .collect()
    }

    /// When the calls of an action were made, in seconds.
    pub(crate) fn times(&self, action: &str) -> Vec<f64> {
        self.calls(action).iter().map(|call| call.at).collect()
    }

    fn answer(&self, action: &str) -> Answer {
        let next =
            self.answers.lock().expect("no test panics with the lock").get_mut(action).and_then(VecDeque::pop_front);
        match (next, action) {
            (Some(answer), _) => answer,
            // Nothing to do: AWS keeps the call open for a minute.
            (None, "GetActivityTask") => Answer::ok("{}").after(60),
            (None, _) => panic!("nothing is to call {action} now"),
        }
    }
}

impl HttpConnector for Service {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let target = request.headers().get("x-amz-target").expect("each call says its action");
        let action = target.rsplit('.').next().unwrap_or_default().to_owned();
        let body = serde_json::from_slice(request.body().bytes().unwrap_or_default()).expect("it is JSON");
        let host = request.uri().split('/').nth(2).unwrap_or_default().to_owned();
        let at = (self.began.elapsed().as_secs_f64() * 10.0).round() / 10.0;
        let answer = self.answer(&action);
        self.calls.lock().expect("no test panics with the lock").push(Call { action, host, body, at });
        HttpConnectorFuture::new(answer.give())
    }
}

impl HttpClient for Service {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}
