//! An execution of an engine on its way: a task while it runs, a record while it waits.

use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use tokio::runtime::Handle;
use tokio::time::Instant;

use super::limits::Room;
use super::parking::Parked;
use crate::history::Recorder;
use crate::run::{Asleep, Record, Run, bounded};
use crate::trace::{self, Span};
use crate::workflow::{Driven, Workflow};
use crate::{ExecutionError, clock};

/// All there is to know of an execution between two steps.
pub(super) struct Journey<W: Workflow> {
    workflow: Arc<W>,
    stage: Stage<W>,
    variables: W::Variables,
    run: Run<Recorder>,
    /// When the workflow's timeout is over.
    deadline: Option<Instant>,
    /// Given back at the end.
    room: Room,
}

/// The same in a wait: what an engine that outlives its process would write down.
struct Rest<W: Workflow> {
    workflow: Arc<W>,
    state: W::State,
    variables: W::Variables,
    run: Asleep<Recorder>,
    deadline: Option<Instant>,
    room: Room,
}

/// How far the execution has come.
enum Stage<W: Workflow> {
    /// It has not begun.
    Input(W::Input),
    /// It goes on where it was written down.
    Saved,
    /// It is in a state, or about to enter it.
    State(W::State),
}

impl<W: Workflow> Journey<W> {
    pub(super) fn new(workflow: Arc<W>, input: W::Input, recorder: Recorder, room: Room) -> Self {
        let deadline = clock::deadline(W::TIMEOUT);
        Journey {
            workflow,
            stage: Stage::Input(input),
            variables: W::Variables::default(),
            run: Run::new(recorder),
            deadline,
            room,
        }
    }

    /// The journey of an execution that was taken up. It has an input where it has not begun.
    pub(super) fn again(
        workflow: Arc<W>,
        input: Option<W::Input>,
        mut recorder: Recorder,
        started: SystemTime,
        room: Room,
    ) -> Self {
        let deadline = W::TIMEOUT.map(|limit| recorder.instant(started + limit));
        let stage = input.map_or(Stage::Saved, Stage::Input);
        Journey { workflow, stage, variables: W::Variables::default(), run: Run::new(recorder), deadline, room }
    }

    /// Goes on, in a task of its own.
    pub(super) fn set_out(self, runtime: &Handle) {
        let entry = self.run.record().place().1;
        let span = Span::execution(|| entry.id.clone(), || entry.parent().cloned());
        runtime.spawn(span.within(self.go()));
    }

    /// Runs up to the end, or up to a wait.
    async fn go(self) {
        let Journey { workflow, stage, mut variables, mut run, deadline, room } = self;
        let stopped = run.record().stopped();
        let gone = {
            let driven = pin!(async {
                let input = match stage {
                    Stage::State(state) => {
                        run.rest().await;
                        return workflow.drive(state, &mut variables, &mut run).await;
                    }
                    Stage::Input(input) => Some(input),
                    Stage::Saved => None,
                };
                let (state, saved) = run.begin::<W>(input).await?;
                variables = saved;
                run.rest().await;
                workflow.drive(state, &mut variables, &mut run).await
            });
            bounded(deadline, stopped, driven).await
        };
        match gone {
            Ok(Driven::Parked(state)) => {
                let due = run.until().into_iter().chain(deadline).min().unwrap_or_else(Instant::now);
                let is_put_away = run.put_away(due).await;
                if !is_put_away {
                    Rest { workflow, state, variables, run: run.sleep(), deadline, room }.park(due);
                }
            }
            Ok(Driven::Ended(output)) => Self::arrive(run, Ok(output)).await,
            Err(error) => Self::arrive(run, Err(error)).await,
        }
    }

    async fn arrive(run: Run<Recorder>, result: Result<W::Output, ExecutionError>) {
        trace::ended(&result);
        // Whoever waits for the result finds it in the entry.
        let _ = run.into_record().ended(result).await;
    }
}

/// How long a wait is at least for which an execution is kept in the store only.
const FAR: Duration = Duration::from_secs(60);

impl Run<Recorder> {
    /// Writes down that the execution waits, and leaves it to the store where that is for long. Says whether nobody needs it here.
    async fn put_away(&mut self, due: Instant) -> bool {
        let is_far = due.saturating_duration_since(Instant::now()) >= FAR;
        if is_far {
            self.record().park(due);
        }
        self.resting().await;
        is_far && self.record().put_away(due)
    }
}

impl<W: Workflow> Rest<W> {
    /// Rests until the wait, or the time of the workflow, is over.
    fn park(self, due: Instant) {
        let (parking, entry) = self.run.record().place();
        parking.park(&entry, due, Box::new(self));
    }
}

impl<W: Workflow> Parked for Rest<W> {
    fn resume(self: Box<Self>, runtime: &Handle) {
        let Rest { workflow, state, variables, run, deadline, room } = *self;
        Journey { workflow, stage: Stage::State(state), variables, run: run.wake(), deadline, room }.set_out(runtime);
    }
}
