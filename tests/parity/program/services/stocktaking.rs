//! What no example has: a distributed map, and an activity.

use serde::{Deserialize, Serialize};
use workflow_runtime::prelude::*;

use crate::Registry;
use crate::script::Script;

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
pub struct Stock {
    pub shelves: Vec<String>,
    pub clerk: String,
}

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
pub struct Shelf {
    pub name: String,
    pub clerk: String,
}

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
pub struct Counted {
    pub counts: Vec<u32>,
    pub found: Option<u32>,
}

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
pub struct Search {
    pub counts: Vec<u32>,
    pub clerk: String,
}

#[derive(Debug, thiserror::Error, TaskError)]
pub enum CountError {
    #[error("somebody is at the shelf")]
    Busy,
    #[error("{0} is locked")]
    Locked(String),
}

/// Counts what is on a shelf.
pub struct CountShelf {
    script: Script,
}

#[workflow(start = count, timeout = "10m")]
impl CountShelf {
    #[task(timeout = "1m", end)]
    #[retry(CountError::Busy, interval = "10s", max_attempts = 2, backoff_rate = 3.0)]
    #[catch(CountError::Busy | CountError::Locked | States::Timeout => |_, shelf| unknown(shelf))]
    async fn count(&self, shelf: Shelf) -> Result<u32, CountError> {
        match self.script.answer_about("count", &shelf.name).await {
            Count::Goods(count) => Ok(count),
            Count::Busy => Err(CountError::Busy),
            Count::Locked => Err(CountError::Locked(shelf.name)),
        }
    }

    #[pass(end)]
    fn unknown(shelf: Shelf) -> u32 {
        if shelf.clerk.is_empty() { 1 } else { 0 }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Count {
    Goods(u32),
    Busy,
    Locked,
}

/// Counts all shelves; where there is nothing, somebody looks.
pub struct TakeStock {
    count: CountShelf,
}

#[workflow(start = count_all, timeout = "30d")]
impl TakeStock {
    #[map(self.count: CountShelf, distributed, max_concurrency = 2, next = |counts, stock| judge((counts, stock)))]
    fn count_all(stock: Stock) -> Vec<Shelf> {
        stock.shelves.into_iter().map(|name| Shelf { name, clerk: stock.clerk.clone() }).collect()
    }

    #[choice]
    fn judge((counts, stock): (Vec<u32>, Stock)) -> Next<Self> {
        if counts.iter().all(|count| *count > 0) {
            done(Counted { counts, found: None })
        } else {
            look(Search { counts, clerk: stock.clerk })
        }
    }

    #[task(
        activity = "LookAtShelves",
        timeout = "2d",
        heartbeat = "6h",
        next = |found, search| done(Counted { counts: search.counts, found: Some(found) }),
    )]
    #[retry(States::Timeout, interval = "1m", max_attempts = 1)]
    #[catch(States::TaskFailed => |failure, search| not_found(format!("{} says: {}", search.clerk, failure.message())))]
    fn look(search: Search) -> u32;

    #[succeed]
    fn done(counted: Counted);

    #[fail(error = "NotFound")]
    fn not_found(why: String) -> String {
        why
    }
}

pub(super) fn register<R: Registry>(to: R, script: Script) -> R {
    to.add(TakeStock { count: CountShelf { script } })
}
