//! A branch that takes something else than the state gives it.

use workflow_runtime::prelude::*;

struct Charge;

#[workflow(start = charge, timeout = "1m")]
impl Charge {
    #[pass(end)]
    fn charge(amount: u32);
}

struct Fulfil {
    charge: Charge,
}

#[workflow(start = fulfil, timeout = "1h")]
impl Fulfil {
    #[parallel(branches(self.charge: Charge), end)]
    fn fulfil(order: String);
}

struct Made {
    charge: Charge,
}

#[workflow(start = fulfil, timeout = "1h")]
impl Made {
    #[parallel(branches(self.charge: Charge = |order| order.to_uppercase()), end)]
    fn fulfil(order: String);
}

fn main() {}
