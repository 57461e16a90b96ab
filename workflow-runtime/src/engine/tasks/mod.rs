//! The tasks of an engine that somebody else ends: those that wait for their tokens.

mod activity;
mod error;
mod register;
mod seal;
mod stored;

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::task::Poll;

use tokio::sync::oneshot;

pub use activity::ActivityTask;
pub use error::TokenError;
pub(in crate::engine) use stored::Stored;

use self::activity::{Activities, Started};
use self::register::{Known, Register};
use self::seal::{Named, Seal};
use super::Entry;
use super::commits::Commits;
use crate::token::Answered;
use crate::{Failure, TaskContext, TaskToken};

/// What ends a task: its output as JSON, or its failure.
pub(crate) type Answer = Result<String, Failure>;

/// The tasks that wait for their tokens. It knows those that still do and no others: a task that is over for any reason leaves
/// nothing behind, but for what an execution that is written down needs until its end.
#[doc(hidden)]
pub struct Tasks {
    /// By which a token that was given out once is told from one that never was.
    seal: Seal,
    /// How many bytes of JSON an answer may have.
    limit: Option<usize>,
    /// What is known of tasks that do not wait in this process, where the engine has a store.
    stored: Option<Stored>,
    waiting: Mutex<Register>,
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

/// What an engine knows of a task that is about to wait.
#[doc(hidden)]
#[derive(Debug, Default)]
pub struct Answering {
    /// The number of its execution.
    execution: u64,
    /// The answer that came before the process ended.
    before: Option<Answer>,
    /// The execution, where it is written down.
    entry: Weak<Entry>,
}

impl Answering {
    pub(crate) fn new(entry: &Arc<Entry>, token: u128) -> Self {
        let execution = entry.number;
        match entry.ledger() {
            Some(ledger) => Answering { execution, before: ledger.answered(token), entry: Arc::downgrade(entry) },
            None => Answering { execution, ..Answering::default() },
        }
    }
}

/// An answer that was taken, and the number under which it is durable.
type Taken = Option<(Arc<Commits>, u64)>;

impl Tasks {
    /// The tasks of an engine whose tokens are told by this secret.
    pub(in crate::engine) fn new(secret: u128, limit: Option<usize>, stored: Option<Stored>) -> Self {
        let (waiting, activities) = (Mutex::default(), Activities::default());
        Tasks { seal: Seal::new(secret), limit, stored, waiting, activities }
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
        let Answering { execution, before, entry } = answering;
        let whole = entry.upgrade().map(|entry| entry.whole().number);
        let mut register = self.register();
        match register.early(id).or(before) {
            Some(before) => {
                register.settle(whole, id, None);
                answer.send(before).expect("the receiver is here");
            }
            None => register.wait(id, Waiting { answer, context, accepts: answered.accepts, entry: entry.clone() }),
        }
        drop(register);
        let text = self.seal.text(Named { id, execution }).into();
        Awaited { tasks: self.clone(), id, text, answer: receiver, kept: None, entry }
    }

    /// Ends the task of a token. Who is told so can rely on it: the answer is durable where the execution is.
    pub(crate) async fn answer(&self, token: &str, answer: Answer) -> Result<(), TokenError> {
        match self.send(token, answer)? {
            Some((commits, number)) => commits.settled(number).await.map_err(TokenError::Store),
            None => Ok(()),
        }
    }

    fn send(&self, token: &str, answer: Answer) -> Result<Taken, TokenError> {
        let named = self.seal.open(token).ok_or(TokenError::InvalidToken)?;
        if let (Ok(json), Some(limit)) = (&answer, self.limit)
            && json.len() > limit
        {
            return Err(TokenError::TooLarge { bytes: json.len(), limit });
        }
        // An execution may be taken up meanwhile, or left to the store.
        loop {
            let known = self.register().look(named.id);
            match known {
                Known::Settled => return Err(TokenError::TaskTimedOut),
                Known::Waits(accepts) => {
                    // The user's own code, which must not hold up the other tasks.
                    answer.as_deref().map_or(Ok(()), accepts).map_err(TokenError::InvalidOutput)?;
                    if let Some(taken) = self.deliver(named, &answer) {
                        return taken;
                    }
                }
                Known::Nothing => {
                    answer.as_deref().map_or(Ok(()), is_json).map_err(TokenError::InvalidOutput)?;
                    let whole = self.whole_of(named)?.ok_or(TokenError::TaskTimedOut)?;
                    if let Some(taken) = self.keep(named, whole, &answer) {
                        return Ok(taken);
                    }
                }
            }
        }
    }

