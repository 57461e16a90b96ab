//! What a template asks of whoever deploys it.

/// A parameter of a template: something that neither the definition nor the template has.
///
/// ```
/// use workflow_model::deploy::{Parameter, ParameterKind};
///
/// let table = Parameter::new("OrdersTableName", ParameterKind::Text, "The table that orders are kept in");
/// assert_eq!(table.pattern(), None);
/// let connection = Parameter::new("PartnerConnectionArn", ParameterKind::Text, "How the partner is called");
/// assert_eq!(connection.pattern(), Some("^arn:.+$"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Parameter {
    /// Its name in PascalCase.
    pub name: String,
    /// What it is.
    pub kind: ParameterKind,
    /// What it is for, for the reader of the template.
    pub description: String,
}

/// What a [`Parameter`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ParameterKind {
    /// A text.
    Text,
    /// Several, with commas between them.
    List,
    /// A variable in the environment of the function behind the tasks, of which nothing is known but what its description says.
    Variable,
    /// The ARN of a managed policy, which the role of a state machine gets as well: the user writes it where what a state needs is not
    /// known for sure.
    PolicyArn,
}

/// For how many days CloudWatch can keep logs.
///
/// Source: <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html>.
pub(super) const RETENTIONS: [u64; 22] =
    [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

impl Parameter {
    /// A parameter.
    pub fn new(name: &str, kind: ParameterKind, description: impl Into<String>) -> Self {
        Parameter { name: name.to_owned(), kind, description: description.into() }
    }

    /// What its value must look like, by its name. `None`: like nothing in particular.
    pub fn pattern(&self) -> Option<&'static str> {
        match self.kind {
            ParameterKind::List | ParameterKind::Variable => None,
            ParameterKind::Text | ParameterKind::PolicyArn if self.name.ends_with("Arn") => Some("^arn:.+$"),
            ParameterKind::Text | ParameterKind::PolicyArn if self.name.ends_with("Url") => Some("^https?://.+$"),
            ParameterKind::Text | ParameterKind::PolicyArn => None,
        }
    }
}
