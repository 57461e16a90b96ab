//! Where a workflow may stand.

use workflow::prelude::*;

/// In a function's body.
#[must_use]
pub fn in_a_function() -> Option<std::time::Duration> {
    struct Local;

    #[workflow(start = done, timeout = "1m", crate = ::workflow)]
    impl Local {
        #[succeed]
        fn done(value: u32);
    }

    Local::TIMEOUT
}

mod private {
    use workflow::prelude::*;

    pub(super) struct Hidden;

    #[workflow(start = done, timeout = "2m", crate = ::workflow)]
    impl Hidden {
        #[succeed]
        fn done(value: u32);
    }
}

/// In a private module.
#[must_use]
pub fn in_a_private_module() -> Option<std::time::Duration> {
    private::Hidden::TIMEOUT
}

pub mod first {
    //! The type stands in a module of its own.

    /// Has a path.
    pub struct Shop;
}

/// Two in one module, of the same states.
pub struct Second;

#[workflow(start = open, crate = ::workflow)]
impl first::Shop {
    #[task(timeout = "1s", next = done)]
    async fn open(&self, _nothing: ()) {}

    #[succeed]
    fn done();
}

#[workflow(start = open, timeout = "1h", crate = ::workflow)]
impl Second {
    /// A constant that is used in an expression.
    pub const LIMIT: u32 = 3;

    #[task(timeout = "1s", next = choose)]
    async fn open(&self) -> u32 {
        Self::limit()
    }

    #[choice]
    fn choose(value: u32) -> Next<Self> {
        if value > Self::LIMIT { done() } else { open_again() }
    }

    #[wait("2s", next = open)]
    fn open_again();

    #[succeed]
    fn done();

    fn limit() -> u32 {
        Self::LIMIT
    }
}

/// `Self` is a workflow's input and output.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize, Data)]
#[data(crate = ::workflow)]
pub struct Counter {
    /// How often.
    pub count: u32,
}

#[workflow(start = count, timeout = "1m", crate = ::workflow)]
impl Counter {
    #[task(timeout = "1s", next = choose)]
    #[retry(States::Timeout)]
    async fn count(&self, counter: Self) -> Self {
        Self { count: counter.count + self.count }
    }

    #[choice]
    fn choose(counter: Self) -> Next<Self> {
        if counter.count < 3 { rest(counter) } else { done(counter) }
    }

    #[wait("1s", next = count)]
    fn rest(counter: Self);

    #[succeed]
    fn done(counter: Self);
}
