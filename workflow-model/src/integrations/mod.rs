//! The services that Step Functions calls itself: what a task's `resource` may name.
//!
//! There are two kinds. *Optimised* integrations are a short list, in `optimised.tsv`, each with the patterns it supports.
//! *AWS SDK* integrations are all the rest, with the services in `sdk.tsv`. [`Integration::read`] reads a resource, and
//! says of one that Step Functions would refuse what to write instead.

mod optimised;
mod read;
mod sdk;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use optimised::{Optimised, optimised};
pub use read::Mistake;

/// What every resource of a service integration begins with.
pub const PREFIX: &str = "arn:aws:states:::";

/// A service integration, as a resource names it.
///
/// ```
/// use workflow_model::integrations::{Integration, Pattern};
///
/// let integration = Integration::read("arn:aws:states:::batch:submitJob.sync")?;
/// assert_eq!((integration.service.as_str(), integration.action.as_str()), ("batch", "submitJob"));
/// assert_eq!(integration.pattern, Pattern::Sync);
///
/// let mistake = Integration::read("arn:aws:states:::dynamodb:PutItem").expect_err("an action begins with a small letter");
/// assert_eq!(mistake.help, ["write `\"arn:aws:states:::dynamodb:putItem\"`"]);
/// # Ok::<(), workflow_model::integrations::Mistake>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Integration {
    /// The service, as in `dynamodb` or `aws-sdk:s3`: the `resourceType` of the events.
    pub service: String,
    /// The action, as in `putItem`.
    pub action: String,
    /// What Step Functions waits for.
    pub pattern: Pattern,
    /// Whether the tables know the action. Of an AWS SDK integration they may not: APIs grow.
    pub is_known: bool,
}

impl Integration {
    /// The action with its pattern, as in `startExecution.sync:2`: the `resource` of the events.
    pub fn resource(&self) -> String {
        format!("{}{}", self.action, self.pattern.suffix())
    }

    /// The optimised integration that it is, if it is one.
    pub fn optimised(&self) -> Option<&'static Optimised> {
        optimised::find(&self.service, &self.action)
    }

    /// Whether the service has the pattern.
    pub(crate) fn is_supported(&self) -> bool {
        match self.optimised() {
            Some(row) => row.patterns.contains(&self.pattern),
            None => matches!(self.pattern, Pattern::RequestResponse | Pattern::WaitForTaskToken),
        }
    }

    /// The action of the same service that an unknown one resembles.
    pub fn resembled(&self) -> Option<&'static str> {
        let service = sdk::find(self.service.strip_prefix("aws-sdk:")?)?;
        crate::name::nearest(&self.action, service.actions)
    }

    /// Whether it calls a Lambda function, whose errors have a form of their own.
    pub fn is_lambda(&self) -> bool {
        self.service == "lambda"
    }

    /// Whether it calls an HTTPS API, which has to answer within [`HTTP_TIMEOUT`] seconds.
    pub fn is_http(&self) -> bool {
        self.service == "http"
    }
}

/// How long Step Functions waits for an HTTPS API, in seconds, whatever the task's timeout is.
///
/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html>.
pub const HTTP_TIMEOUT: u64 = 60;

/// What Step Functions waits for before it goes on.
///
/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html>.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pattern {
    /// The service's answer.
    RequestResponse,
    /// `.sync`: the end of the job that the service started.
    Sync,
    /// `.sync:2`: the same, with the job's output as JSON instead of a string.
    Sync2,
    /// `.waitForTaskToken`: that somebody sends the token's success or failure.
    WaitForTaskToken,
}

impl Pattern {
    /// All of them.
    pub const ALL: [Pattern; 4] = [Pattern::RequestResponse, Pattern::Sync, Pattern::Sync2, Pattern::WaitForTaskToken];

    /// What stands behind the action, as in `.sync`; nothing for the plain request.
    pub fn suffix(self) -> &'static str {
        match self {
            Pattern::RequestResponse => "",
            Pattern::Sync => ".sync",
            Pattern::Sync2 => ".sync:2",
            Pattern::WaitForTaskToken => ".waitForTaskToken",
        }
    }

    /// The name in the table, as in `request-response` or `sync`.
    pub fn name(self) -> &'static str {
        match self {
            Pattern::RequestResponse => "request-response",
            other => &other.suffix()[1..],
        }
    }

    fn from_name(name: &str) -> Option<Pattern> {
        Pattern::ALL.into_iter().find(|pattern| pattern.name() == name)
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Pattern::RequestResponse => f.write_str("request-response"),
            other => write!(f, "`{}`", other.suffix()),
        }
    }
}

/// An argument that an integration needs: one of some paths.
pub(crate) struct Needed(&'static [&'static str]);

impl Needed {
    /// How the first of them is written in a `json!`.
    pub(crate) fn example(&self) -> String {
        let path = self.0.first().copied().unwrap_or_default();
        let nested = |inner: String, key: &str| match inner.as_str() {
            "" => format!("\"{key}\": …"),
            inner => format!("\"{key}\": {{ {inner} }}"),
        };
        path.rsplit('.').fold(String::new(), nested)
    }
}

impl fmt::Display for Needed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", self.0.join("` or `"))
    }
}

/// What the arguments of an integration lack for sure. `lacks` tells whether there is nothing at a path.
pub(crate) fn missing(integration: &Integration, lacks: impl Fn(&[&str]) -> bool) -> Vec<Needed> {
    let required = integration.optimised().map_or(&[][..], |row| row.required.as_slice());
    let is_missing = |paths: &&Vec<&'static str>| paths.iter().all(|path| lacks(&path.split('.').collect::<Vec<_>>()));
    required.iter().filter(is_missing).map(|paths| Needed(paths)).collect()
}

/// The rows of a table: lines of cells that are parted by tabs, without the comment at its head.
fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect())
}
