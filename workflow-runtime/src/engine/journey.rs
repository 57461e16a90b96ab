//! An execution of an engine on its way: a task while it runs, a record while it waits.

use std::pin::pin;
use std::sync::Arc;

use tokio::runtime::Handle;
use tokio::time::Instant;

use super::parking::Parked;
use crate::history::Recorder;
use crate::run::{Asleep, Record, Run, bounded, cross};
use crate::workflow::{Driven, Workflow};
use crate::{ExecutionError, Failure, clock};

/// All there is to know of an execution between two steps.
pub(super) struct Journey<W: Workflow> {
    workflow: Arc<W>,
    stage: Stage<W>,
    variables: W::Variables,
    run: Run<Recorder>,
    /// When the workflow's timeout is over.
    deadline: Option<Instant>,
}

/// The same in a wait: what an engine that outlives its process would write down.
struct Rest<W: Workflow> {
    workflow: Arc<W>,
    state: W::State,
    variables: W::Variables,
    run: Asleep<Recorder>,
    deadline: Option<Instant>,
}

/// How far the execution has come.
enum Stage<W: Workflow> {
    /// It has not begun.
    Input(W::Input),
    /// It is in a state, or about to enter it.
    State(W::State),
}

impl<W: Workflow> Stage<W> {
    fn state(self) -> Result<W::State, Failure> {
        match self {
            Stage::Input(input) => Ok(W::start(cross(input)?)),
            Stage::State(state) => Ok(state),
        }
    }
}

impl<W: Workflow> Journey<W> {
    pub(super) fn new(workflow: Arc<W>, input: W::Input, recorder: Recorder) -> Self {
        let deadline = clock::deadline(W::TIMEOUT);
        Journey {
            workflow,
            stage: Stage::Input(input),
            variables: W::Variables::default(),
            run: Run::new(recorder),
            deadline,
        }
    }

    /// Goes on, in a task of its own.
    pub(super) fn set_out(self, runtime: &Handle) {
        runtime.spawn(self.go());
    }

    /// Runs up to the end, or up to a wait.
    async fn go(self) {
        let Journey { workflow, stage, mut variables, mut run, deadline } = self;
        let stopped = run.record().stopped();
        let gone = {
            let driven = pin!(async {
                run.rest().await;
                workflow.drive(stage.state()?, &mut variables, &mut run).await
            });
            bounded(deadline, stopped, driven).await
        };
        match gone {
            Ok(Driven::Parked(state)) => Rest { workflow, state, variables, run: run.sleep(), deadline }.park(),
            Ok(Driven::Ended(output)) => Self::arrive(run, Ok(output)),
            Err(error) => Self::arrive(run, Err(error)),
        }
    }

    fn arrive(run: Run<Recorder>, result: Result<W::Output, ExecutionError>) {
        // Whoever waits for the result finds it in the entry.
        let _ = run.into_record().ended(result);
    }
}

impl<W: Workflow> Rest<W> {
    /// Rests until the wait, or the time of the workflow, is over.
    fn park(self) {
        let due = self.run.until().into_iter().chain(self.deadline).min().unwrap_or_else(Instant::now);
        let (parking, entry) = self.run.record().place();
        parking.park(&entry, due, Box::new(self));
    }
}

impl<W: Workflow> Parked for Rest<W> {
    fn resume(self: Box<Self>, runtime: &Handle) {
        let Rest { workflow, state, variables, run, deadline } = *self;
        Journey { workflow, stage: Stage::State(state), variables, run: run.wake(), deadline }.set_out(runtime);
    }
}
