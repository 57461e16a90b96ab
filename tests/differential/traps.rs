//! What makes a translation to JSONata wrong most easily, each trap with a test of its own.

use proptest::option::of;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::json;
use workflow_runtime::model::asl;
use workflow_runtime::prelude::*;

use crate::agreement::{Sides, agreement};
use crate::outcome::{End, Outcome};
use crate::values::{integer, list, text};

struct OneElement;

/// JSONata makes the element of a sequence of one, and nothing of a sequence of none.
#[workflow(start = collect, timeout = "1m")]
impl OneElement {
    #[pass(end)]
    fn collect(lists: Vec<Vec<String>>) -> (Vec<Vec<String>>, Vec<usize>, Vec<Vec<String>>, Vec<(i64,)>, [String; 1]) {
        (
            lists.iter().filter(|list| list.len() == 1).cloned().collect(),
            lists.iter().map(|list| list.len()).filter(|len| *len > 1).collect(),
            lists.iter().map(|list| list.iter().filter(|text| text.is_empty()).cloned().collect()).collect(),
            lists.iter().filter(|list| list.is_empty()).map(|_| (1,)).collect(),
            ["alone".to_string()],
        )
    }
}

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
struct Sparse {
    count: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    left_out: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    inner: Option<Box<Sparse>>,
}

fn sparse() -> impl Strategy<Value = Sparse> {
    let leaf = (of(integer()), of(text())).prop_map(|(count, left_out)| Sparse { count, left_out, inner: None });
    leaf.prop_recursive(2, 4, 1, |inner| {
        (of(integer()), of(text()), of(inner)).prop_map(|(count, left_out, inner)| Sparse {
            count,
            left_out,
            inner: inner.map(Box::new),
        })
    })
}

struct Missing;

/// A missing field is not `null`: a comparison with it is `false`, whatever is asked.
#[workflow(start = ask, timeout = "1m")]
impl Missing {
    #[pass(end)]
    fn ask(s: Sparse) -> (bool, bool, bool, bool, Option<i64>, String, bool) {
        (
            s.count.is_none(),
            s.count != Some(1),
            s.left_out.is_none() || s.left_out != Some("a".to_string()),
            s.inner == None,
            s.count.map(|count| count + 1),
            s.left_out.clone().unwrap_or("none".to_string()),
            match s.inner {
                Some(inner) => inner.count == s.count,
                None => false,
            },
        )
    }
}

impl PartialEq for Sparse {
    fn eq(&self, other: &Sparse) -> bool {
        serde_json::to_value(self).ok() == serde_json::to_value(other).ok()
    }
}

struct LeftOut;

/// An option that is left out of the JSON is left out of what is built from it, at any depth.
#[workflow(start = rebuild, timeout = "1m")]
impl LeftOut {
    #[pass(next = wrap)]
    fn rebuild(s: Sparse) -> Sparse {
        Sparse { count: s.count, left_out: s.left_out, inner: s.inner }
    }

    #[pass(end)]
    fn wrap(s: Sparse) -> (Sparse, Sparse, Vec<Sparse>) {
        (
            Sparse { count: None, left_out: s.left_out.clone().filter(|text| !text.is_empty()), inner: None },
            Sparse { count: Some(1), left_out: Some(String::new()), inner: s.inner },
            vec![Sparse { count: s.count.or(Some(0)), left_out: s.left_out, inner: None }],
        )
    }
}

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
struct Truth {
    flag: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    hidden: Option<bool>,
    text: String,
    list: Vec<bool>,
}

fn truth() -> impl Strategy<Value = Truth> {
    let flag = || of(any::<bool>());
    (flag(), flag(), text(), list(any::<bool>())).prop_map(|(flag, hidden, text, list)| Truth {
        flag,
        hidden,
        text,
        list,
    })
}

struct And;

