//! What no store takes, and that all else stays as it was then.

use workflow_runtime::store::{Filter, Step, Store};

use super::steps::{Build, at, start, step};
use super::suite::Tested;

/// What a store says to steps that it does not take, and that it is then as it was before.
fn refused(store: &impl Store, steps: &[Step], message: &str) -> Tested {
    let before = (store.list(&Filter::default())?, store.last()?, store.tree(1)?, store.tree(50)?, store.unfinished()?);
    let refused = store.commit(steps).expect_err("it does not fit");
    assert_eq!(refused.to_string(), message);
    let after = (store.list(&Filter::default())?, store.last()?, store.tree(1)?, store.tree(50)?, store.unfinished()?);
    assert_eq!(after, before);
    Ok(())
}

pub(crate) fn nothing_is_started_twice(store: &impl Store) -> Tested {
    store.commit(&[start(1)])?;
    let twice = "execution 1 was started before: each start has a number of its own";
    refused(store, &[step(1).start("Main", "other")], twice)?;
    refused(store, &[start(2), step(2).start("Main", "other")], &twice.replace('1', "2"))?;
    let name = "an execution of `PollService` is called `job-1` already: a name is given once in a workflow";
    refused(store, &[step(2).start("PollService", "job-1")], name)?;
    let both = [start(3).succeed("1"), step(4).start("PollService", "job-3")];
    refused(store, &both, &name.replace("job-1", "job-3"))
}

pub(crate) fn what_has_ended_does_not_go_on(store: &impl Store) -> Tested {
    store.commit(&[start(1), step(1).events(1, 0, 1, 1).succeed("1")])?;
    let ended = "execution 1 cannot go on: it is not in this store, or has ended";
    for late in [
        step(1).at("Next"),
        step(1).branch("a", "Left"),
        step(1).gone("a"),
        step(1).events(2, 1, 2, 1),
        step(1).until(at(1)),
        step(1).over(),
        step(1).succeed("2"),
    ] {
        refused(store, &[start(50), late], ended)?;
    }
    refused(store, &[step(77).at("Next")], &ended.replace('1', "77"))?;
    refused(store, &[start(50).succeed("1"), step(50).at("Next")], &ended.replace('1', "50"))
}

pub(crate) fn a_place_is_given_once(store: &impl Store) -> Tested {
    store.commit(&[start(1).events(1, 0, 1, 1), start(2)])?;
    let message = "there are events at place 1 already: each step's events have a place of their own";
    refused(store, &[step(2).events(1, 0, 1, 1)], message)?;
    let both = [step(1).events(2, 1, 2, 1), step(2).events(2, 0, 1, 1)];
    refused(store, &both, &message.replace('1', "2"))
}

pub(crate) fn a_commit_is_whole_or_nothing(store: &impl Store) -> Tested {
    store.commit(&[start(1).at("Ask").branch("a", "Left").events(1, 0, 1, 1).until(at(9))])?;
    let changes = [
        step(1).at("Next").branch("b", "Right").gone("a").answer(1, "1").events(2, 1, 2, 1).over(),
        start(50).at("CallService"),
        step(1).succeed("1"),
        step(1).at("Next"),
    ];
    refused(store, &changes, "execution 1 cannot go on: it is not in this store, or has ended")?;
    assert_eq!(store.history(1, 1)?.len(), 1);
    store.commit(&changes[..3])?;
    assert_eq!(store.history(1, 1)?.len(), 2);
    Ok(())
}
