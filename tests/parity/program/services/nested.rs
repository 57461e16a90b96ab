#[path = "../../../../examples/nested/workflow.rs"]
mod workflow;

use self::poll_service::PollService;
use self::workflow::Headline;
use super::poll_service::workflow as poll_service;
use crate::Registry;
use crate::script::Script;

pub(super) fn register<R: Registry>(to: R, script: Script) -> R {
    to.add(Headline::new(PollService::new(script.clone()))).add(PollService::new(script))
}
