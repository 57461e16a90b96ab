//! The longest time: the longest path, where no cycle is without a counter.

use super::net::Net;
use super::schedule::Millis;
use super::walks::{Price, Sum, Walks};

/// The longest time from the start to an end. `None` where nothing but a timeout bounds it: there is a cycle that no counter bounds, or
/// a state whose longest time is not known.
pub(crate) fn longest(net: &Net) -> Option<Millis> {
    let time = |state: usize| net.visits[state].longest;
    if net.order.iter().any(|&state| time(state).is_none()) {
        return None;
    }
    let step = |state: usize, _| Sum { count: time(state).unwrap_or_default(), time: 0 };
    let walks = Walks::new(net, net.start, Price::NONE, &step).ok()?;
    let exits = net.order.iter().filter_map(|&state| Some(walks.to(state)?.count.saturating_add(time(state)?)));
    exits.max()
}
