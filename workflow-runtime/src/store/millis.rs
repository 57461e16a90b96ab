//! Times as stores keep them: whole milliseconds since 1970.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A time in milliseconds since 1970, which may be before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Millis(pub(super) i64);

impl Millis {
    /// The millisecond that this time is in.
    pub(super) fn of(time: SystemTime) -> Self {
        match time.duration_since(UNIX_EPOCH) {
            Ok(since) => Millis(saturated(since.as_millis())),
            Err(before) => Millis(-saturated(before.duration().as_nanos().div_ceil(1_000_000))),
        }
    }

    /// The first millisecond that is not before this time.
    pub(super) fn not_before(time: SystemTime) -> Self {
        let Millis(floor) = Millis::of(time);
        if Millis(floor).time() < time { Millis(floor.saturating_add(1)) } else { Millis(floor) }
    }

    /// The beginning of the millisecond. A time that the operating system cannot express is the epoch's.
    pub(super) fn time(self) -> SystemTime {
        let away = Duration::from_millis(self.0.unsigned_abs());
        let time = if self.0 < 0 { UNIX_EPOCH.checked_sub(away) } else { UNIX_EPOCH.checked_add(away) };
        time.unwrap_or(UNIX_EPOCH)
    }
}

fn saturated(millis: u128) -> i64 {
    i64::try_from(millis).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_between_two_milliseconds_is_rounded_either_way() {
        let time = UNIX_EPOCH + Duration::from_micros(1_500);
        assert_eq!((Millis::of(time), Millis::not_before(time)), (Millis(1), Millis(2)));
        let before = UNIX_EPOCH - Duration::from_micros(1_500);
        assert_eq!((Millis::of(before), Millis::not_before(before)), (Millis(-2), Millis(-1)));
    }

    #[test]
    fn a_whole_millisecond_stays_as_it_is() {
        for millis in [0, 1, 1_700_000_000_123, -5, i64::MAX] {
            let time = Millis(millis).time();
            assert_eq!((Millis::of(time), Millis::not_before(time)), (Millis(millis), Millis(millis)));
        }
    }
}
