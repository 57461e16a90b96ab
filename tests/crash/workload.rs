//! What the executions do: tasks, retries, waits, branches, a map, a nested execution and a callback.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::time::sleep;
use workflow_runtime::prelude::*;

use crate::witness::{Line, Recorded, Witness};

/// What goes from step to step: a number that all of them count up, and the steps that it comes from.
#[derive(Clone, Debug, Serialize, Deserialize, Data)]
pub struct Passed {
    pub value: u64,
    pub behind: Vec<Recorded>,
}

/// What goes on behind several.
fn joined(all: Vec<Passed>) -> Passed {
    let value = all.iter().map(|passed| passed.value).sum();
    Passed { value, behind: all.into_iter().flat_map(|passed| passed.behind).collect() }
}

#[derive(Debug, thiserror::Error, TaskError)]
pub enum StepError {
    #[error("not yet")]
    Busy,
}

/// The dependency of all workflows.
#[derive(Clone)]
pub struct World {
    pub witness: Witness,
}

impl World {
    fn begins(&self, passed: &Passed, cx: &TaskContext) {
        let behind = passed.behind.clone();
        self.witness.saw(Line::Begins { key: cx.idempotency_key(), attempt: cx.attempt(), behind });
    }

    /// A step that takes some time.
    async fn step(&self, passed: Passed, cx: &TaskContext) -> Passed {
        self.begins(&passed, cx);
        sleep(Duration::from_millis(passed.value % 4)).await;
        let (key, attempt) = (cx.idempotency_key(), cx.attempt());
        self.witness.saw(Line::Ends { key: key.clone(), attempt });
        Passed { value: passed.value + 1, behind: vec![Recorded { key, attempt }] }
    }
}

/// Two steps, and a wait between them.
#[derive(Clone)]
pub struct Leg {
    pub world: World,
}

#[workflow(start = depart, timeout = "1h", native)]
impl Leg {
    #[task(timeout = "1m", next = rest)]
    async fn depart(&self, passed: Passed, cx: TaskContext) -> Passed {
        self.world.step(passed, &cx).await
    }

    #[wait("20ms", next = arrive)]
    fn rest(passed: Passed);

    #[task(timeout = "1m", end)]
    async fn arrive(&self, passed: Passed, cx: TaskContext) -> Passed {
        self.world.step(passed, &cx).await
    }
}

/// All of it.
pub struct Journey {
    pub world: World,
    pub leg: Leg,
}

impl Journey {
    pub fn new(world: World) -> Self {
        Journey { leg: Leg { world: world.clone() }, world }
    }
}

/// What a journey ends with that began with this.
pub fn expected(number: u64) -> u64 {
    let leg = |value| value + 2;
    let accepted = number + 1;
    let both = leg(accepted) + leg(accepted);
    let all = leg(both) + leg(both + 1) + leg(both + 2);
    answer(leg(all)) + 1
}

/// What is answered to a question.
pub fn answer(value: u64) -> u64 {
    value + 5
}

#[workflow(start = accept, timeout = "2h", native, output = u64)]
impl Journey {
    #[task(timeout = "1m", next = pause)]
    #[retry(StepError::Busy, interval = "10ms", max_attempts = 5, backoff_rate = 1.0)]
    async fn accept(&self, number: u64, cx: TaskContext) -> Result<Passed, StepError> {
        let passed = Passed { value: number, behind: Vec::new() };
        if cx.retry_count() < 2 {
            self.world.begins(&passed, &cx);
            self.world.witness.saw(Line::Fails { key: cx.idempotency_key(), attempt: cx.attempt() });
            return Err(StepError::Busy);
        }
        Ok(self.world.step(passed, &cx).await)
    }

    #[wait("30ms", next = both)]
    fn pause(passed: Passed);

    #[parallel(branches(self.leg: Leg, self.leg: Leg), next = |(left, right)| all(joined(vec![left, right])))]
    fn both(passed: Passed);

    #[map(self.leg: Leg, max_concurrency = 2, next = |passed| apart(joined(passed)))]
    fn all(passed: Passed) -> Vec<Passed> {
        (0..3).map(|more| Passed { value: passed.value + more, behind: passed.behind.clone() }).collect()
    }

    #[nested(self.leg: Leg, next = ask)]
    fn apart(passed: Passed);

    #[task(callback, timeout = "1h", next = finish)]
    async fn ask(&self, passed: Passed, token: TaskToken<Passed>, cx: TaskContext) {
        self.world.begins(&passed, &cx);
        let (key, value) = (cx.idempotency_key(), passed.value);
        self.world.witness.saw(Line::Asks { key, token: token.as_str().to_owned(), value });
    }

    #[task(timeout = "1m", end = |passed| passed.value)]
    async fn finish(&self, passed: Passed, cx: TaskContext) -> Passed {
        self.world.step(passed, &cx).await
    }
}
