//! States and parameters that are called as the generated code calls its own.

use workflow::prelude::*;

/// Has states with all the names.
pub struct Names;

#[workflow(start = r#loop, timeout = "1h", crate = ::workflow)]
impl Names {
    #[task(timeout = "1s", next = run)]
    async fn r#loop(&self, r#type: u32) -> u32 {
        r#type
    }

    #[task(timeout = "1s", next = start)]
    async fn run(&self, run: u32) -> u32 {
        run
    }

    #[pass(next = step)]
    fn start(state: u32) -> u32 {
        state
    }

    #[task(timeout = "1s", next = input)]
    #[catch(States::Timeout => |_run, state| input(state))]
    async fn step(&self, input: u32) -> u32 {
        input
    }

    #[choice]
    fn input(input: u32) -> Next<Self> {
        if input == 0 { index(input) } else { cross(input) }
    }

    #[pass(next = |index| cross(index))]
    fn index(state: u32);

    #[pass(next = state)]
    fn cross(run: u32);

    #[wait("1s", next = definition)]
    fn state(__input: u32);

    #[wait("1s", next = self_)]
    fn definition(definition: u32);

    #[wait("1s", next = _1)]
    fn self_(state: u32);

    #[wait("1s", next = a1)]
    fn _1(state: u32);

    #[wait("1s", next = a_1)]
    fn a1(state: u32);

    #[wait("1s", next = drive, name = "A 1")]
    fn a_1(state: u32);

    #[poll(every = "1s", deadline = "9s", timeout = "1s", next = |polling, late| poll(polling + late), on_deadline = |late| poll(late))]
    async fn drive(&self, polling: u32, run: TaskContext) -> Poll<u32> {
        if run.poll_count() > 0 { Poll::Ready(polling) } else { Poll::Pending }
    }

    #[poll(every = "1s", deadline = "9s", timeout = "1s", end, on_deadline = new)]
    #[catch(States::Timeout => |_fault, input| new(input))]
    async fn poll(&self, state: u32) -> Poll<u32> {
        Poll::Ready(state / 2)
    }

    #[succeed]
    fn new(result: u32);
}

impl Names {
    /// A type may have methods of its own beside its states.
    #[must_use]
    pub fn state_count(&self) -> usize {
        16
    }
}

/// A module and a function that are called as states are.
pub mod order {
    use serde::{Deserialize, Serialize};
    use workflow::Data;

    /// What is ordered.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Data)]
    #[data(crate = ::workflow)]
    pub struct Order {
        /// How many.
        pub count: u32,
    }
}

/// Is called as a state is.
#[must_use]
pub fn pack(mut order: order::Order) -> order::Order {
    order.count += 1;
    order
}

/// Has a state that is called as a module is.
pub struct Shop;

#[workflow(start = order, timeout = "1h", crate = ::workflow)]
impl Shop {
    #[task(timeout = "1s", next = pack)]
    async fn order(&self, order: order::Order) -> order::Order {
        pack(order)
    }

    #[pass(next = |order| sent(order::Order { count: order.count }))]
    fn pack(order: order::Order);

    #[succeed]
    fn sent(order: order::Order);
}
