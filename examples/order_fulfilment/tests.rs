//! `cargo test --example order_fulfilment`: what is done, and what is undone, under tokio's paused clock.

use super::*;
use crate::workflow::Shipped;

async fn fulfil(shop: &Desk, order: Order) -> Result<Shipped, String> {
    FulfilOrder::new(shop.clone()).run(order).await.map_err(|error| error.to_string())
}

#[tokio::test(start_paused = true)]
async fn an_order_is_paid_packed_and_shipped() {
    let shop = Desk::new([("teapot", 3), ("cup", 10)]);
    let shipped = fulfil(&shop, order("A1", "4711", 1)).await;
    assert_eq!(shipped, Ok(Shipped { receipt: "R-A1".to_owned(), tracking: "T-A1".to_owned() }));
    // The cups are taken while the bank still thinks.
    assert_eq!(shop.log(), ["A1: took 2 cup", "A1: charged 3800", "A1: took 1 teapot", "A1: shipped cup, teapot"]);
}

#[tokio::test(start_paused = true)]
async fn a_declined_card_puts_everything_back() {
    let shop = Desk::new([("teapot", 3), ("cup", 10)]);
    let shipped = fulfil(&shop, order("A2", "4710", 1)).await;
    let error = "the execution failed with OrderCancelled: order A2 was cancelled: the card was declined";
    assert_eq!(shipped, Err(error.to_owned()));
    assert_eq!(shop.log(), ["A2: took 2 cup", "A2: put 2 cup back"]);
}

#[tokio::test(start_paused = true)]
async fn a_busy_bank_is_asked_again() {
    let shop = Desk::new([("teapot", 3), ("cup", 10)]);
    assert!(fulfil(&shop, order("A4", "4715", 1)).await.is_ok());
    assert_eq!(shop.log(), ["A4: took 2 cup", "A4: took 1 teapot", "A4: charged 3800", "A4: shipped cup, teapot"]);
}

#[tokio::test(start_paused = true)]
async fn what_is_sold_out_is_not_paid() {
    let shop = Desk::new([("teapot", 3), ("cup", 10)]);
    let shipped = fulfil(&shop, order("A3", "4712", 5)).await;
    let error = "the execution failed with OrderCancelled: order A3 was cancelled: no more teapot on the shelf";
    assert_eq!(shipped, Err(error.to_owned()));
    assert_eq!(shop.log(), ["A3: took 2 cup", "A3: charged 15400", "A3: refunded 15400", "A3: put 2 cup back"]);
}
