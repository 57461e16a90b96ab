//! A workflow as it was written: the model, and the tokens that belong to its parts.

use std::collections::HashMap;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::{Attribute, Expr, ExprClosure, Generics, Pat, Path, Signature, Type, Visibility};
use workflow_model::finding::StatePart;
use workflow_model::states::{Catcher, ChildRef, ErrorRef, Retrier};
use workflow_model::{Place, StateMachine};

use super::spanned;
use crate::expr::{AssignSource, Tables};

/// A `#[workflow]` and its `impl` block.
pub(crate) struct Workflow {
    /// The graph, which the checks look at and which the generated code embeds.
    pub machine: StateMachine,
    /// The tokens behind the machine's types and constants.
    pub tables: Tables,
    /// The tokens behind the machine's errors.
    pub errors: Vec<Path>,
    /// The types behind the machine's nested workflows.
    pub children: Vec<Type>,
    /// Where each part of the machine stands.
    pub places: Places,
    /// The path to `workflow-runtime`.
    pub krate: Path,
    /// The attributes of the block, without `#[workflow]`.
    pub attributes: Vec<Attribute>,
    /// The generic parameters of the block.
    pub generics: Generics,
    /// The type that the block is of.
    pub self_type: Type,
    /// The type whose fields are the workflow's variables.
    pub variables: Option<Type>,
    /// What an execution ends with, as a type. `None` only after an error.
    pub output: Option<Type>,
    /// The states in source order, in step with the machine's.
    pub states: Vec<StateSource>,
    /// The rest of the block, as it was written.
    pub others: Vec<TokenStream>,
    /// The codes of `#[allow_finding(…)]` on the block.
    pub allowed: Vec<Ident>,
}

impl Workflow {
    /// The path to what generated code calls.
    pub(crate) fn private(&self) -> TokenStream {
        let krate = &self.krate;
        quote!(#krate::__private)
    }

    /// `<Job as Crossing>::name`; on the first mention of the type, so that it is refused once.
    pub(crate) fn crossing(&self, ty: &Type, name: &str) -> Type {
        spanned::projection(self.tables.first(ty), &self.krate, &["__private", "Crossing"], name)
    }

    /// `<PollService as Child>::name`, for a nested workflow.
    pub(crate) fn child(&self, child: &Type, name: &str) -> Type {
        spanned::projection(child, &self.krate, &["__private", "Child"], name)
    }

    /// Whether a nested workflow is a branch somewhere.
    pub(crate) fn is_branch(&self, child: ChildRef) -> bool {
        let mut branches = self.machine.states.iter().flat_map(|state| state.kind.branches());
        branches.any(|branch| branch.child == child && branch.execution.is_none())
    }

    /// What an execution ends with: `()` where nothing ends in success.
    pub(crate) fn output(&self) -> Type {
        self.output.clone().unwrap_or_else(|| syn::parse_quote!(()))
    }

    /// The user's own errors that the retriers and catchers of a state name, each time as it was written there.
    pub(crate) fn errors_of(&self, index: usize) -> Vec<Path> {
        let kind = &self.machine.states[index].kind;
        let custom = |error: &ErrorRef| matches!(error, ErrorRef::Custom(_));
        let retried = kind.retriers().iter().enumerate().flat_map(|(retrier, Retrier { errors, .. })| {
            let errors = errors.iter().enumerate().filter(move |(_, error)| custom(error));
            errors.map(move |(error, _)| StatePart::RetryError(retrier, error))
        });
        let caught = kind.catchers().iter().enumerate().flat_map(|(catcher, Catcher { errors, .. })| {
            let errors = errors.iter().enumerate().filter(move |(_, error)| custom(error));
            errors.map(move |(error, _)| StatePart::CatchError(catcher, error))
        });
        let tokens = retried.chain(caught).map(|part| self.places.get(&Place::State(index, part)));
        tokens.filter_map(|tokens| syn::parse2(tokens).ok()).collect()
    }
}

/// A state as it was written.
pub(crate) struct StateSource {
    /// The attributes that are not ours, doc comments among them.
    pub attributes: Vec<Attribute>,
    /// Whether others may call it.
    pub visibility: Visibility,
    /// The signature.
    pub signature: Signature,
    /// The braces and what is in them. `None`: the state has no body.
    pub body: Option<TokenStream>,
    /// The parameter, which is the state's input.
    pub input: Option<Input>,
    /// What its kind adds.
    pub kind: KindSource,
    /// What it assigns; a choice does so at its leaves.
    pub assign: Vec<AssignSource>,
    /// The codes of `#[allow_finding(…)]` on the state.
    pub allowed: Vec<Ident>,
    /// The variant of the generated enum, as in `CallService`.
    pub variant: Ident,
    /// Whether something in it asks when it was entered.
    pub is_timed: bool,
    /// Whether something in it was refused.
    pub refused: bool,
}

/// A state's parameter.
#[derive(Clone)]
pub(crate) struct Input {
    pub pattern: Pat,
    pub ty: Type,
}

impl StateSource {
    pub(crate) fn name(&self) -> &Ident {
        &self.signature.ident
    }

