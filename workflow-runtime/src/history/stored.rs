//! Events as a store keeps them: shorter than in Step Functions' API, and read back as what they were.
//!
//! Events that are written together are a JSON array with an element for each, in their order, and the time of the first. Most are a
//! text: `TaskStateEntered PollResult`, with the state's name behind the type, or `TaskScheduled 10`, with the timeout in seconds.
//! Others are an object with what happened, as in `{"TaskFailed":{"resource":"lambda:invoke","failure":{…}}}`. An event that does
//! not follow from the one before it, or happened later than the first, is an array: `[4,250,"TaskSucceeded"]` follows from event 4, 250
//! milliseconds after the first one.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

use super::{ActivityScheduled, Event, EventDetail, Resource};
use crate::intern::{intern, interned};
use crate::run::progress::{millis, time};
use crate::store::Events;
use crate::workflow::StateType;
use crate::{ExecutionId, Failure};

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

// Under these names serde does not take the references for parts of what it reads.
type Name = &'static str;
type Called = &'static Resource;
type Values = Option<Box<BTreeMap<&'static str, String>>>;
type Json = Option<Arc<str>>;

#[derive(Serialize, Deserialize)]
#[serde(remote = "EventDetail")]
enum Detail {
    ExecutionStarted {
        #[serde(default, skip_serializing_if = "Option::is_none", with = "json")]
        input: Json,
    },
    ExecutionSucceeded {
        #[serde(default, skip_serializing_if = "Option::is_none", with = "json")]
        output: Json,
    },
    ExecutionFailed {
        failure: Box<Failure>,
    },
    ExecutionTimedOut,
    ExecutionAborted {
        failure: Box<Failure>,
    },
    StateEntered {
        #[serde(with = "Kind")]
        kind: StateType,
        #[serde(deserialize_with = "interned")]
        name: Name,
        #[serde(default, skip_serializing_if = "Option::is_none", with = "json")]
        input: Json,
    },
    StateExited {
        #[serde(with = "Kind")]
        kind: StateType,
        #[serde(deserialize_with = "interned")]
        name: Name,
        #[serde(default, skip_serializing_if = "Option::is_none", with = "json")]
        output: Json,
        #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "assigned")]
        assigned: Values,
    },
    StateAborted {
        #[serde(with = "Kind")]
        kind: StateType,
    },
    ParallelStateStarted,
    ParallelStateSucceeded,
    ParallelStateFailed,
    MapStateStarted {
        length: usize,
    },
    MapStateSucceeded,
    MapStateFailed,
    MapIterationStarted {
        #[serde(deserialize_with = "interned")]
        name: Name,
        index: usize,
    },
    MapIterationSucceeded {
        #[serde(deserialize_with = "interned")]
        name: Name,
        index: usize,
    },
    MapIterationFailed {
        #[serde(deserialize_with = "interned")]
        name: Name,
        index: usize,
    },
    MapIterationAborted {
        #[serde(deserialize_with = "interned")]
        name: Name,
        index: usize,
    },
    MapRunStarted {
        arn: Box<str>,
    },
    MapRunSucceeded,
    MapRunFailed {
        failure: Box<Failure>,
    },
    TaskScheduled {
        #[serde(with = "resource")]
        resource: Called,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        timeout: Option<Duration>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        heartbeat: Option<Duration>,
    },
    TaskStarted {
        #[serde(with = "resource")]
        resource: Called,
    },
    TaskSubmitted {
        #[serde(with = "resource")]
        resource: Called,
        #[serde(default, skip_serializing_if = "Option::is_none", with = "execution")]
        execution: Option<Box<ExecutionId>>,
    },
    TaskSucceeded {
        #[serde(with = "resource")]
        resource: Called,
        #[serde(default, skip_serializing_if = "Option::is_none", with = "json")]
        output: Json,
    },
    TaskFailed {
        #[serde(with = "resource")]
        resource: Called,
        failure: Box<Failure>,
    },
    TaskTimedOut {
        #[serde(with = "resource")]
        resource: Called,
        failure: Box<Failure>,
    },
    ActivityScheduled(#[serde(with = "Scheduled")] Box<ActivityScheduled>),
    ActivityStarted {
        #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "texts", deserialize_with = "text")]
        worker_name: Json,
    },
    ActivitySucceeded {
        #[serde(default, skip_serializing_if = "Option::is_none", with = "json")]
        output: Json,
    },
    ActivityFailed {
        failure: Box<Failure>,
    },
    ActivityTimedOut {
        failure: Box<Failure>,
    },
    EvaluationFailed {
        #[serde(deserialize_with = "interned")]
        state: Name,
        #[serde(deserialize_with = "interned")]
        location: Name,
        failure: Box<Failure>,
    },
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "StateType")]
enum Kind {
    Task,
    Parallel,
    Map,
    Choice,
    Wait,
    Pass,
    Succeed,
    Fail,
}

