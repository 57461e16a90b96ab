//! What is assigned to variables: `#[assign(polls = vars.polls + 1)]`.

use std::collections::BTreeSet;

use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Expr as Syn, ExprCall, Ident, Pat, Token};
use workflow_model::expr::{Expr, Lambda, Param, Pattern};
use workflow_model::machine::{Assignment, TypeRef};

use super::Reader;
use super::binding::name;
use super::place::Place;

/// The attribute, and what stands for it in a `#[catch]`.
pub(crate) const ASSIGN: &str = "assign";

/// `polls = vars.polls + 1`.
#[derive(Clone)]
pub(crate) struct AssignSource {
    /// The variable.
    pub(crate) variable: Ident,
    /// What it becomes.
    pub(crate) value: Syn,
}

impl Parse for AssignSource {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        const EXAMPLE: &str = "an assignment names a variable and its value, as in `polls = vars.polls + 1`";
        let variable: Ident = input.parse().map_err(|error| syn::Error::new(error.span(), EXAMPLE))?;
        if !input.peek(Token![=]) {
            return Err(syn::Error::new(variable.span(), EXAMPLE));
        }
        input.parse::<Token![=]>()?;
        if input.is_empty() || input.peek(Token![,]) {
            return Err(syn::Error::new(variable.span(), EXAMPLE));
        }
        Ok(AssignSource { variable, value: input.parse()? })
    }
}

/// The assignments in parentheses: `polls = vars.polls + 1, ticket = result.clone()`.
pub(crate) fn assignments(input: ParseStream<'_>) -> syn::Result<Vec<AssignSource>> {
    let list = syn::punctuated::Punctuated::<AssignSource, Token![,]>::parse_terminated(input)?;
    Ok(list.into_iter().collect())
}

/// Those before a leaf of a choice. What cannot be read has been refused.
pub(crate) fn before_leaf(call: &ExprCall) -> Vec<AssignSource> {
    let is_assign = |attribute: &&Attribute| attribute.path().is_ident(ASSIGN);
    let read = |attribute: &Attribute| attribute.parse_args_with(assignments).unwrap_or_default();
    call.attrs.iter().filter(is_assign).flat_map(read).collect()
}

/// What an assignment knows besides the state's input.
#[derive(Clone, Copy)]
pub(crate) struct Given {
    /// `result`, or `failure`.
    pub(crate) name: &'static str,
    /// Its type.
    pub(crate) type_ref: TypeRef,
}

impl Reader<'_> {
    /// The assignments of a state or a catcher, which know the state's input and what is `given`.
    pub(crate) fn assignments(
        &mut self,
        sources: &[AssignSource],
        input: Option<(&Pat, TypeRef)>,
        given: Option<Given>,
    ) -> Vec<Assignment> {
        self.variables(sources);
        let assignments = sources.iter().filter_map(|AssignSource { variable, value }| {
            let value = self.scoped(|reader| {
                let pattern = input.map_or(Some(Pattern::Wildcard), |(pattern, _)| reader.pattern(pattern));
                let input = Param { pattern: pattern?, type_ref: input.map(|(_, type_ref)| type_ref) };
                let given = given.map(|given| {
                    reader.bind(given.name);
                    let pattern = Pattern::Bind { name: given.name.to_owned(), pattern: None };
                    Param { pattern, type_ref: Some(given.type_ref) }
                });
                let body = reader.assigned(value)?;
                Some(Lambda { params: [input].into_iter().chain(given).collect(), body })
            });
            Some(Assignment { variable: name(variable), value: value? })
        });
        assignments.collect()
    }

    /// The assignments before a leaf of a choice, which know the names that are bound there.
    pub(super) fn leaf_assignments(&mut self, call: &ExprCall) -> Option<Vec<(String, Expr)>> {
        let sources = before_leaf(call);
        if !self.leaves_assign
            && let Some(attribute) = call.attrs.iter().find(|attribute| attribute.path().is_ident(ASSIGN))
        {
            return self.refuse(
                attribute,
                "a closure on an edge assigns nothing: its state does",
                "put `#[assign(…)]` on the state; in a `#[catch]`, `assign(…)` behind the closure",
            );
        }
        self.variables(&sources);
        super::all(sources.iter().map(|source| Some((name(&source.variable), self.assigned(&source.value)?))))
    }

    fn assigned(&mut self, value: &Syn) -> Option<Expr> {
        match value {
            Syn::Closure(closure) => self.refuse(
                closure.inputs_begin,
                "an assignment is no closure: what it may look at has a name already",
                "write the expression alone; the state's input is known by its own name, its result as `result`, and \
                 what a catcher took as `failure`",
            ),
            value => self.expr(value, Place::DECIDED),
        }
    }

    /// Refuses variables that come twice.
    fn variables(&mut self, sources: &[AssignSource]) {
        let mut seen = BTreeSet::new();
        for AssignSource { variable, .. } in sources {
            if !seen.insert(name(variable)) {
                let message = format!("`{variable}` is assigned twice, and nothing says which of the values it gets");
                self.refuse::<()>(variable, message, "keep one of the two");
            }
        }
    }
}
