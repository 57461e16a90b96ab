//! The loops that W0401 refuses are those that fail at the 25,000th event, and no others.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use workflow_model::check::check;
use workflow_model::states::{StateKind, WaitTime};
use workflow_model::{Code, StateMachine};
use workflow_runtime::prelude::*;
use workflow_runtime::{Execution, Status};

/// What is asked for, and how often.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Data)]
struct Order {
    seconds: u64,
    ready: bool,
}

/// Every ten seconds, answers that are only ready after so many questions.
const EVERY: Order = Order { seconds: 10, ready: false };

/// A service that has its answer after so many questions.
struct Service {
    questions: AtomicU32,
    until: u32,
}

impl Service {
    fn ready_after(questions: u32) -> Arc<Service> {
        Arc::new(Service { questions: AtomicU32::new(0), until: questions })
    }

    fn ask(&self, order: Order) -> Order {
        let questions = self.questions.fetch_add(1, Ordering::Relaxed) + 1;
        Order { ready: questions >= self.until, ..order }
    }
}

/// A round is nine events: the wait's two, the task's five, the choice's two. Around them are sixteen: the task's five and the two of
/// the `Pass`, the five of the last task, the two of the `Succeed`, and the beginning and the end of the history. 2,776 rounds and
/// these are 25,000; that many fit into the timeout, and no more.
struct AtTheLimit(Arc<Service>);

const ROUNDS: u32 = 2_776;

#[workflow(start = submit, timeout = "7h 42m 49s")]
impl AtTheLimit {
    #[task(timeout = "5s", next = look_it_up)]
    async fn submit(&self, order: Order) -> Order {
        order
    }

    #[pass(next = rest)]
    fn look_it_up(order: Order);

    #[wait("10s", next = ask)]
    fn rest(order: Order);

    #[task(timeout = "5s", next = look)]
    async fn ask(&self, order: Order) -> Order {
        self.0.ask(order)
    }

    #[choice]
    fn look(order: Order) -> Next<Self> {
        if order.ready { report(order) } else { rest(order) }
    }

    #[task(timeout = "5s", next = done)]
    async fn report(&self, order: Order) -> Order {
        order
    }

    #[succeed]
    fn done(order: Order);
}

/// The same with one round more, which the compiler would refuse if it knew how long the wait is: here the input says so.
struct BeyondIt(Arc<Service>);

#[workflow(start = submit, timeout = "7h 42m 59s")]
impl BeyondIt {
    #[task(timeout = "5s", next = look_it_up)]
    async fn submit(&self, order: Order) -> Order {
        order
    }

    #[pass(next = rest)]
    fn look_it_up(order: Order);

    #[wait(next = ask)]
    fn rest(order: Order) -> u64 {
        order.seconds
    }

    #[task(timeout = "5s", next = look)]
    async fn ask(&self, order: Order) -> Order {
        self.0.ask(order)
    }

    #[choice]
    fn look(order: Order) -> Next<Self> {
        if order.ready { report(order) } else { rest(order) }
    }

    #[task(timeout = "5s", next = done)]
    async fn report(&self, order: Order) -> Order {
        order
    }

    #[succeed]
    fn done(order: Order);
}

async fn start<W: Workflow<Input = Order>>(workflow: W) -> Execution<W> {
    let engine = Engine::builder().workflow(workflow).start().await.expect("there is one workflow");
    engine.start::<W>(EVERY).await.expect("the engine knows it")
}

/// The machine with its wait written out, as it is refused where it is compiled.
fn written_out(mut machine: StateMachine) -> StateMachine {
    let rest = machine.index_of("rest").expect("it has such a state");
    let StateKind::Wait(wait) = &mut machine.states[rest].kind else { panic!("`rest` is a wait") };
    wait.time = WaitTime::Fixed(Duration::from_secs(EVERY.seconds));
    machine
}

fn overflows(machine: &StateMachine) -> Option<String> {
    let mut findings = check(machine).into_iter();
    findings.find(|finding| finding.code == Code::W0401).map(|finding| finding.message)
}

#[tokio::test(start_paused = true)]
async fn a_loop_at_the_limit_is_accepted_and_succeeds() {
    assert_eq!(AtTheLimit::BOUNDS.most_events, Some(25_000));
    let execution = start(AtTheLimit(Service::ready_after(ROUNDS))).await;
    assert_eq!(execution.output().await, Ok(Order { ready: true, ..EVERY }));
    assert_eq!(execution.history().len(), 25_000);
}

#[tokio::test(start_paused = true)]
async fn a_loop_beyond_the_limit_is_refused_and_fails_there() {
    let machine = written_out(BeyondIt::definition().machine);
    let message = overflows(&machine).expect("it writes too much");
    assert!(
        message.starts_with("an execution may write 25,009 events, but Step Functions ends it at 25,000"),
        "{message}"
    );
    assert_eq!(overflows(&written_out(AtTheLimit::definition().machine)), None);

    let execution = start(BeyondIt(Service::ready_after(ROUNDS + 1))).await;
    let cause = "The execution reached the maximum number of history events (25000).";
    assert_eq!(execution.output().await, Err(ExecutionError::Failed(Failure::new("States.Runtime", cause))));
    assert_eq!(execution.status(), Status::Failed);
    let history = execution.history();
    let last = history.last().expect("there are events");
    assert_eq!((last.id, last.detail.event_type().as_str()), (25_000, "ExecutionFailed"));

    // One round less has room in both.
    let execution = start(BeyondIt(Service::ready_after(ROUNDS))).await;
    assert_eq!(execution.output().await, Ok(Order { ready: true, ..EVERY }));
    assert_eq!(execution.history().len(), 25_000);
}
