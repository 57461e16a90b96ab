//! W05: which errors retriers and catchers take, and whether any are left for them.

use crate::duration::Display;
use crate::finding::{Code, Finding, Place, StatePart};
use crate::machine::{State, StateMachine};
use crate::states::{ErrorRef, StateKind, StatesError};

pub(super) fn check(machine: &StateMachine, findings: &mut Vec<Finding>) {
    for (position, state) in machine.states.iter().enumerate() {
        let retriers = state.kind.retriers().iter().map(|retrier| retrier.errors.as_slice()).collect();
        let catchers = state.kind.catchers().iter().map(|catcher| catcher.errors.as_slice()).collect();
        Handlers { machine, position, state, role: Role::Retrier, errors: retriers }.check(findings);
        Handlers { machine, position, state, role: Role::Catcher, errors: catchers }.check(findings);
    }
}

#[derive(Clone, Copy)]
enum Role {
    Retrier,
    Catcher,
}

impl Role {
    fn noun(self) -> &'static str {
        match self {
            Role::Retrier => "retrier",
            Role::Catcher => "catcher",
        }
    }

    fn attribute(self, errors: &str) -> String {
        match self {
            Role::Retrier => format!("#[retry({errors}, …)]"),
            Role::Catcher => format!("#[catch({errors} => …)]"),
        }
    }
}

/// The retriers, or the catchers, of a state. An error goes to the first that takes it, and to that one only.
struct Handlers<'a> {
    machine: &'a StateMachine,
    position: usize,
    state: &'a State,
    role: Role,
    errors: Vec<&'a [ErrorRef]>,
}

