//! The context object. What it says differs from execution to execution, so this asks for what is the same in each.

use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use workflow_runtime::prelude::*;

use crate::agreement::agreement;
use crate::values::text;

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
struct Job {
    text: String,
    delay: u64,
}

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
struct Facts {
    states: Vec<String>,
    name_length: usize,
    is_named: bool,
    is_late: bool,
    is_of_machine: bool,
    start_time: usize,
    retries: u32,
}

fn job() -> impl Strategy<Value = Job> {
    (text(), 0..3_u64).prop_map(|(text, delay)| Job { text, delay })
}

struct Tested;

#[workflow(start = rest, timeout = "1h", output = Facts)]
impl Tested {
    #[wait(next = |job| look((job, vec![context.state.name])))]
    fn rest(job: Job) -> u64 {
        job.delay + context.execution.name.len() as u64 - 36
    }

    #[choice]
    fn look((job, states): (Job, Vec<String>)) -> Next<Self> {
        match context.execution.start_time == context.state.entered_time {
            true if job.delay == 0 => hand_on((job.clone(), vec![context.state.name, job.text])),
            false if job.delay > 0 => hand_on((job, vec![states[0].clone(), context.state.name])),
            _ => lost(context.state.name),
        }
    }

    #[task(timeout = "1m", next = |(job, states)| gather((job, states, context.state.retry_count)))]
    async fn hand_on(&self, given: (Job, Vec<String>)) -> (Job, Vec<String>) {
        given
    }

    #[pass(end)]
    fn gather((job, states, retries): (Job, Vec<String>, u32)) -> Facts {
        let time = context.execution.start_time.clone();
        Facts {
            states,
            name_length: context.execution.name.len(),
            is_named: context.execution.id.ends_with(&context.execution.name),
            is_late: context.state.entered_time > time && job.delay > 0,
            is_of_machine: context.state_machine.id.ends_with(&context.state_machine.name),
            start_time: context.execution.start_time.len(),
            retries,
        }
    }

    #[fail(error = "Lost")]
    fn lost(state: String) -> String {
        format!("in {state}, on the way to {}", context.state.name)
    }
}

agreement! {
    context_object: Tested, job();
}
