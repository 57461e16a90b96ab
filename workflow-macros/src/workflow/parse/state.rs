//! One item of the block: a state, if it carries a state's attribute.

use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Expr, ExprLit, FnArg, Lit, Meta, MetaNameValue, Signature, Token, Visibility};
use workflow_model::finding::StatePart;
use workflow_model::states::{StateKind, Succeed};
use workflow_model::{Place, State, name};

use super::Parser;
use super::callback::is_callback;
use super::input::is_context;
use super::options::Options;
use crate::expr::{ASSIGN, Ambient};
use crate::workflow::mention::mention;
use crate::workflow::source::{Input, KindSource, StateSource};

/// An item of the block.
pub(super) enum Item {
    State(Box<StateSource>),
    /// Anything else, which is emitted as it is.
    Other(TokenStream),
    /// Nothing that can be emitted.
    Broken,
}

/// A function whose body is still tokens.
pub(super) struct Function {
    pub attributes: Vec<Attribute>,
    pub visibility: Visibility,
    pub signature: Signature,
    pub body: Option<TokenStream>,
}

impl Parse for Function {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        let visibility = input.parse()?;
        let signature = input.parse()?;
        let body = if input.peek(Token![;]) {
            input.parse::<Token![;]>()?;
            None
        } else if input.is_empty() {
            None
        } else if input.peek(syn::token::Brace) {
            Some(input.parse::<proc_macro2::Group>()?.into_token_stream())
        } else {
            return Err(input.error("the signature before this ends in `;`, or has a body behind it"));
        };
        Ok(Function { attributes, visibility, signature, body })
    }
}

/// The attributes that make a function a state.
pub(super) const KINDS: &[&str] =
    &["task", "poll", "nested", "parallel", "map", "choice", "wait", "pass", "succeed", "fail"];

/// Where a state is while it is read.
pub(super) struct Draft<'a> {
    /// Its position among the states.
    pub index: usize,
    /// Its attribute, as in `#[task(…)]`.
    pub attribute: &'a Attribute,
    /// Its attributes that belong to the kind: `#[retry]` and `#[catch]`.
    pub helpers: &'a [Attribute],
    pub signature: &'a Signature,
    pub body: Option<&'a TokenStream>,
    pub input: Option<&'a Input>,
}

impl Draft<'_> {
    pub(super) fn place(&self, part: StatePart) -> Place {
        Place::State(self.index, part)
    }

    /// The tokens in the parentheses of the attribute.
    pub(super) fn arguments(&self) -> TokenStream {
        match &self.attribute.meta {
            Meta::List(list) => list.tokens.clone(),
            Meta::Path(_) | Meta::NameValue(_) => TokenStream::new(),
        }
    }

    /// Whether something in the state asks when it was entered: an expression that mentions the context object, or a task that is
    /// given a `TaskContext`.
    fn is_timed(&self, assign: &[Attribute]) -> bool {
        let attributes = [self.attribute].into_iter().chain(self.helpers).chain(assign);
        let expressions = attributes.map(ToTokens::to_token_stream).chain(self.body.cloned());
        let is_context = |input: &FnArg| matches!(input, FnArg::Typed(typed) if is_context(&typed.ty));
        self.signature.inputs.iter().any(is_context)
            || expressions.into_iter().any(|it| mention(it, "context").is_some())
    }

    /// Reads them.
    pub(super) fn parse<T: Parse>(&self) -> syn::Result<T> {
        match &self.attribute.meta {
            Meta::List(list) => list.parse_args(),
            Meta::Path(path) | Meta::NameValue(MetaNameValue { path, .. }) => {
                syn::parse2(TokenStream::new()).map_err(|error| syn::Error::new_spanned(path, error))
            }
        }
    }
}

