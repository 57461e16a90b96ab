//! Portable expressions as JSONata.
//!
//! [`lower`] translates an expression into what the field of a state is given, [`lower_choice`] translates the body of
//! a choice into the rules of a `Choice` state. Both read the names and the structure of the JSON from the
//! [shapes](crate::shape) of the types, and what cannot be said in JSONata with the same meaning is a [`Refusal`].
//!
//! What is promised: where Rust gives a value, JSONata gives the JSON of that value. What is not:
//!
//! - Arithmetic on integers is JSONata's, on 64-bit floats: it is exact up to 2^53 and does not check a type's range,
//!   so what overflows in Rust does not fail here. `f32` is calculated as `f64`.
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
