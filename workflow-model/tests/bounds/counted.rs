//! Random machines whose cycles a counter may bound: a number that crosses the edges, that they change, and that choices compare. Each is run
//! by a plain simulation of its plan, which knows nothing of expressions, and no execution takes more than the bounds say.

use std::time::Duration;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use workflow_model::bounds::{Bounds, Known, bounds};
use workflow_model::check::check;
use workflow_model::expr::{BinaryOp, Expr, Lambda, Literal, Param, Pattern, UnaryOp};
use workflow_model::machine::{Next, Transition};
use workflow_model::states::{StateKind, StatesError, WaitTime};
use workflow_model::{Code, StateMachine};

use crate::sample::{catcher, machine, states};

/// A machine: what its counter begins with, and its states. An edge beyond them leads to the end.
#[derive(Clone, Debug)]
struct Plan {
    start: i128,
    states: Vec<Step>,
}

#[derive(Clone, Debug)]
enum Step {
    Wait(u64, Edge),
    Pass(Edge),
    /// A task, and where its failures lead.
    Task(Edge, Option<Edge>),
    /// The first arm whose condition holds, or the last.
    Choice(Vec<(Condition, Edge)>, Edge),
}

#[derive(Clone, Copy, Debug)]
struct Edge {
    to: usize,
    change: Change,
}

/// What becomes of the counter.
#[derive(Clone, Copy, Debug)]
enum Change {
    Plus(i128),
    Set(i128),
    /// What the analysis does not follow.
    Doubled,
}

#[derive(Clone, Copy, Debug)]
enum Condition {
    /// Of other data: it may hold or not.
    Open,
    Compared(BinaryOp, i128),
    /// `!(…)`.
    Not(BinaryOp, i128),
    /// `… && open`.
    AndOpen(BinaryOp, i128),
    /// `limit < counter`.
    Mirrored(BinaryOp, i128),
}

const COMPARISONS: &[BinaryOp] =
    &[BinaryOp::Lt, BinaryOp::Lt, BinaryOp::Le, BinaryOp::Gt, BinaryOp::Ge, BinaryOp::Ne, BinaryOp::Eq];

fn plans() -> impl Strategy<Value = Plan> {
    (2..6_usize, -3..4_i128).prop_flat_map(|(count, start)| {
        prop::collection::vec(step(count), count).prop_map(move |states| Plan { start, states })
    })
}

fn step(count: usize) -> impl Strategy<Value = Step> {
    let edge = move || (0..=count, change()).prop_map(|(to, change)| Edge { to, change });
    let arms = prop::collection::vec((condition(), edge()), 1..3);
    prop_oneof![
        1 => (1..5_u64, edge()).prop_map(|(seconds, edge)| Step::Wait(seconds, edge)),
        1 => edge().prop_map(Step::Pass),
        1 => (edge(), prop::option::of(edge())).prop_map(|(edge, caught)| Step::Task(edge, caught)),
        3 => (arms, edge()).prop_map(|(arms, last)| Step::Choice(arms, last)),
    ]
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        8 => Just(Change::Plus(1)),
        4 => Just(Change::Plus(0)),
        2 => (-2..4_i128).prop_map(Change::Plus),
        1 => (-2..3_i128).prop_map(Change::Set),
        1 => Just(Change::Doubled),
    ]
}

fn condition() -> impl Strategy<Value = Condition> {
    let compared = || (prop::sample::select(COMPARISONS), -4..9_i128);
    prop_oneof![
        1 => Just(Condition::Open),
        4 => compared().prop_map(|(op, limit)| Condition::Compared(op, limit)),
        1 => compared().prop_map(|(op, limit)| Condition::Not(op, limit)),
        1 => compared().prop_map(|(op, limit)| Condition::AndOpen(op, limit)),
        1 => compared().prop_map(|(op, limit)| Condition::Mirrored(op, limit)),
    ]
}

const TASK: u64 = 5;