/// A [`ActivityScheduled`] as it is read, with texts of its own.
#[derive(Serialize, Deserialize)]
struct Scheduled {
    #[serde(deserialize_with = "interned")]
    activity: Name,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "json")]
    input: Json,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    timeout: Option<Duration>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    heartbeat: Option<Duration>,
}

impl Scheduled {
    fn serialize<S: Serializer>(scheduled: &ActivityScheduled, serializer: S) -> Result<S::Ok, S::Error> {
        let ActivityScheduled { activity, input, timeout, heartbeat } = scheduled.clone();
        Serialize::serialize(&Scheduled { activity, input, timeout, heartbeat }, serializer)
    }

    fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Box<ActivityScheduled>, D::Error> {
        let Scheduled { activity, input, timeout, heartbeat } = Deserialize::deserialize(deserializer)?;
        Ok(Box::new(ActivityScheduled { activity, input, timeout, heartbeat }))
    }
}

fn assigned<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Values, D::Error> {
    let assigned: Option<BTreeMap<String, String>> = Option::deserialize(deserializer)?;
    Ok(assigned.map(|assigned| Box::new(assigned.into_iter().map(|(name, json)| (intern(&name), json)).collect())))
}

/// JSON within JSON, as it is.
mod json {
    use super::{Deserialize, Deserializer, Json, RawValue, Serialize, Serializer};

    pub(super) fn serialize<S: Serializer>(json: &Json, serializer: S) -> Result<S::Ok, S::Error> {
        let raw: Option<&RawValue> =
            json.as_deref().map(serde_json::from_str).transpose().map_err(serde::ser::Error::custom)?;
        raw.serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Json, D::Error> {
        let raw: Box<RawValue> = Deserialize::deserialize(deserializer)?;
        Ok(Some(raw.get().into()))
    }
}

/// `lambda:invoke`.
mod resource {
    use std::collections::HashMap;
    use std::sync::{Mutex, PoisonError};

    use super::{Deserialize, Deserializer, Resource, Serializer, intern};

    /// Those that were read, as texts and as what an event refers to.
    static READ: Mutex<Option<HashMap<&'static str, &'static Resource>>> = Mutex::new(None);

