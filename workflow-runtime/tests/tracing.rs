//! What a subscriber of `tracing` hears.
#![cfg(feature = "tracing")]

use std::fmt::{Debug, Write};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Subscriber};
use tracing_subscriber::layer::{Context, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::{Layer, Registry};
use workflow_runtime::prelude::*;

/// Each event with the spans that it is in, from the outermost.
#[derive(Clone, Default)]
struct Heard(Arc<Mutex<Vec<String>>>);

/// The fields of a span, as text.
struct Fields(String);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        // What differs from run to run is left out.
        let _ = match field.name() {
            "id" | "parent" => write!(self.0, " {}", field.name()),
            "delay" => Ok(()),
            _ => write!(self.0, " {value:?}"),
        };
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Heard {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let mut fields = Fields(attributes.metadata().name().to_owned());
        attributes.record(&mut fields);
        context.span(id).expect("it is new").extensions_mut().insert(fields);
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        let span = context.span(id).expect("it is there");
        values.record(span.extensions_mut().get_mut::<Fields>().expect("it was put there"));
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let mut line = String::new();
        for span in context.event_scope(event).into_iter().flat_map(|scope| scope.from_root()) {
            let extensions = span.extensions();
            let _ = write!(line, "{} > ", extensions.get::<Fields>().expect("it was put there").0);
        }
        let mut fields = Fields(event.metadata().level().to_string());
        event.record(&mut fields);
        self.0.lock().expect("nobody panics").push(line + &fields.0);
    }
}

impl Heard {
    async fn of<W: Workflow>(&self, workflow: W, input: W::Input) -> Vec<String> {
        let _subscribed = tracing::subscriber::set_default(Registry::default().with(self.clone()));
        let engine = Engine::builder().workflow(workflow).start().await.expect("there is one workflow");
        let _ = engine.start::<W>(input).await.expect("it starts").output().await;
        std::mem::take(&mut *self.0.lock().expect("nobody panics"))
    }
}

#[derive(Debug, thiserror::Error, TaskError)]
enum Wrong {
    #[error("once more")]
    Busy,
}

struct Child;

#[workflow(start = work, timeout = "10m")]
impl Child {
    #[task(timeout = "1m", end)]
    #[retry(Wrong::Busy, interval = "2s", max_attempts = 1)]
    async fn work(&self, number: u32, cx: TaskContext) -> Result<u32, Wrong> {
        tracing::info!("at work");
        if cx.retry_count() == 0 { Err(Wrong::Busy) } else { Ok(number) }
    }
}

struct Parent(Child);

#[workflow(start = rest, timeout = "1h")]
impl Parent {
    #[wait("2m", next = hand_over)]
    fn rest(number: u32);

    #[nested(self.0: Child, timeout = "5m", next = fork)]
    fn hand_over(number: u32);

    #[parallel(branches(self.0: Child), next = |outputs| last(outputs.0))]
    fn fork(number: u32);

    #[task(timeout = "1s", end)]
    async fn last(&self, number: u32) -> u32 {
        tracing::info!("late");
        tokio::time::sleep(Duration::from_secs(2)).await;
        number
    }
}

#[tokio::test(start_paused = true)]
async fn what_happens_stands_in_the_attempt_the_state_and_the_execution() {
    let heard = Heard::default().of(Parent(Child), 7).await;
    let parent = "execution \"Parent\" id";
    let nested = format!("{parent} > state \"HandOver\" > attempt 1 > execution \"Child\" id");
    let branch = format!("{parent} > state \"Fork\"");
    let retried = |within: &str, state: &str| {
        let state = format!("{within} > state \"{state}\"");
        vec![
            format!("{state} > attempt 1 > INFO at work"),
            format!(
                "{state} > WARN the attempt failed \"Wrong.Busy\" {:?}",
                r#"{"errorMessage":"once more","errorType":"Wrong.Busy"}"#
            ),
            format!("{state} > INFO the state is tried again \"Wrong.Busy\" 1"),
            format!("{state} > attempt 2 > INFO at work"),
        ]
    };
    let mut expected = retried(&nested, "Work");
    expected.push(format!("{nested} > DEBUG the execution succeeded"));
    expected.extend(retried(&branch, "Work"));
    expected.push(format!("{parent} > state \"Last\" > attempt 1 > INFO late"));
    expected.push(format!("{parent} > state \"Last\" > WARN the attempt took too long \"States.Timeout\" \"\""));
    expected.push(format!("{parent} > WARN the execution failed \"States.Timeout\" \"\""));
    assert_eq!(heard, expected);
}
