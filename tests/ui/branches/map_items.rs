//! Maps over something else than what the workflow takes.

use serde::{Deserialize, Serialize};
use workflow_runtime::prelude::*;

struct Pack;

#[workflow(start = pack, timeout = "1m")]
impl Pack {
    #[pass(end)]
    fn pack(order: String);
}

struct NotAList {
    pack: Pack,
}

#[workflow(start = all, timeout = "1h")]
impl NotAList {
    #[map(self.pack: Pack, end)]
    fn all(order: String);
}

struct OtherItems {
    pack: Pack,
}

#[workflow(start = all, timeout = "1h")]
impl OtherItems {
    #[map(self.pack: Pack, end)]
    fn all(orders: Vec<u32>);
}

struct OtherSelection {
    pack: Pack,
}

#[workflow(start = all, timeout = "1h")]
impl OtherSelection {
    #[map(self.pack: Pack, item_selector = |_item, _input, index| index, end)]
    fn all(orders: Vec<u32>);
}

#[derive(Serialize, Deserialize, Data)]
struct Order {
    name: String,
}

struct Send;

#[workflow(start = send, timeout = "1m")]
impl Send {
    #[pass(end)]
    fn send(order: Order);
}

struct NotClone {
    send: Send,
}

#[workflow(start = all, timeout = "1h")]
impl NotClone {
    #[map(self.send: Send, end)]
    #[retry(States::All)]
    fn all(orders: Vec<Order>);
}

fn main() {}
