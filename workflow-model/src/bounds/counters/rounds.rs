//! How often guards let executions through.

use std::collections::BTreeMap;

use super::component::Change;

/// The legs of a component, some of which change the number, and some of which it guards.
pub(super) struct Turns<'a> {
    pub(super) changes: &'a [Change],
    /// The states, each before those that it leads to without a change of the number.
    pub(super) unchanged: &'a [usize],
    /// The states, each before those that it leads to without a guard.
    pub(super) unguarded: &'a [usize],
}

impl Turns<'_> {
    /// How many guards there are on the way at most, of a number that begins with `start` and passes them up to `limit`; of one that shrinks,
    /// both are negative.
    ///
    /// While the number stays as it is, no guard is met twice. Each time it grows, it is nearer to the limit.
    pub(super) fn rounds(&self, entries: &[usize], start: i128, limit: i128) -> Option<u64> {
        let least = self.changes.iter().map(|change| change.plus.abs()).filter(|&plus| plus > 0).min()?;
        let before_the_first = self.fewest_steps(entries)?;
        let room = limit.checked_sub(start)?.checked_sub(least.checked_mul(before_the_first.into())?)?;
        let values = if room < 0 { 0 } else { u64::try_from(room / least).ok()?.checked_add(1)? };
        values.checked_mul(self.guards_of_a_value())
    }

    /// Whether a number that begins with `start` at most is `limit + 1` at some guard: it must not be stepped over.
    pub(super) fn meet(&self, start: i128, limit: i128) -> bool {
        let in_ones = self.changes.iter().all(|change| change.plus.abs() <= 1);
        let steps = self.most_steps();
        let behind = |change: &Change| u64::from(change.plus != 0) + steps.get(&change.to).copied().unwrap_or_default();
        let guards = self.changes.iter().filter(|change| change.limit.is_some());
        let before_the_first = steps.values().copied().max().unwrap_or_default();
        let begins_before = start.saturating_add(before_the_first.into()) <= limit.saturating_add(1);
        in_ones && begins_before && guards.map(behind).max().unwrap_or_default() <= 1
    }

    /// The most guards that one value passes.
    fn guards_of_a_value(&self) -> u64 {
        let mut most: BTreeMap<usize, u64> = BTreeMap::new();
        for (state, leaving) in self.backwards(self.unchanged) {
            let guards = |change: &&Change| {
                let behind = if change.plus == 0 { most.get(&change.to).copied().unwrap_or_default() } else { 0 };
                u64::from(change.limit.is_some()) + behind
            };
            let found = leaving.iter().map(guards).max().unwrap_or_default();
            most.insert(state, found);
        }
        most.values().copied().max().unwrap_or_default()
    }

    /// From each state, the most steps before a guard.
    fn most_steps(&self) -> BTreeMap<usize, u64> {
        let mut most: BTreeMap<usize, u64> = BTreeMap::new();
        for (state, leaving) in self.backwards(self.unguarded) {
            let free = leaving.iter().filter(|change| change.limit.is_none());
            let steps = free
                .map(|change| u64::from(change.plus != 0) + most.get(&change.to).copied().unwrap_or_default())
                .max();
            most.insert(state, steps.unwrap_or_default());
        }
        most
    }

    /// From some of these states, the fewest steps before a guard. `None`: there is no guard behind them.
    fn fewest_steps(&self, entries: &[usize]) -> Option<u64> {
        let mut fewest: BTreeMap<usize, u64> = BTreeMap::new();
        for (state, leaving) in self.backwards(self.unguarded) {
            let steps = |change: &&Change| match change.limit {
                Some(_) => Some(0),
                None => Some(fewest.get(&change.to)? + u64::from(change.plus != 0)),
            };
            if let Some(found) = leaving.iter().filter_map(steps).min() {
                fewest.insert(state, found);
            }
        }
        entries.iter().filter_map(|entry| fewest.get(entry).copied()).min()
    }

    /// The states of an order, the last first, with the legs that leave each.
    fn backwards(&self, order: &[usize]) -> Vec<(usize, Vec<&Change>)> {
        let mut leaving: BTreeMap<usize, Vec<&Change>> = BTreeMap::new();
        self.changes.iter().for_each(|change| leaving.entry(change.from).or_default().push(change));
        order.iter().rev().map(|&state| (state, leaving.remove(&state).unwrap_or_default())).collect()
    }
}
