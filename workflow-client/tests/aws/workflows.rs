//! The workflows whose deployed side is called.

use serde::{Deserialize, Serialize};
use workflow_runtime::prelude::*;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Data)]
pub(crate) struct Order {
    pub(crate) item: String,
    pub(crate) count: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Data)]
pub(crate) struct Receipt {
    pub(crate) cents: u32,
}

#[derive(Debug, thiserror::Error, TaskError)]
pub(crate) enum ShopError {
    #[error("there is no {0}")]
    SoldOut(String),
}

pub(crate) struct Purchase;

#[workflow(start = pay, timeout = "1h")]
impl Purchase {
    #[task(timeout = "10s", end)]
    async fn pay(&self, order: Order) -> Result<Receipt, ShopError> {
        match order.item.as_str() {
            "tea" => Ok(Receipt { cents: 150 * order.count }),
            _ => Err(ShopError::SoldOut(order.item)),
        }
    }
}

pub(crate) struct Quote;

#[workflow(start = price, timeout = "1m", express)]
impl Quote {
    #[task(timeout = "10s", end)]
    async fn price(&self, order: Order) -> u32 {
        150 * order.count
    }
}

pub(crate) fn order(item: &str) -> Order {
    Order { item: item.to_owned(), count: 2 }
}
