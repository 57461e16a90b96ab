//! Cycles that a counter bounds: every way round adds to a number, and passes a `#[choice]` that lets it through up to a limit only.
//!
//! The number is looked for in what transitions hand on (`flow`), which is portable expressions: what a task does in its own code is not
//! seen, so a number that comes out of a task is none. Fields that serde leaves out (`#[serde(skip)]`) begin anew in each state, which the
//! macro cannot see; a counter is not to be kept in one.

mod component;
mod flow;
mod guard;
mod rounds;
mod start;
mod value;

use super::known::Known;
use super::net::Net;
use super::visit::{Leg, To, Visit};
use crate::machine::StateMachine;
use component::Component;
use flow::Handed;

/// A counter that bounds the cycles of a strongly connected component.
#[derive(Clone, Debug)]
pub(crate) struct Counter {
    /// The states of the component, each before those that it leads to without a guard.
    pub(crate) states: Vec<usize>,
    /// The legs that the number lets through or not, each with its state.
    pub(crate) guards: Vec<(usize, usize)>,
    /// How often those are gone along at most. `None`: that depends on numbers that are not known here.
    pub(crate) rounds: Option<u64>,
    /// What lets executions go on, in words: ``while `pending.polls < 100` ``.
    pub(crate) text: String,
    /// Where that stands: the state, and which of its transitions.
    pub(crate) guarded: (usize, usize),
}

/// The counters of a machine, one for each component of its graph that one bounds.
pub(crate) fn counters(machine: &StateMachine, net: &Net, known: &Known) -> Vec<Counter> {
    let components = net.cyclic_components();
    if components.is_empty() {
        return Vec::new();
    }
    let flow = Flow::new(machine, net, known);
    components.into_iter().filter_map(|states| Component::new(&flow, states).counter()).collect()
}

/// A machine with what its transitions hand on.
struct Flow<'a> {
    net: &'a Net,
    known: &'a Known,
    /// Of each leg of each state: which transition it is, and what that hands on. `None` where it leads to an end.
    legs: Vec<Vec<Option<(usize, Handed)>>>,
}

impl<'a> Flow<'a> {
    fn new(machine: &StateMachine, net: &'a Net, known: &'a Known) -> Self {
        let of_state = |(state, visit): (usize, &Visit)| {
            let is_followed = |leg: &&Leg| matches!(leg.to, To::State(_));
            let handed = flow::of_state(machine, &machine.states[state], known);
            // A transition to a state that does not exist has no leg.
            let is_whole = handed.len() == visit.legs.iter().filter(is_followed).count();
            let mut handed = handed.into_iter().enumerate().filter(|_| is_whole);
            visit.legs.iter().map(|leg| if is_followed(&leg) { handed.next() } else { None }).collect()
        };
        Flow { net, known, legs: net.visits.iter().enumerate().map(of_state).collect() }
    }

    fn handed(&self, state: usize, leg: usize) -> Option<&Handed> {
        self.legs[state].get(leg)?.as_ref().map(|(_, handed)| handed)
    }
}
