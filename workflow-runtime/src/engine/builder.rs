//! How an engine is put together: [`EngineBuilder`].

use std::any::TypeId;
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::runtime::Handle;

use super::commits::Commits;
use super::limits::{self, Gates};
use super::tasks::Stored;
use super::{AnyWorkflow, Durability, Engine, Parking, Register, Shared, Tasks};
use crate::Workflow;
use crate::clock::Epoch;
use crate::map_run::Objects;
use crate::store::{Store, StoreError};

/// Puts an [`Engine`] together.
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
/// let engine = Engine::builder()
///     .workflow(Greeter)
///     .include_execution_data(true)
///     .keep_ended(100)
///     .start()
///     .await?;
/// assert!(engine.executions().is_empty());
/// # Ok(())
/// # }
/// ```
#[must_use = "an engine is made by `.start().await`"]
pub struct EngineBuilder {
    workflows: Vec<(TypeId, Arc<dyn AnyWorkflow>)>,
    include_execution_data: bool,
    limit_history: bool,
    payload_limit: Option<usize>,
    max_tasks: Option<usize>,
    max_tasks_of: BTreeMap<&'static str, usize>,
    max_running: Option<usize>,
    keep_ended: usize,
    objects: Option<Objects>,
    store: Option<Arc<dyn Store>>,
    retention: Option<Duration>,
    takes_up_all: bool,
}

/// How many bytes a payload may have on AWS.
const PAYLOAD: usize = 262_144;

impl Default for EngineBuilder {
    fn default() -> Self {
        EngineBuilder {
            workflows: Vec::new(),
            include_execution_data: false,
            limit_history: true,
            payload_limit: Some(PAYLOAD),
            max_tasks: None,
            max_tasks_of: BTreeMap::new(),
            max_running: None,
            keep_ended: 1_000,
            objects: None,
            store: None,
            retention: None,
            takes_up_all: true,
        }
    }
}

impl EngineBuilder {
    /// Adds a workflow, with its dependencies in its fields.
    ///
    /// Workflows that it nests need not be added, unless they are to be started on their own as well.
    pub fn workflow<W: Workflow>(mut self, workflow: W) -> Self {
        self.workflows.push((TypeId::of::<W>(), Arc::new(workflow)));
        self
    }

    #[cfg(feature = "cli")]
    pub(crate) fn any(mut self, type_id: TypeId, workflow: Arc<dyn AnyWorkflow>) -> Self {
        self.workflows.push((type_id, workflow));
        self
    }

    /// Whether histories hold the inputs and outputs of states and tasks; they do not by default.
    ///
    /// With them, each state's input is serialised once; without, nothing is serialised between states. The input and the output
    /// of an execution itself are kept in any case.
    pub fn include_execution_data(mut self, include: bool) -> Self {
        self.include_execution_data = include;
        self
    }

    /// Whether an execution of a Standard workflow fails where it does on AWS, which keeps 25,000 events of one: unless the 25,000th event
    /// is its success, the execution fails then with `States.Runtime`. It does by default. Express workflows and those under
    /// `#[workflow(native)]` have no such limit.
    pub fn limit_history(mut self, limit: bool) -> Self {
        self.limit_history = limit;
        self
    }

    /// How many bytes of JSON a payload may have: the input and the output of a state, a task and an execution, and what a state assigns;
    /// all variables together may have 40 times as much. By default 262,144 bytes, as on AWS. `None`: as many as there are.
    ///
    /// A task whose result is larger fails with `States.DataLimitExceeded`, which its retriers and catchers see; so does a state whose
    /// output is. An execution with a larger input is not started, and a larger answer to a task's token is not taken.
    ///
    /// Between states, values are measured where they are serialised: in an engine with a [`store`](Self::store), or whose histories
    /// [hold data](Self::include_execution_data). Elsewhere nothing is serialised, and nothing is measured.
    pub fn payload_limit(mut self, bytes: Option<usize>) -> Self {
        self.payload_limit = bytes;
        self
    }

