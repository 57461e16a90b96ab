#[path = "../../../../examples/order_fulfilment/workflow.rs"]
mod workflow;

use serde::Deserialize;

use self::workflow::{FulfilOrder, Item, Parcel, Payment, PaymentError, Receipt, Shop, StockError};
use crate::Registry;
use crate::script::Script;

pub(super) fn register<R: Registry>(to: R, script: Script) -> R {
    to.add(FulfilOrder::new(script))
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Charged {
    Ok(Receipt),
    Unavailable,
    Declined,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Reserved {
    Ok,
    SoldOut,
}

impl Shop for Script {
    async fn charge(&self, _: &Payment) -> Result<Receipt, PaymentError> {
        match self.answer("charge").await {
            Charged::Ok(receipt) => Ok(receipt),
            Charged::Unavailable => Err(PaymentError::Unavailable),
            Charged::Declined => Err(PaymentError::Declined),
        }
    }

    async fn refund(&self, _: &str) {
        self.answer("refund").await
    }

    async fn reserve(&self, _: &str, item: &Item) -> Result<(), StockError> {
        match self.answer("reserve").await {
            Reserved::Ok => Ok(()),
            Reserved::SoldOut => Err(StockError::SoldOut(item.article.clone())),
        }
    }

    async fn release(&self, _: &str) {
        self.answer("release").await
    }

    async fn ship(&self, _: &Parcel) -> String {
        self.answer("ship").await
    }
}
