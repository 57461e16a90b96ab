//! What a run notes of itself, for an execution that outlives its process.
//!
//! [`Run::attempting`] and [`Run::pausing`] are the moments at which everything so far is made durable: before something happens
//! that the world can notice, and before time passes. What lies between two of them is run again after a crash, and comes to the same.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;
use workflow_model::states::StatesError;

use super::progress::{Note, Phase, Progress, Resumed, millis, time};
use super::{Record, Run, Visit};
use crate::{Failure, Payload, Workflow};

/// What a run keeps for its notes.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    pub(super) state: &'static str,
    /// The input of the state that the run is in, or about to enter.
    pub(super) input: Option<Arc<str>>,
    pub(super) variables: Option<Arc<str>>,
    pub(super) spent: Vec<u32>,
    pub(super) attempts: u64,
    pub(super) since: u64,
    /// When the attempt is over whose answer is waited for.
    pub(super) until: u64,
    pub(super) token: Option<u128>,
    /// Where in its state a run goes on.
    pub(super) resumed: Option<Phase>,
    /// Where a branch was when it was noted last, until it goes on from there.
    pub(super) found: Option<Resumed>,
    /// Whether there was such a place.
    pub(super) is_found: bool,
}

impl<R: Record> Run<R> {
    /// The JSON of the state that is entered next, where it is written down or shown.
    pub(super) fn input_json(
        &mut self,
        json: impl FnOnce() -> serde_json::Result<String>,
    ) -> Result<Option<Arc<str>>, Failure> {
        if self.kept.is_none() {
            return self.payload(self.state, json);
        }
        let json = self.keep_input(json)?;
        self.measure(self.state, &json)?;
        Ok(self.record.json(|| Ok(String::new())).map(|_| json))
    }

    /// Keeps the input of the state that is entered next.
    fn keep_input(&mut self, json: impl FnOnce() -> serde_json::Result<String>) -> Result<Arc<str>, Failure> {
        let json: Arc<str> = json()
            .map_err(|error| {
                let cause = format!("what `{}` hands on is not JSON: {error}", self.state);
                Failure::states(StatesError::Runtime, cause)
            })?
            .into();
        if let Some(kept) = &mut self.kept {
            kept.input = Some(json.clone());
        }
        Ok(json)
    }

    /// The input of the state that the run enters, as the history shows it.
    pub(super) fn shown_input(&mut self, json: impl FnOnce() -> serde_json::Result<String>) -> Option<Arc<str>> {
        let Some(kept) = &self.kept else { return self.input.take().or_else(|| self.record.json(json)) };
        let input = match &kept.input {
            Some(input) => Some(input.clone()),
            None => self.keep_input(json).ok(),
        };
        self.record.json(|| Ok(String::new())).and(input)
    }

    /// Begins to keep what belongs to a state.
    pub(super) fn keep_state(&mut self, state: &'static str) {
        if let Some(kept) = &mut self.kept {
            kept.state = state;
            kept.spent.clear();
            (kept.attempts, kept.since, kept.until, kept.token) = (0, 0, 0, None);
        }
    }

    /// Keeps what the variables are now.
    #[doc(hidden)]
    pub fn keep_variables<W: Workflow>(&mut self, variables: &W::Variables) {
        if let Some(kept) = &mut self.kept {
            kept.variables = serde_json::to_string(variables).ok().map(Into::into);
        }
    }

    /// Notes where the run is. It is made durable with the next thing that is.
    pub(super) fn note(&mut self, phase: Phase) {
        let (visits, retries, initialized) = (self.visits, u64::from(self.retries), self.is_initialized);
        let Some(kept) = &self.kept else { return };
        let note = Note {
            state: kept.state,
            input: kept.input.clone(),
            variables: kept.variables.clone(),
            progress: Progress {
                phase,
                visits,
                retries,
                spent: kept.spent.clone(),
                attempts: kept.attempts,
                since: kept.since,
                until: if phase == Phase::Submitted { kept.until } else { 0 },
                token: kept.token,
                entered_at: self.entered.map_or(0, millis),
                initialized,
                ..Progress::default()
            },
        };
        self.record.note(note);
    }

    /// Notes that the run is about to enter a state, where others may have their turn before it does.
    pub(super) fn note_next(&mut self, state: &'static str) {
        if let Some(kept) = &mut self.kept {
            kept.state = state;
            kept.spent.clear();
            (kept.attempts, kept.since, kept.until, kept.token) = (0, 0, 0, None);
            self.note(Phase::Next);
        }
    }

