//! Many executions at once, each with its identity, its status and its history: [`Engine`].

mod answer;
mod any;
mod builder;
mod commits;
mod durable;
mod entry;
mod execution;
mod find;
mod journey;
mod ledger;
mod limits;
mod migrate;
mod parking;
mod recovery;
mod register;
mod retention;
mod settled;
mod shutdown;
mod start_error;
mod stops;
mod stranded;
mod tasks;

use std::any::TypeId;
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub(crate) use any::AnyWorkflow;
pub use builder::{BuildError, EngineBuilder};
pub use durable::Durability;
pub use entry::Status;
pub(crate) use entry::{Begun, Entry};
pub use execution::{AnyExecution, Execution, Follower};
pub(crate) use ledger::Ledger;
pub use limits::Admitted;
pub(crate) use limits::Gates;
pub use migrate::{MigrateError, StoredState};
pub use start_error::StartError;
#[cfg(all(feature = "cli", feature = "sqlite"))]
pub(crate) use stops::abort;
pub use stranded::Stranded;
pub(crate) use tasks::Awaited;
pub use tasks::{ActivityTask, Answering, Tasks, TokenError};

use journey::Journey;
use limits::Room;
pub(crate) use parking::Parking;
use register::Register;

use tokio::sync::Semaphore;
use workflow_model::machine::Mode;

use crate::ExecutionId;
use crate::clock::Epoch;
use crate::history::Recorder;
use crate::map_run::Objects;
use crate::workflow::Workflow;

/// Runs many executions of the workflows it was built with.
///
/// Executions live in the memory of this process, and run on the tokio runtime that the engine was started on: they end with
/// it, and they outlive the engine's handles. Cloning an engine gives another handle on the same one.
///
/// An execution that waits in a `#[wait]` state is a small record, and no task: an engine may hold hundreds of thousands of them.
///
/// The history of an execution is kept whole for as long as the execution is: see
/// [`EngineBuilder::keep_ended`](EngineBuilder::keep_ended).
///
/// ```
/// use workflow_runtime::prelude::*;
///
/// pub struct Greeter;
///
/// #[workflow(start = greet, timeout = "1m")]
/// impl Greeter {
///     #[task(timeout = "10s", end)]
///     async fn greet(&self, name: String) -> String {
///         format!("Hello, {name}!")
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let engine = Engine::builder().workflow(Greeter).start().await?;
/// let execution = engine.start::<Greeter>("Ada".to_owned()).await?;
/// assert_eq!(execution.output().await?, "Hello, Ada!");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Engine {
    shared: Arc<Shared>,
}

/// What all handles on an engine share.
pub(crate) struct Shared {
    /// By type, for starts by type.
    by_type: HashMap<TypeId, Arc<dyn AnyWorkflow>>,
    /// By name, for starts by name.
    by_name: BTreeMap<&'static str, Arc<dyn AnyWorkflow>>,
    /// Whether histories hold inputs and outputs.
    pub(crate) include_execution_data: bool,
    /// Whether histories have room for as many events as on AWS only.
    limit_history: bool,
    /// How many bytes of JSON a payload may have.
    pub(crate) payload_limit: Option<usize>,
    /// The calendar of the histories.
    pub(crate) epoch: Epoch,
    /// How many ended executions are kept.
    keep_ended: usize,
    /// The files that stand for objects of S3.
    pub(crate) objects: Option<Objects>,
    register: Mutex<Register>,
    /// What tasks pass before they run, where their number is bounded.
    pub(crate) gates: Option<Arc<Gates>>,
    /// The room for executions, where their number is bounded.
    room: Option<Arc<Semaphore>>,
    /// The executions that wait.
    pub(crate) parking: Arc<Parking>,
    /// The tasks that wait for their tokens.
    pub(crate) tasks: Arc<Tasks>,
    /// What makes executions outlive the process.
    durable: Option<Durability>,
}

impl Engine {
    /// An engine with no workflows yet.
    pub fn builder() -> EngineBuilder {
        EngineBuilder::default()
    }

    /// Starts an execution of the workflow `W`, and gives a handle on it at once.
    ///
    /// # Errors
    ///
    /// When the engine was built without `W`, or was [shut down](Engine::shutdown).
    pub async fn start<W: Workflow>(&self, input: W::Input) -> Result<Execution<W>, StartError> {
        let workflow = self.workflow::<W>()?;
        let json = serde_json::to_string(&input).map_err(StartError::Input)?;
        Ok(Execution::new(self.spawn(workflow, ExecutionId::random(W::NAME), input, json).await?))
    }

    /// Starts an execution of the workflow with this name, with its input as JSON.
    ///
    /// ```
    /// # use workflow_runtime::prelude::*;
    /// #
    /// # pub struct Greeter;
    /// #
    /// # #[workflow(start = greet, timeout = "1m")]
    /// # impl Greeter {
    /// #     #[task(timeout = "10s", end)]
    /// #     async fn greet(&self, name: String) -> String {
    /// #         format!("Hello, {name}!")
    /// #     }
    /// # }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let engine = Engine::builder().workflow(Greeter).start().await?;
    /// let execution = engine.start_json("Greeter", r#""Ada""#).await?;
    /// assert_eq!(execution.output_json().await?, r#""Hello, Ada!""#);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// When the engine has no workflow of this name, the JSON is not of the workflow's input type, or the engine was
    /// [shut down](Engine::shutdown).
    pub async fn start_json(&self, workflow: &str, input: &str) -> Result<AnyExecution, StartError> {
        let workflow =
            self.shared.by_name.get(workflow).ok_or_else(|| StartError::UnknownWorkflow(workflow.to_owned()))?;
        workflow.clone().start_json(self, None, input).await
    }

