//! `#[formerly("old_name")]`: what a state was called before.

use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::{Attribute, LitStr, Token};
use workflow_model::Place;
use workflow_model::finding::StatePart;

use super::Parser;

/// The attribute.
pub(super) const FORMERLY: &str = "formerly";

impl Parser<'_> {
    /// Takes the former names of the state at this position out of its attributes.
    pub(super) fn formerly(&mut self, index: usize, attributes: &mut Vec<Attribute>) -> Vec<String> {
        let mut names = Vec::new();
        attributes.retain(|attribute| {
            if !attribute.path().is_ident(FORMERLY) {
                return true;
            }
            let read = attribute.parse_args_with(Punctuated::<LitStr, Token![,]>::parse_terminated);
            match read {
                Ok(read) if !read.is_empty() => names.extend(read),
                _ => {
                    let help = "write its name as a text: `#[formerly(\"old_name\")]`";
                    self.refuse(attribute, "`#[formerly]` says what the state was called before", &[help]);
                }
            }
            false
        });
        for name in &names {
            if name.value().is_empty() {
                self.refuse(
                    name,
                    "`#[formerly]` holds no name, and no state was ever called by none",
                    &["write the state's old name, or remove the attribute"],
                );
            }
        }
        let names = names.into_iter().filter(|name| !name.value().is_empty()).enumerate();
        names
            .map(|(position, name)| {
                self.places.set(Place::State(index, StatePart::Formerly(position)), name.to_token_stream());
                name.value()
            })
            .collect()
    }
}
