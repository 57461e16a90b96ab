//! What is read, printed as fully bracketed text, and what is refused, by the tokens it stands on.

mod branches;
mod edges;
mod formats;
mod patterns;
mod print;
mod refusals;
mod values;
mod whole;

use syn::Block;

use super::*;
use print::Print;

/// What the body `text` is read as, with the names `input` and `items` bound.
#[track_caller]
fn body(text: &str) -> String {
    let mut tables = Tables::default();
    let mut errors = Errors::new();
    let mut reader = Reader::new(&mut tables, &mut errors);
    reader.bind("input");
    reader.bind("items");
    let block: Block = syn::parse_str(&format!("{{ {text} }}")).expect("the body is Rust");
    let body = reader.body(&[], &block);
    let errors = errors.into_texts();
    assert!(errors.is_empty(), "{errors:?}");
    Print(&tables).expr(&body.expect("without errors there is a body").body)
}

/// What the choice `text` is read as, and its targets, with the name `input` bound.
#[track_caller]
fn choice(text: &str) -> (String, Vec<String>) {
    let mut tables = Tables::default();
    let mut errors = Errors::new();
    let mut reader = Reader::new(&mut tables, &mut errors);
    reader.bind("input");
    let block: Block = syn::parse_str(&format!("{{ {text} }}")).expect("the body is Rust");
    let choice = reader.choice(&[], &block);
    let errors = errors.into_texts();
    assert!(errors.is_empty(), "{errors:?}");
    let body = Print(&tables).expr(&choice.body.expect("without errors there is a body").body);
    (body, choice.targets.iter().map(Ident::to_string).collect())
}

/// The errors in the body or the choice `text`, each with the tokens it stands on.
fn errors(text: &str, is_choice: bool) -> Vec<(String, String)> {
    let mut tables = Tables::default();
    let mut errors = Errors::new();
    let mut reader = Reader::new(&mut tables, &mut errors);
    reader.bind("input");
    reader.bind("items");
    let block: Block = syn::parse_str(&format!("{{ {text} }}")).expect("the body is Rust");
    let read = if is_choice { reader.choice(&[], &block).body } else { reader.body(&[], &block) };
    assert!(read.is_none(), "it was read in spite of errors");
    errors.into_texts()
}
