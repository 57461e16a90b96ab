//! Structs: hostile names, newtypes, tuples, unit structs, pointers, recursive and generic types.

use std::sync::Arc;

use proptest::option::of;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use workflow_runtime::prelude::*;

use crate::agreement::agreement;
use crate::values::{integer, list, text};

/// Keys that are no identifiers, or mean something in JSONata.
#[derive(Clone, Debug, Serialize, Deserialize, Data)]
struct Hostile {
    and: i64,
    or: i64,
    r#in: i64,
    #[serde(rename = "true")]
    yes: i64,
    #[serde(rename = "null")]
    nothing: Option<i64>,
    #[serde(rename = "with space")]
    space: i64,
    #[serde(rename = "quote\"")]
    quote: i64,
    #[serde(rename = "back`tick")]
    tick: i64,
    #[serde(rename = "back\\slash")]
    slash: i64,
    #[serde(rename = "{% x %}")]
    delimiter: i64,
    #[serde(rename = "${Name}")]
    placeholder: i64,
    #[serde(rename = "größe 😀")]
    umlaut: i64,
}

fn hostile() -> impl Strategy<Value = Hostile> {
    let six = || (integer(), integer(), integer(), integer(), integer(), integer());
    (six(), six(), any::<bool>()).prop_map(|(a, b, some)| Hostile {
        and: a.0,
        or: a.1,
        r#in: a.2,
        yes: a.3,
        nothing: some.then_some(a.4),
        space: a.5,
        quote: b.0,
        tick: b.1,
        slash: b.2,
        delimiter: b.3,
        placeholder: b.4,
        umlaut: b.5,
    })
}

/// A key that is empty, control characters in keys, and the names of JSONata's own.
#[derive(Clone, Debug, Serialize, Deserialize, Data)]
struct MoreHostile {
    #[serde(rename = "")]
    empty: i64,
    #[serde(rename = "new\nline\u{1}")]
    control: i64,
    #[serde(rename = "$states")]
    states: i64,
    #[serde(rename = "function")]
    function: i64,
    #[serde(rename = "%{")]
    percent: i64,
    #[serde(rename = "a.b")]
    dotted: i64,
    #[serde(rename = "0")]
    zero: i64,
    #[serde(rename = "*")]
    star: i64,
}

fn more_hostile() -> impl Strategy<Value = MoreHostile> {
    let four = || (integer(), integer(), integer(), integer());
    (four(), four()).prop_map(|(a, b)| MoreHostile {
        empty: a.0,
        control: a.1,
        states: a.2,
        function: a.3,
        percent: b.0,
        dotted: b.1,
        zero: b.2,
        star: b.3,
    })
}

struct Names;

#[workflow(start = shift, timeout = "1m")]
impl Names {
    /// Reads each of the names, and writes each.
    #[pass(next = sum)]
    fn shift(h: Hostile) -> Hostile {
        Hostile {
            and: h.or,
            or: h.r#in,
            r#in: h.yes,
            yes: h.nothing.unwrap_or(0),
            nothing: Some(h.space),
            space: h.quote,
            quote: h.tick,
            tick: h.slash,
            slash: h.delimiter,
            delimiter: h.placeholder,
            placeholder: h.umlaut,
            umlaut: h.and,
        }
    }

