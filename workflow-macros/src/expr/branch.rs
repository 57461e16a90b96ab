//! `if`, `if let` and `match`.

use syn::{BinOp, Expr as Syn, ExprIf, ExprLet, ExprMatch, Pat};
use workflow_model::expr::{Arm, BinaryOp, Expr, Pattern};

use super::block::two_arms;
use super::place::Place;
use super::{Reader, all};

impl Reader<'_> {
    pub(super) fn if_else(&mut self, branch: &ExprIf, place: Place) -> Option<Expr> {
        self.condition(branch, place, |reader| match &branch.else_branch {
            Some((_, otherwise)) => reader.expr(otherwise, place),
            None if place.leaf => reader.refuse(
                branch.if_token,
                "this `if` has no `else`, so the execution would stop here when the condition does not hold",
                "add `else { state(payload) }`",
            ),
            None => reader.refuse(branch.if_token, "this `if` has no `else`, so it has no value", "add `else { … }`"),
        })
    }

    /// An `if` and its first branch; `otherwise` reads what holds where the condition does not.
    pub(super) fn condition(
        &mut self,
        branch: &ExprIf,
        place: Place,
        otherwise: impl FnOnce(&mut Self) -> Option<Expr>,
    ) -> Option<Expr> {
        let mut conditions = Vec::new();
        flatten(&branch.cond, &mut conditions);
        match conditions.split_first() {
            Some((Syn::Let(first), guards)) => self.if_let(first, guards, branch, place, otherwise),
            _ => {
                let condition = all(conditions.iter().map(|condition| self.guard_expr(condition))).map(conjunction);
                let then = self.then(&conditions, branch, place);
                let otherwise = otherwise(self);
                let condition = condition?.map(Box::new);
                Some(Expr::If { condition: condition?, then: Box::new(then?), otherwise: Box::new(otherwise?) })
            }
        }
    }

    /// `if let pattern = value && guards { … }`
    fn if_let(
        &mut self,
        first: &ExprLet,
        guards: &[&Syn],
        branch: &ExprIf,
        place: Place,
        otherwise: impl FnOnce(&mut Self) -> Option<Expr>,
    ) -> Option<Expr> {
        let scrutinee = self.boxed(&first.expr, Place::FREE);
        let (pattern, guard, then) = self.scoped(|reader| {
            let pattern = reader.pattern(&first.pat);
            let guard = all(guards.iter().map(|guard| reader.guard_expr(guard))).map(conjunction);
            (pattern, guard, reader.then(guards, branch, place))
        });
        let otherwise = otherwise(self);
        Some(Expr::Match { scrutinee: scrutinee?, arms: two_arms(pattern?, guard?, then?, otherwise?) })
    }

    /// A condition that is no `let`.
    fn guard_expr(&mut self, condition: &Syn) -> Option<Expr> {
        match condition {
            Syn::Let(binding) => self.refuse(
                binding.let_token,
                "a chain may begin with one `let`, and this one stands behind",
                "nest the `if`s, or write a `match` on a tuple of both values",
            ),
            condition => self.expr(condition, Place::FREE),
        }
    }

    /// The first branch. What a refused `let` binds is known there all the same, or each use would be an error of its own.
    fn then(&mut self, conditions: &[&Syn], branch: &ExprIf, place: Place) -> Option<Expr> {
        self.scoped(|reader| {
            for condition in conditions {
                if let Syn::Let(binding) = condition {
                    reader.pattern(&binding.pat);
                }
            }
            reader.block(&branch.then_branch, place)
        })
    }

    pub(super) fn match_arms(&mut self, branch: &ExprMatch, place: Place) -> Option<Expr> {
        let scrutinee = self.boxed(&branch.expr, Place::FREE);
        let arms = all(branch.arms.iter().map(|arm| {
            self.scoped(|reader| {
                let allowed = reader.no_cfg(&arm.attrs);
                let (pattern, guard) = reader.guarded(&arm.pat);
                let body = reader.expr(&arm.body, place);
                allowed.and(Some(Arm { pattern: pattern?, guard: guard?, body: body? }))
            })
        }));
        Some(Expr::Match { scrutinee: scrutinee?, arms: arms? })
    }

    /// A pattern of an arm, and the guard behind it if there is one.
    fn guarded(&mut self, pattern: &Pat) -> (Option<Pattern>, Option<Option<Expr>>) {
        match pattern {
            Pat::Guard(guarded) => (self.pattern(&guarded.pat), self.guard(Some(&guarded.guard))),
            pattern => (self.pattern(pattern), Some(None)),
        }
    }

    /// A guard. `Some(None)`: there is none.
    pub(super) fn guard(&mut self, guard: Option<&Syn>) -> Option<Option<Expr>> {
        match guard {
            Some(guard) => self.expr(guard, Place::FREE).map(Some),
            None => Some(None),
        }
    }
}

/// `a && b && c` as `[a, b, c]`, as far as `let` stands among them.
fn flatten<'e>(condition: &'e Syn, into: &mut Vec<&'e Syn>) {
    match condition {
        Syn::Binary(binary) if matches!(binary.op, BinOp::And(_)) => {
            flatten(&binary.left, into);
            flatten(&binary.right, into);
        }
        other => into.push(other),
    }
}

/// `a && b && c` of `[a, b, c]`; `None` of nothing.
fn conjunction(conditions: Vec<Expr>) -> Option<Expr> {
    let and = |lhs, rhs| Expr::Binary { op: BinaryOp::And, lhs: Box::new(lhs), rhs: Box::new(rhs) };
    conditions.into_iter().reduce(and)
}
