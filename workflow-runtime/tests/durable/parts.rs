//! Executions that belong together: those left to themselves, and those of maps.

use std::time::Duration;

use workflow_runtime::prelude::*;
use workflow_runtime::store::{Filter, Memory, Store};

use crate::workload::{Pack, Witness};
use crate::{crash, engine};

struct Sender {
    pack: Pack,
}

#[workflow(start = send, timeout = "1d")]
impl Sender {
    #[nested(self.pack: Pack, request_response, next = |started| note(started.start_date))]
    fn send(item: u32);

    #[task(timeout = "1h", end)]
    async fn note(&self, start_date: u64) -> bool {
        tokio::time::sleep(Duration::from_secs(600)).await;
        start_date > 0
    }
}

#[tokio::test(start_paused = true)]
async fn one_that_is_left_to_itself_goes_on_by_itself() {
    let (memory, witness) = (Memory::new(), Witness::default());
    let pack = Pack { witness: witness.clone() };
    let build = || async {
        let builder = Engine::builder().workflow(Sender { pack: pack.clone() }).workflow(pack.clone());
        builder.store(memory.clone()).start().await.expect("it starts")
    };
    let first = build().await;
    first.start::<Sender>(2).await.expect("it starts");
    tokio::time::sleep(Duration::from_millis(1500)).await;
    crash(first).await;

    let second = build().await;
    assert_eq!(second.executions().len(), 2, "both run");
    tokio::time::sleep(Duration::from_secs(700)).await;
    let all = memory.list(&Filter::default()).expect("it can be read");
    let outputs: Vec<_> = all.iter().map(|execution| execution.output.as_deref()).collect();
    assert_eq!(outputs, [Some("true"), Some("21")]);
    assert_eq!(all[1].parent, Some(1));
}

struct Many {
    pack: Pack,
}

#[workflow(start = pack_all, timeout = "1d")]
impl Many {
    #[map(self.pack: Pack, distributed, max_concurrency = 2, next = pack_again)]
    fn pack_all(items: Vec<u32>);

    #[map(nested(self.pack: Pack), end)]
    fn pack_again(items: Vec<u32>);
}

#[tokio::test(start_paused = true)]
async fn the_executions_of_a_map_go_on_with_it() {
    for after in [100, 2_500, 4_500, 6_500, 8_500, 10_500] {
        let (memory, witness) = (Memory::new(), Witness::default());
        let workflow = || Many { pack: Pack { witness: witness.clone() } };
        let first = engine(workflow(), &memory).await;
        let id = first.start::<Many>(vec![1, 2, 3]).await.expect("it starts").id().clone();
        tokio::time::sleep(Duration::from_millis(after)).await;
        crash(first).await;

        let second = engine(workflow(), &memory).await;
        let output = second.execution(&id).expect("it goes on").output_json().await;
        assert_eq!(output.as_deref(), Ok("[111,211,311]"), "after {after} ms");
        let all = memory.list(&Filter::default()).expect("it can be read");
        assert_eq!(all.len(), 1 + 3 + 3, "after {after} ms: no part is started twice");
        assert_eq!(witness.attempts().len(), 2 * 6);
    }
}

#[derive(Debug, thiserror::Error, TaskError)]
enum FlakyError {
    #[error("not yet")]
    NotYet,
}

/// A branch that ends at once, and says when.
#[derive(Clone)]
struct Quick {
    witness: Witness,
}

#[workflow(start = note, timeout = "1h")]
impl Quick {
    #[task(timeout = "1m", end)]
    async fn note(&self, round: u32, cx: TaskContext) -> u32 {
        self.witness.saw(&cx);
        round
    }
}

/// A branch that fails after ten seconds, but for the second time.
#[derive(Clone)]
struct Flaky {
    witness: Witness,
}

#[workflow(start = try_it, timeout = "1h")]
impl Flaky {
    #[task(timeout = "1m", end)]
    async fn try_it(&self, round: u32, cx: TaskContext) -> Result<u32, FlakyError> {
        self.witness.saw(&cx);
        tokio::time::sleep(Duration::from_secs(10)).await;
        let attempts: usize = self.witness.attempts().values().map(Vec::len).sum();
        if attempts <= 2 { Err(FlakyError::NotYet) } else { Ok(round) }
    }
}

struct Retried {
    quick: Quick,
    flaky: Flaky,
}

