use std::time::Duration;

use workflow_runtime::prelude::*;

#[derive(Clone, serde::Serialize, serde::Deserialize, Data)]
struct Order {
    delay: f64,
    pause: Duration,
}

struct Shop;

#[workflow(start = dry, timeout = "1h")]
impl Shop {
    #[wait(next = rest)]
    fn dry(order: Order) -> f64 {
        order.delay
    }

    #[wait(next = sent)]
    fn rest(order: Order) {
        order.delay
    }

    #[succeed]
    fn sent(order: Order);
}

struct Bakery;

#[workflow(start = cool, timeout = "1h")]
impl Bakery {
    #[wait(next = sold)]
    fn cool(order: Order) -> f64 {
        order.delay
    }

    #[succeed]
    fn sold(order: Order);
}

fn main() {}
