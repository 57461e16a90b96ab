//! How a run goes on from what was written down of it.

use workflow_model::states::StatesError;

use super::note::Kept;
use super::progress::{Phase, Resumed, read, time};
use super::{Record, Run, cross};
use crate::workflow::StateValue;
use crate::{Failure, Payload, Workflow};

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
            until: progress.until,
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
