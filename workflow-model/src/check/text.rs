//! The wording that several rules share.

use crate::machine::{State, StateMachine};

/// How many names a list shows before it is shortened.
const SHOWN: usize = 8;

/// `` `a` ``, `` `a` and `b` ``, `` `a`, `b` and `c` ``, or shortened, `` `a`, `b` and 7 others ``.
pub(super) fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<&str> = names.into_iter().collect();
    let shown = if names.len() > SHOWN + 1 { SHOWN } else { names.len() };
    let mut items: Vec<String> = names[..shown].iter().map(|name| format!("`{name}`")).collect();
    if shown < names.len() {
        items.push(format!("{} others", names.len() - shown));
    }
    match items.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}

/// The same of states, by their positions.
pub(super) fn list_states(machine: &StateMachine, states: &[usize]) -> String {
    list(states.iter().map(|&state| machine.states[state].name.as_str()))
}

/// `` `a -> b -> a` ``, shortened in its middle: `` `a -> b -> (7 more) -> h -> a` ``.
pub(super) fn path(machine: &StateMachine, states: &[usize]) -> String {
    let mut steps: Vec<String> = states.iter().map(|&state| machine.states[state].name.clone()).collect();
    if steps.len() > SHOWN + 1 {
        let hidden = steps.len() - SHOWN;
        let middle = SHOWN / 2;
        steps.splice(middle..middle + hidden, [format!("({hidden} more)")]);
    }
    format!("`{}`", steps.join(" -> "))
}

/// `1s + 2s + 4s`.
pub(super) fn sum(terms: &[String]) -> String {
    terms.join(" + ")
}

/// The largest number up to `most` for which something holds, where it holds for all smaller ones.
pub(super) fn greatest(most: u64, holds: impl Fn(u64) -> bool) -> u64 {
    let (mut low, mut high) = (0, most);
    while low < high {
        let middle = low + (high - low).div_ceil(2);
        if holds(middle) { low = middle } else { high = middle - 1 }
    }
    low
}

/// `99,999,998`.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A call of the state as a target is written, as in `done(…)`, or `done()` when it takes nothing.
pub(super) fn call(state: &State) -> String {
    let argument = if state.input.is_some() { "…" } else { "" };
    format!("{}({argument})", state.name)
}
