//! A distributed `#[map]`: a run of many executions, one for each item or for each batch of items.

use std::future::Future;
use std::marker::PhantomData;

use super::join::Join;
use super::retry::Work;
use super::{Fault, Record, RetryInfo, Run, execute_named, names};
use crate::history::{DescribedExecution, EventDetail};
use crate::map_run::{MapRun, ReaderInfo, Results, S3Object, S3Prefix, write};
use crate::nested::NestedExecution;
use crate::{ExecutionError, Failure, ItemResult, Payload, Workflow, WrittenResults};

/// What is known of a distributed map before it runs.
#[doc(hidden)]
#[derive(Debug)]
pub struct DistributedInfo {
    /// Its position in [`Workflow::STATES`].
    pub state: usize,
    /// How many executions may be under way at once; 0 for as many as there are.
    pub max_concurrency: usize,
    /// What its runs are called; else they are called after the state.
    pub label: Option<&'static str>,
    /// How items are read.
    pub reader: Option<ReaderInfo>,
    /// How many items may fail.
    pub tolerated_failure_count: Option<u32>,
    /// How many of 100 items may fail.
    pub tolerated_failure_percentage: Option<f64>,
    /// The retriers, in order.
    pub retry: &'static [RetryInfo],
}

impl DistributedInfo {
    /// Whether so many failures are more than the map goes on with.
    fn exceeded(&self, failed: usize, of: usize) -> bool {
        let by_count = self.tolerated_failure_count.is_some_and(|count| failed > count as usize);
        // As floats, both are exact: nobody has 2^53 items.
        let share = failed as f64 * 100.0 / of.max(1) as f64;
        let by_percentage = self.tolerated_failure_percentage.is_some_and(|percentage| share > percentage);
        let tolerates_none = self.tolerated_failure_count.is_none() && self.tolerated_failure_percentage.is_none();
        by_count || by_percentage || (tolerates_none && failed > 0)
    }
}

/// Where the items of a distributed map come from.
#[doc(hidden)]
#[derive(Debug)]
pub enum ItemSource<T> {
    /// The state's body or input.
    List(Vec<T>),
    /// An object that is read.
    Object(S3Object),
}

impl<T> ItemSource<T> {
    /// The same for another attempt.
    pub fn kept(&self, copy: impl Fn(&Vec<T>) -> Vec<T>) -> Option<Self> {
        Some(match self {
            ItemSource::List(list) => ItemSource::List(copy(list)),
            ItemSource::Object(object) => ItemSource::Object(object.clone()),
        })
    }
}

/// How an execution of the map ended: with its output, or with its description.
#[doc(hidden)]
type Outcome<O> = Result<O, Box<NestedExecution>>;

/// What makes the result of a map.
#[doc(hidden)]
pub trait Gather<O>: Clone + Send {
    /// The result.
    type Output: Send;

    /// Whether successes are described as well.
    const DESCRIBES: bool;

    /// Makes it.
    fn gather<R: Record>(
        self,
        run: &mut Run<R>,
        map_run: &MapRun,
        ended: Vec<(Outcome<O>, Option<String>)>,
    ) -> impl Future<Output = Result<Self::Output, Failure>> + Send;
}

/// All executions have succeeded: a list of their outputs.
#[doc(hidden)]
#[derive(Clone, Debug)]
pub struct AllSucceeded;

impl<O: Send> Gather<O> for AllSucceeded {
    type Output = Vec<O>;

    const DESCRIBES: bool = false;

    async fn gather<R: Record>(
        self,
        _run: &mut Run<R>,
        _map_run: &MapRun,
        ended: Vec<(Outcome<O>, Option<String>)>,
    ) -> Result<Vec<O>, Failure> {
        // No failure is tolerated, so that a map with one does not come here.
        Ok(ended.into_iter().filter_map(|(outcome, _)| outcome.ok()).collect())
    }
}

/// Some executions may have failed: a list of outputs and descriptions.
#[doc(hidden)]
#[derive(Clone, Debug)]
pub struct WithFailures;

impl<O: Send> Gather<O> for WithFailures {
    type Output = Vec<ItemResult<O>>;

    const DESCRIBES: bool = false;

    async fn gather<R: Record>(
        self,
        _run: &mut Run<R>,
        _map_run: &MapRun,
        ended: Vec<(Outcome<O>, Option<String>)>,
    ) -> Result<Vec<ItemResult<O>>, Failure> {
        let result = |(outcome, _): (Outcome<O>, _)| match outcome {
            Ok(output) => ItemResult::Succeeded(output),
            Err(described) => ItemResult::Failed(*described),
        };
        Ok(ended.into_iter().map(result).collect())
    }
}

