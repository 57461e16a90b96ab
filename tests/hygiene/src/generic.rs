//! Workflows with parameters.

use std::future::Future;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use workflow::prelude::*;

/// What a shop talks to.
pub trait Client: Send + Sync + 'static {
    /// What it gives.
    type Item: Clone + Serialize + DeserializeOwned + Data + Send;

    /// Gets the item.
    fn get(&self, name: String) -> impl Future<Output = Self::Item> + Send;
}

/// What is packed.
#[derive(Clone, Debug, Serialize, Deserialize, Data)]
#[data(crate = ::workflow)]
pub struct Parcel<T> {
    /// What is in it.
    pub item: T,
}

/// Gets an item, at most `N` times.
#[derive(Clone)]
pub struct Shop<C, const N: u32>
where
    C: Client,
{
    /// The client.
    pub client: C,
}

#[workflow(start = get, timeout = "1h", crate = ::workflow)]
impl<C: Client, const N: u32> Shop<C, N>
where
    C::Item: PartialEq,
{
    #[task(timeout = "30s", next = |item| pack(Parcel { item }))]
    #[retry(States::Timeout)]
    #[catch(States::All => |failure| unsent(failure.message()))]
    async fn get(&self, name: String) -> C::Item {
        self.client.get(name).await
    }

    #[task(timeout = "30s", next = weigh)]
    async fn pack(&self, parcel: Parcel<C::Item>) -> Parcel<C::Item> {
        parcel
    }

    #[choice]
    fn weigh(parcel: Parcel<C::Item>) -> Next<Self> {
        dry(parcel)
    }

    #[wait("1s", next = look)]
    fn dry(parcel: Parcel<C::Item>);

    #[poll(every = "1s", deadline = "10s", timeout = "1s", next = |_answer, parcel| sent(parcel), on_deadline = sent)]
    async fn look(&self, parcel: Parcel<C::Item>) -> Poll<C::Item> {
        Poll::Ready(parcel.item)
    }

    #[succeed]
    fn sent(parcel: Parcel<C::Item>);

    #[fail(error = "Unsent")]
    fn unsent(cause: String) -> String {
        cause
    }
}

/// Holds a payload by its own trait alone.
pub struct Echo<T> {
    /// The type.
    pub marker: std::marker::PhantomData<fn() -> T>,
}

#[workflow(start = echo, crate = ::workflow)]
impl<T: workflow::Payload> Echo<T> {
    #[task(timeout = "30s", end)]
    async fn echo(&self, value: T) -> T {
        value
    }
}

/// Has generic workflows as branches, and runs one for each item.
pub struct Fork<T, C> {
    /// A branch, or what runs for an item.
    pub echo: Echo<T>,
    /// Another branch.
    pub shop: C,
}

#[workflow(start = both, timeout = "1h", crate = ::workflow)]
impl<T: workflow::Payload + Clone, C: workflow::Workflow<Input = T>> Fork<T, C>
where
    C::Output: Clone,
{
    #[parallel(branches(self.echo: Echo<T>, self.shop: C, self.echo: Echo<T> = |value| value), next = |result, value| all((result.0, value)))]
    #[retry(States::TaskFailed)]
    fn both(value: T);

    #[map(self.echo: Echo<T>, item_selector = |item, _pair, _index| item, next = again)]
    fn all(pair: (T, T)) -> Vec<T> {
        vec![pair.0, pair.1]
    }

    #[map(nested(self.echo: Echo<T>), end)]
    fn again(values: Vec<T>);
}

/// What is told to everybody.
#[derive(Clone, Debug, Serialize, Deserialize, Data)]
#[data(crate = ::workflow)]
#[serde(rename_all = "PascalCase")]
pub struct Announcement {
    message: String,
}

/// Opens a shop, and leaves it to itself.
pub struct Owner<C, const N: u32>
where
    C: Client,
{
    /// The shop.
    pub shop: Shop<C, N>,
}

#[workflow(start = open, timeout = "1h", output = String, crate = ::workflow)]
impl<C: Client + Clone, const N: u32> Owner<C, N>
where
    C::Item: PartialEq,
{
    #[nested(self.shop: Shop<C, N>, request_response, next = |started| announce(started.execution_arn))]
    fn open(name: String);

    #[task(
        resource = "arn:aws:states:::sns:publish",
        arguments = |arn| Announcement { message: format!("{} opened {arn}", context.execution.name) },
        timeout = "10s",
        end = |_, arn| arn,
    )]
    async fn announce(&self, _arn: String) {}
}
