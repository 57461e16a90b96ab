//! Whether a nested workflow has room in its parent: known when rustc knows both, and told by a constant that cannot be evaluated.

use std::time::Duration;

use workflow_model::bounds::Bounds;

/// What a parent knows of a workflow that it nests.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct ChildInfo {
    /// Its name.
    pub name: &'static str,
    /// Its own timeout.
    pub timeout: Option<Duration>,
    /// What its executions take.
    pub bounds: Bounds,
}

/// The time that a state leaves for a nested workflow.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Room {
    /// The state.
    pub state: &'static str,
    /// The state's own timeout.
    pub timeout: Option<Duration>,
    /// The longest time that an execution of the parent may take.
    pub whole: Option<Duration>,
}

/// Refuses a nested workflow that may take longer than its parent, or that takes longer than it is given.
///
/// # Panics
///
/// Then.
#[doc(hidden)]
#[track_caller]
pub const fn fits(child: &ChildInfo, room: &Room) {
    let (least, given) = (child.bounds.shortest, shorter(room.timeout, room.whole));
    if let Some(given) = given
        && is_longer(least, given)
    {
        let text = Text::new().quoted(child.name).then(" takes ").time(least).then(" at least, but `").then(room.state);
        let text = text.then("` has ").time(given).then(" for it, so it never comes to its end");
        panic!("{}", text.then("\nhelp: give it more time: `timeout = \"").time(least).then("\"` or more").as_str());
    }
    if let (None, Some(timeout), Some(whole)) = (room.timeout, child.timeout, room.whole)
        && is_longer(timeout, whole)
    {
        let text = Text::new().then("the timeout of ").quoted(child.name).then(" (").time(timeout);
        let text = text.then(") is beyond the workflow's own (").time(whole);
        let text = text.then("), which would end while it waits for it in `").then(room.state).then("`");
        let text = text.then("\nhelp: say how long it may take here, as in `timeout = \"").time(whole);
        panic!("{}", text.then("\"`, or give this workflow more time").as_str());
    }
}

const fn shorter(left: Option<Duration>, right: Option<Duration>) -> Option<Duration> {
    match (left, right) {
        (Some(left), Some(right)) => Some(if is_longer(left, right) { right } else { left }),
        (Some(one), None) | (None, Some(one)) => Some(one),
        (None, None) => None,
    }
}

const fn is_longer(left: Duration, right: Duration) -> bool {
    left.as_nanos() > right.as_nanos()
}

/// A text that a constant is made with, as `format!` is not for constants. What does not fit is left out.
#[derive(Clone, Copy)]
struct Text {
    bytes: [u8; Text::LONGEST],
    length: usize,
}

impl Text {
    const LONGEST: usize = 1024;

    const fn new() -> Self {
        Text { bytes: [0; Text::LONGEST], length: 0 }.then("W0315: ")
    }

    const fn then(mut self, text: &str) -> Self {
        let text = text.as_bytes();
        let mut index = 0;
        while index < text.len() && self.length + text.len() - index <= Text::LONGEST {
            self.bytes[self.length] = text[index];
            self.length += 1;
            index += 1;
        }
        self
    }

    const fn quoted(self, text: &str) -> Self {
        self.then("`").then(text).then("`")
    }

    /// As [`duration::Display`](workflow_model::duration::Display) writes it.
    const fn time(mut self, time: Duration) -> Self {
        let mut millis = time.as_millis();
        if millis == 0 {
            return self.then("0s");
        }
        let units = [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1)];
        let mut index = 0;
        let mut is_first = true;
        while index < units.len() {
            let (unit, length) = units[index];
            if millis >= length {
                self = self.then(if is_first { "" } else { " " }).number(millis / length).then(unit);
                millis %= length;
                is_first = false;
            }
            index += 1;
        }
        self
    }

    const fn number(self, number: u128) -> Self {
        let digits = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
        let rest = if number >= 10 { self.number(number / 10) } else { self };
        rest.then(digits[(number % 10) as usize])
    }

    const fn as_str(&self) -> &str {
        match std::str::from_utf8(self.bytes.split_at(self.length).0) {
            Ok(text) => text,
            Err(_) => "W0315: a nested workflow may take longer than its parent",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLL: ChildInfo = ChildInfo {
        name: "Poll",
        timeout: Some(Duration::from_secs(7_200)),
        bounds: Bounds { shortest: Duration::from_secs(90), ..Bounds::UNKNOWN },
    };

    fn room(timeout: Option<u64>, whole: Option<u64>) -> Room {
        Room { state: "run", timeout: timeout.map(Duration::from_secs), whole: whole.map(Duration::from_secs) }
    }

    #[test]
    fn what_fits() {
        for room in
            [room(None, None), room(None, Some(7_200)), room(Some(90), Some(90)), room(Some(3_600), Some(3_600))]
        {
            fits(&POLL, &room);
        }
    }

    #[test]
    #[should_panic(expected = "W0315: `Poll` takes 1m 30s at least, but `run` has 1m 29s for it")]
    fn more_than_the_state_gives() {
        fits(&POLL, &room(Some(89), Some(3_600)));
    }

    #[test]
    #[should_panic(expected = "the timeout of `Poll` (2h) is beyond the workflow's own (1h 59m 59s), which")]
    fn more_than_the_parent_may_take() {
        fits(&POLL, &room(None, Some(7_199)));
    }
}
