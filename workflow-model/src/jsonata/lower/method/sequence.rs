//! Methods of `Vec`, of slices and of what iterates over them.

use super::argument;
use super::iterator::Each;
use crate::expr::{Expr, Operation};
use crate::jsonata::ast::{Arrayness, Node, Operator};
use crate::jsonata::lower::{Lowerer, Value};
use crate::jsonata::refusal::Refusal;
use crate::jsonata::types::Type;
use crate::shape::{Fields, Tagging, Variant};

impl<'a> Lowerer<'a> {
    pub(super) fn sequence_method(
        &mut self,
        sequence: Value<'a>,
        item: Type<'a>,
        method: &str,
        args: &[Expr],
        expected: &Type<'a>,
    ) -> Result<Value<'a>, Refusal> {
        let ty = sequence.ty.clone();
        let items = self.whole(sequence);
        if matches!(method, "len" | "nth") && items.may_fail() {
            return Err(stops_early(method));
        }
        Ok(match method {
            "len" | "count" => Value::new(Node::Call("count", vec![self.yielded(items, &item)]), Type::LENGTH),
            "is_empty" => Value::bool(items.equals(Node::Array(Vec::new()))),
            "first" => self.found(items.index(Node::int(0)), item, method)?,
            "last" => self.found(items.index(Node::int(-1)), item, method)?,
            "get" | "nth" => {
                let index = self.node(argument(args, method)?, &Type::USIZE)?;
                self.found(items.index(index), item, method)?
            }
            "rev" => Value::new(Node::Call("reverse", vec![items]), ty),
            "min" | "max" => {
                let Type::Integer(_) = item else { return Err(not_of(method, &item, "integers")) };
                self.found(Node::Call(if method == "min" { "min" } else { "max" }, vec![items]), item, method)?
            }
            "sum" => match item {
                Type::Integer(item) => self.integer_sum(items, item, expected)?,
                Type::Float => self.finite(Operation::Sum, Node::Call("sum", vec![items])),
                other => return Err(not_of(method, &other, "numbers")),
            },
            "contains" => self.contains(items, &item, argument(args, method)?)?,
            "join" => {
                let Type::String = item else { return Err(not_of(method, &item, "strings")) };
                let separator = self.node(argument(args, method)?, &Type::String)?;
                Value::string(Node::Call("join", vec![items, separator]))
            }
            "collect" => Value::new(items, collected(ty, &item, expected)?),
            _ => return self.iterator_method(items, Each::Item(item), method, args, expected),
        })
    }

    /// An element that there may not be.
    pub(super) fn found(&self, node: Node, item: Type<'a>, method: &str) -> Result<Value<'a>, Refusal> {
        match item {
            Type::Option(_) | Type::Unit => Err(Refusal::needs_task(format!(
                "`{method}` makes an `Option` of {item}, and JSON has one `null` for both"
            ))),
            item => Ok(Value::optional(node, item)),
        }
    }

    fn contains(&mut self, items: Node, item: &Type<'a>, searched: &Expr) -> Result<Value<'a>, Refusal> {
        let is_scalar = match item {
            Type::Bool | Type::Integer(_) | Type::Float | Type::String => true,
            Type::Enum(shape) => {
                let is_unit = |variant: &Variant| matches!(variant.fields, Fields::Unit);
                shape.tagging == Tagging::External && shape.variants.iter().all(is_unit)
            }
            _ => false,
        };
        if !is_scalar {
            return Err(not_of("contains", item, "numbers, strings and booleans"));
        }
        Ok(Value::bool(self.node(searched, item)?.binary(Operator::In, items)))
    }

    /// The items as a function of JSONata takes them that makes nothing of nothing, and takes an element for an array
    /// of one.
    pub(super) fn yielded(&self, items: Node, item: &Type<'a>) -> Node {
        match items {
            Node::Collected { yielded, .. } if !self.is_nested(item) => *yielded,
            items => items,
        }
    }

    pub(super) fn is_nested(&self, item: &Type<'a>) -> bool {
        item.arrayness(&self.definition.shapes) != Arrayness::Never
    }
}

/// What a sequence is collected into. Where nothing else is known, that is taken to be a `Vec`.
fn collected<'a>(ty: Type<'a>, item: &Type<'a>, expected: &Type<'a>) -> Result<Type<'a>, Refusal> {
    match (expected, item) {
        (Type::Sequence(_), _) => Ok(expected.clone()),
        (Type::Unknown, Type::Tuple(_) | Type::String) => Err(Refusal::new(
            "what `collect` makes of the items is not known here; write the type behind the `let`, as in `let names: \
             Vec<String> = …`",
        )),
        (Type::Unknown, _) => Ok(ty),
        (other, _) => Err(Refusal::needs_task(format!("`collect` makes {other}, and JSONata can only make arrays"))),
    }
}

/// What `any` and `all` look at before they know, JSONata's `$filter` looks at altogether; and `len` looks at nothing.
pub(super) fn stops_early(method: &str) -> Refusal {
    Refusal::new(format!(
        "`{method}` does not look at every item in Rust, and in JSONata an item that it does not look at may fail; \
         calculate the items first, as in `let shares: Vec<u32> = items.iter().map(…).collect();`"
    ))
}

fn not_of(method: &str, item: &Type<'_>, possible: &str) -> Refusal {
    Refusal::needs_task(format!(
        "`{method}` is called on items each of which is {item}, and JSONata can do that to {possible} only"
    ))
}
