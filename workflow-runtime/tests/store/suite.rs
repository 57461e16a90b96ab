//! What every store does. `suite!(open)` makes a test of each, on the store that `open` gives;
//! `suite!(name => hold; open)` drops what `hold` gives after it.

use std::time::{Duration, SystemTime};

use workflow_runtime::Status;
use workflow_runtime::store::{Answer, Events, Filter, Saved, Store, StoreError, StoredExecution, Timer};

pub(crate) use super::refused::*;
pub(crate) use super::removed::*;
use super::steps::{Build, at, checkpoint, failure, start, step};

pub(crate) type Tested = Result<(), StoreError>;

macro_rules! suite {
    ($store:expr) => {
        $crate::suite::suite!(nothing => (); $store);
    };
    ($held:ident => $hold:expr; $store:expr) => {
        $crate::suite::suite! { $held => $hold; $store;
            an_empty_store_has_nothing, an_execution_is_found_by_its_number_and_by_its_name, a_checkpoint_takes_the_place_of_the_one_before,
            what_a_step_does_not_mention_stays, an_end_is_kept_and_the_rest_goes, every_way_to_end_is_kept,
            an_execution_can_start_and_end_in_one_step, branches_come_and_go_by_the_beginnings_of_their_paths,
            a_path_begins_exactly_as_it_is_said, answers_wait_for_their_execution, an_answer_after_the_end_is_dropped,
            a_history_is_read_from_its_end, the_events_of_executions_are_told_apart, what_is_due_comes_in_its_order, what_is_parked_is_known_by_its_code,
            a_time_between_milliseconds_is_not_due_too_early, what_runs_is_unfinished, a_tree_has_its_parts_and_no_others,
            a_list_is_filtered, the_last_numbers_are_known, a_secret_stays_the_same, nothing_is_started_twice,
            what_has_ended_does_not_go_on, a_place_is_given_once, a_commit_is_whole_or_nothing, texts_come_back_as_they_were,
            large_numbers_come_back_as_they_were, no_steps_are_no_change,
            what_has_ended_is_removed_with_its_parts, what_runs_or_is_asked_for_is_not_removed, what_is_removed_is_what_was_asked_for,
            numbers_are_not_given_twice,
        }
    };
    ($held:ident => $hold:expr; $store:expr; $($name:ident),* $(,)?) => {
        $(#[test]
        fn $name() -> Result<(), workflow_runtime::store::StoreError> {
            let $held = $hold;
            let store = $store;
            let tested = $crate::suite::$name(&store);
            drop((store, $held));
            tested
        })*
    };
}
pub(crate) use suite;

/// The execution, which is there.
fn execution(store: &impl Store, number: u64) -> Result<StoredExecution, StoreError> {
    Ok(store.execution(number)?.expect("it was started"))
}

fn saved(state: &'static str) -> Saved {
    let checkpoint = checkpoint(state);
    let input = checkpoint.input.map(|input| input.to_string());
    Saved { state: state.to_owned(), input, variables: None, progress: checkpoint.progress.into() }
}

pub(crate) fn numbers(store: &impl Store, filter: Filter) -> Result<Vec<u64>, StoreError> {
    Ok(store.list(&filter)?.into_iter().map(|execution| execution.number).collect())
}

pub(crate) fn an_empty_store_has_nothing(store: &impl Store) -> Tested {
    assert_eq!(store.last()?, (0, 0));
    assert_eq!(store.list(&Filter::default())?, []);
    assert_eq!(store.unfinished()?, [0; 0]);
    assert_eq!((store.execution(1)?, store.find("PollService", "job-1")?, store.tree(1)?), (None, None, None));
    assert_eq!((store.history(1, 1)?, store.due(at(0), 9)?, store.next_due(at(0))?), (vec![], vec![], None));
    Ok(())
}

