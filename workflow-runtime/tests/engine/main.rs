//! The engine and the native run: handles, nested executions, retriers, time, panics and data.
//!
//! Time is tokio's paused clock, so hours pass at once and to the millisecond.

mod activity;
mod callback;
mod data;
mod distributed;
mod gates;
mod handles;
mod limits;
mod map;
mod matching;
mod nested;
mod nested_callback;
mod panics;
mod parallel;
mod parking;
mod payload;
mod poll;
mod retry;
mod shutdown;
mod started;
mod time;
#[cfg(feature = "jiff")]
mod wait;

use workflow_runtime::{Engine, Workflow};

/// An engine with one workflow.
async fn engine<W: Workflow>(workflow: W) -> Engine {
    Engine::builder().workflow(workflow).start().await.expect("there is one workflow")
}

/// The types of events, in order.
fn types(history: &[workflow_runtime::history::Event]) -> Vec<String> {
    history.iter().map(|event| event.detail.event_type()).collect()
}
