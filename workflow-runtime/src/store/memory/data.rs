//! What a [`Memory`](super::Memory) holds, and how a step changes it.

use std::collections::{BTreeMap, BTreeSet};

use crate::store::millis::Millis;
use crate::store::{Answer, BranchChange, End, Events, Park, Saved, Start, Step, StoredExecution, Tree, count};
use crate::{Failure, Status};

#[derive(Default)]
pub(super) struct Data {
    pub(super) executions: BTreeMap<u64, Row>,
    /// By workflow and name.
    pub(super) names: BTreeMap<(Box<str>, Box<str>), u64>,
    /// Executions that are a part of another one: that one, and they.
    parts: BTreeSet<(u64, u64)>,
    /// Those that run, are not parked, and are not a part of another one.
    pub(super) under_way: BTreeSet<u64>,
    pub(super) parked: BTreeSet<(Millis, u64)>,
    /// By place.
    pub(super) history: BTreeMap<u64, Events>,
}

/// An execution.
pub(super) struct Row {
    pub(super) start: Start,
    /// The place of its last events.
    last: u64,
    /// What goes when it ends.
    live: Option<Live>,
    end: Option<End>,
}

#[derive(Default)]
struct Live {
    checkpoint: Option<Saved>,
    branches: BTreeMap<String, Saved>,
    answers: BTreeMap<u128, Result<Box<str>, Failure>>,
    due: Option<Millis>,
}

impl Row {
    pub(super) fn status(&self) -> Status {
        self.end.as_ref().map_or(Status::Running, |end| end.status)
    }

    pub(super) fn runs(&self) -> bool {
        self.live.is_some()
    }
}

impl Data {
    /// Does what a step says, which was checked.
    pub(super) fn apply(&mut self, step: &Step) {
        let number = step.execution;
        if let Some(start) = &step.start {
            self.start(number, start);
        }
        let Some(row) = self.executions.get_mut(&number) else { return };
        let Some(live) = &mut row.live else { return };
        if let Some(checkpoint) = &step.checkpoint {
            live.checkpoint = Some(checkpoint.into());
        }
        for change in &step.branches {
            match change {
                BranchChange::At(path, checkpoint) => {
                    live.branches.insert(path.as_ref().to_owned(), checkpoint.into());
                }
                BranchChange::Gone(beginning) => live.branches.retain(|path, _| !path.starts_with(&**beginning)),
            }
        }
        for Answer { token, result } in &step.answers {
            live.answers.insert(*token, result.clone());
        }
        if let Some(events) = &step.events {
            row.last = events.place;
            self.history.insert(events.place, events.clone());
        }
        if let Some(park) = step.park {
            self.park(number, park);
        }
        if let Some(end) = &step.end {
            self.end(number, end);
        }
    }

    fn start(&mut self, number: u64, start: &Start) {
        let start = start.clone();
        self.names.insert((start.workflow.into(), start.name.clone()), number);
        match start.whole() {
            Some(parent) => self.parts.insert((parent, number)),
            None => self.under_way.insert(number),
        };
        self.executions.insert(number, Row { start, last: 0, live: Some(Live::default()), end: None });
    }

    fn park(&mut self, number: u64, park: Park) {
        let Some(row) = self.executions.get_mut(&number) else { return };
        let Some(live) = &mut row.live else { return };
        if let Some(due) = live.due.take() {
            self.parked.remove(&(due, number));
        }
        if let Park::Until(due) = park {
            let due = Millis::not_before(due);
            live.due = Some(due);
            self.parked.insert((due, number));
            self.under_way.remove(&number);
        } else if row.start.whole().is_none() {
            self.under_way.insert(number);
        }
    }

    fn end(&mut self, number: u64, end: &End) {
        let Some(row) = self.executions.get_mut(&number) else { return };
        row.end = Some(end.clone());
        self.under_way.remove(&number);
        if let Some(due) = row.live.take().and_then(|live| live.due) {
            self.parked.remove(&(due, number));
        }
    }

    pub(super) fn stored(&self, number: u64) -> Option<StoredExecution> {
        let Row { start, last, live, end } = self.executions.get(&number)?;
        let checkpoint = live.as_ref().and_then(|live| live.checkpoint.as_ref());
        let end = end.as_ref();
        Some(StoredExecution {
            number,
            workflow: start.workflow.to_owned(),
            name: start.name.to_string(),
            parent: start.parent,
            link: start.link.as_deref().map(str::to_owned),
            status: end.map_or(Status::Running, |end| end.status),
            input: start.input.to_string(),
            output: end.and_then(|end| end.output.as_deref()).map(str::to_owned),
            failure: end.and_then(|end| end.failure.clone()),
            started: Millis::of(start.started).time(),
            stopped: end.map(|end| Millis::of(end.stopped).time()),
            fingerprint: start.fingerprint,
            events: self.history.get(last).map_or(0, |events| events.first - 1 + count(&events.json)),
            last: *last,
            state: checkpoint.map(|checkpoint| checkpoint.state.clone()).unwrap_or_default(),
        })
    }

    pub(super) fn tree(&self, number: u64) -> Option<Tree> {
        let execution = self.stored(number)?;
        let live = self.executions.get(&number)?.live.as_ref();
        let answers = live.into_iter().flat_map(|live| &live.answers);
        Some(Tree {
            execution,
            checkpoint: live.and_then(|live| live.checkpoint.clone()),
            branches: live.map(|live| live.branches.clone()).unwrap_or_default(),
            answers: answers.map(|(token, result)| Answer { token: *token, result: result.clone() }).collect(),
            children: self
                .parts
                .range((number, 0)..=(number, u64::MAX))
                .filter_map(|(_, part)| self.tree(*part))
                .collect(),
        })
    }

    /// The parts of a history from the one with this event on, found from the end.
    pub(super) fn history_of(&self, number: u64, from: u64) -> Vec<Events> {
        let mut place = self.executions.get(&number).map_or(0, |row| row.last);
        let mut parts: Vec<Events> = Vec::new();
        while let Some(events) = self.history.get(&place) {
            if parts.is_empty() && events.first + count(&events.json) <= from {
                break;
            }
            parts.push(events.clone());
            place = if events.first <= from { 0 } else { events.before };
        }
        parts.reverse();
        parts
    }
}
