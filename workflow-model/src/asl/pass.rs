//! `Pass` states.

use super::error::WriteError;
use super::json::Object;
use super::state::{Closure, StateWriter, output_unless_input};
use crate::expr::{Expr, Lambda, Pattern};
use crate::jsonata::Template;
use crate::machine::Assignment;
use crate::states::Pass;

pub(super) fn write(writer: &StateWriter<'_>, pass: &Pass) -> Result<Object, WriteError> {
    let object = writer
        .begin("Pass")
        .maybe("Output", output_unless_input(output(writer, pass)?))
        .maybe("Assign", assign(writer, pass)?);
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

/// The `Assign`, in which the result is what the body makes.
fn assign(writer: &StateWriter<'_>, pass: &Pass) -> Result<Option<Object>, WriteError> {
    let Some(body) = &pass.body else { return writer.assign(None) };
    let of_body = |assignment: &Assignment| {
        let Lambda { params, body: value } = &assignment.value;
        // The body's own parameter is the state's input too, under the same names.
        let result = Lambda { params: params.iter().skip(1).cloned().collect(), body: value.clone() };
        Assignment { value: applied(&result, body, pass), ..assignment.clone() }
    };
    let assignments: Vec<_> = writer.state.assign.iter().map(of_body).collect();
    writer.assignments("an assignment", &assignments, None)
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
