//! The files beside this folder, each without its mistake.

mod no_function {
    use workflow_runtime::prelude::*;

    struct Gallery;

    #[workflow(start = resize, timeout = "1h")]
    impl Gallery {
        #[task(function = "resize", timeout = "30s", end)]
        async fn resize(&self, image: String) -> u32 {
            image.len() as u32
        }
    }
}

mod arn {
    use workflow_runtime::prelude::*;

    struct Gallery;

    #[workflow(start = resize, timeout = "1h")]
    impl Gallery {
        #[task(function = "arn:aws:lambda:eu-west-1:123456789012:function:resize:live", timeout = "30s", end)]
        async fn resize(&self, image: String) -> u32 {
            image.len() as u32
        }
    }
}

mod placeholder_as_text {
    use workflow_runtime::prelude::*;

    const RESIZE: Placeholder = Placeholder::new("ResizeFunctionArn", "resize");

    struct Gallery;

    #[workflow(start = resize, timeout = "1h")]
    impl Gallery {
        #[task(function = RESIZE, timeout = "30s", end)]
        async fn resize(&self, image: String) -> u32 {
            image.len() as u32
        }
    }
}

mod own_without_a_name {
    use workflow_runtime::prelude::*;

    struct Gallery;

    #[workflow(start = resize, timeout = "1h")]
    impl Gallery {
        #[task(function = own("resize-large"), timeout = "30s", end)]
        async fn resize(&self, image: String) -> u32 {
            image.len() as u32
        }
    }
}

mod number {
    use workflow_runtime::prelude::*;

    const RESIZE: Placeholder = Placeholder::new("ResizeFunctionArn", "resize");

    struct Gallery;

    #[workflow(start = resize, timeout = "1h")]
    impl Gallery {
        #[task(function = own(RESIZE), timeout = "30s", end)]
        async fn resize(&self, image: String) -> u32 {
            image.len() as u32
        }
    }
}

mod without_a_value {
    use workflow_runtime::prelude::*;

    struct Gallery;

    #[workflow(start = resize, timeout = "1h")]
    impl Gallery {
        #[task(function = "resize", timeout = "30s", end)]
        async fn resize(&self, image: String) -> u32 {
            image.len() as u32
        }
    }
}

mod unknown_constant {
    use workflow_runtime::prelude::*;

    const RESIZE: Placeholder = Placeholder::new("ResizeFunctionArn", "resize");

    struct Gallery;

    #[workflow(start = resize, timeout = "1h")]
    impl Gallery {
        #[task(function = RESIZE, timeout = "30s", end)]
        async fn resize(&self, image: String) -> u32 {
            image.len() as u32
        }
    }
}

mod with_a_resource {
    use workflow_runtime::prelude::*;

    struct Gallery;

    #[workflow(start = resize, timeout = "1h")]
    impl Gallery {
        #[task(resource = "arn:aws:states:::lambda:invoke", arguments = |image| serde_json::json!({ "FunctionName": "resize", "Payload": image }), timeout = "30s", end)]
        async fn resize(&self, image: String) -> u32 {
            image.len() as u32
        }
    }
}

mod callback {
    use workflow_runtime::prelude::*;

    struct Gallery;

    #[workflow(start = resize, timeout = "1h")]
    impl Gallery {
        #[task(callback, function = own("resize-large"), timeout = "30m", end)]
        async fn resize(&self, image: String, token: TaskToken<u32>) {
            println!("{image} {token}");
        }
    }
}

mod native {
    use workflow_runtime::prelude::*;

    struct Gallery;

    #[workflow(start = resize, timeout = "1h")]
    impl Gallery {
        #[task(function = "resize", timeout = "30s", end)]
        async fn resize(&self, image: String) -> u32 {
            image.len() as u32
        }
    }
}

mod with_an_activity {
    use workflow_runtime::prelude::*;

    struct Gallery;

    #[workflow(start = resize, timeout = "1h")]
    impl Gallery {
        #[task(activity, timeout = "1m", end)]
        fn resize(image: String) -> u32;
    }
}
