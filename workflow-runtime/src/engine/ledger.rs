//! What is to be written down of one execution: [`Ledger`].

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::Entry;
use super::commits::Commits;
use super::tasks::Answer;
use crate::Failure;
use crate::history::Event;
use crate::history::stored::Page;
use crate::run::Resumed;
use crate::store::{self, BranchChange, Checkpoint, End, Park, Saved, Start, Step, Tree};

/// What has happened in an execution since it was written last, and what was read of it when it was taken up.
pub(crate) struct Ledger {
    commits: Arc<Commits>,
    number: u64,
    /// The execution that this one is a part of. What is to be written of it goes along, so that a part is never known without it.
    parent: Option<Arc<Entry>>,
    pages: Mutex<Pages>,
    /// Held while what has happened is put into the queue, by whoever does so in an execution as a whole: whoever starts or wakes one does,
    /// and its own task. Without it, one of them might queue what comes later before the other one has queued what comes first, or take for
    /// queued what the other one is about to queue.
    order: Mutex<()>,
}

#[derive(Default)]
struct Pages {
    /// Whether the end was noted, behind which nothing comes.
    has_ended: bool,
    /// What is to be written next, but for the events.
    step: Step,
    is_dirty: bool,
    events: Page,
    /// The place of those before.
    before: u64,
    /// The last steps of parts that were dropped.
    adopted: Vec<Step>,
    /// By what number all that was queued is durable.
    queued: u64,
    /// Where it was when it was taken up, until it goes on from there.
    checkpoint: Option<Saved>,
    branches: BTreeMap<String, Saved>,
    children: HashMap<String, Tree>,
    answers: HashMap<u128, Answer>,
}

impl Ledger {
    /// Of an execution that starts.
    pub(super) fn new(commits: Arc<Commits>, number: u64, parent: Option<Arc<Entry>>, start: Start) -> Self {
        let step = Step { execution: number, start: Some(Box::new(start)), ..Step::default() };
        let pages = Pages { step, is_dirty: true, ..Pages::default() };
        Ledger { commits, number, parent, pages: Mutex::new(pages), order: Mutex::default() }
    }

    /// Of one that was taken up, with all that is under way in it.
    pub(super) fn taken_up(commits: Arc<Commits>, parent: Option<Arc<Entry>>, tree: Tree) -> Self {
        let Tree { execution, checkpoint, branches, answers, children } = tree;
        let number = execution.number;
        let linked = |tree: Tree| Some((tree.execution.link.clone()?, tree));
        let answered = |answer: store::Answer| (answer.token, answer.result.map(Into::into));
        let pages = Pages {
            step: Step { execution: number, ..Step::default() },
            before: execution.last,
            checkpoint,
            branches,
            children: children.into_iter().filter_map(linked).collect(),
            answers: answers.into_iter().map(answered).collect(),
            ..Pages::default()
        };
        Ledger { commits, number, parent, pages: Mutex::new(pages), order: Mutex::default() }
    }

    /// The execution that this one is a part of.
    pub(crate) fn parent(&self) -> Option<&Arc<Entry>> {
        self.parent.as_ref()
    }

    pub(super) fn commits(&self) -> &Arc<Commits> {
        &self.commits
    }

    fn pages(&self) -> MutexGuard<'_, Pages> {
        // Nothing that holds the lock can panic half-way through a change.
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds an event.
    pub(super) fn event(&self, event: &Event) {
        let mut pages = self.pages();
        pages.events.push(event);
        pages.is_dirty = true;
    }

    /// Notes where the execution is.
    pub(crate) fn at(&self, checkpoint: Checkpoint) {
        let mut pages = self.pages();
        pages.step.checkpoint = Some(checkpoint);
        pages.is_dirty = true;
    }

    /// Notes where a branch is.
    pub(crate) fn branch_at(&self, path: &Arc<str>, checkpoint: Checkpoint) {
        let mut pages = self.pages();
        let known = pages.step.branches.iter_mut().rev().find_map(|change| match change {
            BranchChange::At(known, checkpoint) if known == path => Some(checkpoint),
            _ => None,
        });
        match known {
            Some(known) => *known = checkpoint,
            None => pages.step.branches.push(BranchChange::At(path.clone(), checkpoint)),
        }
        pages.is_dirty = true;
    }

    /// Forgets the branches whose paths begin like this.
    pub(crate) fn branches_gone(&self, paths: &str) {
        let mut pages = self.pages();
        pages.branches.retain(|path, _| !path.starts_with(paths));
        pages.step.branches.retain(|change| match change {
            BranchChange::At(path, _) => !path.starts_with(paths),
            BranchChange::Gone(gone) => !gone.starts_with(paths),
        });
        pages.step.branches.push(BranchChange::Gone(paths.into()));
        pages.is_dirty = true;
    }

