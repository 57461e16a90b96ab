//! What generated code asks of a workflow that another one has.

use super::*;

/// A workflow that another one nests, or has as a branch.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a workflow",
    label = "this type has no `#[workflow]`",
    note = "put `#[workflow(start = …, timeout = \"…\")]` on its `impl` block"
)]
pub trait Child: Sized {
    /// See [`Workflow::NO_BRANCH_CONTAINS_ITSELF`].
    const NO_BRANCH_CONTAINS_ITSELF: &'static Raises;
    /// The same type.
    type Itself;
    /// What it is started with.
    type Input;
    /// What it ends with.
    type Output;
    /// The workflow, as rustc has its parent know it.
    const INFO: ChildInfo;

    /// Runs it until it succeeds or nothing retries it.
    fn run_nested<R: Record>(
        &self,
        run: &mut Run<R>,
        info: &'static NestedInfo,
        input: Self::Input,
        keep: impl Fn(&Self::Input) -> Option<Self::Input> + Send,
    ) -> impl Future<Output = Result<Self::Output, Fault>> + Send;

    /// Starts it as a branch.
    fn start_branch<'a, R: Record>(&'a self, fork: &mut Fork<'a, R>, input: Self::Input) -> Outcome<Self::Output>;

    /// Starts it as a branch, with an input of its own.
    fn start_branch_with<'a, R: Record, I: Payload>(
        &'a self,
        fork: &mut Fork<'a, R>,
        input: I,
        make: impl FnOnce(&mut Run<R>, I) -> Result<Self::Input, Fault> + Send + 'a,
    ) -> Outcome<Self::Output>;

    /// The same, with the description of its execution for a result.
    fn run_nested_described<R: Record>(
        &self,
        run: &mut Run<R>,
        info: &'static NestedInfo,
        input: Self::Input,
        keep: impl Fn(&Self::Input) -> Option<Self::Input> + Send,
    ) -> impl Future<Output = Result<NestedExecution, Fault>> + Send;

    /// Starts it with a token, and waits for the answer to that.
    fn run_nested_callback<R: Record, I: Send, T: Send>(
        &self,
        run: &mut Run<R>,
        info: &'static NestedInfo,
        input: I,
        keep: impl Fn(&I) -> Option<I> + Send,
        alone: (fn(&Self) -> Self, Answered<T>),
        make: impl FnMut(&mut Run<R>, I, TaskToken<T>) -> Result<Self::Input, Fault> + Send,
    ) -> impl Future<Output = Result<T, Fault>> + Send;

    /// Starts it, and leaves it to itself.
    fn start_nested<R: Record>(
        &self,
        run: &mut Run<R>,
        info: &'static NestedInfo,
        input: Self::Input,
        keep: impl Fn(&Self::Input) -> Option<Self::Input> + Send,
        copy: fn(&Self) -> Self,
    ) -> impl Future<Output = Result<StartedExecution, Fault>> + Send;

    /// Runs it for each item.
    fn run_map<W: Workflow, R: Record, T: Send>(
        &self,
        run: &mut Run<R>,
        info: &'static MapInfo,
        items: Result<Vec<T>, Fault>,
        keep: impl Fn(&Vec<T>) -> Option<Vec<T>> + Send,
        select: impl FnMut(&mut Run<R>, T, usize) -> Result<Self::Input, Fault> + Send,
    ) -> impl Future<Output = Result<Vec<Self::Output>, Fault>> + Send;

    /// Runs it for each item as an execution of its own, as one run of a map.
    #[allow(clippy::too_many_arguments, reason = "each is one part of the attribute")]
    fn run_distributed<W: Workflow, R: Record, T: Payload, S: Send, G: Gather<Self::Output>>(
        &self,
        run: &mut Run<R>,
        info: &'static DistributedInfo,
        items: Result<ItemSource<T>, Fault>,
        keep: impl Fn(&ItemSource<T>) -> Option<ItemSource<T>> + Send,
        select: impl FnMut(&mut Run<R>, T, usize) -> Result<S, Fault> + Send,
        pack: impl Fn(Vec<S>) -> Result<Vec<Self::Input>, Failure> + Send,
        gather: Option<G>,
    ) -> impl Future<Output = Result<G::Output, Fault>> + Send;

    /// Runs one of its tasks, as the Lambda function behind it does.
    #[cfg(feature = "lambda")]
    fn invoke(&self, invocation: Invocation) -> Pin<Box<dyn Future<Output = Invoked> + '_>>;

    /// The workflow, as its parent's definition knows it.
    fn describe() -> model::definition::Child;

    /// The same with its states, for a branch.
    fn describe_branch() -> model::definition::Child;
}

