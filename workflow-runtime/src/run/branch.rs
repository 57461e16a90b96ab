//! Branches: workflows that run as a part of an execution, side by side.

use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};

use workflow_model::scope::BranchScope;
use workflow_model::states::StatesError;

use super::join::Join;
use super::progress::{self, Phase, Resumed};
use super::resume::Unfit;
use super::{Fault, NestedInfo, Record, Run, cross, drive_to_end, names};
use crate::history::EventDetail;
use crate::trace::Span;
use crate::workflow::StateType;
use crate::{Failure, Payload, Workflow};

/// Where an execution forks.
#[doc(hidden)]
pub struct Place<R: Record> {
    record: R::Fork,
    /// The names in each branch.
    scopes: &'static [BranchScope],
    /// The visit of the state, which stands before those of each branch.
    visit: String,
    /// What is traced of the state.
    span: Span,
}

impl<R: Record> Place<R> {
    /// In the state that the run is in, which is the one at this position.
    pub(super) fn new<W: Workflow>(run: &mut Run<R>, state: usize) -> Self {
        let scope = *run.scope.get_or_insert_with(names::scope::<W>);
        let scopes = scope.branches.get(state).map_or::<&'static [_], _>(&[], Vec::as_slice);
        Place { visit: run.visit().to_string(), record: run.record.fork(), scopes, span: run.span.clone() }
    }

    /// No branches yet.
    pub fn fork<'a>(self) -> Fork<'a, R> {
        Fork::new(self)
    }
}

/// Branches that were started together, by one attempt of a state.
#[doc(hidden)]
pub struct Fork<'a, R: Record> {
    place: Place<R>,
    join: Join<'a, Result<(), Fault>>,
}

/// Branches under way, and what makes the result of what they end with.
#[doc(hidden)]
pub struct Gathered<'a, R: Record, G> {
    fork: Fork<'a, R>,
    gather: G,
}

/// What a branch ends with, once it has.
#[doc(hidden)]
#[derive(Debug)]
pub struct Outcome<T>(Arc<Mutex<Option<T>>>);

impl<T> Outcome<T> {
    fn pair() -> (Self, Self) {
        let shared = Arc::new(Mutex::new(None));
        (Outcome(shared.clone()), Outcome(shared))
    }

    fn set(&self, output: T) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(output);
    }

    /// The output.
    ///
    /// # Panics
    ///
    /// When the branch has not succeeded.
    pub fn take(&self) -> T {
        let output = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        output.expect("results are taken once, when all branches have succeeded")
    }
}

impl<'a, R: Record> Fork<'a, R> {
    pub(super) fn new(place: Place<R>) -> Self {
        Fork { place, join: Join::new() }
    }

    /// How many branches are under way.
    pub(super) fn running(&self) -> usize {
        self.join.running()
    }

    /// How a branch ended; `None` when all have.
    pub(super) async fn next(&mut self) -> Option<Result<(), Fault>> {
        self.join.next().await.map(|(_, result)| result)
    }

    /// Drops the branches that are still under way.
    pub(super) fn end(self, run: &mut Run<R>) {
        // What they hold is given back, and the history says so, before the execution goes on.
        drop(self.join);
        run.record.join(&self.place.record, &format!("{}.", self.place.visit));
    }

    /// Starts a branch.
    pub fn start<C: Workflow>(&mut self, child: &'a C, input: C::Input) -> Outcome<C::Output> {
        let (mut run, _) = self.branch(self.join.len());
        self.spawn(async move {
            if let Some(done) = run.was_done() {
                return done_before(done, run).await;
            }
            finish(drive(child, Some(input), &mut run).await, run)
        })
    }

    /// Starts a branch whose input is made of what all of them are given, by a `Pass`.
    pub fn start_with<C: Workflow, I: Payload>(
        &mut self,
        child: &'a C,
        input: I,
        make: impl FnOnce(&mut Run<R>, I) -> Result<C::Input, Fault> + Send + 'a,
    ) -> Outcome<C::Output> {
        let (mut run, name) = self.branch(self.join.len());
        self.spawn(async move {
            if let Some(done) = run.was_done() {
                return done_before(done, run).await;
            }
            // The input of one that goes on was made before.
            let made = if run.is_resumed() { Ok(None) } else { run.make_input(name, input, make).map(Some) };
            let result = match made {
                Ok(input) => drive(child, input, &mut run).await,
                Err(failure) => Err(failure),
            };
            finish(result, run)
        })
    }

    /// Starts an iteration of the map `name`, whose input `select` makes.
    pub(super) fn iterate<C: Workflow>(
        &mut self,
        child: &'a C,
        name: &'static str,
        is_nested: bool,
        select: impl FnOnce(&mut Run<R>) -> Result<C::Input, Fault>,
    ) -> Outcome<C::Output> {
        let index = self.join.len();
        // All iterations have the same names.
        let (mut run, task) = self.branch(0);
        run.state = name;
        run.record.iteration_started(name, index, run.is_resumed());
        // Its start is recorded by now, so that it is to go on from there and not to start again.
        if !run.is_resumed() {
            run.note(Phase::Next);
        }
        let input = select(&mut run).map_err(|fault| fault.failure);
        self.spawn(async move {
            if let Some(done) = run.was_done() {
                return done_before(done, run).await;
            }
            let result = match input {
                Ok(input) if is_nested => run.nested_item(task, child, input).await,
                Ok(input) => drive(child, Some(input), &mut run).await,
                Err(failure) => Err(failure),
            };
            finish(result, run)
        })
    }

