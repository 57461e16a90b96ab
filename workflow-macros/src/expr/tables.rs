//! What expressions refer to and only rustc can resolve: types and constants, each once, in the order of first sight.

use std::collections::BTreeMap;

use quote::ToTokens;
use syn::{ExprPath, Ident, Type};
use workflow_model::machine::TypeRef;

/// The types and constants of a workflow.
#[derive(Default)]
pub(crate) struct Tables {
    types: Vec<(String, Type)>,
    constants: Vec<(String, ExprPath)>,
    /// Each as it was first written.
    variables: BTreeMap<String, Ident>,
}

impl Tables {
    /// The reference of a type, which is added when it is new.
    pub(crate) fn type_ref(&mut self, ty: &Type) -> TypeRef {
        TypeRef(intern(&mut self.types, ty))
    }

    /// The index of a constant, which is added when it is new.
    pub(crate) fn constant(&mut self, path: &ExprPath) -> usize {
        intern(&mut self.constants, path)
    }

    /// Notes that a variable is read.
    pub(crate) fn read_variable(&mut self, name: &str, variable: &Ident) {
        self.variables.entry(name.to_owned()).or_insert_with(|| variable.clone());
    }

    /// The variables that are read, in order, as text and as they were first written.
    pub(crate) fn variables(&self) -> impl Iterator<Item = (&String, &Ident)> {
        self.variables.iter()
    }

    /// The type as it was first written.
    pub(crate) fn first<'a>(&'a self, ty: &'a Type) -> &'a Type {
        let text = text(ty);
        self.types.iter().find(|(known, _)| *known == text).map_or(ty, |(_, first)| first)
    }

    /// The types by [`TypeRef`], as text and as the tokens to generate.
    pub(crate) fn types(&self) -> &[(String, Type)] {
        &self.types
    }

    /// The constants by index, as text and as the tokens to generate.
    pub(crate) fn constants(&self) -> &[(String, ExprPath)] {
        &self.constants
    }
}

fn intern<T: ToTokens + Clone>(entries: &mut Vec<(String, T)>, tokens: &T) -> usize {
    let text = text(tokens);
    if let Some(known) = entries.iter().position(|(entry, _)| *entry == text) {
        return known;
    }
    entries.push((text, tokens.clone()));
    entries.len() - 1
}

/// Tokens as an author would write them, as in `Vec<Option<u8>>`.
pub(crate) fn text(tokens: impl ToTokens) -> String {
    let mut text = tokens.to_token_stream().to_string();
    for (spaced, tight) in [
        (" :: ", "::"),
        (":: ", "::"),
        (" ::", "::"),
        (" < ", "<"),
        ("< ", "<"),
        (" >", ">"),
        (" ,", ","),
        ("& ", "&"),
        (" ;", ";"),
    ] {
        text = text.replace(spaced, tight);
    }
    text
}
