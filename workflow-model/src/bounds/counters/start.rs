//! What a counter begins with.

use std::collections::BTreeMap;

use super::Flow;
use super::value::{Slot, Value};
use crate::bounds::visit::To;

/// The least number with which a component is entered whose states have it in these slots; the greatest, and that negative, where the
/// number shrinks. `None`: that is not known.
pub(super) fn least(flow: &Flow<'_>, states: &[usize], slots: &BTreeMap<usize, Slot>, sign: i128) -> Option<i128> {
    let mut origin = Origin { flow, sign, within: states, found: BTreeMap::new() };
    let mut least = None;
    for (&state, slot) in slots {
        if let Some(found) = origin.of(state, slot)? {
            least = Some(least.map_or(found, |least: i128| least.min(found)));
        }
    }
    least
}

/// How many slots are looked at.
const ENOUGH: usize = 1_000;

/// A search back along the legs that lead to a state.
struct Origin<'a> {
    flow: &'a Flow<'a>,
    sign: i128,
    /// The component, whose own legs are not followed.
    within: &'a [usize],
    /// What was found, or is being looked for, which is not known then.
    found: BTreeMap<(usize, Slot), Least>,
}

/// `None`: it is not known. `Some(None)`: nothing leads there.
type Least = Option<Option<i128>>;

impl Origin<'_> {
    fn of(&mut self, state: usize, slot: &Slot) -> Least {
        let key = (state, slot.clone());
        if let Some(found) = self.found.get(&key) {
            return *found;
        }
        if self.found.len() > ENOUGH {
            return None;
        }
        self.found.insert(key.clone(), None);
        let least = self.search(state, slot);
        self.found.insert(key, least);
        least
    }

    fn search(&mut self, state: usize, slot: &Slot) -> Least {
        let mut all = Vec::new();
        if state == self.flow.net.start {
            match slot {
                Slot::Input(_) => return None,
                Slot::Variable(name) => all.push(self.flow.known.first_value(name)?.checked_mul(self.sign)?),
            }
        }
        let is_inner = |state| self.within.contains(&state);
        let legs = self.flow.net.legs().filter(|(_, _, leg)| leg.to == To::State(state));
        for (from, leg, _) in legs.filter(|&(from, _, _)| !(is_inner(from) && is_inner(state))) {
            match self.flow.handed(from, leg)?.slot(slot) {
                Value::Number(number) => all.push(number.checked_mul(self.sign)?),
                Value::Part(before, plus) => {
                    let number = self.of(from, &before)?;
                    all.extend(number.map(|number| number.saturating_add(plus.saturating_mul(self.sign))));
                }
                _ => return None,
            }
        }
        Some(all.into_iter().min())
    }
}
