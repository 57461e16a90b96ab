//! `history`: the events of an execution.

use std::time::Duration;

use serde::Serialize;

use super::arguments::History;
use super::find::find;
use super::{Sqlite, look_into};
use crate::Status;
use crate::app::line::timed_line;
use crate::app::{AppError, print, print_json};
use crate::history::{Event, stored};
use crate::store::{Store, StoreError};

/// How often a file is looked at for what is new in it.
const INTERVAL: Duration = Duration::from_millis(100);

/// What `GetExecutionHistory` answers.
#[derive(Serialize)]
struct Answer {
    events: Vec<Event>,
}

pub(super) async fn history(arguments: &History) -> Result<(), AppError> {
    let file = &arguments.file.store;
    let store = look_into(file)?;
    let number = find(&store, file, &arguments.id)?.number;
    if !arguments.follow {
        let events = events(&store, number, 1)?;
        return if arguments.json { print_json(&Answer { events }) } else { print_lines(&events, false) };
    }
    let mut next = 1;
    loop {
        // It is asked for first, so that the last events are there when it has ended.
        let status = store.execution(number)?.map(|stored| stored.status);
        let events = events(&store, number, next)?;
        next += events.len() as u64;
        print_lines(&events, arguments.json)?;
        if status != Some(Status::Running) {
            return Ok(());
        }
        tokio::time::sleep(INTERVAL).await;
    }
}

/// The events from one on.
fn events(store: &Sqlite, number: u64, from: u64) -> Result<Vec<Event>, AppError> {
    let mut events = Vec::new();
    for part in store.history(number, from)? {
        let read = stored::events(&part).map_err(|error| {
            let message = format!("event {} of execution {number} cannot be read", part.first);
            StoreError::new(message).caused_by(error)
        });
        events.extend(read?.into_iter().filter(|event| event.id >= from));
    }
    Ok(events)
}

/// A line for each event.
fn print_lines(events: &[Event], is_json: bool) -> Result<(), AppError> {
    let json = |event| serde_json::to_string(event).expect("an event is texts and numbers");
    let line = |event| if is_json { json(event) } else { timed_line(event) };
    print(&events.iter().map(|event| line(event) + "\n").collect::<String>())
}
