//! Branches: an order is paid and packed at the same time; when one of the two fails, the other is stopped, and all is undone.
//!
//! `cargo run --example order_fulfilment` takes three orders at once, and prints what the shop did. With arguments the program is a
//! tool for its workflow, as in `cargo run --example order_fulfilment -- graph`.

#![allow(unreachable_pub, reason = "the modules are written as they would be in a library")]

mod shop;
#[cfg(test)]
mod tests;
mod workflow;

use std::error::Error;
use std::process::ExitCode;

use workflow_runtime::prelude::*;

use shop::Desk;
use workflow::{FulfilOrder, Item, Order};

#[tokio::main]
async fn main() -> Result<ExitCode, Box<dyn Error>> {
    let shop = Desk::new([("teapot", 3), ("cup", 10)]);
    let workflow = FulfilOrder::new(shop.clone());
    if App::is_told() {
        return Ok(App::new().workflow(workflow).main().await);
    }
    let engine = Engine::builder().workflow(workflow).start().await?;
    let mut executions = Vec::new();
    for order in [order("A1", "4711", 1), order("A2", "4710", 1), order("A3", "4712", 5)] {
        executions.push((order.id.clone(), engine.start::<FulfilOrder<Desk>>(order).await?));
    }
    for (id, execution) in executions {
        match execution.output().await {
            Ok(shipped) => println!("{id} is on its way: {}", shipped.tracking),
            Err(error) => println!("{id}: {error}"),
        }
    }
    println!("\n{}", shop.log().join("\n"));
    Ok(ExitCode::SUCCESS)
}

/// Some teapots, and cups to go with them.
fn order(id: &str, card: &str, teapots: u32) -> Order {
    let item = |article: &str, quantity, price_in_cents| Item { article: article.to_owned(), quantity, price_in_cents };
    let items = vec![item("cup", 2, 450), item("teapot", teapots, 2_900)];
    Order { id: id.to_owned(), card: card.to_owned(), items }
}