/// The machine of a plan. What crosses its edges is a tuple of other data and the counter.
fn build(plan: &Plan, timeout: Option<u64>) -> StateMachine {
    let line = |(index, step): (usize, &Step)| match step {
        Step::Wait(_, edge) => format!("s{index} wait {}", name(plan, edge.to)),
        Step::Pass(edge) => format!("s{index} pass {}", name(plan, edge.to)),
        Step::Task(edge, _) => format!("s{index} task {}", name(plan, edge.to)),
        Step::Choice(arms, last) => {
            let targets = arms.iter().map(|(_, edge)| edge).chain([last]).map(|edge| name(plan, edge.to));
            format!("s{index} choice {}", targets.collect::<Vec<_>>().join(" "))
        }
    };
    let lines = plan.states.iter().enumerate().map(line);
    let lines: Vec<String> =
        ["begin pass s0".to_owned()].into_iter().chain(lines).chain(["last succeed".to_owned()]).collect();
    let mut machine = machine(&lines.join(";"));
    machine.timeout = timeout.map(Duration::from_secs);
    if let StateKind::Pass(begin) = &mut machine.states[0].kind {
        begin.next = Next::To(transition(plan, Edge { to: 0, change: Change::Set(plan.start) }, &["input"]));
    }
    for (state, step) in machine.states[1..].iter_mut().zip(&plan.states) {
        fill(plan, &mut state.kind, step);
    }
    machine
}

fn name(plan: &Plan, to: usize) -> String {
    if to == plan.states.len() { "last".to_owned() } else { format!("s{to}") }
}

fn fill(plan: &Plan, kind: &mut StateKind, step: &Step) {
    match (kind, step) {
        (StateKind::Wait(wait), Step::Wait(seconds, edge)) => {
            wait.time = WaitTime::Fixed(Duration::from_secs(*seconds));
            wait.next = Next::To(transition(plan, *edge, &["input"]));
        }
        (StateKind::Pass(pass), Step::Pass(edge)) => pass.next = Next::To(transition(plan, *edge, &["input"])),
        (StateKind::Task(task), Step::Task(edge, caught)) => {
            task.timeout = Some(Duration::from_secs(TASK));
            task.next = Next::To(transition(plan, *edge, &["result", "input"]));
            task.catch = caught
                .iter()
                .map(|&edge| {
                    let mut catcher = catcher([states(StatesError::All)], "last");
                    catcher.transition = transition(plan, edge, &["failure", "input"]);
                    catcher
                })
                .collect();
        }
        (StateKind::Choice(choice), Step::Choice(arms, last)) => {
            let leaf = |edge: &Edge| Expr::Goto {
                target: name(plan, edge.to),
                payload: Some(Box::new(payload(edge.change))),
                assign: Vec::new(),
            };
            let chain = |otherwise, (condition, edge): &(Condition, Edge)| Expr::If {
                condition: Box::new(written(*condition)),
                then: Box::new(leaf(edge)),
                otherwise: Box::new(otherwise),
            };
            let body = arms.iter().rev().fold(leaf(last), chain);
            choice.body = Lambda { params: params(&["input"]), body };
        }
        _ => unreachable!("the kinds are those of the plan"),
    }
}

fn transition(plan: &Plan, edge: Edge, names: &[&str]) -> Transition {
    let payload = Lambda { params: params(names), body: payload(edge.change) };
    Transition { target: name(plan, edge.to), payload: Some(payload) }
}

fn params(names: &[&str]) -> Vec<Param> {
    let bind = |name: &&str| Pattern::Bind { name: (*name).to_owned(), pattern: None };
    names.iter().map(|name| Param { pattern: bind(name), type_ref: None }).collect()
}

fn field(position: &str) -> Expr {
    Expr::Field { base: Box::new(Expr::Local("input".to_owned())), field: position.to_owned() }
}

fn number(number: i128) -> Expr {
    Expr::Literal(Literal::Int(number))
}