impl Handlers<'_> {
    fn check(&self, findings: &mut Vec<Finding>) {
        for (handler, errors) in self.errors.iter().enumerate() {
            for (index, error) in errors.iter().enumerate() {
                let finding = self.misplaced_wildcard(handler, index).or_else(|| self.cannot_raise(error));
                let finding = finding.or_else(|| self.taken_before(handler, index));
                findings.extend(finding.map(|rule| rule.at(self.place(handler, index))));
            }
        }
    }

    fn place(&self, handler: usize, index: usize) -> Place {
        let part = match self.role {
            Role::Retrier => StatePart::RetryError(handler, index),
            Role::Catcher => StatePart::CatchError(handler, index),
        };
        Place::State(self.position, part)
    }

    /// `States::All` must stand alone, and in the last of them.
    fn misplaced_wildcard(&self, handler: usize, index: usize) -> Option<Broken> {
        let errors = self.errors[handler];
        if errors[index] != ErrorRef::States(StatesError::All) {
            return None;
        }
        let (noun, name) = (self.role.noun(), &self.state.name);
        let alone = self.role.attribute("States::All");
        if errors.len() > 1 {
            let message = format!(
                "`States::All` in a {noun} of `{name}` must stand alone: it takes the errors beside it as well"
            );
            return Some(Broken::new(Code::W0501, message, format!("write `{alone}`")));
        }
        if handler + 1 < self.errors.len() {
            let message =
                format!("`States::All` must be in the last {noun} of `{name}`: those behind it never get an error");
            return Some(Broken::new(Code::W0501, message, format!("move `{alone}` behind the others")));
        }
        None
    }

    /// An error that the kind of state never raises.
    fn cannot_raise(&self, error: &ErrorRef) -> Option<Broken> {
        let name = &self.state.name;
        match (&self.state.kind, error) {
            (StateKind::Task(task), ErrorRef::States(StatesError::HeartbeatTimeout)) if task.heartbeat.is_none() => {
                let message = format!("`{name}` has no heartbeat, so it never raises `States::HeartbeatTimeout`");
                let half =
                    task.timeout.map(|timeout| timeout / 2).filter(|half| half.subsec_nanos() == 0 && !half.is_zero());
                let heartbeat = half.map_or_else(|| "10s".to_owned(), |half| Display(half).to_string());
                Some(Broken::new(
                    Code::W0503,
                    message,
                    format!("write `heartbeat = \"{heartbeat}\"`, or remove the error"),
                ))
            }
            (StateKind::Poll(_), ErrorRef::States(StatesError::HeartbeatTimeout)) => {
                let message = format!(
                    "`{name}` is a poll, which sends no heartbeats, so it never raises `States::HeartbeatTimeout`"
                );
                Some(Broken::new(Code::W0503, message, "take `States::Timeout`, or remove the error".to_owned()))
            }
            (StateKind::Nested(nested), ErrorRef::States(StatesError::HeartbeatTimeout)) => {
                if nested.heartbeat.is_some() {
                    return None;
                }
                let message = format!("`{name}` runs a nested workflow, which never raises `States::HeartbeatTimeout`");
                Some(Broken::new(Code::W0503, message, "remove the error".to_owned()))
            }
            (StateKind::Nested(nested), ErrorRef::States(StatesError::Timeout)) if nested.timeout.is_none() => {
                let message = format!(
                    "`{name}` has no timeout of its own, so it never raises `States::Timeout`: a nested workflow that takes too long is \
                     `States::TaskFailed` outside of it"
                );
                let help = "take `States::TaskFailed`, or say how long the state may take, as in `timeout = \"10m\"`";
                Some(Broken::new(Code::W0503, message, help.to_owned()))
            }
            (StateKind::Nested(nested), ErrorRef::Custom(_)) if !nested.is_callback() => {
                let error = self.error_name(error);
                let message = format!(
                    "`{name}` never raises `{error}`: whatever fails in a nested workflow is `States::TaskFailed` outside of it"
                );
                let help = "take `States::TaskFailed`, whose cause holds the nested workflow's error".to_owned();
                Some(Broken::new(Code::W0503, message, help))
            }
            _ => None,
        }
    }

    /// An error that an earlier one has taken already. What `States::All` takes is reported there.
    fn taken_before(&self, handler: usize, index: usize) -> Option<Broken> {
        let error = &self.errors[handler][index];
        let (noun, name, error_name) = (self.role.noun(), &self.state.name, self.error_name(error));
        if self.errors[handler][..index].iter().any(|earlier| self.is_same(earlier, error)) {
            let message = format!("a {noun} of `{name}` names `{error_name}` twice");
            return Some(Broken::new(Code::W0502, message, "remove one of the two".to_owned()));
        }
        let mut earlier = self.errors[..handler].iter().copied().flatten();
        let takes_error = |earlier: &&ErrorRef| self.is_same(earlier, error) || takes(earlier, error);
        let taker = earlier.find(takes_error).filter(|&taker| *taker != ErrorRef::States(StatesError::All))?;
        if self.is_same(taker, error) {
            let message = format!("a {noun} of `{name}` never gets `{error_name}`: an earlier {noun} takes it");
            return Some(Broken::new(Code::W0502, message, "remove it from one of the two".to_owned()));
        }
        let taker = self.error_name(taker);
        let message = format!(
            "a {noun} of `{name}` never gets `{error_name}`: an earlier {noun} takes `{taker}`, which includes it"
        );
        let help = format!("move `{}` before that {noun}, or remove the error", self.role.attribute(&error_name));
        Some(Broken::new(Code::W0502, message, help))
    }

    fn is_same(&self, left: &ErrorRef, right: &ErrorRef) -> bool {
        left == right || self.error_name(left) == self.error_name(right)
    }

    fn error_name(&self, error: &ErrorRef) -> String {
        match error {
            ErrorRef::States(error) => error.to_string(),
            ErrorRef::Custom(name) => self.machine.errors.get(name.0).cloned().unwrap_or_default(),
        }
    }
}

/// Whether a wildcard surely takes another error. An expired heartbeat is a timeout, and is recorded as one.
fn takes(wildcard: &ErrorRef, error: &ErrorRef) -> bool {
    matches!(
        (wildcard, error),
        (ErrorRef::States(StatesError::TaskFailed), ErrorRef::Custom(_))
            | (ErrorRef::States(StatesError::Timeout), ErrorRef::States(StatesError::HeartbeatTimeout))
    )
}

/// A broken rule, before it is known where.
struct Broken {
    code: Code,
    message: String,
    help: String,
}

impl Broken {
    fn new(code: Code, message: String, help: String) -> Self {
        Broken { code, message, help }
    }

    fn at(self, place: Place) -> Finding {
        Finding::new(self.code, place, self.message).help(self.help)
    }
}
