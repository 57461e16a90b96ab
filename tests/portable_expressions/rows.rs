//! The rows of the tables: each expression is compiled by rustc, and exported.

#![allow(unused_variables, reason = "each row has an `order` of its own, so that it may be moved, and some read none")]

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use workflow_runtime::prelude::*;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Data)]
pub(crate) struct Order {
    pub(crate) id: String,
    pub(crate) polls: u32,
    pub(crate) total: i64,
    pub(crate) weight: f64,
    pub(crate) paid: bool,
    pub(crate) address: Address,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) note: Option<String>,
    pub(crate) discount: Option<i64>,
    pub(crate) items: Vec<Item>,
    pub(crate) tags: Vec<String>,
    pub(crate) sizes: [i64; 3],
    pub(crate) stock: BTreeMap<String, i64>,
    pub(crate) place: (f64, f64),
    pub(crate) step: Step,
    pub(crate) status: Status,
    pub(crate) extra: Value,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Data)]
pub(crate) struct Address {
    pub(crate) city: String,
    #[serde(rename = "post code")]
    pub(crate) code: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Data)]
pub(crate) struct Item {
    pub(crate) name: String,
    pub(crate) count: i64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Data)]
pub(crate) struct Meters(pub(crate) f64);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Data)]
pub(crate) enum Step {
    Idle,
    Sent(i64),
    Failed { reason: String },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Data)]
#[serde(tag = "status", rename_all = "snake_case")]
pub(crate) enum Status {
    New,
    Paid(Payment),
    Refused { reason: Option<String> },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Data)]
pub(crate) struct Payment {
    pub(crate) amount: i64,
}

#[derive(Default, Serialize, Deserialize, Data)]
pub(crate) struct Progress {
    pub(crate) round: u32,
    pub(crate) ticket: Option<String>,
    pub(crate) by_name: Vec<String>,
}

const LIMIT: u32 = 100;

/// The rows of a section: the Rust of each, and what it becomes.
pub(crate) struct Section {
    pub(crate) heading: &'static str,
    pub(crate) rust: Vec<&'static str>,
    pub(crate) definition: workflow_runtime::model::Definition,
}

/// In an object, the JSON of each row stands for itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Data)]
pub(crate) struct Shown<T> {
    rows: T,
}

/// A workflow for each section, whose one state makes the rows.
macro_rules! sections {
    ($($section:ident $heading:literal |$order:ident| { $($ty:ty: { $($rust:tt)+ })+ })+) => {
        $(
            mod $section {
                use super::*;

                pub(crate) struct Rows;

                #[workflow(start = rows, timeout = "1m", variables = Progress)]
                impl Rows {
                    #[pass(end)]
                    fn rows($order: Order) -> Shown<($($ty,)+)> {
                        Shown { rows: ($({ let $order = $order.clone(); $($rust)+ },)+) }
                    }
                }
            }
        )+

        pub(crate) fn sections() -> Vec<Section> {
            vec![$(
                Section {
                    heading: $heading,
                    rust: vec![$(stringify!($($rust)+)),+],
                    definition: $section::Rows::definition(),
                },
            )+]
        }
    };
}