fn binary(op: BinaryOp, lhs: Expr, rhs: Expr) -> Expr {
    Expr::Binary { op, lhs: Box::new(lhs), rhs: Box::new(rhs) }
}

fn payload(change: Change) -> Expr {
    let counter = match change {
        Change::Plus(0) => field("1"),
        Change::Plus(plus) if plus < 0 => binary(BinaryOp::Sub, field("1"), number(-plus)),
        Change::Plus(plus) => binary(BinaryOp::Add, field("1"), number(plus)),
        Change::Set(set) => number(set),
        Change::Doubled => binary(BinaryOp::Mul, field("1"), number(2)),
    };
    Expr::Tuple(vec![field("0"), counter])
}

fn written(condition: Condition) -> Expr {
    match condition {
        Condition::Open => field("0"),
        Condition::Compared(op, limit) => binary(op, field("1"), number(limit)),
        Condition::Not(op, limit) => Expr::Unary(UnaryOp::Not, Box::new(binary(op, field("1"), number(limit)))),
        Condition::AndOpen(op, limit) => binary(BinaryOp::And, binary(op, field("1"), number(limit)), field("0")),
        Condition::Mirrored(op, limit) => binary(op, number(limit), field("1")),
    }
}

fn compare(op: BinaryOp, lhs: i128, rhs: i128) -> bool {
    match op {
        BinaryOp::Lt => lhs < rhs,
        BinaryOp::Le => lhs <= rhs,
        BinaryOp::Gt => lhs > rhs,
        BinaryOp::Ge => lhs >= rhs,
        BinaryOp::Eq => lhs == rhs,
        _ => lhs != rhs,
    }
}

/// One execution of a plan.
struct Execution<'a> {
    plan: &'a Plan,
    chances: std::iter::Cycle<std::slice::Iter<'a, u8>>,
    counter: i128,
    seconds: u64,
    events: u64,
    transitions: u64,
}

/// More events than a counter of these plans allows.
const ENOUGH: u64 = 5_000;

/// Whether it came to its end, and what it took until then.
fn run(plan: &Plan, chances: &[u8], timeout: Option<u64>) -> (bool, u64, u64, u64) {
    let chances = chances.iter().cycle();
    // The start of the execution, and the first state.
    let mut execution = Execution { plan, chances, counter: plan.start, seconds: 0, events: 3, transitions: 1 };
    let mut state = Some(0);
    while let Some(position) = state {
        if execution.events > ENOUGH {
            return (false, execution.seconds, execution.events, execution.transitions);
        }
        state = execution.visit(position);
        if timeout.is_some_and(|timeout| execution.seconds > timeout) {
            // The end of the execution is in the place of the exit of the state, and a task's attempt has no end.
            let cut = matches!(plan.states.get(position), Some(Step::Task(..))) && state.is_some();
            let events = execution.events - u64::from(cut);
            return (true, timeout.unwrap_or_default(), events, execution.transitions);
        }
    }
    (true, execution.seconds, execution.events + 1, execution.transitions)
}

