//! The page of findings lists each code, in order, with its severity.

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

/// The first two cells of a row that begins with a code.
fn code_and_severity(line: &str) -> Option<(&str, &str)> {
    let mut cells = line.strip_prefix("| W")?.split('|').map(str::trim);
    let digits = cells.next()?.len();
    Some((&line[2..3 + digits], cells.next()?))
}
