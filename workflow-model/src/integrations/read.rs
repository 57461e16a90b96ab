//! Reads a resource, and says of one that Step Functions would refuse what to write instead.

use std::fmt;

use super::{Integration, PREFIX, Pattern, optimised, sdk};
use crate::finding::Code;
use crate::name::{nearest, one_of};

/// Why a resource is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Which rule it breaks.
    pub code: Code,
    /// What is wrong and why it matters; one sentence, without a full stop.
    pub message: String,
    /// What to write instead; each one sentence, without a full stop.
    pub help: Vec<String>,
}

impl Mistake {
    fn new(message: impl Into<String>) -> Self {
        Mistake { code: Code::W0701, message: message.into(), help: Vec::new() }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// The remedy is another resource.
    fn write(self, resource: impl fmt::Display) -> Self {
        self.help(format!("write `\"{PREFIX}{resource}\"`"))
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Mistake {}

impl Integration {
    /// Reads a resource, as in `arn:aws:states:::sqs:sendMessage.waitForTaskToken`.
    ///
    /// # Errors
    ///
    /// When it is no service integration of Step Functions.
    pub fn read(resource: &str) -> Result<Self, Mistake> {
        let rest = resource.strip_prefix(PREFIX).ok_or_else(|| without_prefix(resource))?;
        match rest.strip_prefix("aws-sdk:") {
            Some(rest) => read_sdk(rest),
            None => read_optimised(rest),
        }
    }
}

/// A resource that does not begin as a service integration does.
fn without_prefix(resource: &str) -> Mistake {
    let fields: Vec<&str> = resource.splitn(6, ':').collect();
    let ["arn", partition, service, ..] = fields[..] else {
        let mistake = Mistake::new(format!("`{resource}` is no service integration, which begins with `{PREFIX}`"));
        return match resource.contains(':') {
            true => mistake.write(resource),
            false => mistake
                .write("dynamodb:putItem")
                .help("or remove `resource`: then the task runs in the Lambda function of this program"),
        };
    };
    let named = fields.get(5).copied().unwrap_or_default();
    match (partition, service) {
        (partition, "states") if partition != "aws" && resource.contains(":::") => {
            let rest = resource.split_once(":::").map_or("", |(_, rest)| rest);
            Mistake::new(format!("the resource names the partition `{partition}`, and definitions are exported for `aws`"))
                .write(rest)
        }
        (_, "lambda") => Mistake::new("the resource is the ARN of a Lambda function, which Step Functions calls by an integration")
            .help(format!("write `resource = \"{PREFIX}lambda:invoke\"`, and the function in `arguments`, as in `json!({{ \"FunctionName\": \"…\", \"Payload\": input }})`"))
            .help("or remove `resource`: then the task runs in the Lambda function of this program"),
        (_, "states") if named.starts_with("activity:") => {
            Mistake::new("the resource is the ARN of an activity, which is no service integration")
                .help("write `#[task(activity, …)]` instead of `resource`")
        }
        (_, "states") if named.starts_with("stateMachine:") => {
            Mistake::new("the resource is the ARN of a state machine, which is started by an integration")
                .help(format!("write `resource = \"{PREFIX}states:startExecution.sync:2\"`, and the state machine in `arguments`, as in `json!({{ \"StateMachineArn\": \"…\", \"Input\": input }})`"))
                .help("a workflow of this program is nested by `#[nested(self.field: Workflow, …)]`")
        }
        (_, "states") => {
            let message = format!(
                "a service integration begins with `{PREFIX}`: its region and its account are the state machine's own"
            );
            Mistake::new(message).write(without_place(resource))
        }
        (_, service) => {
            Mistake::new(format!("the resource is the ARN of something of `{service}`, and not a service integration, which says what to do with it"))
                .help(format!("name an action, as in `\"{PREFIX}{service}:…\"`, and what it is done to in `arguments`"))
        }
    }
}

/// What is left of `arn:aws:states:region:account:service:action` without the region and the account, how ever many colons there
/// are.
fn without_place(resource: &str) -> String {
    let is_place = |field: &&str| {
        let is_account = field.chars().all(|char| char.is_ascii_digit());
        is_account || (field.contains('-') && field.ends_with(|char: char| char.is_ascii_digit()))
    };
    resource.split(':').skip(3).filter(|field| !is_place(field)).collect::<Vec<_>>().join(":")
}

/// `service:action.pattern` in its parts.
struct Parts<'a> {
    service: &'a str,
    action: &'a str,
    pattern: Option<&'a str>,
}

impl<'a> Parts<'a> {
    fn read(rest: &'a str) -> Option<Self> {
        let (service, action) = rest.split_once(':')?;
        let (action, pattern) = match action.split_once('.') {
            Some((action, pattern)) => (action, Some(pattern)),
            None => (action, None),
        };
        (!service.is_empty() && !action.is_empty()).then_some(Parts { service, action, pattern })
    }

    /// What stands behind the action.
    fn suffix(&self) -> String {
        self.pattern.map(|pattern| format!(".{pattern}")).unwrap_or_default()
    }

    /// The pattern that is written.
    fn known_pattern(&self) -> Result<Pattern, Mistake> {
        let Some(written) = self.pattern else { return Ok(Pattern::RequestResponse) };
        let named = Pattern::ALL.into_iter().filter(|pattern| *pattern != Pattern::RequestResponse);
        if let Some(pattern) = named.clone().find(|pattern| pattern.name() == written) {
            return Ok(pattern);
        }
        let mistake = Mistake {
            code: Code::W0702,
            ..Mistake::new(format!("`.{written}` is no integration pattern of Step Functions"))
        };
        let names: Vec<_> = named.map(Pattern::name).collect();
        Err(match nearest(written, names.iter().copied()) {
            Some(near) => mistake.help(format!("did you mean `.{near}`?")),
            None => mistake.help(format!("its patterns are `.{}`, and none for a plain request", names.join("`, `."))),
        })
    }
}

fn read_optimised(rest: &str) -> Result<Integration, Mistake> {
    let Some(parts) = Parts::read(rest) else {
        return Err(Mistake::new(format!("`{rest}` names no action of a service"))
            .help(format!("write a service and an action, as in `\"{PREFIX}dynamodb:putItem\"`")));
    };
    if optimised::actions(parts.service).is_empty() {
        return Err(unknown_service(&parts));
    }
    let Some(row) = optimised::find(parts.service, parts.action) else {
        return Err(unknown_action(&parts));
    };
    let pattern = parts.known_pattern()?;
    if !row.patterns.contains(&pattern) {
        return Err(unsupported(&parts, pattern, &row.patterns));
    }
    Ok(Integration { service: row.service.to_owned(), action: row.action.to_owned(), pattern, is_known: true })
}

/// A service without an optimised integration.
fn unknown_service(parts: &Parts<'_>) -> Mistake {
    let Parts { service, action, .. } = *parts;
    let mistake = Mistake::new(format!("Step Functions has no optimised integration for a service `{service}`"));
    if let Some(meant) = optimised::alias(service) {
        return mistake.write(format_args!("{meant}:{action}{}", parts.suffix()));
    }
    if let Some(meant) = sdk::find(service).map(|service| service.name).or_else(|| sdk::alias(service)) {
        return mistake.help(format!(
            "it calls this one through the AWS SDK: write `\"{PREFIX}aws-sdk:{meant}:{action}{}\"`",
            parts.suffix()
        ));
    }
    let services = optimised::services();
    match nearest(service, services.iter().copied()) {
        Some(near) => mistake.help(format!("did you mean `{near}`?")),
        None => mistake
            .help(format!("those with one are `{}`", services.join("`, `")))
            .help(format!("others are called through the AWS SDK, as in `\"{PREFIX}aws-sdk:s3:getObject\"`")),
    }
}

/// An action that a service's optimised integration does not have.
fn unknown_action(parts: &Parts<'_>) -> Mistake {
    let Parts { service, action, .. } = *parts;
    let actions = optimised::actions(service);
    let mistake = Mistake::new(format!("the optimised integration of `{service}` has no action `{action}`"));
    if let Some(meant) = actions.iter().find(|known| known.eq_ignore_ascii_case(action)) {
        return mistake.write(format_args!("{service}:{meant}{}", parts.suffix()));
    }
    let through_sdk = sdk::find(service).or_else(|| sdk::alias(service).and_then(sdk::find));
    if let Some(known) =
        through_sdk.as_ref().and_then(|sdk| sdk.actions.iter().find(|known| known.eq_ignore_ascii_case(action)))
    {
        let name = through_sdk.as_ref().map_or(service, |sdk| sdk.name);
        return mistake
            .help(format!("the AWS SDK has it: write `\"{PREFIX}aws-sdk:{name}:{known}{}\"`", parts.suffix()));
    }
    let mistake = match nearest(action, actions.iter().copied()) {
        Some(near) => mistake.help(format!("did you mean `{near}`?")),
        None => mistake,
    };
    mistake.help(format!("its actions are `{}`", actions.join("`, `")))
}

/// A pattern that an integration does not have.
fn unsupported(parts: &Parts<'_>, pattern: Pattern, supported: &[Pattern]) -> Mistake {
    let Parts { service, action, .. } = *parts;
    let why = match pattern {
        Pattern::Sync | Pattern::Sync2 => "it starts no job whose end could be waited for",
        Pattern::RequestResponse | Pattern::WaitForTaskToken => "it hands on no task token",
    };
    let mistake = match (pattern, supported.contains(&Pattern::Sync)) {
        (Pattern::Sync2, true) => Mistake::new(format!(
            "`{service}:{action}` has no `.sync:2`, which differs from `.sync` for nested state machines alone"
        )),
        _ => Mistake::new(format!("`{service}:{action}` has no {pattern}: {why}")),
    };
    let ways: Vec<_> =
        supported.iter().map(|pattern| format!("`\"{PREFIX}{service}:{action}{}\"`", pattern.suffix())).collect();
    Mistake { code: Code::W0702, ..mistake.help(format!("write {}", one_of(&ways))) }
}

fn read_sdk(rest: &str) -> Result<Integration, Mistake> {
    let Some(parts) = Parts::read(rest) else {
        return Err(Mistake::new(format!("`aws-sdk:{rest}` names no action of a service"))
            .help(format!("write a service and an action, as in `\"{PREFIX}aws-sdk:s3:getObject\"`")));
    };
    let Parts { service, action, .. } = parts;
    let Some(known) = sdk::find(service) else {
        return Err(unknown_sdk_service(&parts));
    };
    if let Some(first) = action.chars().next().filter(|first| !first.is_ascii_lowercase()) {
        let camel: String = first.to_lowercase().chain(action.chars().skip(1)).collect();
        return Err(Mistake::new(format!(
            "`{action}` begins with a capital letter, and actions are written in camelCase"
        ))
        .write(format_args!("aws-sdk:{service}:{camel}{}", parts.suffix())));
    }
    let pattern = parts.known_pattern()?;
    if let Pattern::Sync | Pattern::Sync2 = pattern {
        return Err(sync_through_sdk(&parts));
    }
    let is_known = known.actions.is_empty() || known.actions.contains(&action);
    Ok(Integration { service: format!("aws-sdk:{service}"), action: action.to_owned(), pattern, is_known })
}

fn unknown_sdk_service(parts: &Parts<'_>) -> Mistake {
    let Parts { service, action, .. } = *parts;
    let mistake = Mistake::new(format!("the AWS SDK has no service `{service}` for Step Functions"));
    if let Some(meant) = sdk::alias(service) {
        let why = match service.eq_ignore_ascii_case(meant) {
            true => "services are written in small letters",
            false => "it is called by the name that the AWS SDK for Java has for it",
        };
        return mistake.help(format!("{why}: write `\"{PREFIX}aws-sdk:{meant}:{action}{}\"`", parts.suffix()));
    }
    let names = sdk::names();
    match nearest(service, names.iter().copied()) {
        Some(near) => mistake.help(format!("did you mean `{near}`?")),
        None => mistake.help(
            "write the name that the AWS SDK for Java has for its package, in small letters, as in `cloudwatchlogs`",
        ),
    }
}

/// `.sync` of an AWS SDK integration, which has none.
fn sync_through_sdk(parts: &Parts<'_>) -> Mistake {
    let Parts { service, action, .. } = *parts;
    let mistake = Mistake {
        code: Code::W0702,
        ..Mistake::new(format!(
            "`aws-sdk:{service}:{action}` has no `{}`: through the AWS SDK, Step Functions waits for an answer or a token, not for the end of a job",
            parts.suffix()
        ))
    };
    let name = optimised::alias(service).unwrap_or(service);
    match optimised::find(name, action) {
        Some(row) if row.patterns.contains(&Pattern::Sync) => {
            mistake.help(format!("the optimised integration waits for it: write `\"{}\"`", row.resource(Pattern::Sync)))
        }
        _ => mistake.help(format!(
            "write `\"{PREFIX}aws-sdk:{service}:{action}\"`, and ask for the job's end with a `#[poll]`"
        )),
    }
}
