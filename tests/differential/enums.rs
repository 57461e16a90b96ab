//! Enums in serde's four representations, matched and built, and one inside of another.

use proptest::option::of;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use workflow_runtime::prelude::*;

use crate::agreement::agreement;
use crate::values::{integer, list, text};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Data)]
struct Detail {
    code: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    hint: Option<i64>,
}

fn detail() -> impl Strategy<Value = Detail> {
    (integer(), of(text()), of(integer())).prop_map(|(code, note, hint)| Detail { code, note, hint })
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Data)]
enum External {
    Idle,
    #[serde(rename = "not ready {%")]
    Waiting,
    Counted(i64),
    Pair(String, i64),
    #[serde(rename = "with \"detail\"")]
    Detailed(Detail),
    Named {
        name: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rank: Option<i64>,
    },
    Listed(Vec<i64>),
    Maybe(Option<i64>),
}

fn external() -> impl Strategy<Value = External> {
    prop_oneof![
        Just(External::Idle),
        Just(External::Waiting),
        integer().prop_map(External::Counted),
        (text(), integer()).prop_map(|(text, number)| External::Pair(text, number)),
        detail().prop_map(External::Detailed),
        (text(), of(integer())).prop_map(|(name, rank)| External::Named { name, rank }),
        list(integer()).prop_map(External::Listed),
        of(integer()).prop_map(External::Maybe),
    ]
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Data)]
#[serde(tag = "in", rename_all = "SCREAMING-KEBAB-CASE")]
enum Internal {
    NotYet,
    Detailed(Detail),
    Named { name: String, rank: Option<i64> },
    Inner(Nested),
}

fn internal() -> impl Strategy<Value = Internal> {
    prop_oneof![
        Just(Internal::NotYet),
        detail().prop_map(Internal::Detailed),
        (text(), of(integer())).prop_map(|(name, rank)| Internal::Named { name, rank }),
        nested().prop_map(Internal::Inner),
    ]
}

/// Tagged by another key than what holds it, so that both tags lie in one object.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Data)]
#[serde(tag = "kind")]
enum Nested {
    Small { size: i64 },
    Large { size: i64, names: Vec<String> },
}

fn nested() -> impl Strategy<Value = Nested> {
    prop_oneof![
        integer().prop_map(|size| Nested::Small { size }),
        (integer(), list(text())).prop_map(|(size, names)| Nested::Large { size, names }),
    ]
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Data)]
#[serde(tag = "type", content = "$", rename_all_fields = "camelCase")]
enum Adjacent {
    Nothing,
    Counted(i64),
    Pair(i64, String),
    Detailed(Detail),
    Named { first_name: String, last_name: Option<String> },
    Outer(External),
}

fn adjacent() -> impl Strategy<Value = Adjacent> {
    prop_oneof![
        Just(Adjacent::Nothing),
        integer().prop_map(Adjacent::Counted),
        (integer(), text()).prop_map(|(number, text)| Adjacent::Pair(number, text)),
        detail().prop_map(Adjacent::Detailed),
        (text(), of(text())).prop_map(|(first_name, last_name)| Adjacent::Named { first_name, last_name }),
        external().prop_map(Adjacent::Outer),
    ]
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Data)]
#[serde(untagged)]
enum Untagged {
    Number(i64),
    Text(String),
    List(Vec<i64>),
    Flag(bool),
    Object { key: String },
    Nothing,
}

fn untagged() -> impl Strategy<Value = Untagged> {
    prop_oneof![
        integer().prop_map(Untagged::Number),
        text().prop_map(Untagged::Text),
        list(integer()).prop_map(Untagged::List),
        any::<bool>().prop_map(Untagged::Flag),
        text().prop_map(|key| Untagged::Object { key }),
        Just(Untagged::Nothing),
    ]
}

struct MatchExternal;

#[workflow(start = look, timeout = "1m")]
impl MatchExternal {
    #[pass(end)]
    fn look((value, twin): (External, External)) -> (String, i64, bool, bool, External) {
        let text = match &value {
            External::Idle | External::Waiting => "unit".to_string(),
            External::Counted(0) => "zero".to_string(),
            External::Counted(n) if *n < 0 => format!("negative {n}"),
            External::Counted(n) => format!("positive {n}"),
            External::Pair(name, 1..=9) => name.to_uppercase(),
            External::Pair(name, _) | External::Named { name, rank: Some(_) } => name.clone(),
            External::Named { name, .. } => format!("{name} without rank"),
            External::Detailed(Detail { note: Some(note), .. }) => note.clone(),
            External::Detailed(detail) => format!("{}", detail.code),
            External::Listed(list) => format!("{} listed", list.len()),
            External::Maybe(Some(n)) => format!("maybe {n}"),
            External::Maybe(None) => "maybe not".to_string(),
        };
        let number = if let External::Listed(list) = &value { list.iter().sum() } else { -1 };
        (text, number, value == External::Waiting, value == twin, value)
    }
}

struct MatchInternal;