impl Execution<'_> {
    fn chance(&mut self) -> bool {
        self.chances.next().is_some_and(|number| number % 2 == 0)
    }

    /// Gives the next state. `None`: the execution ends.
    fn visit(&mut self, position: usize) -> Option<usize> {
        self.transitions += 1;
        self.events += 2;
        let plan = self.plan;
        let step = plan.states.get(position)?;
        match step {
            Step::Wait(seconds, edge) => {
                self.seconds += seconds;
                self.go(*edge)
            }
            Step::Pass(edge) => self.go(*edge),
            Step::Task(edge, caught) => {
                self.events += 3;
                self.seconds += if self.chance() { TASK } else { 0 };
                match (self.chance(), caught) {
                    (true, _) => self.go(*edge),
                    (false, Some(caught)) => self.go(*caught),
                    (false, None) => {
                        self.events -= 1;
                        None
                    }
                }
            }
            Step::Choice(arms, last) => {
                let taken = arms.iter().find(|(condition, _)| self.holds(*condition)).map(|(_, edge)| *edge);
                self.go(taken.unwrap_or(*last))
            }
        }
    }

    fn holds(&mut self, condition: Condition) -> bool {
        match condition {
            Condition::Open => self.chance(),
            Condition::Compared(op, limit) => compare(op, self.counter, limit),
            Condition::Not(op, limit) => !compare(op, self.counter, limit),
            Condition::AndOpen(op, limit) => compare(op, self.counter, limit) && self.chance(),
            Condition::Mirrored(op, limit) => compare(op, limit, self.counter),
        }
    }

    fn go(&mut self, edge: Edge) -> Option<usize> {
        self.counter = match edge.change {
            Change::Plus(plus) => self.counter + plus,
            Change::Set(set) => set,
            // Not beyond what a number may be.
            Change::Doubled => self.counter.clamp(-1_000_000, 1_000_000) * 2,
        };
        Some(edge.to)
    }
}

fn is_unbounded(machine: &StateMachine) -> bool {
    check(machine).iter().any(|finding| finding.code == Code::W0203)
}

fn within(plan: &Plan, timeout: Option<u64>, bounds: &Bounds, chances: &[u8]) -> Result<bool, TestCaseError> {
    let (ended, seconds, events, transitions) = run(plan, chances, timeout);
    let time = Duration::from_secs(seconds);
    prop_assert!(bounds.longest.is_none_or(|longest| time <= longest), "{seconds} s of {bounds:?}");
    prop_assert!(bounds.most_events.is_none_or(|most| events <= most), "{events} events of {bounds:?}");
    prop_assert!(bounds.most_transitions.is_none_or(|most| transitions <= most), "{transitions} of {bounds:?}");
    Ok(ended)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn no_execution_is_out_of_bounds(
        plan in plans(),
        timeout in prop::option::of(1..200_u64),
        chances in prop::collection::vec(prop::collection::vec(any::<u8>(), 1..40), 20),
    ) {
        let machine = build(&plan, timeout);
        let bounds = bounds(&machine, Known::NOTHING);
        for chances in &chances {
            let ended = within(&plan, timeout, &bounds, chances)?;
            // Where no timeout is asked for, every execution ends by itself.
            prop_assert!(timeout.is_some() || ended || is_unbounded(&machine), "it goes on for ever");
        }
    }
}

/// That the property is about something: of many of these machines, a counter is what bounds a cycle.
#[test]
fn counters_are_among_them() {
    let mut runner = TestRunner::deterministic();
    let mut counted = 0;
    for _ in 0..2_000 {
        let plan = plans().new_tree(&mut runner).expect("nothing is left out").current();
        let mut open = plan.clone();
        for step in &mut open.states {
            if let Step::Choice(arms, _) = step {
                arms.iter_mut().for_each(|(condition, _)| *condition = Condition::Open);
            }
        }
        let is_counted = is_unbounded(&build(&open, None)) && !is_unbounded(&build(&plan, None));
        counted += u32::from(is_counted);
    }
    assert!(counted >= 100, "{counted} of 2,000");
}

/// Found by the property: of the two numbers that it may begin with, one is beyond the one it is compared with.
#[test]
fn a_number_that_may_begin_beyond_its_limit() {
    let edge = |to, plus| Edge { to, change: Change::Plus(plus) };
    let first = Step::Choice(vec![(Condition::Open, edge(1, 0))], edge(1, 1));
    let count = Step::Choice(vec![(Condition::Compared(BinaryOp::Eq, 0), edge(2, 0))], edge(1, 1));
    let plan = Plan { start: 0, states: vec![first, count] };
    assert!(is_unbounded(&build(&plan, None)));
    assert!(!is_unbounded(&build(&Plan { start: -1, ..plan }, None)));
}
