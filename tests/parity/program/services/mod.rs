//! For each example, its workflows, and its service as the scenario has it; and a workflow of what no example has.

mod approval;
mod batch;
#[allow(dead_code, reason = "the example's own program")]
#[path = "../../../../examples/hello/main.rs"]
mod hello;
mod nested;
mod order_fulfilment;
mod orders;
mod poll_service;
mod stocktaking;
mod workflow_within_workflow;

use super::Registry;
use super::script::Script;

/// Adds the workflows of the scenario's example.
pub(super) fn register<R: Registry>(to: R, script: &Script) -> Result<R, String> {
    Ok(match script.scenario.example.as_str() {
        "approval" => approval::register(to, script.clone()),
        "batch" => batch::register(to, script.clone()),
        "hello" => to.add(hello::Hello),
        "nested" => nested::register(to, script.clone()),
        "order_fulfilment" => order_fulfilment::register(to, script.clone()),
        "orders" => orders::register(to, script.clone()),
        "poll_service" => poll_service::register(to, script.clone()),
        "stocktaking" => stocktaking::register(to, script.clone()),
        "workflow_within_workflow" => workflow_within_workflow::register(to, script.clone()),
        unknown => return Err(format!("there is no example {unknown}")),
    })
}
