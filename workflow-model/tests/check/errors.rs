//! W05: retriers and catchers.

use std::time::Duration;

use workflow_model::StateMachine;
use workflow_model::states::{ErrorRef, Retrier, StateKind, StatesError};

use crate::sample::{assert_passes, assert_says, catcher, custom, machine, retrier, states, with_task};

fn with_retriers(retriers: impl Into<Vec<Retrier>>) -> StateMachine {
    with_task(|task| task.retry = retriers.into())
}

fn with_catchers<const N: usize>(errors: [Vec<ErrorRef>; N]) -> StateMachine {
    with_task(|task| task.catch = errors.map(|errors| catcher(errors, "done")).into())
}

fn all() -> ErrorRef {
    states(StatesError::All)
}

fn task_failed() -> ErrorRef {
    states(StatesError::TaskFailed)
}

fn timeout() -> ErrorRef {
    states(StatesError::Timeout)
}

#[test]
fn all_errors_with_others() {
    assert_says(&with_retriers([retrier([timeout(), all()])]), "
        [work retrier 0 error 1] W0501: `States::All` in a retrier of `work` must stand alone: it takes the errors beside it as well
        help: write `#[retry(States::All, …)]`
        ");
    assert_says(&with_catchers([vec![all(), custom(0)]]), "
        [work catcher 0 error 0] W0501: `States::All` in a catcher of `work` must stand alone: it takes the errors beside it as well
        help: write `#[catch(States::All => …)]`
        ");
    assert_passes(&with_retriers([retrier([timeout(), custom(0)]), retrier([all()])]));
}

#[test]
fn all_errors_before_others() {
    assert_says(&with_retriers([retrier([all()]), retrier([custom(0)])]), "
        [work retrier 0 error 0] W0501: `States::All` must be in the last retrier of `work`: those behind it never get an error
        help: move `#[retry(States::All, …)]` behind the others
        ");
    assert_says(&with_catchers([vec![all()], vec![timeout()], vec![all()]]), "
        [work catcher 0 error 0] W0501: `States::All` must be in the last catcher of `work`: those behind it never get an error
        help: move `#[catch(States::All => …)]` behind the others
        ");
    assert_passes(&with_catchers([vec![timeout()], vec![all()]]));
}

#[test]
fn an_error_that_is_already_taken() {
    assert_says(&with_retriers([retrier([custom(0)]), retrier([custom(1), custom(0)])]), "
        [work retrier 1 error 1] W0502: a retrier of `work` never gets `ServiceError::Throttled`: an earlier retrier takes it
        help: remove it from one of the two
        ");
    assert_says(&with_catchers([vec![task_failed()], vec![timeout(), custom(1)]]), "
        [work catcher 1 error 1] W0502: a catcher of `work` never gets `ServiceError::Rejected`: an earlier catcher takes `States::TaskFailed`, which includes it
        help: move `#[catch(ServiceError::Rejected => …)]` before that catcher, or remove the error
        ");
    assert_says(
        &with_retriers([retrier([custom(0), timeout(), custom(0)])]),
        "
        [work retrier 0 error 2] W0502: a retrier of `work` names `ServiceError::Throttled` twice
        help: remove one of the two
        ",
    );
    assert_passes(&with_catchers([vec![custom(1)], vec![task_failed()], vec![timeout()]]));
}

#[test]
fn the_same_error_under_two_paths() {
    let mut states = with_catchers([vec![custom(0)], vec![custom(1)]]);
    assert_passes(&states);
    states.errors[1] = states.errors[0].clone();
    assert_says(&states, "
        [work catcher 1 error 0] W0502: a catcher of `work` never gets `ServiceError::Throttled`: an earlier catcher takes it
        help: remove it from one of the two
        ");
}

#[test]
fn a_retrier_of_no_attempts_shields() {
    let mut never = retrier([custom(0)]);
    never.backoff.max_attempts = 0;
    assert_passes(&with_retriers([never, retrier([task_failed()])]));
}

#[test]
fn retriers_and_catchers_are_apart() {
    assert_passes(&with_task(|task| {
        task.retry = vec![retrier([all()])];
        task.catch = vec![catcher([custom(0)], "done"), catcher([all()], "done")];
    }));
}

#[test]
fn a_heartbeat_that_cannot_expire() {
    let heartbeat = || states(StatesError::HeartbeatTimeout);
    assert_says(
        &with_retriers([retrier([heartbeat()])]),
        r#"
        [work retrier 0 error 0] W0503: `work` has no heartbeat, so it never raises `States::HeartbeatTimeout`
        help: write `heartbeat = "15s"`, or remove the error
        "#,
    );
    let with_heartbeat = |retriers: Vec<Retrier>| {
        with_task(|task| {
            task.heartbeat = task.timeout.map(|timeout| timeout / 3);
            task.takes_context = true;
            task.retry = retriers;
        })
    };
    assert_passes(&with_heartbeat(vec![retrier([heartbeat()]), retrier([timeout()])]));
    assert_says(&with_heartbeat(vec![retrier([timeout()]), retrier([heartbeat()])]), "
        [work retrier 1 error 0] W0502: a retrier of `work` never gets `States::HeartbeatTimeout`: an earlier retrier takes `States::Timeout`, which includes it
        help: move `#[retry(States::HeartbeatTimeout, …)]` before that retrier, or remove the error
        ");
}

#[test]
fn what_a_nested_workflow_raises() {
    let with = |errors: Vec<ErrorRef>| {
        let mut states = machine("run nested done; done succeed");
        let StateKind::Nested(nested) = &mut states.states[0].kind else { panic!("`run` is nested") };
        nested.catch.push(catcher(errors, "done"));
        states
    };
    assert_says(&with(vec![custom(1), states(StatesError::HeartbeatTimeout)]), "
        [run catcher 0 error 0] W0503: `run` never raises `ServiceError::Rejected`: whatever fails in a nested workflow is `States::TaskFailed` outside of it
        help: take `States::TaskFailed`, whose cause holds the nested workflow's error
        [run catcher 0 error 1] W0503: `run` runs a nested workflow, which never raises `States::HeartbeatTimeout`
        help: remove the error
        ");
    assert_says(&with(vec![task_failed(), timeout()]), "
        [run catcher 0 error 1] W0503: `run` has no timeout of its own, so it never raises `States::Timeout`: a nested workflow that takes too long is `States::TaskFailed` outside of it
        help: take `States::TaskFailed`, or say how long the state may take, as in `timeout = \"10m\"`
        ");
    let mut timed = with(vec![task_failed(), timeout()]);
    let StateKind::Nested(nested) = &mut timed.states[0].kind else { panic!("`run` is nested") };
    nested.timeout = Some(Duration::from_secs(60));
    assert_passes(&timed);
}
