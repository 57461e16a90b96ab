//! The walks of the most worth, where time has a price.

use super::net::Net;
use super::rounds::Rounds;
use super::schedule::{Millis, gcd};
use super::visit::To;

/// How many, in how much time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sum {
    pub(crate) count: u64,
    pub(crate) time: Millis,
}

impl Sum {
    pub(super) fn and(self, other: Sum) -> Sum {
        Sum { count: self.count.saturating_add(other.count), time: self.time.saturating_add(other.time) }
    }
}

/// The price of time: so many for so many milliseconds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Price {
    pub(super) count: i128,
    pub(super) time: i128,
}

impl Price {
    pub(super) const NONE: Price = Price { count: 0, time: 1 };

    pub(super) fn new(count: u64, time: Millis) -> Self {
        let divisor = gcd(count, time).max(1);
        Price { count: (count / divisor).into(), time: (time / divisor).into() }
    }

    /// What is left when the time is paid for.
    pub(super) fn worth(self, sum: Sum) -> i128 {
        let (count, time) = (i128::from(sum.count), i128::from(sum.time));
        count.saturating_mul(self.time).saturating_sub(self.count.saturating_mul(time))
    }

    /// The most that a walk of this worth stands for, with all the time there is.
    pub(super) fn most(self, worth: i128, limit: Millis) -> u64 {
        let whole = worth.saturating_add(self.count.saturating_mul(limit.into()));
        u64::try_from(whole.max(0) / self.time.max(1)).unwrap_or(u64::MAX)
    }
}

/// A cycle, and what a round takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cycle {
    /// The states on it, each once.
    pub(crate) states: Vec<usize>,
    pub(crate) sum: Sum,
}

/// What walks are made of: a leg of a state, or all rounds through a component that a counter bounds.
#[derive(Clone, Copy)]
struct Edge {
    from: usize,
    to: usize,
    sum: Sum,
}

/// The walks of the most worth from one state to each. Where a component is bounded by a counter, it is entered in nodes of their own,
/// behind those of the states, from which the rounds lead to the states.
pub(super) struct Walks<'a> {
    net: &'a Net,
    price: Price,
    edges: Vec<Edge>,
    /// On entry to each node. `None`: no walk comes there.
    worth: Vec<Option<i128>>,
    /// By which edge.
    from: Vec<Option<usize>>,
}

impl<'a> Walks<'a> {
    /// The best walks at this price, or a cycle that pays. `step` is what it takes to leave a state by a leg.
    pub(super) fn new(
        net: &'a Net,
        first: usize,
        price: Price,
        step: &dyn Fn(usize, usize) -> Sum,
    ) -> Result<Self, Cycle> {
        let count = net.visits.len();
        let (edges, is_entered) = edges(net, price, step);
        let mut walks = Walks { net, price, edges, worth: vec![None; 2 * count], from: vec![None; 2 * count] };
        walks.worth[if is_entered[first] { count + first } else { first }] = Some(0);
        while walks.relax() {
            if let Some(cycle) = walks.cycle() {
                return Err(cycle);
            }
        }
        Ok(walks)
    }

    /// Goes over all edges once, and says whether a better walk was found.
    fn relax(&mut self) -> bool {
        let mut found = false;
        for (number, edge) in self.edges.iter().enumerate() {
            let Some(worth) = self.worth[edge.from] else { continue };
            let worth = worth.saturating_add(self.price.worth(edge.sum));
            if self.worth[edge.to].is_none_or(|before| worth > before) {
                (self.worth[edge.to], self.from[edge.to]) = (Some(worth), Some(number));
                found = true;
            }
        }
        found
    }

    fn before(&self, node: usize) -> Option<&Edge> {
        self.from[node].map(|edge| &self.edges[edge])
    }

    /// A cycle in the walks: one that pays, or they would not go round it.
    fn cycle(&self) -> Option<Cycle> {
        // In which walk each node was met.
        let mut met: Vec<Option<usize>> = vec![None; self.from.len()];
        for &last in &self.net.order {
            let mut node = last;
            while met[node].is_none() {
                met[node] = Some(last);
                match self.before(node) {
                    Some(edge) => node = edge.from,
                    None => break,
                }
            }
            if met[node] == Some(last) && self.from[node].is_some() {
                return Some(self.cycle_through(node));
            }
        }
        None
    }

    fn cycle_through(&self, node: usize) -> Cycle {
        let (mut states, mut sum, mut current) = (Vec::new(), Sum::default(), node);
        while let Some(edge) = self.before(current) {
            states.push(edge.from);
            sum = sum.and(edge.sum);
            current = edge.from;
            if current == node {
                break;
            }
        }
        states.reverse();
        Cycle { states, sum }
    }

    /// The worth of the best walk to a state, before what is done there. `None`: there is none.
    pub(super) fn worth(&self, state: usize) -> Option<i128> {
        self.worth[state]
    }

    /// What the walk to a state takes, before its entry.
    pub(super) fn to(&self, state: usize) -> Option<Sum> {
        self.worth[state]?;
        let edges = std::iter::successors(self.before(state), |edge| self.before(edge.from));
        Some(edges.map(|edge| edge.sum).fold(Sum::default(), Sum::and))
    }
}

/// The edges, and which states are entered by a node of their own.
fn edges(net: &Net, price: Price, step: &dyn Fn(usize, usize) -> Sum) -> (Vec<Edge>, Vec<bool>) {
    let count = net.visits.len();
    let rounds: Vec<Rounds<'_>> =
        net.counters.iter().filter_map(|counter| Rounds::new(net, counter, price, step)).collect();
    let mut within: Vec<Option<usize>> = vec![None; count];
    for (number, rounds) in rounds.iter().enumerate() {
        rounds.states().iter().for_each(|&state| within[state] = Some(number));
    }
    let mut edges = Vec::new();
    let mut is_told = vec![false; rounds.len()];
    for &state in &net.order {
        if let Some(number) = within[state].filter(|&number| !std::mem::replace(&mut is_told[number], true)) {
            let jumps = rounds[number].jumps(&net.entries(rounds[number].states())).into_iter();
            edges.extend(jumps.map(|(from, to, sum)| Edge { from: count + from, to, sum }));
        }
        for (leg, found) in net.visits[state].legs.iter().enumerate() {
            let To::State(target) = found.to else { continue };
            match within[target] {
                Some(number) if within[state] == Some(number) => {}
                Some(_) => edges.push(Edge { from: state, to: count + target, sum: step(state, leg) }),
                None => edges.push(Edge { from: state, to: target, sum: step(state, leg) }),
            }
        }
    }
    (edges, within.iter().map(Option::is_some).collect())
}
