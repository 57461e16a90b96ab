//! What an execution took, beside what the compiler says of it.

use std::time::Duration;

use tokio::time::Instant;
use workflow_model::bounds::{Bounds, of_definition};
use workflow_runtime::history::Event;
use workflow_runtime::{Engine, Workflow};

use super::script::{Act, Script};

/// What executions took, or the most of many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Taken {
    pub(super) time: Duration,
    pub(super) events: u64,
    pub(super) transitions: u64,
}

impl Taken {
    fn of(time: Duration, history: &[Event]) -> Self {
        let count = |ends: &[&str]| {
            let is_one = |event: &&Event| ends.iter().any(|end| event.detail.event_type().ends_with(end));
            history.iter().filter(is_one).count() as u64
        };
        // Each state that is entered, and each attempt behind the first.
        let attempts = count(&["TaskScheduled", "ParallelStateStarted", "MapStateStarted"]);
        let attempted = count(&["TaskStateEntered", "ParallelStateEntered", "MapStateEntered"]);
        let transitions = count(&["StateEntered"]) + attempts.saturating_sub(attempted);
        Taken { time, events: history.len() as u64, transitions }
    }

    fn or(self, other: Taken) -> Taken {
        Taken {
            time: self.time.max(other.time),
            events: self.events.max(other.events),
            transitions: self.transitions.max(other.transitions),
        }
    }

    /// The most that the compiler expects.
    pub(super) fn most(bounds: &Bounds) -> Self {
        Taken {
            time: bounds.longest.expect("something bounds the time"),
            events: bounds.most_events.expect("something bounds the events"),
            transitions: bounds.most_transitions.expect("something bounds the transitions"),
        }
    }
}

/// Runs a workflow some hundred times at random, and once for each of the scripts. None may be out of its bounds. Gives the most that any
/// took, and the bounds.
pub(super) async fn most_of<W: Workflow<Input = u32>>(
    make: impl Fn(Script) -> W,
    scripts: &[&[Act]],
) -> (Taken, Taken) {
    let bounds = of_definition(&W::definition());
    assert_compiled_is_wider(&W::BOUNDS, &bounds);
    let random = (0..300).map(Script::random);
    let written = scripts.iter().map(|acts| Script::written(acts));
    let mut most = Taken::default();
    for script in written.chain(random) {
        let engine = Engine::builder().workflow(make(script)).start().await.expect("there is one workflow");
        let begun = Instant::now();
        let execution = engine.start::<W>(3).await.expect("the engine knows it");
        let succeeded = execution.output().await.is_ok();
        let taken = Taken::of(begun.elapsed(), &execution.history());
        assert_within(&taken, succeeded, &bounds);
        most = most.or(taken);
    }
    (most, Taken::most(&bounds))
}

fn assert_within(taken: &Taken, succeeded: bool, bounds: &Bounds) {
    let most = Taken::most(bounds);
    let fits = taken.time <= most.time && taken.events <= most.events && taken.transitions <= most.transitions;
    assert!(fits, "{taken:?} is more than {bounds:?}");
    let enough = taken.time >= bounds.shortest
        && taken.events >= bounds.least_events
        && taken.transitions >= bounds.least_transitions;
    assert!(enough || !succeeded, "{taken:?} is less than {bounds:?}");
}

/// The macro knows less than the definition, so what it says leaves more room.
fn assert_compiled_is_wider(compiled: &Bounds, bounds: &Bounds) {
    let longest = compiled.longest.is_none_or(|longest| bounds.longest.is_some_and(|known| known <= longest));
    let events = compiled.most_events.is_none_or(|most| bounds.most_events.is_some_and(|known| known <= most));
    let shortest = compiled.shortest <= bounds.shortest && compiled.least_events <= bounds.least_events;
    assert!(longest && events && shortest, "{compiled:?} {bounds:?}");
}
