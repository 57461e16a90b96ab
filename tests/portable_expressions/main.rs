//! The tables of `docs/portable-expressions.md` say what expressions become.
//!
//! `BLESS=1 cargo test --test portable_expressions` writes them again.

#![allow(
    clippy::complexity,
    clippy::perf,
    clippy::style,
    reason = "expressions are tested in each form that people write, the long ones too"
)]

mod rows;

use std::fmt::Write;
use std::{env, fs};

use rows::{Section, sections};
use workflow_runtime::model::asl::{Json, document};

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/portable-expressions.md");
/// Begins the heading of each section.
const HEADING: &str = "## ";

#[test]
fn the_page_shows_what_expressions_become() {
    let page = fs::read_to_string(PAGE).expect("the page is there");
    let written = with_tables(&page, &sections());
    if env::var_os("BLESS").is_some() {
        fs::write(PAGE, &written).expect("the page can be written");
    } else {
        assert_eq!(page, written, "the page differs from what is exported; see the top of this file");
    }
}

/// The page with the rows of each table as they are.
fn with_tables(page: &str, sections: &[Section]) -> String {
    let mut written = String::new();
    let mut table: Option<String> = None;
    let mut seen = 0;
    for line in page.lines() {
        if let Some(heading) = line.strip_prefix(HEADING) {
            let section = sections.iter().find(|section| section.heading == heading);
            seen += usize::from(section.is_some());
            table = section.map(rows);
        }
        // The rows of a table are written at once, behind its head.
        let is_row = line.starts_with("| `");
        if !is_row {
            let _ = writeln!(written, "{line}");
        }
        if line.starts_with("|---") {
            written.extend(table.take());
        }
    }
    assert_eq!(seen, sections.len(), "each section has its heading on the page");
    written
}

fn rows(section: &Section) -> String {
    let document = document(&section.definition).unwrap_or_else(|error| panic!("{error}"));
    let Json::Array(outputs) = rows_of(&document) else { panic!("the rows are a tuple") };
    let rows = section.rust.iter().zip(outputs);
    rows.map(|(rust, json)| format!("| {} | {} |\n", cell(rust), cell(&shown(json)))).collect()
}

/// What an expression becomes: an expression as it is between the quotes, and any other JSON as JSON.
fn shown(json: &Json) -> String {
    match json {
        Json::Expression(text) => text.clone(),
        json => json.to_string(),
    }
}

/// The rows in the `Output` of the only state.
fn rows_of(document: &Json) -> &Json {
    ["States", "Rows", "Output", "rows"].into_iter().fold(document, |json, key| {
        let Json::Object(object) = json else { panic!("{key} is in an object") };
        object.members().find(|(member, _)| *member == key).map(|(_, value)| value).expect("the export is of one state")
    })
}

/// Code in a cell of a table, on one line.
fn cell(code: &str) -> String {
    let code = code.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|");
    if code.contains('`') { format!("`` {code} ``") } else { format!("`{code}`") }
}
