//! Options: each method, fields with and without `skip_serializing_if`, patterns.

use proptest::option::of;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::json;
use workflow_runtime::prelude::*;

use crate::agreement::{Sides, agreement};
use crate::values::{integer, list, text};

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
struct Inner {
    label: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    deep: Option<i64>,
}

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
struct Optional {
    plain: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    skipped: Option<i64>,
    text: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    inner: Option<Inner>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    hidden: Option<Inner>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    items: Vec<i64>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    title: String,
    flag: Option<bool>,
    list: Option<Vec<i64>>,
}

fn inner() -> impl Strategy<Value = Inner> {
    (text(), of(integer())).prop_map(|(label, deep)| Inner { label, deep })
}

fn optional() -> impl Strategy<Value = Optional> {
    let options = (of(integer()), of(integer()), of(text()), of(text()), of(inner()), of(inner()));
    (options, list(integer()), text(), of(any::<bool>()), of(list(integer()))).prop_map(
        |((plain, skipped, text, note, inner, hidden), items, title, flag, list)| Optional {
            plain,
            skipped,
            text,
            note,
            inner,
            hidden,
            items,
            title,
            flag,
            list,
        },
    )
}

struct Ask;

#[workflow(start = ask, timeout = "1m")]
impl Ask {
    #[pass(end)]
    fn ask(o: Optional) -> (bool, bool, bool, bool, bool, bool, bool, bool, bool, bool, bool, bool) {
        (
            o.plain.is_some(),
            o.plain.is_none(),
            o.skipped.is_some(),
            o.skipped.is_none(),
            o.inner.is_some() && !o.hidden.is_none(),
            o.plain == o.skipped,
            o.plain != o.skipped,
            o.skipped == None,
            o.skipped != None,
            o.skipped == Some(1),
            o.text.is_some_and(|text| text.is_empty()),
            o.note.as_deref() == Some("a"),
        )
    }
}

struct Unwrap;

#[workflow(start = unwrap, timeout = "1m")]
impl Unwrap {
    #[pass(end)]
    fn unwrap(o: Optional) -> (i64, i64, i64, i64, String, String, String, Option<i64>, Option<i64>, Vec<i64>, bool) {
        (
            o.plain.unwrap_or(7),
            o.skipped.unwrap_or(-7),
            o.plain.unwrap_or_default(),
            o.skipped.unwrap_or_default(),
            o.text.clone().unwrap_or_default(),
            o.note.as_deref().unwrap_or("{%").to_string(),
            o.note.as_ref().map(|note| note.to_uppercase()).unwrap_or(String::new()),
            o.plain.or(o.skipped),
            o.skipped.or(o.plain).or(Some(0)),
            o.list.clone().unwrap_or_default(),
            o.flag.unwrap_or(false),
        )
    }
}

struct MapOptions;

#[workflow(start = map, timeout = "1m")]
impl MapOptions {
    #[pass(end)]
    fn map(o: Optional) -> (Option<i64>, Option<i64>, Option<String>, i64, usize, Option<i64>, Option<i64>, bool, i64) {
        (
            o.plain.map(|n| n + 1),
            o.skipped.map(|n| n * 2),
            o.hidden.clone().map(|inner| inner.label),
            o.skipped.map_or(0, |n| n - 1),
            o.note.as_ref().map_or(99, |note| note.len()),
            o.plain.filter(|n| *n > 0),
            o.skipped.filter(|n| *n < 0),
            o.hidden.as_ref().is_some_and(|inner| inner.deep.is_some_and(|n| n > 0)),
            o.inner.as_ref().map(|inner| inner.deep.unwrap_or(3)).unwrap_or(4),
        )
    }
}

struct Lazy;

/// Closures that are evaluated where they are needed, on both sides: one that divides by zero fails nowhere else.
#[workflow(start = look, timeout = "1m")]
impl Lazy {
    #[pass(end)]
    fn look(o: Optional) -> (i64, String, Option<i64>, Option<i64>, Option<i64>, Option<String>, i64, bool, bool) {
        (
            o.plain.unwrap_or_else(|| 10 / o.items.len() as i64),
            o.note.clone().unwrap_or_else(|| o.text.clone().unwrap_or_else(|| "none".to_owned())),
            o.skipped.or_else(|| o.plain),
            o.plain.and_then(|n| o.skipped.map(|m| n + m)),
            o.hidden.as_ref().and_then(|inner| inner.deep),
            o.inner.as_ref().and_then(|inner| Some(inner.label.clone()).filter(|label| !label.is_empty())),
            o.skipped.map_or_else(|| o.items.len() as i64, |n| n * 2),
            o.plain.is_none_or(|n| n > 0),
            o.hidden.is_none_or(|inner| inner.deep.is_none()),
        )
    }
}

