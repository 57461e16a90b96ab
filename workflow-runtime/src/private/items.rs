//! What generated code asks of what a map goes over.

use super::*;

/// What a map goes over.
#[diagnostic::on_unimplemented(
    message = "a `#[map]` goes over a `Vec`, not over a `{Self}`",
    label = "this is no list of items",
    note = "write a body that makes the list, as in `fn pack(order: Order) -> Vec<Item> {{ order.items }}`"
)]
pub trait Items {
    /// An item.
    type Item;

    /// The items, in order.
    fn into_items(self) -> Vec<Self::Item>;
}

impl<T> Items for Vec<T> {
    type Item = T;

    fn into_items(self) -> Vec<T> {
        self
    }
}

/// What the items of a map are read from.
#[diagnostic::on_unimplemented(
    message = "an `item_reader` reads an object of S3, not a `{Self}`",
    label = "this names no object",
    note = "let the body name it, as in `fn resize(input: Input) -> S3Object {{ S3Object {{ bucket: input.bucket, key: input.key }} }}`"
)]
pub trait ReadFrom {
    /// The object.
    fn object(self) -> S3Object;
}

impl ReadFrom for S3Object {
    fn object(self) -> S3Object {
        self
    }
}

/// What a workflow takes that is given several items at once.
#[diagnostic::on_unimplemented(
    message = "this map gives a `Batch` of items to each execution, but its workflow takes a `{Self}`",
    label = "this workflow takes no `Batch`",
    note = "let it take a `Batch<Item>`, or remove `max_items_per_batch` and `max_input_bytes_per_batch`"
)]
pub trait Batched: Sized {
    /// An item.
    type Item;

    /// Batches, each as large as it may be.
    fn pack(items: Vec<Self::Item>, info: BatchInfo) -> Result<Vec<Self>, Failure>;
}

impl<T: serde::Serialize> Batched for Batch<T> {
    type Item = T;

    fn pack(items: Vec<T>, info: BatchInfo) -> Result<Vec<Self>, Failure> {
        batches(items, info)
    }
}
