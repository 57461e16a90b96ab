//! The files beside this folder, each without its mistake.

mod ranges {
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
        #[map(self.resize: Resize, distributed, label = "large-images", tolerated_failure_percentage = 10, end)]
        fn all(images: Vec<String>);
    }
}

mod options_of_inline {
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
        #[map(self.resize: Resize, distributed, tolerated_failure_count = 3, end)]
        fn all(images: Vec<String>);
    }
}

mod nested {
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
        #[map(self.resize: Resize, distributed, end)]
        fn all(images: Vec<String>);
    }
}

mod reader {
    use workflow_runtime::S3Object;
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
        #[map(self.resize: Resize, distributed, item_reader = json_lines, end)]
        fn all(object: S3Object);
    }
}

mod table {
    use workflow_runtime::S3Object;
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
        #[map(self.resize: Resize, distributed, item_reader = csv(first_row, delimiter = ";"), item_selector = |row: (String,)| row.0, end)]
        fn all(object: S3Object);
    }
}

mod place {
    use workflow_runtime::S3Object;
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
        fn all(images: S3Object);
    }
}

mod untyped_item {
    use workflow_runtime::S3Object;
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
        #[map(self.resize: Resize, distributed, item_reader = json, item_selector = |image: String| image, end)]
        fn all(object: S3Object);
    }
}

mod batch {
    use workflow_runtime::Batch;
    use workflow_runtime::prelude::*;

    struct Resize;

    #[workflow(start = resize, timeout = "1m")]
    impl Resize {
        #[task(timeout = "30s", end)]
        async fn resize(&self, images: Batch<String>) -> usize {
            images.items.len()
        }
    }

    struct Gallery {
        resize: Resize,
    }

    #[workflow(start = all, timeout = "1h")]
    impl Gallery {
        #[map(self.resize: Resize, distributed, max_items_per_batch = 10, end)]
        fn all(images: Vec<String>);
    }
}

mod express {
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
        #[map(self.resize: Resize, distributed, end)]
        fn all(images: Vec<String>);
    }
}
