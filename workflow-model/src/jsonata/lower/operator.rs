//! Operators: what Rust's mean, in JSONata's.

use super::value::Missing;
use super::{Lowerer, Value};
use crate::expr::{BinaryOp, Construct, ConstructFields, Expr, UnaryOp};
use crate::jsonata::ast::{Node, Operator};
use crate::jsonata::refusal::Refusal;
use crate::jsonata::types::Type;

impl<'a> Lowerer<'a> {
    pub(super) fn unary(&mut self, op: UnaryOp, operand: &Expr, expected: &Type<'a>) -> Result<Value<'a>, Refusal> {
        let value = self.value(operand, expected)?;
        match (op, &value.ty) {
            (UnaryOp::Not, Type::Bool | Type::Unknown) => Ok(Value::bool(self.whole(value).negated())),
            (UnaryOp::Not, other) => {
                Err(Refusal::needs_task(format!("`!` is applied to {other}, and JSONata has no operators on bits")))
            }
            (UnaryOp::Neg, _) => self.negative(value),
        }
    }

    pub(super) fn binary(
        &mut self,
        op: BinaryOp,
        lhs: &Expr,
        rhs: &Expr,
        expected: &Type<'a>,
    ) -> Result<Value<'a>, Refusal> {
        match op {
            BinaryOp::And | BinaryOp::Or => {
                let operator = if op == BinaryOp::And { Operator::And } else { Operator::Or };
                Ok(Value::bool(self.condition(lhs)?.binary(operator, self.condition(rhs)?)))
            }
            BinaryOp::Eq | BinaryOp::Ne => self.equality(op == BinaryOp::Eq, lhs, rhs),
            BinaryOp::Lt | BinaryOp::Le | BinaryOp::Gt | BinaryOp::Ge => self.order(op, lhs, rhs),
            BinaryOp::Add | BinaryOp::Sub | BinaryOp::Mul | BinaryOp::Div | BinaryOp::Rem => {
                self.arithmetic(op, lhs, rhs, expected)
            }
        }
    }

    fn order(&mut self, op: BinaryOp, lhs: &Expr, rhs: &Expr) -> Result<Value<'a>, Refusal> {
        let (lhs, rhs) = self.operands(lhs, rhs)?;
        match lhs.ty.clone().or(rhs.ty.clone()) {
            Type::Integer(_) | Type::Float | Type::String => {}
            other => {
                return Err(Refusal::needs_task(format!(
                    "`{}` compares {other}, and JSONata orders numbers and strings only",
                    symbol(op)
                )));
            }
        }
        let operator = match op {
            BinaryOp::Lt => Operator::Less,
            BinaryOp::Le => Operator::LessOrEqual,
            BinaryOp::Gt => Operator::Greater,
            _ => Operator::GreaterOrEqual,
        };
        Ok(Value::bool(self.whole(lhs).binary(operator, self.whole(rhs))))
    }

    fn equality(&mut self, equal: bool, lhs: &Expr, rhs: &Expr) -> Result<Value<'a>, Refusal> {
        let node = match (lhs, rhs) {
            (Expr::None, other) | (other, Expr::None) => {
                let value = self.value(other, &Type::Unknown)?;
                return Ok(Value::bool(if equal { self.is_none(value) } else { value.node.not_equals(Node::NULL) }));
            }
            (other, Expr::Construct(unit)) | (Expr::Construct(unit), other)
                if unit.is_variant && unit.fields == ConstructFields::Unit =>
            {
                self.equals_unit(other, unit)?
            }
            _ => None,
        };
        if let Some(node) = node {
            return Ok(Value::bool(match node {
                node if equal => node,
                // Both sides are always there, so what is not equal is unequal.
                Node::Binary(Operator::Equal, lhs, rhs) => Node::Binary(Operator::NotEqual, lhs, rhs),
                node => node.negated(),
            }));
        }
        let (lhs, rhs) = self.operands(lhs, rhs)?;
        if let Type::Opaque | Type::Unknown = lhs.ty.clone().or(rhs.ty.clone()) {
            return Err(Refusal::needs_task(format!("`{}` compares {}", if equal { "==" } else { "!=" }, lhs.ty)));
        }
        for (document, other) in [(&lhs, &rhs), (&rhs, &lhs)] {
            if document.ty == Type::Json {
                self.comparable_to_document(other)?;
            }
        }
        let operator = if equal { Operator::Equal } else { Operator::NotEqual };
        // What is missing equals nothing, and that is right where the other side is never missing.
        let (lhs, rhs) = match equal {
            true if is_never_missing(&lhs.node) || is_never_missing(&rhs.node) => (lhs.node, rhs.node),
            _ => (self.whole(lhs), self.whole(rhs)),
        };
        Ok(Value::bool(lhs.binary(operator, rhs)))
    }

    /// `value == Enum::Unit`, which needs no more than a look at the tag.
    fn equals_unit(&mut self, other: &Expr, unit: &Construct) -> Result<Option<Node>, Refusal> {
        let value = self.value(other, &self.type_of(unit.type_ref))?;
        match value.ty {
            Type::Enum(shape) if value.missing == Missing::Never => {
                let variant = Self::find_variant(shape, &unit.name)?;
                Ok(Some(self.is_variant(shape, variant, &value)?.unwrap_or(Node::bool(true))))
            }
            _ => Ok(None),
        }
    }

    /// Both sides of an operator, each of which may tell the type of the other.
    fn operands(&mut self, lhs: &Expr, rhs: &Expr) -> Result<(Value<'a>, Value<'a>), Refusal> {
        if matches!(lhs, Expr::Construct(_) | Expr::Some(_)) {
            let rhs = self.value(rhs, &Type::Unknown)?;
            return Ok((self.value(lhs, &rhs.ty.clone())?, rhs));
        }
        let lhs = self.value(lhs, &Type::Unknown)?;
        let rhs = self.value(rhs, &lhs.ty.clone())?;
        Ok((lhs, rhs))
    }
}

/// Whether it is a literal that no missing value stands for.
fn is_never_missing(node: &Node) -> bool {
    matches!(node, Node::Literal(json) if !json.is_null() && json.as_str() != Some(""))
}

pub(super) fn symbol(op: BinaryOp) -> &'static str {
    match op {
        BinaryOp::Add => "+",
        BinaryOp::Sub => "-",
        BinaryOp::Mul => "*",
        BinaryOp::Div => "/",
        BinaryOp::Rem => "%",
        BinaryOp::Eq => "==",
        BinaryOp::Ne => "!=",
        BinaryOp::Lt => "<",
        BinaryOp::Le => "<=",
        BinaryOp::Gt => ">",
        BinaryOp::Ge => ">=",
        BinaryOp::And => "&&",
        BinaryOp::Or => "||",
    }
}
