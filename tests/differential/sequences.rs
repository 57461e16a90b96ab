//! Vectors, arrays, tuples and maps: each method, above all on no element, on one, and on arrays in arrays.

use std::collections::BTreeMap;

use proptest::collection::btree_map;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use workflow_runtime::prelude::*;

use crate::agreement::agreement;
use crate::values::{float, integer, list, text};

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
struct Item {
    name: String,
    count: i64,
    tags: Vec<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
struct Lists {
    numbers: Vec<i64>,
    floats: Vec<f64>,
    texts: Vec<String>,
    flags: Vec<bool>,
    items: Vec<Item>,
    nested: Vec<Vec<i64>>,
    pairs: Vec<(String, i64)>,
    array: [i64; 3],
}

fn item() -> impl Strategy<Value = Item> {
    (text(), integer(), list(text())).prop_map(|(name, count, tags)| Item { name, count, tags })
}

fn lists() -> impl Strategy<Value = Lists> {
    let plain = (list(integer()), list(float()), list(text()), list(any::<bool>()));
    let array = (integer(), integer(), integer()).prop_map(|(a, b, c)| [a, b, c]);
    (plain, list(item()), list(list(integer())), list((text(), integer())), array).prop_map(
        |((numbers, floats, texts, flags), items, nested, pairs, array)| Lists {
            numbers,
            floats,
            texts,
            flags,
            items,
            nested,
            pairs,
            array,
        },
    )
}

struct Count;

#[workflow(start = count, timeout = "1m")]
impl Count {
    #[pass(end)]
    fn count(l: Lists) -> (usize, usize, usize, usize, bool, bool, i64, i64, Option<i64>, Option<i64>, usize, f64) {
        (
            l.numbers.len(),
            l.items.iter().count(),
            l.nested.len(),
            l.nested.iter().filter(|list| list.is_empty()).count(),
            l.numbers.is_empty(),
            l.nested.is_empty(),
            l.numbers.iter().sum(),
            l.items.iter().map(|item| item.count).sum(),
            l.numbers.iter().copied().max(),
            l.items.iter().map(|item| item.count).min(),
            l.pairs.iter().map(|pair| pair.0.len()).sum(),
            l.floats.iter().sum(),
        )
    }
}

struct Pick;

#[workflow(start = pick, timeout = "1m")]
impl Pick {
    #[pass(end)]
    fn pick(
        l: Lists,
    ) -> (Option<i64>, Option<String>, Option<Item>, Option<Vec<i64>>, Option<i64>, i64, i64, bool, String) {
        (
            l.numbers.first().copied(),
            l.texts.last().cloned(),
            l.items.first().cloned(),
            l.nested.last().cloned(),
            l.numbers.get(1).copied(),
            l.array[0] + l.array[2],
            l.items.first().map(|item| item.count).unwrap_or(-1),
            l.items.last().is_some_and(|item| item.tags.is_empty()),
            l.pairs.first().map_or(String::new(), |pair| pair.0.clone()),
        )
    }
}

struct Walk;

#[workflow(start = walk, timeout = "1m")]
impl Walk {
    #[pass(end)]
    fn walk(
        l: Lists,
    ) -> (
        Vec<i64>,
        Vec<i64>,
        Vec<Item>,
        Vec<String>,
        Vec<Vec<i64>>,
        Vec<Vec<i64>>,
        Vec<i64>,
        Vec<(String, i64)>,
        Vec<usize>,
    ) {
        (
            l.numbers.iter().map(|n| n + 1).collect(),
            l.numbers.iter().copied().filter(|n| *n > 0).collect(),
            l.items.iter().filter(|item| !item.tags.is_empty()).cloned().collect(),
            l.items.iter().map(|item| format!("{}: {}", item.name, item.count)).collect(),
            l.nested.iter().map(|list| list.iter().map(|n| n * 2).collect()).collect(),
            l.nested.iter().filter(|list| list.len() != 2).cloned().collect(),
            l.numbers.iter().copied().rev().collect(),
            l.items.iter().map(|item| (item.name.clone(), item.count)).collect(),
            l.pairs.iter().map(|(name, _)| name.len()).filter(|len| *len > 0).collect(),
        )
    }
}

struct Chain;

#[workflow(start = chain, timeout = "1m")]
impl Chain {
    #[pass(end)]
    fn chain(l: Lists) -> (bool, bool, bool, bool, String, bool, bool, Vec<Vec<String>>, Vec<String>, Vec<bool>) {
        let labels: Vec<String> = l.items.iter().map(|item| item.name.trim().to_lowercase()).collect();
        (
            l.numbers.iter().any(|n| *n == 0),
            l.numbers.iter().all(|n| *n > -3),
            l.items.iter().any(|item| item.tags.iter().any(|tag| tag.contains("a"))),
            l.nested.iter().all(|list| list.iter().all(|n| *n < 3)),
            labels.join("{%"),
            l.numbers.contains(&3),
            l.texts.contains(&"\"".to_string()),
            l.items.into_iter().map(|item| item.tags).collect(),
            l.texts.into_iter().filter(|text| !text.is_empty()).map(|text| text + "\\").collect(),
            l.flags.iter().map(|flag| !flag).collect(),
        )
    }
}

struct Adapt;

#[workflow(start = adapt, timeout = "1m")]
impl Adapt {
    #[pass(end)]
    fn adapt(
        l: Lists,
    ) -> (
        Vec<String>,
        Vec<i64>,
        Vec<i64>,
        Vec<Vec<i64>>,
        Vec<String>,
        Option<Item>,
        Option<Vec<i64>>,
        Option<i64>,
        Vec<String>,
        Vec<i64>,
        Vec<Vec<i64>>,
        Vec<i64>,
    ) {
        (
            l.items.iter().filter_map(|item| item.tags.first().map(|tag| format!("{}/{tag}", item.name))).collect(),
            l.items.iter().filter_map(|item| if item.count > 0 { Some(item.count) } else { None }).collect(),
            l.nested.iter().flat_map(|list| list.clone()).collect(),
            l.nested.iter().filter_map(|list| Some(list.clone()).filter(|list| list.len() != 1)).collect(),
            l.items.iter().flat_map(|item| item.tags.iter().map(|tag| tag.to_uppercase())).collect(),
            l.items.iter().find(|item| item.tags.is_empty()).cloned(),
            l.nested.iter().find(|list| list.len() != 2).cloned(),
            l.numbers.iter().copied().find(|n| *n > 0),
            l.texts.iter().take(2).cloned().collect(),
            l.numbers.iter().copied().skip(1).collect(),
            l.nested.iter().skip(1).take(1).cloned().collect(),
            l.nested.into_iter().flatten().collect(),
        )
    }
}

struct Enumerate;

#[workflow(start = enumerate, timeout = "1m")]
impl Enumerate {
    #[pass(end)]
    fn enumerate(
        l: Lists,
    ) -> (Vec<(usize, i64)>, Vec<String>, Vec<usize>, Vec<(usize, Vec<i64>)>, bool, bool, Option<i64>, Vec<String>, usize)
    {
        let options: Vec<Option<i64>> = l.nested.iter().map(|list| list.first().copied()).collect();
        (
            l.numbers.iter().copied().enumerate().collect(),
            l.texts.iter().enumerate().map(|(index, text)| format!("{index}: {text}")).collect(),
            l.flags.iter().enumerate().filter_map(|(index, flag)| if *flag { Some(index) } else { None }).collect(),
            l.nested.iter().cloned().enumerate().filter(|pair| pair.0 != 1).collect(),
            l.items.iter().enumerate().any(|(index, item)| item.tags.len() > index),
            l.numbers.iter().enumerate().all(|(index, _)| index < 2),
            l.numbers.iter().copied().nth(1),
            l.items.iter().enumerate().flat_map(|(_, Item { tags, .. })| tags.clone()).collect(),
            options.into_iter().flatten().count(),
        )
    }
}

struct BuildArrays;

#[workflow(start = build, timeout = "1m")]
impl BuildArrays {
    #[pass(end)]
    fn build(
        l: Lists,
    ) -> (Vec<i64>, Vec<Vec<i64>>, [i64; 3], Vec<Option<i64>>, (i64, (Vec<i64>,)), Vec<Item>, Vec<String>, Vec<bool>)
    {
        let [first, _, last] = l.array;
        (
            vec![first, last],
            vec![l.numbers.clone(), vec![], vec![last]],
            [last, first, 0],
            vec![l.numbers.first().copied(), None, Some(1)],
            (1, (l.numbers,)),
            vec![Item { name: "one".to_string(), count: first, tags: vec!["{%".to_string()] }],
            Vec::new(),
            l.flags,
        )
    }
}

struct Slices;

#[workflow(start = look, timeout = "1m")]
impl Slices {
    #[pass(end)]
    fn look(l: Lists) -> (i64, String, i64, i64) {
        let numbers = match l.numbers.as_slice() {
            [] => 0,
            [one] => *one,
            [0, ..] => -1,
            [first, .., last] => first + last,
        };
        let texts = match &*l.texts {
            [] => "none".to_string(),
            [text] if text.is_empty() => "empty".to_string(),
            [first, ..] => first.clone(),
        };
        let pair = match l.pairs.first() {
            Some((name, count)) if !name.is_empty() => *count,
            Some((_, 0)) => 1,
            Some(_) => 2,
            None => 3,
        };
        let [a, b, _] = l.array;
        (numbers, texts, pair, a - b)
    }
}

struct Indexed;

/// Positions that there may not be: Rust panics, and the state fails.
#[workflow(start = index, timeout = "1m")]
impl Indexed {
    #[pass(end)]
    fn index(l: Lists) -> (i64, String) {
        (l.numbers[1], l.texts[0].clone())
    }
}

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
struct Maps {
    counts: BTreeMap<String, i64>,
    items: BTreeMap<String, Item>,
    lists: BTreeMap<String, Vec<i64>>,
    key: String,
}

fn maps() -> impl Strategy<Value = Maps> {
    let map = |size| btree_map(text(), integer(), size);
    (map(0..3), btree_map(text(), item(), 0..3), btree_map(text(), list(integer()), 0..3), text(), 0..3_usize).prop_map(
        |(counts, items, lists, other, kind)| {
            let known = counts.keys().chain(items.keys()).chain(lists.keys()).nth(kind).cloned();
            Maps { counts, items, lists, key: known.unwrap_or(other) }
        },
    )
}

struct LookUp;

#[workflow(start = look_up, timeout = "1m")]
impl LookUp {
    #[pass(end)]
    fn look_up(
        m: Maps,
    ) -> (usize, bool, bool, Option<i64>, Option<Item>, Option<Vec<i64>>, i64, BTreeMap<String, i64>) {
        (
            m.counts.len(),
            m.items.is_empty(),
            m.counts.contains_key(&m.key),
            m.counts.get(&m.key).copied(),
            m.items.get(&m.key).cloned(),
            m.lists.get(&m.key).cloned(),
            m.counts.get("a").copied().unwrap_or(-1),
            m.counts.clone(),
        )
    }
}

struct Key;

#[workflow(start = index, timeout = "1m")]
impl Key {
    #[pass(end)]
    fn index(m: Maps) -> i64 {
        m.counts[&m.key]
    }
}

agreement! {
    counts: Count, lists();
    picks: Pick, lists();
    walks: Walk, lists();
    chains: Chain, lists();
    adapted: Adapt, lists();
    enumerated: Enumerate, lists();
    arrays_built: BuildArrays, lists();
    slice_patterns: Slices, lists();
    indices: Indexed, lists();
    maps_looked_up: LookUp, maps();
    maps_indexed: Key, maps();
}
