//! `Wait` states.

use super::error::WriteError;
use super::json::{Json, Object};
use super::state::{StateWriter, output_unless_input, whole_seconds};
use crate::jsonata;
use crate::states::{Wait, WaitTime};

pub(super) fn write(writer: &StateWriter<'_>, wait: &Wait) -> Result<Object, WriteError> {
    let input = [writer.input()];
    let (field, time): (_, Json) = match &wait.time {
        WaitTime::Fixed(duration) => ("Seconds", whole_seconds(*duration).into()),
        WaitTime::Seconds(body) => ("Seconds", writer.lower("the body", body, &input, None)?.into()),
        WaitTime::Length(body) => {
            let seconds = jsonata::lower_duration(writer.definition, body, &input);
            ("Seconds", seconds.map_err(|refusal| writer.refused("the body", refusal))?.into())
        }
        WaitTime::Until(body) => ("Timestamp", writer.lower("the body", body, &input, None)?.into()),
        WaitTime::Missing => return Err(writer.unchecked("does not say how long to wait")),
    };
    let output = writer.input_output(&wait.next)?;
    let object = writer
        .begin("Wait")
        .with(field, time)
        .maybe("Output", output_unless_input(output))
        .maybe("Assign", writer.assign(None)?);
    writer.finish(object, &wait.next)
}
