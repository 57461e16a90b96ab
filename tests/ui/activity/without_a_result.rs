use serde::{Deserialize, Serialize};
use workflow_runtime::prelude::*;

#[derive(Clone, Serialize, Deserialize, Data)]
struct Image {
    width: u32,
}

#[derive(Debug, thiserror::Error, TaskError)]
#[error("no space is left")]
struct ResizeError;

struct Gallery;

#[workflow(start = resize, timeout = "1h")]
impl Gallery {
    #[task(activity, timeout = "1m", end)]
    fn resize(image: Image);
}

fn main() {}
