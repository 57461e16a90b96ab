//! Names of resources, some parts of which only the deployment knows.

use std::fmt;

/// A part of an [`Arn`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// What is the same everywhere.
    Text(String),
    /// The partition: `aws`, `aws-cn` or `aws-us-gov`.
    Partition,
    /// The region that the state machine is in.
    Region,
    /// The account that the state machine is in.
    Account,
    /// What a placeholder of the definition, or a parameter, stands for.
    Placeholder(String),
    /// What a state machine is called whose ARN this placeholder stands for.
    StateMachineName(String),
}

/// The ARN of a resource, or of several that a `*` stands for.
///
/// Its text is what `Fn::Sub` of CloudFormation takes.
///
/// ```
/// use workflow_model::deploy::{Arn, Part};
///
/// let table = Arn::of("dynamodb", [Part::Text("table/".into()), Part::Placeholder("OrdersTableName".into())]);
/// let text = "arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${OrdersTableName}";
/// assert_eq!(table.to_string(), text);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Arn(Vec<Part>);

impl Arn {
    /// These parts, one behind the other.
    pub fn new(parts: impl IntoIterator<Item = Part>) -> Self {
        let mut joined = Vec::new();
        for part in parts {
            match (joined.last_mut(), part) {
                (_, Part::Text(text)) if text.is_empty() => {}
                (Some(Part::Text(before)), Part::Text(text)) => before.push_str(&text),
                (_, part) => joined.push(part),
            }
        }
        Arn(joined)
    }

    /// A resource of a service, in the region and the account of the state machine.
    pub fn of(service: &str, resource: impl IntoIterator<Item = Part>) -> Self {
        let text = |text: &str| Part::Text(text.to_owned());
        let place =
            [text("arn:"), Part::Partition, text(&format!(":{service}:")), Part::Region, text(":"), Part::Account];
        Arn::new(place.into_iter().chain([text(":")]).chain(resource))
    }

    /// What a placeholder stands for, which is an ARN.
    pub fn placeholder(name: &str) -> Self {
        Arn(vec![Part::Placeholder(name.to_owned())])
    }

    /// The parts, in order.
    pub fn parts(&self) -> &[Part] {
        &self.0
    }
}

impl fmt::Display for Arn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|part| match part {
            Part::Text(text) => f.write_str(text),
            Part::Partition => f.write_str("${AWS::Partition}"),
            Part::Region => f.write_str("${AWS::Region}"),
            Part::Account => f.write_str("${AWS::AccountId}"),
            Part::Placeholder(name) => write!(f, "${{{name}}}"),
            Part::StateMachineName(name) => write!(f, "${{{}Name}}", name.strip_suffix("Arn").unwrap_or(name)),
        })
    }
}
