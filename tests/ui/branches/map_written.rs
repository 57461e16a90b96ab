//! Maps that are not written as they should be.

use workflow_runtime::prelude::*;

struct Pack;

#[workflow(start = pack, timeout = "1m")]
impl Pack {
    #[pass(end)]
    fn pack(order: String);
}

struct NoField;

#[workflow(start = all, timeout = "1h")]
impl NoField {
    #[map(max_concurrency = 10, end)]
    fn all(orders: Vec<String>);
}

struct NoType {
    pack: Pack,
}

#[workflow(start = all, timeout = "1h")]
impl NoType {
    #[map(nested(self.pack), end)]
    fn all(orders: Vec<String>);
}

struct NoList {
    pack: Pack,
}

#[workflow(start = all, timeout = "1h")]
impl NoList {
    #[map(self.pack: Pack, end)]
    fn all();
}

struct NoResult {
    pack: Pack,
}

#[workflow(start = all, timeout = "1h")]
impl NoResult {
    #[map(self.pack: Pack, end)]
    fn all(orders: Vec<String>) {
        orders
    }
}

struct Selector {
    pack: Pack,
}

#[workflow(start = all, timeout = "1h")]
impl Selector {
    #[map(self.pack: Pack, max_concurrency = "10", item_selector = order, end)]
    fn all(orders: Vec<String>);
}

struct Itself {
    again: std::sync::Arc<Itself>,
}

#[workflow(start = all, timeout = "1h")]
impl Itself {
    #[map(self.again: Itself, next = done)]
    fn all(orders: Vec<String>);

    #[succeed]
    fn done(results: Vec<String>);
}

fn main() {}
