//! Methods of `Option`.

use super::{argument, closure, unknown};
use crate::expr::Expr;
use crate::jsonata::ast::Node;
use crate::jsonata::lower::{Lowerer, Value};
use crate::jsonata::refusal::Refusal;
use crate::jsonata::types::Type;

impl<'a> Lowerer<'a> {
    pub(super) fn option_method(
        &mut self,
        option: Value<'a>,
        inner: Type<'a>,
        method: &str,
        args: &[Expr],
        expected: &Type<'a>,
    ) -> Result<Value<'a>, Refusal> {
        match method {
            "is_some" => Ok(Value::bool(option.node.not_equals(Node::NULL))),
            "is_none" => Ok(Value::bool(self.is_none(option))),
            "unwrap_or" => {
                let inner = inner.or(expected.clone());
                let default = self.value(argument(args, method)?, &inner)?;
                let ty = inner.or(default.ty.clone());
                let default = self.whole(default);
                Ok(self.unwrapped(option, ty, default))
            }
            "unwrap_or_default" => {
                let default = default(&inner).ok_or_else(|| unknown(method, &Type::option(inner.clone())))?;
                Ok(self.unwrapped(option, inner, default))
            }
            "map" => self.map_option(option, inner, closure(args, method)?, expected),
            "filter" => {
                let closure = closure(args, method)?;
                self.with_inner(option, |this, node| {
                    let holds = this.applied(closure, Value::new(node.clone(), inner.clone()), &Type::Bool)?;
                    let holds = Node::all([node.clone().not_equals(Node::NULL), this.whole(holds)]);
                    Ok(Value::new(Node::conditional(holds, node, Node::NULL), Type::option(inner)))
                })
            }
            _ => Err(unknown(method, &Type::option(inner))),
        }
    }

    fn unwrapped(&mut self, option: Value<'a>, ty: Type<'a>, default: Node) -> Value<'a> {
        let node = self.shared(option.node, "option", |node| {
            Node::conditional(node.clone().not_equals(Node::NULL), node, default)
        });
        Value::new(node, ty)
    }

    fn map_option(
        &mut self,
        option: Value<'a>,
        inner: Type<'a>,
        closure: &crate::expr::Lambda,
        expected: &Type<'a>,
    ) -> Result<Value<'a>, Refusal> {
        self.with_inner(option, |this, node| {
            let mapped = this.applied(closure, Value::new(node.clone(), inner), &expected.inner())?;
            if let Type::Option(_) = mapped.ty {
                return Err(Refusal::needs_task(
                    "`map` makes an `Option` of an `Option`, whose `Some(None)` JSON does not know",
                ));
            }
            let ty = Type::option(mapped.ty.clone());
            let mapped = this.whole(mapped);
            Ok(Value::new(Node::conditional(node.not_equals(Node::NULL), mapped, Node::NULL), ty))
        })
    }

    /// What `body` makes of the option's node, which it may read twice.
    fn with_inner(
        &mut self,
        option: Value<'a>,
        body: impl FnOnce(&mut Self, Node) -> Result<Value<'a>, Refusal>,
    ) -> Result<Value<'a>, Refusal> {
        let mark = self.scope.mark();
        let mut variables = Vec::new();
        let node = self.named(option.node, "option", &mut variables);
        let mut value = body(self, node)?;
        self.scope.reset(mark);
        value.node = value.node.with_variables(&variables);
        Ok(value)
    }
}

/// `Default::default()`, of the types whose default is known.
fn default(ty: &Type<'_>) -> Option<Node> {
    Some(match ty {
        Type::Bool => Node::bool(false),
        Type::Integer { .. } => Node::int(0),
        Type::Float => Node::Literal(0.0.into()),
        Type::String => Node::str(""),
        Type::Unit | Type::Option(_) => Node::NULL,
        Type::Sequence(_) => Node::Array(Vec::new()),
        Type::Map(_) => Node::Object(Vec::new()),
        _ => return None,
    })
}
