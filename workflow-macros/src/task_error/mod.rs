//! `#[derive(TaskError)]`: names → rules across them → `impl`.

mod case;
mod generate;

use proc_macro2::TokenStream;
use syn::{Attribute, DeriveInput, Path, parse_quote};
use workflow_model::Code;

use crate::errors::Errors;
use crate::nested_meta::{pass_over, unknown_option};
use case::Case;

/// An error type.
struct Item {
    input: DeriveInput,
    krate: Path,
    /// The variants of an enum, or the struct itself.
    cases: Vec<Case>,
}

pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let input: DeriveInput = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => return error.into_compile_error(),
    };
    let mut errors = Errors::new();
    let item = Item::read(input, &mut errors);
    case::refuse_duplicates(&item.cases, &mut errors);
    // A union is never an error, with or without this.
    let is_union = matches!(item.input.data, syn::Data::Union(_));
    let generated = if is_union { TokenStream::new() } else { generate::implementation(&item) };
    [errors.into_compile_errors(), generated].into_iter().collect()
}

impl Item {
    fn read(input: DeriveInput, errors: &mut Errors) -> Self {
        let (krate, container_name) = read_container(&input, errors);
        let owner = syn::ext::IdentExt::unraw(&input.ident).to_string();
        let cases = match &input.data {
            syn::Data::Enum(data) => {
                data.variants.iter().map(|variant| Case::of_variant(&owner, variant, errors)).collect()
            }
            syn::Data::Struct(_) => vec![Case::of_struct(&input.ident, &owner, container_name)],
            syn::Data::Union(data) => {
                errors.push(
                    data.union_token,
                    Code::W0006,
                    format!("`{owner}` is a union, which has no cases to name"),
                    &["make it an enum".to_owned()],
                );
                Vec::new()
            }
        };
        Item { input, krate, cases }
    }
}

/// Reads `#[task_error(crate = path)]`, and `name = "…"` where the type is a struct.
fn read_container(input: &DeriveInput, errors: &mut Errors) -> (Path, Option<String>) {
    let mut krate = parse_quote!(::workflow_runtime);
    let mut name = None;
    let is_struct = matches!(input.data, syn::Data::Struct(_));
    for attr in attributes(&input.attrs) {
        let result = attr.parse_nested_meta(|meta| {
            if meta.path.is_ident("crate") {
                krate = meta.value()?.parse()?;
            } else if meta.path.is_ident("name") && is_struct {
                name = case::read_name(&meta, errors)?;
            } else {
                let (known, elsewhere) = match is_struct {
                    true => (&["name = \"…\"", "crate = path"][..], ""),
                    false => (&["crate = path"][..], "names stand on the variants"),
                };
                unknown_option("task_error", &meta.path, known, elsewhere, errors);
                pass_over(&meta)?;
            }
            Ok(())
        });
        if let Err(error) = result {
            errors.syntax(error);
        }
    }
    (krate, name)
}

fn attributes(attrs: &[Attribute]) -> impl Iterator<Item = &Attribute> {
    attrs.iter().filter(|attr| attr.path().is_ident("task_error"))
}

#[cfg(test)]
mod tests;