#[workflow(start = look, timeout = "1m")]
impl MatchInternal {
    #[pass(end)]
    fn look(value: Internal) -> (String, Option<i64>, bool, Vec<String>) {
        let text = match &value {
            Internal::NotYet => "not yet".to_string(),
            Internal::Detailed(Detail { code, note: None, .. }) => format!("code {code}"),
            Internal::Detailed(detail) => detail.note.clone().unwrap_or_default(),
            Internal::Named { name, .. } => name.clone(),
            Internal::Inner(Nested::Small { size } | Nested::Large { size, .. }) => format!("size {size}"),
        };
        let names = match &value {
            Internal::Inner(Nested::Large { names, .. }) => names.clone(),
            _ => vec![],
        };
        let rank = match &value {
            Internal::Named { rank, .. } => *rank,
            Internal::Detailed(Detail { hint, .. }) => *hint,
            _ => None,
        };
        (text, rank, matches!(value, Internal::NotYet | Internal::Inner(_)), names)
    }
}

struct Content;

/// What an internally tagged variant holds has no tag when it stands alone.
#[workflow(start = take, timeout = "1m")]
impl Content {
    #[pass(end)]
    fn take(value: Internal) -> (Option<Detail>, Option<Nested>) {
        match value {
            Internal::Detailed(detail) => (Some(detail), None),
            Internal::Inner(nested) => (None, Some(nested)),
            _ => (None, None),
        }
    }
}

struct MatchAdjacent;

#[workflow(start = look, timeout = "1m")]
impl MatchAdjacent {
    #[pass(end)]
    fn look(value: Adjacent) -> (String, bool, Adjacent) {
        let text = match &value {
            Adjacent::Nothing => "nothing".to_string(),
            Adjacent::Counted(n @ (1 | 2 | 3)) => format!("few: {n}"),
            Adjacent::Counted(n) => format!("{n}"),
            Adjacent::Pair(_, text) => text.clone(),
            Adjacent::Detailed(Detail { hint: Some(hint), .. }) => format!("hint {hint}"),
            Adjacent::Detailed(_) => "no hint".to_string(),
            Adjacent::Named { first_name, last_name: Some(last_name) } => format!("{first_name} {last_name}"),
            Adjacent::Named { first_name, last_name: None } => first_name.clone(),
            Adjacent::Outer(External::Pair(text, _)) => text.clone(),
            Adjacent::Outer(External::Idle) => "idle".to_string(),
            Adjacent::Outer(_) => "outer".to_string(),
        };
        (text, value != Adjacent::Nothing, value)
    }
}

struct MatchUntagged;

#[workflow(start = look, timeout = "1m")]
impl MatchUntagged {
    #[pass(end)]
    fn look(value: Untagged) -> (String, Untagged) {
        let text = match &value {
            Untagged::Number(n) if *n > 0 => format!("number {n}"),
            Untagged::Number(_) => "no number".to_string(),
            Untagged::Text(text) => text.clone(),
            Untagged::List(list) => format!("{} in list", list.len()),
            Untagged::Flag(true) => "yes".to_string(),
            Untagged::Flag(false) => "no".to_string(),
            Untagged::Object { key } => key.to_lowercase(),
            Untagged::Nothing => "nothing".to_string(),
        };
        (text, value)
    }
}

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
struct Parts {
    number: i64,
    text: String,
    list: Vec<i64>,
    maybe: Option<i64>,
    detail: Detail,
    nested: Nested,
    external: External,
}

fn parts() -> impl Strategy<Value = Parts> {
    (integer(), text(), list(integer()), of(integer()), detail(), nested(), external()).prop_map(
        |(number, text, list, maybe, detail, nested, external)| Parts {
            number,
            text,
            list,
            maybe,
            detail,
            nested,
            external,
        },
    )
}

struct Build;

#[workflow(start = build, timeout = "1m")]
impl Build {
    #[pass(end)]
    fn build(p: Parts) -> (Vec<External>, Vec<Internal>, Vec<Adjacent>, Vec<Untagged>) {
        let given = p.clone();
        (
            vec![
                External::Idle,
                External::Waiting,
                External::Counted(p.number + 1),
                External::Pair(p.text.clone(), p.number),
                External::Detailed(p.detail.clone()),
                External::Named { name: p.text.clone(), rank: p.maybe },
                External::Listed(p.list.clone()),
                External::Maybe(p.maybe),
            ],
            vec![
                Internal::NotYet,
                Internal::Detailed(p.detail.clone()),
                Internal::Detailed(Detail { code: p.number, note: p.detail.note.clone(), hint: p.maybe }),
                Internal::Named { name: p.text.clone(), rank: None },
                Internal::Inner(p.nested.clone()),
                Internal::Inner(Nested::Large { size: p.number, names: vec![p.text.clone()] }),
            ],
            vec![
                Adjacent::Nothing,
                Adjacent::Counted(p.number),
                Adjacent::Pair(p.number, p.text.clone()),
                Adjacent::Detailed(p.detail.clone()),
                Adjacent::Named { first_name: p.text.clone(), last_name: p.detail.note },
                Adjacent::Outer(p.external),
                Adjacent::Outer(External::Named { name: p.text.clone(), rank: Some(1) }),
            ],
            vec![
                Untagged::Number(given.number),
                Untagged::Text(given.text.clone()),
                Untagged::List(given.list),
                Untagged::Flag(given.number > 0),
                Untagged::Object { key: given.text },
                Untagged::Nothing,
            ],
        )
    }
}

agreement! {
    externally_tagged: MatchExternal, (external(), external());
    internally_tagged: MatchInternal, internal();
    internally_tagged_contents: Content, internal();
    adjacently_tagged: MatchAdjacent, adjacent();
    without_tag: MatchUntagged, untagged();
    all_four_built: Build, parts();
}
