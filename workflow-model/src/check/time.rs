//! W0301, W0302, W0304 to W0306: timeouts, heartbeats and waits against each other.

use std::time::Duration;

use crate::duration::Display;
use crate::finding::{Code, Finding, Place, StatePart};
use crate::machine::{Mode, State, StateMachine};
use crate::states::{Nested, StateKind, Task, Wait, WaitTime};

pub(super) fn check(machine: &StateMachine, findings: &mut Vec<Finding>) {
    findings.extend(machine.timeout.and_then(|timeout| too_long_for_mode(machine.mode, timeout)));
    for (position, state) in machine.states.iter().enumerate() {
        match &state.kind {
            StateKind::Task(task) => {
                task_time(machine.mode, position, state, task, findings);
                findings.extend(untaken(machine, position, state, task));
            }
            StateKind::Nested(nested) => nested_time(machine.mode, position, state, nested, findings),
            StateKind::Wait(wait) => findings.extend(missing_time(position, state, wait)),
            _ => {}
        }
    }
}

/// The longest time that Step Functions lets an Express execution take.
pub(super) const LONGEST_EXPRESS: Duration = Duration::from_secs(300);

/// The longest time that Step Functions lets an execution of each kind take.
fn too_long_for_mode(mode: Mode, timeout: Duration) -> Option<Finding> {
    let (longest, written, kind, unit) = match mode {
        Mode::Standard => (Duration::from_secs(365 * 86_400), "365d", "a Standard execution", "a year"),
        Mode::Express => (LONGEST_EXPRESS, "5m", "an Express execution", "5 minutes"),
        Mode::Native => return None,
    };
    if timeout <= longest {
        return None;
    }
    let message =
        format!("the workflow's timeout is {}, but {kind} ends after {unit} on Step Functions", Display(timeout));
    let finding = Finding::new(Code::W0306, Place::WorkflowOption("timeout"), message);
    Some(finding.help(format!("write `timeout = \"{written}\"` or less")))
}

fn task_time(mode: Mode, position: usize, state: &State, task: &Task, findings: &mut Vec<Finding>) {
    if task.timeout.is_none() {
        findings.push(missing_timeout(mode, position, state));
    }
    findings.extend(long_heartbeat(position, state, task.heartbeat, task.timeout));
    if task.heartbeat.is_some() && !task.takes_context && !task.is_ended_from_outside() {
        let message =
            format!("`{}` has a heartbeat but no `TaskContext`, without which it cannot send one", state.name);
        let help = "take the context as the last parameter, `cx: TaskContext`, or remove `heartbeat`";
        let place = Place::State(position, StatePart::Option("heartbeat"));
        findings.push(Finding::new(Code::W0304, place, message).help(help));
    }
}

/// A nested workflow that is waited for ends at its own timeout at the latest, but not one whose token is waited for.
fn nested_time(mode: Mode, position: usize, state: &State, nested: &Nested, findings: &mut Vec<Finding>) {
    if nested.is_callback() && nested.timeout.is_none() {
        findings.push(missing_timeout(mode, position, state));
    }
    findings.extend(long_heartbeat(position, state, nested.heartbeat, nested.timeout));
}

fn long_heartbeat(
    position: usize,
    state: &State,
    heartbeat: Option<Duration>,
    timeout: Option<Duration>,
) -> Option<Finding> {
    let heartbeat = heartbeat?;
    let timeout = timeout.filter(|&timeout| heartbeat >= timeout && !timeout.is_zero())?;
    let message = format!(
        "the heartbeat of `{}` ({}) is not below its timeout ({}), so it could never expire",
        state.name,
        Display(heartbeat),
        Display(timeout)
    );
    let finding = Finding::new(Code::W0302, Place::State(position, StatePart::Option("heartbeat")), message);
    Some(finding.help(shorter_heartbeat(timeout, heartbeat)))
}

pub(super) fn missing_timeout(mode: Mode, position: usize, state: &State) -> Finding {
    let why = match mode {
        Mode::Native => "an attempt that hangs would never end",
        Mode::Standard | Mode::Express => {
            "Step Functions would wait 99,999,999 seconds for it, which is over three years"
        }
    };
    let message = format!("`{}` has no timeout: {why}", state.name);
    let finding = Finding::new(Code::W0301, Place::State(position, StatePart::Kind), message);
    finding.help(match state.kind.is_callback() {
        true => "say how long an answer may take, as in `timeout = \"7d\"`",
        false => "say how long one attempt may take, as in `timeout = \"30s\"`",
    })
}

/// An activity's task that no worker takes. Its own timeout counts from the moment that one does.
///
/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/troubleshooting-activities.html>.
fn untaken(machine: &StateMachine, position: usize, state: &State, task: &Task) -> Option<Finding> {
    if task.activity.is_none() || machine.timeout.is_some() {
        return None;
    }
    let message = format!(
        "`{}` waits for a worker as long as there is none: its own timeout counts from when one takes it, and the workflow has none",
        state.name
    );
    let finding = Finding::new(Code::W0301, Place::State(position, StatePart::Option("activity")), message);
    Some(finding.help("say how long an execution may take, as in `#[workflow(timeout = \"1h\", …)]`"))
}

/// Half of the timeout, in whole seconds where there are any; where the timeout is too short for that, a longer timeout.
fn shorter_heartbeat(timeout: Duration, heartbeat: Duration) -> String {
    match timeout.as_secs() / 2 {
        0 => format!("write a longer timeout, as in `timeout = \"{}\"`", Display(heartbeat.saturating_mul(2))),
        half => format!("write a shorter heartbeat, as in `heartbeat = \"{}\"`", Display(Duration::from_secs(half))),
    }
}

fn missing_time(position: usize, state: &State, wait: &Wait) -> Option<Finding> {
    if wait.time != WaitTime::Missing {
        return None;
    }
    let message = format!("the wait `{}` does not say how long it takes", state.name);
    let finding = Finding::new(Code::W0305, Place::State(position, StatePart::Kind), message);
    Some(finding.help("write a duration, as in `#[wait(\"10s\", …)]`, or a body that makes the time from the input, as in `-> u64 { input.seconds }`"))
}
