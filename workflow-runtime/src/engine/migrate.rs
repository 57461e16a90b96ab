//! How executions are written anew that the code no longer fits.

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;

use super::stranded::Where;
use super::{AnyExecution, Durability, Engine};
use crate::ExecutionId;
use crate::intern::intern;
use crate::run::{Fits, Resumed, Unfit};
use crate::store::{BranchChange, Checkpoint, Park, Saved, Step, StoreError, Tree};

/// Where an execution that the code no longer fits is, for [`Engine::migrate`] to write anew.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct StoredState {
    /// The workflow whose state it is: of the execution, of a nested one, or of a branch.
    pub workflow: String,
    /// The state's name in Amazon States Language, as in `CallService`. Where it is changed, the execution is about to enter that state.
    /// Empty for a branch that has ended and waits for others: then the input is its output.
    pub state: String,
    /// The state's input as JSON.
    pub input: String,
    /// The workflow's variables as JSON, where it has any.
    pub variables: Option<String>,
}

/// Why an execution was not migrated. Nothing was written then.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum MigrateError {
    /// The engine knows no such execution that cannot go on.
    NotStranded(ExecutionId),
    /// It could not go on with what it was to be made of either.
    Unfit {
        /// The execution.
        id: ExecutionId,
        /// What does not fit.
        why: String,
    },
    /// What the engine's store has to say.
    Store(Arc<StoreError>),
}

impl fmt::Display for MigrateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            MigrateError::NotStranded(id) => {
                write!(f, "{id} needs no migration: `Engine::stranded` lists the executions that cannot go on")
            }
            MigrateError::Unfit { id, why } => write!(f, "{id} could not go on with that either: {why}"),
            MigrateError::Store(error) => write!(f, "the execution could not be written anew: {error}"),
        }
    }
}

impl std::error::Error for MigrateError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            MigrateError::Store(error) => Some(error),
            MigrateError::NotStranded(_) | MigrateError::Unfit { .. } => None,
        }
    }
}

impl Engine {
    /// Writes a [stranded](Self::stranded) execution anew, so that it fits the code, and goes on with it.
    ///
    /// `rewrite` is given each place in the execution that does not fit: one, unless it has branches. Only when all that it makes of them
    /// fits is it written, all together. The history stays as it is, and the workflow's timeout counts from the start as before.
    ///
    /// What does not fit in a branch or in a nested execution shows when it is about to go on, so that an execution may be stranded again
    /// after it was migrated.
    ///
    /// ```no_run
    /// # use workflow_runtime::prelude::*;
    /// # async fn migrate(engine: &Engine) -> Result<(), Box<dyn std::error::Error>> {
    /// for stranded in engine.stranded() {
    ///     engine
    ///         .migrate(&stranded.id, |stored| {
    ///             // The weight was in kilograms, and is in grams now.
    ///             if let Ok(kilograms) = stored.input.parse::<u32>() {
    ///                 stored.input = (kilograms * 1000).to_string();
    ///             }
    ///         })
    ///         .await?;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// When the execution is not stranded, when it still does not fit, or when the store fails. Nothing has changed then.
    pub async fn migrate(
        &self,
        id: &ExecutionId,
        mut rewrite: impl FnMut(&mut StoredState),
    ) -> Result<AnyExecution, MigrateError> {
        let not_stranded = || MigrateError::NotStranded(id.clone());
        let durable = self.shared.durable.as_ref().ok_or_else(not_stranded)?;
        let (number, misfits) = durable.strand.find(id).await.ok_or_else(not_stranded)?;
        let tree = read(durable, number)?.ok_or_else(not_stranded)?;
        let mut steps = Vec::new();
        for (at, unfit) in &misfits {
            let step = self.rewritten(&tree, at, unfit, &mut rewrite);
            steps.push(step.map_err(|why| MigrateError::Unfit { id: id.clone(), why })?);
        }
        durable.written(&mut steps).await.map_err(MigrateError::Store)?;
        durable.strand.remove(number);
        self.shared.register().forget_whole(number);
        let tree = read(durable, number)?.ok_or_else(not_stranded)?;
        self.shared.take_up(tree, self.shared.spare_room());
        self.execution(id).ok_or_else(not_stranded)
    }

