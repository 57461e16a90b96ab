//! What happened, as JSON that serde derives: for the events that are no short text.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

use crate::history::{ActivityScheduled, EventDetail, Resource};
use crate::intern::{intern, interned};
use crate::workflow::StateType;
use crate::{ExecutionId, Failure};

// Under these names serde does not take the references for parts of what it reads.
type Name = &'static str;
type Called = &'static Resource;
type Values = Option<Box<BTreeMap<&'static str, String>>>;
type Json = Option<Arc<str>>;

#[derive(Serialize, Deserialize)]
#[serde(remote = "EventDetail")]
pub(super) enum Detail {
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
