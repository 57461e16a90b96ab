//! What an execution that outlives its process writes down of a run, and how a run goes on from there.
//!
//! [`Run::attempting`] and [`Run::pausing`] are the moments at which everything so far is made durable: before something happens
//! that the world can notice, and before time passes. What lies between two of them is run again after a crash, and comes to the same.

use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};
use tokio::time::Instant;
use workflow_model::states::StatesError;

use super::{Record, Run, Visit, cross};
use crate::workflow::StateValue;
use crate::{Failure, Payload, Workflow};

/// Where in a state a run is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Phase {
    /// About to enter it.
    #[default]
    Next,
    /// In an attempt at what the state does, which runs again.
    Attempt,
    /// In an attempt whose request was taken, and whose answer is waited for.
    Submitted,
    /// Until a retry, in milliseconds since 1970.
    Delay(u64),
    /// In a wait until then.
    Wait(u64),
    /// Behind the last one: what is noted as the input is the output.
    Done,
}

/// What is written down of a run besides its state, the state's input and the variables. What is not there is zero.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Progress {
    pub(crate) phase: Phase,
    pub(crate) visits: u64,
    #[serde(skip_serializing_if = "is_zero")]
    pub(crate) retries: u64,
    /// How often each retrier was used.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) spent: Vec<u32>,
    /// How often an attempt was begun in this visit.
    #[serde(skip_serializing_if = "is_zero")]
    pub(crate) attempts: u64,
    /// When the attempt began, where its time goes on while no process does, in milliseconds since 1970.
    #[serde(skip_serializing_if = "is_zero")]
    pub(crate) since: u64,
    /// What the attempt's token names.
    #[serde(skip_serializing_if = "Option::is_none", with = "hex")]
    pub(crate) token: Option<u128>,
    /// When the state was entered, where something asks for it.
    #[serde(skip_serializing_if = "is_zero")]
    pub(crate) entered_at: u64,
    /// Whether the variables have their first values.
    #[serde(skip_serializing_if = "is_false")]
    pub(crate) initialized: bool,
    /// The numbers of events that later ones follow from.
    pub(crate) last: u64,
    #[serde(skip_serializing_if = "is_zero")]
    pub(crate) entered: u64,
    #[serde(skip_serializing_if = "is_zero")]
    pub(crate) before: u64,
    #[serde(skip_serializing_if = "is_zero")]
    pub(crate) map_run: u64,
}

impl Progress {
    /// The same, where another state comes next.
    pub(crate) fn about_to_enter(self) -> Self {
        let Progress { visits, initialized, last, entered, before, map_run, .. } = self;
        Progress { visits, initialized, last, entered, before, map_run, ..Progress::default() }
    }
}

impl std::fmt::Display for Progress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&serde_json::to_string(self).map_err(|_| std::fmt::Error)?)
    }
}

fn is_zero(number: &u64) -> bool {
    *number == 0
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
fn is_false(value: &bool) -> bool {
    !*value
}

/// A token's number as people see it in the token.
mod hex {
    use serde::{Deserialize, Deserializer, Serializer};

    #[allow(clippy::ref_option, reason = "serde asks for it")]
    pub(super) fn serialize<S: Serializer>(token: &Option<u128>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{:032x}", token.unwrap_or_default()))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u128>, D::Error> {
        let text = String::deserialize(deserializer)?;
        u128::from_str_radix(&text, 16).map(Some).map_err(serde::de::Error::custom)
    }
}

/// Where a run is, as it is noted.
#[derive(Debug)]
pub struct Note {
    pub(crate) state: &'static str,
    pub(crate) input: Option<Arc<str>>,
    pub(crate) variables: Option<Arc<str>>,
    pub(crate) progress: Progress,
}

/// Where a run was when it was noted last.
#[derive(Clone, Debug)]
pub struct Resumed {
    pub(crate) state: String,
    pub(crate) input: Option<String>,
    pub(crate) variables: Option<String>,
    pub(crate) progress: Progress,
}

impl Resumed {
    /// The progress of an execution of which nothing but so many events was written down.
    pub(crate) fn first(events: u64) -> String {
        Progress { last: events, ..Progress::default() }.to_string()
    }
}

/// What a run keeps for its notes.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    state: &'static str,
    /// The input of the state that the run is in, or about to enter.
    input: Option<Arc<str>>,
    pub(super) variables: Option<Arc<str>>,
    pub(super) spent: Vec<u32>,
    attempts: u64,
    since: u64,
    token: Option<u128>,
    /// Where in its state a run goes on.
    pub(super) resumed: Option<Phase>,
    /// Where a branch was when it was noted last, until it goes on from there.
    found: Option<Resumed>,
    /// Whether there was such a place.
    is_found: bool,
}

