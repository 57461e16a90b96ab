//! An expression of any kind: the one place that tells them apart.

use syn::{BinOp, Expr as Syn, UnOp};
use workflow_model::expr::{BinaryOp, Expr, UnaryOp};

use super::place::Place;
use super::{Reader, all, literal, refuse};

impl Reader<'_> {
    pub(super) fn expr(&mut self, expr: &Syn, place: Place) -> Option<Expr> {
        match expr {
            Syn::Paren(inner) => self.expr(&inner.expr, place),
            Syn::Group(inner) => self.expr(&inner.expr, place),
            Syn::Block(block) if block.label.is_none() => self.block(&block.block, place),
            Syn::If(branch) => self.if_else(branch, place),
            Syn::Match(branch) => self.match_arms(branch, place),
            Syn::Return(returned) => self.returned(returned, place),
            Syn::Call(call) if place.leaf => self.goto(call),
            _ if place.leaf => refuse::leaf(self, expr),
            _ => self.value(expr, place),
        }
    }

    /// An expression that is no branch and no leaf.
    fn value(&mut self, expr: &Syn, place: Place) -> Option<Expr> {
        match expr {
            Syn::Lit(lit) => literal::read(self, &lit.lit).map(Expr::Literal),
            Syn::Path(path) => self.path(path, place),
            Syn::Field(field) => self.field(field),
            Syn::Index(index) => {
                let (base, index) = (self.boxed(&index.expr, Place::FREE), self.boxed(&index.index, Place::FREE));
                Some(Expr::Index { base: base?, index: index? })
            }
            Syn::Struct(literal) => self.struct_literal(literal, place),
            Syn::Call(call) => self.call(call, place),
            Syn::MethodCall(call) => self.method_call(call),
            Syn::Macro(call) => self.macro_call(&call.mac, place),
            Syn::Tuple(tuple) => self.list(&tuple.elems, place.part()).map(Expr::Tuple),
            Syn::Array(array) => self.list(&array.elems, place.part()).map(Expr::Array),
            Syn::Unary(unary) => self.unary(unary, place),
            Syn::Binary(binary) => self.binary(binary),
            // A reference means the value it refers to: JSON has no references.
            Syn::Reference(reference) if reference.mutability.is_none() => self.expr(&reference.expr, place.part()),
            Syn::Cast(cast) => self.cast(cast),
            _ => refuse::expression(self, expr),
        }
    }

    pub(super) fn boxed(&mut self, expr: &Syn, place: Place) -> Option<Box<Expr>> {
        self.expr(expr, place).map(Box::new)
    }

    /// Expressions in a row, as the elements of a tuple.
    pub(super) fn list<'e>(&mut self, exprs: impl IntoIterator<Item = &'e Syn>, place: Place) -> Option<Vec<Expr>> {
        all(exprs.into_iter().map(|expr| self.expr(expr, place)))
    }

    fn field(&mut self, field: &syn::ExprField) -> Option<Expr> {
        if let Some(read) = self.context_field(field).or_else(|| self.variable(field)) {
            return read;
        }
        let base = self.boxed(&field.base, Place::FREE)?;
        Some(Expr::Field { base, field: super::binding::member(&field.member) })
    }

    fn unary(&mut self, unary: &syn::ExprUnary, place: Place) -> Option<Expr> {
        match unary.op {
            UnOp::Not(_) => Some(Expr::Unary(UnaryOp::Not, self.boxed(&unary.expr, Place::FREE)?)),
            UnOp::Neg(_) => {
                let value = self.expr(&unary.expr, Place::FREE)?;
                Some(literal::negated(value).unwrap_or_else(|value| Expr::Unary(UnaryOp::Neg, Box::new(value))))
            }
            UnOp::Deref(_) => self.expr(&unary.expr, place.part()),
            _ => refuse::expression(self, &Syn::Unary(unary.clone())),
        }
    }

    fn binary(&mut self, binary: &syn::ExprBinary) -> Option<Expr> {
        if self.between_durations(&binary.op, [&binary.left, &binary.right]) {
            return None;
        }
        let op = operator(&binary.op);
        if op.is_none() {
            refuse::operator(self, &binary.op);
        }
        let (lhs, rhs) = (self.boxed(&binary.left, Place::FREE), self.boxed(&binary.right, Place::FREE));
        Some(Expr::Binary { op: op?, lhs: lhs?, rhs: rhs? })
    }

    fn cast(&mut self, cast: &syn::ExprCast) -> Option<Expr> {
        let value = self.boxed(&cast.expr, Place::FREE);
        match primitive(&cast.ty) {
            Some(to) => Some(Expr::Cast { value: value?, to }),
            None => self.refuse(
                &cast.ty,
                "only numbers can be cast, as to `u64`, `i64` or `f64`",
                "cast to a number, or do it in a `#[task]`",
            ),
        }
    }
}

/// The name of a primitive type that `as` can make.
pub(super) fn primitive(ty: &syn::Type) -> Option<String> {
    const PRIMITIVES: [&str; 12] =
        ["i8", "i16", "i32", "i64", "isize", "u8", "u16", "u32", "u64", "usize", "f32", "f64"];
    let syn::Type::Path(ty) = ty else {
        return None;
    };
    let name = ty.path.get_ident()?.to_string();
    PRIMITIVES.contains(&name.as_str()).then_some(name)
}

fn operator(op: &BinOp) -> Option<BinaryOp> {
    Some(match op {
        BinOp::Add(_) => BinaryOp::Add,
        BinOp::Sub(_) => BinaryOp::Sub,
        BinOp::Mul(_) => BinaryOp::Mul,
        BinOp::Div(_) => BinaryOp::Div,
        BinOp::Rem(_) => BinaryOp::Rem,
        BinOp::Eq(_) => BinaryOp::Eq,
        BinOp::Ne(_) => BinaryOp::Ne,
        BinOp::Lt(_) => BinaryOp::Lt,
        BinOp::Le(_) => BinaryOp::Le,
        BinOp::Gt(_) => BinaryOp::Gt,
        BinOp::Ge(_) => BinaryOp::Ge,
        BinOp::And(_) => BinaryOp::And,
        BinOp::Or(_) => BinaryOp::Or,
        _ => return None,
    })
}
