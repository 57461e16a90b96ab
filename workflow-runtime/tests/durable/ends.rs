//! Ends of all kinds, as the next process finds them.

use workflow_runtime::prelude::*;
use workflow_runtime::store::{Memory, Store};
use workflow_runtime::{ExecutionError, Status};

use crate::{crash, engine};

struct Door;

#[workflow(start = open, timeout = "1m")]
impl Door {
    #[choice]
    fn open(key: u32) -> Next<Self> {
        if key == 7 { opened(key) } else { locked(key) }
    }

    #[succeed]
    fn opened(key: u32);

    #[fail(error = "Locked")]
    fn locked(key: u32) -> String {
        format!("{key} does not fit")
    }
}

#[tokio::test(start_paused = true)]
async fn an_end_is_found_again() {
    let memory = Memory::new();
    let first = engine(Door, &memory).await;
    let opened = first.start::<Door>(7).await.expect("it starts");
    let locked = first.start::<Door>(8).await.expect("it starts");
    assert_eq!(opened.output().await, Ok(7));
    let failure = Failure::new("Locked", "8 does not fit");
    assert_eq!(locked.output().await, Err(ExecutionError::Failed(failure.clone())));
    let histories = [opened.history(), locked.history()];
    crash(first).await;

    let second = engine(Door, &memory).await;
    assert!(second.executions().is_empty(), "what has ended is in the store only");
    for ((id, status), history) in
        [(opened.id(), Status::Succeeded), (locked.id(), Status::Failed)].into_iter().zip(histories)
    {
        let execution = second.execution(id).expect("it is in the store");
        assert_eq!(execution.status(), status);
        let types = |events: &[workflow_runtime::history::Event]| -> Vec<_> {
            events.iter().map(|event| (event.id, event.previous_event_id, event.detail.clone())).collect()
        };
        assert_eq!(types(&execution.history()), types(&history));
        let mut follower = execution.follow();
        let mut followed = 0;
        while follower.next().await.is_some() {
            followed += 1;
        }
        assert_eq!(followed, history.len());
    }
    assert_eq!(
        second.execution(locked.id()).expect("it is there").output_json().await,
        Err(ExecutionError::Failed(failure))
    );
    let tree = memory.tree(1).expect("it can be read").expect("it is there");
    assert_eq!((tree.checkpoint, tree.branches.len()), (None, 0), "of one that has ended, only the end is kept");
}
