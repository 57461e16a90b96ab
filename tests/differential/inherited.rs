//! Names that every object of JavaScript has, in which the reference implementation is written: `constructor`, `toString`.

use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use workflow_runtime::model::asl;
use workflow_runtime::prelude::*;

use crate::agreement::agreement;
use crate::values::text;

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
struct Team {
    constructor: String,
    #[serde(rename = "toString")]
    name: String,
    role: Role,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Data)]
#[serde(rename_all = "camelCase")]
enum Role {
    Driver,
    Constructor,
    ValueOf,
}

fn team() -> impl Strategy<Value = Team> {
    let role = prop_oneof![Just(Role::Driver), Just(Role::Constructor), Just(Role::ValueOf)];
    (text(), text(), role).prop_map(|(constructor, name, role)| Team { constructor, name, role })
}

struct Present;

/// What is always there hides what is inherited.
#[workflow(start = swap, timeout = "1m")]
impl Present {
    #[pass(end)]
    fn swap(team: Team) -> (Team, i64) {
        let Team { constructor, name, role } = team;
        let number = match role {
            Role::Constructor => 1,
            Role::ValueOf => 2,
            Role::Driver => 3,
        };
        (Team { constructor: name, name: constructor, role: Role::Constructor }, number)
    }
}

agreement! {
    names_of_every_object: Present, team();
}

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
struct Loose {
    constructor: Option<String>,
}

struct AskForOption;

#[workflow(start = ask, timeout = "1m")]
impl AskForOption {
    #[pass(end)]
    fn ask(loose: Loose) -> bool {
        loose.constructor.is_some()
    }
}

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
#[serde(rename_all = "camelCase")]
enum Member {
    Driver(String),
    Constructor(String),
}

struct AskForVariant;

#[workflow(start = ask, timeout = "1m")]
impl AskForVariant {
    #[pass(end)]
    fn ask(member: Member) -> bool {
        matches!(member, Member::Constructor(_))
    }
}

#[test]
fn what_may_be_missing_must_not_be_inherited() {
    for (definition, owner) in [(AskForOption::definition(), "Loose"), (AskForVariant::definition(), "Member")] {
        let error = asl::write(&definition).expect_err("the key is found in every object");
        assert!(error.to_string().contains(&format!("the key `constructor` of `{owner}` may be missing")), "{error}");
    }
}
