//! Methods of `Option`.

use super::{argument, closure, lazy, unknown};
use crate::expr::{Expr, Lambda};
use crate::jsonata::ast::Node;
use crate::jsonata::lower::{Lowerer, Subject, Value};
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
                Ok(self.eagerly(default, |this, default| this.unwrapped(option, ty, default)))
            }
            "unwrap_or_default" => {
                let default = default(&inner).ok_or_else(|| unknown(method, &Type::option(inner.clone())))?;
                Ok(self.unwrapped(option, inner, default))
            }
            "or" => {
                let ty = Type::option(inner);
                let other = self.node(argument(args, method)?, &ty)?;
                Ok(self.eagerly(other, |this, other| this.unwrapped(option, ty, other)))
            }
            "unwrap_or_else" => {
                let inner = inner.or(expected.clone());
                let default = self.value(lazy(args, method)?, &inner)?;
                let ty = inner.or(default.ty.clone());
                let default = self.whole(default);
                Ok(self.unwrapped(option, ty, default))
            }
            "or_else" => {
                let ty = Type::option(inner);
                let other = self.node(lazy(args, method)?, &ty)?;
                Ok(self.unwrapped(option, ty, other))
            }
            "and_then" => {
                let mapped = self.mapped(option, inner, closure(args, method)?, Node::NULL, expected)?;
                match mapped.ty {
                    Type::Option(_) => Ok(mapped),
                    other => {
                        Err(Refusal::needs_task(format!("the closure of `and_then` makes {other}, not an `Option`")))
                    }
                }
            }
            "is_none_or" => {
                let closure = closure(args, method)?;
                self.with_inner(option, |this, node| {
                    let holds = this.applied_to(closure, Value::new(node.clone(), inner), &Type::Bool)?;
                    let holds = this.whole(holds);
                    Ok(Value::bool(Node::conditional(node.not_equals(Node::NULL), holds, Node::bool(true))))
                })
            }
            "map_or_else" => {
                let default = self.value(lazy(args, method)?, expected)?;
                let ty = expected.clone().or(default.ty.clone());
                let default = self.whole(default);
                let mapped = self.mapped(option, inner, closure(args, method)?, default, &ty)?;
                Ok(Value::new(mapped.node, ty.or(mapped.ty)))
            }
            "is_some_and" => {
                let closure = closure(args, method)?;
                self.with_inner(option, |this, node| {
                    let holds = this.applied_to(closure, Value::new(node.clone(), inner), &Type::Bool)?;
                    Ok(Value::bool(Node::all([node.not_equals(Node::NULL), this.whole(holds)])))
                })
            }
            "map" => {
                let closure = closure(args, method)?;
                let mapped = self.mapped(option, inner, closure, Node::NULL, &expected.inner())?;
                match mapped.ty {
                    Type::Option(_) => Err(Refusal::needs_task(
                        "`map` makes an `Option` of an `Option`, whose `Some(None)` JSON does not know",
                    )),
                    ty => Ok(Value::new(mapped.node, Type::option(ty))),
                }
            }
            "map_or" => {
                let [default, _] = args else { return Err(unknown(method, &Type::option(inner))) };
                let default = self.value(default, expected)?;
                if default.node.may_fail() {
                    return Err(Refusal::new(
                        "the default of `map_or` may fail, and Rust evaluates it even where it is not needed; bind it \
                         by a `let` before",
                    ));
                }
                let ty = expected.clone().or(default.ty.clone());
                let default = self.whole(default);
                let mapped = self.mapped(option, inner, closure(args, method)?, default, &ty)?;
                Ok(Value::new(mapped.node, ty.or(mapped.ty)))
            }
            "filter" => {
                let closure = closure(args, method)?;
                self.with_inner(option, |this, node| {
                    let holds = this.applied_to(closure, Value::new(node.clone(), inner.clone()), &Type::Bool)?;
                    let holds = Node::all([node.clone().not_equals(Node::NULL), this.whole(holds)]);
                    Ok(Value::new(Node::conditional(holds, node, Node::NULL), Type::option(inner)))
                })
            }
            _ => Err(unknown(method, &Type::option(inner))),
        }
    }

    /// What `body` makes of an argument that Rust evaluates even where it is not needed, and JSONata does not.
    fn eagerly(&mut self, argument: Node, body: impl FnOnce(&mut Self, Node) -> Value<'a>) -> Value<'a> {
        if !argument.may_fail() {
            return body(self, argument);
        }
        let mark = self.scope.mark();
        let variable = self.scope.fresh("default");
        let mut value = body(self, Node::Variable(variable.clone()));
        self.scope.reset(mark);
        value.node = value.node.with_variables(&[(variable, argument)]);
        value
    }

    fn unwrapped(&mut self, option: Value<'a>, ty: Type<'a>, default: Node) -> Value<'a> {
        let node = self.shared(option.node, "option", |node| {
            Node::conditional(node.clone().not_equals(Node::NULL), node, default)
        });
        Value::new(node, ty)
    }

    fn applied_to(&mut self, closure: &Lambda, inner: Value<'a>, expected: &Type<'a>) -> Result<Value<'a>, Refusal> {
        self.applied(closure, Subject::Value(inner), expected)
    }

    /// What a closure makes of the value inside, or `default`.
    fn mapped(
        &mut self,
        option: Value<'a>,
        inner: Type<'a>,
        closure: &Lambda,
        default: Node,
        expected: &Type<'a>,
    ) -> Result<Value<'a>, Refusal> {
        self.with_inner(option, |this, node| {
            let mapped = this.applied_to(closure, Value::new(node.clone(), inner), expected)?;
            let ty = mapped.ty.clone();
            let mapped = this.whole(mapped);
            Ok(Value::new(Node::conditional(node.not_equals(Node::NULL), mapped, default), ty))
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
        Type::Integer(_) => Node::int(0),
        Type::Float => Node::Literal(0.0.into()),
        Type::String => Node::str(""),
        Type::Unit | Type::Option(_) => Node::NULL,
        Type::Sequence(_) => Node::Array(Vec::new()),
        Type::Map(_) => Node::Object(Vec::new()),
        _ => return None,
    })
}
