//! The program behind the function: a workflow with all that a function can be asked for.

use std::process::ExitCode;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};
use workflow_runtime::prelude::*;

#[derive(Debug, thiserror::Error, TaskError)]
pub enum ScaleError {
    #[error("the scale is in use")]
    Busy,
    #[error("{0} is too heavy")]
    #[task_error(name = "Scale.TooHeavy")]
    TooHeavy(String),
}

/// What a task was told of its execution.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Data)]
pub struct Told {
    pub execution: String,
    pub arn: String,
    pub state: String,
    /// In milliseconds since 1970, as are the following.
    pub start_time: u64,
    pub entered_time: u64,
    pub retry_count: u32,
    pub poll_count: u32,
    pub polling_since: Option<u64>,
    pub key: String,
}

impl From<&TaskContext> for Told {
    fn from(cx: &TaskContext) -> Self {
        Told {
            execution: cx.execution().to_string(),
            arn: cx.execution().arn(),
            state: cx.state().to_owned(),
            start_time: millis(cx.start_time()),
            entered_time: millis(cx.entered_time()),
            retry_count: cx.retry_count(),
            poll_count: cx.poll_count(),
            polling_since: cx.polling_since().map(millis),
            key: cx.idempotency_key(),
        }
    }
}

fn millis(time: SystemTime) -> u64 {
    let since = time.duration_since(SystemTime::UNIX_EPOCH).expect("it is past 1970");
    since.as_millis().try_into().expect("it is not that long ago")
}

/// A branch. What it does depends on a field, so that two of them are not the same.
pub struct Label {
    pub language: &'static str,
}

#[workflow(start = print, timeout = "1m")]
impl Label {
    #[task(timeout = "10s", end)]
    async fn print(&self, parcel: String, cx: TaskContext) -> Printed {
        Printed { text: format!("{parcel} ({})", self.language), told: Told::from(&cx) }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Data)]
pub struct Printed {
    pub text: String,
    pub told: Told,
}

/// Sends a parcel.
pub struct SendParcel {
    pub english: Label,
    pub french: Label,
}

impl SendParcel {
    fn new() -> Self {
        SendParcel { english: Label { language: "English" }, french: Label { language: "French" } }
    }
}

#[workflow(start = weigh, timeout = "1h", output = Vec<Printed>)]
impl SendParcel {
    #[task(timeout = "10s", next = prepare)]
    #[retry(ScaleError::Busy)]
    #[catch(ScaleError::TooHeavy => |failure| refused(failure.message()))]
    async fn weigh(&self, parcel: String) -> Result<String, ScaleError> {
        match parcel.as_str() {
            "a letter" => Err(ScaleError::Busy),
            "a piano" => Err(ScaleError::TooHeavy(parcel)),
            "a bomb" => panic!("{parcel} went off"),
            "a riddle" => std::panic::panic_any(7),
            _ => Ok(format!("{parcel}, weighed")),
        }
    }

    #[task(function = own("parcels-large"), timeout = "1s", next = |_, parcel| label(parcel))]
    #[catch(States::All => |_, parcel| label(parcel))]
    async fn prepare(&self, parcel: String) {
        match parcel.as_str() {
            "something for later" => std::future::pending().await,
            _ => drop(parcel),
        }
    }

    #[parallel(branches(self.english: Label, self.french: Label), next = |_, parcel| wrap(parcel))]
    fn label(parcel: String);

    #[task(timeout = "5m", next = hand_over)]
    async fn wrap(&self, parcel: String) -> String {
        match parcel.as_str() {
            "a slow one" => std::future::pending().await,
            "a stubborn one" => loop {
                std::thread::park();
            },
            _ => parcel,
        }
    }

    #[task(callback, timeout = "30m", next = |name, parcel| track(format!("{parcel} for {name}")))]
    async fn hand_over(&self, parcel: String, token: TaskToken<String>) -> Result<(), ScaleError> {
        match token.as_str() {
            "lost" => Err(ScaleError::TooHeavy(parcel)),
            token => {
                eprintln!("{parcel}: {token}");
                Ok(())
            }
        }
    }

    #[poll(every = "10m", deadline = "50m", timeout = "30s", next = |told| label_all(vec![told.state]), on_deadline = refused)]
    async fn track(&self, parcel: String, cx: TaskContext) -> Poll<Told> {
        cx.heartbeat();
        if parcel.is_empty() || cx.poll_count() == 0 { Poll::Pending } else { Poll::Ready(Told::from(&cx)) }
    }

    #[map(self.english: Label, next = done)]
    fn label_all(parcels: Vec<String>);

    #[succeed]
    fn done(printed: Vec<Printed>);

    #[fail(error = "Refused")]
    fn refused(why: String) -> String {
        why
    }
}

/// The program: started by Lambda, it serves the tasks.
#[tokio::main]
pub async fn main() -> ExitCode {
    App::new().workflow(SendParcel::new()).main().await
}