/// The results are written.
#[doc(hidden)]
#[derive(Clone, Debug)]
pub struct Written(pub S3Prefix);

impl<O: Send> Gather<O> for Written {
    type Output = WrittenResults;

    const DESCRIBES: bool = true;

    async fn gather<R: Record>(
        self,
        run: &mut Run<R>,
        map_run: &MapRun,
        ended: Vec<(Outcome<O>, Option<String>)>,
    ) -> Result<WrittenResults, Failure> {
        let Some(objects) = run.record.objects().cloned() else {
            return Err(Failure::new("States.ResultWriterFailed", NO_OBJECTS));
        };
        let mut results = Results::default();
        for (outcome, description) in ended {
            let list = if outcome.is_ok() { &mut results.succeeded } else { &mut results.failed };
            list.extend(description);
        }
        let (place, map_run) = (self.0, map_run.clone());
        blocking(move || write(&objects, &place, &map_run, &results)).await
    }
}

const NO_OBJECTS: &str =
    "no directory stands for S3 here: name one by `EngineBuilder::objects`, and run the workflow in an engine";

/// Work on files, beside the tasks of the runtime.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T, Failure> + Send + 'static) -> Result<T, Failure> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|error| Err(Failure::new("States.Runtime", format!("files could not be worked on: {error}"))))
}

impl<R: Record> Run<R> {
    /// Runs an execution for each item, or batch of items, until all have ended or too many have failed.
    #[allow(clippy::too_many_arguments, reason = "each is one part of the attribute")]
    pub(crate) async fn distributed<W, C, T, S, G>(
        &mut self,
        info: &'static DistributedInfo,
        child: &C,
        items: Result<ItemSource<T>, Fault>,
        keep: impl Fn(&ItemSource<T>) -> Option<ItemSource<T>> + Send,
        select: impl FnMut(&mut Run<R>, T, usize) -> Result<S, Fault> + Send,
        pack: impl Fn(Vec<S>) -> Result<Vec<C::Input>, Failure> + Send,
        gather: Option<G>,
    ) -> Result<G::Output, Fault>
    where
        W: Workflow,
        C: Workflow,
        T: Payload,
        S: Send,
        G: Gather<C::Output>,
    {
        let result = match (items, gather) {
            (Ok(items), Some(gather)) => {
                let work = MapRunning { info, child, select, pack, gather, of: PhantomData::<fn(W, T, S)> };
                self.persist(work, items, keep, info.retry).await
            }
            (Err(fault), _) => Err(fault),
            (Ok(_), None) => unreachable!("where nothing makes the result, the place to write to has failed"),
        };
        self.record.event(|| match &result {
            Ok(_) => EventDetail::MapStateSucceeded,
            Err(_) => EventDetail::MapStateFailed,
        });
        result
    }
}

/// An attempt: a run of the map.
struct MapRunning<'a, C, F, K, G, P> {
    info: &'static DistributedInfo,
    child: &'a C,
    select: F,
    pack: K,
    gather: G,
    of: PhantomData<P>,
}

impl<R, W, C, T, S, F, K, G> Work<R> for MapRunning<'_, C, F, K, G, fn(W, T, S)>
where
    R: Record,
    W: Workflow,
    C: Workflow,
    T: Payload,
    S: Send,
    F: FnMut(&mut Run<R>, T, usize) -> Result<S, Fault> + Send,
    K: Fn(Vec<S>) -> Result<Vec<C::Input>, Failure> + Send,
    G: Gather<C::Output>,
{
    type Input = ItemSource<T>;
    type Output = G::Output;

    async fn attempt(&mut self, run: &mut Run<R>, items: ItemSource<T>, _retries: u32) -> Result<G::Output, Fault> {
        let length = match &items {
            ItemSource::List(items) => items.len(),
            ItemSource::Object(_) => 0,
        };
        let resumes = run.resumes_from().is_some();
        let token = run.attempt_token(resumes);
        let map_run = MapRun::new(run.record.id().workflow(), self.info.label.unwrap_or(run.state), token);
        if !resumes {
            run.record.event(|| EventDetail::MapStateStarted { length });
            run.record.event(|| EventDetail::MapRunStarted { arn: map_run.arn.clone().into() });
            // It is made durable with the first step of an execution.
            run.note_attempt();
        }
        let result = self.run(run, items, &map_run).await;
        run.record.event(|| match &result {
            Ok(_) => EventDetail::MapRunSucceeded,
            Err(fault) => EventDetail::MapRunFailed { failure: Box::new(fault.failure.clone()) },
        });
        result
    }
}

