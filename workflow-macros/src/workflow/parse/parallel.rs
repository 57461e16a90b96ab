//! `#[parallel(branches(self.a: A, self.b: B = |input| …), next | end)] fn state(input: I);`, with a body that makes the input of the
//! branches if it is another.

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Expr, ExprClosure, Member, ReturnType, Token, Type, parenthesized};
use workflow_model::Code;
use workflow_model::machine::TypeRef;
use workflow_model::name::pascal_case;
use workflow_model::states::{Branch, BranchInput, Parallel, StateKind};

use super::Parser;
use super::child::ChildField;
use super::state::Draft;
use crate::workflow::source::{BranchSource, KindSource, tuple_of};

/// The options of `#[parallel]` behind the branches.
const OPTIONS: &[&str] = &["next", "end", "name"];

/// The longest tuple that serde reads and writes, and that rustc compares and shows.
const MOST_BRANCHES: usize = 12;

/// `branches(self.charge: Charge, self.reserve: Reserve), next = done`.
struct ParallelArguments {
    branches: Vec<BranchSource>,
    options: TokenStream,
}

impl Parse for ParallelArguments {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let is_branches = input.peek(Ident::peek_any) && input.fork().call(Ident::parse_any)? == "branches";
        if !is_branches || !input.peek2(syn::token::Paren) {
            let message = "a `#[parallel]` names its branches first, each a field that holds a workflow and its type: \
                           `branches(self.charge: Charge, self.reserve: Reserve)`";
            return Err(syn::Error::new(input.span(), message));
        }
        input.call(Ident::parse_any)?;
        let content;
        parenthesized!(content in input);
        let branches = Punctuated::<BranchSource, Token![,]>::parse_terminated(&content)?;
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
        Ok(ParallelArguments { branches: branches.into_iter().collect(), options: input.parse()? })
    }
}

impl Parse for BranchSource {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if !input.peek(Token![self]) {
            let message =
                "a branch is a field that holds a workflow, and the workflow's type, as in `self.charge: Charge`";
            return Err(syn::Error::new(input.span(), message));
        }
        let ChildField { field, child } = input.parse()?;
        if input.parse::<Option<Token![=]>>()?.is_none() {
            return Ok(BranchSource { field, child, input: None });
        }
        match input.parse::<Expr>()? {
            Expr::Closure(closure) => Ok(BranchSource { field, child, input: Some(closure) }),
            other => {
                let message = "what a branch is given is made by a closure, as in `|order| order.payment`";
                Err(syn::Error::new_spanned(other, message))
            }
        }
    }
}

impl Parser<'_> {
    pub(super) fn parallel(&mut self, draft: &Draft<'_>) -> (StateKind, KindSource, Option<String>) {
        self.portable_signature(draft);
        let arguments = match draft.parse::<ParallelArguments>() {
            Ok(arguments) => arguments,
            Err(error) => {
                self.errors.syntax(error);
                return (super::state::broken(), KindSource::Broken, None);
            }
        };
        let ParallelArguments { branches: mut sources, options } = arguments;
        sources =
            sources.into_iter().map(|branch| BranchSource { child: self.named(branch.child), ..branch }).collect();
        self.count_branches(draft, &sources);
        let given = self.given(draft);
        let input_type = given.as_ref().map(|given| self.tables.type_ref(given));
        let outputs: Vec<Type> = sources.iter().map(|branch| self.output_of(&branch.child)).collect();
        let output = self.tables.type_ref(&tuple_of(&outputs));
        let branches = self.branches(&sources, input_type);
        let mut options = self.options(options, "#[parallel]", OPTIONS);
        let asl_name = self.asl_name(draft, &mut options);
        let (next, next_source) = self.next_of_result(draft, &mut options, output);
        let (retry, catch, catch_source) = self.error_handlers(draft, &next);
        let input = draft.body.and_then(|body| self.body_lambda(draft, body));
        let parallel = Parallel { input, input_type, branches, output, retry, catch, next };
        let source = KindSource::Parallel { branches: sources, given, next: next_source, catch: catch_source };
        (StateKind::Parallel(parallel), source, asl_name)
    }

    fn count_branches(&mut self, draft: &Draft<'_>, branches: &[BranchSource]) {
        if branches.is_empty() {
            let help = "write one at least, as in `branches(self.charge: Charge)`";
            self.refuse(draft.attribute.path(), "a `#[parallel]` without branches does nothing", &[help]);
        }
        if let Some(beyond) = branches.get(MOST_BRANCHES) {
            let message = format!("a `#[parallel]` has at most {MOST_BRANCHES} branches: its result is a tuple");
            let help = "let a branch be a workflow with a `#[parallel]` of its own, or use a `#[map]`";
            self.refuse(&beyond.child, message, &[help]);
        }
    }

    /// The type of what the branches are given: what the body makes, or the state's input.
    fn given(&mut self, draft: &Draft<'_>) -> Option<Type> {
        match (draft.body, &draft.signature.output) {
            (Some(_), ReturnType::Type(_, ty)) => Some((**ty).clone()),
            (Some(body), ReturnType::Default) => {
                let help = "write its type, as in `-> Payment`, or remove the body";
                self.refuse(body, "the body of a `#[parallel]` makes what its branches are given", &[help]);
                None
            }
            (None, _) => {
                self.no_result(draft, "remove the result type: the result is the tuple of what the branches end with");
                draft.input.map(|input| input.ty.clone())
            }
        }
    }

    /// The branches, each with a label that no other one has.
    fn branches(&mut self, sources: &[BranchSource], given: Option<TypeRef>) -> Vec<Branch> {
        let mut branches: Vec<Branch> = Vec::new();
        for source in sources {
            let base = label(&source.field);
            let mut label = base.clone();
            let mut number = 1;
            while branches.iter().any(|branch| branch.label == label) {
                number += 1;
                label = format!("{base}{number}");
            }
            let input = source.input.as_ref().and_then(|closure| self.branch_input(source, closure, &label, given));
            branches.push(Branch { child: self.branch_child(&source.child), label, input, execution: None });
        }
        branches
    }

    fn branch_input(
        &mut self,
        source: &BranchSource,
        closure: &ExprClosure,
        label: &str,
        given: Option<TypeRef>,
    ) -> Option<BranchInput> {
        let output = self.input_of(&source.child);
        let output = self.tables.type_ref(&output);
        // It is evaluated in a state of its own, which makes no attempts.
        let outer = std::mem::take(&mut self.ambient.attempts);
        let lambda = self.reader().closure(closure, &[given]);
        self.ambient.attempts = outer;
        Some(BranchInput { lambda: lambda?, output, asl_name: format!("{label}Input") })
    }

    /// A workflow as a branch. It cannot be this one.
    pub(super) fn branch_child(&mut self, child: &Type) -> workflow_model::states::ChildRef {
        if self.is_itself(child) {
            let message =
                "a workflow cannot be a branch of itself: its states would be inside of themselves without end";
            let help = "to do something again, lead back to a state of this workflow, as in `next = charge`";
            self.errors.push(child, Code::W0605, message, &[help.to_owned()]);
        }
        self.child(child)
    }
}

/// What a branch is called after its field: `Charge` for `self.charge`.
pub(super) fn label(field: &Expr) -> String {
    match field {
        Expr::Field(field) => match &field.member {
            Member::Named(name) => pascal_case(&name.unraw().to_string()),
            Member::Unnamed(index) => format!("Branch{}", index.index),
        },
        other => pascal_case(&other.to_token_stream().to_string()),
    }
}
