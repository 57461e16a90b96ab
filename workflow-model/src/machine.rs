//! The graph: a [`StateMachine`], its [`State`]s and the [`Next`] of each.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::expr::Lambda;
use crate::name::pascal_case;
use crate::states::{ChildRef, StateKind};

/// A state machine as its author wrote it, before anything is known of the types that cross its edges.
///
/// Types, error names and nested workflows are known to the macro by their tokens only. They are held in tables
/// ([`types`](Self::types), [`errors`](Self::errors), [`children`](Self::children), [`constants`](Self::constants)), and the rest of the
/// model refers to them by index. [`Definition`](crate::Definition) holds what each entry turned out to be.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct StateMachine {
    /// The Rust name of the type that carries the `#[workflow]`, as in `PollService`.
    pub name: String,
    /// The doc comment, which becomes the `Comment` of the definition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// The Rust name of the first state. `None` only before the checks have passed.
    pub start: Option<String>,
    /// The longest time an execution may take.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timeout: Option<Duration>,
    /// What kind of workflow it is.
    #[serde(default)]
    pub mode: Mode,
    /// The type of what an execution ends with. `None`: no state succeeds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output: Option<TypeRef>,
    /// The workflow's variables. `None`: it has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variables: Option<Variables>,
    /// The states in source order.
    pub states: Vec<State>,
    /// The Rust types that the model refers to, as tokens.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub types: Vec<String>,
    /// The user's own errors that retriers and catchers name, as paths such as `ServiceError::Rejected`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<String>,
    /// The workflows that this one nests, as tokens.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<String>,
    /// Which of those is this workflow itself. `None`: it does not nest itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub itself: Option<ChildRef>,
    /// The user's constants that portable expressions name, as paths.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub constants: Vec<String>,
}

impl StateMachine {
    /// The state with this Rust name.
    pub fn state(&self, name: &str) -> Option<&State> {
        self.states.iter().find(|state| state.name == name)
    }

    /// Where a table of all states in Amazon States Language has those that the state at this position becomes besides the first:
    /// behind the first ones of all states, in the order of the states.
    pub fn behind(&self, index: usize) -> usize {
        self.states.len() + self.states[..index].iter().map(|state| state.asl_names().len() - 1).sum::<usize>()
    }

    /// The position of the state with this Rust name.
    pub fn index_of(&self, name: &str) -> Option<usize> {
        self.states.iter().position(|state| state.name == name)
    }

    /// The name of the `Pass` before the first state, in which the variables that are read get their first values: on AWS a variable
    /// that was never assigned cannot be read. `None` where none is read.
    pub fn initial_state(&self) -> Option<&'static str> {
        let variables = self.variables.as_ref()?;
        (!variables.read.is_empty()).then_some(INITIAL_STATE)
    }
}

/// The name of the state in which variables get their first values.
const INITIAL_STATE: &str = "InitialVariables";

/// `#[workflow(variables = Progress)]`: a struct, each of whose fields is a variable.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variables {
    /// The Rust names of the fields that some expression reads, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub read: Vec<String>,
}

/// Where a workflow may run, and by which rules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// A Standard workflow: up to a year, each step at most once, a history of up to 25,000 events.
    #[default]
    Standard,
    /// `#[workflow(express)]`: an Express workflow, up to five minutes.
    Express,
    /// `#[workflow(native)]`: never exported, so free of the rules of Step Functions.
    Native,
}

/// One state: what every kind has, and what its kind adds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct State {
    /// The Rust name, as in `call_service`.
    pub name: String,
    /// The name in Amazon States Language, as in `CallService`.
    pub asl_name: String,
    /// The doc comment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// The type of the state's parameter. `None`: the state takes no parameter, and its input is `()`.
    pub input: Option<TypeRef>,
    /// The variables that are assigned when the state is left, but not through a catcher. A choice assigns at its leaves.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assign: Vec<Assignment>,
    /// What it was called before, as names in Rust or in Amazon States Language: executions that were written down in a state of that
    /// name go on in this one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub formerly: Vec<String>,
    /// What the kind of state adds.
    pub kind: StateKind,
}

impl State {
    /// The names in Amazon States Language of the states that it becomes, the one that others lead to first. All
    /// but a poll become one.
    pub fn asl_names(&self) -> Vec<String> {
        self.kind.asl_names(&self.asl_name)
    }

    /// The names in Amazon States Language that a state had which was called like this, in step with [`asl_names`](Self::asl_names):
    /// those that its name in Rust would have given it, and those of a state that was given this very name.
    ///
    /// ```
    /// # use workflow_model::State;
    /// # use workflow_model::states::{StateKind, Succeed};
    /// # let kind = StateKind::Succeed(Succeed {});
    /// # let state = State { name: "done".into(), asl_name: "Done".into(), comment: None, input: None, assign: vec![], formerly: vec![], kind };
    /// assert_eq!(state.former_names("all_done"), [["AllDone"], ["all_done"]]);
    /// assert_eq!(state.former_names("All done"), [["All done"]]);
    /// ```
    pub fn former_names(&self, formerly: &str) -> Vec<Vec<String>> {
        let mut names = Vec::new();
        if is_rust_name(formerly) {
            names.push(pascal_case(formerly));
        }
        names.push(formerly.to_owned());
        names.dedup();
        names.iter().map(|name| self.kind.asl_names(name)).collect()
    }
}

/// Whether a method can be called so.
fn is_rust_name(name: &str) -> bool {
    let name = name.strip_prefix("r#").unwrap_or(name);
    let is_letter = |letter: char| letter == '_' || letter.is_alphabetic();
    name.starts_with(is_letter) && name.chars().all(|char| is_letter(char) || char.is_numeric())
}

/// A variable, and what it becomes: `polls = vars.polls + 1`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Assignment {
    /// The variable's name in Rust.
    pub variable: String,
    /// What makes the value. Its parameters are the state's input, and the state's result or the failure that a catcher took, where
    /// there is one.
    pub value: Lambda,
}

/// An index into [`StateMachine::types`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TypeRef(pub usize);

/// What follows a state.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Next {
    /// Neither `next` nor `end` was written. A finding, unless the kind of state needs neither.
    #[default]
    Missing,
    /// `end`: the execution succeeds with the state's result, or with what `end = |result| …` makes of it.
    End(Option<Lambda>),
    /// `next = …`: the execution goes on in another state.
    To(Transition),
}

impl Next {
    /// The transition, unless the execution ends here.
    pub fn transition(&self) -> Option<&Transition> {
        match self {
            Next::To(transition) => Some(transition),
            Next::Missing | Next::End(_) => None,
        }
    }
}

/// An edge of the graph: the successor, and what it is given.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Transition {
    /// The Rust name of the successor, which may be unknown until the checks have passed.
    pub target: String,
    /// What makes the successor's input, as in `|ticket| wait(Pending { ticket, polls: 0 })`. `None`: the successor
    /// takes the result (of a catcher: the failure) as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payload: Option<Lambda>,
}
