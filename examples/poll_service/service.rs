//! The service, which stands for one that you do not own: it summarises a document to its first half, takes its time, and
//! does not accept jobs faster than it likes to.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use tokio::net::TcpListener;

use crate::workflow::Progress;

/// How fast the service is.
#[derive(Clone, Copy)]
pub struct Pace {
    /// How long it takes for each word of a document.
    pub time_per_word: Duration,
    /// How long it wants to be left alone after it accepted a job.
    pub time_between_jobs: Duration,
}

/// What `POST /jobs` takes.
#[derive(Serialize, Deserialize)]
pub struct Submission {
    pub document: String,
}

/// What it answers with 202. `GET /jobs/{ticket}` then answers with a [`Progress`].
#[derive(Serialize, Deserialize)]
pub struct Ticket {
    pub ticket: String,
}

/// What it answers with 422.
#[derive(Serialize, Deserialize)]
pub struct Refusal {
    pub reason: String,
}

struct Jobs {
    pace: Pace,
    accepted: Mutex<Vec<Job>>,
}

struct Job {
    document: String,
    accepted: Instant,
}

/// Starts the service on a free port of this machine, where it runs for as long as the program does.
pub async fn start(pace: Pace) -> std::io::Result<SocketAddr> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let address = listener.local_addr()?;
    let jobs = Arc::new(Jobs { pace, accepted: Mutex::default() });
    let routes = Router::new().route("/jobs", post(submit)).route("/jobs/{ticket}", get(progress)).with_state(jobs);
    tokio::spawn(async move { axum::serve(listener, routes).await });
    Ok(address)
}

async fn submit(State(jobs): State<Arc<Jobs>>, Json(Submission { document }): Json<Submission>) -> Response {
    if document.trim().is_empty() {
        let refusal = Refusal { reason: "the document is empty".to_owned() };
        return (StatusCode::UNPROCESSABLE_ENTITY, Json(refusal)).into_response();
    }
    let mut accepted = jobs.accepted();
    if accepted.last().is_some_and(|job| job.accepted.elapsed() < jobs.pace.time_between_jobs) {
        return StatusCode::TOO_MANY_REQUESTS.into_response();
    }
    accepted.push(Job { document, accepted: Instant::now() });
    (StatusCode::ACCEPTED, Json(Ticket { ticket: accepted.len().to_string() })).into_response()
}

async fn progress(State(jobs): State<Arc<Jobs>>, Path(ticket): Path<usize>) -> Response {
    let accepted = jobs.accepted();
    match ticket.checked_sub(1).and_then(|index| accepted.get(index)) {
        Some(job) => Json(job.progress(jobs.pace)).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

impl Jobs {
    fn accepted(&self) -> MutexGuard<'_, Vec<Job>> {
        // A job is pushed whole or not at all, so a panic elsewhere leaves nothing half done.
        self.accepted.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Job {
    fn progress(&self, pace: Pace) -> Progress {
        let words: Vec<&str> = self.document.split_whitespace().collect();
        let work = pace.time_per_word.saturating_mul(u32::try_from(words.len()).unwrap_or(u32::MAX));
        if self.accepted.elapsed() < work {
            return Progress::Running;
        }
        match self.document.contains(char::REPLACEMENT_CHARACTER) {
            true => Progress::Refused { reason: "the document is not in UTF-8".to_owned() },
            false => Progress::Finished { summary: words[..words.len().div_ceil(2)].join(" ") },
        }
    }
}
