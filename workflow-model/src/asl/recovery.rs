//! What happens after an error: `Retry` and `Catch`.

use super::error::WriteError;
use super::json::{Json, Object};
use super::state::{self, StateWriter, whole_seconds};
use crate::jsonata::{Path, Template};
use crate::states::{Backoff, Catcher, ErrorRef, Jitter, Retrier};

impl StateWriter<'_> {
    /// The user's retriers.
    pub(super) fn retriers(&self, retriers: &[Retrier]) -> Result<Vec<Json>, WriteError> {
        retriers.iter().map(|retrier| self.retrier(self.error_names(&retrier.errors), &retrier.backoff)).collect()
    }

    /// A retrier, with its whole schedule, so that a reader need not know any default.
    pub(super) fn retrier(&self, error_names: Vec<Json>, backoff: &Backoff) -> Result<Json, WriteError> {
        let jitter = match backoff.jitter {
            Jitter::None => "NONE",
            Jitter::Full => "FULL",
        };
        let retrier = Object::new()
            .with("ErrorEquals", error_names)
            .with("IntervalSeconds", whole_seconds(backoff.interval))
            .with("MaxAttempts", u64::from(backoff.max_attempts))
            .with("BackoffRate", self.backoff_rate(backoff)?)
            .maybe("MaxDelaySeconds", backoff.max_delay.map(whole_seconds))
            .with("JitterStrategy", jitter);
        Ok(retrier.into())
    }

    /// The rate, as `2` rather than `2.0` where it is whole.
    fn backoff_rate(&self, backoff: &Backoff) -> Result<Json, WriteError> {
        serde_json::from_str(&backoff.backoff_rate.to_string())
            .map(Json::Number)
            .map_err(|_| self.unchecked("has a retrier whose `backoff_rate` is not a number"))
    }

    /// The catchers. What the target takes is computed in the catcher, so that every target is given its input.
    pub(super) fn catchers(&self, catchers: &[Catcher]) -> Result<Vec<Json>, WriteError> {
        catchers.iter().map(|catcher| self.catcher(catcher)).collect()
    }

    fn catcher(&self, catcher: &Catcher) -> Result<Json, WriteError> {
        let transition = &catcher.transition;
        let failure_type = match &transition.payload {
            Some(lambda) => lambda.params.first().and_then(|failure| failure.type_ref),
            None => None,
        };
        let inputs = [self.value(Path::error_output(), failure_type), self.input()];
        let output = match &transition.payload {
            Some(lambda) => {
                self.lower("the closure of `catch`", lambda, &inputs, self.target_input(&transition.target))?
            }
            None => Template::path(&Path::error_output()),
        };
        let object = Object::new()
            .with("ErrorEquals", self.error_names(&catcher.errors))
            .with("Output", state::output(output))
            .maybe("Assign", self.assignments("an assignment of `catch`", &catcher.assign, Some(&inputs[0]))?)
            .with("Next", self.target(&transition.target)?);
        Ok(object.into())
    }

    fn error_names(&self, errors: &[ErrorRef]) -> Vec<Json> {
        errors.iter().map(|error| self.definition.error_name(error).into()).collect()
    }
}
