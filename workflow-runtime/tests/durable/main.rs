//! Executions that outlive their engine: whatever is cut off where, each ends as if nothing had happened.

mod answers;
mod changed;
mod crash;
mod deep;
mod early;
mod ends;
mod model;
mod names;
mod order;
mod parked;
mod parts;
mod retention;
mod settled;
mod shutdown;
mod workload;

use workflow_runtime::store::Memory;
use workflow_runtime::{Engine, Workflow};

/// An engine with one workflow on a store.
async fn engine<W: Workflow>(workflow: W, memory: &Memory) -> Engine {
    let engine = Engine::builder().workflow(workflow).store(memory.clone()).start().await.expect("it starts");
    assert_eq!(engine.stranded(), []);
    engine
}

/// Ends an engine as a crash does: nothing more is written.
async fn crash(engine: Engine) {
    engine.shutdown(std::time::Duration::ZERO).await;
}
