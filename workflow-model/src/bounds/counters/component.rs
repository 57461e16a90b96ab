//! A strongly connected component, and whether a number bounds the rounds through it.

use std::collections::{BTreeMap, BTreeSet};

use super::guard::{Guard, Limit};
use super::rounds::Turns;
use super::value::{Slot, Value};
use super::{Counter, Flow, start};
use crate::bounds::visit::To;

/// A strongly connected component.
pub(super) struct Component<'a> {
    flow: &'a Flow<'a>,
    states: Vec<usize>,
    /// The legs that stay in it, those of each state together.
    legs: Vec<(usize, usize, usize)>,
    /// Of those, the ones that lead to each state.
    into: BTreeMap<usize, Vec<(usize, usize)>>,
}

/// A leg within a component, by which a number changes.
#[derive(Clone, Copy)]
pub(super) struct Change {
    pub(super) from: usize,
    leg: usize,
    pub(super) to: usize,
    pub(super) plus: i128,
    /// Up to which number it is gone along, where it has a guard: of a number that shrinks, the negative of it.
    pub(super) limit: Option<Option<i128>>,
}

impl<'a> Component<'a> {
    pub(super) fn new(flow: &'a Flow<'a>, states: Vec<usize>) -> Self {
        let is_inner: BTreeSet<usize> = states.iter().copied().collect();
        let mut legs = Vec::new();
        let mut into: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
        for &from in &states {
            for (leg, found) in flow.net.visits[from].legs.iter().enumerate() {
                let To::State(to) = found.to else { continue };
                if is_inner.contains(&to) {
                    legs.push((from, leg, to));
                    into.entry(to).or_default().push((from, leg));
                }
            }
        }
        Component { flow, states, legs, into }
    }

    /// The counter that allows the fewest rounds.
    pub(super) fn counter(&self) -> Option<Counter> {
        let guards = self.legs.iter().flat_map(|&(from, leg, _)| {
            let handed = self.flow.handed(from, leg);
            handed.into_iter().flat_map(move |handed| handed.guards.iter().map(move |guard| (from, leg, guard)))
        });
        let counters = guards.filter_map(|(from, leg, guard)| self.counted_by((from, leg), guard));
        counters.min_by_key(|counter| counter.rounds.unwrap_or(u64::MAX))
    }

    /// The counter that the number in a guard's slot is, if it is one.
    fn counted_by(&self, (state, leg): (usize, usize), guard: &Guard) -> Option<Counter> {
        let slots = self.slots(state, &guard.slot)?;
        let (changes, sign) = self.changes(&slots, guard.limit)?;
        // What is left has an end without the steps, and without the guards.
        let unchanged = self.order(&changes, |change| change.plus == 0)?;
        let states = self.order(&changes, |change| change.limit.is_none())?;
        let turns = Turns { changes: &changes, unchanged: &unchanged, unguarded: &states };
        let start = start::least(self.flow, &self.states, &slots, sign);
        let limits: Option<Vec<i128>> = changes.iter().filter_map(|change| change.limit).collect();
        let limit = limits.and_then(|limits| limits.into_iter().max());
        if matches!(guard.limit, Limit::Not(_)) {
            // One that begins beyond the number never meets it.
            let greatest = start::least(self.flow, &self.states, &slots, -sign)?.checked_neg()?;
            if !turns.meet(greatest, limit?) {
                return None;
            }
        }
        let entries = self.flow.net.entries(&self.states);
        let transition = self.flow.legs[state][leg].as_ref().map(|(transition, _)| *transition)?;
        Some(Counter {
            guards: changes
                .iter()
                .filter(|change| change.limit.is_some())
                .map(|change| (change.from, change.leg))
                .collect(),
            rounds: limit.zip(start).and_then(|(limit, start)| turns.rounds(&entries, start, limit)),
            text: guard.text.clone(),
            guarded: (state, transition),
            states,
        })
    }

    /// In which slot each state has the number that is in this one in that state, going back along all legs.
    fn slots(&self, state: usize, slot: &Slot) -> Option<BTreeMap<usize, Slot>> {
        let mut slots = BTreeMap::from([(state, slot.clone())]);
        let mut left = vec![state];
        while let Some(to) = left.pop() {
            let slot = slots[&to].clone();
            for &(from, leg) in self.into.get(&to).into_iter().flatten() {
                let Value::Part(before, _) = self.flow.handed(from, leg)?.slot(&slot) else { return None };
                match slots.get(&from) {
                    Some(known) if *known == before => {}
                    Some(_) => return None,
                    None => {
                        slots.insert(from, before);
                        left.push(from);
                    }
                }
            }
        }
        Some(slots)
    }

    /// How each leg changes the number, and whether it grows, 1, or shrinks, -1.
    fn changes(&self, slots: &BTreeMap<usize, Slot>, like: Limit) -> Option<(Vec<Change>, i128)> {
        let change = |&(from, leg, to): &(usize, usize, usize)| match self.flow.handed(from, leg)?.slot(slots.get(&to)?)
        {
            Value::Part(_, plus) => Some(Change { from, leg, to, plus, limit: None }),
            _ => None,
        };
        let mut changes: Vec<Change> = self.legs.iter().map(change).collect::<Option<_>>()?;
        let sign = if changes.iter().any(|change| change.plus < 0) { -1 } else { 1 };
        for change in &mut changes {
            if change.plus * sign < 0 {
                return None;
            }
            let (handed, slot) = (self.flow.handed(change.from, change.leg)?, slots.get(&change.from)?);
            let guards = handed.guards.iter().filter(|guard| guard.slot == *slot);
            change.limit =
                guards.filter_map(|guard| guard.limit.of(sign, like)).min_by_key(|limit| limit.unwrap_or(i128::MAX));
        }
        Some((changes, sign))
    }

    /// The states, each before those that it leads to by the legs that `keep` accepts. `None` where these have a cycle.
    fn order(&self, changes: &[Change], keep: impl Fn(&Change) -> bool) -> Option<Vec<usize>> {
        let mut before: BTreeMap<usize, usize> = self.states.iter().map(|&state| (state, 0)).collect();
        let mut behind: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for change in changes.iter().filter(|change| keep(change)) {
            *before.entry(change.to).or_default() += 1;
            behind.entry(change.from).or_default().push(change.to);
        }
        let mut ready: Vec<usize> = self.states.iter().copied().filter(|state| before[state] == 0).collect();
        let mut order = Vec::new();
        while let Some(state) = ready.pop() {
            order.push(state);
            for &to in behind.get(&state).into_iter().flatten() {
                let count = before.entry(to).or_default();
                *count -= 1;
                if *count == 0 {
                    ready.push(to);
                }
            }
        }
        (order.len() == self.states.len()).then_some(order)
    }
}
