//! The tasks of an engine that somebody else ends: those that wait for their tokens.

mod activity;
mod error;

use std::collections::HashMap;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use tokio::sync::oneshot;

pub use activity::ActivityTask;
pub use error::TokenError;

use self::activity::{Activities, Started};
use super::Entry;
use super::commits::Durable;
use crate::token::Answered;
use crate::{Failure, TaskContext, TaskToken};

/// What ends a task: its output as JSON, or its failure.
pub(crate) type Answer = Result<String, Failure>;

/// The tasks that wait for their tokens. It knows those that still do and no others: a task that is over for any reason leaves
/// nothing behind.
#[doc(hidden)]
pub struct Tasks {
    /// By which a token that was given out once is told from one that never was.
    seal: u128,
    /// How many bytes of JSON an answer may have.
    limit: Option<usize>,
    waiting: Mutex<HashMap<u128, Waiting>>,
    activities: Activities,
}

/// A task that waits.
struct Waiting {
    answer: oneshot::Sender<Answer>,
    /// To which its heartbeats go.
    context: TaskContext,
    /// Whether a JSON text is of the type of its result.
    accepts: fn(&str) -> serde_json::Result<()>,
    /// The execution that it is a task of, where that is written down.
    entry: Weak<Entry>,
}

/// What an engine with a store knows of a task that waits.
#[doc(hidden)]
#[derive(Debug, Default)]
pub struct Answering {
    /// The answer that came before the process ended.
    before: Option<Answer>,
    entry: Weak<Entry>,
}

impl Answering {
    pub(crate) fn new(entry: &Arc<Entry>, token: u128) -> Self {
        match entry.ledger() {
            Some(ledger) => Answering { before: ledger.answered(token), entry: Arc::downgrade(entry) },
            None => Answering::default(),
        }
    }
}

impl Tasks {
    /// The tasks of an engine whose tokens are told by this secret.
    pub(crate) fn new(seal: u128, limit: Option<usize>) -> Self {
        Tasks { seal, limit, waiting: Mutex::default(), activities: Activities::default() }
    }

    /// Gives out the token of an attempt at a task.
    pub(crate) fn wait<T>(
        self: &Arc<Self>,
        id: u128,
        context: TaskContext,
        answered: Answered<T>,
        answering: Answering,
    ) -> Awaited {
        let (answer, receiver) = oneshot::channel();
        match answering.before {
            Some(before) => answer.send(before).expect("the receiver is here"),
            None => {
                let accepts = answered.accepts;
                self.waiting().insert(id, Waiting { answer, context, accepts, entry: answering.entry });
            }
        }
        Awaited { tasks: self.clone(), id, text: self.text(id).into(), answer: receiver }
    }

    /// Ends the task of a token. Who is told so can rely on it: the answer is durable where the execution is.
    pub(crate) async fn answer(&self, token: &str, answer: Answer) -> Result<(), TokenError> {
        if let Some(written) = self.send(token, answer)? {
            written.await;
        }
        Ok(())
    }

    fn send(&self, token: &str, answer: Answer) -> Result<Option<Durable>, TokenError> {
        let id = self.open(token)?;
        if let Ok(json) = &answer {
            if let Some(limit) = self.limit.filter(|limit| json.len() > *limit) {
                return Err(TokenError::TooLarge { bytes: json.len(), limit });
            }
            let accepts = self.waiting().get(&id).map(|waiting| waiting.accepts).ok_or(TokenError::TaskTimedOut)?;
            // The user's own code, which must not hold up the other tasks.
            accepts(json).map_err(TokenError::InvalidOutput)?;
        }
        let waiting = self.waiting().remove(&id).ok_or(TokenError::TaskTimedOut)?;
        // It is queued before the execution can go on with it.
        let written = waiting.entry.upgrade().and_then(|entry| {
            let ledger = entry.ledger()?;
            Some(ledger.commits().durable(ledger.answer(id, &answer)))
        });
        waiting.answer.send(answer).map_err(|_| TokenError::TaskTimedOut)?;
        Ok(written)
    }