    /// How many tasks run at once, in all executions together. By default as many as there are.
    ///
    /// What is counted is the user's code: each attempt at a `#[task]` or a `#[poll]`, not waits, not the wait for a callback or for an
    /// activity's worker, and not nested executions and branches, but the tasks in those. A task that there is no room for waits its turn, first
    /// come, first served; its timeout begins when it runs, and that of its workflow goes on meanwhile.
    ///
    /// With 0 there is room for one.
    pub fn max_tasks(mut self, count: usize) -> Self {
        self.max_tasks = Some(count);
        self
    }

    /// How many tasks run at once in the executions of `W`, branches included; nested executions are those of their own workflow. A task needs
    /// room here and within [`max_tasks`](Self::max_tasks).
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
    /// let builder = Engine::builder().workflow(Greeter);
    /// let engine = builder.max_tasks(100).max_tasks_of::<Greeter>(10).max_running(1_000).start().await?;
    /// let execution = engine.start::<Greeter>("Ada".to_owned()).await?;
    /// assert_eq!(execution.output().await?, "Hello, Ada!");
    /// # Ok(())
    /// # }
    /// ```
    pub fn max_tasks_of<W: Workflow>(mut self, count: usize) -> Self {
        self.max_tasks_of.insert(W::NAME, count);
        self
    }

    /// How many executions are under way at once. By default as many as are started.
    ///
    /// [`Engine::start`] then waits until there is room, first come, first served: who starts executions faster than they end is slowed
    /// down, instead of filling the memory. Who would rather be refused wraps it in `tokio::time::timeout`. Executions that
    /// are found in the [`store`](Self::store) are taken up as there is room for them.
    ///
    /// What is counted is executions that were started from outside, until they end; one that waits in the store only is not. When
    /// its wait is over it goes on at once, even where there is no room, so that nothing is late. Nested executions have the room of their
    /// parent. With 0 there is room for one.
    pub fn max_running(mut self, count: usize) -> Self {
        self.max_running = Some(count);
        self
    }

    /// How many ended executions, nested ones among them, can still be looked up; 1,000 by default. The oldest are forgotten
    /// first; a handle keeps its own execution for as long as it lives.
    pub fn keep_ended(mut self, count: usize) -> Self {
        self.keep_ended = count;
        self
    }

    /// The directory whose files stand for objects of S3: the object `key` in `bucket` is the file `bucket/key` in it. A distributed
    /// `#[map]` reads its items from there, and writes its results to it.
    pub fn objects(mut self, directory: impl Into<PathBuf>) -> Self {
        self.objects = Some(Objects::new(directory));
        self
    }

    /// Where executions are written down, so that they outlive the process: each goes on from its last step when an engine is started on
    /// the same store again.
    ///
    /// A step that was written down is never run again. A task that was under way when the process ended runs again, with the same
    /// [`idempotency_key`](crate::TaskContext::idempotency_key) and the next number for an [`attempt`](crate::TaskContext::attempt).
    /// Workflows that are left behind by a `#[nested(…, request_response)]` must be added to the engine to go on.
    pub fn store(mut self, store: impl Store) -> Self {
        self.store = Some(Arc::new(store));
        self
    }

