//! Errors that are written as a pattern, as a string, or as a list.

use workflow_runtime::prelude::*;

#[derive(Debug, thiserror::Error, TaskError)]
enum PackError {
    #[error("it is too large")]
    TooLarge,
    #[error("{0}")]
    Torn(String),
}

struct Shop;

#[workflow(start = pack, timeout = "1h")]
impl Shop {
    #[task(timeout = "30s", next = weigh)]
    #[retry(PackError::Torn(_), max_attempts = 2)]
    #[catch(PackError::TooLarge => unsent, PackError::Torn => unsent)]
    async fn pack(&self, order: String) -> Result<String, PackError> {
        Ok(order)
    }

    #[task(timeout = "30s", next = stamp)]
    #[retry(PackError::TooLarge || PackError::Torn, max_attempts = 2)]
    #[catch(_ => unsent)]
    async fn weigh(&self, order: String) -> Result<String, PackError> {
        Ok(order)
    }

    #[task(timeout = "30s", next = sent)]
    #[retry(PackError::TooLarge, PackError::Torn, max_attempts = 2)]
    #[retry("States.ALL")]
    async fn stamp(&self, order: String) -> Result<String, PackError> {
        Ok(order)
    }

    #[fail(error = "Unsent")]
    fn unsent(failure: Failure);

    #[succeed]
    fn sent(order: String);
}

fn main() {}
