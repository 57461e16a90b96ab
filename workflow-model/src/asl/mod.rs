//! The writer of Amazon States Language: one deterministic document per workflow.
//!
//! [`write()`] makes the text of a definition, and [`document`] the same as a tree. The expressions in it are JSONata; every
//! string that is not one stands for itself. What a deployment has to fill in are [`placeholders`].
//!
//! # What each state becomes
//!
//! - A task invokes a Lambda function with the workflow's name, the task's name, its input and where it runs. One
//!   function serves all tasks of a program, which finds the task by these names: that of a branch is called by the way to it, as
//!   in `prepare.Charge.pay`. A task retries what Lambda itself
//!   raises before it looks at the user's retriers, as AWS advises. It has no heartbeat there, as such a function cannot
//!   send one; its timeout bounds it. A callback invokes the function with the task's token as well, and waits for that.
//! - A task with a `function` invokes that one: with the same where it is the program's own, else with the task's input.
//! - An activity's task waits in the activity's queue for a worker. What the activity's ARN is, the deployment says.
//! - A task with a `resource` calls that service, with what its `arguments` make of the input.
//! - A poll becomes a loop: a `Pass` that begins to count, a `Task` that is invoked as a task is, a `Choice` that looks at the
//!   answer and at the time, and a `Wait`. What they count is in the data that they hand on.
//! - A nested workflow is started by `states:startExecution`, with `.sync:2` or `.sync` where the parent waits for it, and told
//!   which execution started it.
//! - The branches of a parallel state, and what a map runs for each item, are the states of their workflows, inside of it. Names are unique in the whole document:
//!   see [`scope`](crate::scope).
//! - The other kinds are the states of the same name.
//!
//! Variables get their first values in a `Pass` before the first state, where any of them is read.
//!
//! Nothing is left to a default that a reader would have to know: a retrier has its whole schedule, a catcher its output.
//! Where a state passes on its input as it is, that is what a state without `Output` does.
//!
//! ```
//! use workflow_model::{Definition, State, StateMachine, states};
//!
//! let done = State {
//!     name: "done".into(),
//!     asl_name: "Done".into(),
//!     comment: None,
//!     input: None,
//!     assign: Vec::new(),
//!     formerly: Vec::new(),
//!     kind: states::StateKind::Succeed(states::Succeed {}),
//! };
//! let machine =
//!     StateMachine { name: "Nothing".into(), start: Some("done".into()), states: vec![done], ..StateMachine::default() };
//! let text = workflow_model::asl::write(&Definition { machine, ..Definition::default() })?;
//! assert!(text.contains(r#""StartAt": "Done""#));
//! # Ok::<(), workflow_model::asl::WriteError>(())
//! ```

mod activity;
mod assign;
mod branch;
mod choice;
mod distributed;
mod error;
mod fail;
mod json;
mod map;
mod names;
mod nested;
mod parallel;
mod pass;
mod place;
mod placeholder;
mod poll;
mod recovery;
mod service;
mod state;
mod succeed;
mod task;
mod wait;

pub use error::WriteError;
pub use json::{Json, Object};
pub use placeholder::{Placeholder, StandsFor, placeholders};

use self::place::Place;
use self::state::StateWriter;
use crate::definition::Definition;
use crate::machine::Mode;
use crate::scope::Scope;
use crate::states::StateKind;

/// The definition of a workflow, as the text of its `.asl.json` file.
///
/// The same definition gives the same bytes.
///
/// # Errors
///
/// When the workflow is never exported, when one of its expressions has no translation, or when it has not passed the
/// checks.
pub fn write(definition: &Definition) -> Result<String, WriteError> {
    Ok(format!("{}\n", document(definition)?))
}

/// The definition of a workflow, as JSON that keeps the conventional order of its keys.
///
/// # Errors
///
/// As [`write()`].
pub fn document(definition: &Definition) -> Result<Json, WriteError> {
    let machine = &definition.machine;
    if machine.mode == Mode::Native {
        return Err(WriteError::Native { workflow: machine.name.clone() });
    }
    let scope = Scope::new(definition);
    names::check(&machine.name, &scope)?;
    let machine_states = states(definition, &scope, machine.mode, &Place::of_machine(machine))?;
    let document = Object::new()
        .maybe("Comment", machine.comment.as_deref())
        .with("QueryLanguage", "JSONata")
        .with("StartAt", machine_states.start)
        .maybe("TimeoutSeconds", machine.timeout.map(state::whole_seconds))
        .with("States", machine_states.states);
    Ok(document.into())
}

/// What the document of a workflow and each of its branches have.
struct States<'a> {
    /// The name of the first state.
    start: &'a str,
    states: Object,
}

/// The states of a machine, or of a branch of one.
fn states<'a>(
    definition: &Definition,
    scope: &'a Scope,
    mode: Mode,
    place: &Place<'_>,
) -> Result<States<'a>, WriteError> {
    let machine = &definition.machine;
    let start = machine.start.as_ref().and_then(|start| machine.index_of(start));
    let Some(start) = start.and_then(|start| scope.states.get(start)) else {
        let what = "it has no state to start at".to_owned();
        return Err(WriteError::Unchecked { workflow: machine.name.clone(), what });
    };
    let first = match &scope.initial {
        Some(initial) => Object::new().with(initial, assign::initial(definition, start)?),
        None => Object::new(),
    };
    let mut states = first;
    for (index, state) in machine.states.iter().enumerate() {
        let names = scope.names_of(machine, index);
        let written = write_state(&StateWriter { definition, state, scope, mode, place }, index, &names)?;
        states = names.iter().zip(written).fold(states, |states, (name, state)| states.with(name, state));
    }
    Ok(States { start: scope.initial.as_deref().unwrap_or(start), states })
}

/// The states that a state becomes, in the order of their names.
fn write_state(writer: &StateWriter<'_>, index: usize, names: &[&str]) -> Result<Vec<Object>, WriteError> {
    let written = match &writer.state.kind {
        StateKind::Poll(poll) => return poll::write(writer, poll, names),
        StateKind::Task(task) => match (&task.activity, &task.service) {
            (Some(activity), _) => activity::write(writer, task, activity),
            (None, Some(service)) => service::write(writer, task, service),
            (None, None) => task::write(writer, task),
        },
        StateKind::Nested(nested) => nested::write(writer, nested),
        StateKind::Parallel(parallel) => parallel::write(writer, parallel, &writer.scope.branches[index]),
        StateKind::Map(map) => map::write(writer, map, &writer.scope.branches[index]),
        StateKind::Choice(choice) => choice::write(writer, choice),
        StateKind::Wait(wait) => wait::write(writer, wait),
        StateKind::Pass(pass) => pass::write(writer, pass),
        StateKind::Succeed(_) => Ok(succeed::write(writer)),
        StateKind::Fail(fail) => fail::write(writer, fail),
    };
    Ok(vec![written?])
}
