//! The files beside this folder, each without its mistake.

mod with_a_body {
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
        fn resize(image: Image) -> Result<Image, ResizeError>;
    }
}

mod without_a_result {
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
        fn resize(image: Image) -> Result<Image, ResizeError>;
    }
}

mod asynchronous {
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
        fn resize(image: Image) -> Result<Image, ResizeError>;
    }
}

mod with_self {
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
        fn resize(image: Image) -> Result<Image, ResizeError>;
    }
}

mod with_a_context {
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
        fn resize(image: Image) -> Result<Image, ResizeError>;
    }
}

mod also_a_callback {
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
        fn resize(image: Image) -> Result<Image, ResizeError>;
    }
}

mod name_that_is_none {
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
        #[task(activity = "ResizeImages", timeout = "1m", end)]
        fn resize(image: Image) -> Result<Image, ResizeError>;
    }
}

mod name_that_is_refused {
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
        #[task(activity = "resize-images", timeout = "1m", end)]
        fn resize(image: Image) -> Result<Image, ResizeError>;
    }
}

mod without_a_timeout {
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
        fn resize(image: Image) -> Result<Image, ResizeError>;
    }
}

mod heartbeat {
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
        #[task(activity, timeout = "1m", heartbeat = "30s", end)]
        fn resize(image: Image) -> Result<Image, ResizeError>;
    }
}

mod in_a_workflow_without_a_timeout {
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
        fn resize(image: Image) -> Result<Image, ResizeError>;
    }
}

mod other_error {
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
        #[catch(ResizeError => lost)]
        fn resize(image: Image) -> Result<Image, ResizeError>;

        #[fail(error = "Lost")]
        fn lost(_failure: Failure);
    }
}

mod in_express {
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

    #[workflow(start = resize, timeout = "5m")]
    impl Gallery {
        #[task(activity, timeout = "10s", end)]
        fn resize(image: Image) -> Result<Image, ResizeError>;
    }
}