    /// The execution with this identity, if it runs or is among the ended ones that are kept.
    ///
    /// ```
    /// # use workflow_runtime::prelude::*;
    /// #
    /// # pub struct Greeter;
    /// #
    /// # #[workflow(start = greet, timeout = "1m")]
    /// # impl Greeter {
    /// #     #[task(timeout = "10s", end)]
    /// #     async fn greet(&self, name: String) -> String {
    /// #         format!("Hello, {name}!")
    /// #     }
    /// # }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let engine = Engine::builder().workflow(Greeter).start().await?;
    /// let execution = engine.start::<Greeter>("Ada".to_owned()).await?;
    ///
    /// let again = engine.execution(execution.id());
    /// assert_eq!(again.map(|again| again.id().clone()).as_ref(), Some(execution.id()));
    /// # Ok(())
    /// # }
    /// ```
    pub fn execution(&self, id: &ExecutionId) -> Option<AnyExecution> {
        let known = self.shared.register().find(id);
        let entry = known.or_else(|| self.shared.find_stored(id))?;
        Some(self.handle(entry))
    }

    /// All executions that run or are kept, nested ones too, in the order of their starts.
    ///
    /// ```
    /// # use workflow_runtime::prelude::*;
    /// #
    /// # pub struct Greeter;
    /// #
    /// # #[workflow(start = greet, timeout = "1m")]
    /// # impl Greeter {
    /// #     #[task(timeout = "10s", end)]
    /// #     async fn greet(&self, name: String) -> String {
    /// #         format!("Hello, {name}!")
    /// #     }
    /// # }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let engine = Engine::builder().workflow(Greeter).start().await?;
    /// let ada = engine.start::<Greeter>("Ada".to_owned()).await?;
    /// let bob = engine.start::<Greeter>("Bob".to_owned()).await?;
    /// let executions = engine.executions();
    /// let ids: Vec<_> = executions.iter().map(|execution| execution.id()).collect();
    /// assert_eq!(ids, [ada.id(), bob.id()]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn executions(&self) -> Vec<AnyExecution> {
        let mut entries = self.shared.register().all();
        entries.sort_by_key(|entry| entry.number);
        entries.into_iter().map(|entry| self.handle(entry)).collect()
    }

    pub(crate) fn tasks(&self) -> &Arc<Tasks> {
        &self.shared.tasks
    }

    fn workflow<W: Workflow>(&self) -> Result<Arc<W>, StartError> {
        let unknown = || StartError::UnknownWorkflow(W::NAME.to_owned());
        let workflow = self.shared.by_type.get(&TypeId::of::<W>()).ok_or_else(unknown)?;
        workflow.clone().typed().downcast::<W>().map_err(|_| unknown())
    }

    async fn spawn<W: Workflow>(
        &self,
        workflow: Arc<W>,
        id: ExecutionId,
        input: W::Input,
        json: String,
    ) -> Result<AnyExecution, StartError> {
        self.shared.measure(&json)?;
        let room = self.shared.make_room().await?;
        let begun = self.shared.begun::<W>(id, None, json);
        let ledger = self.shared.new_ledger::<W>(&begun, None);
        let entry = self.shared.register().admit(begun, ledger).ok_or(StartError::ShutDown)?;
        self.shared.set_out(workflow, input, &entry, room);
        self.shared.started(&entry).await?;
        Ok(self.handle(entry))
    }

    fn handle(&self, entry: Arc<Entry>) -> AnyExecution {
        AnyExecution::new(entry, self.shared.parking.clone())
    }
}

impl Shared {
    fn set_out<W: Workflow>(self: &Arc<Self>, workflow: Arc<W>, input: W::Input, entry: &Arc<Entry>, room: Room) {
        let recorder = Recorder::new(self.clone(), entry.clone());
        Journey::new(workflow, input, recorder, room).set_out(self.parking.runtime());
    }

    fn begun<W: Workflow>(&self, id: ExecutionId, parent: Option<ExecutionId>, input: String) -> Begun {
        Begun {
            id,
            parent,
            input,
            started: self.epoch.calendar(),
            is_limited: self.limit_history && W::MODE == Mode::Standard,
        }
    }

    /// Refuses the input of an execution that is too large.
    fn measure(&self, input: &str) -> Result<(), StartError> {
        match self.payload_limit {
            Some(limit) if input.len() > limit => Err(StartError::InputTooLarge { bytes: input.len(), limit }),
            _ => Ok(()),
        }
    }

    /// Notes that an execution ended, and forgets the one that ended longest ago, when there are too many.
    pub(crate) fn ended(&self, entry: &Arc<Entry>) {
        if entry.ledger().is_some_and(|ledger| ledger.parent().is_none()) {
            self.tasks.forget(entry.number);
        }
        let forgotten = self.register().ended(entry, self.keep_ended);
        // A history may be long: it is freed when nobody waits for the register.
        drop(forgotten);
    }

    fn register(&self) -> MutexGuard<'_, Register> {
        // Nothing that holds the lock can panic half-way through a change.
        self.register.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Shared {
    /// Nobody can start an execution any more, and none runs.
    fn drop(&mut self) {
        self.tasks.close();
    }
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shared").field("workflows", &self.by_name.keys().collect::<Vec<_>>()).finish_non_exhaustive()
    }
}
