//! Nothing is in scope that was not named.
#![no_implicit_prelude]

use ::workflow::Next;

/// What is ordered.
#[derive(::core::clone::Clone, ::serde::Serialize, ::serde::Deserialize, ::workflow::Data)]
#[data(crate = ::workflow)]
pub struct Order {
    /// Its name.
    pub name: ::std::string::String,
    /// How often it was looked at.
    pub looks: u32,
}

/// What is told to everybody.
#[derive(::core::clone::Clone, ::serde::Serialize, ::serde::Deserialize, ::workflow::Data)]
#[data(crate = ::workflow)]
#[serde(rename_all = "PascalCase")]
pub struct Announcement {
    /// What is said.
    pub message: ::std::string::String,
}

/// Why an order is not packed.
#[derive(::core::fmt::Debug, ::workflow::TaskError)]
#[task_error(crate = ::workflow)]
pub enum PackError {
    /// There is no box.
    NoBox,
}

impl ::core::fmt::Display for PackError {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        f.write_str("no box")
    }
}

impl ::core::error::Error for PackError {}

/// Has a state of each kind.
pub struct Shop {
    /// Stores what is sent.
    pub depot: Depot,
}

/// Packs what was ordered.
#[::workflow::workflow(start = pack, timeout = "1h", crate = ::workflow)]
impl Shop {
    #[task(timeout = "30s", heartbeat = "10s", next = weigh)]
    #[retry(PackError::NoBox | States::Timeout, interval = "1s", max_attempts = 2, jitter = full)]
    #[catch(PackError::NoBox => |failure, order| unsent(::std::format!("{}: {}", order.name, failure.message())))]
    #[catch(States::All => |failure| unsent(failure.message()))]
    async fn pack(&self, order: Order, cx: ::workflow::TaskContext) -> ::core::result::Result<Order, PackError> {
        cx.heartbeat();
        if order.looks > 3 {
            return ::core::result::Result::Err(PackError::NoBox);
        }
        ::core::result::Result::Ok(Order { looks: order.looks + 1, ..order })
    }

    #[choice]
    fn weigh(order: Order) -> Next<Self> {
        if order.looks < 2 {
            return dry(order);
        }
        match order {
            Order { looks: 2, name } => label((name, 2)),
            order => store(order.name),
        }
    }

    #[wait("10s", next = pack)]
    fn dry(order: Order);

    #[pass(next = |label| rest(label))]
    fn label((name, looks): (::std::string::String, u32)) -> ::std::string::String {
        ::std::format!("{name} {looks}")
    }

    #[wait(next = look)]
    fn rest(label: ::std::string::String) -> u64 {
        if label.is_empty() { 1 } else { 2 }
    }

    #[poll(every = "1s", deadline = "10s", timeout = "1s", next = store, on_deadline = |name| unsent(name))]
    async fn look(
        &self,
        name: ::std::string::String,
        cx: ::workflow::TaskContext,
    ) -> ::workflow::Poll<::std::string::String> {
        if cx.poll_count() == 0 { ::workflow::Poll::Pending } else { ::workflow::Poll::Ready(name) }
    }

    #[nested(self.depot: Depot, timeout = "10m", next = |_, name| both(name))]
    fn store(name: ::std::string::String);

    #[parallel(branches(self.depot: Depot, self.depot: Depot = |name| name.to_uppercase()), next = |_, name| each(name))]
    #[retry(States::All)]
    fn both(name: ::std::string::String);

    #[map(
        self.depot: Depot,
        max_concurrency = 2,
        item_selector = |item, _name, index| if index > 7 { item.to_lowercase() } else { item },
        next = |_, name| announce(name)
    )]
    #[catch(States::All => |failure| unsent(failure.message()))]
    fn each(name: ::std::string::String) -> ::std::vec::Vec<::std::string::String> {
        ::std::vec![name]
    }

    #[task(resource = "arn:aws:states:::sns:publish", arguments = |name| Announcement { message: name }, timeout = "10s", next = |_, name| keep(name))]
    async fn announce(&self, name: ::std::string::String) -> u32 {
        let _ = name;
        0
    }

    #[nested(self.depot: Depot, sync, next = |_| sent(1))]
    fn keep(name: ::std::string::String);

    #[succeed]
    fn sent(weight: u32);

    #[fail(error = "Unsent")]
    fn unsent(cause: ::std::string::String) -> ::std::string::String {
        cause
    }
}

/// Stores.
pub struct Depot;

#[::workflow::workflow(start = store, timeout = "5m", output = u32, crate = ::workflow)]
impl Depot {
    #[pass(end = |name| if name.is_empty() { 0 } else { 1 })]
    fn store(name: ::std::string::String);
}
