//! Callbacks and activities of workflows with parameters.

use std::future::Future;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use workflow::prelude::*;

/// Who asks.
pub trait Clerk: Send + Sync + 'static {
    /// What the answer is.
    type Answer: Clone + Serialize + DeserializeOwned + Data + Send;

    /// Asks.
    fn ask(&self, question: String, token: TaskToken<Self::Answer>) -> impl Future<Output = ()> + Send;
}

/// A question, and by what it is answered.
#[derive(Clone, Debug, Serialize, Deserialize, Data)]
#[data(crate = ::workflow)]
pub struct Question<T> {
    /// The question.
    pub text: String,
    /// The token of who wants to know.
    pub token: TaskToken<T>,
}

/// Asks, and asks again.
#[derive(Clone)]
pub struct Desk<C> {
    /// Who asks.
    pub clerk: C,
}

#[workflow(start = ask, timeout = "1d", crate = ::workflow)]
impl<C: Clerk> Desk<C> {
    #[task(callback, timeout = "1h", heartbeat = "10m", next = file)]
    #[retry(States::HeartbeatTimeout)]
    async fn ask(&self, text: String, token: TaskToken<C::Answer>, _cx: TaskContext) {
        self.clerk.ask(text, token).await;
    }

    #[task(activity, timeout = "1h", end)]
    #[retry(States::Timeout)]
    fn file(answer: C::Answer) -> C::Answer;
}

/// Lets a desk ask.
pub struct Office<C> {
    /// The desk.
    pub desk: Desk<C>,
}

#[workflow(start = delegate, timeout = "2d", crate = ::workflow)]
impl<C: Clerk + Clone> Office<C> {
    #[nested(self.desk: Desk<C>, callback, timeout = "1d", end)]
    fn delegate(text: String, token: TaskToken<u32>) -> String {
        format!("{text} {token} of {}", context.state.name)
    }
}
