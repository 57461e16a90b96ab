//! The workflow: an order is paid and packed at the same time, and shipped when both are done. When one of the two fails, the other
//! is stopped, and what was done is undone.

use std::future::Future;

use serde::{Deserialize, Serialize};
use workflow_runtime::prelude::*;

/// What the workflows need of the shop. Each may be asked twice for the same order, and then does it once.
pub trait Shop: Clone + Send + Sync + 'static {
    /// Takes the money.
    fn charge(&self, payment: &Payment) -> impl Future<Output = Result<Receipt, PaymentError>> + Send;

    /// Gives it back, if it was taken.
    fn refund(&self, order: &str) -> impl Future<Output = ()> + Send;

    /// Takes an item from the shelf.
    fn reserve(&self, order: &str, item: &Item) -> impl Future<Output = Result<(), StockError>> + Send;

    /// Puts all items of an order back.
    fn release(&self, order: &str) -> impl Future<Output = ()> + Send;

    /// Hands the parcel to a carrier.
    fn ship(&self, parcel: &Parcel) -> impl Future<Output = String> + Send;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Data)]
pub struct Order {
    pub id: String,
    pub card: String,
    pub items: Vec<Item>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Data)]
pub struct Item {
    pub article: String,
    pub quantity: u32,
    pub price_in_cents: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Data)]
pub struct Payment {
    pub order: String,
    pub card: String,
    pub amount_in_cents: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Data)]
pub struct Receipt {
    pub number: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Data)]
pub struct Parcel {
    pub order: String,
    pub articles: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Data)]
pub struct Shipped {
    pub receipt: String,
    pub tracking: String,
}

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
pub struct Cancelled {
    pub order: String,
    pub reason: String,
}

#[derive(Debug, PartialEq, thiserror::Error, TaskError)]
pub enum PaymentError {
    #[error("the bank does not answer")]
    Unavailable,
    #[error("the card was declined")]
    Declined,
}

#[derive(Debug, PartialEq, thiserror::Error, TaskError)]
pub enum StockError {
    #[error("no more {0} on the shelf")]
    SoldOut(String),
}

pub struct Charge<S> {
    shop: S,
}

/// Takes the money for an order.
#[workflow(start = charge, timeout = "5m")]
impl<S: Shop> Charge<S> {
    #[task(timeout = "30s", end)]
    #[retry(PaymentError::Unavailable | States::Timeout, interval = "2s", max_attempts = 3)]
    async fn charge(&self, payment: Payment) -> Result<Receipt, PaymentError> {
        self.shop.charge(&payment).await
    }
}

pub struct Pack<S> {
    shop: S,
}

/// Takes the items of an order from the shelves.
#[workflow(start = reserve, timeout = "5m")]
impl<S: Shop> Pack<S> {
    #[task(timeout = "1m", end)]
    async fn reserve(&self, order: Order) -> Result<Parcel, StockError> {
        for item in &order.items {
            self.shop.reserve(&order.id, item).await?;
        }
        let articles = order.items.into_iter().map(|item| item.article).collect();
        Ok(Parcel { order: order.id, articles })
    }
}

pub struct FulfilOrder<S> {
    shop: S,
    charge: Charge<S>,
    pack: Pack<S>,
}

impl<S: Shop> FulfilOrder<S> {
    pub fn new(shop: S) -> Self {
        FulfilOrder { charge: Charge { shop: shop.clone() }, pack: Pack { shop: shop.clone() }, shop }
    }
}

/// Pays, packs and ships an order, or cancels it.
#[workflow(start = prepare, timeout = "1h")]
impl<S: Shop> FulfilOrder<S> {
    /// Payment and packing go on at the same time.
    #[parallel(
        branches(
            self.charge: Charge<S> = |order| Payment {
                order: order.id,
                card: order.card,
                amount_in_cents: order.items.iter().map(|item| item.quantity * item.price_in_cents).sum(),
            },
            self.pack: Pack<S>,
        ),
        next = ship,
    )]
    #[catch(States::All => |failure, order| cancel(Cancelled { order: order.id, reason: failure.message() }))]
    fn prepare(order: Order);

    #[task(timeout = "2m", end)]
    #[retry(States::Timeout, interval = "10s", max_attempts = 5)]
    async fn ship(&self, (receipt, parcel): (Receipt, Parcel)) -> Shipped {
        Shipped { receipt: receipt.number, tracking: self.shop.ship(&parcel).await }
    }

    /// Nobody knows how far the branch got that was stopped, so both are undone.
    #[task(timeout = "1m", next = cancelled)]
    #[retry(States::Timeout, interval = "10s", max_attempts = 5)]
    async fn cancel(&self, cancelled: Cancelled) -> Cancelled {
        self.shop.refund(&cancelled.order).await;
        self.shop.release(&cancelled.order).await;
        cancelled
    }

    #[fail(error = "OrderCancelled")]
    fn cancelled(cancelled: Cancelled) -> String {
        format!("order {} was cancelled: {}", cancelled.order, cancelled.reason)
    }
}
