//! The queues of activities, from which workers take tasks.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::de::DeserializeOwned;
use tokio::sync::{Notify, oneshot};

/// All activities.
#[derive(Default)]
pub(super) struct Activities {
    queues: Mutex<Queues>,
}

#[derive(Default)]
struct Queues {
    by_activity: HashMap<String, Queue>,
    /// How many tasks were scheduled so far, by which each has its place.
    scheduled: u64,
    /// Whether the engine is gone, so that nothing will be scheduled any more.
    closed: bool,
}

#[derive(Default)]
struct Queue {
    /// In the order of their places.
    tasks: BTreeMap<u64, Queued>,
    /// Told of each task.
    news: Arc<Notify>,
}

struct Queued {
    token: Arc<str>,
    input: Arc<str>,
    /// Told that a worker has it, and the worker's name.
    started: oneshot::Sender<Option<Arc<str>>>,
}

impl Activities {
    /// Puts a task into the queue of its activity.
    pub(super) fn schedule(&self, activity: &'static str, token: Arc<str>, input: Arc<str>) -> (u64, Started) {
        let (started, receiver) = oneshot::channel();
        let mut queues = self.queues();
        queues.scheduled += 1;
        let place = queues.scheduled;
        let queue = queues.by_activity.entry(activity.to_owned()).or_default();
        queue.tasks.insert(place, Queued { token, input, started });
        queue.news.notify_one();
        (place, receiver)
    }

    /// Takes a task back that no worker may have any more.
    pub(super) fn withdraw(&self, activity: &'static str, place: u64) {
        if let Some(queue) = self.queues().by_activity.get_mut(activity) {
            queue.tasks.remove(&place);
        }
    }

    /// The task that has waited longest, once there is one. `None` when there never will be.
    ///
    /// Dropping the future takes no task.
    pub(super) async fn take(&self, activity: &str, worker: Option<&Arc<str>>) -> Option<ActivityTask> {
        let news = self.queues().by_activity.entry(activity.to_owned()).or_default().news.clone();
        loop {
            let mut told = pin!(news.notified());
            // From here on it hears of each task, even of one that comes before it waits.
            told.as_mut().enable();
            match self.first(activity, worker) {
                First::Task(task) => return Some(task),
                First::Closed => return None,
                First::Nothing => told.await,
            }
        }
    }

    fn first(&self, activity: &str, worker: Option<&Arc<str>>) -> First {
        let mut queues = self.queues();
        while let Some((_, queued)) = queues.by_activity.get_mut(activity).and_then(|queue| queue.tasks.pop_first()) {
            let Queued { token, input, started } = queued;
            // One whose execution has ended meanwhile is nobody's.
            if started.send(worker.cloned()).is_ok() {
                return First::Task(ActivityTask { token, input });
            }
        }
        if queues.closed { First::Closed } else { First::Nothing }
    }

    /// Lets the workers go.
    pub(super) fn close(&self) {
        let mut queues = self.queues();
        queues.closed = true;
        queues.by_activity.values().for_each(|queue| queue.news.notify_waiters());
    }

    /// How many tasks no worker has taken yet.
    #[cfg(test)]
    fn queued(&self) -> usize {
        self.queues().by_activity.values().map(|queue| queue.tasks.len()).sum()
    }

    fn queues(&self) -> MutexGuard<'_, Queues> {
        // Nothing that holds the lock can panic half-way through a change.
        self.queues.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Tells that a worker has a task, and the worker's name.
pub(super) type Started = oneshot::Receiver<Option<Arc<str>>>;

/// What a queue has for a worker.
enum First {
    Task(ActivityTask),
    Nothing,
    Closed,
}

/// A task that a worker has taken from an activity: what `GetActivityTask` answers.
///
/// [`Engine::activity_task`](crate::Engine::activity_task) gives it. Its worker ends it by its token; an
/// [`ActivityWorker`](crate::ActivityWorker) does all of this for you.
#[derive(Clone)]
pub struct ActivityTask {
    token: Arc<str>,
    input: Arc<str>,
}

impl ActivityTask {
    /// By which the task is ended: see [`Engine::complete_json`](crate::Engine::complete_json).
    pub fn token(&self) -> &str {
        &self.token
    }

    /// The state's input, as JSON.
    pub fn input_json(&self) -> &str {
        &self.input
    }

    /// The state's input.
    ///
    /// # Errors
    ///
    /// When it is no `I`.
    pub fn input<I: DeserializeOwned>(&self) -> serde_json::Result<I> {
        serde_json::from_str(&self.input)
    }
}

impl fmt::Debug for ActivityTask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ActivityTask").field("input", &self.input).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schedule(activities: &Activities, input: &str) -> (u64, Started) {
        activities.schedule("Resize", "token".into(), input.into())
    }

    #[tokio::test]
    async fn the_oldest_goes_first_and_what_is_withdrawn_goes_nowhere() {
        let activities = Activities::default();
        let (_, mut first) = schedule(&activities, "1");
        let (second, _kept) = schedule(&activities, "2");
        let (_, gone) = schedule(&activities, "3");
        let (_, _kept) = schedule(&activities, "4");
        activities.withdraw("Resize", second);
        drop(gone);
        assert_eq!(activities.queued(), 3);
        let worker: Arc<str> = "Ada".into();
        let task = activities.take("Resize", Some(&worker)).await.expect("there is one");
        assert_eq!((task.input_json(), first.try_recv()), ("1", Ok(Some(worker))));
        assert_eq!(activities.take("Resize", None).await.expect("there is one").input_json(), "4");
        assert_eq!(activities.queued(), 0);
    }

    #[tokio::test]
    async fn each_of_many_workers_gets_a_task() {
        let activities = Arc::new(Activities::default());
        let take = |_| {
            let activities = activities.clone();
            tokio::spawn(async move { activities.take("Resize", None).await })
        };
        let workers: Vec<_> = (0..8).map(take).collect();
        tokio::task::yield_now().await;
        let _kept: Vec<_> = (0..4).map(|_| schedule(&activities, "0")).collect();
        tokio::task::yield_now().await;
        let _more: Vec<_> = (0..3).map(|_| schedule(&activities, "0")).collect();
        tokio::task::yield_now().await;
        activities.close();
        let mut got = 0;
        for worker in workers {
            got += usize::from(worker.await.expect("no worker panics").is_some());
        }
        assert_eq!(got, 7);
    }
}
