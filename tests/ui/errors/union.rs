use workflow_runtime::prelude::*;

#[derive(TaskError)]
union PackError {
    code: u32,
    letters: [u8; 4],
}

fn main() {}
