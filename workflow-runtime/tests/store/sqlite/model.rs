//! A file beside [`Memory`], which is simple enough to be right: whatever is committed, refused and opened again, both say the same.

use proptest::prelude::*;
use workflow_runtime::Status;
use workflow_runtime::store::{Filter, Memory, Sqlite, Step, Store, StoreError};

use crate::folder::Folder;
use crate::steps::{Build, at, failure, start, step};

/// Numbers that executions have: few, so that steps meet.
const EXECUTIONS: u64 = 5;

/// What is done to both.
#[derive(Clone, Debug)]
enum Action {
    Commit(Vec<Change>),
    /// The process ends, and another one opens the store.
    Again,
}

/// What a step is made of. Places and numbers of events are filled in when it is committed.
#[derive(Clone, Debug)]
struct Change {
    execution: u64,
    starts: Option<Option<u64>>,
    state: Option<&'static str>,
    branches: Vec<(bool, &'static str)>,
    events: Option<u64>,
    park: Option<Option<u64>>,
    answer: Option<(u128, bool)>,
    end: Option<Status>,
}

fn change() -> impl Strategy<Value = Change> {
    let state = proptest::option::of(prop::sample::select(vec!["", "CallService", "PollResult"]));
    let path = prop::sample::select(vec!["", "a", "a/b", "a/c", "b"]);
    let branches = proptest::collection::vec((any::<bool>(), path), 0..3);
    let starts = proptest::option::weighted(0.4, proptest::option::of(1..=EXECUTIONS));
    let park = proptest::option::weighted(0.3, proptest::option::of(0..5u64));
    let answer = proptest::option::weighted(0.2, (0..3u128, any::<bool>()));
    let ends = vec![Status::Succeeded, Status::Failed, Status::TimedOut];
    let end = proptest::option::weighted(0.2, prop::sample::select(ends));
    let events = proptest::option::of(1..4u64);
    (1..=EXECUTIONS, starts, state, branches, events, park, answer, end).prop_map(
        |(execution, starts, state, branches, events, park, answer, end)| Change {
            execution,
            starts,
            state,
            branches,
            events,
            park,
            answer,
            end,
        },
    )
}

fn actions() -> impl Strategy<Value = Vec<Action>> {
    let commit = proptest::collection::vec(change(), 0..6).prop_map(Action::Commit);
    proptest::collection::vec(prop_oneof![8 => commit, 1 => Just(Action::Again)], 1..20)
}

/// The last place, and the number of events of each execution so far, as an engine knows them.
#[derive(Clone, Default)]
struct Places {
    place: u64,
    of: [(u64, u64); EXECUTIONS as usize + 1],
}

impl Places {
    fn step(&mut self, change: &Change) -> Step {
        let number = change.execution;
        let mut made = match change.starts {
            None => step(number),
            Some(None) => start(number),
            // A part comes after what it is a part of.
            Some(Some(parent)) => start(number).part_of(parent.min(number - 1), "/Nested"),
        };
        made = change.state.map_or(made.clone(), |state| made.at(state));
        for (is_there, path) in &change.branches {
            made = if *is_there { made.branch(path, "Left") } else { made.gone(path) };
        }
        if let Some(count) = change.events {
            let (before, events) = self.of[number as usize];
            self.place += 1;
            made = made.events(self.place, before, events + 1, count);
            self.of[number as usize] = (self.place, events + count);
        }
        made = match change.park {
            None => made,
            Some(None) => made.over(),
            Some(Some(seconds)) => made.until(at(seconds)),
        };
        made = match change.answer {
            None => made,
            Some((token, true)) => made.answer(token, "7"),
            Some((token, false)) => made.refuse(token),
        };
        match change.end {
            None => made,
            Some(Status::Succeeded) => made.succeed("1"),
            Some(status) => made.end(status, Some(failure())),
        }
    }
}

/// Asks both all that can be asked.
fn compare(model: &Memory, file: &Sqlite) -> Result<(), TestCaseError> {
    let said = |store: &dyn Store| -> Result<String, StoreError> {
        let mut said = format!("{:?} {:?}", store.last()?, store.unfinished()?);
        for status in
            [None, Some(Status::Running), Some(Status::Succeeded), Some(Status::Failed), Some(Status::TimedOut)]
        {
            for newest_first in [false, true] {
                let filter = Filter { status, newest_first, limit: Some(3), ..Filter::default() };
                said += &format!("\n{:?}", store.list(&filter)?);
            }
        }
        for seconds in 0..5 {
            said += &format!("\n{:?} {:?}", store.due(at(seconds), 2)?, store.next_due(at(seconds))?);
        }
        for number in 0..=EXECUTIONS {
            let found = store.find("PollService", &format!("job-{number}"))?;
            said += &format!("\n{:?} {found:?} {:?}", store.execution(number)?, store.history(number, 3)?);
            said += &format!("\n{:?}", store.tree(number)?);
        }
        Ok(said)
    };
    prop_assert_eq!(said(model).expect("memory can be read"), said(file).expect("the file can be read"));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_file_says_what_memory_says(actions in actions()) {
        let (folder, model) = (Folder::new(), Memory::new());
        let path = folder.file("workflows.db");
        // What is tested is not the disk.
        let open = || Sqlite::options().relaxed().open(&path).expect("it is a store");
        let (mut file, mut places) = (open(), Places::default());
        for action in actions {
            match action {
                Action::Again => {
                    drop(file);
                    file = open();
                }
                Action::Commit(changes) => {
                    let mut next = places.clone();
                    let steps: Vec<_> = changes.iter().map(|change| next.step(change)).collect();
                    let (expected, found) = (model.commit(&steps), file.commit(&steps));
                    let said = |result: Result<(), StoreError>| result.map_err(|error| error.to_string());
                    let is_written = expected.is_ok();
                    prop_assert_eq!(said(expected), said(found));
                    if is_written {
                        places = next;
                    }
                }
            }
            compare(&model, &file)?;
        }
    }
}
