//! What a [`Memory`](super::Memory) holds, and how a step changes it.

use std::collections::{BTreeMap, BTreeSet};

use crate::store::millis::Millis;
use crate::store::{
    Answer, BranchChange, End, Events, Park, Removal, Removed, Saved, Start, Step, StoredExecution, Tree, count,
};
use crate::{ExecutionId, Failure, Status};

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
    /// The number of the execution that was started last, and the place of the last events.
    pub(super) last: (u64, u64),
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

    /// When it ended, where it is one of those to be removed.
    fn removable(&self, number: u64, removal: &Removal) -> Option<(Millis, u64)> {
        let stopped = Millis::of(self.end.as_ref()?.stopped);
        let fits = self.start.whole().is_none()
            && stopped < Millis::of(removal.ended_before)
            && removal.workflow.as_deref().is_none_or(|workflow| self.start.workflow == workflow)
            && removal.name.as_deref().is_none_or(|name| *self.start.name == *name);
        fits.then_some((stopped, number))
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
            self.last.1 = self.last.1.max(events.place);
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
        self.last.0 = self.last.0.max(number);
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

    /// Removes what has ended, those that ended first before the others.
    pub(super) fn remove(&mut self, removal: &Removal) -> Vec<Removed> {
        let runs = |number: &u64| self.executions.get(number).is_some_and(Row::runs);
        let ended = self.executions.iter().filter(|(_, row)| !row.start.parent.as_ref().is_some_and(runs));
        let mut ended: Vec<_> = ended.filter_map(|(number, row)| row.removable(*number, removal)).collect();
        ended.sort_unstable();
        ended.truncate(removal.limit);
        ended.iter().filter_map(|(_, number)| self.remove_whole(*number)).collect()
    }

    /// Removes an execution, its history and its parts.
    fn remove_whole(&mut self, number: u64) -> Option<Removed> {
        let parts: Vec<_> = self.parts.range((number, 0)..=(number, u64::MAX)).copied().collect();
        for part in parts {
            self.parts.remove(&part);
            self.remove_whole(part.1);
        }
        for events in self.history_of(number, 1) {
            self.history.remove(&events.place);
        }
        let Row { start, live, end, .. } = self.executions.remove(&number)?;
        self.names.remove(&(start.workflow.into(), start.name.clone()));
        self.under_way.remove(&number);
        if let Some(due) = live.and_then(|live| live.due) {
            self.parked.remove(&(due, number));
        }
        let End { status, stopped, .. } = end?;
        let (id, stopped) = (ExecutionId::read(start.workflow, &start.name), Millis::of(stopped).time());
        Some(Removed { number, id, status, stopped })
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