    pub(super) fn serialize<S: Serializer>(resource: &&'static Resource, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{}:{}", resource.resource_type, resource.resource))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<&'static Resource, D::Error> {
        let text = intern(&std::borrow::Cow::<'_, str>::deserialize(deserializer)?);
        let (resource_type, resource) =
            text.split_once(':').ok_or_else(|| serde::de::Error::custom("a resource is a service and an action"))?;
        // Nothing that holds the lock can panic half-way through a change.
        let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
        let make = || Box::leak(Box::new(Resource { resource_type, resource })) as &'static Resource;
        Ok(read.get_or_insert_default().entry(text).or_insert_with(make))
    }
}

/// `PollService:9f0c…`.
mod execution {
    use super::{Deserialize, Deserializer, ExecutionId, Serializer};

    pub(super) fn serialize<S: Serializer>(id: &Option<Box<ExecutionId>>, serializer: S) -> Result<S::Ok, S::Error> {
        match id {
            Some(id) => serializer.collect_str(id),
            None => serializer.serialize_none(),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Box<ExecutionId>>, D::Error> {
        let text = std::borrow::Cow::<'_, str>::deserialize(deserializer)?;
        let (workflow, name) =
            text.split_once(':').ok_or_else(|| serde::de::Error::custom("an execution has a workflow and a name"))?;
        Ok(Some(Box::new(ExecutionId::read(workflow, name))))
    }
}

fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Json, D::Error> {
    Ok(Some(std::borrow::Cow::<'_, str>::deserialize(deserializer)?.into()))
}

fn texts<S: Serializer>(text: &Json, serializer: S) -> Result<S::Ok, S::Error> {
    text.as_deref().serialize(serializer)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(id: u64, previous_event_id: u64, millis: u64, detail: EventDetail) -> Event {
        Event { id, previous_event_id, timestamp: time(1_795_374_000_000 + millis), detail }
    }

    /// An event of each kind and form.
    fn all() -> Vec<Event> {
        let (json, failure) = (Some(Arc::from(r#"{"a":[1,null]}"#)), Box::new(Failure::new("A.B", "\"quoted\"")));
        let (resource, kind, none) = (&Resource::START_EXECUTION_SYNC_2, StateType::Task, None::<Arc<str>>);
        let assigned = Some(Box::new(BTreeMap::from([("polls", "3".to_owned())])));
        let scheduled = ActivityScheduled {
            activity: "Resize",
            input: json.clone(),
            timeout: Some(Duration::from_secs(5)),
            heartbeat: None,
        };
        let id = ExecutionId::named("Order", "order-7");
        let details = [
            EventDetail::ExecutionStarted { input: json.clone() },
            EventDetail::ExecutionStarted { input: None },
            EventDetail::StateEntered { kind, name: "Call", input: none.clone() },
            EventDetail::StateEntered { kind, name: "Call it \"so\"", input: none.clone() },
            EventDetail::StateEntered { kind: StateType::Map, name: "Call it", input: json.clone() },
            EventDetail::TaskScheduled { resource: LAMBDA, timeout: Some(Duration::from_secs(30)), heartbeat: None },
            EventDetail::TaskScheduled { resource, timeout: None, heartbeat: Some(Duration::from_millis(1)) },
            EventDetail::TaskStarted { resource: LAMBDA },
            EventDetail::TaskStarted { resource },
            EventDetail::TaskSubmitted { resource, execution: Some(Box::new(id)) },
            EventDetail::TaskSubmitted { resource, execution: None },
            EventDetail::TaskSucceeded { resource: LAMBDA, output: None },
            EventDetail::TaskSucceeded { resource, output: json.clone() },
            EventDetail::TaskFailed { resource, failure: failure.clone() },
            EventDetail::TaskTimedOut { resource, failure: Box::new(Failure::new("", "")) },
            EventDetail::StateExited { kind, name: "Call", output: none.clone(), assigned: None },
            EventDetail::StateExited { kind, name: "Call", output: json.clone(), assigned },
            EventDetail::StateAborted { kind: StateType::Wait },
            EventDetail::ParallelStateStarted,
            EventDetail::ParallelStateSucceeded,
            EventDetail::ParallelStateFailed,
            EventDetail::MapStateStarted { length: 3 },
            EventDetail::MapIterationStarted { name: "Each", index: 0 },
            EventDetail::MapIterationSucceeded { name: "Each", index: 1 },
            EventDetail::MapIterationFailed { name: "Each", index: 2 },
            EventDetail::MapIterationAborted { name: "Each", index: 3 },
            EventDetail::MapStateSucceeded,
            EventDetail::MapStateFailed,
            EventDetail::MapRunStarted { arn: "arn".into() },
            EventDetail::MapRunSucceeded,
            EventDetail::MapRunFailed { failure: failure.clone() },
            EventDetail::ActivityScheduled(Box::new(scheduled)),
            EventDetail::ActivityStarted { worker_name: Some("Ada".into()) },
            EventDetail::ActivityStarted { worker_name: None },
            EventDetail::ActivitySucceeded { output: json.clone() },
            EventDetail::ActivityFailed { failure: failure.clone() },
            EventDetail::ActivityTimedOut { failure: failure.clone() },
            EventDetail::EvaluationFailed { state: "Call", location: "Output", failure: failure.clone() },
            EventDetail::ExecutionFailed { failure: failure.clone() },
            EventDetail::ExecutionAborted { failure },
            EventDetail::ExecutionTimedOut,
            EventDetail::ExecutionSucceeded { output: json },
        ];
        (1..)
            .zip(details)
            .map(|(id, detail)| event(id, if id % 7 == 0 { 2 } else { id - 1 }, id / 10, detail))
            .collect()
    }

    #[test]
    fn events_are_read_as_they_were_written() {
        let (all, mut page) = (all(), Page::default());
        all.iter().for_each(|event| page.push(event));
        let written = page.take(|| (9, 4)).expect("there are events");
        assert_eq!((written.place, written.before, written.first), (9, 4, 1));
        let read = events(&written).expect("they can be read");
        for (read, event) in read.iter().zip(&all) {
            assert_eq!(read, event);
        }
        assert_eq!(read.len(), all.len());
        assert_eq!(page.take(|| unreachable!("there are none")), None);
    }

    #[test]
    fn most_are_short() {
        let mut page = Page::default();
        let kind = StateType::Wait;
        page.push(&event(5, 4, 0, EventDetail::StateEntered { kind, name: "Rest a while", input: None }));
        page.push(&event(6, 5, 0, EventDetail::TaskStarted { resource: LAMBDA }));
        page.push(&event(7, 5, 2, EventDetail::ParallelStateFailed));
        let written = page.take(|| (1, 0)).expect("there are events");
        assert_eq!(&*written.json, r#"["WaitStateEntered Rest a while","TaskStarted",[5,2,"ParallelStateFailed"]]"#);
    }
}
