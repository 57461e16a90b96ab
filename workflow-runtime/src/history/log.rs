//! How the events of an execution are kept: smaller than they are handed out, as there may be many.

use std::time::{Duration, SystemTime};

use super::{Event, EventDetail};

/// The events of an execution so far.
#[derive(Debug, Default)]
pub(crate) struct Log {
    /// How many events came before, which are kept elsewhere.
    before: u64,
    kept: Vec<Kept>,
}

/// An event, but for its number, which is its position.
#[derive(Debug)]
struct Kept {
    time: Stamp,
    previous: u64,
    detail: EventDetail,
}

impl Log {
    /// The log behind so many events, which are kept elsewhere.
    pub(crate) fn behind(before: u64) -> Self {
        Log { before, kept: Vec::new() }
    }

    /// The number of the first event that is kept here.
    pub(crate) fn first(&self) -> u64 {
        self.before + 1
    }

    /// The number of the next event.
    pub(crate) fn next(&self) -> u64 {
        self.before + self.kept.len() as u64 + 1
    }

    /// Adds the next event.
    pub(crate) fn push(&mut self, event: Event) {
        debug_assert_eq!(event.id, self.next(), "events are numbered one after the other");
        let Event { id: _, previous_event_id: previous, timestamp, detail } = event;
        self.kept.push(Kept { time: timestamp.into(), previous, detail });
    }

    /// The event behind the first `seen`.
    pub(crate) fn get(&self, seen: usize) -> Option<Event> {
        let position = seen.checked_sub(usize::try_from(self.before).ok()?)?;
        self.kept.get(position).map(|kept| kept.event(seen as u64 + 1))
    }

    /// All events that are kept here.
    pub(crate) fn events(&self) -> Vec<Event> {
        (self.first()..).zip(&self.kept).map(|(id, kept)| kept.event(id)).collect()
    }

    /// Gives back the room for more events, of which a short history may have as much as of events.
    pub(crate) fn rest(&mut self) {
        const SHORT: usize = 32;
        if self.kept.len() <= SHORT {
            self.kept.shrink_to_fit();
        }
    }
}

impl Kept {
    fn event(&self, id: u64) -> Event {
        Event { id, previous_event_id: self.previous, timestamp: self.time.into(), detail: self.detail.clone() }
    }
}

/// A time of the calendar, to the nanosecond, between 1970 and 2554: half as large as a [`SystemTime`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stamp(u64);

impl From<SystemTime> for Stamp {
    fn from(time: SystemTime) -> Self {
        let since = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        Stamp(u64::try_from(since.as_nanos()).unwrap_or(u64::MAX))
    }
}

impl From<Stamp> for SystemTime {
    fn from(Stamp(nanos): Stamp) -> Self {
        SystemTime::UNIX_EPOCH + Duration::from_nanos(nanos)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A hundred thousand executions have a million events.
    #[test]
    fn events_stay_small() {
        assert!(size_of::<EventDetail>() <= 48, "box what is rare: a detail takes {} bytes", size_of::<EventDetail>());
        assert_eq!(size_of::<Kept>(), size_of::<EventDetail>() + 16);
    }

    #[test]
    fn a_stamp_is_exact() {
        let time = SystemTime::UNIX_EPOCH + Duration::new(1_795_374_000, 123_456_789);
        assert_eq!(SystemTime::from(Stamp::from(time)), time);
        assert_eq!(Stamp::from(SystemTime::UNIX_EPOCH - Duration::from_secs(1)), Stamp(0));
    }
}