/// `and` takes anything for a boolean, and `"0"`, `[false]` and what is missing for one of the two.
#[workflow(start = decide, timeout = "1m", output = (bool, bool))]
impl And {
    #[choice]
    fn decide(t: Truth) -> Next<Self> {
        if t.flag.unwrap_or(false) && t.hidden.unwrap_or(true) {
            return ended((true, t.list == [false]));
        }
        if t.hidden.is_some() && (t.text == "0" || t.list.contains(&false)) {
            return ended((false, t.flag.is_some()));
        }
        match (t.flag, t.hidden) {
            (Some(flag), None) => ended((flag, !flag)),
            (None, Some(hidden)) if !hidden => ended((hidden, t.list.is_empty() || t.text.is_empty())),
            _ => ended((t.list.first().copied().unwrap_or(false) && t.list.iter().all(|it| *it), false)),
        }
    }

    #[succeed]
    fn ended(flags: (bool, bool));
}

struct Division;

/// Rust's division of integers truncates towards zero, and its remainder has the sign of the dividend.
#[workflow(start = divide, timeout = "1m")]
impl Division {
    #[pass(end)]
    fn divide((a, b): (i64, i64)) -> (i64, i64, i64, i64, f64) {
        (a / b, a % b, -a / b, a / b * b + a % b, a as f64 / b as f64)
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Data)]
enum Unit {
    First,
    #[serde(rename = "{% $states %}")]
    Delimited,
    #[serde(rename = "a \"quoted\" \\ ${name}")]
    Quoted,
    #[serde(rename = "true")]
    Keyword,
    #[serde(rename = "größe\n😀")]
    Unicode,
}

fn unit() -> impl Strategy<Value = Unit> {
    prop_oneof![Just(Unit::First), Just(Unit::Delimited), Just(Unit::Quoted), Just(Unit::Keyword), Just(Unit::Unicode),]
}

struct UnitVariants;

/// A unit variant is a string, alone, in an option and in a list.
#[workflow(start = look, timeout = "1m")]
impl UnitVariants {
    #[pass(end)]
    fn look((one, other, all): (Unit, Option<Unit>, Vec<Unit>)) -> (i64, bool, bool, Unit, Vec<Unit>, bool) {
        let number = match one {
            Unit::First => 1,
            Unit::Delimited => 2,
            Unit::Quoted => 3,
            Unit::Keyword | Unit::Unicode => 4,
        };
        (
            number,
            one == Unit::Delimited || other == Some(Unit::Quoted),
            matches!(other, Some(Unit::Keyword)),
            other.unwrap_or(Unit::Unicode),
            all.iter().filter(|unit| **unit != Unit::Keyword).cloned().collect(),
            all.contains(&Unit::Quoted),
        )
    }
}

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
#[serde(tag = "${Tag} {%")]
enum Tagged {
    #[serde(rename = "%}")]
    Closing {
        #[serde(rename = "\\\"{%")]
        value: i64,
    },
    #[serde(rename = "and")]
    And(Keyed),
    #[serde(rename = "\u{1}")]
    Control,
}

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
enum Outer {
    #[serde(rename = "function {% ${x} `")]
    Holds(Tagged),
    #[serde(rename = "'\"\\")]
    Named {
        #[serde(rename = "%}")]
        key: String,
    },
}

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
struct Keyed {
    #[serde(rename = "%{ in }%")]
    text: String,
}

fn outer() -> impl Strategy<Value = Outer> {
    let tagged = prop_oneof![
        integer().prop_map(|value| Tagged::Closing { value }),
        text().prop_map(|text| Tagged::And(Keyed { text })),
        Just(Tagged::Control),
    ];
    prop_oneof![tagged.prop_map(Outer::Holds), text().prop_map(|key| Outer::Named { key })]
}

struct HostileVariants;

