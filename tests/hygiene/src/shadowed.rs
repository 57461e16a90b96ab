//! The names of the standard library, and those of the generated code, mean something else.
#![allow(dead_code, clippy::upper_case_acronyms, reason = "what shadows is here to be in the way")]

/// In the way.
pub struct Result;
/// In the way.
pub struct Option;
/// In the way.
pub struct String;
/// In the way.
pub struct Vec;
/// In the way.
pub struct Some;
/// In the way.
pub struct None;
/// In the way.
pub struct Ok;
/// In the way.
pub struct Err;
/// In the way.
pub struct Box;
/// In the way.
pub trait Clone {}
/// In the way.
pub trait Send {}
/// In the way.
pub trait Into {}
/// In the way.
pub trait Future {}
/// In the way.
pub struct Next;
/// In the way.
pub struct Workflow;
/// In the way.
pub struct Data;
/// In the way.
pub struct Failure;
/// In the way.
pub struct Run;
/// In the way.
pub struct Step;
mod core {}
mod std {}
mod workflow_runtime {}
mod serde_json {}

#[allow(unused_macros, reason = "it is here to be in the way")]
macro_rules! unreachable {
    () => {
        compile_error!("the user's own")
    };
}
#[allow(unused_macros, reason = "it is here to be in the way")]
macro_rules! vec {
    () => {
        compile_error!("the user's own")
    };
}
/// What is ordered.
#[derive(::core::clone::Clone, ::serde::Serialize, ::serde::Deserialize, ::workflow::Data)]
#[data(crate = ::workflow)]
pub struct Order {
    name: ::std::string::String,
}

/// Has states whose code needs what is shadowed.
pub struct Shop;

#[::workflow::workflow(start = pack, timeout = "1h", crate = ::workflow)]
impl Shop {
    #[task(timeout = "30s", next = weigh)]
    #[retry(States::Timeout)]
    #[catch(States::All => |_failure, order| unsent(order.name))]
    async fn pack(&self, order: Order) -> Order {
        order
    }

    #[choice]
    fn weigh(order: Order) -> ::workflow::Next<Self> {
        if order.name.is_empty() { dry(order) } else { sent() }
    }

    #[wait(next = pack)]
    fn dry(order: Order) -> u64 {
        if order.name.is_empty() { 1 } else { 2 }
    }

    #[succeed]
    fn sent();

    #[fail(error = "Unsent")]
    fn unsent(cause: ::std::string::String) -> ::std::string::String {
        cause
    }
}
