//! Branches that are not written as they should be.

use workflow_runtime::prelude::*;

struct Charge;

#[workflow(start = charge, timeout = "1m")]
impl Charge {
    #[pass(end)]
    fn charge(order: String);
}

struct NoBranches;

#[workflow(start = fulfil, timeout = "1h")]
impl NoBranches {
    #[parallel(end)]
    fn fulfil(order: String);
}

struct Empty;

#[workflow(start = fulfil, timeout = "1h")]
impl Empty {
    #[parallel(branches(), end)]
    fn fulfil(order: String);
}

struct NotAField {
    charge: Charge,
}

#[workflow(start = fulfil, timeout = "1h")]
impl NotAField {
    #[parallel(branches(Charge), end)]
    fn fulfil(order: String);
}

struct NoType {
    charge: Charge,
}

#[workflow(start = fulfil, timeout = "1h")]
impl NoType {
    #[parallel(branches(self.charge), end)]
    fn fulfil(order: String);
}

struct NotAClosure {
    charge: Charge,
}

#[workflow(start = fulfil, timeout = "1h")]
impl NotAClosure {
    #[parallel(branches(self.charge: Charge = order), end)]
    fn fulfil(order: String);
}

struct Result {
    charge: Charge,
}

#[workflow(start = fulfil, timeout = "1h")]
impl Result {
    #[parallel(branches(self.charge: Charge), timeout = "10s", end)]
    fn fulfil(order: String) -> (String,);
}

struct NoResult {
    charge: Charge,
}

#[workflow(start = fulfil, timeout = "1h")]
impl NoResult {
    #[parallel(branches(self.charge: Charge), end)]
    fn fulfil(order: String) {
        order
    }
}

fn main() {}
