//! The list of findings names each code, in order, with its severity, and each code has its page.

use std::fs;
use std::path::Path;

use workflow_model::Code;
use workflow_model::finding::Severity;

const PAGE: &str = include_str!("../../docs/findings.md");

#[test]
fn lists_each_code_with_its_severity() {
    let listed: Vec<(&str, &str)> = PAGE.lines().filter_map(code_and_severity).collect();
    let severity = |code: Code| match code.severity() {
        Severity::Advice => "advice",
        Severity::Error => "error",
    };
    let expected: Vec<(&str, &str)> = Code::ALL.iter().map(|&code| (code.as_str(), severity(code))).collect();
    assert_eq!(listed, expected);
}

/// The code and the second cell of a row whose first cell is a link to a code's page.
fn code_and_severity(line: &str) -> Option<(&str, &str)> {
    let (code, rest) = line.strip_prefix("| [")?.split_once("](../workflow-model/docs/findings/")?;
    let mut cells = rest.split('|').map(str::trim);
    assert_eq!(cells.next()?.strip_suffix(".md)"), Some(code), "the link of {code}");
    Some((code, cells.next()?))
}

/// What stands on the pages is held to the compiler by the workspace's test `findings`.
#[test]
fn each_code_has_a_page_and_each_page_a_code() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/findings");
    for code in Code::ALL {
        let path = folder.join(format!("{code}.md"));
        let page = fs::read_to_string(&path);
        let page = page.unwrap_or_else(|error| panic!("write {} as its neighbours are: {error}", path.display()));
        assert!(page.starts_with(&format!("# {code}: ")), "{} begins with its code", path.display());
    }
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("the folder can be listed").path();
        let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
        assert!(Code::ALL.iter().any(|code| code.as_str() == name), "{} is no finding's page", path.display());
    }
}
