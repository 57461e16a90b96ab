//! Generated values. Numbers stay where all sides are exact, and no operation here leaves its type's range: what happens
//! beyond has tests of its own.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// What has a meaning somewhere between Rust, JSON, JSONata, Step Functions and CloudFormation.
pub(crate) const HOSTILE: &[&str] = &[
    "\"",
    "'",
    "`",
    "\\",
    "\\\"",
    "\\u0041",
    "{%",
    "%}",
    "{% $states.input %}",
    "${",
    "${Name}",
    "%{",
    "{{",
    "}}",
    "$",
    "$$",
    "%",
    "/",
    "/*",
    "*/",
    "<",
    "&",
    "null",
    "true",
    "and",
    "or",
    "in",
    "function",
    "λ",
    "$states",
    "\n",
    "\r\n",
    "\t",
    "\0",
    "\u{1b}",
    "\u{7f}",
    "\u{85}",
    "\u{a0}",
    "\u{2028}",
    "\u{feff}",
    " ",
    "  ",
    "a",
    "b",
    "ab",
    "é",
    "e\u{301}",
    "ß",
    "ǆ",
    "Σ",
    "Ω",
    "日本",
    "😀",
    "👩\u{200d}👧",
    "-",
    "0",
    "1",
    "constructor",
    "toString",
    "__proto__",
];

/// Strings: hostile ones, some of any characters, and short ones that are often alike.
pub(crate) fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => vec(select(HOSTILE), 0..5).prop_map(|parts| parts.concat()),
        1 => "[\u{0}-\u{24f}\u{370}-\u{3ff}\u{4e00}-\u{4e20}\u{1f600}-\u{1f610}]{0,8}",
        1 => "[ab]{0,3}",
    ]
}

/// Strings whose characters are as ordered in UTF-16 as in UTF-8: none is above U+FFFF.
pub(crate) fn ordered_text() -> impl Strategy<Value = String> {
    text().prop_map(|text| text.chars().filter(|char| *char <= '\u{ffff}').collect())
}

/// Integers that often are alike, and whose products are exact.
pub(crate) fn integer() -> impl Strategy<Value = i64> {
    prop_oneof![-5..6_i64, -1_000_000..1_000_000_i64]
}

pub(crate) fn natural() -> impl Strategy<Value = u32> {
    prop_oneof![0..6_u32, 0..1_000_000_u32]
}

/// Floats that are no integers for the most part.
pub(crate) fn float() -> impl Strategy<Value = f64> {
    prop_oneof![(-20..20_i32).prop_map(|halves| f64::from(halves) / 2.0), -1e6..1e6_f64]
}

/// Lists that are often empty, or of one element.
pub(crate) fn list<T: Strategy>(items: T) -> impl Strategy<Value = Vec<T::Value>> {
    vec(items, 0..4)
}