    /// What follows, where the kind of state has a `next`.
    pub(crate) fn next(&self) -> Option<&NextSource> {
        match &self.kind {
            KindSource::Task { next, .. }
            | KindSource::Poll { next, .. }
            | KindSource::Nested { next, .. }
            | KindSource::Parallel { next, .. }
            | KindSource::Map { next, .. }
            | KindSource::Wait { next, .. }
            | KindSource::Pass { next } => Some(next),
            KindSource::Choice { .. } | KindSource::Succeed | KindSource::Fail | KindSource::Broken => None,
        }
    }

    /// The type of the state's input; `()` where it takes none.
    pub(crate) fn input_type(&self) -> Type {
        self.input.as_ref().map_or_else(|| syn::parse_quote!(()), |input| input.ty.clone())
    }
}

/// What the code for a kind of state is generated from, besides the model.
#[allow(clippy::large_enum_variant, reason = "one per state, while the macro runs")]
pub(crate) enum KindSource {
    Task {
        /// What the method returns.
        returned: Type,
        /// What is left of it when the task succeeds.
        output: Type,
        /// What makes the arguments of a service.
        arguments: Option<ExprClosure>,
        next: NextSource,
        catch: Vec<CatchSource>,
    },
    Poll {
        /// What the method returns.
        returned: Type,
        /// What `Ready` holds.
        output: Type,
        next: NextSource,
        /// `None` only after an error.
        on_deadline: Option<EdgeSource>,
        catch: Vec<CatchSource>,
    },
    Nested {
        field: Expr,
        child: Type,
        /// The type of the result.
        output: Type,
        next: NextSource,
        catch: Vec<CatchSource>,
    },
    Parallel {
        branches: Vec<BranchSource>,
        /// The type of what the branches are given.
        given: Option<Type>,
        next: NextSource,
        catch: Vec<CatchSource>,
    },
    Map {
        field: Expr,
        child: Type,
        /// The type of the list of items.
        items: Type,
        /// The type of an item of it, or of one that is read.
        item: Type,
        /// The type of what the selector makes of an item.
        selected: Type,
        selector: Option<ExprClosure>,
        distributed: Option<DistributedSource>,
        /// The type of the result.
        result: Type,
        next: NextSource,
        catch: Vec<CatchSource>,
    },
    Choice {
        body: Expr,
    },
    Wait {
        /// What the body gives, where there is one.
        returned: Option<Type>,
        next: NextSource,
    },
    Pass {
        next: NextSource,
    },
    Succeed,
    Fail,
    /// The attribute could not be read.
    Broken,
}

/// `self.charge: Charge = |order| order.payment`.
pub(crate) struct BranchSource {
    pub field: Expr,
    pub child: Type,
    pub input: Option<ExprClosure>,
}

/// `(A, B,)`.
pub(crate) fn tuple_of(types: &[Type]) -> Type {
    syn::parse_quote!((#(#types,)*))
}

/// What a distributed map is generated from, besides the model.
pub(crate) struct DistributedSource {
    /// The closure of `result_writer`.
    pub writer: Option<ExprClosure>,
}

/// What follows, as it was written.
pub(crate) enum NextSource {
    /// Nothing that could be read.
    Missing,
    /// `end`.
    End(Option<ExprClosure>),
    /// `next = …`.
    To(EdgeSource),
}

impl NextSource {
    /// The closure of `next` or `end`.
    pub(crate) fn closure(&self) -> Option<&ExprClosure> {
        match self {
            NextSource::To(edge) => edge.closure.as_ref(),
            NextSource::End(closure) => closure.as_ref(),
            NextSource::Missing => None,
        }
    }
}

/// `state`, or `|result| state(expression)`.
#[derive(Clone)]
pub(crate) struct EdgeSource {
    pub target: Ident,
    pub closure: Option<ExprClosure>,
}

/// `#[catch(… => edge)]`.
pub(crate) struct CatchSource {
    pub edge: EdgeSource,
    /// The parameter of its state.
    pub input: Option<Input>,
    pub assign: Vec<AssignSource>,
}

/// The tokens of each part of a machine. A part of which nothing was written stands where its state, or the workflow, does.
#[derive(Default)]
pub(crate) struct Places {
    tokens: HashMap<Place, TokenStream>,
}

impl Places {
    pub(crate) fn set(&mut self, place: Place, tokens: impl ToTokens) {
        self.tokens.entry(place).or_insert_with(|| tokens.to_token_stream());
    }

    pub(crate) fn get(&self, place: &Place) -> TokenStream {
        let fallback = match place {
            Place::State(state, StatePart::Option(_)) => Place::State(*state, StatePart::Kind),
            Place::State(state, _) => Place::State(*state, StatePart::Name),
            Place::Workflow | Place::WorkflowOption(_) => Place::Workflow,
        };
        self.tokens.get(place).or_else(|| self.tokens.get(&fallback)).cloned().unwrap_or_default()
    }
}
