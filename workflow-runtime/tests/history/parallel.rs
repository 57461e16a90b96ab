//! Parallel states.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use workflow_runtime::prelude::*;

use crate::compare::{Recorded, native, same};
use crate::flow::Nothing;

struct Branch1;

#[workflow(start = branch1, timeout = "1m")]
impl Branch1 {
    #[pass(end)]
    fn branch1(values: Vec<u32>);
}

struct Branch2;

#[workflow(start = branch21, timeout = "1m")]
impl Branch2 {
    #[pass(next = branch22)]
    fn branch21(values: Vec<u32>);

    #[pass(end)]
    fn branch22(values: Vec<u32>);
}

struct Branch3;

#[workflow(start = branch31, timeout = "1m")]
impl Branch3 {
    #[pass(next = branch32)]
    fn branch31(values: Vec<u32>);

    #[pass(next = branch33)]
    fn branch32(values: Vec<u32>);

    #[pass(end)]
    fn branch33(values: Vec<u32>);
}

struct Fork {
    one: Branch1,
    two: Branch2,
    three: Branch3,
}

#[workflow(start = load_input, timeout = "1h")]
impl Fork {
    #[pass(next = parallel_state)]
    fn load_input(_input: Nothing) -> Vec<u32> {
        vec![1, 2, 3, 4]
    }

    #[parallel(branches(self.one: Branch1, self.two: Branch2, self.three: Branch3), end)]
    fn parallel_state(values: Vec<u32>);
}

#[tokio::test(start_paused = true)]
async fn branches_of_several_states() {
    let recorded = Recorded::read("parallel_state");
    let native = native(Fork { one: Branch1, two: Branch2, three: Branch3 }, &recorded.input()).await;
    recorded.assert_same_branches(native, &["ParallelStateSucceeded"]);
}

#[derive(Clone, Serialize, Deserialize, Data)]
struct Numbered {
    branch: u32,
}

/// A workflow of one state with this name, which gives this number.
macro_rules! numbered {
    ($($workflow:ident $state:ident $number:literal)*) => {$(
        struct $workflow;

        #[workflow(start = $state, timeout = "1m")]
        impl $workflow {
            #[pass(end)]
            fn $state(_input: Nothing) -> Numbered {
                Numbered { branch: $number }
            }
        }
    )*};
}

numbered! { Zero branch0 0 One branch1 1 Two branch2 2 Three branch3 3 }

struct Ordered {
    branches: (Zero, One, Two, Three),
}

#[workflow(start = start_state, timeout = "1h")]
impl Ordered {
    #[parallel(
        branches(self.branches.0: Zero, self.branches.1: One, self.branches.2: Two, self.branches.3: Three),
        end
    )]
    fn start_state(input: Nothing);
}

#[tokio::test(start_paused = true)]
async fn results_in_the_order_of_the_branches() {
    let recorded = Recorded::read("parallel_order");
    let native = native(Ordered { branches: (Zero, One, Two, Three) }, &recorded.input()).await;
    recorded.assert_same_branches(native, &["ParallelStateSucceeded"]);
}

struct Innermost;

#[workflow(start = branch, timeout = "1m")]
impl Innermost {
    #[pass(end, name = "BranchL2")]
    fn branch(values: Vec<Vec<u32>>);
}

struct Inner {
    innermost: Innermost,
}

#[workflow(start = inner, timeout = "1m")]
impl Inner {
    #[parallel(branches(self.innermost: Innermost), end, name = "ParallelStateL2")]
    fn inner(values: Vec<Vec<u32>>);
}

struct Outer {
    inner: Inner,
}

#[workflow(start = outer, timeout = "1h")]
impl Outer {
    #[parallel(branches(self.inner: Inner), end, name = "ParallelStateL1")]
    fn outer(values: Vec<Vec<u32>>);
}

#[tokio::test(start_paused = true)]
async fn branches_within_a_branch() {
    let recorded = Recorded::read("parallel_nested");
    let native = native(Outer { inner: Inner { innermost: Innermost } }, &recorded.input()).await;
    let unrecorded = ["ParallelStateSucceeded", "ParallelStateExited", "ParallelStateSucceeded"];
    recorded.assert_same_branches(native, &unrecorded);
}

#[derive(Debug, thiserror::Error, TaskError)]
#[expect(dead_code, reason = "its name is what matters")]
enum BranchError {
    #[error("a failure")]
    #[task_error(name = "FailureType")]
    Failure,
}

struct Failing;

