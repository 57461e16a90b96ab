//! Executions that are looked up by their names, as a request has them.

use super::{AnyExecution, Engine, Execution};
use crate::{ExecutionId, Workflow};

impl Engine {
    /// The execution of the workflow `W` with this name, if it runs or is among the ended ones that are kept. With a
    /// [store](crate::EngineBuilder::store) it is found after a restart as well.
    ///
    /// The name is the one it was [started](Engine::start_named) with, or the [one that was made up](ExecutionId::name) for it. `None` also
    /// means that the engine was built without `W`.
    ///
    /// ```
    /// # use workflow_runtime::prelude::*;
    /// #
    /// # pub struct Greeter;
    /// #
    /// # #[workflow(start = greet, timeout = "1m")]
    /// # impl Greeter {
    /// #     #[task(timeout = "10s", end)]
    /// #     async fn greet(&self, name: String) -> String {
    /// #         format!("Hello, {name}!")
    /// #     }
    /// # }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let engine = Engine::builder().workflow(Greeter).start().await?;
    /// engine.start_named::<Greeter>("visitor-7", "Ada".to_owned()).await?;
    ///
    /// let found = engine.execution_named::<Greeter>("visitor-7").expect("it was started");
    /// assert_eq!(found.output().await?, "Hello, Ada!");
    /// assert!(engine.execution_named::<Greeter>("visitor-8").is_none());
    /// # Ok(())
    /// # }
    /// ```
    pub fn execution_named<W: Workflow>(&self, name: &str) -> Option<Execution<W>> {
        self.workflow::<W>().ok()?;
        self.execution(&ExecutionId::named(W::NAME, name)).map(Execution::new)
    }

    /// The same by the name of the workflow: what `Greeter:visitor-7` consists of.
    ///
    /// ```
    /// # use workflow_runtime::prelude::*;
    /// #
    /// # pub struct Greeter;
    /// #
    /// # #[workflow(start = greet, timeout = "1m")]
    /// # impl Greeter {
    /// #     #[task(timeout = "10s", end)]
    /// #     async fn greet(&self, name: String) -> String {
    /// #         format!("Hello, {name}!")
    /// #     }
    /// # }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let engine = Engine::builder().workflow(Greeter).start().await?;
    /// let id = engine.start::<Greeter>("Ada".to_owned()).await?.id().to_string();
    ///
    /// let (workflow, name) = id.split_once(':').expect("an identity has two parts");
    /// let found = engine.any_execution(workflow, name).expect("it was started");
    /// assert_eq!(found.output_json().await?, r#""Hello, Ada!""#);
    /// assert!(engine.any_execution("Stranger", name).is_none());
    /// # Ok(())
    /// # }
    /// ```
    pub fn any_execution(&self, workflow: &str, name: &str) -> Option<AnyExecution> {
        let (workflow, _) = self.shared.by_name.get_key_value(workflow)?;
        self.execution(&ExecutionId::named(workflow, name))
    }
}
