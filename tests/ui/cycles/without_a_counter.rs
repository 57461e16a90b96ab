//! Loops without a timeout that count, but in a way that lets them go round for ever.
use serde::{Deserialize, Serialize};
use workflow_runtime::prelude::*;

#[derive(Clone, Serialize, Deserialize, Data)]
struct Order {
    address: String,
    polls: u32,
    failures: u32,
}

/// The task may make anything of the number.
struct CountsInATask;

#[workflow(start = rest)]
impl CountsInATask {
    #[wait("10s", next = ask)]
    fn rest(order: Order);

    #[task(timeout = "5s", next = look)]
    async fn ask(&self, order: Order) -> Order {
        Order { polls: order.polls + 1, ..order }
    }

    #[choice]
    fn look(order: Order) -> Next<Self> {
        if order.polls < 100 { rest(order) } else { done(order) }
    }

    #[succeed]
    fn done(order: Order);
}

/// One way round begins again.
struct BeginsAgain;

#[workflow(start = rest)]
impl BeginsAgain {
    #[wait("10s", next = look)]
    fn rest(order: Order);

    #[choice]
    fn look(order: Order) -> Next<Self> {
        if order.polls < 100 {
            rest(Order { polls: order.polls + 1, address: order.address, failures: order.failures })
        } else if order.failures < 3 {
            rest(Order { polls: 0, address: order.address, failures: order.failures })
        } else {
            done(order)
        }
    }

    #[succeed]
    fn done(order: Order);
}

/// It counts one number, and looks at another.
struct LooksElsewhere;

#[workflow(start = rest)]
impl LooksElsewhere {
    #[wait("10s", next = |order| look(Order { polls: order.polls + 1, address: order.address, failures: order.failures }))]
    fn rest(order: Order);

    #[choice]
    fn look(order: Order) -> Next<Self> {
        if order.failures < 3 { rest(order) } else { done(order) }
    }

    #[succeed]
    fn done(order: Order);
}

/// The number grows away from the limit.
struct OtherWay;

#[workflow(start = rest)]
impl OtherWay {
    #[wait("10s", next = |order| look(Order { polls: order.polls + 1, address: order.address, failures: order.failures }))]
    fn rest(order: Order);

    #[choice]
    fn look(order: Order) -> Next<Self> {
        if order.polls > 3 { rest(order) } else { done(order) }
    }

    #[succeed]
    fn done(order: Order);
}

/// The number steps over the only one that ends it.
struct StepsOver;

#[workflow(start = begin)]
impl StepsOver {
    #[pass(next = rest)]
    fn begin(address: String) -> Order {
        Order { address, polls: 0, failures: 0 }
    }

    #[wait("10s", next = |order| look(Order { polls: order.polls + 2, address: order.address, failures: order.failures }))]
    fn rest(order: Order);

    #[choice]
    fn look(order: Order) -> Next<Self> {
        if order.polls != 9 { rest(order) } else { done(order) }
    }

    #[succeed]
    fn done(order: Order);
}

fn main() {}
