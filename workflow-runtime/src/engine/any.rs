//! A workflow whose type is forgotten, so that one engine holds many.

use std::any::Any;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use workflow_model::Definition;

use super::limits::Room;
use super::{AnyExecution, Engine, Entry, Shared, StartError, recovery};
#[cfg(feature = "lambda")]
use crate::lambda::{Invocation, Invoked};
use crate::run::Unfit;
use crate::store::Tree;
use crate::{ExecutionId, Workflow};

type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A workflow of any type.
pub(crate) trait AnyWorkflow: Send + Sync {
    fn name(&self) -> &'static str;

    #[cfg(feature = "cli")]
    fn definition(&self) -> Definition;

    /// The workflow with its type to be remembered.
    fn typed(self: Arc<Self>) -> Arc<dyn Any + Send + Sync>;

    /// Starts an execution, with this name where one is given.
    fn start_json<'a>(
        self: Arc<Self>,
        engine: &'a Engine,
        name: Option<&'a str>,
        input: &'a str,
    ) -> BoxFuture<'a, Result<AnyExecution, StartError>>;

    /// Goes on with an execution that was written down.
    fn take_up(self: Arc<Self>, engine: &Arc<Shared>, tree: Tree, room: Room) -> Result<Arc<Entry>, Unfit>;

    /// Whether an execution that was written down could go on.
    fn fits(&self, tree: &Tree) -> Result<(), Unfit>;

    /// How long its executions may take.
    fn timeout(&self) -> Option<Duration>;

    /// The name of the state that executions begin in.
    fn first_state(&self) -> &'static str;

    /// What the workflow's code looks like: its graph, and the shapes of its data. What is opaque in them is not seen.
    fn fingerprint(&self) -> u64;

    /// Runs one task, as the Lambda function behind it does.
    #[cfg(feature = "lambda")]
    fn invoke(&self, invocation: Invocation) -> Pin<Box<dyn Future<Output = Invoked> + '_>>;
}

impl<W: Workflow> AnyWorkflow for W {
    fn name(&self) -> &'static str {
        W::NAME
    }

    #[cfg(feature = "cli")]
    fn definition(&self) -> Definition {
        W::definition()
    }

    fn typed(self: Arc<Self>) -> Arc<dyn Any + Send + Sync> {
        self
    }

    fn start_json<'a>(
        self: Arc<Self>,
        engine: &'a Engine,
        name: Option<&'a str>,
        input: &'a str,
    ) -> BoxFuture<'a, Result<AnyExecution, StartError>> {
        Box::pin(async move {
            let typed: W::Input = serde_json::from_str(input).map_err(StartError::Input)?;
            match name {
                Some(name) => engine.spawn_named(self, name, typed, input.to_owned()).await,
                None => engine.spawn(self, ExecutionId::random(W::NAME), typed, input.to_owned()).await,
            }
        })
    }

    fn take_up(self: Arc<Self>, engine: &Arc<Shared>, tree: Tree, room: Room) -> Result<Arc<Entry>, Unfit> {
        engine.go_on(self, tree, room)
    }

    fn fits(&self, tree: &Tree) -> Result<(), Unfit> {
        recovery::fits::<W>(tree).map(drop)
    }

    fn timeout(&self) -> Option<Duration> {
        W::TIMEOUT
    }

    fn first_state(&self) -> &'static str {
        let machine = W::definition().machine;
        let first = machine.start.and_then(|start| machine.states.iter().position(|state| state.name == start));
        W::STATES[first.expect("a workflow without a start does not compile")].name
    }

    fn fingerprint(&self) -> u64 {
        let Definition { shapes, types, variables, .. } = W::definition();
        let data = format!("{shapes:?} {types:?} {:?}", variables.map(|variables| variables.shape));
        let step = |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        data.bytes().fold(W::FINGERPRINT, step)
    }

    #[cfg(feature = "lambda")]
    fn invoke(&self, invocation: Invocation) -> Pin<Box<dyn Future<Output = Invoked> + '_>> {
        Box::pin(Workflow::invoke(self, invocation))
    }
}
