//! Events as a store keeps them: shorter than in Step Functions' API, and read back as what they were.
//!
//! Events that are written together are a JSON array with an element for each, in their order, and the time of the first. Most are a
//! text: `TaskStateEntered PollResult`, with the state's name behind the type, or `TaskScheduled 10`, with the timeout in seconds.
//! Others are an object with what happened, as in `{"TaskFailed":{"resource":"lambda:invoke","failure":{…}}}`. An event that does
//! not follow from the one before it, or happened later than the first, is an array: `[4,250,"TaskSucceeded"]` follows from event 4, 250
//! milliseconds after the first one.

mod detail;

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use self::detail::Detail;
use super::{Event, EventDetail, Resource};
use crate::intern::intern;
use crate::run::progress::{millis, time};
use crate::store::Events;
use crate::workflow::StateType;

/// Events that are to be written together.
#[derive(Debug, Default)]
pub(crate) struct Page {
    /// The number of the first, and when it happened.
    first: u64,
    time: u64,
    /// A JSON array that is not closed.
    json: Vec<u8>,
}

impl Page {
    /// Adds an event.
    pub(crate) fn push(&mut self, event: &Event) {
        let now = millis(event.timestamp);
        if self.json.is_empty() {
            (self.first, self.time) = (event.id, now);
            self.json.push(b'[');
        } else {
            self.json.push(b',');
        }
        // Time goes on, unless somebody sets the clock.
        let (since, follows) = (now.saturating_sub(self.time), event.previous_event_id + 1 == event.id);
        if since == 0 && follows {
            return self.detail(&event.detail);
        }
        self.json.push(b'[');
        self.write(&event.previous_event_id);
        self.json.push(b',');
        self.write(&since);
        self.json.push(b',');
        self.detail(&event.detail);
        self.json.push(b']');
    }

    fn detail(&mut self, detail: &EventDetail) {
        match Short::of(detail) {
            Some(short) => self.short(short),
            None => self.write(&DetailRef(detail)),
        }
    }

    fn short(&mut self, Short { kind, word, behind }: Short) {
        self.json.push(b'"');
        if let Some(kind) = kind {
            self.json.extend_from_slice(kind_name(kind).as_bytes());
        }
        self.json.extend_from_slice(word.as_bytes());
        match behind {
            Behind::Nothing => {}
            Behind::Name(name) => {
                self.json.push(b' ');
                self.json.extend_from_slice(name.as_bytes());
            }
            Behind::Seconds(seconds) => {
                self.json.push(b' ');
                self.write(&seconds);
            }
        }
        self.json.push(b'"');
    }

    fn write(&mut self, value: &impl Serialize) {
        serde_json::to_writer(&mut self.json, value)
            .expect("an event is made of texts and numbers, and a vector takes all of them");
    }

    /// The events, where there are any, at this place behind that one.
    pub(crate) fn take(&mut self, place: impl FnOnce() -> (u64, u64)) -> Option<Events> {
        if self.json.is_empty() {
            return None;
        }
        let mut json = std::mem::take(&mut self.json);
        json.push(b']');
        let json = String::from_utf8(json).expect("JSON is written in UTF-8").into();
        let (place, before) = place();
        Some(Events { place, before, first: self.first, time: time(self.time), json })
    }
}

/// The events that were written together.
pub(crate) fn events(page: &Events) -> serde_json::Result<Vec<Event>> {
    let kept: Vec<&RawValue> = serde_json::from_str(&page.json)?;
    let event = |(id, json): (u64, &RawValue)| {
        let (previous_event_id, since, detail): (_, _, &RawValue) = match json.get().starts_with('[') {
            true => serde_json::from_str(json.get())?,
            false => (id - 1, 0, json),
        };
        let timestamp = page.time + Duration::from_millis(since);
        Ok(Event { id, previous_event_id, timestamp, detail: read(detail.get())? })
    };
    (page.first..).zip(kept).map(event).collect()
}

