//! Methods: what each means on each type.

mod failure;
mod iterator;
mod map;
mod number;
mod option;
mod sequence;
mod string;

use super::{Lowerer, Subject, Value};
use crate::expr::{Expr, Lambda};
use crate::jsonata::refusal::Refusal;
use crate::jsonata::types::Type;

impl<'a> Lowerer<'a> {
    pub(super) fn method(
        &mut self,
        receiver: &Expr,
        method: &str,
        args: &[Expr],
        expected: &Type<'a>,
    ) -> Result<Value<'a>, Refusal> {
        if let Some(value) = self.numbered_method(receiver, method, args, expected)? {
            return Ok(value);
        }
        let mut value = self.value(receiver, &receiver_type(method, expected))?;
        if let Some(item) = value.ty.sequence_item() {
            value.ty = Type::sequence(item);
        }
        if keeps_value(method, &value.ty) && args.is_empty() {
            return Ok(value);
        }
        match value.ty.clone() {
            Type::String => self.string_method(value, method, args),
            Type::Option(inner) => self.option_method(value, *inner, method, args, expected),
            Type::Sequence(item) => self.sequence_method(value, *item, method, args, expected),
            Type::Map(_) => self.map_method(value, method, args),
            Type::Integer(_) | Type::Float => self.number_method(value, method, args),
            Type::Json if args.is_empty() || method == "get" => self.document_method(value, method),
            Type::Bool if method == "to_string" => Ok(Value::string(self.text(value)?)),
            Type::Struct(shape) if shape.name == "Failure" && method == "message" => self.failure_message(&value),
            Type::Struct(shape) if shape.name == "Failure" && method == "nested" => {
                self.nested_execution(&value, shape)
            }
            other => Err(unknown(method, &other)),
        }
    }

    /// A closure's body, with its parameter bound to `argument`.
    fn applied(&mut self, closure: &Lambda, argument: Subject<'a>, expected: &Type<'a>) -> Result<Value<'a>, Refusal> {
        let [param] = closure.params.as_slice() else {
            return Err(Refusal::needs_task("a closure of more than one parameter is given to a method"));
        };
        let mark = self.scope.mark();
        let argument = match argument {
            Subject::Value(value) => {
                let ty = value.ty.or(self.type_of(param.type_ref));
                Subject::Value(Value { ty, ..value })
            }
            parts @ Subject::Tuple(_) => parts,
        };
        self.bind(&param.pattern, argument)?;
        let body = self.value(&closure.body, expected)?;
        self.scope.reset(mark);
        Ok(body)
    }
}

/// The one argument of a method.
fn argument<'e>(args: &'e [Expr], method: &str) -> Result<&'e Expr, Refusal> {
    match args {
        [argument] => Ok(argument),
        _ => Err(Refusal::new(format!("`{method}` is called with {} arguments and takes one", args.len()))),
    }
}

/// The closure that a method is given as its last argument.
fn closure<'e>(args: &'e [Expr], method: &str) -> Result<&'e Lambda, Refusal> {
    match args {
        [.., Expr::Closure(closure)] => Ok(closure),
        _ => Err(Refusal::new(format!(
            "`{method}` is given something else than a closure; write it out, as in `{method}(|item| …)`"
        ))),
    }
}

/// The value of a closure that is given nothing, which is evaluated where it is needed on both sides.
fn lazy<'e>(args: &'e [Expr], method: &str) -> Result<&'e Expr, Refusal> {
    match args {
        [Expr::Closure(closure), ..] if closure.params.is_empty() => Ok(&closure.body),
        _ => Err(Refusal::new(format!(
            "`{method}` is given something else than a closure; write it out, as in `{method}(|| …)`"
        ))),
    }
}

/// What is known of a receiver by what is expected of the method's result.
fn receiver_type<'a>(method: &str, expected: &Type<'a>) -> Type<'a> {
    match (method, expected) {
        ("unwrap_or" | "unwrap_or_default" | "unwrap_or_else", inner) if *inner != Type::Unknown => {
            Type::option(inner.clone())
        }
        ("or" | "or_else", Type::Option(_))
        | ("collect" | "filter" | "rev" | "skip" | "take" | "iter" | "into_iter", Type::Sequence(_)) => {
            expected.clone()
        }
        (method, expected) if keeps_type(method) => expected.clone(),
        _ => Type::Unknown,
    }
}

fn keeps_type(method: &str) -> bool {
    matches!(method, "clone" | "cloned" | "copied" | "to_owned" | "as_ref" | "as_deref" | "as_slice" | "as_str")
}

/// Methods that JSON cannot see.
fn keeps_value(method: &str, ty: &Type<'_>) -> bool {
    match method {
        "into" => matches!(ty, Type::String | Type::Bool | Type::Integer(_) | Type::Float),
        "iter" | "into_iter" => matches!(ty, Type::Sequence(_)),
        "to_string" => matches!(ty, Type::String),
        // Of a document, it asks whether it is a string.
        "as_str" => *ty != Type::Json,
        method => keeps_type(method),
    }
}

pub(super) fn unknown(method: &str, ty: &Type<'_>) -> Refusal {
    Refusal::needs_task(format!("`{method}` is called on {ty}, for which JSONata has no equal"))
}
