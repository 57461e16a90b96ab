//! Where an execution is, as its events tell it: the states that it is in, those of branches below the state that has them.

use std::collections::{BTreeMap, HashMap};

use crate::ExecutionId;
use crate::history::{Event, EventDetail};

/// The states that an execution is in.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// By their places, in whose order they are shown.
    states: BTreeMap<Place, State>,
    /// Where the state behind an event belongs.
    behind: HashMap<u64, Place>,
}

/// The numbers of the branches that lead to a state, from the outermost.
type Place = Vec<usize>;

/// A state that the execution is in.
#[derive(Debug)]
pub(super) struct State {
    name: &'static str,
    /// The last event of its own.
    last: u64,
    attempts: u32,
    /// How many branches have begun.
    branches: usize,
    /// How many items of a map have ended, and how many there are.
    items: Option<(usize, usize)>,
    nested: Option<ExecutionId>,
}

/// A line of what is shown.
pub(super) struct Line<'a> {
    /// How many states it is below.
    pub depth: usize,
    pub text: String,
    /// What goes on below it as an execution of its own.
    pub nested: Option<&'a ExecutionId>,
}

impl Tree {
    pub(super) fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        let line =
            |(place, state): (&Place, _)| Line { depth: place.len(), text: text(state), nested: state.nested.as_ref() };
        self.states.iter().map(line)
    }

    pub(super) fn apply(&mut self, event: &Event) {
        let (id, previous) = (event.id, event.previous_event_id);
        match &event.detail {
            EventDetail::ExecutionStarted { .. } => {
                // As on Step Functions, the first state follows from nothing.
                self.behind.insert(0, Vec::new());
            }
            EventDetail::StateEntered { name, .. } => self.enter(name, id, previous),
            EventDetail::StateExited { name, .. } => self.exit(name, id),
            EventDetail::MapIterationSucceeded { name, .. } | EventDetail::MapIterationFailed { name, .. } => {
                if let Some(State { items: Some((ended, _)), .. }) = self.named(name) {
                    *ended += 1;
                }
            }
            detail => {
                let Some((place, state)) = self.states.iter_mut().find(|(_, state)| state.last == previous) else {
                    return;
                };
                state.last = id;
                match detail {
                    EventDetail::TaskScheduled { .. } | EventDetail::ActivityScheduled(_) => state.attempts += 1,
                    EventDetail::TaskSubmitted { execution: Some(execution), .. } => {
                        state.nested = Some((**execution).clone());
                    }
                    EventDetail::MapStateStarted { length } => state.items = Some((0, *length)),
                    EventDetail::ParallelStateStarted => {
                        state.branches = 0;
                        let place = place.clone();
                        self.leave_branches(&place);
                    }
                    _ => {}
                }
            }
        }
    }

    /// Adds a state: in the place of the one before it, or below the one whose branch begins with it. Items of a map are only counted.
    fn enter(&mut self, name: &'static str, id: u64, previous: u64) {
        let place = match self.behind.remove(&previous) {
            Some(place) => place,
            None => {
                let parallel =
                    self.states.iter_mut().find(|(_, state)| state.last == previous && state.items.is_none());
                let Some((place, state)) = parallel else { return };
                state.branches += 1;
                [place.as_slice(), &[state.branches]].concat()
            }
        };
        let state = State { name, last: id, attempts: 0, branches: 0, items: None, nested: None };
        self.states.insert(place, state);
    }

    fn exit(&mut self, name: &str, id: u64) {
        let place = self.states.iter().find(|(_, state)| state.name == name).map(|(place, _)| place.clone());
        if let Some(place) = place {
            self.leave_branches(&place);
            self.states.remove(&place);
            self.behind.insert(id, place);
        }
    }

    fn leave_branches(&mut self, of: &Place) {
        let is_below = |place: &Place| place.len() > of.len() && place.starts_with(of);
        self.states.retain(|place, _| !is_below(place));
        self.behind.retain(|_, place| !is_below(place));
    }

    fn named(&mut self, name: &str) -> Option<&mut State> {
        self.states.values_mut().find(|state| state.name == name)
    }
}

fn text(state: &State) -> String {
    let State { name, attempts, items, .. } = state;
    let items = items.map(|(ended, all)| format!(" {ended}/{all}")).unwrap_or_default();
    let attempt = if *attempts > 1 { format!(" (attempt {attempts})") } else { String::new() };
    format!("{name}{items}{attempt}")
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::*;
    use crate::StateType;
    use crate::history::Resource;

    /// Events by what they follow from, in the order of their numbers.
    fn shown(events: impl IntoIterator<Item = (u64, EventDetail)>) -> Vec<String> {
        let mut tree = Tree::default();
        for (id, (previous_event_id, detail)) in (1..).zip(events) {
            tree.apply(&Event { id, previous_event_id, timestamp: SystemTime::UNIX_EPOCH, detail });
        }
        tree.lines().map(|line| "  ".repeat(line.depth) + &line.text).collect()
    }

    fn entered(kind: StateType, name: &'static str) -> EventDetail {
        EventDetail::StateEntered { kind, name, input: None }
    }

    fn exited(kind: StateType, name: &'static str) -> EventDetail {
        EventDetail::StateExited { kind, name, output: None, assigned: None }
    }

    #[test]
    fn branches_are_below_their_state_until_it_ends() {
        let mut events = vec![
            (0, EventDetail::ExecutionStarted { input: None }),
            (0, entered(StateType::Parallel, "Prepare")),
            (2, EventDetail::ParallelStateStarted),
            (3, entered(StateType::Task, "Charge")),
            (3, entered(StateType::Wait, "Pack")),
            (4, exited(StateType::Task, "Charge")),
            (6, entered(StateType::Succeed, "Charged")),
        ];
        assert_eq!(shown(events.clone()), ["Prepare", "  Charged", "  Pack"]);
        events.extend([
            (7, exited(StateType::Succeed, "Charged")),
            (5, exited(StateType::Wait, "Pack")),
            (9, EventDetail::ParallelStateSucceeded),
            (9, exited(StateType::Parallel, "Prepare")),
            (11, entered(StateType::Task, "Ship")),
        ]);
        assert_eq!(shown(events), ["Ship"]);
    }

    #[test]
    fn attempts_and_items_are_counted() {
        let resource = &Resource::LAMBDA_INVOKE;
        let scheduled = || EventDetail::TaskScheduled { resource, timeout: None, heartbeat: None };
        let failed = || EventDetail::TaskFailed { resource, failure: crate::Failure::new("Busy", "").into() };
        let events = [
            (0, EventDetail::ExecutionStarted { input: None }),
            (0, entered(StateType::Task, "Ask")),
            (2, scheduled()),
            (3, failed()),
            (4, scheduled()),
        ];
        assert_eq!(shown(events), ["Ask (attempt 2)"]);

        let events = [
            (0, EventDetail::ExecutionStarted { input: None }),
            (0, entered(StateType::Map, "All")),
            (2, EventDetail::MapStateStarted { length: 7 }),
            (3, EventDetail::MapIterationStarted { name: "All", index: 0 }),
            (4, entered(StateType::Task, "Pack")),
            (5, exited(StateType::Task, "Pack")),
            (6, EventDetail::MapIterationSucceeded { name: "All", index: 0 }),
            (6, EventDetail::MapIterationStarted { name: "All", index: 1 }),
            (8, entered(StateType::Task, "Pack")),
        ];
        assert_eq!(shown(events), ["All 1/7"]);
    }
}
