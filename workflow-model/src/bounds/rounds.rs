//! The best way through a component whose rounds a counter bounds.
//!
//! Without the guarded legs a component has no cycle. What is best from one of these to the next is a table; the table taken to the power
//! of the rounds is the best of all of them.

use std::collections::BTreeMap;

use super::counters::Counter;
use super::net::Net;
use super::visit::To;
use super::walks::{Price, Sum};

/// More guards in a component than that, and it is left to the timeout: the table grows with their square.
const MOST_GUARDS: usize = 12;

/// The best from somewhere to each guard, or to each state.
type Row = Vec<Option<Sum>>;

/// The ways through a component at a price.
pub(super) struct Rounds<'a> {
    net: &'a Net,
    counter: &'a Counter,
    rounds: u64,
    price: Price,
    /// What it takes to leave a state by a leg.
    step: &'a dyn Fn(usize, usize) -> Sum,
    /// The position of each state in the counter's order.
    position: BTreeMap<usize, usize>,
}

impl<'a> Rounds<'a> {
    /// `None` where nothing is known of how many rounds there are.
    pub(super) fn new(
        net: &'a Net,
        counter: &'a Counter,
        price: Price,
        step: &'a dyn Fn(usize, usize) -> Sum,
    ) -> Option<Self> {
        let rounds = counter.rounds.filter(|_| counter.guards.len() <= MOST_GUARDS)?;
        let position = counter.states.iter().enumerate().map(|(position, &state)| (state, position)).collect();
        Some(Rounds { net, counter, rounds, price, step, position })
    }

    /// The states of the component.
    pub(super) fn states(&self) -> &[usize] {
        &self.counter.states
    }

    /// What it takes from each of the entries to each state of the component that can be reached from it.
    pub(super) fn jumps(&self, entries: &[usize]) -> Vec<(usize, usize, Sum)> {
        let power = self.rounds.checked_sub(1).map(|rounds| self.power(rounds));
        let behind: Vec<Row> = self.counter.guards.iter().map(|&step| self.between(self.target(step))).collect();
        let mut jumps = Vec::new();
        for &entry in entries {
            let mut best = self.between(entry);
            if let Some(power) = &power {
                let first = self.to_guards(&best);
                let last = self.product(&first, power);
                for (before, row) in last.iter().zip(&behind) {
                    let Some(before) = before else { continue };
                    for (best, after) in best.iter_mut().zip(row) {
                        *best = self.better(*best, after.map(|after| before.and(after)));
                    }
                }
            }
            let reached = self.counter.states.iter().zip(best);
            jumps.extend(reached.filter_map(|(&state, sum)| Some((entry, state, sum?))));
        }
        jumps
    }

    fn target(&self, (state, leg): (usize, usize)) -> usize {
        match self.net.visits[state].legs[leg].to {
            To::State(target) => target,
            To::Success | To::Failure => state,
        }
    }

    /// The best from a state to each without a guard.
    fn between(&self, first: usize) -> Row {
        let mut best: Row = vec![None; self.counter.states.len()];
        best[self.position[&first]] = Some(Sum::default());
        for (position, &state) in self.counter.states.iter().enumerate() {
            let Some(before) = best[position] else { continue };
            for (number, leg) in self.net.visits[state].legs.iter().enumerate() {
                let To::State(target) = leg.to else { continue };
                let Some(&target) = self.position.get(&target) else { continue };
                if !self.counter.guards.contains(&(state, number)) {
                    best[target] = self.better(best[target], Some(before.and((self.step)(state, number))));
                }
            }
        }
        best
    }

    /// The best through each of the guards, of a row of the best to each state.
    fn to_guards(&self, best: &[Option<Sum>]) -> Row {
        let by = |&(state, leg): &(usize, usize)| Some(best[self.position[&state]]?.and((self.step)(state, leg)));
        self.counter.guards.iter().map(by).collect()
    }

    /// So many rounds or fewer, from guard to guard.
    fn power(&self, mut rounds: u64) -> Vec<Row> {
        let count = self.counter.guards.len();
        let stay = |step: usize| (0..count).map(|other| (step == other).then(Sum::default)).collect::<Row>();
        let mut power: Vec<Row> = (0..count).map(stay).collect();
        let mut square: Vec<Row> = Vec::with_capacity(count);
        for (number, &step) in self.counter.guards.iter().enumerate() {
            let round = self.to_guards(&self.between(self.target(step)));
            let either = round.into_iter().zip(stay(number)).map(|(round, stay)| self.better(stay, round));
            square.push(either.collect());
        }
        while rounds > 0 {
            if rounds % 2 == 1 {
                power = power.iter().map(|row| self.product(row, &square)).collect();
            }
            square = square.iter().map(|row| self.product(row, &square)).collect();
            rounds /= 2;
        }
        power
    }

    fn product(&self, row: &[Option<Sum>], table: &[Row]) -> Row {
        let mut product: Row = vec![None; row.len()];
        for (before, by) in row.iter().zip(table) {
            let Some(before) = before else { continue };
            for (best, after) in product.iter_mut().zip(by) {
                *best = self.better(*best, after.map(|after| before.and(after)));
            }
        }
        product
    }

    fn better(&self, one: Option<Sum>, other: Option<Sum>) -> Option<Sum> {
        match (one, other) {
            (Some(one), Some(other)) => Some(if self.price.worth(other) > self.price.worth(one) { other } else { one }),
            (one, other) => one.or(other),
        }
    }
}
