//! Everything between states: choices, waits, closures on edges, catchers, nested workflows.

use std::time::Duration;

use jiff::Timestamp;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;
use serde::{Deserialize, Serialize};
use workflow_runtime::Status;
use workflow_runtime::nested::DataDetails;
use workflow_runtime::prelude::*;

use crate::agreement::agreement;
use crate::values::{integer, text};

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
struct Order {
    id: String,
    amount: i64,
    state: State,
    delay: Option<u64>,
}

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
#[serde(tag = "state", rename_all = "snake_case")]
enum State {
    New,
    Paid { method: String, at: u32 },
    Cancelled(Cancellation),
}

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
struct Cancellation {
    reason: Option<String>,
    by: By,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Data)]
#[serde(rename_all = "camelCase")]
enum By {
    OurStaff,
    TheCustomer,
}

fn order() -> impl Strategy<Value = Order> {
    let by = prop_oneof![Just(By::OurStaff), Just(By::TheCustomer)];
    let state = prop_oneof![
        Just(State::New),
        (text(), 0..100_u32).prop_map(|(method, at)| State::Paid { method, at }),
        (of(text()), by).prop_map(|(reason, by)| State::Cancelled(Cancellation { reason, by })),
    ];
    (text(), integer(), state, of(0..50_u64)).prop_map(|(id, amount, state, delay)| Order { id, amount, state, delay })
}

struct Decide;

#[workflow(start = decide, timeout = "1h")]
impl Decide {
    #[choice]
    fn decide(order: Order) -> Next<Self> {
        let Order { amount, delay, .. } = order.clone();
        if order.id.is_empty() {
            return nameless(order);
        }
        let Some(delay) = delay else {
            return numbered((order.id, 0));
        };
        match order.state {
            State::New if amount > 100 => later(order),
            State::New => numbered((order.id, amount)),
            State::Paid { at, .. } if u64::from(at) > delay => numbered((format!("{} at {at}", order.id), at as i64)),
            State::Paid { method, .. } => done(method),
            State::Cancelled(Cancellation { by: By::OurStaff, reason }) => {
                if let Some(reason) = reason {
                    done(reason)
                } else {
                    nothing()
                }
            }
            State::Cancelled(cancellation) => cancelled(cancellation),
        }
    }

    #[wait(next = |order| numbered((order.id, 1)))]
    fn later(order: Order) -> u64 {
        order.delay.unwrap_or(1) + order.id.len().min(5) as u64
    }

    #[wait("3s", next = |order| numbered((order.id, order.amount - 1)))]
    fn nameless(order: Order);

    #[pass(next = |text| done(text))]
    fn numbered((name, number): (String, i64)) -> String {
        format!("{name}: {number}")
    }

    #[succeed]
    fn done(text: String);

    #[fail(error = "Nothing")]
    fn nothing();

    #[fail(error = "Cancelled")]
    fn cancelled(cancellation: Cancellation) -> String {
        match cancellation {
            Cancellation { reason: Some(reason), by: By::TheCustomer } => reason,
            Cancellation { by, .. } if by == By::OurStaff => "we did".to_string(),
            _ => "{% no reason %}".to_string(),
        }
    }
}

#[derive(Debug, thiserror::Error, TaskError)]
enum Raised {
    #[error("{0}")]
    Rejected(String),
    #[error("{0}")]
    Broken(String),
}

/// The name of an error, and its message.
fn failures() -> impl Strategy<Value = (String, String)> {
    (select(&["Raised.Rejected", "Raised.Broken"]).prop_map(str::to_owned), text())
}

struct Catch;

/// A failure, its message and the input of the state that failed, in the closure of a catcher.
#[workflow(start = fail, timeout = "1m")]
impl Catch {
    #[task(timeout = "10s", end = |text: String| (text, String::new(), String::new()))]
    #[catch(Raised::Rejected => |failure| caught((failure.message(), failure.error, failure.cause)))]
    #[catch(States::All => |failure, input| caught((failure.error.clone(), failure.message(), input.1.to_uppercase())))]
    async fn fail(&self, input: (String, String)) -> Result<String, Raised> {
        Err(if input.0 == "Raised.Rejected" { Raised::Rejected(input.1) } else { Raised::Broken(input.1) })
    }