sections! {
    fields "Fields" |order| {
        u32: { order.polls }
        String: { order.address.city }
        String: { order.address.code }
        f64: { order.place.0 }
        i64: { order.sizes[0] }
        i64: { order.items[0].count }
        i64: { order.stock["bolts"] }
    }
    construction "Construction" |order| {
        u32: { LIMIT }
        String: { "text".to_string() }
        Item: { Item { name: order.id, count: 1 } }
        Meters: { Meters(order.weight) }
        (String, i64): { (order.id, order.total) }
        Vec<i64>: { vec![order.total, 0] }
        Vec<i64>: { Vec::new() }
        Option<i64>: { Some(order.total) }
        Option<i64>: { None }
        Step: { Step::Idle }
        Step: { Step::Sent(order.total) }
        Status: { Status::Paid(Payment { amount: 5 }) }
    }
    numbers "Numbers" |order| {
        i64: { order.total + 1 }
        i64: { order.total * 2 - order.sizes[0] }
        u32: { order.polls / 2 }
        i64: { order.total / 2 }
        i64: { order.total % 3 }
        f64: { order.weight / 2.0 }
        i64: { -order.total }
        i64: { order.total.abs() }
        i64: { order.total.min(10) }
        u32: { order.polls.saturating_sub(1) }
        i64: { order.polls as i64 }
        u32: { order.weight as u32 }
    }
    comparison "Comparison and logic" |order| {
        bool: { order.polls < LIMIT }
        bool: { order.id == "a" }
        bool: { order.id != order.address.city }
        bool: { order.paid && order.total > 0 || !order.paid }
        bool: { order.step == Step::Idle }
        bool: { order.note == None }
        bool: { order.discount == Some(5) }
        bool: { order.items == [] }
        bool: { matches!(order.total, 1..=9) }
    }
    strings "Strings" |order| {
        bool: { order.id.is_empty() }
        usize: { order.id.len() }
        bool: { order.id.contains("-") }
        bool: { order.id.starts_with("A") }
        bool: { order.id.ends_with("Z") }
        String: { order.id.to_uppercase() }
        String: { order.id.to_lowercase() }
        String: { order.id.trim().to_string() }
        String: { order.id + "!" }
        String: { order.total.to_string() }
        String: { "{% is no delimiter here %}".to_string() }
    }
    parts "Parts of strings" |order| {
        String: { order.id.replace("-", "") }
        Vec<String>: { order.id.split("-").map(|part| part.to_string()).collect() }
    }
    formats "Texts from values" |order| {
        String: { format!("order {}", order.id) }
        String: { format!("{} of {LIMIT}", order.polls) }
        String: { format!("{:>8}", order.polls) }
        String: { format!("{:*<8}", order.id) }
        String: { format!("{:.3}", order.id) }
        String: { format!("{{{}}}", order.paid) }
    }
    options "Options" |order| {
        bool: { order.discount.is_some() }
        bool: { order.note.is_none() }
        i64: { order.discount.unwrap_or(0) }
        String: { order.note.unwrap_or_default() }
        Option<i64>: { order.discount.map(|discount| discount * 2) }
        i64: { order.discount.map_or(1, |discount| discount + 1) }
        Option<i64>: { order.discount.filter(|discount| *discount > 0) }
        Option<i64>: { order.discount.or(Some(1)) }
        bool: { order.discount.is_some_and(|discount| discount > 9) }
        i64: { if let Some(discount) = order.discount { discount } else { -1 } }
    }
    closures "Closures over options" |order| {
        i64: { order.discount.unwrap_or_else(|| order.total) }
        Option<String>: { order.discount.and_then(|_| order.note.clone()) }
        bool: { order.discount.is_none_or(|discount| discount > 9) }
    }
    vectors "Vectors and arrays" |order| {
        usize: { order.items.len() }
        bool: { order.items.is_empty() }
        Option<Item>: { order.items.first().cloned() }
        Option<Item>: { order.items.last().cloned() }
        Option<Item>: { order.items.get(1).cloned() }
        bool: { order.sizes.contains(&3) }
        String: { order.tags.join(", ") }
        (i64, i64): { let [first, .., last] = order.sizes; (first, last) }
    }
    iterators "Iterators" |order| {
        Vec<i64>: { order.items.iter().map(|item| item.count).collect() }
        Vec<Item>: { order.items.iter().filter(|item| item.count > 0).cloned().collect() }
        usize: { order.items.iter().filter(|item| item.count > 0).count() }
        i64: { order.items.iter().map(|item| item.count).sum() }
        Option<i64>: { order.sizes.iter().copied().max() }
        bool: { order.items.iter().any(|item| item.count > 9) }
        bool: { order.items.iter().all(|item| item.count > 0) }
        Vec<String>: { order.tags.iter().rev().cloned().collect() }
    }
    adaptors "Adaptors" |order| {
        Vec<String>: { order.tags.iter().take(2).cloned().collect() }
        Vec<String>: { order.tags.iter().skip(1).cloned().collect() }
        Option<Item>: { order.items.iter().find(|item| item.count > 9).cloned() }
        Vec<String>: { order.tags.iter().enumerate().map(|(index, tag)| format!("{index}: {tag}")).collect() }
        Vec<String>: { order.items.iter().filter_map(|item| if item.count > 9 { Some(item.name.clone()) } else { None }).collect() }
        Vec<String>: { order.items.iter().flat_map(|item| item.name.split(" ").map(|word| word.to_string())).collect() }
    }
    maps "Maps" |order| {
        usize: { order.stock.len() }
        bool: { order.stock.contains_key(&order.id) }
        Option<i64>: { order.stock.get(&order.id).copied() }
        i64: { order.stock[&order.id] }
    }
    context "The context object" |order| {
        String: { context.execution.id }
        String: { context.execution.start_time }
        String: { format!("{}/{}", context.execution.name, context.state.name) }
        bool: { context.state.entered_time > order.id }
        String: { context.state_machine.name }
    }
    variables "Variables" |order| {
        u32: { vars.round + 1 }
        Option<String>: { vars.ticket.clone() }
        String: { vars.ticket.clone().unwrap_or(order.id) }
        bool: { vars.by_name.contains(&order.id) }
    }
    documents "Untyped documents" |order| {
        Value: { order.extra["color"].clone() }
        Value: { order.extra["parts"][0].clone() }
        bool: { order.extra["color"] == "red" }
        bool: { order.extra.is_null() }
        bool: { order.extra.is_object() }
        Option<String>: { order.extra.as_str().map(|text| text.to_string()) }
        Option<bool>: { order.extra.as_bool() }
        Option<f64>: { order.extra.as_f64() }
        Option<i64>: { order.extra.as_i64() }
        Option<u64>: { order.extra.as_u64() }
        usize: { order.extra.as_array().map_or(0, |items| items.len()) }
        Value: { json!({ "id": order.id, "tags": ["new", order.step], "by": null, "extra": order.extra }) }
    }
    branches "Branches and patterns" |order| {
        i64: { if order.paid { order.total } else { 0 } }
        i64: { match order.total { 0 => 1, 1 | 2 => 2, 3..=9 => 3, n => n } }
        i64: { match order.step { Step::Idle => 0, Step::Sent(n) => n, Step::Failed { .. } => -1 } }
        i64: { match order.status { Status::Paid(Payment { amount }) if amount > 0 => amount, _ => 0 } }
        i64: { match (order.paid, order.discount) { (true, Some(n)) => n, (false, _) => 1, _ => 2 } }
        String: { match order.items.as_slice() { [] => String::new(), [item, ..] => item.name.clone() } }
    }
    bindings "Bindings" |order| {
        i64: { let doubled = order.total * 2; doubled * doubled }
        i64: { let Address { city, .. } = order.address; if city == "Berlin" { 1 } else { 2 } }
    }
}
