//! Portable expressions: syn's tree read into the model's, and all else refused on its own token.
//!
//! rustc type-checks the same tokens, so nothing is checked here that it checks. A refusal does not stop the reading: all
//! of them come at once.

mod ambient;
mod assign;
mod binding;
mod block;
mod branch;
mod call;
mod construct;
mod duration;
mod format;
mod json;
mod literal;
mod macros;
mod method;
mod path;
mod pattern;
mod place;
mod refuse;
mod tables;
mod value;

use syn::{Block, ExprClosure, Ident, Pat};
use workflow_model::Code;
use workflow_model::expr::{Arm, Expr, Lambda, Param, Pattern};
use workflow_model::machine::TypeRef;

use crate::errors::Errors;
pub(crate) use ambient::Ambient;
pub(crate) use assign::{ASSIGN, AssignSource, Given, assignments, before_leaf};
pub(crate) use format::captures;
pub(crate) use macros::visit_arguments;
use place::Place;
pub(crate) use tables::{Tables, text};

/// Reads portable expressions.
pub(crate) struct Reader<'a> {
    tables: &'a mut Tables,
    errors: &'a mut Errors,
    /// The names that are bound here, innermost last.
    names: Vec<String>,
    /// What lies behind the names that nothing binds.
    ambient: Ambient,
    /// Whether its leaves may assign variables: those of a choice.
    leaves_assign: bool,
    /// The targets at the leaves read so far.
    targets: Vec<Ident>,
}

/// The body of a choice.
pub(crate) struct Choice {
    /// The body. `None`: something in it was refused.
    pub(crate) body: Option<Lambda>,
    /// The states that its leaves name, in source order, whatever else was refused.
    pub(crate) targets: Vec<Ident>,
}

/// An edge with a payload, as in `|ticket| wait(Pending { ticket, polls: 0 })`.
pub(crate) struct Edge {
    /// The state that it leads to. `None`: there is not exactly one, which was refused.
    pub(crate) target: Option<Ident>,
    /// What makes the payload; `()` for a target without input. `None`: something in it was refused.
    pub(crate) payload: Option<Lambda>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(tables: &'a mut Tables, errors: &'a mut Errors) -> Self {
        Reader {
            tables,
            errors,
            names: Vec::new(),
            ambient: Ambient::default(),
            leaves_assign: false,
            targets: Vec::new(),
        }
    }

    /// The same reader, of expressions that know `ambient`.
    pub(crate) fn knowing(self, ambient: Ambient) -> Self {
        Reader { ambient, ..self }
    }

    /// Makes a name known that no parameter binds.
    pub(crate) fn bind(&mut self, name: &str) {
        self.names.push(name.to_owned());
    }

    /// The body of a state that makes a value, with the state's parameters.
    pub(crate) fn body(&mut self, params: &[(&Pat, Option<TypeRef>)], block: &Block) -> Option<Lambda> {
        self.scoped(|reader| {
            let params = reader.params(params);
            let body = reader.block(block, Place::BODY);
            Some(Lambda { params: params?, body: body? })
        })
    }

    /// The body of a choice, with the state's parameters: each of its leaves is `state(payload)`.
    pub(crate) fn choice(&mut self, params: &[(&Pat, Option<TypeRef>)], block: &Block) -> Choice {
        self.leaves_assign = true;
        let body = self.scoped(|reader| {
            let params = reader.params(params);
            let body = reader.block(block, Place::LEAF);
            Some(Lambda { params: params?, body: body? })
        });
        Choice { body, targets: std::mem::take(&mut self.targets) }
    }

    /// A closure on an edge, which is given values of the types `given`: its body is `state(payload)`, with `let`s before.
    pub(crate) fn edge(&mut self, closure: &ExprClosure, given: &[Option<TypeRef>]) -> Edge {
        let lambda = self.lambda(closure, given, Place::LEAF);
        let mut targets = std::mem::take(&mut self.targets).into_iter();
        let target = targets.next();
        let mut payload = lambda.map(|lambda| Lambda { params: lambda.params, body: payload_of(lambda.body) });
        if let Some(second) = targets.next() {
            self.refuse::<()>(
                &second,
                "an edge leads to one state, but this closure names a second one",
                "let a `#[choice]` decide between them, as in `next = decide`",
            );
            payload = None;
        }
        Edge { target, payload }
    }

    /// A closure that makes the value an execution ends with.
    pub(crate) fn closure(&mut self, closure: &ExprClosure, given: &[Option<TypeRef>]) -> Option<Lambda> {
        self.lambda(closure, given, Place::BODY)
    }

    /// A closure that makes a value whose type nothing but itself decides.
    pub(crate) fn made(&mut self, closure: &ExprClosure, given: &[Option<TypeRef>]) -> Option<Lambda> {
        self.lambda(closure, given, Place::CLOSURE)
    }

    /// A pattern. The names that it binds are known from here on.
    pub(crate) fn pattern(&mut self, pattern: &Pat) -> Option<Pattern> {
        pattern::read(self, pattern)
    }

    fn params(&mut self, params: &[(&Pat, Option<TypeRef>)]) -> Option<Vec<Param>> {
        let params =
            params.iter().map(|&(pattern, type_ref)| Some(Param { pattern: self.pattern(pattern)?, type_ref }));
        all(params)
    }

    /// Reads with names of its own, which are unknown again behind it.
    fn scoped<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        let outer = self.names.len();
        let result = read(self);
        self.names.truncate(outer);
        result
    }

    fn is_bound(&self, name: &str) -> bool {
        self.names.iter().any(|bound| bound == name)
    }

    /// Refuses `tokens`: what is wrong and why it matters, and what to type instead.
    fn refuse<T>(
        &mut self,
        tokens: impl quote::ToTokens,
        message: impl AsRef<str>,
        help: impl Into<String>,
    ) -> Option<T> {
        self.errors.push(tokens, Code::W0004, message, &[help.into()]);
        None
    }
}

/// The body of an edge with its leaf's payload in the place of the leaf.
fn payload_of(body: Expr) -> Expr {
    match body {
        Expr::Goto { payload, .. } => payload.map_or_else(|| Expr::Tuple(Vec::new()), |payload| *payload),
        Expr::Let { pattern, type_ref, value, body } => {
            Expr::Let { pattern, type_ref, value, body: Box::new(payload_of(*body)) }
        }
        Expr::Match { scrutinee, arms } => {
            let arms = arms.into_iter().map(|arm| Arm { body: payload_of(arm.body), ..arm }).collect();
            Expr::Match { scrutinee, arms }
        }
        other => other,
    }
}

/// All of the items, once all of them were read; `None` when one of them was refused.
fn all<T>(items: impl Iterator<Item = Option<T>>) -> Option<Vec<T>> {
    let items: Vec<Option<T>> = items.collect();
    items.into_iter().collect()
}

#[cfg(test)]
mod tests;