    /// The run of a branch, with the names of the one at this position, and the name of the state that it has besides those of
    /// its workflow.
    fn branch(&self, position: usize) -> (Run<R>, &'static str) {
        let number = self.join.len();
        let scope = self.place.scopes.get(position);
        let path: Arc<str> = format!("{}.{number}.", self.place.visit).into();
        let record = R::branch(&self.place.record, &path);
        let mut run = Run { within: Some(path), scope: scope.map(|scope| &scope.scope), ..Run::new(record) };
        run.find_resumed();
        (run, scope.and_then(|scope| scope.own.as_deref()).unwrap_or_default())
    }

    fn spawn<T: Send + 'static>(&mut self, branch: impl Future<Output = Result<T, Fault>> + Send + 'a) -> Outcome<T> {
        let (outcome, ours) = Outcome::pair();
        self.join.push(self.place.span.clone().within(async move {
            ours.set(branch.await?);
            Ok(())
        }));
        outcome
    }

    /// All branches are started.
    pub fn gather<G>(self, gather: G) -> Gathered<'a, R, G> {
        Gathered { fork: self, gather }
    }
}

/// Branches that are under way, as a state waits for them.
#[doc(hidden)]
pub trait Forked<R>: Send {
    /// The result of the state.
    type Output;

    /// Waits until all branches have succeeded, or one has failed. Then the others are dropped.
    fn join(self, run: &mut Run<R>) -> impl Future<Output = Result<Self::Output, Fault>> + Send;
}

impl<R: Record, T: Send, G: FnOnce() -> T + Send> Forked<R> for Gathered<'_, R, G> {
    type Output = T;

    async fn join(self, run: &mut Run<R>) -> Result<T, Fault> {
        let Gathered { mut fork, gather } = self;
        let mut result = Ok(());
        while result.is_ok()
            && let Some(branch) = fork.next().await
        {
            result = branch;
        }
        fork.end(run);
        result.map(|()| gather())
    }
}

/// Runs a workflow as a part of the execution that `run` is of. One that goes on needs no input.
async fn drive<C: Workflow, R: Record>(
    child: &C,
    input: Option<C::Input>,
    run: &mut Run<R>,
) -> Result<C::Output, Failure> {
    let (state, mut variables) = run.begin::<C>(input).await?;
    drive_to_end(child, state, &mut variables, run).await
}

/// Records how a branch ended.
fn finish<T: Payload, R: Record>(result: Result<T, Failure>, run: Run<R>) -> Result<T, Fault> {
    let done = result.as_ref().ok().map(|output| run.done(output));
    run.record.branch_ended(done);
    result.map_err(Fault::branch)
}

/// The output of a branch that had ended before this process.
async fn done_before<T: Payload, R: Record>(output: Resumed, mut run: Run<R>) -> Result<T, Fault> {
    let read = progress::read(output.input.as_deref().unwrap_or("null"));
    if let Err(error) = &read {
        let why = format!("the output of a branch no longer fits what is done with it: {error}");
        run.record.strand(Unfit::output::<T>(why)).await;
    }
    run.record.branch_was_done();
    read.map_err(|error| Fault::branch(Failure::states(StatesError::Runtime, error)))
}

impl<R: Record> Run<R> {
    /// The `Task` of an item of a map that is an execution of its own.
    async fn nested_item<C: Workflow>(
        &mut self,
        name: &'static str,
        child: &C,
        input: C::Input,
    ) -> Result<C::Output, Failure> {
        const INFO: &NestedInfo = &NestedInfo { timeout: None, heartbeat: None, retry: &[] };
        if self.is_within() {
            self.state = name;
        } else {
            let json = self.record.json(|| serde_json::to_string(&input));
            self.enter_own(StateType::Task, name, json);
        }
        let output = self.nested(INFO, child, input, |_| None).await.map_err(|fault| fault.failure)?;
        let json = self.record.json(|| serde_json::to_string(&output));
        self.record.event(|| EventDetail::StateExited { kind: StateType::Task, name, output: json, assigned: None });
        Ok(output)
    }

    /// Enters a state that no workflow has.
    fn enter_own(&mut self, kind: StateType, name: &'static str, input: Option<Arc<str>>) {
        self.visits += 1;
        self.state = name;
        self.record.event(|| EventDetail::StateEntered { kind, name, input });
        self.entered = Some(self.record.now());
    }

    /// The `Pass` at the start of a branch, which makes its input.
    fn make_input<I: Payload, T: Payload>(
        &mut self,
        name: &'static str,
        input: I,
        make: impl FnOnce(&mut Self, I) -> Result<T, Fault>,
    ) -> Result<T, Failure> {
        let json = self.record.json(|| serde_json::to_string(&input));
        self.enter_own(StateType::Pass, name, json);
        let made = make(self, input).map_err(|fault| fault.failure)?;
        let made = cross(made)?;
        let json = self.record.json(|| serde_json::to_string(&made));
        self.record.event(|| EventDetail::StateExited { kind: StateType::Pass, name, output: json, assigned: None });
        Ok(made)
    }
}
