//! `Wait` states.

use super::error::WriteError;
use super::json::{Json, Object};
use super::state::{StateWriter, output_unless_input, whole_seconds};
use crate::states::{Wait, WaitTime};

pub(super) fn write(writer: &StateWriter<'_>, wait: &Wait) -> Result<Object, WriteError> {
    let seconds: Json = match &wait.time {
        WaitTime::Fixed(duration) => whole_seconds(*duration).into(),
        WaitTime::Seconds(body) => writer.lower("the body", body, &[writer.input()], None)?.into(),
        WaitTime::Missing => return Err(writer.unchecked("does not say how long to wait")),
    };
    let output = writer.input_output(&wait.next)?;
    let object = writer.begin("Wait").with("Seconds", seconds).maybe("Output", output_unless_input(output));
    writer.finish(object, &wait.next)
}
