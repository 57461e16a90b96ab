//! The longest time: the longest path, where there is no cycle.

use super::net::Net;
use super::schedule::Millis;
use super::visit::To;

/// The longest time from the start to an end. `None` where nothing but a timeout bounds it: there is a cycle, or a state
/// whose longest time is not known.
pub(crate) fn longest(net: &Net) -> Option<Millis> {
    let mut rank = vec![0; net.visits.len()];
    for (position, &state) in net.order.iter().enumerate() {
        rank[state] = position;
    }
    let goes_back = |(state, _, leg): (usize, usize, &super::visit::Leg)| matches!(leg.to, To::State(target) if rank[target] <= rank[state]);
    if net.legs().any(goes_back) {
        return None;
    }
    let mut entry: Vec<Millis> = vec![0; net.visits.len()];
    let mut longest = 0;
    for &state in &net.order {
        let visit = &net.visits[state];
        let exit = entry[state].saturating_add(visit.longest?);
        longest = longest.max(exit);
        for leg in &visit.legs {
            if let To::State(target) = leg.to {
                entry[target] = entry[target].max(exit);
            }
        }
    }
    Some(longest)
}
