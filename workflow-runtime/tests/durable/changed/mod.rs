//! Code that has changed since executions were written down: they go on where it fits, and stay as they are where it does not.

mod versions;

use std::time::{Duration, SystemTime};

use workflow_runtime::prelude::*;
use workflow_runtime::store::{Filter, Memory, Start, Step, Store};
use workflow_runtime::{AnyExecution, ExecutionId, MigrateError, Status};

use versions::{counted, first, formerly, polled, renamed, typed};

async fn engine<W: Workflow>(store: &Memory, workflow: W) -> Engine {
    Engine::builder().workflow(workflow).store(store.clone()).start().await.expect("the store can be read")
}

/// Lets tasks that are ready run.
async fn settle() {
    tokio::time::sleep(Duration::from_millis(1)).await;
}

/// An execution of the first version that waits for two hours, of which nobody has a handle.
async fn parked<W: Workflow<Input = u32>>(workflow: W) -> (Memory, ExecutionId) {
    let store = Memory::new();
    let engine = engine(&store, workflow).await;
    let id = engine.start_named::<W>("order-1", 7).await.expect("it starts").id().clone();
    settle().await;
    engine.shutdown(Duration::ZERO).await;
    assert_eq!(store.unfinished().expect("it can be read"), [] as [u64; 0], "it is in the store only");
    (store, id)
}

fn execution(engine: &Engine, id: &ExecutionId) -> AnyExecution {
    engine.execution(id).expect("it is in the store")
}

fn why(engine: &Engine) -> Vec<String> {
    engine.stranded().iter().map(ToString::to_string).collect()
}

#[tokio::test(start_paused = true)]
async fn a_state_that_is_gone() {
    let (store, id) = parked(first::Shop).await;
    let before = store.tree(1).expect("it can be read");
    {
        let engine = engine(&store, renamed::Shop).await;
        let expected = "Shop:order-1 cannot go on: `Shop` has no state `Rest` any more; put `#[formerly(\"Rest\")]` on the one that \
                        takes its place";
        assert_eq!(why(&engine), [expected]);
        // Neither its time nor that of the workflow wakes it.
        tokio::time::sleep(Duration::from_secs(2 * 86_400)).await;
        assert_eq!(why(&engine), [expected]);
        assert_eq!(execution(&engine, &id).status(), Status::Running);
        engine.shutdown(Duration::ZERO).await;
    }
    assert_eq!(store.tree(1).expect("it can be read"), before, "it is left as it was");
}

#[tokio::test(start_paused = true)]
async fn a_state_that_has_another_name_now() {
    let (store, id) = parked(first::Shop).await;
    let engine = engine(&store, formerly::Shop).await;
    assert_eq!(why(&engine), [] as [&str; 0]);
    assert_eq!(execution(&engine, &id).output_json().await.as_deref(), Ok("\"7 sent\""));
}

#[tokio::test(start_paused = true)]
async fn a_poll_that_has_another_name_now() {
    let (store, id) = parked(polled::before::Shop).await;
    assert_eq!(store.execution(1).expect("it can be read").expect("it is there").state, "TrackWait");
    let engine = engine(&store, polled::after::Shop).await;
    assert_eq!(why(&engine), [] as [&str; 0]);
    assert_eq!(execution(&engine, &id).output_json().await.as_deref(), Ok("\"7 is here\""));
}

#[tokio::test(start_paused = true)]
async fn code_that_fits_goes_on_by_itself() {
    let (store, id) = parked(first::Shop).await;
    engine(&store, typed::Shop).await.shutdown(Duration::ZERO).await;
    let engine = engine(&store, first::Shop).await;
    assert_eq!(why(&engine), [] as [&str; 0]);
    assert_eq!(execution(&engine, &id).output_json().await.as_deref(), Ok("\"7 sent\""));
}

#[tokio::test(start_paused = true)]
async fn data_of_another_type() {
    let (store, id) = parked(first::Shop).await;
    let engine = engine(&store, typed::Shop).await;
    let expected = "Shop:order-1 cannot go on: its data no longer fits the input of `Rest`: invalid type: integer `7`, expected a \
                    string at line 1 column 1";
    assert_eq!(why(&engine), [expected]);

    let unfit = engine.migrate(&id, |stored| stored.input = "8".to_owned()).await.expect_err("that is no text either");
    assert!(matches!(&unfit, MigrateError::Unfit { why, .. } if why.contains("integer `8`")), "{unfit}");
    assert_eq!(why(&engine), [expected], "nothing has changed");

    let begun = SystemTime::now();
    let migrated = engine
        .migrate(&id, |stored| {
            let shown = (stored.workflow.as_str(), stored.state.as_str(), stored.input.as_str(), &stored.variables);
            assert_eq!(shown, ("Shop", "Rest", "7", &None));
            stored.input = "\"seven\"".to_owned();
        })
        .await
        .expect("it fits");
    assert_eq!(why(&engine), [] as [&str; 0]);
    assert_eq!(migrated.output_json().await.as_deref(), Ok("\"seven sent\""));
    assert!(begun.elapsed().is_ok());
    let error = engine.migrate(&id, |_| {}).await.expect_err("it is on its way");
    assert!(matches!(error, MigrateError::NotStranded(_)), "{error}");
}

