//! The program that the tests start.

use std::fs::OpenOptions;
use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use workflow_runtime::prelude::*;

/// What is to be done, and where each step is noted down.
#[derive(Clone, Debug, Serialize, Deserialize, Data)]
pub struct Plan {
    pub witness: String,
    pub wait_millis: u64,
    #[serde(default)]
    pub work_millis: u64,
    /// Whether the work keeps its thread busy.
    #[serde(default)]
    pub is_deaf: bool,
}

impl Plan {
    fn note(&self, what: &str) {
        let mut file =
            OpenOptions::new().create(true).append(true).open(&self.witness).expect("the witness can be written");
        // With one write, so that those who note something at the same time leave each other's lines whole.
        file.write_all(format!("{what}\n").as_bytes()).expect("the witness can be written");
    }
}

/// Works, waits, and works again.
pub struct Errand;

#[workflow(start = set_out, timeout = "1h", native)]
impl Errand {
    #[task(timeout = "10m", next = rest)]
    async fn set_out(&self, plan: Plan) -> Plan {
        plan.note("set out");
        let work = Duration::from_millis(plan.work_millis);
        if plan.is_deaf {
            std::thread::sleep(work);
        } else {
            tokio::time::sleep(work).await;
        }
        plan.note("on the way");
        plan
    }

    #[wait(next = arrive)]
    fn rest(plan: Plan) -> Duration {
        Duration::from_millis(plan.wait_millis)
    }

    #[task(timeout = "10m", end)]
    async fn arrive(&self, plan: Plan) -> String {
        plan.note("arrived");
        "home".to_owned()
    }
}

/// Runs two errands at once, one of them as an execution of its own.
pub struct Day {
    errand: Errand,
    alone: Alone,
}

#[workflow(start = both, timeout = "2h", native)]
impl Day {
    #[parallel(branches(self.errand: Errand, self.alone: Alone), end)]
    fn both(plan: Plan);
}

/// An errand as an execution of its own.
pub struct Alone {
    errand: Errand,
}

#[workflow(start = nested, timeout = "2h", native)]
impl Alone {
    #[nested(self.errand: Errand, end)]
    fn nested(plan: Plan);
}

#[tokio::main]
pub async fn main() -> ExitCode {
    App::new().workflow(Errand).workflow(Day { errand: Errand, alone: Alone { errand: Errand } }).main().await
}
