//! The times between attempts, in whole milliseconds, which is what both clocks count in.

use std::time::Duration;

use crate::states::{Backoff, Jitter};

/// A time in milliseconds.
pub(crate) type Millis = u64;

/// The whole milliseconds in a time.
pub(crate) fn millis_down(time: Duration) -> Millis {
    Millis::try_from(time.as_millis()).unwrap_or(Millis::MAX)
}

/// The milliseconds of a time, a part of one counted as a whole.
pub(crate) fn millis_up(time: Duration) -> Millis {
    let part = u64::from(!time.subsec_nanos().is_multiple_of(1_000_000));
    millis_down(time).saturating_add(part)
}

/// The same as a [`Duration`].
pub(crate) fn duration(millis: Millis) -> Duration {
    Duration::from_millis(millis)
}

/// How many delays are added up one by one. Those behind count like the last of them, or the longest of all.
const COUNTED: u64 = 1_000;

/// The delays of one retrier, which never shrink.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Delays {
    backoff: Backoff,
    /// What each attempt takes at least before it fails in the way that is retried.
    attempt: Millis,
    /// How often each delay comes.
    times: u64,
}

impl Delays {
    pub(crate) fn new(backoff: Backoff, attempt: Millis) -> Self {
        Delays { backoff, attempt, times: 1 }
    }

    /// The delays of so many things that are retried one after the other, the shortest of them first.
    pub(crate) fn repeated(self, times: u64) -> Self {
        Delays { times: times.max(1), ..self }
    }

    /// The shortest time from the attempt before the `retry`-th retry, counted from 0, to that retry.
    pub(crate) fn shortest(&self, retry: u64) -> Millis {
        let delay = match self.backoff.jitter {
            Jitter::None => millis_down(self.delay(retry)),
            Jitter::Full => 0,
        };
        delay.saturating_add(self.attempt)
    }

    /// The shortest time that so many retries take.
    pub(crate) fn shortest_of(&self, retries: u64) -> Millis {
        let counted = retries.min(COUNTED);
        let sum = (0..counted).map(|retry| self.shortest(retry)).fold(0, Millis::saturating_add);
        sum.saturating_add(self.shortest(COUNTED).saturating_mul(retries - counted))
    }

    /// The longest time that so many retries take between the attempts.
    pub(crate) fn longest_of(&self, retries: u64) -> Millis {
        let counted = retries.min(COUNTED);
        let sum = (0..counted).map(|retry| millis_up(self.delay(retry))).fold(0, Millis::saturating_add);
        let rest = retries - counted;
        if rest == 0 { sum } else { sum.saturating_add(millis_up(self.delay(retries)).saturating_mul(rest)) }
    }

    /// How many retries, of `count`, come at a time of at most `longest` each.
    pub(crate) fn within(&self, longest: Millis, count: u64) -> u64 {
        let (mut taken, mut left) = (0, count);
        while left > 0 {
            let middle = taken + (left - 1) / 2;
            if self.shortest(middle) <= longest {
                left -= middle + 1 - taken;
                taken = middle + 1;
            } else {
                left = middle - taken;
            }
        }
        taken
    }

    /// What all these times are multiples of, 0 when they are nothing.
    pub(crate) fn step(&self, count: u64) -> Millis {
        let counted = count.min(COUNTED);
        let step = (0..counted).map(|retry| self.shortest(retry)).fold(0, gcd);
        let grows = count > COUNTED && self.shortest(COUNTED) != self.shortest(count);
        if grows { 1 } else { gcd(step, if count > COUNTED { self.shortest(COUNTED) } else { 0 }) }
    }

    fn delay(&self, retry: u64) -> Duration {
        self.backoff.delay(u32::try_from(retry / self.times).unwrap_or(u32::MAX))
    }
}

/// The greatest common divisor.
pub(crate) fn gcd(left: u64, right: u64) -> u64 {
    if right == 0 { left } else { gcd(right, left % right) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn delays(jitter: Jitter) -> Delays {
        let max_delay = Some(Duration::from_secs(5));
        Delays::new(Backoff { interval: Duration::from_secs(1), max_delay, jitter, ..Backoff::default() }, 100)
    }

    #[test]
    fn sums() {
        let delays = delays(Jitter::None);
        assert_eq!((0..5).map(|retry| delays.shortest(retry)).collect::<Vec<_>>(), [1_100, 2_100, 4_100, 5_100, 5_100]);
        assert_eq!((delays.shortest_of(4), delays.longest_of(4)), (12_400, 12_000));
        let far = 1_000_000;
        assert_eq!(delays.longest_of(far), 7_000 + (far - 3) * 5_000);
        assert_eq!(delays.shortest_of(far), 7_300 + (far - 3) * 5_100);
    }

    #[test]
    fn jitter_leaves_nothing_certain() {
        let delays = delays(Jitter::Full);
        assert_eq!((delays.shortest_of(4), delays.longest_of(4)), (400, 12_000));
    }

    #[test]
    fn how_many_are_short() {
        let delays = delays(Jitter::None);
        let taken = |longest| delays.within(longest, 10);
        assert_eq!([1_099, 1_100, 2_099, 4_100, 5_099, 5_100].map(taken), [0, 1, 1, 3, 3, 10]);
    }
}
