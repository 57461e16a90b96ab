//! The pages on findings, held to the compiler: each example gives its page's finding and nothing else, with the message that the page
//! shows, and what the page says to write instead compiles without a word.
//!
//! `BLESS=1 cargo test --test findings` writes the messages anew.

#[path = "../sandbox/mod.rs"]
mod sandbox;

mod page;

use std::env;
use std::fmt::Write;

use page::{Example, Page};
use sandbox::{Diagnostic, Sandbox};
use workflow_runtime::model::Code;
use workflow_runtime::model::finding::Severity;

/// The text of a crate's root. Workflows of the pages are there to be compiled.
const ROOT: &str = "#![allow(dead_code)]\n\n";

/// Examples as the modules of a package, and what the compiler says of each.
fn check<'a>(package: &str, examples: &[&'a Example]) -> Vec<(&'a Example, Vec<Diagnostic>)> {
    let sandbox = Sandbox::new(package);
    let mut root = ROOT.to_owned();
    for example in examples {
        let module = example.module();
        writeln!(root, "mod {module};").expect("a string can be written to");
        sandbox.write(&format!("src/{module}.rs"), &example.source);
    }
    sandbox.write("src/lib.rs", &root);
    let said = sandbox.check();
    let of = |example: &Example| -> Vec<Diagnostic> {
        let file = format!("src/{}.rs", example.module());
        said.iter().filter(|said| said.file() == Some(&file)).cloned().collect()
    };
    examples.iter().map(|&example| (example, of(example))).collect()
}

/// What the compiler says of an example, as it would of a program of its own.
fn said_of(example: &Example, said: &[Diagnostic]) -> String {
    let file = format!("src/{}.rs", example.module());
    let said = said.iter().map(|said| {
        let said = said.rendered.replace(&file, "src/main.rs").replace(&format!("{}::", example.module()), "");
        // Said once of all modules, with an empty line before it.
        let once = said.find("  |\n   = note: `#[warn(deprecated)]`");
        said[..once.unwrap_or(said.len())].trim_end().to_owned()
    });
    said.collect::<Vec<_>>().join("\n\n") + "\n"
}

/// Holds an example to what the compiler says of it: a finding of its page, and no other.
fn assert_found(page: &Page, example: &Example, said: &[Diagnostic], failures: &mut String) {
    let code = page.code.as_str();
    let rendered = said_of(example, said);
    let level = match page.code.severity() {
        Severity::Error => "error",
        Severity::Advice => "warning",
    };
    if said.is_empty() || !said.iter().all(|said| said.level == level && said.message.contains(code)) {
        write!(failures, "\n{code}: the example should give this {level} alone, but the compiler says:\n{rendered}")
            .expect("a string can be written to");
    } else if env::var_os("BLESS").is_some() {
        page.bless(example, &rendered);
    } else if example.message != rendered {
        write!(failures, "\n{code}: the page shows another message than the compiler's, which is:\n{rendered}")
            .expect("a string can be written to");
    }
}

#[test]
fn examples_give_their_findings_and_remedies_compile() {
    let pages: Vec<Page> = Code::ALL.iter().map(|&code| Page::read(code)).collect();
    let of = |examples: fn(&Page) -> &[Example], severity: &[Severity]| -> Vec<&Example> {
        pages.iter().filter(|page| severity.contains(&page.code.severity())).flat_map(examples).collect()
    };
    let mut failures = String::new();
    let page_of = |example: &Example| pages.iter().find(|page| page.code == example.code).expect("it is a page's");

    let wrong = check("findings-errors", &of(|page| &page.examples, &[Severity::Error]));
    // Some errors the compiler meets only where no macro refuses anything.
    let (silent, told): (Vec<_>, Vec<_>) = wrong.into_iter().partition(|(_, said)| said.is_empty());
    let silent: Vec<&Example> = silent.into_iter().map(|(example, _)| example).collect();
    let later = if silent.is_empty() { Vec::new() } else { check("findings-types", &silent) };

    // Of advice it warns in a package that compiles.
    let mut right = of(|page| &page.remedies, &[Severity::Error, Severity::Advice]);
    right.extend(of(|page| &page.examples, &[Severity::Advice]));
    let (advised, mended): (Vec<_>, Vec<_>) =
        check("findings-remedies", &right).into_iter().partition(|(example, _)| example.is_wrong);

    for (example, said) in told.iter().chain(&later).chain(&advised) {
        assert_found(page_of(example), example, said, &mut failures);
    }
    for (example, said) in mended.iter().filter(|(_, said)| !said.is_empty()) {
        let code = example.code;
        write!(failures, "\n{code}: the remedy should compile, but:\n{}", said_of(example, said))
            .expect("a string can be written to");
    }
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn the_command_line_has_the_pages() {
    for &code in Code::ALL {
        assert!(code.page().starts_with(&format!("# {code}: {}\n", code.title())));
    }
}
