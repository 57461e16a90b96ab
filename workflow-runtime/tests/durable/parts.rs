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
