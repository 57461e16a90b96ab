//! Blocks: `let`s and early returns before a last expression.

use quote::ToTokens;
use syn::{Attribute, Block, Expr as Syn, ExprIf, ExprReturn, Local, Pat, Stmt, Type};
use workflow_model::expr::{Arm, Expr, Pattern};
use workflow_model::machine::TypeRef;

use super::Reader;
use super::place::Place;

impl Reader<'_> {
    pub(super) fn block(&mut self, block: &Block, place: Place) -> Option<Expr> {
        self.scoped(|reader| match block.stmts.split_last() {
            Some(_) => reader.statements(&block.stmts, place),
            None => reader.no_value(block, place),
        })
    }

    /// What a block is from some statement on: each `let` holds for all that follows.
    fn statements(&mut self, stmts: &[Stmt], place: Place) -> Option<Expr> {
        let (first, rest) = stmts.split_first()?;
        match first {
            Stmt::Local(local) => self.local(local, rest, place),
            Stmt::Expr(Syn::Return(returned), _) if rest.is_empty() => self.returned(returned, place),
            Stmt::Expr(last, None) if rest.is_empty() => self.expr(last, place),
            Stmt::Macro(last) if rest.is_empty() && last.semi_token.is_none() => {
                let call = syn::ExprMacro { attrs: Vec::new(), mac: last.mac.clone() };
                self.expr(&Syn::Macro(call), place)
            }
            Stmt::Expr(Syn::If(branch), _) if place.last && returns(branch) => self.early_return(branch, rest, place),
            other => {
                let refused = self.statement(other);
                self.statements(rest, place);
                refused
            }
        }
    }

    fn local(&mut self, local: &Local, rest: &[Stmt], place: Place) -> Option<Expr> {
        self.no_cfg(&local.attrs);
        let (pattern, ty) = match &local.pat {
            Pat::Type(typed) => (&*typed.pat, Some(&*typed.ty)),
            pattern => (pattern, None),
        };
        let type_ref = ty.and_then(|ty| self.written_type(ty));
        let Some(init) = &local.init else {
            self.refuse::<()>(&local.pat, "this name is bound to nothing yet", "write its value: `let name = value;`");
            self.pattern(pattern);
            return self.rest(rest, place, local.let_token).and(None);
        };
        let value = self.boxed(&init.expr, if ty.is_some() { Place::DECIDED } else { Place::FREE });
        // What is bound is not known yet where it does not match.
        let otherwise = init.diverge.as_ref().map(|(token, diverge)| self.diverging(token, diverge, place));
        let pattern = self.pattern(pattern);
        let body = self.rest(rest, place, local.let_token);
        let (pattern, value) = (pattern?, value?);
        Some(match otherwise {
            Some(otherwise) => Expr::Match { scrutinee: value, arms: two_arms(pattern, None, body?, otherwise?) },
            None => Expr::Let { pattern, type_ref, value, body: Box::new(body?) },
        })
    }

    /// The statements behind `before`, the last of which has to make the block's value.
    fn rest(&mut self, rest: &[Stmt], place: Place, before: impl ToTokens) -> Option<Expr> {
        if rest.is_empty() {
            return self.refuse(
                before,
                "nothing follows, so the block has no value",
                "end the block with an expression",
            );
        }
        self.statements(rest, place)
    }

    /// The `else` of a `let … else`, which has to leave the body.
    fn diverging(&mut self, token: &syn::Token![else], diverge: &Syn, place: Place) -> Option<Expr> {
        if place.last {
            return self.expr(diverge, place);
        }
        self.refuse(
            token,
            "`let … else` leaves the body, which only its outermost `let`s may do here",
            "write a `match` that makes a value for both cases",
        )
    }

    /// `if condition { return value; } rest` is `if condition { value } else { rest }`.
    fn early_return(&mut self, branch: &ExprIf, rest: &[Stmt], place: Place) -> Option<Expr> {
        self.condition(branch, place, |reader| reader.rest(rest, place, branch.if_token))
    }

    /// `return value`, which is `value` where that is the value of the body anyway.
    pub(super) fn returned(&mut self, returned: &ExprReturn, place: Place) -> Option<Expr> {
        match &returned.expr {
            Some(value) if place.last => self.expr(value, place),
            Some(_) => self.refuse(
                returned.return_token,
                "`return` inside of another expression cannot be exported: an expression has one value",
                "let the body end in `if … { … } else { … }` or in a `match`",
            ),
            None => self.refuse(returned.return_token, "the body returns no value", "return a value: `return value;`"),
        }
    }

    /// The type written behind a pattern. `None`: part of it is left to rustc, as in `Vec<_>`.
    pub(super) fn written_type(&mut self, ty: &Type) -> Option<TypeRef> {
        match ty {
            Type::Reference(reference) => self.written_type(&reference.elem),
            Type::Paren(paren) => self.written_type(&paren.elem),
            _ if super::tables::text(ty).split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == "_") => {
                None
            }
            _ => Some(self.tables.type_ref(ty)),
        }
    }

    /// Refuses conditional compilation inside of what is read: the macro sees it before it is decided.
    pub(super) fn no_cfg(&mut self, attrs: &[Attribute]) -> Option<()> {
        match attrs.iter().find(|attr| attr.path().is_ident("cfg") || attr.path().is_ident("cfg_attr")) {
            Some(attr) => self.refuse(
                attr,
                "conditional compilation is decided after this is exported",
                "put `#[cfg]` on the whole `impl` block",
            ),
            None => Some(()),
        }
    }

    fn no_value(&mut self, block: &Block, place: Place) -> Option<Expr> {
        if place.leaf {
            return self.refuse(
                block,
                "this branch leads to no state, so the execution would stop here",
                "end it with `state(payload)`",
            );
        }
        self.refuse(block, "this block has no value", "end it with an expression")
    }
}

/// Whether an `if` without `else` always leaves the body.
fn returns(branch: &ExprIf) -> bool {
    let ends_in_return = matches!(branch.then_branch.stmts.last(), Some(Stmt::Expr(Syn::Return(_), _)));
    branch.else_branch.is_none() && ends_in_return
}

/// A match on one pattern, and on everything else.
pub(super) fn two_arms(pattern: Pattern, guard: Option<Expr>, then: Expr, otherwise: Expr) -> Vec<Arm> {
    vec![Arm { pattern, guard, body: then }, Arm { pattern: Pattern::Wildcard, guard: None, body: otherwise }]
}