    /// Says that somebody works on the task of a token.
    pub(crate) fn heartbeat(&self, token: &str) -> Result<(), TokenError> {
        let id = self.open(token)?;
        let waiting = self.waiting();
        let waiting = waiting.get(&id).ok_or(TokenError::TaskTimedOut)?;
        waiting.context.heartbeat();
        Ok(())
    }

    /// Takes the task that has waited longest for a worker of this activity. `None` when there never will be one.
    pub(crate) async fn take(&self, activity: &str, worker: Option<&Arc<str>>) -> Option<ActivityTask> {
        self.activities.take(activity, worker).await
    }

    /// Lets the workers go, as nothing will be scheduled any more.
    pub(crate) fn close(&self) {
        self.activities.close();
    }

    /// How many tasks wait.
    pub(crate) fn count(&self) -> usize {
        self.waiting().len()
    }

    /// What a token names, if this engine gave it out.
    fn open(&self, token: &str) -> Result<u128, TokenError> {
        let id = token.get(..32).and_then(|id| u128::from_str_radix(id, 16).ok());
        // Compared as a text, so that a token has one form.
        id.filter(|&id| self.text(id) == token).ok_or(TokenError::InvalidToken)
    }

    /// The token that names a task: what nobody can guess, and what only this engine can make of it.
    fn text(&self, id: u128) -> String {
        format!("{id:032x}{:016x}", self.seal(id))
    }

    /// What goes with a number in its token.
    fn seal(&self, id: u128) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.seal, id).hash(&mut hasher);
        hasher.finish()
    }

    fn waiting(&self) -> MutexGuard<'_, HashMap<u128, Waiting>> {
        // Nothing that holds the lock can panic half-way through a change.
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Tasks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tasks").field("waiting", &self.count()).finish_non_exhaustive()
    }
}

/// A token that was given out. Nobody can use it any more once this is dropped.
#[derive(Debug)]
pub(crate) struct Awaited {
    tasks: Arc<Tasks>,
    id: u128,
    text: Arc<str>,
    answer: oneshot::Receiver<Answer>,
}

impl Awaited {
    /// Puts the task into the queue of an activity.
    pub(crate) fn schedule(&self, activity: &'static str, input: Arc<str>) -> Scheduled {
        let (place, started) = self.tasks.activities.schedule(activity, self.text.clone(), input);
        Scheduled { tasks: self.tasks.clone(), activity, place, started }
    }

    pub(crate) fn token<T>(&self) -> TaskToken<T> {
        TaskToken::new(self.text.clone())
    }

    /// Waits for the answer.
    pub(crate) async fn answer(&mut self) -> Answer {
        match (&mut self.answer).await {
            Ok(answer) => answer,
            // The other end is in the register until it is used.
            Err(_) => std::future::pending().await,
        }
    }

    /// The answer, if it has come.
    pub(crate) fn answered(&mut self) -> Option<Answer> {
        self.answer.try_recv().ok()
    }
}

impl Drop for Awaited {
    fn drop(&mut self) {
        self.tasks.waiting().remove(&self.id);
    }
}

/// A task in the queue of an activity. No worker can take it any more once this is dropped.
#[derive(Debug)]
pub(crate) struct Scheduled {
    tasks: Arc<Tasks>,
    activity: &'static str,
    place: u64,
    started: Started,
}

impl Scheduled {
    /// Waits until a worker takes it, and gives the worker's name.
    pub(crate) async fn started(&mut self) -> Option<Arc<str>> {
        match (&mut self.started).await {
            Ok(worker) => worker,
            // The other end is in the queue until it is used.
            Err(_) => std::future::pending().await,
        }
    }
}

impl Drop for Scheduled {
    fn drop(&mut self) {
        self.tasks.activities.withdraw(self.activity, self.place);
    }
}
