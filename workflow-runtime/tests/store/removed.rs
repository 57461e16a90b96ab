//! What every store does when executions that have ended are removed. The suite makes a test of each.

use workflow_runtime::Status;
use workflow_runtime::store::{Filter, Removal, Store, StoreError, Timer};

use super::steps::{Build, at, failure, start, step};
use super::suite::{Tested, numbers};

fn before(seconds: u64) -> Removal {
    Removal::ended_before(at(seconds))
}

fn removed(store: &impl Store, removal: &Removal) -> Result<Vec<u64>, StoreError> {
    Ok(store.remove(removal)?.into_iter().map(|removed| removed.number).collect())
}

pub(crate) fn what_has_ended_is_removed_with_its_parts(store: &impl Store) -> Tested {
    let inner = start(3).part_of(1, "/Nested").events(2, 0, 1, 1);
    store.commit(&[
        start(1).at("Nested").events(1, 0, 1, 2),
        inner,
        start(4).part_of(3, "/Deeper").events(3, 0, 1, 1),
    ])?;
    store.commit(&[
        start(2).events(4, 0, 1, 1),
        step(1).events(5, 1, 3, 1),
        step(3).events(6, 2, 2, 1).succeed("3"),
    ])?;
    store.commit(&[step(4).succeed("4"), step(1).events(7, 5, 4, 2).end(Status::Failed, Some(failure()))])?;
    let all = store.remove(&before(5_000))?;
    assert_eq!(all.iter().map(|removed| (removed.number, removed.status)).collect::<Vec<_>>(), [(1, Status::Failed)]);
    assert_eq!((all[0].id.to_string().as_str(), all[0].stopped), ("PollService:job-1", at(1_001)));
    assert_eq!(numbers(store, Filter::default())?, [2]);
    for gone in [1, 3, 4] {
        assert_eq!((store.tree(gone)?, store.history(gone, 1)?), (None, vec![]), "{gone}");
    }
    assert_eq!(store.history(2, 1)?.len(), 1);
    assert_eq!((store.find("PollService", "job-1")?, store.find("PollService", "job-4")?), (None, None));
    // The name is free, and the places are.
    store.commit(&[step(8).start("PollService", "job-1").events(8, 0, 1, 1)])?;
    assert_eq!(store.find("PollService", "job-1")?.map(|found| found.number), Some(8));
    Ok(())
}

pub(crate) fn what_runs_or_is_asked_for_is_not_removed(store: &impl Store) -> Tested {
    let mut alone = start(3).succeed("3");
    alone.start.as_mut().expect("it starts").parent = Some(1);
    let part = start(2).part_of(1, "/Nested").succeed("2");
    store.commit(&[start(1).at("Nested"), part, alone, start(4).at("Wait").until(at(9))])?;
    assert_eq!(removed(store, &before(9_999_999))?, [0; 0]);
    // Whose parent is gone is on its own.
    store.commit(&[step(1).succeed("1")])?;
    assert_eq!(removed(store, &Removal { limit: 1, ..before(9_999_999) })?, [1]);
    assert_eq!((numbers(store, Filter::default())?, store.unfinished()?), (vec![3, 4], vec![]));
    assert_eq!(removed(store, &before(9_999_999))?, [3]);
    assert_eq!(store.due(at(9), 9)?, [Timer { due: at(9), execution: 4 }]);
    Ok(())
}

pub(crate) fn what_is_removed_is_what_was_asked_for(store: &impl Store) -> Tested {
    let started =
        (1..=6).map(|number| step(number).start(if number % 2 == 0 { "Even" } else { "Odd" }, &number.to_string()));
    store.commit(&started.collect::<Vec<_>>())?;
    // The last one ends first.
    for number in (1..=6).rev() {
        let mut end = step(number).succeed("0");
        end.end.as_mut().expect("it ends").stopped = at(100 - number);
        store.commit(&[end])?;
    }
    let of = |workflow: &str, removal| Removal { workflow: Some(workflow.to_owned()), ..removal };
    assert_eq!(removed(store, &before(94))?, [0; 0], "6 ended at that time, not before");
    assert_eq!(removed(store, &Removal { limit: 1, ..of("Odd", before(200)) })?, [5]);
    assert_eq!(removed(store, &Removal { name: Some("1".to_owned()), ..of("Even", before(200)) })?, [0; 0]);
    assert_eq!(removed(store, &Removal { name: Some("4".to_owned()), ..of("Even", before(200)) })?, [4]);
    assert_eq!(removed(store, &Removal { limit: 2, ..before(200) })?, [6, 3]);
    assert_eq!(removed(store, &Removal { limit: 0, ..before(200) })?, [0; 0]);
    assert_eq!(removed(store, &before(99))?, [2]);
    assert_eq!(numbers(store, Filter::default())?, [1]);
    Ok(())
}

pub(crate) fn numbers_are_not_given_twice(store: &impl Store) -> Tested {
    store.commit(&[start(7).events(9, 0, 1, 1).succeed("1")])?;
    assert_eq!(removed(store, &before(5_000))?, [7]);
    assert_eq!(store.last()?, (7, 9));
    store.commit(&[start(8).succeed("1")])?;
    assert_eq!(removed(store, &before(5_000))?, [8]);
    assert_eq!((store.last()?, store.list(&Filter::default())?), ((8, 9), vec![]));
    Ok(())
}
