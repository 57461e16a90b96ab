use workflow_runtime::prelude::*;

struct Gallery;

#[workflow(start = resize, timeout = "1h")]
impl Gallery {
    #[task(function = RESIZE, timeout = "30s", end)]
    async fn resize(&self, image: String) -> u32 {
        image.len() as u32
    }
}

fn main() {}
