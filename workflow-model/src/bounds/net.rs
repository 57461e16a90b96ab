//! The graph of a machine with what each visit takes.

use std::collections::BTreeMap;

use super::counters::{Counter, counters};
use super::known::Known;
use super::visit::{AT_ONCE, Amount, Leg, To, Visit};
use crate::machine::StateMachine;

/// The states that can be reached from the start, with what a visit to each takes.
#[derive(Clone, Debug)]
pub(crate) struct Net {
    pub(crate) start: usize,
    /// What comes before the first state: the `Pass` in which variables get their first values.
    pub(crate) before: Amount,
    pub(crate) visits: Vec<Visit>,
    /// The states that can be reached, each before its successors, but for those that it can be reached from as well.
    pub(crate) order: Vec<usize>,
    /// What bounds the rounds of components.
    pub(crate) counters: Vec<Counter>,
}

impl Net {
    /// `None` where it is not known in which state the machine starts. Transitions to states that do not exist are left out.
    pub(crate) fn new(machine: &StateMachine, known: &Known) -> Option<Self> {
        let positions: BTreeMap<&str, usize> =
            machine.states.iter().enumerate().rev().map(|(position, state)| (state.name.as_str(), position)).collect();
        let start = *positions.get(machine.start.as_deref()?)?;
        let find = |name: &str| positions.get(name).copied();
        let visits = machine.states.iter().map(|state| Visit::new(state, known, &find)).collect();
        let before = if machine.initial_state().is_some() { AT_ONCE } else { Amount::default() };
        let mut net = Net { start, before, visits, order: Vec::new(), counters: Vec::new() };
        net.order = net.walk();
        net.counters = counters(machine, &net, known);
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

    /// The same net with so many rounds by one of its counters.
    pub(crate) fn with_rounds(&self, counter: usize, rounds: u64) -> Self {
        let mut net = self.clone();
        net.counters[counter].rounds = Some(rounds);
        net
    }

    /// The same net without its counters.
    pub(crate) fn uncounted(&self) -> Self {
        Net { counters: Vec::new(), ..self.clone() }
    }

    /// The components that have a cycle, each in the order in which it is walked. (The second half of Kosaraju's algorithm.)
    pub(crate) fn cyclic_components(&self) -> Vec<Vec<usize>> {
        let mut predecessors = vec![Vec::new(); self.visits.len()];
        for (state, _, leg) in self.legs() {
            if let To::State(target) = leg.to {
                predecessors[target].push(state);
            }
        }
        let mut seen = vec![false; self.visits.len()];
        let mut components = Vec::new();
        for &root in &self.order {
            let (mut component, mut stack) = (Vec::new(), vec![root]);
            while let Some(state) = stack.pop() {
                if !std::mem::replace(&mut seen[state], true) {
                    component.push(state);
                    stack.extend(&predecessors[state]);
                }
            }
            if component.len() > 1 || (!component.is_empty() && predecessors[root].contains(&root)) {
                components.push(component);
            }
        }
        components
    }

    /// Of these states, those that are come to from others, and the start.
    pub(super) fn entries(&self, states: &[usize]) -> Vec<usize> {
        let mut is_inner = vec![false; self.visits.len()];
        states.iter().for_each(|&state| is_inner[state] = true);
        let mut entries: Vec<usize> = states.iter().copied().filter(|&state| state == self.start).collect();
        entries.extend(self.legs().filter_map(|(state, _, leg)| match leg.to {
            To::State(target) if is_inner[target] && !is_inner[state] => Some(target),
            _ => None,
        }));
        entries.sort_unstable();
        entries.dedup();
        entries
    }

    /// The same net with what executions may write for certain, instead of the most that they may write for all that is known.
    pub(crate) fn certain(mut self) -> Self {
        for visit in &mut self.visits {
            visit.legs.iter_mut().for_each(|leg| leg.most = Some(leg.certain));
            visit.retries.iter_mut().for_each(|retries| retries.each = retries.certain);
        }
        // Of rounds that are counted, but not known, none is certain.
        self.counters.iter_mut().for_each(|counter| counter.rounds = Some(counter.rounds.unwrap_or(0)));
        self
    }

    /// Each leg of each state that can be reached, with its state and its number there.
    pub(crate) fn legs(&self) -> impl Iterator<Item = (usize, usize, &Leg)> {
        let of_state =
            |&state: &usize| self.visits[state].legs.iter().enumerate().map(move |(number, leg)| (state, number, leg));
        self.order.iter().flat_map(of_state)
    }
}