pub(crate) fn an_execution_is_found_by_its_number_and_by_its_name(store: &impl Store) -> Tested {
    store.commit(&[start(7).at("CallService").events(1, 0, 1, 2)])?;
    let expected = StoredExecution {
        number: 7,
        workflow: "PollService".to_owned(),
        name: "job-7".to_owned(),
        parent: None,
        link: None,
        status: Status::Running,
        input: r#"{"document":"job-7"}"#.to_owned(),
        output: None,
        failure: None,
        started: at(7),
        stopped: None,
        fingerprint: 0xfeed_0000_0000_beef,
        events: 2,
        last: 1,
        state: "CallService".to_owned(),
    };
    assert_eq!(store.execution(7)?.as_ref(), Some(&expected));
    assert_eq!(store.find("PollService", "job-7")?, Some(expected));
    assert_eq!((store.find("PollService", "job-8")?, store.find("Main", "job-7")?), (None, None));
    // Another workflow's execution may be called the same.
    store.commit(&[step(8).start("Main", "job-7")])?;
    assert_eq!(store.find("Main", "job-7")?.map(|found| found.number), Some(8));
    Ok(())
}

pub(crate) fn a_checkpoint_takes_the_place_of_the_one_before(store: &impl Store) -> Tested {
    store.commit(&[start(1)])?;
    assert_eq!(store.tree(1)?.expect("it is there").checkpoint, None);
    assert_eq!(execution(store, 1)?.state, "");
    store.commit(&[step(1).at("CallService"), step(1).at("WaitForResult")])?;
    assert_eq!(store.tree(1)?.expect("it is there").checkpoint, Some(saved("WaitForResult")));
    let mut with_variables = step(1).at("PollResult");
    let checkpoint = with_variables.checkpoint.as_mut().expect("it was given");
    (checkpoint.input, checkpoint.variables) = (None, Some(r#"{"polls":3}"#.into()));
    store.commit(&[with_variables])?;
    let expected = Saved { input: None, variables: Some(r#"{"polls":3}"#.to_owned()), ..saved("PollResult") };
    assert_eq!(store.tree(1)?.expect("it is there").checkpoint, Some(expected));
    assert_eq!(execution(store, 1)?.state, "PollResult");
    Ok(())
}

pub(crate) fn what_a_step_does_not_mention_stays(store: &impl Store) -> Tested {
    store.commit(&[start(1).at("CallService").branch("a", "Left").answer(5, "1").events(1, 0, 1, 1).until(at(50))])?;
    let before = store.tree(1)?;
    store.commit(&[step(1)])?;
    assert_eq!(store.tree(1)?, before);
    store.commit(&[step(1).events(2, 1, 2, 3)])?;
    assert_eq!((execution(store, 1)?.events, execution(store, 1)?.last), (4, 2));
    store.commit(&[step(1).at("WaitForResult")])?;
    assert_eq!((execution(store, 1)?.events, execution(store, 1)?.last), (4, 2));
    let after = store.tree(1)?.expect("it is there");
    assert_eq!((after.branches.len(), after.answers.len(), store.next_due(at(0))?), (1, 1, Some(at(50))));
    Ok(())
}

pub(crate) fn an_end_is_kept_and_the_rest_goes(store: &impl Store) -> Tested {
    let begun = start(1).at("CallService").branch("a", "Left").answer(5, "1").events(1, 0, 1, 1).until(at(50));
    store.commit(&[begun, start(2).at("CallService").branch("a", "Left").answer(5, "1").until(at(60))])?;
    store.commit(&[step(1).events(2, 1, 2, 1).succeed("[3]")])?;
    let ended = execution(store, 1)?;
    assert_eq!((ended.status, ended.output.as_deref(), ended.failure), (Status::Succeeded, Some("[3]"), None));
    assert_eq!((ended.stopped, ended.events, ended.last), (Some(at(1_001)), 2, 2));
    assert_eq!(ended.state, "");
    let tree = store.tree(1)?.expect("it is still there");
    assert_eq!((tree.checkpoint, tree.branches.len(), tree.answers.len()), (None, 0, 0));
    assert_eq!(store.history(1, 1)?.len(), 2);
    // The other one is as it was.
    let other = store.tree(2)?.expect("it is there");
    assert_eq!((other.branches.len(), other.answers.len()), (1, 1));
    assert_eq!(store.due(at(100), 9)?, [Timer { due: at(60), execution: 2 }]);
    Ok(())
}

pub(crate) fn every_way_to_end_is_kept(store: &impl Store) -> Tested {
    let ends = [
        (Status::Succeeded, None),
        (Status::Failed, Some(failure())),
        (Status::TimedOut, None),
        (Status::Aborted, Some(workflow_runtime::Failure::new("", ""))),
    ];
    for (number, (status, failure)) in (1..).zip(ends) {
        store.commit(&[start(number), step(number).end(status, failure.clone())])?;
        let ended = execution(store, number)?;
        assert_eq!((ended.status, ended.output, ended.failure), (status, None, failure));
    }
    Ok(())
}

pub(crate) fn an_execution_can_start_and_end_in_one_step(store: &impl Store) -> Tested {
    store.commit(&[start(1)
        .at("Done")
        .branch("a", "Left")
        .answer(1, "2")
        .until(at(3))
        .events(1, 0, 1, 4)
        .succeed("1")])?;
    let ended = execution(store, 1)?;
    assert_eq!((ended.status, ended.events, ended.last, ended.state.as_str()), (Status::Succeeded, 4, 1, ""));
    assert_eq!((store.unfinished()?, store.due(at(9), 9)?), (vec![], vec![]));
    let tree = store.tree(1)?.expect("it is there");
    assert_eq!((tree.checkpoint, tree.branches.len(), tree.answers.len()), (None, 0, 0));
    Ok(())
}

pub(crate) fn branches_come_and_go_by_the_beginnings_of_their_paths(store: &impl Store) -> Tested {
    let branches = |store: &dyn Store| -> Result<Vec<String>, StoreError> {
        Ok(store.tree(1)?.expect("it is there").branches.into_keys().collect())
    };
    store.commit(&[
        start(1).branch("b", "Right").branch("a", "Left").branch("a/x", "Inner"),
        start(2).branch("a", "Left"),
    ])?;
    assert_eq!(branches(store)?, ["a", "a/x", "b"]);
    store.commit(&[step(1).branch("a", "Next")])?;
    assert_eq!(store.tree(1)?.expect("it is there").branches["a"], saved("Next"));
    // Changes happen in their order.
    store.commit(&[step(1).gone("a/").branch("a/y", "Inner")])?;
    assert_eq!(branches(store)?, ["a", "a/y", "b"]);
    store.commit(&[step(1).branch("a/z", "Inner").gone("a")])?;
    assert_eq!(branches(store)?, ["b"]);
    store.commit(&[step(1).gone("")])?;
    assert_eq!(branches(store)?, [""; 0]);
    assert_eq!(store.tree(2)?.expect("it is there").branches.len(), 1);
    Ok(())
}

pub(crate) fn a_path_begins_exactly_as_it_is_said(store: &impl Store) -> Tested {
    let paths = ["B", "a", "a%", "a_", "ab", "aé", "a\u{d7ff}", "a\u{e000}", "a\u{10ffff}", "a\u{10ffff}b", "b"];
    for (number, beginning) in (1..).zip(paths) {
        let all = paths.iter().fold(start(number), |step, path| step.branch(path, "Left"));
        store.commit(&[all, step(number).gone(beginning)])?;
        let left = store.tree(number)?.expect("it is there").branches;
        let left: Vec<_> = left.keys().map(String::as_str).collect();
        let expected: Vec<_> = paths.into_iter().filter(|path| !path.starts_with(beginning)).collect();
        assert_eq!(left, expected, "without what begins with {beginning:?}");
    }
    Ok(())
}

pub(crate) fn answers_wait_for_their_execution(store: &impl Store) -> Tested {
    store.commit(&[start(1).at("Ask").answer(u128::MAX, "true"), start(2)])?;
    store.commit(&[step(1).refuse(3)])?;
    let answers = store.tree(1)?.expect("it is there").answers;
    let expected =
        [Answer { token: 3, result: Err(failure()) }, Answer { token: u128::MAX, result: Ok("true".into()) }];
    assert_eq!(answers, expected);
    assert_eq!(store.tree(2)?.expect("it is there").answers, []);
    Ok(())
}

pub(crate) fn an_answer_after_the_end_is_dropped(store: &impl Store) -> Tested {
    store.commit(&[start(1).at("Ask"), step(1).succeed("1"), step(1).answer(3, "true"), step(9).answer(3, "true")])?;
    assert_eq!(store.tree(1)?.expect("it is there").answers, []);
    // Nor does it wait for an execution to come.
    store.commit(&[start(9)])?;
    assert_eq!(store.tree(9)?.expect("it is there").answers, []);
    Ok(())
}

pub(crate) fn a_history_is_read_from_its_end(store: &impl Store) -> Tested {
    store.commit(&[start(1).events(1, 0, 1, 2), step(1).events(2, 1, 3, 3)])?;
    store.commit(&[step(1).events(5, 2, 6, 1)])?;
    let firsts = |from| -> Result<Vec<u64>, StoreError> {
        Ok(store.history(1, from)?.into_iter().map(|events| events.first).collect())
    };
    for (from, expected) in [
        (0, vec![1, 3, 6]),
        (1, vec![1, 3, 6]),
        (2, vec![1, 3, 6]),
        (3, vec![3, 6]),
        (5, vec![3, 6]),
        (6, vec![6]),
        (7, vec![]),
        (u64::MAX, vec![]),
    ] {
        assert_eq!(firsts(from)?, expected, "from {from}");
    }
    let last = Events { place: 5, before: 2, first: 6, time: at(5), json: r#"[{"id":6}]"#.into() };
    assert_eq!(store.history(1, 6)?, [last]);
    Ok(())
}

pub(crate) fn the_events_of_executions_are_told_apart(store: &impl Store) -> Tested {
    store.commit(&[start(1).events(1, 0, 1, 1), start(2).events(2, 0, 1, 2), start(3)])?;
    store.commit(&[step(2).events(3, 2, 3, 1), step(1).events(4, 1, 2, 1).succeed("1")])?;
    let places = |number| -> Result<Vec<u64>, StoreError> {
        Ok(store.history(number, 1)?.into_iter().map(|events| events.place).collect())
    };
    assert_eq!((places(1)?, places(2)?, places(3)?), (vec![1, 4], vec![2, 3], vec![]));
    let counts = store.list(&Filter::default())?.into_iter().map(|execution| execution.events);
    assert_eq!(counts.collect::<Vec<_>>(), [2, 3, 0]);
    Ok(())
}

pub(crate) fn what_is_due_comes_in_its_order(store: &impl Store) -> Tested {
    let waits = [(1, 30), (2, 10), (3, 20), (4, 20)];
    let steps: Vec<_> = waits.iter().map(|(number, due)| start(*number).at("Wait").until(at(*due))).collect();
    store.commit(&steps)?;
    let due = |until, limit| -> Result<Vec<u64>, StoreError> {
        Ok(store.due(until, limit)?.into_iter().map(|timer| timer.execution).collect())
    };
    assert_eq!((due(at(9), 9)?, due(at(10), 9)?, due(at(99), 9)?), (vec![], vec![2], vec![2, 3, 4, 1]));
    assert_eq!((due(at(99), 2)?, due(at(99), 0)?), (vec![2, 3], vec![]));
    assert_eq!(store.due(at(10), 9)?, [Timer { due: at(10), execution: 2 }]);
    assert_eq!(
        (store.next_due(at(0))?, store.next_due(at(10))?, store.next_due(at(30))?),
        (Some(at(10)), Some(at(20)), None)
    );
    // Taken up, put away for longer, and over.
    store.commit(&[step(2).over(), step(3).until(at(40)), step(4).succeed("1"), step(1).over().at("Next")])?;
    assert_eq!(store.due(at(99), 9)?, [Timer { due: at(40), execution: 3 }]);
    store.commit(&[step(3).over(), step(3).over()])?;
    assert_eq!(store.due(at(99), 9)?, []);
    Ok(())
}

pub(crate) fn what_is_parked_is_known_by_its_code(store: &impl Store) -> Tested {
    const CODE: u64 = 0xfeed_0000_0000_beef;
    store.commit(&[
        start(1).at("CallService"),
        start(2).until(at(30)),
        start(3).until(at(20)),
        step(4).start("Main", "job-4").until(at(10)),
        start(5).until(at(10)),
        step(5).over(),
    ])?;
    assert_eq!(store.changed(&[("PollService", CODE), ("Main", CODE)])?, [0; 0]);
    assert_eq!(store.changed(&[("PollService", CODE)])?, [4], "nobody knows its workflow");
    assert_eq!(store.changed(&[("Main", CODE), ("PollService", 7)])?, [2, 3], "what is on its way is not parked");
    assert_eq!(store.changed(&[])?, [2, 3, 4]);
    Ok(())
}

pub(crate) fn a_time_between_milliseconds_is_not_due_too_early(store: &impl Store) -> Tested {
    let due = at(10) + Duration::from_micros(1_500);
    store.commit(&[start(1).at("Wait").until(due)])?;
    assert_eq!((store.due(at(10) + Duration::from_millis(1), 9)?, store.due(due, 9)?), (vec![], vec![]));
    let kept = store.next_due(at(0))?.expect("one waits");
    assert_eq!(kept, at(10) + Duration::from_millis(2));
    assert_eq!(store.due(kept, 9)?, [Timer { due: kept, execution: 1 }]);
    assert_eq!(store.next_due(due)?, Some(kept));
    let mut early = start(2);
    early.start.as_mut().expect("it starts").started = SystemTime::UNIX_EPOCH - Duration::from_micros(1);
    store.commit(&[early])?;
    assert_eq!(execution(store, 2)?.started, SystemTime::UNIX_EPOCH - Duration::from_millis(1));
    Ok(())
}

pub(crate) fn what_runs_is_unfinished(store: &impl Store) -> Tested {
    let mut alone = start(5);
    alone.start.as_mut().expect("it starts").parent = Some(1);
    let waits = start(2).at("Wait").until(at(5));
    store.commit(&[start(1).at("Nested"), waits, start(3).succeed("1"), start(4).part_of(1, "/Nested"), alone])?;
    assert_eq!(store.unfinished()?, [1, 5]);
    store.commit(&[step(2).over(), step(4).until(at(9)), step(5).at("Wait").until(at(9))])?;
    assert_eq!(store.unfinished()?, [1, 2]);
    store.commit(&[step(4).over(), step(1).end(Status::Aborted, None)])?;
    assert_eq!(store.unfinished()?, [2]);
    Ok(())
}

pub(crate) fn a_tree_has_its_parts_and_no_others(store: &impl Store) -> Tested {
    let mut alone = start(4).at("Alone");
    alone.start.as_mut().expect("it starts").parent = Some(1);
    store.commit(&[start(1).at("Nested"), start(3).part_of(1, "/Nested").at("Inner").branch("x", "Left"), alone])?;
    store.commit(&[start(9).part_of(3, "/Deeper").at("Deep").answer(1, "1"), start(2).part_of(1, "/Other")])?;
    store.commit(&[step(2).succeed("7")])?;
    let tree = store.tree(1)?.expect("it is there");
    assert_eq!(tree.execution, execution(store, 1)?);
    assert_eq!(tree.checkpoint, Some(saved("Nested")));
    let parts: Vec<_> = tree.children.iter().map(|child| child.execution.number).collect();
    assert_eq!(parts, [2, 3]);
    assert_eq!(tree.children[0].execution.output.as_deref(), Some("7"));
    let inner = &tree.children[1];
    assert_eq!((inner.execution.parent, inner.execution.link.as_deref()), (Some(1), Some("/Nested")));
    assert_eq!((&inner.branches["x"], inner.children.len()), (&saved("Left"), 1));
    assert_eq!(inner.children[0].answers, [Answer { token: 1, result: Ok("1".into()) }]);
    assert_eq!(store.tree(3)?.as_ref(), Some(inner));
    Ok(())
}

pub(crate) fn a_list_is_filtered(store: &impl Store) -> Tested {
    let main = step(2).start("Main", "one").end(Status::Failed, Some(failure()));
    store.commit(&[start(4), start(1), main, start(3).succeed("1"), step(5).start("Main", "two")])?;
    let all = Filter::default();
    assert_eq!(numbers(store, all.clone())?, [1, 2, 3, 4, 5]);
    let of = |workflow: &str| Filter { workflow: Some(workflow.to_owned()), ..Filter::default() };
    assert_eq!(numbers(store, of("Main"))?, [2, 5]);
    assert_eq!(numbers(store, of("Nobody"))?, [0; 0]);
    for (status, expected) in [
        (Status::Running, vec![1, 4, 5]),
        (Status::Succeeded, vec![3]),
        (Status::Failed, vec![2]),
        (Status::TimedOut, vec![]),
    ] {
        assert_eq!(numbers(store, Filter { status: Some(status), ..all.clone() })?, expected, "{status}");
    }
    assert_eq!(numbers(store, Filter { status: Some(Status::Running), ..of("Main") })?, [5]);
    assert_eq!(numbers(store, Filter { after: Some(2), ..all.clone() })?, [3, 4, 5]);
    assert_eq!(numbers(store, Filter { after: Some(2), limit: Some(2), ..all.clone() })?, [3, 4]);
    assert_eq!(numbers(store, Filter { name: Some("two".to_owned()), ..all.clone() })?, [5]);
    assert_eq!(numbers(store, Filter { name: Some("one".to_owned()), ..of("PollService") })?, [0; 0]);
    let newest = Filter { newest_first: true, limit: Some(2), ..all.clone() };
    assert_eq!(numbers(store, newest.clone())?, [5, 4]);
    assert_eq!(numbers(store, Filter { after: Some(4), ..newest })?, [5]);
    let running = Filter { status: Some(Status::Running), after: Some(1), limit: Some(1), ..all.clone() };
    assert_eq!(numbers(store, running)?, [4]);
    assert_eq!(numbers(store, Filter { limit: Some(0), ..all.clone() })?, [0; 0]);
    assert_eq!(numbers(store, Filter { after: Some(u64::MAX), limit: Some(usize::MAX), ..all })?, [0; 0]);
    Ok(())
}

pub(crate) fn the_last_numbers_are_known(store: &impl Store) -> Tested {
    store.commit(&[start(5).events(11, 0, 1, 1), start(3).events(12, 0, 1, 1)])?;
    assert_eq!(store.last()?, (5, 12));
    store.commit(&[step(5).succeed("1"), step(3).succeed("1")])?;
    assert_eq!(store.last()?, (5, 12));
    Ok(())
}

pub(crate) fn a_secret_stays_the_same(store: &impl Store) -> Tested {
    let secret = store.secret()?;
    store.commit(&[start(1)])?;
    assert_eq!(store.secret()?, secret);
    assert_ne!(secret, 0);
    Ok(())
}

pub(crate) fn texts_come_back_as_they_were(store: &impl Store) -> Tested {
    for (number, text) in (1..).zip(["", "null", "'; DROP TABLE executions; --", "ü🦀\u{10ffff}", "a\0b", "\"\\\n"])
    {
        let failure = workflow_runtime::Failure::new(text, text);
        store.commit(&[step(number).start("PollService", text).branch(text, "Left").answer(1, text)])?;
        let tree = store.tree(number)?.expect("it is there");
        assert_eq!(tree.answers, [Answer { token: 1, result: Ok(text.into()) }]);
        assert_eq!(tree.branches.keys().collect::<Vec<_>>(), [text]);
        assert_eq!(store.find("PollService", text)?.expect("it has this name").number, number);
        store.commit(&[step(number).end(Status::Failed, Some(failure.clone()))])?;
        assert_eq!(execution(store, number)?.failure, Some(failure));
    }
    let long = "x".repeat(262_144);
    store.commit(&[start(99).succeed(&long)])?;
    assert_eq!(execution(store, 99)?.output, Some(long));
    Ok(())
}

pub(crate) fn large_numbers_come_back_as_they_were(store: &impl Store) -> Tested {
    let number = i64::MAX.unsigned_abs();
    let mut large = start(1);
    large.execution = number;
    large.start.as_mut().expect("it starts").fingerprint = u64::MAX;
    store.commit(&[large.events(number, 0, 1, 1)])?;
    assert_eq!(store.last()?, (number, number));
    assert_eq!(execution(store, number)?.fingerprint, u64::MAX);
    assert_eq!(store.history(number, 1)?[0].place, number);
    assert_eq!(store.unfinished()?, [number]);
    Ok(())
}

pub(crate) fn no_steps_are_no_change(store: &impl Store) -> Tested {
    store.commit(&[])?;
    store.commit(&[step(1)])?;
    assert_eq!((store.last()?, store.execution(1)?), ((0, 0), None));
    Ok(())
}
