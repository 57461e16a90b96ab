use workflow_runtime::prelude::*;

struct Shop;

fn price(order: &str) -> usize {
    order.len()
}

#[workflow(start = weigh, timeout = "1h")]
impl Shop {
    #[choice]
    fn weigh(order: String) -> Next<Self> {
        if order.is_char_boundary(1) { stamp(order) } else { label(order) }
    }

    #[pass(next = price_it)]
    fn stamp(order: String) -> String {
        for letter in order.chars() {
            drop(letter);
        }
        order
    }

    #[pass(next = price_it)]
    fn label(order: String) -> String {
        order.strip_prefix("a")?.to_string()
    }

    #[pass(next = |price| unsent(format!("{price:?}")))]
    fn price_it(order: String) -> usize {
        price(&order)
    }

    #[fail(error = "Unsent")]
    fn unsent(order: String) -> String {
        println!("{order}");
        order
    }
}

fn main() {}
