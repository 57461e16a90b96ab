//! A method that was meant to be a state, but does not say its kind.

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::{Attribute, Meta, ReturnType, Type};
use workflow_model::Code;
use workflow_model::name::nearest;

use super::Parser;
use super::state::{Function, KINDS};

/// The options that tell a state's attribute from any other.
const TELLING: &[&str] = &["next", "end", "timeout", "error"];

/// The attributes that only a state has besides that of its kind.
const HELPERS: &[&str] = &["retry", "catch", "allow_finding", "formerly"];

impl Parser<'_> {
    /// Takes the attribute that says the kind out of a method's. `None`: the method is no state.
    pub(super) fn take_kind(&mut self, function: &mut Function) -> Option<Attribute> {
        let is_kind = |attribute: &Attribute| KINDS.iter().any(|kind| attribute.path().is_ident(kind));
        if let Some(position) = function.attributes.iter().position(is_kind) {
            return Some(function.attributes.remove(position));
        }
        if let Some((position, kind)) = self.misspelt(function) {
            let mut attribute = function.attributes.remove(position);
            self.refuse_kind(&attribute, Some(kind));
            rename(&mut attribute, kind);
            return Some(attribute);
        }
        let name = &function.signature.ident;
        let helper =
            function.attributes.iter().find(|attribute| HELPERS.iter().any(|helper| attribute.path().is_ident(helper)));
        if let Some(helper) = helper {
            self.errors.set_unread();
            let message =
                format!("`{name}` has a `#[{}]`, but does not say its kind", crate::expr::text(helper.path()));
            self.refuse(
                name,
                message,
                &["put the kind of state on it, as in `#[task(timeout = \"30s\", next = done)]`"],
            );
            return Some(syn::parse_quote!(#[unknown]));
        }
        if function.body.is_some() {
            return None;
        }
        // Another macro may give a method its body, but would make little of `next`.
        if let Some(position) = function.attributes.iter().position(|attribute| mentions(attribute, &["next", "end"])) {
            let attribute = function.attributes.remove(position);
            self.refuse_kind(&attribute, None);
            self.errors.set_unread();
            return Some(attribute);
        }
        if !function.attributes.iter().all(is_inert) {
            return None;
        }
        self.errors.set_unread();
        let help =
            "put the kind of state on it, as in `#[wait(\"10s\", next = done)]` or `#[succeed]`, or give it a body";
        self.refuse(name, format!("`{name}` has neither a kind nor a body, so nobody knows what it does"), &[help]);
        Some(syn::parse_quote!(#[unknown]))
    }

    /// The attribute that resembles a kind, where the method looks like a state besides: other macros may have such names.
    fn misspelt(&self, function: &Function) -> Option<(usize, &'static str)> {
        let looks_like_state = function.body.is_none() || returns_next(&function.signature.output);
        function.attributes.iter().enumerate().find_map(|(position, attribute)| {
            let name = attribute.path().get_ident()?.to_string();
            let kind = nearest(&name, KINDS.iter().copied())?;
            (looks_like_state || mentions(attribute, TELLING)).then_some((position, kind))
        })
    }

    fn refuse_kind(&mut self, attribute: &Attribute, near: Option<&str>) {
        let path = attribute.path();
        let name = crate::expr::text(path);
        let kinds: Vec<String> = KINDS.iter().map(|kind| format!("`#[{kind}]`")).collect();
        let mut help: Vec<String> = near.map(|near| format!("did you mean `#[{near}]`?")).into_iter().collect();
        help.push(format!("the kinds are {}", kinds.join(", ")));
        self.errors.push(path, Code::W0002, format!("`#[{name}]` is no kind of state"), &help);
    }
}

/// Whether an attribute changes nothing of what it stands on: rustc's own, and documentation.
fn is_inert(attribute: &Attribute) -> bool {
    ["doc", "allow", "expect", "warn", "deny", "must_use"].iter().any(|name| attribute.path().is_ident(name))
}

fn returns_next(output: &ReturnType) -> bool {
    match output {
        ReturnType::Type(_, ty) => match &**ty {
            Type::Path(path) => path.path.segments.last().is_some_and(|last| last.ident == "Next"),
            _ => false,
        },
        ReturnType::Default => false,
    }
}

/// Whether one of these options stands in an attribute.
fn mentions(attribute: &Attribute, options: &[&str]) -> bool {
    let arguments = match &attribute.meta {
        Meta::List(list) => list.tokens.clone(),
        Meta::Path(_) | Meta::NameValue(_) => TokenStream::new(),
    };
    arguments.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => options.iter().any(|option| ident == option),
        _ => false,
    })
}

/// Gives an attribute another name, in the same place.
fn rename(attribute: &mut Attribute, name: &str) {
    let path = match &mut attribute.meta {
        Meta::Path(path) => path,
        Meta::List(list) => &mut list.path,
        Meta::NameValue(value) => &mut value.path,
    };
    if let Some(last) = path.segments.last_mut() {
        last.ident = Ident::new(name, last.ident.span());
    }
}
