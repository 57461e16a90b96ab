use workflow_runtime::prelude::*;

#[derive(Debug, thiserror::Error, TaskError)]
enum PackError {
    #[error("no box is large enough")]
    TooLarge,
}

struct Shop;

#[workflow(start = pack, timeout = "1h")]
impl Shop {
    #[task(timeout = "30s", next = sent)]
    #[retry(PackError::TooLarge, States::Timeout, max_attempts = 2)]
    #[catch(PackError::TooLarge, States::Timeout => |failure| unsent(failure.message()))]
    async fn pack(&self, order: String) -> Result<String, PackError> {
        if order.is_empty() { Ok(order) } else { Err(PackError::TooLarge) }
    }

    #[succeed]
    fn sent(order: String);

    #[fail(error = "Unsent")]
    fn unsent(cause: String) -> String {
        cause
    }
}

fn main() {}
