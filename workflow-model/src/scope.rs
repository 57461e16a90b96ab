//! The names of states where branches bring theirs into a machine: [`Scope`].
//!
//! Names are unique in the whole of a machine on Step Functions, whatever state they are inside of. A state of a branch keeps its
//! own name unless another state of the machine has it. Then it is called by where it is: `Fulfil.Pack.Weigh` is the state
//! `Weigh` in the branch `Pack` of the state `Fulfil`.

use std::collections::BTreeMap;

use crate::definition::Definition;
use crate::machine::StateMachine;

/// What the states of a machine, or of a branch of it, are called in Amazon States Language and in the history.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// The name of each state, in the order of the machine's states: of a poll that of the first state that it becomes. The names of
    /// the others stand behind all these, in the same order.
    pub states: Vec<String>,
    /// The branches of each state, in the same order.
    pub branches: Vec<Vec<BranchScope>>,
    /// The name of the `Pass` that gives the variables their first values, if there is one.
    pub initial: Option<String>,
}

/// The names in a branch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BranchScope {
    /// The name of the state that the branch has besides those of its workflow, if there is one.
    pub own: Option<String>,
    /// The names of its states.
    pub scope: Scope,
}

impl Scope {
    /// The names in a machine.
    pub fn new(definition: &Definition) -> Self {
        let mut uses = BTreeMap::new();
        count(definition, &mut uses);
        Scope::at(definition, &[], &uses)
    }

    /// The names of the states that the state at this position of the machine becomes.
    pub fn names_of(&self, machine: &StateMachine, index: usize) -> Vec<&str> {
        let behind = machine.behind(index);
        let others = behind..behind + machine.states[index].asl_names().len() - 1;
        [index].into_iter().chain(others).filter_map(|position| self.states.get(position)).map(String::as_str).collect()
    }

    /// All names, those of branches behind that of their state.
    pub fn names(&self) -> Vec<&str> {
        let mut names = Vec::from_iter(self.initial.as_deref());
        for (state, branches) in self.states.iter().zip(&self.branches) {
            names.push(state.as_str());
            for branch in branches {
                names.extend(branch.own.as_deref());
                names.extend(branch.scope.names());
            }
        }
        names.extend(self.states.iter().skip(self.branches.len()).map(String::as_str));
        names
    }

    fn at(definition: &Definition, path: &[&str], uses: &BTreeMap<String, usize>) -> Self {
        let is_shared = |name: &String| uses.get(name).is_some_and(|&uses| uses > 1);
        let name = |name: &str, names: &[String], path: &[&str]| match names.iter().any(is_shared) {
            true if !path.is_empty() => format!("{}.{name}", path.join(".")),
            _ => name.to_owned(),
        };
        let initial = definition.machine.initial_state().map(|initial| name(initial, &[initial.to_owned()], path));
        let mut scope = Scope { initial, ..Scope::default() };
        let mut others = Vec::new();
        for state in &definition.machine.states {
            // The states that a poll becomes are called alike, wherever one of them has to say where it is.
            let called = name(&state.asl_name, &state.asl_names(), path);
            let mut names = state.kind.asl_names(&called).into_iter();
            scope.states.extend(names.next());
            others.extend(names);
            let branches = state.kind.branches().iter().map(|branch| {
                let path = [path, &[&state.asl_name, &branch.label]].concat();
                let own = branch.own_state().map(|own| name(own, &[own.to_owned()], &path));
                let inner = definition.branch(branch);
                BranchScope { own, scope: inner.map(|it| Scope::at(it, &path, uses)).unwrap_or_default() }
            });
            scope.branches.push(branches.collect());
        }
        scope.states.extend(others);
        scope
    }
}

/// How often each name is used in a machine.
fn count(definition: &Definition, uses: &mut BTreeMap<String, usize>) {
    if let Some(initial) = definition.machine.initial_state() {
        *uses.entry(initial.to_owned()).or_default() += 1;
    }
    for state in &definition.machine.states {
        for name in state.asl_names() {
            *uses.entry(name).or_default() += 1;
        }
        for branch in state.kind.branches() {
            if let Some(own) = branch.own_state() {
                *uses.entry(own.to_owned()).or_default() += 1;
            }
            if let Some(inner) = definition.branch(branch) {
                count(inner, uses);
            }
        }
    }
}
