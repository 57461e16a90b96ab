//! The tables of what a call to a service takes.

use crate::integrations::{Integration, Pattern};

/// What one row of a table gives.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) grant: Grant,
    /// What it is for, as the table has it.
    pub(super) resources: Vec<&'static str>,
}

/// What is given.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Grant {
    /// These permissions.
    Actions(Vec<String>),
    /// What it takes to hear of events by the EventBridge rules that are the resources.
    Rule,
    /// What a policy of the user's allows.
    Policy,
}

/// The rows that hold for a call; none where no table has the service.
pub(super) fn rows(integration: &Integration) -> Vec<Row> {
    let is_sync = matches!(integration.pattern, Pattern::Sync | Pattern::Sync2);
    let of_service: Vec<Cells> = cells().filter(|cells| cells.service == integration.service).collect();
    let names = |cells: &&Cells, action: &str| cells.actions.split(' ').any(|known| known == action);
    let own: Vec<_> = of_service.iter().filter(|cells| names(cells, &integration.action)).collect();
    // An action that the SDK's table does not know, as APIs grow, may have any permission.
    let rows = match own.is_empty() {
        true if integration.is_known => of_service.iter().filter(|cells| names(cells, "*")).collect(),
        _ => own,
    };
    let fits = |cells: &&Cells| cells.pattern == "any" || is_sync;
    rows.into_iter().filter(fits).map(|cells| cells.row(&integration.action)).collect()
}

/// A line of a table.
#[derive(Clone, Copy, Debug)]
struct Cells {
    service: &'static str,
    actions: &'static str,
    pattern: &'static str,
    grants: &'static str,
    resources: &'static str,
}

fn cells() -> impl Iterator<Item = Cells> {
    let lines = [include_str!("optimised.tsv"), include_str!("sdk.tsv")].into_iter().flat_map(str::lines);
    lines.filter(|line| !line.starts_with('#')).map(|line| {
        let mut cells = line.split('\t');
        let mut next = || cells.next().unwrap_or_default();
        Cells { service: next(), actions: next(), pattern: next(), grants: next(), resources: next() }
    })
}

impl Cells {
    fn row(&self, action: &str) -> Row {
        let grant = match self.grants {
            "policy" => Grant::Policy,
            "rule" => Grant::Rule,
            actions => Grant::Actions(actions.split(' ').map(|permission| named(permission, action)).collect()),
        };
        Row { grant, resources: self.resources.split(' ').collect() }
    }
}

/// A permission, where `dynamodb:=` is called as the action is.
fn named(permission: &str, action: &str) -> String {
    match permission.strip_suffix('=') {
        Some(service) => {
            let mut letters = action.chars();
            let first = letters.next().into_iter().flat_map(char::to_uppercase);
            format!("{service}{}", first.chain(letters).collect::<String>())
        }
        None => permission.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::integrations::optimised;

    #[test]
    fn each_line_is_whole() {
        for cells in cells() {
            let Cells { service, actions, pattern, grants, resources } = cells;
            assert!(
                !service.is_empty() && !actions.is_empty() && !grants.is_empty() && !resources.is_empty(),
                "{cells:?}"
            );
            assert!(["any", "sync"].contains(&pattern), "{cells:?}");
            for grant in grants.split(' ') {
                assert!(["policy", "rule"].contains(&grant) || grant.contains(':'), "{cells:?}");
            }
        }
    }

    #[test]
    fn each_line_is_of_an_action_that_there_is() {
        for cells in cells().filter(|cells| !cells.service.starts_with("aws-sdk:")) {
            for action in cells.actions.split(' ') {
                let is_there = optimised().iter().any(|row| row.service == cells.service && row.action == action);
                assert!(is_there, "{} has no {action}", cells.service);
            }
        }
        for cells in cells().filter(|cells| cells.service.starts_with("aws-sdk:")) {
            for action in cells.actions.split(' ').filter(|action| *action != "*") {
                let resource = format!("arn:aws:states:::{}:{action}", cells.service);
                assert!(Integration::read(&resource).is_ok_and(|it| it.is_known), "{resource}");
            }
        }
    }

    #[test]
    fn permissions_are_called_as_their_action() {
        assert_eq!(named("dynamodb:=", "putItem"), "dynamodb:PutItem");
        assert_eq!(named("lambda:InvokeFunction", "invoke"), "lambda:InvokeFunction");
    }
}
