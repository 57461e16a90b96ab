//! The table of the services that are called through the AWS SDK.

use super::rows;

/// A service.
pub(super) struct Service {
    pub(super) name: &'static str,
    /// Its name in the AWS command line, where that is another one.
    command: &'static str,
    /// Its actions; empty where the table does not have them.
    pub(super) actions: Vec<&'static str>,
}

/// All of them. They are only asked for where a resource names one.
fn services() -> impl Iterator<Item = Service> {
    rows(include_str!("sdk.tsv")).map(|cells| {
        let cell = |position: usize| cells.get(position).copied().unwrap_or_default();
        Service { name: cell(0), command: cell(1), actions: cell(2).split_whitespace().collect() }
    })
}

pub(super) fn find(name: &str) -> Option<Service> {
    services().find(|service| service.name == name)
}

/// The service that goes by another name: that of the AWS command line, or its own in other letters.
pub(super) fn alias(name: &str) -> Option<&'static str> {
    let lower = name.to_lowercase();
    let bare: String = lower.chars().filter(char::is_ascii_alphanumeric).collect();
    services().find(|service| service.command == lower || service.name == bare).map(|service| service.name)
}

pub(super) fn names() -> Vec<&'static str> {
    services().map(|service| service.name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_well_formed() {
        let names = names();
        let mut sorted = names.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(names, sorted);
        for service in services() {
            let is_name = |char: char| char.is_ascii_lowercase() || char.is_ascii_digit();
            assert!(!service.name.is_empty() && service.name.chars().all(is_name), "{}", service.name);
            for action in &service.actions {
                assert!(action.starts_with(|char: char| char.is_ascii_lowercase()), "{}: {action}", service.name);
            }
        }
    }

    #[test]
    fn services_have_other_names() {
        for (other, name) in [("stepfunctions", "sfn"), ("cognito-idp", "cognitoidentityprovider"), ("S3", "s3")] {
            assert_eq!(alias(other), Some(name));
        }
        assert_eq!(alias("nothing"), None);
    }
}
