//! What the generated inputs go through: no construct of the portable expressions is left out.

use std::collections::BTreeSet;

use serde_json::Value;
use workflow_runtime::model::Definition;
use workflow_runtime::model::expr::METHODS;

use crate::agreement::CASES;
use crate::{
    blocks, context, documents, enums, flow, inherited, numbers, options, sequences, strings, structs, traps, variables,
};

/// What the tree of an expression is made of, as it is serialised.
const CONSTRUCTS: &[&str] = &[
    "local",
    "constant",
    "context",
    "variable",
    "literal",
    "field",
    "index",
    "construct",
    "tuple",
    "array",
    "some",
    "none",
    "unary",
    "binary",
    "if",
    "match",
    "let",
    "method",
    "closure",
    "format",
    "json",
    "cast",
    "seconds",
    "goto",
];
const PATTERNS: &[&str] = &["wildcard", "bind", "literal", "range", "or", "tuple", "slice", "some", "none", "variant"];
const LITERALS: &[&str] = &["bool", "int", "float", "str", "char"];
const OPERATORS: &[&str] =
    &["not", "neg", "add", "sub", "mul", "div", "rem", "eq", "ne", "lt", "le", "gt", "ge", "and", "or"];
const FORMATS: &[&str] = &["fill", "align", "width", "precision"];

fn definitions() -> Vec<Definition> {
    let modules: [fn() -> Vec<Definition>; 13] = [
        blocks::definitions,
        context::definitions,
        documents::definitions,
        enums::definitions,
        flow::definitions,
        inherited::definitions,
        numbers::definitions,
        options::definitions,
        sequences::definitions,
        strings::definitions,
        structs::definitions,
        traps::definitions,
        variables::definitions,
    ];
    modules.into_iter().flat_map(|definitions| definitions()).collect()
}

#[test]
fn there_are_ten_thousand_inputs() {
    assert!(definitions().len() * CASES as usize >= 10_000);
}

#[test]
fn every_method_is_called() {
    let mut called = BTreeSet::new();
    for definition in definitions() {
        let machine = serde_json::to_value(&definition.machine).expect("a machine is JSON");
        visit(&machine, &mut |key, value| {
            if let ("method", Some(method)) = (key, value.get("method").and_then(Value::as_str)) {
                called.insert(method.to_owned());
            }
        });
    }
    let missing: Vec<_> = METHODS.iter().filter(|method| !called.contains(**method)).collect();
    assert!(missing.is_empty(), "no workflow here calls {missing:?}");
}

#[test]
fn every_construct_is_used() {
    let mut used = BTreeSet::new();
    for definition in definitions() {
        let machine = serde_json::to_value(&definition.machine).expect("a machine is JSON");
        visit(&machine, &mut |key, value| {
            used.insert(key.to_owned());
            used.extend(value.as_str().map(str::to_owned));
            used.extend(value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned));
        });
    }
    let all = [CONSTRUCTS, PATTERNS, LITERALS, OPERATORS, FORMATS].concat();
    let missing: Vec<_> = all.into_iter().filter(|name| !used.contains(*name)).collect();
    assert!(missing.is_empty(), "no workflow here uses {missing:?}");
}

/// Calls `see` with each key and its value, at any depth.
fn visit(json: &Value, see: &mut impl FnMut(&str, &Value)) {
    match json {
        Value::Array(items) => items.iter().for_each(|item| visit(item, see)),
        Value::Object(entries) => {
            for (key, value) in entries {
                see(key, value);
                visit(value, see);
            }
        }
        _ => {}
    }
}
