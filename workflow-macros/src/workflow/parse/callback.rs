//! `#[task(callback, …)] async fn state(&self, input: I, token: TaskToken<O>) -> Result<(), E>`, and
//! `#[nested(…, callback)] fn state(input: I, token: TaskToken<O>) -> ChildInput { … }`.

use proc_macro2::{TokenStream, TokenTree};
use syn::{Attribute, FnArg, GenericArgument, Meta, PatType, PathArguments, Signature, Type, parse_quote};
use workflow_model::expr::Lambda;
use workflow_model::finding::StatePart;
use workflow_model::integrations::Pattern;

use super::Parser;
use super::edge::name_of;
use super::input::is_context;
use super::options::Options;
use super::state::Draft;
use crate::workflow::spanned;

impl Parser<'_> {
    /// Takes `callback`, and the type of what the task ends with, which the token says. `None`: the task is none.
    pub(super) fn callback(&mut self, draft: &Draft<'_>, options: &mut Options) -> Option<Type> {
        let (callback, value) = options.flag("callback", self.errors)?;
        self.places.set(draft.place(StatePart::Option("callback")), &callback);
        if let Some(value) = value {
            self.refuse(value, "`callback` takes no value", &["write `callback` alone"]);
        }
        let mut tokens = tokens(draft.signature);
        let Some(token) = tokens.next() else {
            let name = name_of(&draft.signature.ident);
            let message = format!("`{name}` ends when somebody sends its token, but it takes none");
            let help =
                "take it behind the input, with the type of what the task ends with: `token: TaskToken<Decision>`";
            self.refuse(callback, message, &[help]);
            return Some(parse_quote!(()));
        };
        for second in tokens {
            let help = "keep the one that says what the task ends with; a token of another task belongs into the input";
            self.refuse(second, "an attempt at a callback has one token", &[help]);
        }
        self.token_position(draft.signature, token);
        // rustc says what a token without its type lacks.
        let Some(result) = result(&token.ty) else { return Some(parse_quote!(())) };
        // By way of the trait, so that a type which cannot cross an edge is refused once.
        Some(spanned::projection(result, &self.krate, &["__private", "Crossing"], "Payload"))
    }

    /// Takes `callback` of a nested workflow, and what belongs to it: the body, which hands the token on, and `heartbeat`.
    pub(super) fn nested_callback(
        &mut self,
        draft: &Draft<'_>,
        options: &mut Options,
        pattern: Pattern,
    ) -> Option<Type> {
        let sent = self.callback(draft, options);
        if sent.is_none() {
            if let Some((heartbeat, _)) = options.flag("heartbeat", self.errors) {
                let help = "write `callback`, whose token heartbeats are sent with, or remove `heartbeat`";
                self.refuse(heartbeat, "a nested workflow that is waited for sends no heartbeats", &[help]);
            }
            return None;
        }
        let callback = self.places.get(&draft.place(StatePart::Option("callback")));
        if pattern != Pattern::Sync2 {
            let help = "keep `callback` to wait for the token, or remove it";
            self.refuse(&callback, "a nested workflow is waited for in one way", &[help]);
        }
        if draft.body.is_none() && draft.token().is_some() {
            let help = "write a body that makes the nested workflow's input with the token in it";
            self.refuse(&draft.signature.ident, "nobody is given the token, so nobody could send it", &[help]);
        }
        sent
    }

    /// A body as a function of the state's input and of its token.
    pub(super) fn body_with_token(&mut self, draft: &Draft<'_>, body: &TokenStream) -> Option<Lambda> {
        let block = self.block(body)?;
        let mut params = self.params(draft);
        if let Some(token) = draft.token() {
            params.push((&token.pat, Some(self.tables.type_ref(&token.ty))));
        }
        self.reader().body(&params, &block)
    }

    /// The token comes behind the input, as the method is given more for the sake of it.
    fn token_position(&mut self, signature: &Signature, token: &PatType) {
        let typed = signature.inputs.iter().filter_map(typed);
        let mut behind = typed.skip_while(|typed| !std::ptr::eq(*typed, token)).skip(1);
        if behind.any(|other| !is_context(&other.ty) && !is_token(&other.ty)) {
            self.refuse(token, "the `TaskToken` comes behind the input", &["swap the two parameters"]);
        }
    }
}

impl<'d> Draft<'d> {
    /// The parameter that is a callback's token.
    pub(super) fn token(&self) -> Option<&'d PatType> {
        is_callback(self.attribute).then(|| tokens(self.signature).next()).flatten()
    }
}

/// Whether an attribute makes a callback of its state, so that a token among the parameters is not the input.
pub(super) fn is_callback(attribute: &Attribute) -> bool {
    let Meta::List(list) = &attribute.meta else { return false };
    let mut begins = true;
    list.tokens.clone().into_iter().any(|token| {
        let found = begins && matches!(&token, TokenTree::Ident(name) if name == "callback");
        begins = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == ',');
        found
    })
}

/// Whether a parameter is a token, by its name.
pub(super) fn is_token(ty: &Type) -> bool {
    match ty {
        Type::Path(path) => path.path.segments.last().is_some_and(|segment| segment.ident == "TaskToken"),
        _ => false,
    }
}

/// The parameters that are tokens.
fn tokens(signature: &Signature) -> impl Iterator<Item = &PatType> {
    signature.inputs.iter().filter_map(typed).filter(|typed| is_token(&typed.ty))
}

fn typed(argument: &FnArg) -> Option<&PatType> {
    match argument {
        FnArg::Typed(typed) => Some(typed),
        FnArg::Receiver(_) => None,
    }
}

/// The `Decision` of a `TaskToken<Decision>`.
fn result(token: &Type) -> Option<&Type> {
    let Type::Path(path) = token else { return None };
    let PathArguments::AngleBracketed(arguments) = &path.path.segments.last()?.arguments else { return None };
    match arguments.args.first() {
        Some(GenericArgument::Type(result)) => Some(result),
        _ => None,
    }
}