#[tokio::test(start_paused = true)]
async fn another_state_to_go_on_in() {
    let (store, id) = parked(first::Shop).await;
    let engine = engine(&store, renamed::Shop).await;
    let unknown = engine.migrate(&id, |stored| stored.state = "Sent".to_owned()).await.expect_err("there is none");
    assert!(unknown.to_string().contains("`Shop` has no state `Sent`"), "{unknown}");

    let now = tokio::time::Instant::now();
    let migrated = engine.migrate(&id, |stored| stored.state = "Send".to_owned()).await.expect("it fits");
    assert_eq!(migrated.output_json().await.as_deref(), Ok("\"7 sent\""));
    assert!(now.elapsed() < Duration::from_secs(1), "there is nothing to wait for");
    let entered: Vec<_> = migrated.history().iter().map(|event| event.detail.event_type()).collect();
    assert_eq!(entered[..3], ["ExecutionStarted", "WaitStateEntered", "TaskStateEntered"]);
}

#[tokio::test(start_paused = true)]
async fn variables_of_another_type() {
    let (store, id) = parked(counted::before::Shop).await;
    let engine = engine(&store, counted::after::Shop).await;
    let [why] = why(&engine).try_into().expect("there is one");
    assert!(why.contains("its variables no longer fit `Shop`: invalid type: integer `1`"), "{why}");
    let migrated = engine.migrate(&id, |stored| {
        assert_eq!(stored.variables.as_deref(), Some(r#"{"rounds":1}"#));
        stored.variables = Some(r#"{"rounds":"one"}"#.to_owned());
    });
    let migrated = migrated.await.expect("it fits");
    assert_eq!(migrated.output_json().await.as_deref(), Ok("\"7 of one\""));
}

#[tokio::test(start_paused = true)]
async fn an_input_of_another_type() {
    let store = Memory::new();
    let start = Start {
        workflow: "Shop",
        name: "order-1".into(),
        parent: None,
        link: None,
        input: "7".into(),
        started: SystemTime::now(),
        fingerprint: 0,
    };
    store.commit(&[Step { execution: 1, start: Some(start.into()), ..Step::default() }]).expect("it starts");
    let engine = engine(&store, typed::Shop).await;
    let [stranded] = engine.stranded().try_into().expect("there is one");
    assert!(stranded.why.starts_with("its input no longer fits `Shop`: invalid type"), "{}", stranded.why);
    let migrated = engine.migrate(&stranded.id, |stored| {
        assert_eq!((stored.state.as_str(), stored.input.as_str()), ("Rest", "7"));
        stored.input = "\"seven\"".to_owned();
    });
    assert_eq!(migrated.await.expect("it fits").output_json().await.as_deref(), Ok("\"seven sent\""));
}

#[tokio::test(start_paused = true)]
async fn a_workflow_that_is_gone() {
    let (store, id) = parked(first::Shop).await;
    let engine = engine(&store, first::Batch(first::Item)).await;
    let expected = "the engine has no workflow `Shop`; add it with `.workflow(…)` when the engine is built";
    let [stranded] = engine.stranded().try_into().expect("there is one");
    assert_eq!(stranded.why, expected);
    let error = engine.migrate(&id, |_| {}).await.expect_err("there is nothing that it could fit");
    assert!(error.to_string().ends_with(expected), "{error}");
}

/// A batch of the first version whose items are cooling down.
async fn cooling(items: &[u32], after: u64) -> (Memory, ExecutionId) {
    let store = Memory::new();
    let engine = engine(&store, first::Batch(first::Item)).await;
    let batch = engine.start_named::<first::Batch>("batch-1", items.to_vec()).await.expect("it starts");
    tokio::time::sleep(Duration::from_secs(after)).await;
    assert_eq!(engine.shutdown(Duration::ZERO).await, 1 + usize::from(after > 60));
    (store, batch.id().clone())
}

#[tokio::test(start_paused = true)]
async fn branches_that_do_not_fit_are_left_with_the_whole() {
    let (store, id) = cooling(&[40, 50], 1).await;
    let engine = engine(&store, typed::Batch(typed::Item)).await;
    settle().await;
    let [stranded] = engine.stranded().try_into().expect("it is listed once");
    assert_eq!(stranded.id, id);
    assert_eq!(
        stranded.why,
        "`Item` has no state `Cool` any more; put `#[formerly(\"Cool\")]` on the one that takes its place"
    );
    let left = execution(&engine, &id);
    tokio::time::sleep(Duration::from_secs(2 * 3_600)).await;
    assert_eq!(left.status(), Status::Running, "its timeout does not end it");

    let mut seen = Vec::new();
    let migrated = engine.migrate(&id, |stored| {
        seen.push(format!("{} {} {}", stored.workflow, stored.state, stored.input));
        stored.state = "WarmUp".to_owned();
        stored.input = format!("\"{}\"", stored.input);
    });
    let migrated = migrated.await.expect("both fit");
    assert_eq!(seen, ["Item Cool 40", "Item Cool 50"]);
    assert_eq!(migrated.output_json().await, Err(ExecutionError::TimedOut), "its time went on");
}

#[tokio::test(start_paused = true)]
async fn branches_go_on_after_they_were_migrated() {
    let (store, id) = cooling(&[40, 50], 1).await;
    let engine = engine(&store, typed::Batch(typed::Item)).await;
    settle().await;
    let migrated = engine.migrate(&id, |stored| {
        stored.state = "WarmUp".to_owned();
        stored.input = format!("\"{}\"", stored.input);
    });
    let migrated = migrated.await.expect("both fit");
    let expected = "\"40 wrapped, 50 wrapped wrapped\"";
    assert_eq!(migrated.output_json().await.as_deref(), Ok(expected));
    let executions = store.list(&Filter::default()).expect("it can be read");
    assert!(executions.iter().all(|stored| stored.status == Status::Succeeded), "{executions:?}");
}

#[tokio::test(start_paused = true)]
async fn the_output_of_a_branch_that_has_ended() {
    let (store, id) = cooling(&[5, 7, 50], 10).await;
    let engine = engine(&store, typed::Batch(typed::Item)).await;
    settle().await;
    let migrated = engine.migrate(&id, |stored| {
        if stored.state.is_empty() {
            assert_eq!(stored.input, "6", "what it ended with");
        } else {
            stored.state = "WarmUp".to_owned();
        }
        stored.input = format!("\"{}\"", stored.input);
    });
    assert_eq!(
        migrated.await.expect("both fit").output_json().await.as_deref(),
        Ok("\"6, 7 wrapped, 50 wrapped wrapped\"")
    );
}

#[tokio::test(start_paused = true)]
async fn a_nested_execution_is_left_with_the_whole() {
    let (store, id) = cooling(&[30, 50], 70).await;
    let engine = engine(&store, typed::Batch(typed::Item)).await;
    settle().await;
    // Its parent's input has changed as well, which is seen first.
    let [stranded] = engine.stranded().try_into().expect("it is listed once");
    assert!(stranded.why.contains("its data no longer fits the input of `One`"), "{}", stranded.why);
    engine.migrate(&id, |stored| stored.input = r#"["31", "51"]"#.to_owned()).await.expect("it fits");
    settle().await;
    let [stranded] = engine.stranded().try_into().expect("it is listed once");
    assert!(stranded.why.contains("`Item` has no state `Cool` any more"), "{}", stranded.why);
    let migrated = engine.migrate(&id, |stored| {
        assert_eq!((stored.workflow.as_str(), stored.input.as_str()), ("Item", "51"));
        (stored.state, stored.input) = ("WarmUp".to_owned(), "\"cold\"".to_owned());
    });
    assert_eq!(migrated.await.expect("it fits").output_json().await.as_deref(), Ok("\"cold wrapped\""));
    let executions = store.list(&Filter::default()).expect("it can be read");
    assert!(executions.len() == 2 && executions.iter().all(|stored| stored.status == Status::Succeeded));
}

#[tokio::test(start_paused = true)]
async fn an_execution_of_the_same_code_is_known_to_fit() {
    let (store, _) = parked(first::Shop).await;
    let stored = store.execution(1).expect("it can be read").expect("it is there");
    assert_eq!(store.changed(&[("Shop", stored.fingerprint)]).expect("it can be read"), [] as [u64; 0]);
    assert_eq!(store.changed(&[("Shop", stored.fingerprint + 1)]).expect("it can be read"), [1]);
    assert_eq!(store.changed(&[]).expect("it can be read"), [1]);
}
