//! Where a choice goes: [`Next`].

use std::fmt;

use crate::run::{Assign, Assigned};
use crate::{Failure, Workflow};

/// The state that follows, with its input: what a `#[choice]` returns.
///
/// It is made by naming a state, as in `wait_for_result(pending)`, and by nothing else, so that a body cannot leave the graph.
///
/// ```
/// use workflow_runtime::prelude::*;
///
/// pub struct Sorter;
///
/// #[workflow(start = sort, timeout = "1m")]
/// impl Sorter {
///     #[choice]
///     fn sort(weight: u32) -> Next<Self> {
///         if weight <= 20 { accepted(weight) } else { too_heavy(weight) }
///     }
///
///     #[succeed]
///     fn accepted(weight: u32);
///
///     #[fail(error = "TooHeavy")]
///     fn too_heavy(weight: u32) -> String {
///         format!("{weight} kg are too many")
///     }
/// }
/// ```
#[must_use = "a choice is made only by returning it"]
pub struct Next<W: Workflow> {
    state: W::State,
    assign: Option<Assign<W::Variables>>,
}

impl<W: Workflow> Next<W> {
    #[doc(hidden)]
    pub fn __to(state: W::State) -> Self {
        Next { state, assign: None }
    }

    /// With what the leaf assigns on the way.
    #[doc(hidden)]
    pub fn __assigning(
        self,
        assign: impl FnOnce(&mut W::Variables, &mut Assigned) -> Result<(), Failure> + Send + 'static,
    ) -> Self {
        Next { assign: Some(Box::new(assign)), ..self }
    }

    pub(crate) fn parts(self) -> (W::State, Option<Assign<W::Variables>>) {
        (self.state, self.assign)
    }
}

impl<W: Workflow> fmt::Debug for Next<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use crate::workflow::StateValue;
        f.debug_tuple("Next").field(&W::STATES[self.state.index()].name).finish()
    }
}