impl Parser<'_> {
    /// Reads an item.
    pub(super) fn item(&mut self, tokens: TokenStream) -> Item {
        let function = match syn::parse2::<Function>(tokens.clone()) {
            Ok(function) => function,
            Err(error) if has_state_attribute(&tokens) => {
                self.errors.syntax(error);
                return Item::Broken;
            }
            Err(_) => return Item::Other(tokens),
        };
        match self.state(function) {
            Some(state) => Item::State(Box::new(state)),
            None => Item::Other(tokens),
        }
    }

    /// Reads a state. `None` when the function is none.
    fn state(&mut self, mut function: Function) -> Option<StateSource> {
        let errors = self.errors.len();
        let attribute = self.take_kind(&mut function)?;
        let Function { mut attributes, visibility, signature, body } = function;
        let is_kind = |attribute: &Attribute| KINDS.iter().any(|kind| attribute.path().is_ident(kind));
        while let Some(second) = attributes.iter().position(is_kind) {
            let second = attributes.remove(second);
            let kinds = [&attribute, &second].map(|attribute| attribute.path().to_token_stream());
            let message = format!("`{}` is both a `#[{}]` and a `#[{}]`", signature.ident, kinds[0], kinds[1]);
            self.refuse(&second, message, &["split it into two states, or remove one of the attributes"]);
        }
        if let Some(condition) = attributes.iter().find(|attribute| attribute.path().is_ident("cfg")) {
            let help = "put it on the whole block, or on what differs inside of the body";
            self.refuse(
                condition,
                "a state cannot come and go with `#[cfg]`: the graph is checked as it is written",
                &[help],
            );
        }
        let (helpers, mut attributes): (Vec<_>, Vec<_>) = attributes
            .into_iter()
            .partition(|attribute| attribute.path().is_ident("retry") || attribute.path().is_ident("catch"));
        let (assign, mut attributes): (Vec<_>, Vec<_>) =
            attributes.drain(..).partition(|attribute| attribute.path().is_ident(ASSIGN));
        let allowed = self.allowed(&mut attributes);
        let index = self.machine.states.len();
        let formerly = self.formerly(index, &mut attributes);
        self.places.set(Place::State(index, StatePart::Name), &signature.ident);
        self.places.set(Place::State(index, StatePart::Kind), attribute.path());
        let input = self.input(&signature, is_callback(&attribute));
        let draft = Draft {
            index,
            attribute: &attribute,
            helpers: &helpers,
            signature: &signature,
            body: body.as_ref(),
            input: input.as_ref(),
        };
        let is_timed = draft.is_timed(&assign);
        let (kind, source, asl_name) = self.kind(&draft);
        let (assign, assign_source) = self.assign(&draft, &assign, &kind);
        let rust_name = syn::ext::IdentExt::unraw(&signature.ident).to_string();
        let input_ref = input.as_ref().map(|input| self.tables.type_ref(&input.ty));
        let variant = self.variant(&rust_name, signature.ident.span());
        self.machine.states.push(State {
            asl_name: asl_name.unwrap_or_else(|| name::pascal_case(&rust_name)),
            name: rust_name,
            comment: doc_comment(&attributes),
            input: input_ref,
            assign,
            formerly,
            kind,
        });
        let refused = self.errors.len() > errors;
        Some(StateSource {
            attributes,
            visibility,
            signature,
            body,
            input,
            kind: source,
            assign: assign_source,
            allowed,
            variant,
            is_timed,
            refused,
        })
    }

    /// The variant of a state: its name as types are written, or its position where that is no name or not free.
    fn variant(&mut self, name: &str, span: Span) -> Ident {
        let pascal = name::pascal_case(name);
        let is_free = self.variants.insert(pascal.clone());
        match syn::parse_str::<Ident>(&pascal) {
            Ok(_) if is_free => Ident::new(&pascal, span),
            _ => quote::format_ident!("__{}", self.machine.states.len(), span = span),
        }
    }

    /// Reads what the kind of a state adds.
    fn kind(&mut self, draft: &Draft<'_>) -> (StateKind, KindSource, Option<String>) {
        let kind = draft.attribute.path().require_ident().map(Ident::to_string).unwrap_or_default();
        self.ambient = Ambient {
            attempts: matches!(kind.as_str(), "task" | "nested" | "parallel" | "map"),
            variables: self.machine.variables.is_some(),
        };
        if matches!(kind.as_str(), "choice" | "wait" | "pass" | "succeed" | "fail") {
            for helper in draft.helpers {
                let message = format!("a `#[{kind}]` cannot fail in a way that could be retried or caught");
                self.refuse(
                    helper,
                    message,
                    &["put it on a `#[task]`, a `#[poll]`, a `#[nested]`, a `#[parallel]` or a `#[map]`, or remove it"],
                );
            }
        }
        match kind.as_str() {
            "task" => self.task(draft),
            "poll" => self.poll(draft),
            "nested" => self.nested(draft),
            "parallel" => self.parallel(draft),
            "map" => self.map(draft),
            "choice" => self.choice(draft),
            "wait" => self.wait(draft),
            "pass" => self.pass(draft),
            "succeed" => self.succeed(draft),
            "fail" => self.fail(draft),
            // That it is no kind has been said.
            _ => (broken(), KindSource::Broken, None),
        }
    }

    /// Reads the options of an attribute.
    pub(super) fn options(&mut self, tokens: TokenStream, owner: &str, known: &[&str]) -> Options {
        let mut options = Options::read(tokens, self.errors);
        options.correct(owner, known, self.errors);
        options
    }

    /// Takes `name = "…"`, which every kind of state has.
    pub(super) fn asl_name(&mut self, draft: &Draft<'_>, options: &mut Options) -> Option<String> {
        let name = options.string("name", self.errors)?;
        self.places.set(draft.place(StatePart::Option("name")), &name);
        Some(name.value())
    }

    /// Refuses what a state's method may not be.
    pub(super) fn portable_signature(&mut self, draft: &Draft<'_>) {
        let kind = draft.attribute.path().to_token_stream();
        if let Some(asyncness) = &draft.signature.asyncness {
            let help = "remove `async`, or make it a `#[task]`, which may run any Rust";
            self.refuse(asyncness, format!("a `#[{kind}]` is evaluated at once, and cannot be `async`"), &[help]);
        }
        if let Some(receiver) = draft.signature.receiver() {
            let help = "remove `self`, or make it a `#[task]`, which may run any Rust";
            self.refuse(receiver, format!("a `#[{kind}]` means the same on AWS, where there is no `self`"), &[help]);
        }
    }

    /// Refuses a body.
    pub(super) fn no_body(&mut self, draft: &Draft<'_>) {
        if let Some(body) = draft.body {
            let kind = draft.attribute.path().to_token_stream();
            self.refuse(body, format!("a `#[{kind}]` has no body"), &["end the signature with `;`"]);
        }
    }

    /// Refuses a result type.
    pub(super) fn no_result(&mut self, draft: &Draft<'_>, help: &str) {
        if let syn::ReturnType::Type(_, ty) = &draft.signature.output {
            let kind = draft.attribute.path().to_token_stream();
            self.refuse(ty, format!("this `#[{kind}]` returns nothing"), &[help]);
        }
    }

    /// A body that is a portable expression, as a block.
    pub(super) fn block(&mut self, body: &TokenStream) -> Option<syn::Block> {
        syn::parse2(body.clone()).map_err(|error| self.errors.syntax(error)).ok()
    }
}

/// What stands for a state that could not be read, which has been said: an end, so that its predecessors reach one.
pub(super) fn broken() -> StateKind {
    StateKind::Succeed(Succeed {})
}

/// Whether tokens that cannot be read were meant to be a state.
fn has_state_attribute(tokens: &TokenStream) -> bool {
    let parser = |input: ParseStream<'_>| {
        let attributes = input.call(Attribute::parse_outer)?;
        input.parse::<TokenStream>()?;
        Ok(attributes)
    };
    let attributes = syn::parse::Parser::parse2(parser, tokens.clone()).unwrap_or_default();
    attributes.iter().any(|attribute| KINDS.iter().any(|kind| attribute.path().is_ident(kind)))
}

/// The text of the doc comments.
pub(super) fn doc_comment(attributes: &[Attribute]) -> Option<String> {
    let lines: Vec<String> = attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("doc"))
        .filter_map(|attribute| match &attribute.meta {
            Meta::NameValue(meta) => match &meta.value {
                Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value().trim().to_owned()),
                _ => None,
            },
            Meta::Path(_) | Meta::List(_) => None,
        })
        .collect();
    let text = lines.join("\n").trim().to_owned();
    (!text.is_empty()).then_some(text)
}
