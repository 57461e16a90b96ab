//! Executions that have ended are removed when they are told to, or when their time is over.

use std::time::Duration;

use workflow_runtime::prelude::*;
use workflow_runtime::store::{Filter, Memory, Removal, Store};
use workflow_runtime::{EngineBuilder, Status};

use crate::crash;

const DAY: Duration = Duration::from_secs(86_400);

#[derive(Clone)]
struct Rest;

#[workflow(start = rest, timeout = "100d")]
impl Rest {
    #[wait(end)]
    fn rest(days: u64) -> Duration {
        Duration::from_secs(days * 86_400)
    }
}

struct Outer {
    rest: Rest,
}

#[workflow(start = rests, timeout = "100d")]
impl Outer {
    #[nested(self.rest: Rest, end)]
    fn rests(days: u64);
}

fn engine(memory: &Memory) -> EngineBuilder {
    Engine::builder().workflow(Outer { rest: Rest }).workflow(Rest).store(memory.clone())
}

fn names(memory: &Memory) -> Vec<String> {
    memory.list(&Filter::default()).expect("it can be read").into_iter().map(|stored| stored.name).collect()
}

#[tokio::test(start_paused = true)]
async fn what_has_ended_for_so_long_goes_by_itself() {
    let memory = Memory::new();
    let first = engine(&memory).retention(DAY * 30).start().await.expect("it starts");
    let short = first.start_named::<Rest>("short", 1).await.expect("it starts").id().clone();
    first.start_named::<Rest>("long", 45).await.expect("it starts");
    tokio::time::sleep(DAY * 30).await;
    assert_eq!(names(&memory), ["short", "long"]);
    tokio::time::sleep(DAY + Duration::from_secs(3_700)).await;
    assert_eq!(names(&memory), ["long"]);
    assert!(first.execution(&short).is_none(), "nobody knows it any more");
    // Its name is free.
    let again = first.start_named::<Rest>("short", 2).await.expect("it starts with another input");
    assert_eq!(again.status(), Status::Running);
    crash(first).await;

    tokio::time::sleep(DAY * 100).await;
    let second = engine(&memory).start().await.expect("it starts");
    second.all_ended().await;
    assert_eq!(names(&memory), ["long", "short"], "this one keeps all");
    crash(second).await;
    tokio::time::sleep(DAY * 40).await;
    let third = engine(&memory).retention(DAY * 30).start().await.expect("it starts");
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(names(&memory), [""; 0]);
    drop(third);
}

#[tokio::test(start_paused = true)]
async fn what_is_removed_is_not_known_any_more() {
    let memory = Memory::new();
    let engine = engine(&memory).start().await.expect("it starts");
    let kept = engine.start_named::<Outer>("runs", 90).await.expect("it starts").id().clone();
    let mut ended = Vec::new();
    for number in 0..10 {
        ended.push(engine.start_named::<Outer>(&format!("outer-{number}"), 1).await.expect("it starts").id().clone());
    }
    tokio::time::sleep(DAY * 2).await;
    assert_eq!(engine.executions().len(), 22);
    // Some at a time, and all in the end.
    let long_ago = Removal { limit: 3, ..Removal::ended_before(std::time::SystemTime::now() + DAY * 10_000) };
    let mut removed = engine.remove_ended(long_ago).await.expect("they can be removed");
    removed.sort_by_key(ToString::to_string);
    assert_eq!(removed, ended);
    assert_eq!(engine.executions().len(), 2, "one, and its part");
    assert_eq!(memory.list(&Filter::default()).expect("it can be read").len(), 2);
    assert_eq!(engine.execution(&kept).expect("it runs").status(), Status::Running);
    crash(engine).await;
}
