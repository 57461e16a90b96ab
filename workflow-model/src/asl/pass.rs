//! `Pass` states.

use super::error::WriteError;
use super::json::Object;
use super::state::{Closure, StateWriter, output_unless_input};
use crate::expr::{Expr, Lambda, Pattern};
use crate::jsonata::Template;
use crate::states::Pass;

pub(super) fn write(writer: &StateWriter<'_>, pass: &Pass) -> Result<Object, WriteError> {
    let object = writer.begin("Pass").maybe("Output", output_unless_input(output(writer, pass)?));
    writer.finish(object, &pass.next)
}

/// What the state hands on: the body, and the closure of `next` or `end` applied to it. A `Pass` evaluates one expression, so the
/// two become one.
fn output(writer: &StateWriter<'_>, pass: &Pass) -> Result<Template, WriteError> {
    let Some(body) = &pass.body else {
        return writer.input_output(&pass.next);
    };
    let result = pass.output.map(|output| writer.definition.shape_ref(output));
    match writer.closure(&pass.next) {
        Some(Closure { part, lambda, expected }) => {
            writer.lower(part, &applied(lambda, body, pass), &[writer.input()], expected)
        }
        None => writer.lower("the body", body, &[writer.input()], result),
    }
}

/// `|input| { let result = body; closure's body }`. The closure sees nothing of the body but its result, so no name of
/// the one can be taken for a name of the other.
fn applied(closure: &Lambda, body: &Lambda, pass: &Pass) -> Lambda {
    let pattern = closure.params.first().map_or(Pattern::Wildcard, |param| param.pattern.clone());
    Lambda {
        params: body.params.clone(),
        body: Expr::Let {
            pattern,
            type_ref: pass.output,
            value: Box::new(body.body.clone()),
            body: Box::new(closure.body.clone()),
        },
    }
}