    /// How long executions are kept in the [`store`](Self::store) after they have ended, with their parts and their histories; then they are
    /// removed, at the start and within an hour from then on. By default they are kept for ever. Step Functions keeps them for 90 days.
    ///
    /// The name of one that was removed can be given anew: a start that is repeated after that time starts it again.
    ///
    /// ```
    /// # use workflow_runtime::prelude::*;
    /// # use workflow_runtime::store::Memory;
    /// use std::time::Duration;
    ///
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
    /// # let store = Memory::new();
    /// let ninety_days = Duration::from_secs(90 * 86_400);
    /// let engine = Engine::builder().workflow(Greeter).store(store).retention(ninety_days).start().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn retention(mut self, time: Duration) -> Self {
        self.retention = Some(time);
        self
    }

    /// Leaves the executions in the store alone until they are started again by their names.
    #[cfg(all(feature = "cli", feature = "sqlite"))]
    pub(crate) fn only_what_is_started(self) -> Self {
        EngineBuilder { takes_up_all: false, ..self }
    }

    /// Makes the engine, on the tokio runtime that the caller runs on.
    ///
    /// # Errors
    ///
    /// When two workflows have the same name, or where there is no tokio runtime.
    pub async fn start(self) -> Result<Engine, BuildError> {
        let runtime = Handle::try_current().map_err(|_| BuildError::NoRuntime)?;
        let mut by_type = HashMap::new();
        let mut by_name = BTreeMap::new();
        for (type_id, workflow) in self.workflows {
            if by_name.insert(workflow.name(), workflow.clone()).is_some() {
                return Err(BuildError::DuplicateWorkflow(workflow.name()));
            }
            by_type.insert(type_id, workflow);
        }
        let mut register = Register::default();
        let (mut durable, mut stored, mut secret) = (None, None, crate::id::random());
        let epoch = if self.store.is_some() { Epoch::of_process() } else { Epoch::now() };
        if let Some(store) = self.store {
            let (number, place) = store.last().map_err(BuildError::store)?;
            register.go_on_behind(number);
            secret = store.secret().map_err(BuildError::store)?;
            let fingerprints = by_type.iter().map(|(type_id, workflow)| (*type_id, workflow.fingerprint())).collect();
            let commits = Arc::new(Commits::new(store, place));
            let timeouts = by_name.iter().filter_map(|(name, workflow)| Some((*name, workflow.timeout()?)));
            stored = Some(Stored::new(&commits, epoch, timeouts.collect()));
            durable = Some(Durability::new(commits, fingerprints, self.takes_up_all));
        }
        let shared = Shared {
            by_type,
            by_name,
            include_execution_data: self.include_execution_data,
            limit_history: self.limit_history,
            payload_limit: self.payload_limit,
            gates: Gates::new(self.max_tasks, &self.max_tasks_of),
            room: self.max_running.map(limits::semaphore),
            epoch,
            keep_ended: self.keep_ended,
            objects: self.objects,
            register: Mutex::new(register),
            parking: Arc::new(Parking::new(runtime.clone())),
            tasks: Arc::new(Tasks::new(secret, self.payload_limit, stored)),
            durable,
        };
        let engine = Engine { shared: Shared::watched(shared, &runtime) };
        engine.heed_stops().map_err(BuildError::store)?;
        if self.takes_up_all {
            engine.recover().map_err(BuildError::store)?;
        }
        engine.retain(self.retention);
        Ok(engine)
    }
}

impl fmt::Debug for EngineBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.workflows.iter().map(|(_, workflow)| workflow.name()).collect();
        f.debug_struct("EngineBuilder")
            .field("workflows", &names)
            .field("include_execution_data", &self.include_execution_data)
            .field("limit_history", &self.limit_history)
            .field("keep_ended", &self.keep_ended)
            .finish()
    }
}

/// Why an engine could not be made.
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
/// let error = Engine::builder().workflow(Greeter).workflow(Greeter).start().await.expect_err("there are two");
/// assert_eq!(error.to_string(), "two workflows are called `Greeter`; rename one with `#[workflow(name = \"…\")]`");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum BuildError {
    /// Two workflows have this name, by which executions are started.
    DuplicateWorkflow(&'static str),
    /// There is no tokio runtime to run on.
    NoRuntime,
    /// What the store has to say.
    Store(Arc<StoreError>),
}

impl BuildError {
    fn store(error: StoreError) -> Self {
        BuildError::Store(Arc::new(error))
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BuildError::DuplicateWorkflow(name) => {
                write!(f, "two workflows are called `{name}`; rename one with `#[workflow(name = \"…\")]`")
            }
            BuildError::Store(error) => write!(f, "the engine's store cannot be read: {error}"),
            BuildError::NoRuntime => f.write_str(
                "an engine runs on tokio, and there is no runtime here; start it in a function under `#[tokio::main]`, or in `Runtime::block_on`",
            ),
        }
    }
}

impl std::error::Error for BuildError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            BuildError::Store(error) => Some(error),
            BuildError::DuplicateWorkflow(_) | BuildError::NoRuntime => None,
        }
    }
}
