//! Untyped documents: looked into, asked for their kind, compared, built and handed on.

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::select;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use workflow_runtime::prelude::*;

use crate::agreement::agreement;
use crate::values::{float, integer, text};

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
struct Envelope {
    id: String,
    count: i64,
    note: Option<String>,
    list: Vec<i64>,
    position: usize,
    key: String,
    body: Value,
}

fn key() -> impl Strategy<Value = String> {
    const KEYS: &[&str] = &["a", "b", "status", "two words", "length", "constructor", "toString", "__proto__", ""];
    select(KEYS).prop_map(str::to_owned)
}

/// Documents at the keys that are asked for, often with arrays of one and of arrays.
fn document() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        integer().prop_map(Value::from),
        float().prop_map(Value::from),
        text().prop_map(Value::from),
        Just(Value::from("done")),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            btree_map(key(), inner, 0..6).prop_map(|entries| entries.into_iter().collect()),
        ]
    })
}

fn envelope() -> impl Strategy<Value = Envelope> {
    let object = btree_map(key(), document(), 0..8).prop_map(|entries| entries.into_iter().collect::<Value>());
    let body = prop_oneof![3 => object, 1 => document()];
    let parts = (text(), integer(), proptest::option::of(text()), vec(integer(), 0..3), 0..3_usize, key(), body);
    parts.prop_map(|(id, count, note, list, position, key, body)| Envelope {
        id,
        count,
        note,
        list,
        position,
        key,
        body,
    })
}

struct Look;

#[workflow(start = look, timeout = "1m")]
impl Look {
    #[pass(end)]
    fn look(e: Envelope) -> (Value, Value, Value, Value, Value, Value, Value, Value, Value) {
        (
            e.body["a"].clone(),
            e.body["a"]["b"].clone(),
            e.body["two words"][0].clone(),
            e.body[1]["status"].clone(),
            e.body[0][0].clone(),
            e.body[&e.key].clone(),
            e.body[e.position].clone(),
            e.body["constructor"]["toString"].clone(),
            e.body["__proto__"].clone(),
        )
    }
}

struct Kind;

#[workflow(start = ask, timeout = "1m")]
impl Kind {
    #[pass(end)]
    fn ask(e: Envelope) -> (bool, bool, bool, bool, bool, bool, bool) {
        let value = &e.body["a"];
        (
            value.is_null(),
            value.is_string(),
            value.is_number(),
            value.is_boolean(),
            value.is_array(),
            value.is_object(),
            e.body["missing"].is_null(),
        )
    }
}

struct Read;

#[workflow(start = read, timeout = "1m")]
impl Read {
    #[pass(end)]
    fn read(e: Envelope) -> (Option<String>, Option<i64>, Option<u64>, Option<f64>, Option<bool>, String, i64, usize) {
        let value = &e.body["a"];
        (
            value.as_str().map(|text| text.to_string()),
            value.as_i64(),
            value.as_u64(),
            value.as_f64(),
            value.as_bool(),
            e.body["status"].as_str().unwrap_or("none").to_string(),
            e.body["a"]["b"].as_i64().unwrap_or(-1),
            value.as_array().map(|items| items.len()).unwrap_or(0),
        )
    }
}

struct Compare;

#[workflow(start = compare, timeout = "1m")]
impl Compare {
    #[choice]
    fn compare(e: Envelope) -> Next<Self> {
        if e.body["status"] == "done" {
            ended(e.body)
        } else if e.body["a"]["b"] == true || e.body["b"] == e.id {
            ended(e.body["a"].clone())
        } else if e.body["a"] != "done" && e.body["a"].as_i64() == Some(1) {
            ended(json!("one"))
        } else {
            match e.body["status"].as_str() {
                Some("") => ended(json!(null)),
                Some(status) => ended(json!(status)),
                None => ended(e.body["b"].clone()),
            }
        }
    }

    #[succeed]
    fn ended(value: Value);
}

struct Build;

#[workflow(start = build, timeout = "1m")]
impl Build {
    #[pass(end)]
    fn build(e: Envelope) -> (Value, Value, Value, Value) {
        (
            json!({
                "id": e.id,
                "a 'quoted' \"key\" {%": { "count": e.count + 1, "note": e.note, "constructor": null },
                "list": [e.list, [e.count], [], {}, null, true, -1, 1.5, "text"],
                "body": e.body,
                "empty": {},
            }),
            json!([e.body["a"], [e.body["a"]], [[e.body[0]]]]),
            json!(e.list),
            serde_json::json!(null),
        )
    }
}

agreement! {
    parts: Look, envelope();
    kinds: Kind, envelope();
    readings: Read, envelope();
    comparisons: Compare, envelope();
    building: Build, envelope();
}

/// What JSON does not tell apart is the same on both sides, and what JSONata does not hold exactly fails on both.
#[test]
fn integers_are_told_as_json_tells_them() {
    let sides = crate::agreement::Sides::new(Read);
    for number in
        ["1.0", "-0.0", "0.5", "-1", "9007199254740991", "9007199254740992", "1e300", "-1e300", "18446744073709551615"]
    {
        let number: Value = serde_json::from_str(number).expect("a number is JSON");
        let json = json!({
            "id": "", "count": 0, "note": null, "list": [], "position": 0, "key": "", "body": { "a": number },
        });
        sides.compare_json(json).unwrap_or_else(|difference| panic!("{difference}"));
    }
}
