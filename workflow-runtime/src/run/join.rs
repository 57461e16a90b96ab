//! Futures that run side by side within one task: [`Join`].

use std::collections::VecDeque;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

/// Futures of which each is polled only when it was woken itself, so that a thousand of them cost what they do, and not a
/// thousand times a thousand polls.
pub(super) struct Join<'a, T> {
    /// Those under way, by their number.
    members: Vec<Option<Member<'a, T>>>,
    /// How many there are.
    running: usize,
    /// The numbers of those to poll before others have their turn.
    turn: VecDeque<usize>,
    woken: Arc<Woken>,
}

struct Member<'a, T> {
    future: Pin<Box<dyn Future<Output = T> + Send + 'a>>,
    call: Arc<Call>,
    waker: Waker,
}

impl<'a, T> Join<'a, T> {
    pub(super) fn new() -> Self {
        Join { members: Vec::new(), running: 0, turn: VecDeque::new(), woken: Arc::default() }
    }

    /// How many were ever added, which is the number of the next one.
    pub(super) fn len(&self) -> usize {
        self.members.len()
    }

    /// How many are under way.
    pub(super) fn running(&self) -> usize {
        self.running
    }

    /// Adds a future, to be polled when its turn comes.
    pub(super) fn push(&mut self, future: impl Future<Output = T> + Send + 'a) {
        let number = self.members.len();
        let call = Arc::new(Call { number, is_queued: AtomicBool::new(true), woken: self.woken.clone() });
        let waker = Waker::from(call.clone());
        self.members.push(Some(Member { future: Box::pin(future), call, waker }));
        self.running += 1;
        self.woken.lock().queue.push_back(number);
    }

    /// The number and the output of a future that is done; `None` when all are.
    pub(super) async fn next(&mut self) -> Option<(usize, T)> {
        poll_fn(|context| self.poll_next(context)).await
    }

    fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<(usize, T)>> {
        if self.running == 0 {
            return Poll::Ready(None);
        }
        if self.turn.is_empty() {
            std::mem::swap(&mut self.turn, &mut self.woken.lock().queue);
        }
        while let Some(number) = self.turn.pop_front() {
            let Some(member) = &mut self.members[number] else { continue };
            // From here on a wake counts anew, should it come before the poll is over.
            member.call.is_queued.store(false, Ordering::Release);
            let polled = member.future.as_mut().poll(&mut Context::from_waker(&member.waker));
            if let Poll::Ready(output) = polled {
                self.members[number] = None;
                self.running -= 1;
                return Poll::Ready(Some((number, output)));
            }
        }
        // Those that were woken meanwhile wait for the next poll of the whole, so that its timeout has its turn.
        self.woken.wait(context.waker());
        Poll::Pending
    }
}

/// Which futures were woken, and whom to tell.
#[derive(Default)]
struct Woken {
    state: Mutex<WokenState>,
}

#[derive(Default)]
struct WokenState {
    queue: VecDeque<usize>,
    /// The task that all of them are a part of, while it waits.
    task: Option<Waker>,
}

impl Woken {
    fn lock(&self) -> MutexGuard<'_, WokenState> {
        // Nothing that holds the lock can panic half-way through a change.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Has the task woken by the next wake of a future, or at once where there was one.
    fn wait(&self, task: &Waker) {
        let mut state = self.lock();
        if !state.queue.is_empty() {
            drop(state);
            task.wake_by_ref();
        } else if !state.task.as_ref().is_some_and(|known| known.will_wake(task)) {
            state.task = Some(task.clone());
        }
    }
}

/// What wakes one future.
struct Call {
    number: usize,
    /// Whether it is to be polled anyway.
    is_queued: AtomicBool,
    woken: Arc<Woken>,
}

impl Wake for Call {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if self.is_queued.swap(true, Ordering::AcqRel) {
            return;
        }
        let mut state = self.woken.lock();
        state.queue.push_back(self.number);
        let task = state.task.take();
        drop(state);
        if let Some(task) = task {
            task.wake();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;

    use tokio::sync::oneshot;

    use super::*;

    /// A future that counts how often it is polled.
    async fn counted<T>(polls: &AtomicUsize, future: impl Future<Output = T>) -> T {
        let mut future = std::pin::pin!(future);
        poll_fn(|context| {
            polls.fetch_add(1, Ordering::Relaxed);
            future.as_mut().poll(context)
        })
        .await
    }

    #[tokio::test]
    async fn a_wake_polls_one_future() {
        let polls = AtomicUsize::new(0);
        let (senders, receivers): (Vec<_>, Vec<_>) = (0..100).map(|_| oneshot::channel::<usize>()).unzip();
        let mut join = Join::new();
        for receiver in receivers {
            join.push(counted(&polls, receiver));
        }
        let sending = tokio::spawn(async move {
            for (number, sender) in senders.into_iter().enumerate() {
                tokio::task::yield_now().await;
                sender.send(number).expect("it is waited for");
            }
        });
        let mut sum = 0;
        while let Some((number, sent)) = join.next().await {
            assert_eq!(sent, Ok(number));
            sum += number;
        }
        assert_eq!(sum, 99 * 100 / 2);
        assert_eq!(polls.load(Ordering::Relaxed), 200, "one poll to begin, one to end");
        sending.await.expect("it does not panic");
    }

    #[tokio::test]
    async fn what_never_waits_leaves_others_their_turn() {
        let mut join = Join::<()>::new();
        join.push(poll_fn(|context| {
            context.waker().wake_by_ref();
            Poll::Pending
        }));
        let others = async {
            for _ in 0..10 {
                tokio::task::yield_now().await;
            }
        };
        tokio::select! {
            _ = join.next() => unreachable!("it never ends"),
            () = others => {}
        }
    }

    #[tokio::test]
    async fn what_is_added_later_runs_too() {
        let mut join = Join::new();
        join.push(async { 1 });
        assert_eq!(join.next().await, Some((0, 1)));
        assert_eq!(join.next().await, None);
        join.push(async { 2 });
        assert_eq!((join.len(), join.running()), (2, 1));
        assert_eq!(join.next().await, Some((1, 2)));
    }
}
