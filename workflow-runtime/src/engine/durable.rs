//! An engine whose executions are written down.

use std::any::TypeId;
use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use siphasher::sip128::SipHasher24;
use tokio::runtime::Handle;
use tokio::sync::Notify;
use tokio::task::AbortHandle;
use tokio::time::Instant;

use super::commits::Commits;
use super::stranded::Strand;
use super::{AnyExecution, Begun, Engine, Entry, Execution, Ledger, Shared, StartError};
use crate::run::Link;
use crate::store::{Start, StoreError};
use crate::trace;
use crate::{ExecutionId, Failure, Workflow};

/// What an engine has besides where its executions are written down.
pub struct Durability {
    pub(super) commits: Arc<Commits>,
    pub(super) strand: Strand,
    /// What the code of each workflow looks like.
    pub(super) fingerprints: HashMap<TypeId, u64>,
    /// Whether executions stop at the next step that is written down.
    is_closing: AtomicBool,
    /// Told when they do, and when the engine takes up what was in the store only.
    pub(super) changed: Notify,
    /// Whether executions may be left to the store, from which they are taken up when they are due.
    takes_up_all: bool,
    /// Held while a name is looked up and taken.
    names: Mutex<()>,
    /// What waits for the store to fail.
    pub(super) watch: Option<AbortHandle>,
}

impl Durability {
    pub(super) fn new(commits: Arc<Commits>, fingerprints: HashMap<TypeId, u64>, takes_up_all: bool) -> Self {
        Durability {
            commits,
            strand: Strand::default(),
            fingerprints,
            is_closing: AtomicBool::new(false),
            changed: Notify::new(),
            takes_up_all,
            names: Mutex::default(),
            watch: None,
        }
    }

    /// Has executions stop at the next step that is written down.
    pub(super) fn close(&self) {
        self.is_closing.store(true, Ordering::Release);
        self.changed.notify_waiters();
    }

    /// What the code of this workflow looks like. Where it was not added to the engine, which only asks after those that were, its graph
    /// alone says so.
    fn fingerprint<W: Workflow>(&self) -> u64 {
        self.fingerprints.get(&TypeId::of::<W>()).copied().unwrap_or(W::FINGERPRINT)
    }
}

impl Drop for Durability {
    fn drop(&mut self) {
        if let Some(watch) = &self.watch {
            watch.abort();
        }
    }
}

impl Engine {
    /// Starts an execution of the workflow `W` with a name of your own, by which it is found again: what has the same name and the same
    /// input is the same execution, however often and by whomever it is started.
    ///
    /// With a [store](crate::EngineBuilder::store) that holds for as long as the store does, so that a request that is repeated after
    /// a crash does nothing twice. Without one it holds for as long as the execution can be looked up.
    ///
    /// On AWS `StartExecution` does the same with the name of a running execution; one that has ended is an error there.
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
    /// let first = engine.start_named::<Greeter>("visitor-7", "Ada".to_owned()).await?;
    /// let again = engine.start_named::<Greeter>("visitor-7", "Ada".to_owned()).await?;
    /// assert_eq!(first.id(), again.id());
    ///
    /// let error = engine.start_named::<Greeter>("visitor-7", "Bob".to_owned()).await.expect_err("the input differs");
    /// assert!(error.to_string().contains("started with another input"));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`start`](Self::start), and when the name is none, or is that of an execution with another input.
    pub async fn start_named<W: Workflow>(&self, name: &str, input: W::Input) -> Result<Execution<W>, StartError> {
        let workflow = self.workflow::<W>()?;
        let json = serde_json::to_string(&input).map_err(StartError::Input)?;
        Ok(Execution::new(self.spawn_named(workflow, name, input, json).await?))
    }

    /// As [`start_named`](Self::start_named), by the name of the workflow and with JSON for an input.
    ///
    /// # Errors
    ///
    /// As [`start_named`](Self::start_named), and when the input does not fit the workflow.
    pub async fn start_named_json(&self, workflow: &str, name: &str, input: &str) -> Result<AnyExecution, StartError> {
        let unknown = || StartError::UnknownWorkflow(workflow.to_owned());
        let workflow = self.shared.by_name.get(workflow).ok_or_else(unknown)?;
        workflow.clone().start_json(self, Some(name), input).await
    }

