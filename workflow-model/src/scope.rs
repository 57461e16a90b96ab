//! The names of states where branches bring theirs into a machine: [`Scope`].
//!
//! Names are unique in the whole of a machine on Step Functions, whatever state they are inside of. A state of a branch keeps its
//! own name unless another state of the machine has it. Then it is called by where it is: `Fulfil.Pack.Weigh` is the state
//! `Weigh` in the branch `Pack` of the state `Fulfil`.

use std::collections::BTreeMap;

use crate::definition::Definition;

/// What the states of a machine, or of a branch of it, are called in Amazon States Language and in the history.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// The name of each state, in the order of the machine's states.
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
        names
    }

    fn at(definition: &Definition, path: &[&str], uses: &BTreeMap<&str, usize>) -> Self {
        let name = |name: &str, path: &[&str]| match uses.get(name) {
            Some(2..) if !path.is_empty() => format!("{}.{name}", path.join(".")),
            _ => name.to_owned(),
        };
        let initial = definition.machine.initial_state().map(|initial| name(initial, path));
        let mut scope = Scope { initial, ..Scope::default() };
        for state in &definition.machine.states {
            scope.states.push(name(&state.asl_name, path));
            let branches = state.kind.branches().iter().map(|branch| {
                let path = [path, &[&state.asl_name, &branch.label]].concat();
                let own = branch.own_state().map(|own| name(own, &path));
                let inner = definition.branch(branch);
                BranchScope { own, scope: inner.map(|it| Scope::at(it, &path, uses)).unwrap_or_default() }
            });
            scope.branches.push(branches.collect());
        }
        scope
    }
}

/// How often each name is used in a machine.
fn count<'a>(definition: &'a Definition, uses: &mut BTreeMap<&'a str, usize>) {
    if let Some(initial) = definition.machine.initial_state() {
        *uses.entry(initial).or_default() += 1;
    }
    for state in &definition.machine.states {
        *uses.entry(&state.asl_name).or_default() += 1;
        for branch in state.kind.branches() {
            if let Some(own) = branch.own_state() {
                *uses.entry(own).or_default() += 1;
            }
            if let Some(inner) = definition.branch(branch) {
                count(inner, uses);
            }
        }
    }
}
