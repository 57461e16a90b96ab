//! The service as the workflow sees it, over HTTP.

use std::fmt::Display;

use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::{Request, StatusCode};
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use hyper_util::rt::TokioExecutor;
use serde::de::DeserializeOwned;

use crate::service::{Refusal, Submission, Ticket};
use crate::workflow::{Progress, Service, ServiceError};

pub struct HttpClient {
    /// Where the service is, as in `http://127.0.0.1:8080`.
    service: String,
    http: Client<HttpConnector, Full<Bytes>>,
}

impl HttpClient {
    pub fn new(service: String) -> Self {
        HttpClient { service, http: Client::builder(TokioExecutor::new()).build_http() }
    }

    /// Sends a request, and brings what can go wrong into the cases that the workflow knows.
    async fn send<T: DeserializeOwned>(&self, request: Request<Full<Bytes>>) -> Result<T, ServiceError> {
        let response = self.http.request(request).await.map_err(unavailable)?;
        let status = response.status();
        let body = response.into_body().collect().await.map_err(unavailable)?.to_bytes();
        match status {
            StatusCode::TOO_MANY_REQUESTS => Err(ServiceError::Throttled),
            StatusCode::UNPROCESSABLE_ENTITY => Err(ServiceError::Rejected(read::<Refusal>(&body)?.reason)),
            status if status.is_success() => read(&body),
            status => Err(unavailable(status)),
        }
    }
}

impl Service for HttpClient {
    async fn submit(&self, document: &str) -> Result<String, ServiceError> {
        let submission = Submission { document: document.to_owned() };
        let body = serde_json::to_vec(&submission).map_err(unavailable)?;
        let request = Request::post(format!("{}/jobs", self.service))
            .header("content-type", "application/json")
            .body(Full::from(body))
            .map_err(unavailable)?;
        let Ticket { ticket } = self.send(request).await?;
        Ok(ticket)
    }

    async fn progress(&self, ticket: &str) -> Result<Progress, ServiceError> {
        let request =
            Request::get(format!("{}/jobs/{ticket}", self.service)).body(Full::default()).map_err(unavailable)?;
        self.send(request).await
    }
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, ServiceError> {
    serde_json::from_slice(body).map_err(unavailable)
}

fn unavailable(error: impl Display) -> ServiceError {
    ServiceError::Unavailable(error.to_string())
}
