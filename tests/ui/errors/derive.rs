use workflow_runtime::prelude::*;

#[derive(Debug, thiserror::Error, TaskError)]
#[task_error(name = "Pack")]
enum PackError {
    #[error("no box is large enough")]
    #[task_error(name = "States.TooLarge")]
    TooLarge,
    #[error("the box is torn")]
    #[task_error(called = "Torn")]
    Torn,
}

#[derive(Debug, TaskError)]
enum Unprinted {
    Closed,
}

fn main() {}
