use workflow_runtime::prelude::*;

struct Gallery;

#[workflow(start = resize, timeout = "1h")]
impl Gallery {
    #[task(activity, function = "resize", timeout = "1m", end)]
    fn resize(image: String) -> u32;
}

fn main() {}
