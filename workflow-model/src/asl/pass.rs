//! `Pass` states.

use super::error::WriteError;
use super::json::Object;
use super::state::{NEXT, StateWriter, output_unless_input};
use crate::expr::{Expr, Lambda, Pattern};
use crate::jsonata::Template;
use crate::states::Pass;

pub(super) fn write(writer: &StateWriter<'_>, pass: &Pass) -> Result<Object, WriteError> {
    let object = writer.begin("Pass").maybe("Output", output_unless_input(output(writer, pass)?));
    writer.finish(object, &pass.next)
}

/// What the state hands on: the body, and the closure of `next` applied to it. A `Pass` evaluates one expression, so the
/// two become one.
fn output(writer: &StateWriter<'_>, pass: &Pass) -> Result<Template, WriteError> {
    let Some(body) = &pass.body else {
        return writer.input_output(&pass.next);
    };
    let result = pass.output.map(|output| writer.definition.shape_ref(output));
    let Some((closure, target)) = pass.next.transition().and_then(|next| Some((next.payload.as_ref()?, &next.target)))
    else {
        return writer.lower("the body", body, &[writer.input()], result);
    };
    writer.lower(NEXT, &applied(closure, body, pass), &[writer.input()], writer.target_input(target))
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
