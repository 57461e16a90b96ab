//! Variables: what states, catchers and choices assign, and what expressions read.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use workflow_runtime::prelude::*;

#[derive(Default, Serialize, Deserialize, Data)]
struct Progress {
    polls: u32,
    ticket: String,
    failures: Vec<String>,
    last: Option<u32>,
}

#[derive(Debug, thiserror::Error, TaskError)]
enum Trouble {
    #[error("try later")]
    Later,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Data)]
struct Report {
    polls: u32,
    ticket: String,
    failures: Vec<String>,
    last: Option<u32>,
}

/// Polls until as many polls were made as were asked for. Each second one fails.
struct Poll;

#[workflow(start = submit, timeout = "1h", variables = Progress)]
impl Poll {
    #[task(timeout = "10s", next = |_, wanted| rest(wanted))]
    #[assign(ticket = result.clone(), last = Some(wanted + vars.polls))]
    async fn submit(&self, wanted: u32) -> String {
        format!("ticket {wanted}")
    }

    #[wait("10s", next = poll)]
    #[assign(polls = vars.polls + 1)]
    fn rest(wanted: u32);

    #[task(timeout = "10s", next = |result| decide((result, vars.polls)))]
    #[catch(Trouble::Later => |_, wanted| look(wanted), assign(failures = vec![failure.message(), vars.ticket.clone()], last = Some(*wanted)))]
    #[assign(failures = Vec::new())]
    async fn poll(&self, wanted: u32) -> Result<u32, Trouble> {
        if wanted == 1 { Err(Trouble::Later) } else { Ok(wanted) }
    }

    #[choice]
    fn decide((wanted, polls): (u32, u32)) -> Next<Self> {
        match wanted {
            _ if polls != vars.polls => lost(),
            1 => lost(),
            #[assign(last = Some(wanted - 1))]
            wanted if vars.polls < wanted => rest(wanted),
            _ => {
                let ticket = vars.ticket.to_uppercase();
                #[assign(ticket = ticket.clone(), polls = vars.polls * 10)]
                look(wanted)
            }
        }
    }

    #[pass(end)]
    #[assign(polls = result.polls + wanted)]
    fn look(wanted: u32) -> Report {
        Report {
            polls: vars.polls,
            ticket: vars.ticket.clone(),
            failures: vars.failures.clone(),
            last: vars.last.map(|last| last + wanted),
        }
    }

    #[fail(error = "Lost")]
    fn lost() -> String {
        format!("after {} polls", vars.polls)
    }
}

fn report(polls: u32, ticket: &str, failures: &[&str], last: u32) -> Report {
    let failures = failures.iter().map(ToString::to_string).collect();
    Report { polls, ticket: ticket.to_owned(), failures, last: Some(last) }
}

#[tokio::test(start_paused = true)]
async fn they_are_carried_from_state_to_state() {
    assert_eq!(Poll.run(3).await, Ok(report(30, "TICKET 3", &[], 5)));
    assert_eq!(Poll.run(1).await, Ok(report(1, "ticket 1", &["try later", "ticket 1"], 2)));
}

#[tokio::test(start_paused = true)]
async fn they_outlast_the_waits_of_an_engine() {
    let engine = Engine::builder().workflow(Poll).start().await.unwrap();
    let execution = engine.start::<Poll>(3).await.unwrap();
    assert_eq!(execution.output().await, Ok(report(30, "TICKET 3", &[], 5)));
}

/// What part event says of variables.
fn assigned(history: &[workflow_runtime::history::Event]) -> Vec<(String, Value)> {
    let events = history.iter().map(|event| serde_json::to_value(event).expect("an event is JSON"));
    let details = events.filter_map(|event| event.get("stateExitedEventDetails").cloned());
    let assigned = details.filter(|details| details.get("assignedVariables").is_some());
    assigned
        .map(|details| {
            (details["name"].as_str().expect("a state has a name").to_owned(), details["assignedVariables"].clone())
        })
        .collect()
}