#[workflow(start = both, timeout = "1d")]
impl Retried {
    #[parallel(branches(self.quick: Quick, self.flaky: Flaky), end)]
    #[retry(FlakyError::NotYet, interval = "5s", max_attempts = 2)]
    fn both(round: u32);
}

#[tokio::test(start_paused = true)]
async fn a_branch_of_an_attempt_that_failed_is_forgotten() {
    let (memory, witness) = (Memory::new(), Witness::default());
    let workflow = || Retried { quick: Quick { witness: witness.clone() }, flaky: Flaky { witness: witness.clone() } };
    let first = engine(workflow(), &memory).await;
    let id = first.start::<Retried>(1).await.expect("it starts").id().clone();
    // The first attempt has failed, and the second one waits for its time.
    tokio::time::sleep(Duration::from_secs(12)).await;
    crash(first).await;
    let tree = memory.tree(1).expect("it can be read").expect("it is there");
    assert_eq!(tree.branches.len(), 0, "{:?}", tree.branches);

    let second = engine(workflow(), &memory).await;
    let output = second.execution(&id).expect("it goes on").output_json().await;
    assert_eq!(output.as_deref(), Ok("[1,1]"));
    let tried: Vec<_> = witness.attempts().into_values().map(|attempts| attempts.len()).collect();
    assert_eq!(tried, [2, 2], "each branch once in each attempt");
}

struct Before {
    quick: Quick,
    flaky: Flaky,
}

#[workflow(start = first, timeout = "1d")]
impl Before {
    #[task(timeout = "1m", next = then)]
    async fn first(&self, round: u32, cx: TaskContext) -> u32 {
        self.quick.note(round, cx).await
    }

    #[nested(self.flaky: Flaky, end)]
    #[retry(States::All, interval = "1h", max_attempts = 3)]
    fn then(round: u32);
}

#[tokio::test(start_paused = true)]
async fn what_came_before_a_part_is_written_with_it() {
    let (memory, witness) = (Memory::new(), Witness::default());
    let workflow = || Before { quick: Quick { witness: witness.clone() }, flaky: Flaky { witness: witness.clone() } };
    let first = engine(workflow(), &memory).await;
    let id = first.start::<Before>(1).await.expect("it starts").id().clone();
    tokio::time::sleep(Duration::from_secs(5)).await;
    crash(first).await;

    let second = engine(workflow(), &memory).await;
    assert_eq!(second.execution(&id).expect("it goes on").output_json().await.as_deref(), Ok("1"));
    let tried: usize = witness.attempts().values().filter(|attempts| attempts.len() > 1).count();
    assert_eq!(tried, 1, "the part's task was under way, and that before it was done: {:?}", witness.attempts());
}

/// Fails each time.
struct Hopeless {
    witness: Witness,
}

#[workflow(start = try_it, timeout = "1d")]
impl Hopeless {
    #[task(timeout = "1m", end)]
    #[retry(FlakyError::NotYet, interval = "10m", max_attempts = 3, backoff_rate = 2.0)]
    async fn try_it(&self, _round: u32, cx: TaskContext) -> Result<u32, FlakyError> {
        self.witness.saw(&cx);
        Err(FlakyError::NotYet)
    }
}

#[tokio::test(start_paused = true)]
async fn retries_are_counted_over_the_end_of_a_process() {
    let (memory, witness) = (Memory::new(), Witness::default());
    let began = tokio::time::Instant::now();
    let first = engine(Hopeless { witness: witness.clone() }, &memory).await;
    let id = first.start::<Hopeless>(1).await.expect("it starts").id().clone();
    tokio::time::sleep(Duration::from_secs(1)).await;
    crash(first).await;
    for _ in 0..7 {
        tokio::time::sleep(Duration::from_secs(601)).await;
        let engine = engine(Hopeless { witness: witness.clone() }, &memory).await;
        tokio::time::sleep(Duration::from_secs(1)).await;
        crash(engine).await;
    }
    let last = engine(Hopeless { witness: witness.clone() }, &memory).await;
    let ended = last.execution(&id).expect("it is known");
    assert!(matches!(ended.output_json().await, Err(ExecutionError::Failed(_))));
    assert_eq!(witness.attempts().into_values().collect::<Vec<_>>(), [[1, 2, 3, 4]]);
    // Ten minutes, twenty and forty.
    let took = ended.stopped().expect("it has ended").duration_since(ended.started()).expect("time goes on");
    assert!(took >= Duration::from_secs(70 * 60) && took <= began.elapsed(), "{took:?}");
}