    /// The step that writes one place anew.
    fn rewritten(
        &self,
        tree: &Tree,
        (number, path): &Where,
        unfit: &Unfit,
        rewrite: &mut impl FnMut(&mut StoredState),
    ) -> Result<Step, String> {
        let fits = unfit.fits.ok_or_else(|| unfit.why.clone())?;
        let gone = || "what did not fit is gone".to_owned();
        let part = part(tree, *number).ok_or_else(gone)?;
        let saved = match path {
            Some(path) => part.branches.get(&**path).cloned().ok_or_else(gone)?,
            None => part.checkpoint.clone().map_or_else(|| self.unbegun(part), Ok)?,
        };
        let workflow = unfit.workflow.unwrap_or(&part.execution.workflow);
        let checkpoint = rewritten(workflow, saved.clone(), fits, rewrite)?;
        // In another state it has nothing to wait for.
        let is_moved = checkpoint.state != saved.state;
        let park = (path.is_none() && *number == tree.execution.number && is_moved).then_some(Park::Over);
        let step = Step { execution: *number, park, ..Step::default() };
        Ok(match path {
            Some(path) => Step { branches: vec![BranchChange::At(path.clone(), checkpoint)], ..step },
            None => Step { checkpoint: Some(checkpoint), ..step },
        })
    }

    /// Where an execution is that has not come to its first state.
    fn unbegun(&self, part: &Tree) -> Result<Saved, String> {
        let stored = &part.execution;
        let workflow = self.shared.by_name.get(&*stored.workflow);
        let workflow = workflow.ok_or_else(|| format!("the engine has no workflow `{}`", stored.workflow))?;
        let progress = Resumed::first(stored.events);
        Ok(Saved {
            state: workflow.first_state().to_owned(),
            input: Some(stored.input.clone()),
            variables: None,
            progress,
        })
    }
}

impl Durability {
    /// Writes these steps, all or none of them.
    async fn written(&self, steps: &mut Vec<Step>) -> Result<(), Arc<StoreError>> {
        let number = self.commits.queue(steps);
        let (mut written, mut failure) = (pin!(self.commits.durable(number)), pin!(self.commits.failure()));
        poll_fn(|context| match written.as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(Ok(())),
            Poll::Pending => failure.as_mut().poll(context).map(Err),
        })
        .await
    }
}

fn read(durable: &Durability, number: u64) -> Result<Option<Tree>, MigrateError> {
    durable.commits.store().tree(number).map_err(|error| MigrateError::Store(Arc::new(error)))
}

/// The execution with this number, or that part of it.
fn part(tree: &Tree, number: u64) -> Option<&Tree> {
    if tree.execution.number == number {
        Some(tree)
    } else {
        tree.children.iter().find_map(|child| part(child, number))
    }
}

/// What is to be in the place of what was written down.
fn rewritten(
    workflow: &str,
    saved: Saved,
    fits: Fits,
    rewrite: &mut impl FnMut(&mut StoredState),
) -> Result<Checkpoint, String> {
    let former = saved.state.clone();
    let mut resumed = Resumed::try_from(saved).map_err(|error| format!("its progress is no JSON: {error}"))?;
    let Resumed { state, input, variables, .. } = resumed.clone();
    let mut stored = StoredState { workflow: workflow.to_owned(), state, input: input.unwrap_or_default(), variables };
    rewrite(&mut stored);
    let StoredState { state, input, variables, .. } = stored;
    if state != former {
        resumed.progress = resumed.progress.about_to_enter();
    }
    resumed = Resumed { state, input: Some(input), variables, progress: resumed.progress };
    fits(&resumed)?;
    let progress = resumed.progress.to_string().into();
    let Resumed { state, input, variables, .. } = resumed;
    Ok(Checkpoint {
        state: intern(&state),
        input: input.map(Into::into),
        variables: variables.map(Into::into),
        progress,
    })
}