#[diagnostic::do_not_recommend]
impl<W: Workflow> Child for W {
    const NO_BRANCH_CONTAINS_ITSELF: &'static Raises = W::NO_BRANCH_CONTAINS_ITSELF;

    type Itself = W;
    type Input = W::Input;
    type Output = W::Output;
    const INFO: ChildInfo = ChildInfo { name: W::NAME, timeout: W::TIMEOUT, bounds: W::BOUNDS };

    async fn run_nested<R: Record>(
        &self,
        run: &mut Run<R>,
        info: &'static NestedInfo,
        input: W::Input,
        keep: impl Fn(&W::Input) -> Option<W::Input> + Send,
    ) -> Result<W::Output, Fault> {
        run.nested(info, self, input, keep).await
    }

    fn start_branch<'a, R: Record>(&'a self, fork: &mut Fork<'a, R>, input: W::Input) -> Outcome<W::Output> {
        fork.start(self, input)
    }

    fn start_branch_with<'a, R: Record, I: Payload>(
        &'a self,
        fork: &mut Fork<'a, R>,
        input: I,
        make: impl FnOnce(&mut Run<R>, I) -> Result<W::Input, Fault> + Send + 'a,
    ) -> Outcome<W::Output> {
        fork.start_with(self, input, make)
    }

    async fn run_nested_described<R: Record>(
        &self,
        run: &mut Run<R>,
        info: &'static NestedInfo,
        input: W::Input,
        keep: impl Fn(&W::Input) -> Option<W::Input> + Send,
    ) -> Result<NestedExecution, Fault> {
        run.nested_described(info, self, input, keep).await
    }

    async fn run_nested_callback<R: Record, I: Send, T: Send>(
        &self,
        run: &mut Run<R>,
        info: &'static NestedInfo,
        input: I,
        keep: impl Fn(&I) -> Option<I> + Send,
        alone: (fn(&W) -> W, Answered<T>),
        make: impl FnMut(&mut Run<R>, I, TaskToken<T>) -> Result<W::Input, Fault> + Send,
    ) -> Result<T, Fault> {
        run.nested_callback(info, self, input, keep, alone, make).await
    }

    async fn start_nested<R: Record>(
        &self,
        run: &mut Run<R>,
        info: &'static NestedInfo,
        input: W::Input,
        keep: impl Fn(&W::Input) -> Option<W::Input> + Send,
        copy: fn(&W) -> W,
    ) -> Result<StartedExecution, Fault> {
        run.start_nested(info, self, input, keep, copy).await
    }

    async fn run_map<P: Workflow, R: Record, T: Send>(
        &self,
        run: &mut Run<R>,
        info: &'static MapInfo,
        items: Result<Vec<T>, Fault>,
        keep: impl Fn(&Vec<T>) -> Option<Vec<T>> + Send,
        select: impl FnMut(&mut Run<R>, T, usize) -> Result<W::Input, Fault> + Send,
    ) -> Result<Vec<W::Output>, Fault> {
        run.map::<P, W, T, _>(info, self, items, keep, select).await
    }

    async fn run_distributed<P: Workflow, R: Record, T: Payload, S: Send, G: Gather<W::Output>>(
        &self,
        run: &mut Run<R>,
        info: &'static DistributedInfo,
        items: Result<ItemSource<T>, Fault>,
        keep: impl Fn(&ItemSource<T>) -> Option<ItemSource<T>> + Send,
        select: impl FnMut(&mut Run<R>, T, usize) -> Result<S, Fault> + Send,
        pack: impl Fn(Vec<S>) -> Result<Vec<W::Input>, Failure> + Send,
        gather: Option<G>,
    ) -> Result<G::Output, Fault> {
        run.distributed::<P, W, T, S, G>(info, self, items, keep, select, pack, gather).await
    }

    #[cfg(feature = "lambda")]
    fn invoke(&self, invocation: Invocation) -> Pin<Box<dyn Future<Output = Invoked> + '_>> {
        Box::pin(Workflow::invoke(self, invocation))
    }

    fn describe() -> model::definition::Child {
        model::definition::Child { name: W::NAME.to_owned(), timeout: W::TIMEOUT, bounds: W::BOUNDS, definition: None }
    }

    fn describe_branch() -> model::definition::Child {
        model::definition::Child { definition: Some(Box::new(W::definition())), ..Self::describe() }
    }
}
