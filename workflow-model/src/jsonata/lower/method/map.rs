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
        Ok(match method {
            "is_empty" => Value::bool(map.equals(Node::Object(Vec::new()))),
            "len" => Value::new(Node::Call("count", vec![Node::Call("keys", vec![map])]), Type::LENGTH),
            "contains_key" => {
                let key = self.node(argument(args, method)?, &Type::String)?;
                Value::bool(has_key(map, key))
            }
            "get" => {
                let Type::Map(value) = ty else { return Err(unknown(method, &ty)) };
                if let Type::Option(_) = *value {
                    return Err(Refusal::needs_task(
                        "`get` makes an `Option` of an `Option`, and JSON has one `null` for both",
                    ));
                }
                let key = self.node(argument(args, method)?, &Type::String)?;
                Value::new(self.looked_up(map, key, Node::NULL), Type::option(*value))
            }
            "iter" | "into_iter" => {
                return Err(Refusal::needs_task(format!(
                    "`{method}` walks through a map, whose keys have no order in JSONata"
                )));
            }
            _ => return Err(unknown(method, &ty)),
        })
    }

    /// What a map has under a key, else `missing`.
    ///
    /// `$lookup` alone finds more: under `constructor`, for one, it gives what every object of JavaScript has.
    pub(in crate::jsonata::lower) fn looked_up(&mut self, map: Node, key: Node, missing: Node) -> Node {
        let mark = self.scope.mark();
        let mut variables = Vec::new();
        let map = self.named(map, "map", &mut variables);
        let key = self.named(key, "key", &mut variables);
        self.scope.reset(mark);
        let found = Node::Call("lookup", vec![map.clone(), key.clone()]);
        Node::conditional(has_key(map, key), found, missing).with_variables(&variables)
    }
}

fn has_key(map: Node, key: Node) -> Node {
    key.binary(Operator::In, Node::Call("keys", vec![map]))
}
