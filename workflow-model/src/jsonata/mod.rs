//! Portable expressions as JSONata.
//!
//! [`lower`] translates an expression into what the field of a state is given, [`lower_choice`] translates the body of
//! a choice into the rules of a `Choice` state. Both read the names and the structure of the JSON from the
//! [shapes](crate::shape) of the types, and what cannot be said in JSONata with the same meaning is a [`Refusal`].
//!
//! What is promised: where the native run gives a value, JSONata gives the JSON of that value, and where one of the two
//! fails, the other one does. JSONata calculates with 64-bit floats, knows no type's range and goes on where Rust panics,
//! so both sides check the same, natively by code that the macro adds, here by `$error` in a branch. Nothing is checked
//! that cannot happen.
//!
//! - An integer that leaves its type fails. So does, in types of 64 bits, what leaves ±(2^53 - 1), within which floats are
//!   exact, and an operand beyond; such a number that only passes is not looked at. Of `sum`, the result counts, and
//!   with 64 bits and both signs the sum of the magnitudes, as JSONata rounds on the way.
//! - Division by zero fails, and so does a float that is not finite, for which JSON has no form. `f32` is refused: JSONata
//!   would not round as it does.
//! - `as` saturates from floats, as in Rust; at the ends of 64-bit types, which no float reaches, it fails. Between
//!   integers it is refused where a value may not fit.
//! - An index that is out of bounds, and a key that is missing, fail.
//! - What may fail is evaluated where Rust evaluates it: an unread `let` is kept, an argument comes before the choice
//!   whether it is needed. `any`, `all` and `len` are refused on items that may fail, as they do not look at each.
//! - The type of an integer that is built of literals alone may decide where it overflows: where nothing tells it, it is
//!   refused.
//!
//! What is not promised:
//!
//! - Of integers beyond ±(2^53 - 1) in the data, JSONata knows the nearest float. To compare or to print them is not exact.
//! - Strings compare by UTF-16 code units, which differs from Rust's order only above U+FFFF.
//! - `==` compares the JSON of two values, as a derived `PartialEq` does.

mod ast;
mod choice;
mod inherited;
mod lower;
mod path;
mod print;
mod refusal;
mod template;
mod types;

pub use choice::{Rule, Rules, Target, lower_choice};
pub use path::Path;
pub use refusal::Refusal;
pub use template::Template;

use crate::Definition;
use crate::expr::Lambda;
use crate::shape::ShapeRef;
use lower::Lowerer;
use types::Type;

/// What a parameter of a lambda stands for.
#[derive(Clone, Debug)]
pub struct Input {
    /// Where it is found.
    pub path: Path,
    /// What it looks like. `None` where nothing is known but the type that the lambda's parameter may name.
    pub shape: Option<ShapeRef>,
}

/// Translates the body of a wait that gives a `Duration` into the seconds of that.
///
/// # Errors
///
/// When an end of the body is not made by `Duration::from_secs`, or has no equal in JSONata.
pub fn lower_duration(definition: &Definition, lambda: &Lambda, inputs: &[Input]) -> Result<Template, Refusal> {
    let Some(lambda) = lambda.in_seconds() else {
        return Err(Refusal::new(
            "it gives a `Duration` whose seconds are not known here; write `Duration::from_secs(…)` at each of its ends",
        ));
    };
    let mut lowerer = Lowerer::new(definition);
    lowerer.bind_inputs(&lambda, inputs)?;
    let seconds = lowerer.value(&lambda.body, &Type::SECONDS)?;
    Ok(Template::from(lowerer.whole(seconds)))
}

/// Translates what is assigned to the variable `name`, as [`lower`] does.
///
/// # Errors
///
/// When there is no such variable, or the expression has no equal in JSONata.
pub fn lower_assigned(
    definition: &Definition,
    name: &str,
    lambda: &Lambda,
    inputs: &[Input],
) -> Result<Template, Refusal> {
    let mut lowerer = Lowerer::new(definition);
    lowerer.bind_inputs(lambda, inputs)?;
    let expected = lowerer.variable_type(name)?;
    let value = lowerer.value(&lambda.body, &expected)?;
    Ok(Template::from(lowerer.whole(value)))
}

/// What the variable `name` is called on AWS.
pub fn variable_name<'a>(definition: &'a Definition, name: &'a str) -> &'a str {
    lower::exported_name(definition, name)
}

/// What the variable `name` begins as.
///
/// # Errors
///
/// When there is no such variable.
pub fn first_value(definition: &Definition, name: &str) -> Result<Template, Refusal> {
    Ok(Template::from(Lowerer::new(definition).first_value(name)?))
}

/// Whether JSONata, or Step Functions, has a use of its own for a name, so that no variable may have it.
pub(crate) fn is_reserved(name: &str) -> bool {
    lower::is_taken(name)
}

/// Translates a lambda whose parameters are found at `inputs` into JSONata.
///
/// `expected` is the shape of the result, which decides what a struct or a variant is that is built without its type's
/// name.
///
/// # Errors
///
/// When the expression has no equal in JSONata.
pub fn lower(
    definition: &Definition,
    lambda: &Lambda,
    inputs: &[Input],
    expected: Option<ShapeRef>,
) -> Result<Template, Refusal> {
    let mut lowerer = Lowerer::new(definition);
    lowerer.bind_inputs(lambda, inputs)?;
    let expected = expected.map_or(Type::Unknown, |shape| Type::of(&definition.shapes, shape));
    let value = lowerer.value(&lambda.body, &expected)?;
    Ok(Template::from(lowerer.whole(value)))
}
