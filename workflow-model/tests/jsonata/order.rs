//! A type with a field of each kind, and values of it at the edges of what JSONata does.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};
use workflow_model::definition::Definition;
use workflow_model::expr::Expr;
use workflow_model::shape::{Fields, Presence, Shape, ShapeRef, Shapes, StructShape, Tagging};

use crate::build::path;
use crate::support::*;

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(crate) struct Order {
    pub(crate) name: String,
    pub(crate) count: u32,
    pub(crate) balance: i32,
    pub(crate) price: f64,
    pub(crate) total: u64,
    pub(crate) paid: bool,
    pub(crate) tags: Vec<String>,
    pub(crate) amounts: Vec<i32>,
    pub(crate) rows: Vec<Vec<u32>>,
    pub(crate) lines: Vec<Line>,
    pub(crate) limit: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) note: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) extras: Vec<String>,
    pub(crate) labels: BTreeMap<String, u32>,
    #[serde(rename = "due-date")]
    pub(crate) due: String,
    pub(crate) pair: (u32, String),
    pub(crate) status: Status,
    pub(crate) meters: Meters,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(crate) struct Line {
    pub(crate) item: String,
    pub(crate) quantity: u32,
    pub(crate) gift: Option<bool>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Status {
    #[default]
    New,
    InWork(String),
    Done {
        at: u32,
    },
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(crate) struct Meters(pub(crate) u32);

/// What a body builds of an order.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(crate) struct Summary {
    pub(crate) title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) note: Option<String>,
    pub(crate) limit: Option<u32>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) tags: Vec<String>,
}

pub(crate) struct Types {
    pub(crate) definition: Definition,
    pub(crate) order: ShapeRef,
    pub(crate) summary: ShapeRef,
    pub(crate) tags: ShapeRef,
    pub(crate) lines: ShapeRef,
}

pub(crate) fn types() -> Types {
    let mut shapes = Shapes::new();
    let (text, number) = (shapes.text(), shapes.u32());
    let balance = shapes.integer("i32", i32::MIN.into(), i32::MAX.into());
    let total = shapes.integer("u64", 0, u64::MAX.into());
    let (float, bool) = (shapes.add(Shape::Float), shapes.add(Shape::Bool));
    let (tags, amounts, row) = (shapes.sequence(text), shapes.sequence(balance), shapes.sequence(number));
    let (rows, gift) = (shapes.sequence(row), shapes.option(bool));
    let line = shapes.record("Line", vec![field("item", text), field("quantity", number), field("gift", gift)]);
    let (lines, limit, note) = (shapes.sequence(line), shapes.option(number), shapes.option(text));
    let (labels, pair) = (shapes.add(Shape::Map(number)), shapes.add(Shape::Tuple(vec![number, text])));
    let done = Fields::Named(vec![field("at", number)]);
    let status = vec![
        variant_of("New", "new", Fields::Unit),
        variant_of("InWork", "in-work", newtype(text)),
        variant_of("Done", "done", done),
    ];
    let status = shapes.enumeration("Status", Tagging::External, status);
    let meters = shapes.add(Shape::Struct(StructShape { name: "Meters", fields: newtype(number) }));
    let mut due = field("due", text);
    due.json = "due-date";
    let fields = vec![
        field("name", text),
        field("count", number),
        field("balance", balance),
        field("price", float),
        field("total", total),
        field("paid", bool),
        field("tags", tags),
        field("amounts", amounts),
        field("rows", rows),
        field("lines", lines),
        field("limit", limit),
        sometimes("note", note, Presence::UnlessNone),
        sometimes("extras", tags, Presence::UnlessEmpty),
        field("labels", labels),
        due,
        field("pair", pair),
        field("status", status),
        field("meters", meters),
    ];
    let order = shapes.record("Order", fields);
    let summary = vec![
        field("title", text),
        sometimes("note", note, Presence::UnlessNone),
        field("limit", limit),
        sometimes("tags", tags, Presence::UnlessEmpty),
    ];
    let summary = shapes.record("Summary", summary);
    Types { definition: definition(shapes), order, summary, tags, lines }
}

/// Orders that have nothing, one and several of everything.
pub(crate) fn orders() -> Vec<Order> {
    let line = |item: &str, quantity, gift| Line { item: item.to_owned(), quantity, gift };
    let one = Order {
        name: "é".to_owned(),
        count: 1,
        balance: -7,
        price: 2.5,
        total: (1 << 53) - 1,
        paid: true,
        tags: vec!["a".to_owned()],
        amounts: vec![-3],
        rows: vec![vec![5]],
        lines: vec![line("pen", 2, None)],
        limit: Some(0),
        note: Some(String::new()),
        extras: vec!["x".to_owned()],
        labels: BTreeMap::from([("a".to_owned(), 1)]),
        due: "tomorrow".to_owned(),
        pair: (4, "four".to_owned()),
        status: Status::InWork("Ann".to_owned()),
        meters: Meters(12),
    };
    let several = Order {
        name: "  two  words\n".to_owned(),
        count: 10,
        balance: 2_000_000_000,
        price: -0.25,
        total: 1_234_567_890_123_456,
        tags: vec!["b".to_owned(), "a".to_owned(), String::new()],
        amounts: vec![3, -4, 10],
        rows: vec![vec![], vec![1, 2], vec![3]],
        lines: vec![line("pen", 2, Some(true)), line("ink", 0, Some(false)), line("nib", 30, None)],
        limit: Some(50),
        note: Some("a note".to_owned()),
        extras: vec!["x".to_owned(), "y".to_owned()],
        labels: BTreeMap::from([("a".to_owned(), 1), ("b c".to_owned(), 2)]),
        status: Status::Done { at: 9 },
        ..one.clone()
    };
    vec![Order::default(), one, several]
}

/// Checks what a tree becomes, and that it means the same for each of the orders for which `rust` has a value.
#[track_caller]
pub(crate) fn means(tree: Expr, code: &str, rust: impl Fn(&Order) -> Value) {
    means_where(tree, code, |_| true, rust);
}

#[track_caller]
pub(crate) fn means_where(tree: Expr, code: &str, defined: impl Fn(&Order) -> bool, rust: impl Fn(&Order) -> Value) {
    let types = types();
    let template = lower_body(&types.definition, tree, types.order, None).expect("it has an equal in JSONata");
    assert_eq!(template.to_json(), json!(format!("{{% {} %}}", code.replace('@', "$states.input"))));
    let orders: Vec<Order> = orders().into_iter().filter(defined).collect();
    assert!(!orders.is_empty());
    for order in orders {
        let found = evaluate(&template, &json!(order));
        assert!(same(&found, &rust(&order)), "{code} is {found}, not {}, for {}", rust(&order), json!(order));
    }
}

pub(crate) fn order(field: &str) -> Expr {
    path(&format!("input.{field}"))
}
