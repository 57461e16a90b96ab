//! Methods of maps.

use super::{argument, unknown};
use crate::expr::Expr;
use crate::jsonata::ast::{Node, Operator};
use crate::jsonata::lower::{Lowerer, Value};
use crate::jsonata::refusal::Refusal;
use crate::jsonata::types::Type;

impl<'a> Lowerer<'a> {
    pub(super) fn map_method(&mut self, map: Value<'a>, method: &str, args: &[Expr]) -> Result<Value<'a>, Refusal> {
        let ty = map.ty.clone();
        let map = self.whole(map);
        let keys = |map| Node::Call("keys", vec![map]);
        Ok(match method {
            "is_empty" => Value::bool(map.equals(Node::Object(Vec::new()))),
            "len" => Value::new(Node::Call("count", vec![keys(map)]), Type::LENGTH),
            "contains_key" => {
                let key = self.node(argument(args, method)?, &Type::String)?;
                Value::bool(key.binary(Operator::In, keys(map)))
            }
            "get" => {
                let Type::Map(value) = ty else { return Err(unknown(method, &ty)) };
                if let Type::Option(_) = *value {
                    return Err(Refusal::needs_task(
                        "`get` makes an `Option` of an `Option`, and JSON has one `null` for both",
                    ));
                }
                let key = self.node(argument(args, method)?, &Type::String)?;
                Value::optional(Node::Call("lookup", vec![map, key]), *value)
            }
            "iter" | "into_iter" => {
                return Err(Refusal::needs_task(format!(
                    "`{method}` walks through a map, whose keys have no order in JSONata"
                )));
            }
            _ => return Err(unknown(method, &ty)),
        })
    }
}
