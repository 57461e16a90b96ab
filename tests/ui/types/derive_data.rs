use serde::{Deserialize, Serialize};
use workflow_runtime::prelude::*;

struct Parcel;

#[derive(Serialize, Deserialize, Data)]
struct Order {
    #[data(opaqe)]
    name: String,
}

#[derive(Data)]
struct Box {
    parcel: Parcel,
}

fn main() {}