/// Milliseconds since 1970.
pub(crate) fn millis(time: SystemTime) -> u64 {
    let since = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

/// The time so many milliseconds after the beginning of 1970.
pub(crate) fn time(millis: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_millis(millis)
}

/// A value as it was written down.
pub(crate) fn read<T: Payload>(json: &str) -> Result<T, String> {
    serde_json::from_str(json).map_err(|error| error.to_string())
}

impl<R: Record> Run<R> {
    /// The state to begin with: the first one, or that in which the run was noted last.
    pub(crate) async fn begin<W: Workflow>(
        &mut self,
        input: Option<W::Input>,
    ) -> Result<(W::State, W::Variables), Failure> {
        let found = self.kept.as_mut().and_then(|kept| kept.found.take());
        if let Some(resumed) = found.or_else(|| self.record.resumed()) {
            match restore::<W>(&resumed) {
                Ok((state, variables)) => {
                    self.resume(W::STATES[state.index()].name, resumed);
                    return Ok((state, variables));
                }
                // It stays as it is, until there is code that it fits.
                Err(why) => self.record.strand(Unfit::new::<W>(why)).await,
            }
        }
        match input {
            Some(input) => Ok((W::start(cross(input)?), W::Variables::default())),
            None => {
                self.record.strand(Unfit::for_good("nothing is known of where it was".to_owned())).await;
                Err(Failure::states(StatesError::Runtime, "a stranded execution does not go on"))
            }
        }
    }

    /// Goes on where the run was noted last.
    fn resume(&mut self, state: &'static str, resumed: Resumed) {
        let Resumed { input, variables, progress, .. } = resumed;
        let kept = Kept {
            state,
            input: input.map(Into::into),
            variables: variables.map(Into::into),
            spent: progress.spent,
            attempts: progress.attempts,
            since: progress.since,
            token: progress.token,
            resumed: Some(progress.phase),
            found: None,
            is_found: true,
        };
        self.kept = Some(Box::new(kept));
        self.visits = progress.visits;
        self.retries = u32::try_from(progress.retries).unwrap_or(u32::MAX);
        self.is_initialized = progress.initialized;
        self.entered = (progress.entered_at > 0).then(|| time(progress.entered_at));
        if let Phase::Wait(until) = progress.phase {
            self.until = Some(self.record.instant(time(until)));
        }
    }

    /// Looks for what was noted of a branch. Where it has no state of a workflow, it goes on with what is known besides.
    pub(super) fn find_resumed(&mut self) {
        let Some(kept) = &mut self.kept else { return };
        let Some(resumed) = self.record.resumed() else { return };
        match resumed.progress.phase {
            Phase::Done => kept.found = Some(resumed),
            _ if resumed.state.is_empty() => {
                self.resume("", resumed);
                if let Some(kept) = &mut self.kept {
                    kept.is_found = true;
                }
            }
            _ => (kept.found, kept.is_found) = (Some(resumed), true),
        }
    }

    /// Whether the branch goes on from where it was in another process.
    pub(super) fn is_resumed(&self) -> bool {
        self.kept.as_ref().is_some_and(|kept| kept.is_found || kept.found.is_some())
    }

    /// The output of a branch that had ended in another process.
    pub(super) fn was_done(&mut self) -> Option<Resumed> {
        let kept = self.kept.as_mut()?;
        kept.found.take_if(|found| found.progress.phase == Phase::Done)
    }

    /// Whether the run goes on within a state that it had entered before.
    pub(super) fn is_within(&self) -> bool {
        self.kept.as_ref().is_some_and(|kept| kept.resumed.is_some_and(|phase| phase != Phase::Next))
    }

    /// Where in the state the run goes on; once.
    pub(super) fn resumes_from(&mut self) -> Option<Phase> {
        self.kept.as_mut().and_then(|kept| kept.resumed.take()).filter(|phase| *phase != Phase::Next)
    }

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
            (kept.attempts, kept.since, kept.token) = (0, 0, None);
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
            (kept.attempts, kept.since, kept.token) = (0, 0, None);
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
    pub(super) fn count_attempt(&mut self) {
        if let Some(kept) = &mut self.kept {
            kept.attempts += 1;
        }
    }

    /// The same for one whose time goes on while no process does.
    pub(super) fn count_lasting_attempt(&mut self) {
        self.count_attempt();
        if let Some(kept) = &mut self.kept {
            kept.since = millis(self.record.now());
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
    pub(super) async fn taken(&mut self) {
        if let Some(kept) = &mut self.kept {
            kept.since = millis(self.record.now());
        }
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

/// The position of a state, by the name that it has or had.
pub(crate) fn position<W: Workflow>(name: &str) -> Option<usize> {
    let now = W::STATES.iter().position(|state| state.name == name);
    now.or_else(|| W::FORMERLY.iter().find(|(former, _)| *former == name).map(|(_, position)| *position))
}

/// Whether what was written down fits the code; if not, why.
pub(crate) type Fits = fn(&Resumed) -> Result<(), String>;

/// What is written down, and does not fit the code.
#[derive(Clone, Debug)]
pub struct Unfit {
    /// What does not fit.
    pub(crate) why: String,
    /// The workflow that it is of, where that is known.
    pub(crate) workflow: Option<&'static str>,
    /// Whether what is put in its place does. `None`: nothing can be put there.
    pub(crate) fits: Option<Fits>,
}

impl Unfit {
    /// Where a run of this workflow is.
    pub(crate) fn new<W: Workflow>(why: String) -> Self {
        Unfit { why, workflow: Some(W::NAME), fits: Some(|resumed| restore::<W>(resumed).map(drop)) }
    }

    /// A value that was written down as the output of a branch.
    pub(super) fn output<T: Payload>(why: String) -> Self {
        let fits = |resumed: &Resumed| read::<T>(resumed.input.as_deref().unwrap_or("null")).map(drop);
        Unfit { why, workflow: None, fits: Some(fits) }
    }

    /// What cannot be written anew.
    pub(crate) fn for_good(why: String) -> Self {
        Unfit { why, workflow: None, fits: None }
    }
}

/// A state and the variables, as they were written down.
pub(crate) fn restore<W: Workflow>(resumed: &Resumed) -> Result<(W::State, W::Variables), String> {
    let position = position::<W>(&resumed.state).ok_or_else(|| {
        let former = &resumed.state;
        format!(
            "`{}` has no state `{former}` any more; put `#[formerly(\"{former}\")]` on the one that takes its place",
            W::NAME
        )
    })?;
    let name = W::STATES[position].name;
    let input = resumed.input.as_deref().ok_or_else(|| format!("the input of `{name}` was not written down"))?;
    let state = W::State::read(position, input)
        .map_err(|error| format!("its data no longer fits the input of `{name}`: {error}"))?;
    let variables = match &resumed.variables {
        Some(json) => read(json).map_err(|error| format!("its variables no longer fit `{}`: {error}", W::NAME))?,
        None => W::Variables::default(),
    };
    Ok((state, variables))
}

/// Nothing, at once: for records that keep nothing.
pub(crate) fn nothing() -> impl Future<Output = ()> + Send {
    std::future::ready(())
}
