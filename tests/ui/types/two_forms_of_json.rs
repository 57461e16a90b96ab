use serde::{Deserialize, Serialize};
use workflow_runtime::prelude::*;

#[derive(Serialize, Deserialize, Data)]
struct Order {
    #[serde(rename(serialize = "out", deserialize = "in"))]
    parcel: String,
    #[serde(flatten)]
    address: Address,
}

#[derive(Serialize, Deserialize, Data)]
struct Address {
    street: String,
}

#[derive(Data)]
struct Label<'a> {
    text: &'a str,
}

fn main() {}
