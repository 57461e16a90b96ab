//! The graph of a machine with what each visit takes.

use std::collections::BTreeMap;

use super::children::Children;
use super::visit::{Leg, To, Visit};
use crate::machine::StateMachine;

/// The states that can be reached from the start, with what a visit to each takes.
#[derive(Clone, Debug)]
pub(crate) struct Net {
    pub(crate) start: usize,
    pub(crate) visits: Vec<Visit>,
    /// The states that can be reached, each before its successors, but for those that it can be reached from as well.
    pub(crate) order: Vec<usize>,
}

impl Net {
    /// `None` where it is not known in which state the machine starts. Transitions to states that do not exist are left out.
    pub(crate) fn new(machine: &StateMachine, children: &Children) -> Option<Self> {
        let positions: BTreeMap<&str, usize> =
            machine.states.iter().enumerate().rev().map(|(position, state)| (state.name.as_str(), position)).collect();
        let start = *positions.get(machine.start.as_deref()?)?;
        let find = |name: &str| positions.get(name).copied();
        let visits = machine.states.iter().map(|state| Visit::new(state, children, &find)).collect();
        let mut net = Net { start, visits, order: Vec::new() };
        net.order = net.walk();
        Some(net)
    }

    /// The states in the reverse of the order in which a depth-first walk leaves them. The walk keeps its own stack, as a machine may
    /// be deeper than the thread's.
    fn walk(&self) -> Vec<usize> {
        let mut seen = vec![false; self.visits.len()];
        let mut order = Vec::new();
        let mut stack = vec![(self.start, 0)];
        seen[self.start] = true;
        while let Some((state, done)) = stack.pop() {
            let Some(leg) = self.visits[state].legs.get(done) else {
                order.push(state);
                continue;
            };
            stack.push((state, done + 1));
            if let To::State(target) = leg.to
                && !std::mem::replace(&mut seen[target], true)
            {
                stack.push((target, 0));
            }
        }
        order.reverse();
        order
    }

    /// The same net with what executions may write for certain, instead of the most that they may write for all that is known.
    pub(crate) fn certain(mut self) -> Self {
        for visit in &mut self.visits {
            visit.legs.iter_mut().for_each(|leg| leg.most = Some(leg.certain));
            visit.retries.iter_mut().for_each(|retries| retries.each = retries.certain);
        }
        self
    }

    /// Each leg of each state that can be reached, with its state and its number there.
    pub(crate) fn legs(&self) -> impl Iterator<Item = (usize, usize, &Leg)> {
        let of_state =
            |&state: &usize| self.visits[state].legs.iter().enumerate().map(move |(number, leg)| (state, number, leg));
        self.order.iter().flat_map(of_state)
    }
}
