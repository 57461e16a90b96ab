//! Small machines, written in a line per state.

use std::time::Duration;

use workflow_model::check::check;
use workflow_model::expr::{Expr, Lambda};
use workflow_model::finding::{Place, StatePart};
use workflow_model::machine::{Next, State, Transition, TypeRef};
use workflow_model::name::pascal_case;
use workflow_model::states::{
    Backoff, Catcher, ChildRef, Choice, ErrorName, ErrorRef, Fail, Nested, Pass, Retrier, StateKind, StatesError,
    Succeed, Task, Wait, WaitTime,
};
use workflow_model::{Code, Finding, StateMachine};

/// A machine with a timeout that starts in the first of the states `text` lists, divided by semicolons. Each is a
/// name, a kind and its targets; `end` ends the execution, no target is a missing successor, and `!target` is a
/// catcher's, of a state that does not catch yet.
pub(crate) fn machine(text: &str) -> StateMachine {
    let states: Vec<State> = text.split(';').filter(|line| !line.trim().is_empty()).map(state).collect();
    StateMachine {
        name: "Sample".to_owned(),
        start: states.first().map(|state| state.name.clone()),
        timeout: Some(Duration::from_secs(3600)),
        states,
        errors: vec!["ServiceError::Throttled".to_owned(), "ServiceError::Rejected".to_owned()],
        ..StateMachine::default()
    }
}

fn state(line: &str) -> State {
    let words: Vec<&str> = line.split_whitespace().collect();
    let [name, kind, targets @ ..] = words.as_slice() else { panic!("a state has a name and a kind: {line}") };
    State {
        name: (*name).to_owned(),
        asl_name: pascal_case(name),
        comment: None,
        input: Some(TypeRef(0)),
        assign: Vec::new(),
        formerly: Vec::new(),
        kind: state_kind(kind, targets),
    }
}

fn state_kind(kind: &str, targets: &[&str]) -> StateKind {
    let (caught, targets): (Vec<&str>, Vec<&str>) = targets.iter().partition(|target| target.starts_with('!'));
    let next = match targets.first() {
        None => Next::Missing,
        Some(&"end") => Next::End(None),
        Some(target) => Next::To(transition(target)),
    };
    let catch = caught
        .iter()
        .enumerate()
        .map(|(error, target)| Catcher {
            errors: vec![custom(error)],
            transition: transition(&target[1..]),
            assign: Vec::new(),
        })
        .collect();
    match kind {
        "task" => StateKind::Task(Task {
            service: None,
            function: None,
            timeout: Some(Duration::from_secs(30)),
            heartbeat: None,
            takes_context: false,
            callback: false,
            activity: None,
            output: TypeRef(0),
            retry: Vec::new(),
            catch,
            next,
        }),
        "nested" => StateKind::Nested(Nested {
            heartbeat: None,
            pattern: workflow_model::integrations::Pattern::Sync2,
            child: ChildRef(0),
            input: None,
            input_type: None,
            timeout: None,
            output: TypeRef(0),
            retry: Vec::new(),
            catch,
            next,
        }),
        "choice" => StateKind::Choice(Choice {
            body: Lambda { params: Vec::new(), body: Expr::None },
            transitions: targets.into_iter().map(transition).collect(),
        }),
        "wait" => StateKind::Wait(Wait { time: WaitTime::Fixed(Duration::from_secs(10)), next }),
        "pass" => StateKind::Pass(Pass { body: None, output: None, next }),
        "succeed" => StateKind::Succeed(Succeed {}),
        "fail" => StateKind::Fail(Fail { error: None, cause: None }),
        other => panic!("no kind of state: {other}"),
    }
}

fn transition(target: &str) -> Transition {
    Transition { target: target.to_owned(), payload: None }
}

/// `ServiceError::Throttled`, `ServiceError::Rejected`.
pub(crate) fn custom(index: usize) -> ErrorRef {
    ErrorRef::Custom(ErrorName(index))
}

pub(crate) fn states(error: StatesError) -> ErrorRef {
    ErrorRef::States(error)
}

pub(crate) fn retrier(errors: impl Into<Vec<ErrorRef>>) -> Retrier {
    Retrier { errors: errors.into(), backoff: Backoff::default() }
}

pub(crate) fn catcher(errors: impl Into<Vec<ErrorRef>>, target: &str) -> Catcher {
    Catcher { errors: errors.into(), transition: transition(target), assign: Vec::new() }
}

/// One task, `work`, changed by `change`, and the end `done`.
pub(crate) fn with_task(change: impl FnOnce(&mut Task)) -> StateMachine {
    let mut machine = machine("work task done; done succeed");
    let StateKind::Task(task) = &mut machine.states[0].kind else { panic!("`work` is a task") };
    change(task);
    machine
}

/// Asserts that the checks say this, each finding with its place in front, and nothing else.
#[track_caller]
pub(crate) fn assert_says(machine: &StateMachine, expected: &str) {
    assert_says_of(machine, |_| true, expected);
}

/// The same of some codes only.
#[track_caller]
pub(crate) fn assert_says_of(machine: &StateMachine, codes: impl Fn(Code) -> bool, expected: &str) {
    let findings = check(machine).into_iter().filter(|finding| codes(finding.code));
    let findings: Vec<String> = findings.map(|finding| describe(machine, &finding)).collect();
    let expected: Vec<&str> = expected.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let (actual, expected) = (findings.join("\n"), expected.join("\n"));
    assert!(actual == expected, "the checks say\n{actual}\nand not\n{expected}");
}

/// Asserts that nothing is wrong.
#[track_caller]
pub(crate) fn assert_passes(machine: &StateMachine) {
    assert_says(machine, "");
}

fn describe(machine: &StateMachine, finding: &Finding) -> String {
    let place = match &finding.place {
        Place::Workflow => "workflow".to_owned(),
        Place::WorkflowOption(option) => format!("workflow {option}"),
        Place::State(state, part) => format!("{} {}", machine.states[*state].name, describe_part(part)),
    };
    format!("[{place}] {finding}")
}

fn describe_part(part: &StatePart) -> String {
    match part {
        StatePart::Name => "name".to_owned(),
        StatePart::Kind => "kind".to_owned(),
        StatePart::Option(option) => (*option).to_owned(),
        StatePart::Target(index) => format!("target {index}"),
        StatePart::RetryOption(retrier, option) => format!("retrier {retrier} {option}"),
        StatePart::RetryError(retrier, error) => format!("retrier {retrier} error {error}"),
        StatePart::CatchError(catcher, error) => format!("catcher {catcher} error {error}"),
        StatePart::Formerly(name) => format!("former name {name}"),
    }
}
