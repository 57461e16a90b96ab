//! Whether steps fit to what is there, so that all of them are done or none.

use std::collections::{BTreeMap, BTreeSet};

use super::data::{Data, Row};
use crate::store::{Step, StoreError, refusal};

/// What the steps so far would change.
struct Checked<'s> {
    data: &'s Data,
    /// Whether these run then.
    runs: BTreeMap<u64, bool>,
    names: BTreeSet<(&'s str, &'s str)>,
    places: BTreeSet<u64>,
}

pub(super) fn all(data: &Data, steps: &[Step]) -> Result<(), StoreError> {
    let mut checked = Checked { data, runs: BTreeMap::new(), names: BTreeSet::new(), places: BTreeSet::new() };
    steps.iter().try_for_each(|step| checked.step(step))
}

impl<'s> Checked<'s> {
    fn step(&mut self, step: &'s Step) -> Result<(), StoreError> {
        let number = step.execution;
        if let Some(start) = &step.start {
            if self.runs.contains_key(&number) || self.data.executions.contains_key(&number) {
                return Err(refusal::started(number));
            }
            let there = self.data.names.contains_key(&(start.workflow.into(), start.name.clone()));
            if there || !self.names.insert((start.workflow, &start.name)) {
                return Err(refusal::name(start));
            }
            self.runs.insert(number, true);
        }
        let runs = self.runs.get(&number).copied();
        let runs = runs.unwrap_or_else(|| self.data.executions.get(&number).is_some_and(Row::runs));
        if !runs && refusal::goes_on(step) {
            return Err(refusal::not_running(number));
        }
        if let Some(events) = &step.events
            && (self.data.history.contains_key(&events.place) || !self.places.insert(events.place))
        {
            return Err(refusal::place(events.place));
        }
        if step.end.is_some() {
            self.runs.insert(number, false);
        }
        Ok(())
    }
}