#[workflow(start = branch1, timeout = "1m")]
impl Failing {
    #[fail(error = "FailureType")]
    fn branch1(_input: Nothing) -> String {
        "Cause description".to_owned()
    }
}

struct Caught {
    failing: Failing,
}

#[workflow(start = parallel_state, timeout = "1h")]
impl Caught {
    #[parallel(branches(self.failing: Failing), next = done)]
    #[catch(BranchError::Failure => final_caught)]
    fn parallel_state(input: Nothing);

    #[pass(end)]
    fn final_caught(failure: Failure);

    #[fail(error = "Unreached", name = "Final")]
    fn done(_result: ((),));
}

#[tokio::test(start_paused = true)]
async fn failure_that_is_caught() {
    same(Caught { failing: Failing }, Recorded::read("parallel_catch")).await;
}

struct Retried {
    failing: Failing,
}

#[workflow(start = parallel_state, timeout = "1h")]
impl Retried {
    #[parallel(branches(self.failing: Failing), next = done)]
    #[retry(BranchError::Failure, max_attempts = 2)]
    fn parallel_state(input: Nothing);

    #[pass(end, name = "Final")]
    fn done(result: ((),));
}

#[tokio::test(start_paused = true)]
async fn failure_that_is_retried() {
    same(Retried { failing: Failing }, Recorded::read("parallel_retry")).await;
}

#[derive(Clone, Serialize, Deserialize, Data)]
#[serde(rename_all = "camelCase")]
struct Input {
    input_data: String,
}

#[derive(Debug, thiserror::Error, TaskError)]
#[error("Some exception was raised.")]
#[task_error(name = "Exception")]
struct Exception;

struct Lambda;

#[workflow(start = execute_lambda_task, timeout = "1m")]
impl Lambda {
    #[task(timeout = "10s", end)]
    async fn execute_lambda_task(&self, _input: Input) -> Result<Nothing, Exception> {
        Err(Exception)
    }
}

#[derive(Clone, Serialize, Deserialize, Data)]
#[serde(rename_all = "camelCase")]
struct Fallback {
    state_input: Input,
    state_error: Failure,
}

#[derive(Clone, Serialize, Deserialize, Data)]
struct Answer {
    result: Fallback,
}

struct LambdaCaught {
    lambda: Lambda,
}

#[workflow(start = parallel_state, timeout = "1h")]
impl LambdaCaught {
    #[parallel(branches(self.lambda: Lambda), next = finish)]
    #[catch(States::All => |failure, input| fallback(Fallback { state_input: input, state_error: failure }))]
    fn parallel_state(input: Input);

    #[pass(end)]
    fn fallback(input: Fallback) -> Answer {
        Answer { result: input }
    }

    #[fail(error = "Unreached")]
    fn finish(_result: (Nothing,));
}

struct LambdaRetried {
    lambda: Lambda,
}

#[workflow(start = parallel_state, timeout = "1h")]
impl LambdaRetried {
    #[parallel(branches(self.lambda: Lambda), next = finish)]
    #[retry(States::All, interval = "1s", max_attempts = 1)]
    #[catch(States::All => |failure, input| fallback(Fallback { state_input: input, state_error: failure }))]
    fn parallel_state(input: Input);

    #[pass(end)]
    fn fallback(input: Fallback) -> Answer {
        Answer { result: input }
    }

    #[fail(error = "Unreached")]
    fn finish(_result: (Nothing,));
}

/// Without what only a Lambda function knows of its error, within a cause as well.
fn without_stack(event: &mut Value) {
    let text = event.to_string();
    let cut = |text: String, from: &str, to: &str| match text.split_once(from) {
        Some((before, rest)) => {
            rest.split_once(to).map(|(_, behind)| format!("{before}{behind}")).unwrap_or(text.clone())
        }
        None => text,
    };
    let text = cut(text, r#",\"requestId\""#, r#"]"#);
    *event = serde_json::from_str(&text).expect("it is JSON still");
}

#[tokio::test(start_paused = true)]
async fn task_that_fails_is_aborted() {
    let recorded = Recorded::read("parallel_lambda_catch").with_each(without_stack);
    let native = native(LambdaCaught { lambda: Lambda }, &recorded.input()).await;
    recorded.assert_same_branches(native, &["ParallelStateFailed"]);
}

#[tokio::test(start_paused = true)]
async fn task_that_fails_is_aborted_before_the_retry() {
    let recorded = Recorded::read("parallel_lambda_retry_catch").with_each(without_stack);
    let native = native(LambdaRetried { lambda: Lambda }, &recorded.input()).await;
    recorded.assert_same_branches(native, &["ParallelStateFailed"]);
}
