//! A branch that is no workflow, and one whose field is another.

use workflow_runtime::prelude::*;

struct Charge;

struct Pack;

#[workflow(start = pack, timeout = "1m")]
impl Pack {
    #[pass(end)]
    fn pack(order: String);
}

struct Fulfil {
    charge: Charge,
}

#[workflow(start = fulfil, timeout = "1h", output = String)]
impl Fulfil {
    #[parallel(branches(self.charge: Charge), end = |_| String::new())]
    fn fulfil(order: String);
}

struct OtherField {
    charge: Charge,
}

#[workflow(start = fulfil, timeout = "1h")]
impl OtherField {
    #[parallel(branches(self.charge: Pack), end)]
    fn fulfil(order: String);
}

fn main() {}