/// An event that is a text.
struct Short {
    kind: Option<StateType>,
    word: &'static str,
    behind: Behind,
}

enum Behind {
    Nothing,
    Name(&'static str),
    Seconds(u64),
}

const LAMBDA: &Resource = &Resource::LAMBDA_INVOKE;

impl Short {
    fn of(detail: &EventDetail) -> Option<Self> {
        let (kind, word, behind) = match detail {
            EventDetail::StateEntered { kind, name, input: None } if is_plain(name) => {
                (Some(*kind), "StateEntered", Behind::Name(name))
            }
            EventDetail::StateExited { kind, name, output: None, assigned: None } if is_plain(name) => {
                (Some(*kind), "StateExited", Behind::Name(name))
            }
            EventDetail::TaskScheduled { resource, timeout: Some(timeout), heartbeat: None }
                if *resource == LAMBDA && timeout.subsec_nanos() == 0 =>
            {
                (None, "TaskScheduled", Behind::Seconds(timeout.as_secs()))
            }
            EventDetail::TaskStarted { resource } if *resource == LAMBDA => (None, "TaskStarted", Behind::Nothing),
            EventDetail::TaskSucceeded { resource, output: None } if *resource == LAMBDA => {
                (None, "TaskSucceeded", Behind::Nothing)
            }
            _ => return None,
        };
        Some(Short { kind, word, behind })
    }

    fn read(text: &str) -> Option<EventDetail> {
        let (word, behind) = text.split_once(' ').unwrap_or((text, ""));
        let resource = LAMBDA;
        match word {
            "TaskScheduled" => {
                let timeout = Some(Duration::from_secs(behind.parse().ok()?));
                return Some(EventDetail::TaskScheduled { resource, timeout, heartbeat: None });
            }
            "TaskStarted" => return Some(EventDetail::TaskStarted { resource }),
            "TaskSucceeded" => return Some(EventDetail::TaskSucceeded { resource, output: None }),
            _ => {}
        }
        let name = intern(behind);
        if let Some(kind) = word.strip_suffix("StateEntered").and_then(kind_of) {
            return Some(EventDetail::StateEntered { kind, name, input: None });
        }
        let kind = word.strip_suffix("StateExited").and_then(kind_of)?;
        Some(EventDetail::StateExited { kind, name, output: None, assigned: None })
    }
}

/// Whether JSON has the text as it is.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| byte >= b' ' && byte != b'"' && byte != b'\\')
}

const KINDS: [(StateType, &str); 8] = [
    (StateType::Task, "Task"),
    (StateType::Parallel, "Parallel"),
    (StateType::Map, "Map"),
    (StateType::Choice, "Choice"),
    (StateType::Wait, "Wait"),
    (StateType::Pass, "Pass"),
    (StateType::Succeed, "Succeed"),
    (StateType::Fail, "Fail"),
];

fn kind_name(kind: StateType) -> &'static str {
    KINDS.iter().find(|(known, _)| *known == kind).map_or("", |(_, name)| name)
}

fn kind_of(name: &str) -> Option<StateType> {
    KINDS.iter().find(|(_, known)| *known == name).map(|(kind, _)| *kind)
}

#[derive(Serialize)]
#[serde(transparent)]
struct DetailRef<'a>(#[serde(with = "Detail")] &'a EventDetail);

/// What happened, from JSON of its own: what holds other JSON cannot be read out of a larger value.
fn read(json: &str) -> serde_json::Result<EventDetail> {
    #[derive(Deserialize)]
    #[serde(transparent)]
    struct Read(#[serde(with = "Detail")] EventDetail);

    if let Ok(text) = serde_json::from_str::<&str>(json)
        && let Some(detail) = Short::read(text)
    {
        return Ok(detail);
    }
    serde_json::from_str::<Read>(json).map(|read| read.0)
}

#[cfg(test)]
mod tests;
