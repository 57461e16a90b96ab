use workflow_runtime::prelude::*;

struct Resize;

#[workflow(start = resize, timeout = "1m")]
impl Resize {
    #[task(timeout = "30s", end)]
    async fn resize(&self, image: String) -> String {
        image
    }
}

struct Gallery {
    resize: Resize,
}

#[workflow(start = all, timeout = "1h")]
impl Gallery {
    #[map(self.resize: Resize, distributed, item_reader = json, end)]
    fn all(images: Vec<String>);
}

fn main() {}
