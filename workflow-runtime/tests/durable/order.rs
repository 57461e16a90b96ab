//! Those who start executions and those executions queue what is to be written at the same time.

use workflow_runtime::prelude::*;
use workflow_runtime::store::Memory;

use crate::{crash, engine};

struct Steps;

#[workflow(start = first, timeout = "1h")]
impl Steps {
    #[task(timeout = "1m", next = second)]
    async fn first(&self, number: u32) -> u32 {
        number
    }

    #[task(timeout = "1m", end)]
    async fn second(&self, number: u32) -> u32 {
        number
    }
}

/// The store would refuse a step that comes before the start.
#[tokio::test(flavor = "multi_thread", worker_threads = 16)]
async fn a_start_comes_before_all_else() {
    let engine = engine(Steps, &Memory::new()).await;
    let starts: Vec<_> = (0..64)
        .map(|number| {
            let engine = engine.clone();
            tokio::spawn(async move {
                for _ in 0..300 {
                    let execution = engine.start::<Steps>(number).await.expect("it starts");
                    assert_eq!(execution.output().await, Ok(number));
                }
            })
        })
        .collect();
    for start in starts {
        start.await.expect("all went well");
    }
    crash(engine).await;
}