    /// What is noted of a branch that has succeeded.
    pub(super) fn done<T: Payload>(&self, output: &T) -> Note {
        let output = self.kept.as_ref().and_then(|_| serde_json::to_string(output).ok());
        let progress = Progress { phase: Phase::Done, visits: self.visits, ..Progress::default() };
        Note { state: "", input: output.map(Into::into), variables: None, progress }
    }

    /// Counts an attempt that is about to begin.
    /// Whether anything is written down.
    pub(super) fn is_kept(&self) -> bool {
        self.kept.is_some()
    }

    pub(super) fn count_attempt(&mut self) {
        if let Some(kept) = &mut self.kept {
            kept.attempts += 1;
        }
    }

    /// The same for one whose time goes on while no process does.
    pub(super) fn count_lasting_attempt(&mut self, limit: Option<Duration>) {
        self.count_attempt();
        self.begin_time(limit);
    }

    /// The time begins that an attempt may take, over all processes that it lasts for.
    fn begin_time(&mut self, limit: Option<Duration>) {
        if let Some(kept) = &mut self.kept {
            let now = self.record.now();
            kept.since = millis(now);
            kept.until = limit.and_then(|limit| now.checked_add(limit)).map_or(0, millis);
        }
    }

    /// Notes that an attempt is about to begin.
    pub(super) fn note_attempt(&mut self) {
        self.count_attempt();
        self.note(Phase::Attempt);
    }

    /// Makes durable that an attempt is about to begin, and all before it.
    pub(super) async fn attempting(&mut self) {
        self.count_attempt();
        self.write(Phase::Attempt).await;
    }

    /// Makes durable where in its state the run is, and all before it.
    pub(super) async fn write(&mut self, phase: Phase) {
        if self.kept.is_some() {
            self.note(phase);
            self.record.commit().await;
        }
    }

    /// The same where the request was taken, and the attempt's time begins only now.
    pub(super) async fn taken(&mut self, limit: Option<Duration>) {
        self.begin_time(limit);
        self.write(Phase::Submitted).await;
    }

    /// Makes durable that the run does nothing until then, and all before it.
    pub(crate) async fn pausing(&mut self, phase: impl FnOnce(u64) -> Phase, until: Instant) {
        if self.kept.is_some() {
            let until = millis(self.record.time(until));
            self.write(phase(until)).await;
        }
    }

    /// Makes durable that the run waits.
    pub(crate) async fn resting(&mut self) {
        if let Some(until) = self.until {
            self.pausing(Phase::Wait, until).await;
        }
    }

    /// How many attempts there were in this visit, with this one.
    pub(super) fn attempts(&self, retries: u32) -> u32 {
        let kept = self.kept.as_ref().map(|kept| u32::try_from(kept.attempts).unwrap_or(u32::MAX));
        kept.unwrap_or(0).max(retries.saturating_add(1))
    }

    /// A number that the attempt has for as long as it lasts, over all processes that it lasts for.
    pub(super) fn attempt_token(&mut self, is_resumed: bool) -> u128 {
        let Some(kept) = &mut self.kept else { return crate::id::random() };
        match kept.token {
            Some(token) if is_resumed => token,
            _ => *kept.token.insert(crate::id::random()),
        }
    }

    /// The end of what is allowed to an attempt, counted from when it began.
    pub(super) fn attempt_deadline(&mut self, limit: Option<Duration>, is_resumed: bool) -> Option<Instant> {
        let since = self.kept.as_ref().map_or(0, |kept| kept.since);
        if is_resumed && since > 0 {
            return limit.map(|limit| self.record.instant(time(since) + limit));
        }
        crate::clock::deadline(limit)
    }

    /// What a nested execution is called in its parent.
    pub(super) fn link(&self) -> Link {
        Link { visit: self.visit(), retries: self.retries, item: None }
    }
}

/// The place of a nested execution in its parent: the visit, the attempt, and the item.
#[derive(Clone, Debug)]
pub struct Link {
    visit: Visit,
    retries: u32,
    item: Option<usize>,
}

impl Link {
    pub(super) fn item(self, index: usize) -> Self {
        Link { item: Some(index), ..self }
    }
}

impl std::fmt::Display for Link {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.visit, self.retries)?;
        self.item.map_or(Ok(()), |index| write!(f, "/{index}"))
    }
}

/// Nothing, at once: for records that keep nothing.
pub(crate) fn nothing() -> impl Future<Output = ()> + Send {
    std::future::ready(())
}