#[tokio::test(start_paused = true)]
async fn the_history_has_what_was_assigned() {
    let builder = Engine::builder().workflow(Poll).include_execution_data(true);
    let engine = builder.start().await.unwrap();
    let execution = engine.start::<Poll>(1).await.unwrap();
    execution.output().await.unwrap();
    let history = execution.history();
    assert_eq!(history[1].detail.event_type(), "PassStateEntered");
    assert_eq!(
        assigned(&history),
        [
            ("InitialVariables", json!({ "failures": "[]", "last": "null", "polls": "0", "ticket": r#""""# })),
            ("Submit", json!({ "last": "1", "ticket": r#""ticket 1""# })),
            ("Rest", json!({ "polls": "1" })),
            ("Poll", json!({ "failures": r#"["try later","ticket 1"]"#, "last": "1" })),
            ("Look", json!({ "polls": "2" })),
        ]
        .map(|(name, variables)| (name.to_owned(), variables))
    );
}

#[test]
fn they_are_exported() {
    let text = workflow_runtime::model::asl::write(&Poll::definition()).unwrap();
    let definition: Value = serde_json::from_str(&text).unwrap();
    let state = |name: &str| definition["States"][name].clone();
    assert_eq!(definition["StartAt"], "InitialVariables");
    assert_eq!(
        state("InitialVariables"),
        json!({
            "Type": "Pass",
            "Assign": { "failures": [], "last": null, "polls": 0, "ticket": "{% '' %}" },
            "Next": "Submit",
        })
    );
    assert_eq!(state("Submit")["Assign"]["ticket"], "{% $states.result.Payload %}");
    assert_eq!(state("Poll")["Catch"][0]["Assign"]["last"], "{% $states.input %}");
    assert!(
        state("Decide")["Choices"][2]["Assign"]["last"].as_str().is_some_and(|last| last.contains("- 1")),
        "{text}"
    );
    assert!(state("Decide")["Assign"]["polls"].as_str().is_some_and(|polls| polls.contains("$polls * 10")), "{text}");
}

/// An assignment that fails goes to the catchers, with nothing assigned.
struct Failing;

#[derive(Default, Serialize, Deserialize, Data)]
struct Share {
    part: u32,
    of: u32,
}

#[workflow(start = divide, timeout = "1h", variables = Share)]
impl Failing {
    #[task(timeout = "10s", next = tell)]
    #[assign(of = 100, part = 100 / result)]
    #[catch(States::QueryEvaluationError => |_| tell(0), assign(part = vars.of + 7))]
    async fn divide(&self, parts: u32) -> u32 {
        parts
    }

    #[pass(end)]
    fn tell(parts: u32) -> (u32, u32, u32) {
        (parts, vars.part, vars.of)
    }
}

#[tokio::test]
async fn an_assignment_that_fails_is_caught() {
    assert_eq!(Failing.run(4).await, Ok((4, 25, 100)));
    assert_eq!(Failing.run(0).await, Ok((0, 7, 0)));
}

/// A branch with variables of the same names as its parent's, one of which is a function's of JSONata.
struct Counting;

#[derive(Default, Serialize, Deserialize, Data)]
struct Counts {
    count: u32,
    seen: u32,
}

#[workflow(start = add, timeout = "1m", variables = Counts)]
impl Counting {
    #[pass(next = give)]
    #[assign(count = vars.count + *number, seen = 1)]
    fn add(number: u32);

    #[pass(end)]
    fn give(number: u32) -> u32 {
        vars.count * 10 + number
    }
}

struct Both {
    counting: Counting,
}

#[workflow(start = begin, timeout = "1m", variables = Counts, output = (u32, u32, u32))]
impl Both {
    #[pass(next = count_both)]
    #[assign(count = *number * 2)]
    fn begin(number: u32);

    #[parallel(
        branches(self.counting: Counting, self.counting: Counting = |number| number + vars.count),
        end = |counts| (counts.0, counts.1, vars.count)
    )]
    #[assign(count = result.0)]
    fn count_both(number: u32);
}

#[tokio::test]
async fn a_branch_has_its_own() {
    let both = Both { counting: Counting };
    assert_eq!(both.run(1).await, Ok((11, 33, 2)));
}

#[test]
fn a_branch_calls_its_own_otherwise_on_aws() {
    let text = workflow_runtime::model::asl::write(&Both::definition()).unwrap();
    let definition: Value = serde_json::from_str(&text).unwrap();
    let parallel = &definition["States"]["CountBoth"];
    assert_eq!(definition["States"]["InitialVariables"]["Assign"], json!({ "count_2": 0 }));
    assert_eq!(parallel["Assign"], json!({ "count_2": "{% $states.result[0] %}" }));
    let names = |branch: usize, state: &str| -> Vec<String> {
        let assign = &parallel["Branches"][branch]["States"][state]["Assign"];
        assign.as_object().unwrap_or_else(|| panic!("{text}")).keys().cloned().collect()
    };
    assert_eq!(parallel["Branches"][0]["StartAt"], "CountBoth.Counting.InitialVariables");
    assert_eq!(names(0, "CountBoth.Counting.InitialVariables"), ["count_3"]);
    assert_eq!(names(1, "CountBoth.Counting2.Add"), ["count_3", "seen_2"]);
    assert!(text.contains("$count_3 * 10"), "{text}");
}