/// Names of variants, tags and fields that are no identifiers, or look like delimiters.
#[workflow(start = look, timeout = "1m")]
impl HostileVariants {
    #[pass(end)]
    fn look(outer: Outer) -> (String, Vec<Outer>) {
        let text = match &outer {
            Outer::Holds(Tagged::Closing { value: 0 }) => "%}".to_string(),
            Outer::Holds(Tagged::Closing { value }) => format!("${{value}} {value} {{%"),
            Outer::Holds(Tagged::And(Keyed { text })) => text.clone(),
            Outer::Holds(Tagged::Control) => "\u{1}".to_string(),
            Outer::Named { key } => key.clone() + "\\",
        };
        let built = vec![
            Outer::Holds(Tagged::And(Keyed { text: text.clone() })),
            Outer::Holds(Tagged::Closing { value: 1 }),
            Outer::Named { key: "%{".to_string() },
            outer,
        ];
        (text, built)
    }
}

struct HostileTexts;

/// Texts that would end an expression, begin one, or be replaced by a deployment.
#[workflow(start = write, timeout = "1m", output = ())]
impl HostileTexts {
    #[pass(next = |texts| decide(texts))]
    fn write(text: String) -> Vec<String> {
        vec![
            "{% $states.input %}".to_string(),
            "${TaskFunctionArn} %{ if true }".to_string(),
            "\"'`\\ \u{0}\u{7f}\u{2028}\n".to_string(),
            format!("{{%{text}%}}"),
            format!("${{{text}}}"),
            text,
        ]
    }

    #[choice]
    fn decide(texts: Vec<String>) -> Next<Self> {
        match texts.last().map(|text| text.as_str()) {
            Some("{%") => quoted("{%".to_string()),
            Some("\\" | "\"" | "'" | "\0") => quoted("a quote".to_string()),
            Some(text) if text.contains("${") || text.ends_with("%}") => quoted(text.to_owned()),
            _ => quoted(texts.join("${}")),
        }
    }

    #[fail(error = "{% \"${Error}\" %} \\")]
    fn quoted(text: String) -> String {
        format!("'{text}' {{% %}} ${{x}} %{{")
    }
}

agreement! {
    a_sequence_of_one_element_stays_one: OneElement, list(list(text()));
    a_missing_field_is_not_null: Missing, sparse();
    an_option_is_left_out_where_serde_leaves_it_out: LeftOut, sparse();
    and_joins_booleans: And, truth();
    integer_division_truncates: Division, (integer(), integer().prop_map(|n| if n == 0 { -7 } else { n }));
    unit_variants_are_strings: UnitVariants, (unit(), of(unit()), list(unit()));
    names_that_are_no_identifiers: HostileVariants, outer();
    texts_that_look_like_delimiters: HostileTexts, text();
}

/// From outside comes JSON in which more is missing than serde itself leaves out.
#[test]
fn a_field_that_is_missing_from_an_input_is_none() {
    let sides = Sides::new(Missing);
    for input in [json!({}), json!({ "count": null }), json!({ "left_out": null, "inner": {} }), json!({ "count": 1 })]
    {
        let outcome = sides.compare_json(input).unwrap_or_else(|difference| panic!("{difference}"));
        assert!(matches!(outcome, Outcome { end: End::Succeeded(_), .. }), "{outcome}");
    }
}

/// The greatest integer up to which a float holds each one, and the first that no float holds.
const EXACT: i64 = 9_007_199_254_740_991;
const INEXACT: i64 = 9_007_199_254_740_993;

struct AtTheBorder;

#[workflow(start = add, timeout = "1m")]
impl AtTheBorder {
    #[pass(end)]
    fn add(number: i64) -> (i64, bool) {
        (EXACT, number < EXACT)
    }
}

struct BeyondTheBorder;

#[workflow(start = add, timeout = "1m")]
impl BeyondTheBorder {
    #[pass(end)]
    fn add(number: i64) -> bool {
        number == INEXACT
    }
}

/// What would be another number in JSONata is not exported.
#[test]
fn numbers_past_2_to_the_53rd_are_refused() {
    let outcome = Sides::new(AtTheBorder).compare(EXACT - 1);
    outcome.unwrap_or_else(|difference| panic!("{difference}"));
    let error = asl::write(&BeyondTheBorder::definition()).expect_err("the constant is not exact as a float");
    assert!(error.to_string().contains("INEXACT 9007199254740993 is beyond 2^53"), "{error}");
}