    #[succeed]
    fn caught(what: (String, String, String));
}

/// The execution that a failure is of, and what it was there.
struct Inspect;

#[workflow(start = inspect, timeout = "1m")]
impl Inspect {
    #[pass(end)]
    fn inspect(failure: Failure) -> (String, bool, Option<NestedExecution>) {
        let timed_out = failure.nested().is_some_and(|child| child.status == Status::TimedOut && child.stop_date > 7);
        let summary = match failure.nested() {
            Some(NestedExecution { error: Some(error), cause, .. }) => {
                format!("{error}: {}", cause.unwrap_or_default())
            }
            Some(child) => format!("{} {}", child.name, child.input),
            None => failure.message(),
        };
        (summary, timed_out, failure.nested())
    }
}

/// Failures of tasks, of nested executions, and others.
fn inspected() -> impl Strategy<Value = Failure> {
    let ends = select(&[Status::Failed, Status::TimedOut, Status::Aborted]);
    let child = (of(text()), of(text()), text(), ends, 0..20_u64);
    prop_oneof![
        text().prop_map(|cause| Failure::new("States.Timeout", cause)),
        text().prop_map(|message| Failure::of_task("Raised.Broken", &message)),
        child.prop_map(|(error, cause, input, status, date)| {
            let nested = NestedExecution {
                cause,
                error,
                execution_arn: "arn:aws:states:local:000000000000:execution:Echo:7".to_owned(),
                input,
                input_details: DataDetails { included: true },
                name: "7".to_owned(),
                output: None,
                output_details: None,
                start_date: date,
                state_machine_arn: "arn:aws:states:local:000000000000:stateMachine:Echo".to_owned(),
                status,
                stop_date: date,
            };
            Failure::new("States.TaskFailed", serde_json::to_string(&nested).expect("a description is JSON"))
        }),
    ]
}

struct Echo;

#[workflow(start = echo, timeout = "1m")]
impl Echo {
    #[succeed]
    fn echo(order: Order);
}

struct Nest {
    echo: Echo,
}

/// A child's input, and what becomes of its output and of the state's own input.
#[workflow(start = ask, timeout = "1h", output = String)]
impl Nest {
    #[nested(self.echo: Echo, timeout = "10m", next = |made, order| again((format!("{}/{}", order.id, made.id), made.amount)))]
    fn ask(order: Order) -> Order {
        Order {
            id: order.id.trim().to_owned(),
            amount: order.amount + 1,
            state: match order.state {
                State::New => State::Cancelled(Cancellation { reason: None, by: By::TheCustomer }),
                other => other,
            },
            delay: order.delay.map(|delay| delay * 2),
        }
    }

    #[task(timeout = "10s", end = |pair, (id, _)| format!("{id} {} {}", pair.0, pair.1))]
    async fn again(&self, pair: (String, i64)) -> (String, i64) {
        pair
    }
}

struct Divide;

/// The closure of `next` is given the state's input, and so is the catcher that takes what fails in it.
#[workflow(start = fetch, timeout = "1m")]
impl Divide {
    #[task(timeout = "10s", next = |(count, _), (total, name)| shared((total / (count % 3), name)))]
    #[catch(States::QueryEvaluationError => |_, (total, name)| whole(format!("{name} {total}")))]
    async fn fetch(&self, order: (i64, String)) -> (i64, String) {
        order
    }

    #[succeed]
    fn whole(all: String);

    #[pass(next = whole)]
    fn shared(share: (i64, String)) -> String {
        format!("{} {}", share.1, share.0)
    }
}

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
struct Question {
    pending: u32,
    answer: String,
}