    /// Notes that the execution is put away, or taken up.
    pub(crate) fn park(&self, park: Park) {
        let mut pages = self.pages();
        if pages.has_ended {
            return;
        }
        pages.step.park = Some(park);
        pages.is_dirty = true;
    }

    /// Notes the end. With it goes all that is known of where the execution was.
    pub(super) fn end(&self, end: End) {
        let mut pages = self.pages();
        pages.has_ended = true;
        pages.step.end = Some(end);
        pages.step.checkpoint = None;
        pages.step.branches.clear();
        pages.step.park = None;
        pages.is_dirty = true;
    }

    /// Leaves the last step to the execution that this one is a part of, which writes it if it goes on itself.
    pub(super) fn hand_over(&self) {
        let Some(parent) = self.parent.as_ref().and_then(|parent| parent.ledger()) else { return };
        let mut steps = Vec::new();
        self.collect_own(&mut steps);
        let mut pages = parent.pages();
        pages.adopted.append(&mut steps);
        pages.is_dirty = true;
    }

    /// Queues what is to be written, with what is to be written of the executions that this one is a part of.
    pub(super) fn queue(&self) -> u64 {
        let _in_order = self.whole().order.lock().unwrap_or_else(PoisonError::into_inner);
        let mut steps = Vec::new();
        self.collect(&mut steps);
        if !steps.is_empty() {
            let number = self.commits.queue(&mut steps);
            self.mark(number);
        }
        self.pages().queued
    }

    /// Waits until all that has happened is durable.
    pub(crate) async fn commit(&self) {
        let number = self.queue();
        self.commits.durable(number).await;
    }

    /// That of the execution that this one is a part of, as a whole.
    fn whole(&self) -> &Ledger {
        self.parent.as_ref().and_then(|parent| parent.ledger()).map_or(self, Ledger::whole)
    }

    fn collect(&self, steps: &mut Vec<Step>) {
        if let Some(parent) = self.parent.as_ref().and_then(|parent| parent.ledger()) {
            parent.collect(steps);
        }
        self.collect_own(steps);
    }

    fn collect_own(&self, steps: &mut Vec<Step>) {
        let mut pages = self.pages();
        if !std::mem::take(&mut pages.is_dirty) {
            return;
        }
        steps.append(&mut pages.adopted);
        let empty = Step { execution: self.number, ..Step::default() };
        let mut step = std::mem::replace(&mut pages.step, empty);
        let Pages { events, before, .. } = &mut *pages;
        step.events = events.take(|| {
            let place = self.commits.place();
            (place, std::mem::replace(before, place))
        });
        steps.push(step);
    }

    /// Remembers by what number all that was collected is durable.
    fn mark(&self, number: u64) {
        if let Some(parent) = self.parent.as_ref().and_then(|parent| parent.ledger()) {
            parent.mark(number);
        }
        let mut pages = self.pages();
        pages.queued = pages.queued.max(number);
    }

    /// Queues the answer to a task's token.
    pub(super) fn answer(&self, token: u128, answer: &Answer) -> u64 {
        let result: Result<Box<str>, Failure> = match answer {
            Ok(json) => Ok(json.as_str().into()),
            Err(failure) => Err(failure.clone()),
        };
        let answers = vec![store::Answer { token, result }];
        self.commits.queue(&mut vec![Step { execution: self.number, answers, ..Step::default() }])
    }

    /// The answer to a token that has come before the execution was taken up.
    pub(crate) fn answered(&self, token: u128) -> Option<Answer> {
        self.pages().answers.remove(&token)
    }

    /// Where the execution, or one of its branches, was when it was taken up; once.
    pub(crate) fn resumed(&self, path: Option<&str>) -> Option<Saved> {
        let mut pages = self.pages();
        match path {
            None => pages.checkpoint.take(),
            Some(path) => pages.branches.remove(path),
        }
    }

    /// What is known of a part that was started before this one was taken up; once.
    pub(super) fn child(&self, link: &str) -> Option<Tree> {
        self.pages().children.remove(link)
    }
}

impl TryFrom<Saved> for Resumed {
    type Error = serde_json::Error;

    fn try_from(saved: Saved) -> serde_json::Result<Self> {
        let Saved { state, input, variables, progress } = saved;
        Ok(Resumed { state, input, variables, progress: serde_json::from_str(&progress)? })
    }
}

impl fmt::Debug for Ledger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ledger").field("number", &self.number).finish_non_exhaustive()
    }
}
