use workflow_runtime::prelude::*;

#[derive(Debug, thiserror::Error, TaskError)]
enum PackError {
    #[error("no box is large enough")]
    TooLarge,
}

#[derive(Debug, thiserror::Error, TaskError)]
enum PostError {
    #[error("the post is closed")]
    Closed,
}

struct Shop;

#[workflow(start = pack, timeout = "1h")]
impl Shop {
    #[task(timeout = "30s", next = weigh)]
    #[retry(PostError::Closed, max_attempts = 2)]
    async fn pack(&self, order: String) -> Result<String, PackError> {
        if order.is_empty() { Ok(order) } else { Err(PackError::TooLarge) }
    }

    #[task(timeout = "30s", next = sent)]
    #[catch(PostError::Closed => |failure| unsent(failure.message()))]
    async fn weigh(&self, order: String) -> String {
        order
    }

    #[succeed]
    fn sent(order: String);

    #[fail(error = "Unsent")]
    fn unsent(cause: String) -> String {
        cause
    }
}

fn main() {}