fn question() -> impl Strategy<Value = Question> {
    let answer = prop_oneof![text(), Just("fails".to_owned())];
    (0..8_u32, answer).prop_map(|(pending, answer)| Question { pending, answer })
}

/// A poll that has an answer in time, or too late, or fails, and one behind it that begins anew.
struct Ask;

#[workflow(start = ask, timeout = "1h", output = (String, u32))]
impl Ask {
    #[poll(
        every = "10s",
        deadline = "40s",
        timeout = "10s",
        next = |answer: Question, input: Question| ask_again(Question { pending: input.pending / 2, answer: answer.answer + "!" }),
        on_deadline = |question: Question| late(format!("{} after {}", question.answer, question.pending))
    )]
    #[catch(Raised::Rejected => |failure, question| refused((failure.message(), question.pending)))]
    async fn ask(&self, question: Question, cx: TaskContext) -> Result<Poll<Question>, Raised> {
        match cx.poll_count() {
            count if count < question.pending => Ok(Poll::Pending),
            _ if question.answer == "fails" => Err(Raised::Rejected(question.answer)),
            _ => Ok(Poll::Ready(question)),
        }
    }

    #[poll(
        every = "20s",
        deadline = "20m",
        timeout = "10s",
        end = |question: Question| (question.answer, question.pending),
        on_deadline = never
    )]
    async fn ask_again(&self, question: Question, cx: TaskContext) -> Poll<Question> {
        if cx.poll_count() < question.pending { Poll::Pending } else { Poll::Ready(question) }
    }

    #[fail(error = "Late")]
    fn late(cause: String) -> String {
        cause
    }

    #[fail(error = "Never")]
    fn never(question: Question) -> String {
        question.answer
    }

    #[succeed]
    fn refused(refused: (String, u32));
}

/// How long waits take: seconds, durations at each end of a body, and moments.
struct Pause;

#[workflow(start = seconds, timeout = "1h")]
impl Pause {
    #[wait(next = lengths)]
    fn seconds(delays: Delays) -> u8 {
        delays.short
    }

    #[wait(next = moments)]
    fn lengths(delays: Delays) -> Duration {
        let minute = 60;
        match delays.long {
            Some(seconds) if seconds > minute => Duration::from_secs(minute + seconds / 2),
            Some(seconds) => Duration::from_secs(seconds),
            None => {
                if delays.short > 100 {
                    return Duration::from_secs(1);
                }
                std::time::Duration::from_secs(delays.short.into())
            }
        }
    }

    #[wait(next = texts)]
    fn moments(delays: Delays) -> Timestamp {
        match delays.due {
            Some(due) if delays.short > 5 => due,
            other => other.unwrap_or(delays.placed),
        }
    }

    #[wait(end)]
    fn texts(delays: Delays) -> String {
        format!("2016-03-14T{}:59:00Z", delays.hour)
    }
}

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
struct Delays {
    short: u8,
    long: Option<u64>,
    placed: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<Timestamp>,
    hour: String,
}

/// All moments have passed: the two sides have clocks of their own.
fn delays() -> impl Strategy<Value = Delays> {
    let moment = || (0..1_700_000_000_i64).prop_map(|seconds| Timestamp::from_second(seconds).expect("a moment"));
    let hour = select(&["00", "01", "12", "23", "24", "1", ""]).prop_map(str::to_owned);
    (any::<u8>(), of(0..300_u64), moment(), of(moment()), hour).prop_map(|(short, long, placed, due, hour)| Delays {
        short,
        long,
        placed,
        due,
        hour,
    })
}

agreement! {
    choices_and_waits: Decide, order();
    waits: Pause, delays();
    polls: Ask, question();
    catchers: Catch, failures();
    nested_workflows: Nest { echo: Echo }, order();
    failures_of_nested_workflows: Inspect, inspected();
    results_with_inputs: Divide, (-1_000..1_000_i64, text());
}
