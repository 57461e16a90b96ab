//! The least: shortest paths from the start, by Dijkstra's algorithm.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::net::Net;
use super::visit::{Leg, To};

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Measure {
    /// Milliseconds.
    Time,
    /// Events of the history.
    Events,
    /// State transitions.
    Transitions,
}

impl Measure {
    fn least(self, leg: &Leg) -> u64 {
        match self {
            Measure::Time => leg.shortest,
            Measure::Events => leg.least.events,
            Measure::Transitions => leg.least.transitions,
        }
    }
}

/// The least with which each state, and each end, can be reached.
#[derive(Debug)]
pub(crate) struct Shortest {
    /// Of each state, on its entry. `None`: it cannot be reached.
    pub(crate) entry: Vec<Option<u64>>,
    /// From which state each is entered on that path.
    from: Vec<Option<usize>>,
    success: Option<(u64, usize)>,
    failure: Option<(u64, usize)>,
}

impl Shortest {
    pub(crate) fn new(net: &Net, measure: Measure) -> Self {
        let count = net.visits.len();
        let mut found = Shortest { entry: vec![None; count], from: vec![None; count], success: None, failure: None };
        let mut queue = BinaryHeap::from([Reverse((0, net.start, None))]);
        while let Some(Reverse((least, state, from))) = queue.pop() {
            if found.entry[state].is_some() {
                continue;
            }
            (found.entry[state], found.from[state]) = (Some(least), from);
            for leg in &net.visits[state].legs {
                let least = least.saturating_add(measure.least(leg));
                let end = match leg.to {
                    To::State(target) => {
                        queue.push(Reverse((least, target, Some(state))));
                        continue;
                    }
                    To::Success => &mut found.success,
                    To::Failure => &mut found.failure,
                };
                if end.is_none_or(|(before, _)| least < before) {
                    *end = Some((least, state));
                }
            }
        }
        found
    }

    /// The least of an execution that succeeds; where none can, of one that comes to a failed end.
    pub(crate) fn to_an_end(&self) -> Option<u64> {
        self.success.or(self.failure).map(|(least, _)| least)
    }

    /// The least with which any end can be reached, and in which state that is.
    pub(crate) fn to_any_end(&self) -> Option<(u64, usize)> {
        self.success.into_iter().chain(self.failure).min()
    }

    /// The states on the shortest path to one.
    pub(crate) fn path(&self, state: usize) -> Vec<usize> {
        let mut path: Vec<usize> = std::iter::successors(Some(state), |&state| self.from[state]).collect();
        path.reverse();
        path
    }
}
