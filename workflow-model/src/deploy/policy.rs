//! What a role may do.

use std::collections::BTreeSet;

use super::Arn;
use crate::asl::{Json, Object};

/// What a permission is for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Resource {
    /// All resources: AWS gives the permission for no less.
    All,
    /// A resource, or those that its `*` stands for.
    Arn(Arn),
    /// The resources that a parameter lists.
    Listed(String),
}

/// What holds besides, as in `"StringEquals": { "states:HTTPMethod": "POST" }`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Condition {
    /// How the two are compared, as in `StringEquals`.
    pub operator: String,
    /// What is compared, as in `states:HTTPMethod`.
    pub key: String,
    /// With what.
    pub value: ConditionValue,
}

/// What a [`Condition`] compares with.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ConditionValue {
    /// This text.
    Text(String),
    /// Any of those that a parameter lists.
    Listed(String),
}

/// A statement of a [`Policy`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Statement {
    /// What it is for, in letters and digits.
    pub sid: String,
    /// The permissions, as in `lambda:InvokeFunction`.
    pub actions: BTreeSet<String>,
    /// What they are for.
    pub resources: BTreeSet<Resource>,
    /// When they hold.
    pub conditions: BTreeSet<Condition>,
}

impl Statement {
    /// A statement without conditions.
    pub fn new<'a>(
        sid: &str,
        actions: impl IntoIterator<Item = &'a str>,
        resources: impl IntoIterator<Item = Resource>,
    ) -> Self {
        Statement {
            sid: sid.to_owned(),
            actions: actions.into_iter().map(str::to_owned).collect(),
            resources: resources.into_iter().collect(),
            conditions: BTreeSet::new(),
        }
    }
}

impl Statement {
    fn is_listed(&self) -> bool {
        self.resources.iter().any(|resource| matches!(resource, Resource::Listed(_)))
    }
}

/// What a role may do.
///
/// ```
/// use workflow_model::deploy::{Policy, Resource, Statement};
///
/// let mut policy = Policy::default();
/// policy.allow(Statement::new("WriteTraces", ["xray:PutTraceSegments"], [Resource::All]));
/// assert!(policy.to_json().to_string().contains(r#""Sid": "WriteTraces""#));
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Policy {
    statements: Vec<Statement>,
}

impl Policy {
    /// Allows something more. A statement for the same, under the same conditions, joins it, unless a parameter lists its resources.
    pub fn allow(&mut self, statement: Statement) {
        let same = |it: &&mut Statement| {
            it.sid.starts_with(&statement.sid)
                && it.actions == statement.actions
                && it.conditions == statement.conditions
                && (it.resources == statement.resources || !(it.is_listed() || statement.is_listed()))
        };
        if let Some(known) = self.statements.iter_mut().find(same) {
            known.resources.extend(statement.resources);
            return;
        }
        let is_free = |sid: &String| self.statements.iter().all(|it| it.sid != *sid);
        let numbered = (2_u32..).map(|number| format!("{}{number}", statement.sid));
        let sid = std::iter::once(statement.sid.clone()).chain(numbered).find(is_free);
        let sid = sid.unwrap_or_else(|| statement.sid.clone());
        self.statements.push(Statement { sid, ..statement });
    }

    /// The statements, in the order in which the definition gave rise to them.
    pub fn statements(&self) -> &[Statement] {
        &self.statements
    }

    /// The policy as IAM reads it. What only the deployment knows is written as `Fn::Sub` of CloudFormation takes it.
    pub fn to_json(&self) -> Json {
        self.write(&Sub)
    }

    /// The policy, with resources as a template writes them.
    pub(super) fn write(&self, template: &impl References) -> Json {
        let statements: Vec<Json> = self.statements.iter().map(|it| statement(it, template)).collect();
        Object::new().with("Version", "2012-10-17").with("Statement", statements).into()
    }
}

/// How a template refers to what only the deployment knows.
pub(super) trait References {
    fn arn(&self, arn: &Arn) -> Json;
    /// The list that a parameter is.
    fn listed(&self, parameter: &str) -> Json;
}

/// The references of a policy that is printed on its own.
struct Sub;

impl References for Sub {
    fn arn(&self, arn: &Arn) -> Json {
        Json::Expression(arn.to_string())
    }

    fn listed(&self, parameter: &str) -> Json {
        Json::Placeholder(parameter.to_owned())
    }
}

fn statement(statement: &Statement, template: &impl References) -> Json {
    let actions: Vec<Json> = statement.actions.iter().map(|action| action.as_str().into()).collect();
    Object::new()
        .with("Sid", statement.sid.as_str())
        .with("Effect", "Allow")
        .with("Action", actions)
        .with("Resource", resources(&statement.resources, template))
        .maybe("Condition", conditions(&statement.conditions, template))
        .into()
}

/// Several resources, one, or the list of a parameter: such a list is never among others, as it cannot be within one.
fn resources(resources: &BTreeSet<Resource>, template: &impl References) -> Json {
    let mut written: Vec<Json> = resources
        .iter()
        .map(|resource| match resource {
            Resource::All => "*".into(),
            Resource::Arn(arn) => template.arn(arn),
            Resource::Listed(parameter) => template.listed(parameter),
        })
        .collect();
    if written.len() == 1 { written.remove(0) } else { written.into() }
}

fn conditions(conditions: &BTreeSet<Condition>, template: &impl References) -> Option<Object> {
    let operators: BTreeSet<&str> = conditions.iter().map(|it| it.operator.as_str()).collect();
    let of = |operator: &str| -> Object {
        let own = conditions.iter().filter(|it| it.operator == operator);
        own.map(|it| (it.key.clone(), value(&it.value, template))).collect()
    };
    (!conditions.is_empty())
        .then(|| operators.iter().map(|operator| ((*operator).to_owned(), of(operator).into())).collect())
}

fn value(value: &ConditionValue, template: &impl References) -> Json {
    match value {
        ConditionValue::Text(text) => text.as_str().into(),
        ConditionValue::Listed(parameter) => template.listed(parameter),
    }
}
