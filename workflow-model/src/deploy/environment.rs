//! What a program reads in the environment of the function that runs its tasks.

use crate::name::pascal_case;

/// A variable of the environment, which each deployment sets.
///
/// ```
/// use workflow_model::deploy::Variable;
///
/// let address = Variable::new("SERVICE_URL", "Where the service is");
/// assert!(address.is_possible());
/// assert!(!Variable::new("AWS_REGION", "Lambda sets it").is_possible());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// Its name, as in `SERVICE_URL`.
    pub name: String,
    /// What it is for, for whoever deploys the program.
    pub description: String,
}

/// What Lambda sets itself, besides all that begins with `AWS_LAMBDA_`.
///
/// Source: <https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html>.
const RESERVED: [&str; 7] = [
    "AWS_ACCESS_KEY",
    "AWS_ACCESS_KEY_ID",
    "AWS_DEFAULT_REGION",
    "AWS_EXECUTION_ENV",
    "AWS_REGION",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
];

impl Variable {
    /// A variable of this name.
    pub fn new(name: impl Into<String>, description: impl Into<String>) -> Self {
        Variable { name: name.into(), description: description.into() }
    }

    /// Whether a function can have it.
    pub fn is_possible(&self) -> bool {
        let name = self.name.as_str();
        name.len() >= 2
            && name.starts_with(|first: char| first.is_ascii_alphabetic())
            && name.chars().all(|character| character.is_ascii_alphanumeric() || character == '_')
            && !name.starts_with("AWS_LAMBDA_")
            && !RESERVED.contains(&name)
    }
}

/// What the parameter is called that a variable is set from: `ServiceUrl` for `SERVICE_URL`.
pub(super) fn parameter(variable: &str) -> String {
    pascal_case(&variable.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_that_lambda_takes() {
        let is_possible = |name: &str| Variable::new(name, "").is_possible();
        for name in ["SERVICE_URL", "RUST_LOG", "a1", "AWS_ENDPOINT_URL"] {
            assert!(is_possible(name), "{name}");
        }
        for name in ["", "A", "1A", "_HANDLER", "SERVICE-URL", "AWS_REGION", "AWS_LAMBDA_LOG_LEVEL"] {
            assert!(!is_possible(name), "{name}");
        }
    }

    #[test]
    fn parameters_are_in_pascal_case() {
        assert_eq!(parameter("SERVICE_URL"), "ServiceUrl");
        assert_eq!(parameter("RUST_LOG"), "RustLog");
    }
}
