use workflow_runtime::prelude::*;

struct Shop;

#[workflow(start = weigh, timeout = "1h")]
impl Shop {
    #[pass(next = stamp)]
    fn weigh(weight: f32) -> f32 {
        weight * 1.5
    }

    #[pass(next = label)]
    fn stamp(weight: f32) -> f64 {
        weight as f64
    }

    #[pass(next = |count| send(count + 1))]
    fn label(weight: f64) -> u32 {
        if weight > 2.0 { 1 + "one" } else { 2 }
    }

    #[succeed]
    fn send(count: u32);
}

fn main() {}
