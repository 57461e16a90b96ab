//! Intervals that grow: [`Pace`].

use std::time::Duration;

/// How long to wait between calls of which nobody knows how many it takes: each time half as long again, up to a limit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pace {
    next: Duration,
    longest: Duration,
}

impl Pace {
    /// For calls that failed and may succeed later.
    pub(crate) const AGAIN: Pace = Pace { next: Duration::from_secs(1), longest: Duration::from_secs(30) };

    /// From `first` on. A `longest` that is shorter is as long as `first`.
    pub(crate) fn new(first: Duration, longest: Duration) -> Self {
        Pace { next: first, longest: longest.max(first) }
    }

    /// The interval now; the following one is longer.
    pub(crate) fn step(&mut self) -> Duration {
        let interval = self.next;
        self.next = interval.saturating_add(interval / 2).min(self.longest);
        interval
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_grow_to_the_longest() {
        let mut pace = Pace::new(Duration::from_secs(4), Duration::from_secs(10));
        assert_eq!([(); 4].map(|()| pace.step().as_secs()), [4, 6, 9, 10]);
        let mut steady = Pace::new(Duration::from_secs(4), Duration::ZERO);
        assert_eq!([(); 2].map(|()| steady.step().as_secs()), [4, 4]);
    }
}
