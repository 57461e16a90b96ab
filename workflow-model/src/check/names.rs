//! W0104 and W0601: what states and workflows are called.

use std::collections::BTreeMap;

use crate::finding::{Code, Finding, Place, StatePart};
use crate::machine::{Mode, State, StateMachine};
use crate::name::pascal_case;
use crate::states::{StateKind, Task};

/// The most characters that a name may have on Step Functions.
pub(crate) const LONGEST: usize = 80;

pub(super) fn check(machine: &StateMachine, findings: &mut Vec<Finding>) {
    duplicates(machine, findings);
    former_names(machine, findings);
    if machine.mode == Mode::Native {
        return;
    }
    findings.extend(machine_name(&machine.name));
    for (position, state) in machine.states.iter().enumerate() {
        findings.extend(state_name(position, state));
        findings.extend(activity_name(position, state));
    }
}

/// States that share a name, in Rust or in Amazon States Language.
fn duplicates(machine: &StateMachine, findings: &mut Vec<Finding>) {
    let mut rust_names: BTreeMap<&str, usize> = BTreeMap::new();
    let mut asl_names: BTreeMap<String, usize> = BTreeMap::new();
    for (position, state) in machine.states.iter().enumerate() {
        if rust_names.contains_key(state.name.as_str()) {
            let message =
                format!("there is more than one state `{}`, so a transition to it could mean either", state.name);
            let place = Place::State(position, StatePart::Name);
            findings.push(Finding::new(Code::W0104, place, message).help("give one of them another name"));
            continue;
        }
        rust_names.insert(&state.name, position);
        let names = state.asl_names();
        match names.iter().find_map(|name| Some((name, *asl_names.get(name)?))) {
            Some((name, other)) => findings.push(same_asl_name(state, position, name, &machine.states[other])),
            None => asl_names.extend(names.into_iter().map(|name| (name, position))),
        }
    }
}

/// `name` is that of the state, or of one of those that a poll becomes.
fn same_asl_name(state: &State, position: usize, name: &str, other: &State) -> Finding {
    let message = if name == state.asl_name && name == other.asl_name {
        format!(
            "`{}` and `{}` are both called `{name}` in Amazon States Language, where names are unique",
            other.name, state.name
        )
    } else {
        let poll = if name == state.asl_name { other } else { state };
        format!(
            "`{}` and `{}` both need the name `{name}` in Amazon States Language, where names are unique: the poll `{}` becomes several states there",
            other.name, state.name, poll.name
        )
    };
    let help = format!(
        "give one of them another name, as in `#[{}(name = \"{}2\", …)]`",
        state.kind.attribute(),
        state.asl_name
    );
    Finding::new(Code::W0104, Place::State(position, asl_name_part(state)), message).help(help)
}

/// Names that states had before, which are to lead to one state.
fn former_names(machine: &StateMachine, findings: &mut Vec<Finding>) {
    let now: BTreeMap<String, &State> =
        machine.states.iter().flat_map(|state| state.asl_names().into_iter().map(move |name| (name, state))).collect();
    let mut before: BTreeMap<String, &State> = BTreeMap::new();
    for (position, state) in machine.states.iter().enumerate() {
        for (index, formerly) in state.formerly.iter().enumerate() {
            let names: Vec<String> = state.former_names(formerly).into_iter().flatten().collect();
            let problem = names.iter().find_map(|name| now.get(name)).map(|other| {
                let message = format!(
                    "`{}` cannot be what was `{formerly}`: the state `{}` has that name now, and goes on with what was written down in it",
                    state.name, other.name
                );
                (message, "remove it, or give that state another name".to_owned())
            });
            let problem = problem.or_else(|| {
                let other = names.iter().find_map(|name| before.get(name))?;
                let message = if other.name == state.name {
                    format!("`{}` says twice that it was `{formerly}`", state.name)
                } else {
                    format!(
                        "`{}` and `{}` both say that they were `{formerly}`, so that nobody knows in which of them an execution goes on",
                        other.name, state.name
                    )
                };
                Some((message, "remove one of them".to_owned()))
            });
            if let Some((message, help)) = problem {
                let place = Place::State(position, StatePart::Formerly(index));
                findings.push(Finding::new(Code::W0104, place, message).help(help));
            }
            before.extend(names.into_iter().map(|name| (name, state)));
        }
    }
}

/// The part of a state that decides its name in Amazon States Language.
fn asl_name_part(state: &State) -> StatePart {
    let is_default = state.asl_name == pascal_case(&state.name);
    if is_default { StatePart::Name } else { StatePart::Option("name") }
}

fn state_name(position: usize, state: &State) -> Option<Finding> {
    let too_long = || state.asl_names().iter().find_map(|name| length_problem(name));
    let problem = length_problem(&state.asl_name).or_else(too_long).or_else(|| {
        let refused = state.asl_name.chars().find(|character| character.is_control())?;
        Some(format!("has the control character U+{:04X} in it, which Step Functions refuses", u32::from(refused)))
    })?;
    let place = Place::State(position, asl_name_part(state));
    let message = format!("the name of `{}` in Amazon States Language {problem}", state.name);
    let help = format!("give it another one, as in `#[{}(name = \"A short name\", …)]`", state.kind.attribute());
    Some(Finding::new(Code::W0601, place, message).help(help))
}

/// A workflow's name is stricter than a state's: it becomes part of an ARN.
fn machine_name(name: &str) -> Option<Finding> {
    let problem = arn_problem(name)?;
    let message = format!("the name `{name}` of the workflow {problem}");
    let finding = Finding::new(Code::W0601, Place::WorkflowOption("name"), message);
    Some(finding.help("choose a name of at most 80 letters, digits and underscores, as in `name = \"PollService\"`"))
}

/// An activity's name becomes part of an ARN too.
fn activity_name(position: usize, state: &State) -> Option<Finding> {
    let StateKind::Task(Task { activity: Some(name), .. }) = &state.kind else { return None };
    let problem = arn_problem(name)?;
    let message = format!("the name `{name}` of the activity that runs `{}` {problem}", state.name);
    let finding = Finding::new(Code::W0601, Place::State(position, StatePart::Option("activity")), message);
    let help = format!(
        "choose a name of at most 80 letters, digits and underscores, as in `activity = \"{}\"`",
        pascal_case(&state.name)
    );
    Some(finding.help(help))
}

/// What Step Functions refuses in a name that becomes part of an ARN.
fn arn_problem(name: &str) -> Option<String> {
    length_problem(name).or_else(|| {
        let refused = name.chars().find(|&character| is_refused_in_arn(character))?;
        Some(format!("has {refused:?} in it, which Step Functions refuses"))
    })
}

/// Source: <https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html>.
fn is_refused_in_arn(character: char) -> bool {
    character.is_whitespace() || character.is_control() || r##"<>{}[]?*"#%\^|~`$&,;:/"##.contains(character)
}

fn length_problem(name: &str) -> Option<String> {
    match name.chars().count() {
        0 => Some("is empty".to_owned()),
        1..=LONGEST => None,
        length => Some(format!("has {length} characters, but Step Functions takes at most {LONGEST}")),
    }
}
