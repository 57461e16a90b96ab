//! What each transition of a state hands on: the successor's input, the variables, and what holds where it is taken.

use std::slice::from_ref;

use super::super::known::Known;
use super::guard::{Guard, Untaken, of_condition, of_pattern};
use super::value::{Scope, Slot, Value};
use crate::expr::Expr;
use crate::machine::{Assignment, State, StateMachine, Transition};
use crate::states::StateKind;

/// What a transition hands on.
#[derive(Clone, Debug)]
pub(super) struct Handed {
    /// The successor's input.
    input: Value,
    /// The variables that are assigned.
    variables: Vec<(String, Value)>,
    pub(super) guards: Vec<Guard>,
}

impl Handed {
    /// What is in a slot of the successor, in terms of the state that is left.
    pub(super) fn slot(&self, slot: &Slot) -> Value {
        match slot {
            Slot::Input(path) => path.iter().fold(self.input.clone(), |value, field| value.field(field)),
            Slot::Variable(name) => {
                let assigned = self.variables.iter().find(|(variable, _)| variable == name);
                assigned.map_or_else(|| Value::Part(slot.clone(), 0), |(_, value)| value.clone())
            }
        }
    }
}

/// What each of the state's [transitions](StateKind::transitions) hands on.
pub(super) fn of_state(machine: &StateMachine, state: &State, known: &Known) -> Vec<Handed> {
    let scope = Scope::new(machine, known);
    if let StateKind::Choice(choice) = &state.kind {
        let mut leaves = Leaves { found: Vec::new() };
        leaves.walk(&scope.with(&choice.body, &[Value::input()]), &choice.body.body, &[]);
        return leaves.found;
    }
    let input = Value::input();
    let result = match &state.kind {
        StateKind::Wait(_) => input.clone(),
        StateKind::Pass(pass) => match &pass.body {
            Some(body) => scope.apply(body, from_ref(&input)),
            None => input.clone(),
        },
        _ => Value::Unknown,
    };
    let handed = |to: &Transition, given: &[Value], assign: &[Assignment]| Handed {
        input: match &to.payload {
            Some(payload) => scope.apply(payload, given),
            None => given.first().cloned().unwrap_or(Value::Unknown),
        },
        variables: assigned(assign, &scope),
        guards: Vec::new(),
    };
    let next = state.kind.next().and_then(|next| next.transition());
    let next = next.map(|to| handed(to, &[result, input.clone()], &state.assign));
    let late = match &state.kind {
        StateKind::Poll(poll) => poll.on_deadline.as_ref().map(|to| handed(to, from_ref(&input), &[])),
        _ => None,
    };
    let catchers = state.kind.catchers().iter();
    let caught = catchers.map(|catcher| handed(&catcher.transition, &[Value::Unknown, input.clone()], &catcher.assign));
    next.into_iter().chain(late).chain(caught).collect()
}

/// Values of which only what is made of variables is known.
fn assigned<'a>(assign: &'a [Assignment], scope: &Scope<'a>) -> Vec<(String, Value)> {
    let input = [Value::input()];
    assign.iter().map(|assign| (assign.variable.clone(), scope.apply(&assign.value, &input))).collect()
}

/// The leaves of a choice, in source order.
struct Leaves {
    found: Vec<Handed>,
}

impl Leaves {
    fn walk<'a>(&mut self, scope: &Scope<'a>, expr: &'a Expr, guards: &[Guard]) {
        match expr {
            Expr::Goto { payload, assign, .. } => {
                let input = payload.as_ref().map_or(Value::Unknown, |payload| scope.value(payload));
                let variables = assign.iter().map(|(variable, value)| (variable.clone(), scope.value(value))).collect();
                self.found.push(Handed { input, variables, guards: guards.to_vec() });
            }
            Expr::If { condition, then, otherwise } => {
                self.walk(scope, then, &[guards, &of_condition(scope, condition, true)].concat());
                self.walk(scope, otherwise, &[guards, &of_condition(scope, condition, false)].concat());
            }
            Expr::Match { scrutinee, arms } => {
                let value = scope.value(scrutinee);
                let mut untaken: Vec<Untaken<'a>> = Vec::new();
                for arm in arms {
                    let mut inner = scope.clone();
                    inner.bind(&arm.pattern, &value);
                    let mut here = guards.to_vec();
                    here.extend(of_pattern(scrutinee, &value, &arm.pattern));
                    here.extend(arm.guard.iter().flat_map(|guard| of_condition(&inner, guard, true)));
                    here.extend(untaken.iter().flat_map(|before| before.guards(&arm.pattern)));
                    self.walk(&inner, &arm.body, &here);
                    untaken.push(Untaken::new(&inner, scrutinee, &value, arm));
                }
            }
            Expr::Let { pattern, value, body, .. } => {
                let mut inner = scope.clone();
                inner.bind(pattern, &scope.value(value));
                self.walk(&inner, body, guards);
            }
            _ => {}
        }
    }
}
