use workflow_runtime::prelude::*;

struct Gallery;

#[workflow(start = resize, timeout = "1h")]
impl Gallery {
    #[task(callback, function = "resize", timeout = "30m", end)]
    async fn resize(&self, image: String, token: TaskToken<u32>) {
        println!("{image} {token}");
    }
}

fn main() {}
