//! The table of optimised integrations.

use std::sync::LazyLock;

use super::{PREFIX, Pattern, rows};

/// An action of a service with an optimised integration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Optimised {
    /// The service in words, as in `Amazon DynamoDB`.
    pub title: &'static str,
    /// The service in a resource, as in `dynamodb`.
    pub service: &'static str,
    /// The action, as in `putItem`.
    pub action: &'static str,
    /// The patterns that Step Functions supports for it.
    pub patterns: Vec<Pattern>,
    /// The arguments without which it answers an error: paths such as `Authentication.ConnectionArn`. One of each inner list is
    /// needed.
    pub required: Vec<Vec<&'static str>>,
}

impl Optimised {
    /// The resource with a pattern, as in `arn:aws:states:::batch:submitJob.sync`.
    pub fn resource(&self, pattern: Pattern) -> String {
        format!("{PREFIX}{}:{}{}", self.service, self.action, pattern.suffix())
    }
}

/// All of them, by service.
///
/// ```
/// use workflow_model::integrations::{Pattern, optimised};
///
/// let run_task = optimised().iter().find(|row| row.action == "runTask").expect("ECS has it");
/// assert!(run_task.patterns.contains(&Pattern::WaitForTaskToken));
/// ```
pub fn optimised() -> &'static [Optimised] {
    static TABLE: LazyLock<Vec<Optimised>> =
        LazyLock::new(|| rows(include_str!("optimised.tsv")).map(|cells| row(&cells)).collect());
    &TABLE
}

fn row(cells: &[&'static str]) -> Optimised {
    let [title, service, action, patterns, required] = cells else {
        unreachable!("a test counts the cells of each row");
    };
    Optimised {
        title,
        service,
        action,
        patterns: patterns.split(' ').filter_map(Pattern::from_name).collect(),
        required: required.split_whitespace().map(|one| one.split('|').collect()).collect(),
    }
}

/// Other names that people have for the services.
const ALSO_CALLED: &[(&str, &str)] = &[
    ("api-gateway", "apigateway"),
    ("bedrockruntime", "bedrock"),
    ("emr", "elasticmapreduce"),
    ("emrcontainers", "emr-containers"),
    ("emrserverless", "emr-serverless"),
    ("eventbridge", "events"),
    ("fargate", "ecs"),
    ("https", "http"),
    ("sfn", "states"),
    ("stepfunctions", "states"),
];

pub(super) fn find(service: &str, action: &str) -> Option<&'static Optimised> {
    optimised().iter().find(|row| row.service == service && row.action == action)
}

/// The actions of a service; none where the service is not in the table.
pub(super) fn actions(service: &str) -> Vec<&'static str> {
    optimised().iter().filter(|row| row.service == service).map(|row| row.action).collect()
}

/// The services, each once.
pub(super) fn services() -> Vec<&'static str> {
    let mut services: Vec<_> = optimised().iter().map(|row| row.service).collect();
    services.dedup();
    services
}

/// The service that goes by another name, or is written in other letters.
pub(super) fn alias(service: &str) -> Option<&'static str> {
    let lower = service.to_lowercase();
    let known = ALSO_CALLED.iter().find(|(other, _)| *other == lower).map(|(_, service)| *service);
    known.or_else(|| services().into_iter().find(|service| *service == lower))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_is_whole() {
        for cells in rows(include_str!("optimised.tsv")) {
            let [title, service, action, patterns, _] = cells[..] else { panic!("{cells:?} has not five cells") };
            assert!(
                !title.is_empty() && service.chars().all(|char| char.is_ascii_lowercase() || char == '-'),
                "{cells:?}"
            );
            assert!(action.starts_with(|char: char| char.is_ascii_lowercase()), "{cells:?}");
            assert!(patterns.starts_with("request-response"), "{cells:?}");
            for pattern in patterns.split(' ') {
                assert!(Pattern::from_name(pattern).is_some(), "{cells:?}");
            }
        }
    }

    #[test]
    fn rows_stand_together_by_service_and_once() {
        let services = services();
        let mut sorted = services.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(sorted.len(), services.len(), "a service's rows are in two places");
        for service in services {
            let mut actions = actions(service);
            let count = actions.len();
            actions.sort_unstable();
            actions.dedup();
            assert_eq!(actions.len(), count, "{service} has an action twice");
        }
    }

    #[test]
    fn other_names_lead_to_services() {
        for (other, service) in ALSO_CALLED {
            assert!(services().contains(service) && !services().contains(other), "{other}");
        }
    }
}
