//! Attributes that are not the workflow's own are kept, and what is not a state stays as it is.

use workflow::prelude::*;

/// A workflow between other things.
pub struct Shop;

/// The states.
#[allow(clippy::unused_async, reason = "an attribute of the block")]
#[workflow(start = pack, timeout = "1h", crate = ::workflow)]
#[cfg_attr(any(), deprecated)]
impl Shop {
    /// A constant.
    pub const BOXES: [u32; const { 1 + 1 }] = [1, 2];

    /// A public state.
    #[must_use = "an attribute of the state"]
    #[task(timeout = "30s", next = weigh)]
    #[cfg_attr(any(), inline)]
    #[inline]
    pub async fn pack(&self, #[allow(unused_mut)] mut order: String) -> String {
        order.push('!');
        order
    }

    #[choice]
    #[allow(clippy::needless_return, reason = "an attribute of the state")]
    fn weigh(order: String) -> Next<Self> {
        if order.is_empty() {
            return sent(order);
        }
        return dry(order);
    }

    #[wait("1s", next = sent)]
    #[doc = "Doc comments are written in either form."]
    fn dry(order: String);

    #[succeed]
    fn sent(order: String);

    #[cfg(any())]
    fn absent() {
        compile_error!("this is not there")
    }

    /// Not a state.
    #[must_use]
    pub const fn boxes(&self) -> usize {
        Self::BOXES.len()
    }
}
