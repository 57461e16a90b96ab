use workflow_runtime::prelude::*;

const ORDERS_TABLE: Placeholder = Placeholder::new("orders_table_name", "orders");

const ORDERS_QUEUE: Placeholder = Placeholder::new("OrdersQueue", "orders");

struct Shop;

#[workflow(start = name, timeout = "1h")]
impl Shop {
    #[pass(end)]
    fn name(order: String) -> String {
        format!("{order} {ORDERS_TABLE} {ORDERS_QUEUE}")
    }
}

fn main() {}
