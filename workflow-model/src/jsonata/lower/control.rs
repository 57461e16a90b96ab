//! `if`, `match` and `let`.

use super::pattern::alternatives;
use super::{Lowerer, Value};
use crate::expr::{Arm, Expr, Pattern};
use crate::jsonata::ast::Node;
use crate::jsonata::refusal::Refusal;
use crate::jsonata::types::Type;
use crate::machine::TypeRef;

impl<'a> Lowerer<'a> {
    pub(super) fn conditional(
        &mut self,
        condition: &Expr,
        then: &Expr,
        otherwise: &Expr,
        expected: &Type<'a>,
    ) -> Result<Value<'a>, Refusal> {
        let condition = self.condition(condition)?;
        let then = self.value(then, expected)?;
        let otherwise = self.value(otherwise, expected)?;
        let ty = expected.clone().or(then.ty.clone()).or(otherwise.ty.clone());
        Ok(Value::new(Node::conditional(condition, self.whole(then), self.whole(otherwise)), ty))
    }

    /// An expression that is a `bool`.
    pub(crate) fn condition(&mut self, expr: &Expr) -> Result<Node, Refusal> {
        self.node(expr, &Type::Bool)
    }

    pub(super) fn matching(
        &mut self,
        scrutinee: &Expr,
        arms: &[Arm],
        expected: &Type<'a>,
    ) -> Result<Value<'a>, Refusal> {
        let mark = self.scope.mark();
        let mut variables = Vec::new();
        let subject = self.subject(scrutinee, &Type::Unknown, "matched", &mut variables)?;
        let mut ty = expected.clone();
        let mut cases: Vec<(Node, Node)> = Vec::new();
        for (arm, pattern) in
            arms.iter().flat_map(|arm| alternatives(&arm.pattern).into_iter().map(move |it| (arm, it)))
        {
            let mark = self.scope.mark();
            let mut tests = self.test(&pattern, subject.clone())?;
            if let Some(guard) = &arm.guard {
                tests.push(self.condition(guard)?);
            }
            let body = self.value(&arm.body, expected)?;
            ty = ty.or(body.ty.clone());
            let always = tests.is_empty();
            cases.push((Node::all(tests), self.whole(body)));
            self.scope.reset(mark);
            if always {
                break;
            }
        }
        self.scope.reset(mark);
        // Rustc has seen that one arm always applies: it is the last where no other is.
        let (_, last) = cases.pop().ok_or_else(|| Refusal::new("a `match` without an arm has no value"))?;
        let node =
            cases.into_iter().rev().fold(last, |otherwise, (test, then)| Node::conditional(test, then, otherwise));
        Ok(Value::new(node.with_variables(&variables), ty))
    }

    pub(super) fn let_in(
        &mut self,
        pattern: &Pattern,
        type_ref: Option<TypeRef>,
        value: &Expr,
        body: &Expr,
        expected: &Type<'a>,
    ) -> Result<Value<'a>, Refusal> {
        let mark = self.scope.mark();
        let mut variables = Vec::new();
        self.bind_let(pattern, type_ref, value, &mut variables)?;
        let body = self.value(body, expected)?;
        let ty = body.ty.clone();
        let node = self.whole(body).with_variables(&variables);
        self.scope.reset(mark);
        Ok(Value::new(node, ty))
    }

    /// Binds what a `let` binds; the variables that it needs are added to `variables`.
    pub(crate) fn bind_let(
        &mut self,
        pattern: &Pattern,
        type_ref: Option<TypeRef>,
        value: &Expr,
        variables: &mut Vec<(String, Node)>,
    ) -> Result<(), Refusal> {
        let name = match pattern {
            Pattern::Bind { name, .. } => name,
            _ => "value",
        };
        let subject = self.subject(value, &self.type_of(type_ref), name, variables)?;
        self.bind(pattern, subject)
    }
}
