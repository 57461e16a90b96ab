//! `Fail` states.

use super::error::WriteError;
use super::json::Object;
use super::state::StateWriter;
use crate::expr::{Expr, Lambda, Literal};
use crate::states::Fail;

pub(super) fn write(writer: &StateWriter<'_>, fail: &Fail) -> Result<Object, WriteError> {
    let cause =
        fail.cause.as_ref().map(|cause| writer.lower("the body", cause, &[writer.input()], None)).transpose()?;
    let error = fail.error.as_ref().map(|error| writer.lower("the error", &constant(error), &[], None)).transpose()?;
    Ok(writer.begin("Fail").maybe("Error", error).maybe("Cause", cause))
}

/// A text as an expression: it may look like a template, and must not be one.
fn constant(text: &str) -> Lambda {
    Lambda { params: Vec::new(), body: Expr::Literal(Literal::Str(text.to_owned())) }
}
