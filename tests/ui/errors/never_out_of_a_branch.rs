//! Handlers of a `#[parallel]` and a `#[map]` that take errors which their branches never raise, or catch themselves.

use workflow_runtime::prelude::*;

#[derive(Debug, thiserror::Error, TaskError)]
enum PayError {
    #[error("the card is not valid")]
    Card,
    #[error("there is not enough money")]
    Money,
}

#[derive(Debug, thiserror::Error, TaskError)]
#[error("the depot is empty")]
struct OutOfStock;

struct Charge;

#[workflow(start = charge, timeout = "1m", output = String)]
impl Charge {
    #[task(timeout = "30s", end)]
    #[catch(PayError::Card => refused)]
    async fn charge(&self, order: String) -> Result<String, PayError> {
        Ok(order)
    }

    #[fail(error = "Refused")]
    fn refused(failure: Failure);
}

struct Label;

#[workflow(start = label, timeout = "1m")]
impl Label {
    #[pass(end)]
    fn label(order: String) -> String {
        order
    }
}

struct Shop {
    charge: Charge,
    label: Label,
}

#[workflow(start = both, timeout = "1h", output = Vec<String>)]
impl Shop {
    #[parallel(branches(self.charge: Charge, self.label: Label), next = |(order, label)| each(vec![order, label]))]
    #[retry(PayError::Money | OutOfStock, max_attempts = 2)]
    #[retry(States::Timeout)]
    #[catch(PayError::Card => lost)]
    fn both(order: String);

    #[map(self.label: Label, end)]
    #[retry(States::Timeout)]
    #[catch(States::All => lost)]
    fn each(orders: Vec<String>);

    #[fail(error = "Lost")]
    fn lost(failure: Failure);
}

fn main() {}
