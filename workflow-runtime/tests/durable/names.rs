//! Executions that are started by name.

use workflow_runtime::StartError;
use workflow_runtime::prelude::*;
use workflow_runtime::store::Memory;

use crate::{crash, engine};

struct Double;

#[workflow(start = double, timeout = "1m")]
impl Double {
    #[task(timeout = "10s", end)]
    async fn double(&self, number: u32) -> u32 {
        number * 2
    }
}

#[tokio::test(start_paused = true)]
async fn a_name_is_one_execution_for_good() {
    let memory = Memory::new();
    let first = engine(Double, &memory).await;
    let started = first.start_named::<Double>("request-1", 4).await.expect("it starts");
    let again = first.start_named::<Double>("request-1", 4).await.expect("it is known");
    assert_eq!(started.id(), again.id());
    assert_eq!(again.output().await, Ok(8));
    crash(first).await;

    let second = engine(Double, &memory).await;
    let known = second.start_named::<Double>("request-1", 4).await.expect("it is known");
    assert_eq!(known.output().await, Ok(8));
    assert_eq!(known.history().len(), 7);
    let taken = second.start_named::<Double>("request-1", 5).await;
    assert!(matches!(taken, Err(StartError::NameTaken(_))), "{taken:?}");
    let other = second.start_named::<Double>("request-2", 5).await.expect("the name is free");
    assert_eq!(other.output().await, Ok(10));
}

#[tokio::test(start_paused = true)]
async fn a_name_finds_its_execution_after_a_restart() {
    let memory = Memory::new();
    let first = engine(Double, &memory).await;
    first.start_named::<Double>("request-1", 4).await.expect("it starts").output().await.expect("it succeeds");
    crash(first).await;

    let second = engine(Double, &memory).await;
    let typed = second.execution_named::<Double>("request-1").expect("it is in the store");
    assert_eq!(typed.output().await, Ok(8));
    let any = second.any_execution("Double", "request-1").expect("it is in the store");
    assert_eq!(any.id(), typed.id());
    for (workflow, name) in [("Double", "request-2"), ("Triple", "request-1")] {
        assert!(second.any_execution(workflow, name).is_none(), "{workflow}:{name}");
    }
    assert!(second.execution_named::<Double>("request-2").is_none());
}

#[tokio::test]
async fn a_name_that_is_none_is_refused() {
    let engine = engine(Double, &Memory::new()).await;
    let long = "x".repeat(81);
    for name in ["", "a b", "a/b", "a:b", "what?", "new\nline", &long] {
        let refused = engine.start_named::<Double>(name, 1).await;
        assert!(matches!(refused, Err(StartError::InvalidName(_))), "{name}: {refused:?}");
    }
    let longest = "ä".repeat(80);
    assert_eq!(engine.start_named::<Double>(&longest, 1).await.expect("it is a name").id().name(), longest);
}