/// What serde reads though it is missing: from the default of the type, from a function, from the default of the whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Data)]
struct Settings {
    #[serde(default)]
    retries: u32,
    #[serde(default = "limit")]
    limit: i64,
    #[serde(default)]
    names: Vec<String>,
    #[serde(default = "ask")]
    mode: Option<Mode>,
    #[serde(default)]
    window: Window,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Data)]
enum Mode {
    Ask,
    Force(u32),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Data)]
#[serde(default)]
struct Window {
    from: u32,
    to: u32,
}

impl Default for Window {
    fn default() -> Self {
        Window { from: 8, to: 18 }
    }
}

fn limit() -> i64 {
    100
}

fn ask() -> Option<Mode> {
    Some(Mode::Ask)
}

struct ReadDefaults;

#[workflow(start = read, timeout = "1m")]
impl ReadDefaults {
    #[pass(end)]
    fn read(settings: Settings) -> (u32, i64, usize, String, u32, bool, Window) {
        let mode = match settings.mode {
            Some(Mode::Ask) => "ask".to_owned(),
            Some(Mode::Force(times)) => format!("force {times}"),
            None => "none".to_owned(),
        };
        let Window { from, to } = settings.window;
        let window = Window { from: to, to: from };
        let is_usual = settings.limit == 100;
        (settings.retries + 1, settings.limit * 2, settings.names.len(), mode, window.from, is_usual, window)
    }
}

/// Each field there or not.
#[test]
fn what_serde_reads_though_it_is_missing() {
    let sides = Sides::new(ReadDefaults);
    let keys = [
        ("retries", json!(3)),
        ("limit", json!(-1)),
        ("names", json!(["a"])),
        ("mode", json!({ "Force": 2 })),
        ("window", json!({ "to": 20 })),
    ];
    for there in 0_u32..32 {
        let keys = keys.iter().enumerate().filter(|(position, _)| there & (1 << position) != 0);
        let input: serde_json::Map<_, _> = keys.map(|(_, (key, value))| ((*key).to_owned(), value.clone())).collect();
        sides.compare_json(input.into()).unwrap_or_else(|difference| panic!("{difference}"));
    }
    sides.compare_json(json!({ "mode": null, "window": {} })).unwrap_or_else(|difference| panic!("{difference}"));
}

struct Hand;

/// Optional values handed from field to field, in each of the two forms.
#[workflow(start = hand, timeout = "1m")]
impl Hand {
    #[pass(end)]
    fn hand(o: Optional) -> Optional {
        Optional {
            plain: o.skipped,
            skipped: o.plain,
            text: o.note,
            note: o.text.filter(|text| !text.is_empty()),
            inner: o.hidden.clone(),
            hidden: o.inner.map(|inner| Inner { label: inner.label, deep: inner.deep.map(|n| n + 1) }),
            items: o.list.clone().unwrap_or_default(),
            title: o.title.trim().to_owned(),
            flag: o.flag.map(|flag| !flag),
            list: if o.items.is_empty() { None } else { Some(o.items) },
        }
    }
}

struct MatchOptions;

#[workflow(start = look, timeout = "1m")]
impl MatchOptions {
    #[pass(end)]
    fn look(o: Optional) -> (i64, String, i64, String, bool, usize, bool) {
        let number = match (o.plain, o.skipped) {
            (Some(a), Some(b)) if a == b => a,
            (Some(0), _) => 10,
            (Some(a), None) => a + 1,
            (None, Some(b @ 1..=100)) => b,
            (None, None) => -1,
            (_, Some(b)) => b - 1,
        };
        let text = if let Some(text) = &o.note { text.clone() } else { String::from("none") };
        let deep = match &o.hidden {
            Some(Inner { deep: Some(deep), .. }) => *deep,
            Some(Inner { label, deep: None }) if label.is_empty() => 1,
            Some(_) => 2,
            None => 3,
        };
        let label = match o.inner {
            Some(inner) => inner.label,
            None => "no {%inner%}".to_string(),
        };
        let Some(flag) = o.flag else {
            return (number, text, deep, label, false, 0, matches!(o.list, Some(_)));
        };
        (number, text, deep, label, flag, o.items.len(), matches!(o.skipped, Some(n) if n > 0))
    }
}

agreement! {
    questions: Ask, optional();
    unwrapped: Unwrap, optional();
    mapped: MapOptions, optional();
    looked_at: Lazy, optional();
    handed_on: Hand, optional();
    matched: MatchOptions, optional();
}