    #[pass(end)]
    fn sum(h: Hostile) -> (i64, Hostile) {
        let Hostile { and, or, r#in, .. } = h;
        (and + or + r#in, h)
    }
}

struct MoreNames;

#[workflow(start = shift, timeout = "1m")]
impl MoreNames {
    #[pass(end)]
    fn shift(h: MoreHostile) -> (MoreHostile, i64) {
        let MoreHostile { states, function, .. } = h.clone();
        let shifted = MoreHostile {
            empty: h.control,
            control: h.states,
            states: h.function,
            function: h.percent,
            percent: h.dotted,
            dotted: h.zero,
            zero: h.star,
            star: h.empty,
        };
        (shifted, states + function)
    }
}

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
struct Meters(i64);

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
#[serde(transparent)]
struct Label {
    text: String,
}

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
struct Span(i64, Meters, Vec<i64>);

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
struct Marker;

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
struct Pair<A, B> {
    left: A,
    right: B,
}

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
struct Wrapped {
    meters: Meters,
    label: Label,
    span: Span,
    marker: Marker,
    unit: (),
    boxed: Box<Meters>,
    shared: Arc<Label>,
    pair: Pair<i64, Option<Meters>>,
    tuple: (i64, (String, i64), [i64; 1]),
}

fn wrapped() -> impl Strategy<Value = Wrapped> {
    (integer(), text(), list(integer()), of(integer())).prop_map(|(number, text, list, maybe)| Wrapped {
        meters: Meters(number),
        label: Label { text: text.clone() },
        span: Span(number - 1, Meters(number + 1), list),
        marker: Marker,
        unit: (),
        boxed: Box::new(Meters(number * 2)),
        shared: Arc::new(Label { text: text.clone() }),
        pair: Pair { left: number, right: maybe.map(Meters) },
        tuple: (number, (text, 3), [number]),
    })
}

struct Wrappers;

#[workflow(start = open, timeout = "1m")]
impl Wrappers {
    #[pass(next = close)]
    fn open(w: Wrapped) -> (i64, String, i64, i64, Vec<i64>, i64, String, i64, i64, (String, i64), i64) {
        let Span(start, Meters(end), points) = w.span;
        let right = match w.pair.right {
            Some(Meters(n)) => n,
            None => 0,
        };
        (
            w.meters.0,
            w.label.text.clone(),
            start,
            end,
            points,
            w.boxed.0,
            w.shared.text.clone(),
            w.pair.left,
            right,
            w.tuple.1,
            w.tuple.2[0],
        )
    }

    #[pass(end)]
    fn close(
        (number, text, start, end, points, _, _, left, right, tuple, last): (
            i64,
            String,
            i64,
            i64,
            Vec<i64>,
            i64,
            String,
            i64,
            i64,
            (String, i64),
            i64,
        ),
    ) -> (
        Meters,
        Label,
        Span,
        Marker,
        (),
        Pair<i64, Meters>,
        Pair<Vec<i64>, Option<Label>>,
        (i64, (String, i64), [i64; 1]),
    ) {
        (
            Meters(number),
            Label { text: text.clone() },
            Span(start, Meters(end), points.clone()),
            Marker,
            (),
            Pair { left, right: Meters(right) },
            Pair { left: points, right: Some(Label { text }) },
            (number, tuple, [last]),
        )
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Data)]
struct Tree {
    name: String,
    left: Option<Box<Tree>>,
    children: Vec<Tree>,
}

fn tree() -> impl Strategy<Value = Tree> {
    let leaf = text().prop_map(|name| Tree { name, left: None, children: vec![] });
    leaf.prop_recursive(3, 12, 3, |tree| {
        (text(), of(tree.clone()), list(tree)).prop_map(|(name, left, children)| Tree {
            name,
            left: left.map(Box::new),
            children,
        })
    })
}

struct Recursive;

#[workflow(start = climb, timeout = "1m")]
impl Recursive {
    #[pass(end)]
    fn climb(t: Tree) -> (String, usize, bool, Vec<String>, Tree, bool) {
        let grandchildren = t.children.iter().map(|child| child.children.len()).sum();
        let name = match &t.left {
            Some(left) => left.left.as_ref().map(|inner| inner.name.clone()).unwrap_or(left.name.clone()),
            None => t.name.clone(),
        };
        (
            name,
            grandchildren,
            t.children.iter().any(|child| child.left.is_some()),
            t.children.iter().map(|child| child.name.clone()).collect(),
            Tree { name: t.name.clone(), left: t.left.clone(), children: t.children.clone() },
            t.left.is_some_and(|left| left.children == t.children),
        )
    }
}

agreement! {
    hostile_names: Names, hostile();
    more_hostile_names: MoreNames, more_hostile();
    wrappers: Wrappers, wrapped();
    recursive_types: Recursive, tree();
}
