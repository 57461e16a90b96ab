//! Waits whose bodies compute how long they take, or when they end.

use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tokio::time::Instant;
use workflow_runtime::prelude::*;

use crate::engine;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Data)]
struct Order {
    minutes: u64,
    due: Timestamp,
}

impl Order {
    /// An order that is due in this time, by the calendar now.
    fn due_in(time: Duration) -> Order {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).expect("it is later than 1970") + time;
        Order { minutes: 2, due: Timestamp::UNIX_EPOCH + since }
    }
}

struct Dry;

#[workflow(start = dry, timeout = "7d")]
impl Dry {
    #[wait(next = rest)]
    fn dry(order: Order) -> Duration {
        Duration::from_secs(order.minutes * 60)
    }

    #[wait(end)]
    fn rest(order: Order) -> Timestamp {
        order.due
    }
}

#[tokio::test(start_paused = true)]
async fn a_wait_ends_at_its_moment() {
    let engine = engine(Dry).await;
    let order = Order::due_in(Duration::from_secs(86_400));
    let begun = Instant::now();
    let execution = engine.start::<Dry>(order.clone()).await.expect("the engine knows it");
    assert_eq!(execution.output().await, Ok(order));
    // The two minutes before are a part of the day. The calendar went on between the looks at it, if only by moments.
    let waited = begun.elapsed();
    assert!(waited.abs_diff(Duration::from_secs(86_400)) < Duration::from_secs(60), "{waited:?}");
}

#[tokio::test(start_paused = true)]
async fn a_moment_that_passes_on_the_way_is_not_waited_for() {
    let engine = engine(Dry).await;
    let begun = Instant::now();
    let execution = engine.start::<Dry>(Order::due_in(Duration::from_secs(60))).await.expect("the engine knows it");
    assert!(execution.output().await.is_ok());
    assert_eq!(begun.elapsed(), Duration::from_secs(120));
}

struct Native;

#[workflow(start = rest, timeout = "1h", native)]
impl Native {
    #[wait(end)]
    fn rest(millis: u64) -> Duration {
        Duration::from_millis(millis) * 2
    }
}

#[tokio::test(start_paused = true)]
async fn a_native_wait_is_as_fine_as_it_likes() {
    let begun = Instant::now();
    assert_eq!(Native.run(125).await, Ok(125));
    assert_eq!(begun.elapsed(), Duration::from_millis(250));
}

#[test]
fn the_export_waits_for_seconds_and_for_moments() {
    let document = workflow_runtime::model::asl::document(&Dry::definition()).expect("it can be exported");
    let text = document.to_string();
    assert!(text.contains(r#""Timestamp": "{% $states.input.due %}""#), "{text}");
    assert!(text.contains(r#""Seconds": "{% "#), "{text}");
}

struct Field;

#[workflow(start = rest, timeout = "1h")]
impl Field {
    #[wait(end)]
    fn rest(pause: Duration) -> Duration {
        pause
    }
}

#[test]
fn a_duration_from_elsewhere_is_refused_by_the_export() {
    let refusal =
        workflow_runtime::model::asl::write(&Field::definition()).expect_err("JSON has no durations").to_string();
    assert!(refusal.contains("write `Duration::from_secs(…)` at each of its ends"), "{refusal}");
}
