//! Whether a nested workflow has room in its parent: known when rustc knows both, and told by a constant that cannot be evaluated.

use std::time::Duration;

use workflow_model::bounds::Bounds;

use crate::constant_text::Text;

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
        let text = Text::new("W0315: ")
            .quoted(child.name)
            .then(" takes ")
            .time(least)
            .then(" at least, but `")
            .then(room.state);
        let text = text.then("` has ").time(given).then(" for it, so it never comes to its end");
        panic!("{}", text.then("\nhelp: give it more time: `timeout = \"").time(least).then("\"` or more").as_str());
    }
    if let (None, Some(timeout), Some(whole)) = (room.timeout, child.timeout, room.whole)
        && is_longer(timeout, whole)
    {
        let text = Text::new("W0315: ").then("the timeout of ").quoted(child.name).then(" (").time(timeout);
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
