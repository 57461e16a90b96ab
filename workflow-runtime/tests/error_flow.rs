//! Which errors come out of states, through branches, maps and nested workflows, and which of them end the execution.

use workflow_model::Definition;
use workflow_model::check::{check_definition, uncaught};
use workflow_runtime::prelude::*;

#[derive(Debug, thiserror::Error, TaskError)]
enum ServiceError {
    #[error("too many requests")]
    Throttled,
    #[error("rejected")]
    Rejected,
}

#[derive(Debug, thiserror::Error, TaskError)]
#[error("the stock is empty")]
struct OutOfStock;

/// Catches one of its task's errors, and leaves by a `#[fail]`.
struct Charge;

#[workflow(start = charge, timeout = "1h")]
impl Charge {
    #[task(timeout = "5s", end)]
    #[catch(ServiceError::Rejected => refused)]
    async fn charge(&self, order: String) -> Result<String, ServiceError> {
        if order.is_empty() { Err(ServiceError::Rejected) } else { Err(ServiceError::Throttled) }
    }

    #[fail(error = "Refused")]
    fn refused(failure: Failure);
}

/// Nothing comes out of it.
struct Pack;

#[workflow(start = pack, timeout = "1h")]
impl Pack {
    #[task(timeout = "5s", end)]
    #[catch(States::All => |_failure| nothing())]
    async fn pack(&self, order: String) -> Result<String, OutOfStock> {
        if order.is_empty() { Err(OutOfStock) } else { Ok(order) }
    }

    #[pass(end)]
    fn nothing() -> String {
        "nothing".to_owned()
    }
}

struct Order {
    charge: Charge,
    pack: Pack,
}

#[workflow(start = both, timeout = "1d")]
impl Order {
    #[parallel(branches(self.charge: Charge, self.pack: Pack), next = again)]
    #[retry(ServiceError::Throttled, max_attempts = 2)]
    fn both(order: String);

    #[nested(self.charge: Charge, timeout = "2h", next = each)]
    fn again(both: (String, String)) -> String {
        both.0
    }

    #[map(self.pack: Pack, next = report)]
    fn each(order: String) -> Vec<String> {
        vec![order]
    }

    #[task(timeout = "5s", next = hand_over)]
    async fn report(&self, orders: Vec<String>) -> usize {
        orders.len()
    }

    #[task(callback, timeout = "1h", end)]
    #[catch(ServiceError::Rejected => lost)]
    async fn hand_over(&self, count: usize, token: TaskToken<usize>) -> Result<(), ServiceError> {
        let _ = (count, token);
        Ok(())
    }

    #[fail(error = "Lost")]
    fn lost(failure: Failure);
}

fn listed(definition: &Definition) -> Vec<String> {
    let name = |state: usize| &definition.machine.states[state].name;
    uncaught(definition).iter().map(|(state, errors)| format!("{}: {}", name(*state), errors.join(", "))).collect()
}

#[test]
fn what_ends_an_execution() {
    assert_eq!(listed(&Pack::definition()), [""; 0]);
    assert_eq!(listed(&Charge::definition()), ["charge: ServiceError.Throttled, States.Timeout"]);
    assert_eq!(
        listed(&Order::definition()),
        [
            "both: Refused, ServiceError.Throttled, States.Timeout",
            "again: States.TaskFailed, States.Timeout",
            "report: States.Timeout",
            "hand_over: its own errors but ServiceError.Rejected, States.Timeout",
        ]
    );
}

struct Handled {
    charge: Charge,
    pack: Pack,
}

#[workflow(start = both, timeout = "1d")]
impl Handled {
    #[parallel(branches(self.charge: Charge, self.pack: Pack), next = each)]
    #[retry(ServiceError::Throttled, max_attempts = 2)]
    #[retry(States::Timeout)]
    fn both(order: String);

    #[map(self.pack: Pack, end)]
    #[catch(States::TaskFailed => lost)]
    fn each(orders: (String, String)) -> Vec<String> {
        vec![orders.0, orders.1]
    }

    #[fail(error = "Lost")]
    fn lost(failure: Failure);
}

/// The compiler refuses them in a program; a definition is checked for them as well.
#[test]
fn handlers_of_errors_that_no_branch_raises() {
    let mut definition = Handled::definition();
    let found =
        |definition: &Definition| check_definition(definition).iter().map(ToString::to_string).collect::<Vec<String>>();
    assert_eq!(found(&definition), [""; 0]);
    definition.errors[0] = "OutOfStock".to_owned();
    assert_eq!(
        found(&definition),
        ["W0503: nothing in `both` raises `OutOfStock`, so nothing would ever come here\n\
          help: remove the error, or name one that comes out of it: `Refused`, `ServiceError.Throttled` and `States.Timeout`"]
    );
    assert_eq!(check_definition(&Order::definition()), []);
}
