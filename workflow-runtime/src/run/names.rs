//! The names of the states of workflows with branches, as the export has them.

use std::any::TypeId;
use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock};

use workflow_model::scope::Scope;

use crate::Workflow;

/// The names of each workflow that was asked for. They are worked out once, and then live as long as the program, as the names
/// of other states do.
static SCOPES: RwLock<BTreeMap<TypeId, &'static Scope>> = RwLock::new(BTreeMap::new());

/// The names in a workflow and its branches.
pub(super) fn scope<W: Workflow>() -> &'static Scope {
    let known = SCOPES.read().unwrap_or_else(PoisonError::into_inner).get(&TypeId::of::<W>()).copied();
    known.unwrap_or_else(|| {
        let scope = Scope::new(&W::definition());
        let mut scopes = SCOPES.write().unwrap_or_else(PoisonError::into_inner);
        scopes.entry(TypeId::of::<W>()).or_insert_with(|| Box::leak(Box::new(scope)))
    })
}
