//! One execution of a machine without data, in which chance decides what a workflow's data and its tasks would.

use std::time::Duration;

use workflow_model::StateMachine;
use workflow_model::machine::{Next, State, Transition};
use workflow_model::states::{Catcher, ErrorRef, Jitter, Retrier, StateKind, StatesError, WaitTime};

/// What an execution took.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Taken {
    pub(crate) time: Duration,
    pub(crate) events: u64,
    pub(crate) transitions: u64,
    pub(crate) succeeded: bool,
}

/// Numbers by which an execution goes one way or the other.
pub(crate) struct Chances<'a> {
    numbers: std::iter::Cycle<std::slice::Iter<'a, u8>>,
}

impl<'a> Chances<'a> {
    pub(crate) fn new(numbers: &'a [u8]) -> Self {
        Chances { numbers: numbers.iter().cycle() }
    }

    /// A number below `bound`.
    fn below(&mut self, bound: usize) -> usize {
        self.numbers.next().map_or(0, |&number| usize::from(number) % bound)
    }
}

/// The end of an execution before its time.
enum Stop {
    /// The workflow's timeout.
    TimedOut,
    /// An error that nothing caught.
    Failed,
}

struct Execution<'a, 'b> {
    machine: &'a StateMachine,
    chances: Chances<'b>,
    taken: Taken,
}

/// More events than any test's machine can write within its timeout, unless time stands still.
const ENOUGH: u64 = 20_000;

/// Runs the machine, which must have a timeout. `None`: it went round and round without time.
pub(crate) fn simulate(machine: &StateMachine, chances: Chances<'_>) -> Option<Taken> {
    let mut execution = Execution { machine, chances, taken: Taken { events: 1, ..Taken::default() } };
    let mut state = machine.state(machine.start.as_deref()?)?;
    loop {
        if execution.taken.events > ENOUGH {
            return None;
        }
        match execution.visit(state) {
            Ok(Some(next)) => state = machine.state(&next.target)?,
            Ok(None) => {
                execution.taken.succeeded = !matches!(state.kind, StateKind::Fail(_));
                break;
            }
            Err(Stop::TimedOut | Stop::Failed) => break,
        }
    }
    execution.taken.events += 1;
    Some(execution.taken)
}

impl<'a> Execution<'a, '_> {
    fn visit(&mut self, state: &'a State) -> Result<Option<&'a Transition>, Stop> {
        self.taken.transitions += 1;
        self.taken.events += 1;
        let next = match &state.kind {
            StateKind::Task(task) => self.attempts(3, task.timeout, &task.retry, &task.catch, &task.next)?,
            StateKind::Nested(nested) => {
                self.attempts(4, nested.timeout, &nested.retry, &nested.catch, &nested.next)?
            }
            StateKind::Wait(wait) => {
                let WaitTime::Fixed(time) = wait.time else { panic!("the waits have fixed times") };
                self.pass(time)?;
                wait.next.transition()
            }
            StateKind::Choice(choice) => Some(&choice.transitions[self.chances.below(choice.transitions.len())]),
            StateKind::Pass(pass) => pass.next.transition(),
            StateKind::Fail(_) => return Ok(None),
            StateKind::Succeed(_) => None,
            other => panic!("no machine here has a `{}`", other.attribute()),
        };
        self.taken.events += 1;
        Ok(next)
    }

    /// Attempts until one succeeds or nothing retries it.
    fn attempts(
        &mut self,
        events: u64,
        timeout: Option<Duration>,
        retriers: &'a [Retrier],
        catchers: &'a [Catcher],
        next: &'a Next,
    ) -> Result<Option<&'a Transition>, Stop> {
        let timeout = timeout.expect("the tasks have timeouts");
        let mut spent = vec![0; retriers.len()];
        loop {
            self.taken.events += events - 1;
            let error = match self.chances.below(4) {
                0 | 1 => None,
                2 => Some(StatesError::TaskFailed),
                _ => Some(StatesError::Timeout),
            };
            // A task is quick, or takes all of its time.
            let quick = error != Some(StatesError::Timeout) && self.chances.below(2) == 0;
            self.pass(if quick { Duration::ZERO } else { timeout })?;
            self.taken.events += 1;
            let Some(error) = error else { return Ok(next.transition()) };
            let takes = |errors: &[ErrorRef]| errors.iter().any(|named| takes(named, error));
            let retrier = retriers.iter().position(|retrier| takes(&retrier.errors));
            if let Some(index) = retrier.filter(|&index| spent[index] < retriers[index].backoff.max_attempts) {
                let backoff = &retriers[index].backoff;
                let delay = backoff.delay(spent[index]);
                spent[index] += 1;
                let jittered = backoff.jitter == Jitter::Full && self.chances.below(2) == 0;
                self.pass(if jittered { delay / 2 } else { delay })?;
                self.taken.transitions += 1;
                continue;
            }
            let catcher = catchers.iter().find(|catcher| takes(&catcher.errors)).ok_or(Stop::Failed)?;
            return Ok(Some(&catcher.transition));
        }
    }

    fn pass(&mut self, time: Duration) -> Result<(), Stop> {
        let limit = self.machine.timeout.expect("the machines have timeouts");
        self.taken.time += time;
        if self.taken.time > limit {
            self.taken.time = limit;
            return Err(Stop::TimedOut);
        }
        Ok(())
    }
}

fn takes(named: &ErrorRef, error: StatesError) -> bool {
    match named {
        ErrorRef::States(StatesError::All) => true,
        ErrorRef::States(named) => *named == error,
        ErrorRef::Custom(_) => error == StatesError::TaskFailed,
    }
}