    pub(super) async fn spawn_named<W: Workflow>(
        &self,
        workflow: Arc<W>,
        name: &str,
        input: W::Input,
        json: String,
    ) -> Result<AnyExecution, StartError> {
        if !is_name(name) {
            return Err(StartError::InvalidName(name.to_owned()));
        }
        self.shared.measure(&json)?;
        let id = ExecutionId::named(W::NAME, name);
        let room = self.shared.make_room().await?;
        let entry = match self.shared.claim::<W>(&id, json)? {
            Claim::New(entry) => {
                self.shared.set_out(workflow, input, &entry, room);
                entry
            }
            Claim::Known(entry) => entry,
        };
        self.shared.started(&entry).await?;
        Ok(self.handle(entry))
    }

    /// Why the engine's store has failed, once it has. Everything stops then where it was written down last, and goes on when an engine is
    /// started again. Without a store this never ends.
    pub async fn store_failure(&self) -> Arc<StoreError> {
        match &self.shared.durable {
            Some(durable) => durable.commits.failure().await,
            None => std::future::pending().await,
        }
    }
}

/// Whether an execution may be called so, as on AWS.
fn is_name(name: &str) -> bool {
    let is_refused =
        |char: char| char.is_whitespace() || char.is_control() || "<>{}[]?*\"#%\\^|~`$&,;:/".contains(char);
    (1..=80).contains(&name.chars().count()) && !name.contains(is_refused)
}

/// What becomes of a name.
enum Claim {
    New(Arc<Entry>),
    Known(Arc<Entry>),
}

impl Shared {
    /// Takes a name for a new execution, or finds the one that has it.
    fn claim<W: Workflow>(self: &Arc<Self>, id: &ExecutionId, json: String) -> Result<Claim, StartError> {
        let _taking = self.durable.as_ref().map(|durable| durable.names.lock().unwrap_or_else(PoisonError::into_inner));
        let known = self.register().find(id);
        if let Some(known) = known.or_else(|| self.find_stored(id)) {
            return if is_same(&known.input, &json) {
                Ok(Claim::Known(known))
            } else {
                Err(StartError::NameTaken(id.clone()))
            };
        }
        let begun = self.begun::<W>(id.clone(), None, json);
        let ledger = self.new_ledger::<W>(&begun, None);
        self.register().admit(begun, ledger).map(Claim::New).ok_or(StartError::ShutDown)
    }