impl<C, W, T, S, F, K, G> MapRunning<'_, C, F, K, G, fn(W, T, S)>
where
    W: Workflow,
    C: Workflow,
    T: Payload,
    S: Send,
    G: Gather<C::Output>,
{
    async fn run<R: Record>(
        &mut self,
        run: &mut Run<R>,
        items: ItemSource<T>,
        map_run: &MapRun,
    ) -> Result<G::Output, Fault>
    where
        F: FnMut(&mut Run<R>, T, usize) -> Result<S, Fault> + Send,
        K: Fn(Vec<S>) -> Result<Vec<C::Input>, Failure> + Send,
    {
        let items = read(self.info, run, items).await.map_err(Fault::branch)?;
        let selected = items.into_iter().enumerate().map(|(index, item)| (self.select)(run, item, index));
        let inputs = (self.pack)(selected.collect::<Result<_, _>>()?)?;
        let ended = children::<W, C, R>(self.info, self.child, run, inputs, G::DESCRIBES).await?;
        self.gather.clone().gather(run, map_run, ended).await.map_err(Fault::branch)
    }
}

/// The items.
async fn read<R: Record, T: Payload>(
    info: &'static DistributedInfo,
    run: &mut Run<R>,
    items: ItemSource<T>,
) -> Result<Vec<T>, Failure> {
    match (items, &info.reader) {
        (ItemSource::List(items), _) => Ok(items),
        (ItemSource::Object(object), Some(reader)) => match run.record.objects().cloned() {
            Some(objects) => blocking(move || reader.read(&objects, &object)).await,
            None => Err(Failure::new("States.ItemReaderFailed", NO_OBJECTS)),
        },
        (ItemSource::Object(_), None) => unreachable!("an object is named where there is a reader"),
    }
}

/// Runs the executions. Those that are under way when too many have failed are cancelled.
async fn children<W: Workflow, C: Workflow, R: Record>(
    info: &DistributedInfo,
    child: &C,
    run: &mut Run<R>,
    inputs: Vec<C::Input>,
    describes: bool,
) -> Result<Vec<(Outcome<C::Output>, Option<String>)>, Fault> {
    let scope = *run.scope.get_or_insert_with(names::scope::<W>);
    let names = scope.branches.get(info.state).and_then(|branches| branches.first()).map(|branch| &branch.scope);
    let (of, most) = (inputs.len(), if info.max_concurrency == 0 { usize::MAX } else { info.max_concurrency });
    let (mut waiting, mut join, mut described) = (inputs.into_iter(), Join::new(), Vec::with_capacity(of));
    let mut ended: Vec<_> = (0..of).map(|_| None).collect();
    let mut failed = 0;
    loop {
        while join.running() < most
            && let Some(input) = waiting.next()
        {
            let json = serde_json::to_string(&input).map_err(|error| {
                Failure::new("States.Runtime", format!("the input of `{}` is not JSON: {error}", C::NAME))
            })?;
            let mut record = run.record.nested::<C>(run.link().item(described.len()), &json);
            described.push(DescribedExecution::new(record.id().clone(), json, record.started()));
            join.push(execute_named(child, input, record, names));
        }
        let Some((index, result)) = join.next().await else { break };
        let (outcome, description) = outcome(result, &described[index], run, describes);
        failed += usize::from(outcome.is_err());
        ended[index] = Some((outcome, description));
        if info.exceeded(failed, of) {
            let cause = "The specified tolerated failure threshold was exceeded";
            return Err(Fault::branch(Failure::new("States.ExceedToleratedFailureThreshold", cause)));
        }
    }
    Ok(ended.into_iter().flatten().collect())
}

/// How an execution ended, and its description as JSON where it is wanted.
fn outcome<O: Payload, R: Record>(
    result: Result<O, ExecutionError>,
    described: &DescribedExecution,
    run: &mut Run<R>,
    describes: bool,
) -> (Outcome<O>, Option<String>) {
    let stopped = run.record.now();
    match result {
        Ok(output) => {
            let describe = || {
                let json = serde_json::to_string(&output).ok()?;
                serde_json::to_string(&described.success(json, stopped)).ok()
            };
            let description = if describes { describe() } else { None };
            (Ok(output), description)
        }
        Err(error) => {
            let failure = described.failure(&error, stopped);
            let nested = failure.nested().expect("the cause of a nested execution's failure is its description");
            (Err(Box::new(nested)), Some(failure.cause))
        }
    }
}
