use serde::{Deserialize, Serialize};
use workflow_runtime::prelude::*;

#[derive(Clone, Serialize, Deserialize, Data)]
struct Image {
    width: u32,
}

#[derive(Debug, thiserror::Error, TaskError)]
#[error("no space is left")]
struct ResizeError;

#[derive(Debug, thiserror::Error, TaskError)]
#[error("the mail was not sent")]
struct MailError;

struct Gallery;

#[workflow(start = resize, timeout = "1h")]
impl Gallery {
    #[task(activity, timeout = "1m", end)]
    #[catch(MailError => lost)]
    fn resize(image: Image) -> Result<Image, ResizeError>;

    #[fail(error = "Lost")]
    fn lost(_failure: Failure);
}

fn main() {}