    /// What is to be written down of an execution that starts.
    pub(super) fn new_ledger<W: Workflow>(
        &self,
        begun: &Begun,
        parent: Option<(&Arc<Entry>, Option<String>)>,
    ) -> impl FnOnce(u64) -> Option<Ledger> + 'static {
        let start = self.durable.as_ref().map(|durable| {
            let (number, link) = match &parent {
                Some((entry, link)) => (Some(entry.number), link.as_deref().map(Box::from)),
                None => (None, None),
            };
            let start = Start {
                workflow: W::NAME,
                name: begun.id.name().into(),
                parent: number,
                link,
                input: begun.input.as_str().into(),
                started: begun.started,
                fingerprint: durable.fingerprint::<W>(),
            };
            (durable.commits.clone(), start)
        });
        // One that goes on by itself is written by itself.
        let parent = parent.and_then(|(entry, link)| link.map(|_| entry.clone()));
        move |number| start.map(|(commits, start)| Ledger::new(commits, number, parent, start))
    }

    /// Waits until an execution that was started would be found again.
    pub(super) async fn started(&self, entry: &Arc<Entry>) -> Result<(), StartError> {
        let (Some(ledger), Some(durable)) = (entry.ledger(), &self.durable) else { return Ok(()) };
        durable.commits.settled(ledger.queue()).await.map_err(StartError::Store)
    }

    /// The execution of `C` that has this place in `parent`, and whether it is new.
    pub(crate) fn nested<C: Workflow>(
        self: &Arc<Self>,
        parent: &Arc<Entry>,
        link: &Link,
        input: &str,
    ) -> (Arc<Entry>, bool) {
        let Some(ledger) = parent.ledger() else {
            let begun = self.begun::<C>(ExecutionId::random(C::NAME), Some(parent.id.clone()), input.to_owned());
            return (self.register().enrol(begun, |_| None), true);
        };
        let link = link.to_string();
        if let Some(tree) = ledger.child(&link) {
            return (self.take_up_entry::<C>(tree, Some(parent)), false);
        }
        let begun = self.begun::<C>(ExecutionId::random(C::NAME), Some(parent.id.clone()), input.to_owned());
        let ledger = self.new_ledger::<C>(&begun, Some((parent, Some(link))));
        (self.register().enrol(begun, ledger), true)
    }

    /// Starts an execution that goes on by itself. An attempt that runs again finds the one that it had started.
    pub(crate) fn start_detached<C: Workflow>(
        self: &Arc<Self>,
        parent: &Arc<Entry>,
        link: &Link,
        child: Arc<C>,
        input: C::Input,
        json: String,
    ) -> Result<ExecutionId, Failure> {
        let id = match parent.ledger() {
            Some(_) => ExecutionId::uuid(C::NAME, bits_of(&parent.id, link)),
            None => ExecutionId::random(C::NAME),
        };
        if parent.ledger().is_some() && (self.register().find(&id).is_some() || self.find_stored(&id).is_some()) {
            return Ok(id);
        }
        let begun = self.begun::<C>(id.clone(), Some(parent.id.clone()), json);
        let ledger = self.new_ledger::<C>(&begun, Some((parent, None)));
        let entry = self.register().enrol(begun, ledger);
        self.set_out(child, input, &entry, None);
        if let Some(ledger) = entry.ledger() {
            // It is durable before its parent goes on.
            ledger.queue();
        }
        Ok(id)
    }

    /// Leaves an execution that waits until then to the store, if nobody has a handle on it.
    pub(crate) fn put_away(self: &Arc<Self>, entry: &Arc<Entry>, due: Instant) -> bool {
        let takes_up_all = self.durable.as_ref().is_some_and(|durable| durable.takes_up_all);
        let is_put_away = takes_up_all && self.register().put_away(entry);
        if is_put_away {
            entry.put_away();
            // The store knows all by now.
            self.tasks.forget(entry.number);
            self.parking.expect(Arc::downgrade(self), due);
        }
        is_put_away
    }

    /// Whether executions are to stop at the next step that is written down.
    pub(crate) fn is_closing(&self) -> bool {
        self.durable.as_ref().is_some_and(|durable| durable.is_closing.load(Ordering::Acquire))
    }

    /// The engine, and what stops it when its store has failed.
    pub(super) fn watched(mut shared: Self, runtime: &Handle) -> Arc<Self> {
        Arc::new_cyclic(|engine: &Weak<Shared>| {
            if let Some(durable) = &mut shared.durable {
                let (commits, engine) = (durable.commits.clone(), engine.clone());
                let watch = async move {
                    trace::store_failed(&*commits.failure().await);
                    if let Some(engine) = engine.upgrade() {
                        engine.suspend_all();
                    }
                };
                durable.watch = Some(runtime.spawn(watch).abort_handle());
            }
            shared
        })
    }

    /// Leaves all executions where they were written down last.
    pub(super) fn suspend_all(&self) {
        if let Some(durable) = &self.durable {
            durable.close();
        }
        let running = {
            let mut register = self.register();
            register.close();
            register.running()
        };
        // Parts come after what they are a part of, which then does not take their end for a failure.
        running.iter().for_each(|entry| entry.suspend());
    }
}

/// Whether two JSON texts say the same.
fn is_same(left: &str, right: &str) -> bool {
    let parsed = |json| serde_json::from_str::<serde_json::Value>(json).ok();
    left == right || (parsed(left).is_some() && parsed(left) == parsed(right))
}

/// A number that this place in this execution always has, and no other one.
fn bits_of(parent: &ExecutionId, link: &Link) -> u128 {
    // What is hashed, and how, is the same in each version: a store may be older than the program.
    let hash = SipHasher24::new().hash(format!("{parent}\n{link}").as_bytes());
    u128::from(hash.h1) << 64 | u128::from(hash.h2)
}

impl fmt::Debug for Durability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Durability").field("commits", &self.commits).finish_non_exhaustive()
    }
}
