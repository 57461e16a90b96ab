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
    /// The ARN of a managed policy, which the role of a state machine gets as well: the user writes it where what a state needs is not
    /// known for sure.
    PolicyArn,
}

impl Parameter {
    /// A parameter.
    pub fn new(name: &str, kind: ParameterKind, description: impl Into<String>) -> Self {
        Parameter { name: name.to_owned(), kind, description: description.into() }
    }

    /// What its value must look like, by its name. `None`: like nothing in particular.
    pub fn pattern(&self) -> Option<&'static str> {
        let is_arn = self.kind != ParameterKind::List && self.name.ends_with("Arn");
        match self.name.ends_with("Url") {
            _ if is_arn => Some("^arn:.+$"),
            true => Some("^https?://.+$"),
            false => None,
        }
    }
}
