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

/// How long the service takes for each word of a document.
pub const TIME_PER_WORD: Duration = Duration::from_millis(150);
/// How long it wants to be left alone after it accepted a job.
const TIME_BETWEEN_JOBS: Duration = Duration::from_millis(200);

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

#[derive(Clone, Default)]
struct Jobs(Arc<Mutex<Vec<Job>>>);

struct Job {
    document: String,
    accepted: Instant,
}

/// Starts the service on a free port of this machine, where it runs for as long as the program does.
pub async fn start() -> std::io::Result<SocketAddr> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let address = listener.local_addr()?;
    let routes = Router::new().route("/jobs", post(submit)).route("/jobs/{ticket}", get(progress));
    let server = axum::serve(listener, routes.with_state(Jobs::default()));
    tokio::spawn(async move { server.await });
    Ok(address)
}

async fn submit(State(jobs): State<Jobs>, Json(Submission { document }): Json<Submission>) -> Response {
    if document.trim().is_empty() {
        let refusal = Refusal { reason: "the document is empty".to_owned() };
        return (StatusCode::UNPROCESSABLE_ENTITY, Json(refusal)).into_response();
    }
    let mut jobs = jobs.lock();
    if jobs.last().is_some_and(|job| job.accepted.elapsed() < TIME_BETWEEN_JOBS) {
        return StatusCode::TOO_MANY_REQUESTS.into_response();
    }
    jobs.push(Job { document, accepted: Instant::now() });
    (StatusCode::ACCEPTED, Json(Ticket { ticket: jobs.len().to_string() })).into_response()
}

async fn progress(State(jobs): State<Jobs>, Path(ticket): Path<usize>) -> Response {
    let jobs = jobs.lock();
    match ticket.checked_sub(1).and_then(|index| jobs.get(index)) {
        Some(job) => Json(job.progress()).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

impl Jobs {
    fn lock(&self) -> MutexGuard<'_, Vec<Job>> {
        // A job is pushed whole or not at all, so a panic elsewhere leaves nothing half done.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Job {
    fn progress(&self) -> Progress {
        let words: Vec<&str> = self.document.split_whitespace().collect();
        if self.accepted.elapsed() < TIME_PER_WORD * u32::try_from(words.len()).unwrap_or(u32::MAX) {
            return Progress::Running;
        }
        match self.document.contains(char::REPLACEMENT_CHARACTER) {
            true => Progress::Refused { reason: "the document is not in UTF-8".to_owned() },
            false => Progress::Finished { summary: words[..words.len().div_ceil(2)].join(" ") },
        }
    }
}