    /// Hands an answer to the task that waits for it, if one still does.
    fn deliver(&self, named: Named, answer: &Answer) -> Option<Result<Taken, TokenError>> {
        let mut register = self.register();
        let waiting = register.waiting.remove(&named.id)?;
        // It is queued before the execution can go on with it, and before the token can be said to be settled.
        let taken = waiting.entry.upgrade().and_then(|entry| {
            let ledger = entry.ledger()?;
            register.settle(Some(entry.whole().number), named.id, None);
            Some((ledger.commits().clone(), ledger.answer(named.id, answer)))
        });
        drop(register);
        let sent = waiting.answer.send(answer.clone());
        Some(sent.map(|()| taken).map_err(|_| TokenError::TaskTimedOut))
    }

    /// Writes down an answer that waits for its task, unless the task waits by now.
    fn keep(&self, named: Named, whole: u64, answer: &Answer) -> Option<Taken> {
        let mut register = self.register();
        if !matches!(register.look(named.id), Known::Nothing) {
            return None;
        }
        register.settle(Some(whole), named.id, Some(answer.clone()));
        Some(self.stored.as_ref().and_then(|stored| stored.queue(named, answer)))
    }

    /// The execution as a whole whose task waits for this token, by what is written down.
    fn whole_of(&self, named: Named) -> Result<Option<u64>, TokenError> {
        self.stored.as_ref().map_or(Ok(None), |stored| stored.whole_of(named))
    }

    /// Says that somebody works on the task of a token. Where the task does not wait yet, its time for that begins when it does.
    pub(crate) fn heartbeat(&self, token: &str) -> Result<(), TokenError> {
        let named = self.seal.open(token).ok_or(TokenError::InvalidToken)?;
        {
            let register = self.register();
            if let Some(waiting) = register.waiting.get(&named.id) {
                waiting.context.heartbeat();
                return Ok(());
            }
            if let Known::Settled = register.look(named.id) {
                return Err(TokenError::TaskTimedOut);
            }
        }
        self.whole_of(named)?.map(drop).ok_or(TokenError::TaskTimedOut)
    }

    /// Forgets the tokens of an execution that has ended, and of its parts.
    pub(in crate::engine) fn forget(&self, whole: u64) {
        self.register().forget(whole);
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
        self.register().waiting.len()
    }

    fn register(&self) -> MutexGuard<'_, Register> {
        // Nothing that holds the lock can panic half-way through a change.
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether a text is JSON. Its type is not known before the task waits for it.
fn is_json(text: &str) -> serde_json::Result<()> {
    serde_json::from_str::<serde::de::IgnoredAny>(text).map(drop)
}

impl fmt::Debug for Tasks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tasks").field("waiting", &self.count()).finish_non_exhaustive()
    }
}

/// A token that was given out. Nobody can use it any more once this is dropped, unless its execution goes on from the store.
#[derive(Debug)]
pub(crate) struct Awaited {
    tasks: Arc<Tasks>,
    id: u128,
    text: Arc<str>,
    answer: oneshot::Receiver<Answer>,
    /// The answer, where it has come and is not asked for yet.
    kept: Option<Answer>,
    /// The execution, where it is written down.
    entry: Weak<Entry>,
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
        if let Some(answer) = self.kept.take() {
            return answer;
        }
        match (&mut self.answer).await {
            Ok(answer) => answer,
            // The other end is in the register until it is used.
            Err(_) => std::future::pending().await,
        }
    }

    /// The answer, if it has come.
    pub(crate) fn answered(&mut self) -> Option<Answer> {
        self.kept.take().or_else(|| self.answer.try_recv().ok())
    }

    /// Waits until a worker takes the task, and gives the worker's name. One that worked on it before the process ended may answer first.
    pub(crate) async fn started(&mut self, mut scheduled: Scheduled) -> Option<Arc<str>> {
        poll_fn(|context| {
            if self.kept.is_none()
                && let Poll::Ready(Ok(answer)) = Pin::new(&mut self.answer).poll(context)
            {
                self.kept = Some(answer);
            }
            match (&self.kept, Pin::new(&mut scheduled.started).poll(context)) {
                (_, Poll::Ready(Ok(worker))) => Poll::Ready(worker),
                (Some(_), _) => Poll::Ready(None),
                // The other end is in the queue until it is used.
                (None, _) => Poll::Pending,
            }
        })
        .await
    }
}

impl Drop for Awaited {
    fn drop(&mut self) {
        let entry = self.entry.upgrade().filter(|entry| !entry.is_on_hold());
        let mut register = self.tasks.register();
        if register.waiting.remove(&self.id).is_some()
            && let Some(entry) = entry
        {
            // The store may not know yet that nobody waits any more.
            register.settle(Some(entry.whole().number), self.id, None);
        }
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

impl Drop for Scheduled {
    fn drop(&mut self) {
        self.tasks.activities.withdraw(self.activity, self.place);
    }
}
