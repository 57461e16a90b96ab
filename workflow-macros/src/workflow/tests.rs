//! What `#[workflow]` expands to, held to the files in `tests/expand`: `<name>.rs` becomes `<name>.expanded.rs`.
//!
//! `BLESS=1 cargo test -p workflow-macros expansion` writes them anew; the difference is then for a reviewer to read.

use std::path::Path;
use std::{env, fs};

use quote::ToTokens;
use syn::{File, Item, Meta};

/// Expands the only item of a file.
fn expand(source: &str) -> String {
    let file: File = syn::parse_str(source).expect("the file is Rust");
    let Some(Item::Impl(mut block)) = file.items.into_iter().next() else { panic!("the file has an impl block") };
    let position = block.attrs.iter().position(|attribute| attribute.path().is_ident("workflow"));
    let attribute = block.attrs.remove(position.expect("the block carries the attribute"));
    let arguments = match attribute.meta {
        Meta::List(list) => list.tokens,
        Meta::Path(_) | Meta::NameValue(_) => proc_macro2::TokenStream::new(),
    };
    let expanded = super::expand(arguments, block.into_token_stream());
    prettyplease::unparse(&syn::parse2(expanded).expect("the expansion is Rust"))
}

#[track_caller]
fn assert_expansion(name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/expand");
    let source = fs::read_to_string(folder.join(name).with_extension("rs")).expect("the source can be read");
    let expanded = expand(&source);
    let expected = folder.join(name).with_extension("expanded.rs");
    if env::var_os("BLESS").is_some() {
        fs::write(expected, expanded).expect("the expansion can be written");
        return;
    }
    let known = fs::read_to_string(&expected).expect("the expansion was blessed once");
    assert!(known == expanded, "{} expands to something else; see the head of this file", expected.display());
}

#[test]
fn expansion() {
    assert_expansion("shop");
}

#[test]
fn expansion_of_errors() {
    assert_expansion("mistake");
}
