//! `Succeed` states.

use super::json::Object;
use super::state::{StateWriter, output_unless_input};

/// The execution's output is the state's input; a state that takes none ends with `()`, which is `null`.
pub(super) fn write(writer: &StateWriter<'_>) -> Object {
    writer.begin("Succeed").maybe("Output", output_unless_input(writer.input_template()))
}
