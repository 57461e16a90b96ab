//! The names that no parameter binds: `context` and `vars`.

use syn::{Expr as Syn, ExprField, Ident, Member};
use workflow_model::expr::{ContextPart, Expr};
use workflow_model::name::one_of;

use super::Reader;
use super::binding::{member, name};

/// The context object.
pub(super) const CONTEXT: &str = "context";

/// The workflow's variables.
pub(super) const VARS: &str = "vars";

/// What there is to read behind the names that no parameter binds.
#[derive(Clone, Copy, Default)]
pub(crate) struct Ambient {
    /// Whether the state makes attempts, which `context.state.retry_count` counts.
    pub(crate) attempts: bool,
    /// Whether the workflow has variables.
    pub(crate) variables: bool,
}

impl Reader<'_> {
    /// Whether `ident` is the context object, and no name that is bound here.
    pub(super) fn is_context(&self, ident: &Ident) -> bool {
        ident == CONTEXT && !self.is_bound(CONTEXT)
    }

    /// `context` alone.
    pub(super) fn whole_context(&mut self, ident: &Ident) -> Option<Expr> {
        self.refuse(
            ident,
            "the context object as a whole is no value here: on AWS it holds more than natively",
            "read what is needed of it, as in `context.execution.id`",
        )
    }

    /// `context.execution.id`. `None`: the field is of something else.
    pub(super) fn context_field(&mut self, field: &ExprField) -> Option<Option<Expr>> {
        let path = self.context_path(field)?;
        let parts = || ContextPart::ALL.into_iter().filter(|part| part.rust_path().starts_with(&format!("{path}.")));
        Some(match ContextPart::from_rust_path(&path) {
            Some(ContextPart::StateRetryCount) if !self.ambient.attempts => self.refuse(
                &field.member,
                "`context.state.retry_count` counts the attempts of a `#[task]` or a `#[nested]`, and is known behind \
                 them only: in their closures",
                "read it in the closure of `next`, `end` or `catch` there, and hand it over the edge",
            ),
            Some(part) => Some(Expr::Context(part)),
            None if parts().next().is_some() => {
                let parts: Vec<_> = parts().map(|part| format!("`context.{}`", part.rust_path())).collect();
                self.refuse(
                    field,
                    format!("`context.{path}` as a whole is no value here: on AWS it holds more than natively"),
                    format!("read {}", one_of(&parts)),
                )
            }
            // rustc says that there is no such field.
            None => Some(Expr::Tuple(Vec::new())),
        })
    }

    /// Whether `ident` are the variables, and no name that is bound here.
    pub(super) fn is_vars(&self, ident: &Ident) -> bool {
        ident == VARS && !self.is_bound(VARS)
    }

    /// `vars` alone.
    pub(super) fn whole_vars(&mut self, ident: &Ident) -> Option<Expr> {
        if !self.ambient.variables {
            return self.no_variables(ident);
        }
        self.refuse(
            ident,
            "the variables as a whole are no value here: on AWS each is one of its own",
            "read what is needed of them, as in `vars.polls`",
        )
    }

    fn no_variables<T>(&mut self, ident: &Ident) -> Option<T> {
        self.refuse(
            ident,
            "`vars` are the workflow's variables, but this workflow has none",
            "name the struct that holds them: `#[workflow(variables = Progress, …)]`",
        )
    }

    /// `vars.polls`. `None`: the field is of something else.
    pub(super) fn variable(&mut self, field: &ExprField) -> Option<Option<Expr>> {
        let Syn::Path(path) = &*field.base else { return None };
        let vars = path.path.get_ident().filter(|ident| self.is_vars(ident))?;
        if !self.ambient.variables {
            return Some(self.no_variables(vars));
        }
        Some(match &field.member {
            Member::Named(variable) => {
                let name = name(variable);
                self.tables.read_variable(&name, variable);
                Some(Expr::Variable(name))
            }
            Member::Unnamed(position) => self.refuse(
                position,
                "a variable has a name, and this is a position",
                "make the variables a struct with named fields",
            ),
        })
    }

    /// The fields behind `context`, as in `execution.id`.
    fn context_path(&self, field: &ExprField) -> Option<String> {
        let behind = member(&field.member);
        match &*field.base {
            Syn::Path(path) => path.path.get_ident().filter(|ident| self.is_context(ident)).map(|_| behind),
            Syn::Field(base) => Some(format!("{}.{behind}", self.context_path(base)?)),
            _ => None,
        }
    }
}
