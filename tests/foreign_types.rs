//! Types of other crates, behind features: they cross edges and are handed on, and no expression looks into them.

use jiff::civil::{Date, DateTime, Time};
use jiff::{SignedDuration, Timestamp};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;
use workflow_runtime::Workflow;
use workflow_runtime::model::asl::document;
use workflow_runtime::model::shape::{Shape, Shapes};
use workflow_runtime::prelude::*;

#[derive(Clone, Serialize, Deserialize, Data)]
struct Order {
    id: Uuid,
    placed: Timestamp,
}

#[derive(Clone, Serialize, Deserialize, Data)]
struct Receipt {
    order: Uuid,
    placed: Timestamp,
}

struct HandedOn;

#[workflow(start = receipt, timeout = "1m")]
impl HandedOn {
    #[pass(next = done)]
    fn receipt(order: Order) -> Receipt {
        Receipt { order: order.id, placed: order.placed }
    }

    #[succeed]
    fn done(receipt: Receipt);
}

#[tokio::test]
async fn values_are_handed_on() {
    let id = "67e55044-10b1-426f-9247-bb680e5fe0c8";
    let input: Order = serde_json::from_value(json!({ "id": id, "placed": "2026-11-22T21:00:00Z" })).expect("an order");
    let receipt = HandedOn.run(input).await.expect("the run succeeds");
    assert_eq!(json!(receipt), json!({ "order": id, "placed": "2026-11-22T21:00:00Z" }));

    let exported = Value::from(document(&HandedOn::definition()).expect("the workflow can be exported"));
    let output = json!({ "order": "{% $states.input.id %}", "placed": "{% $states.input.placed %}" });
    assert_eq!(exported["States"]["Receipt"]["Output"], output);
}

/// The value of a type that `text` and `other` are both read as is written as `text`.
fn check<T: Data + Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(text: &str, other: &str) {
    let mut shapes = Shapes::new();
    let shape = T::shape(&mut shapes);
    assert_eq!(shapes.get(shape), &Shape::Opaque);

    let [value, same] = [text, other].map(|text| serde_json::from_value::<T>(json!(text)).expect("a value"));
    assert_eq!(value, same);
    assert_eq!(json!(value), json!(text));
}

#[test]
fn one_value_has_several_strings() {
    check::<Timestamp>("2026-11-22T21:00:00Z", "2026-11-22T22:00:00+01:00");
    check::<SignedDuration>("PT1H", "PT60M");
    check::<Date>("2026-11-22", "20261122");
    check::<Time>("21:00:00", "21:00");
    check::<DateTime>("2026-11-22T21:00:00", "2026-11-22T21:00");
    check::<Uuid>("67e55044-10b1-426f-9247-bb680e5fe0c8", "67E55044-10B1-426F-9247-BB680E5FE0C8");
}

mod compared {
    use super::*;

    pub(super) struct Compared;

    #[workflow(start = same, timeout = "1m")]
    impl Compared {
        #[pass(next = done)]
        fn same(orders: (Order, Order)) -> bool {
            orders.0.id == orders.1.id
        }

        #[succeed]
        fn done(same: bool);
    }
}

#[test]
fn a_comparison_is_refused() {
    let refusal = document(&compared::Compared::definition()).expect_err("the export refuses it").to_string();
    assert!(refusal.contains("`==` compares an opaque value"), "{refusal}");
}
