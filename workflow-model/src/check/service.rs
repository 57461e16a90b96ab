//! W0701 to W0704: the services that tasks call, and what they are given.

use std::time::Duration;

use crate::duration::Display;
use crate::expr::{self, Expr, JsonPiece, Lambda};
use crate::finding::{Code, Finding, Place, StatePart};
use crate::integrations::{HTTP_TIMEOUT, Integration, PREFIX, Pattern, missing};
use crate::machine::{Mode, State, StateMachine};
use crate::states::{Service, StateKind, Task};

pub(super) fn check(machine: &StateMachine, findings: &mut Vec<Finding>) {
    for (position, state) in machine.states.iter().enumerate() {
        if let StateKind::Task(Task { service: Some(service), timeout, callback, .. }) = &state.kind {
            let (mode, timeout, callback) = (machine.mode, *timeout, *callback);
            Checked { mode, position, state, service, timeout, callback }.check(findings);
        }
    }
}

/// A task with a service.
struct Checked<'a> {
    mode: Mode,
    position: usize,
    state: &'a State,
    service: &'a Service,
    timeout: Option<Duration>,
    callback: bool,
}

impl Checked<'_> {
    fn check(&self, findings: &mut Vec<Finding>) {
        if self.mode == Mode::Native {
            findings.push(self.never_called());
            return;
        }
        let integration = match Integration::read(&self.service.resource) {
            Ok(integration) => integration,
            Err(mistake) => {
                let finding = Finding::new(mistake.code, self.option("resource"), mistake.message);
                findings.push(mistake.help.into_iter().fold(finding, Finding::help));
                return;
            }
        };
        findings.extend(self.token(&integration).or_else(|| self.express(&integration)));
        findings.extend(self.unknown_action(&integration));
        findings.extend(self.http_timeout(&integration));
        if let Some(arguments) = &self.service.arguments {
            self.arguments(&integration, arguments, findings);
        }
    }

    fn option(&self, option: &'static str) -> Place {
        Place::State(self.position, StatePart::Option(option))
    }

    fn never_called(&self) -> Finding {
        let message = format!(
            "`{}` has a `resource`, but a `#[workflow(native)]` is never exported, so that nothing ever calls it",
            self.state.name
        );
        let finding = Finding::new(Code::W0602, self.option("resource"), message);
        finding.help("remove `resource` and `arguments`, or `native` from `#[workflow(…)]`")
    }

    /// Who waits for a token gives one out, and the other way round.
    fn token(&self, integration: &Integration) -> Option<Finding> {
        let name = &self.state.name;
        let waits = integration.pattern == Pattern::WaitForTaskToken;
        match (self.callback, waits) {
            (true, true) if !self.hands_on_token() => {
                let message = format!("`{name}` waits for its token, which its `arguments` give to nobody");
                let finding = Finding::new(Code::W0704, self.option("arguments"), message);
                let closure = if self.state.input.is_some() { "|input, token|" } else { "|token|" };
                Some(
                    finding.help(format!(
                        "hand it on, as in `arguments = {closure} json!({{ …, \"TaskToken\": token }})`"
                    )),
                )
            }
            (false, true) => {
                let message = format!("`{name}` waits for its token on Step Functions, but natively it has none");
                let finding = Finding::new(Code::W0702, self.option("resource"), message);
                Some(finding.help("write `callback` beside it, and take the token behind the input, as in `token: TaskToken<Decision>`"))
            }
            (true, false) => {
                let message =
                    format!("`{name}` ends when somebody sends its token, but its resource waits for no token");
                let finding = Finding::new(Code::W0702, self.option("resource"), message);
                let waiting = Integration { pattern: Pattern::WaitForTaskToken, ..integration.clone() };
                Some(match waiting.is_supported() {
                    true => finding.help(format!("write `\"{PREFIX}{}:{}\"`", waiting.service, waiting.resource())),
                    false => finding.help("remove `callback`, and let the method wait for the end of what it starts"),
                })
            }
            (false, false) | (true, true) => None,
        }
    }

    /// Whether the closure of `arguments` has a parameter for the token.
    fn hands_on_token(&self) -> bool {
        let input = usize::from(self.state.input.is_some());
        let token = self.service.arguments.as_ref().and_then(|arguments| arguments.params.get(input));
        token.is_some_and(|token| token.pattern != expr::Pattern::Wildcard)
    }

    /// An Express workflow waits for answers alone.
    fn express(&self, integration: &Integration) -> Option<Finding> {
        if self.mode != Mode::Express || self.callback || integration.pattern == Pattern::RequestResponse {
            return None;
        }
        let message = format!(
            "`{}` uses {}, and an Express workflow waits for answers only",
            self.state.name, integration.pattern
        );
        let plain = self.service.resource.strip_suffix(integration.pattern.suffix()).unwrap_or_default();
        let finding = Finding::new(Code::W0602, self.option("resource"), message);
        Some(finding.help(format!(
            "write `\"{plain}\"`, or make this a Standard workflow: remove `express` from `#[workflow(…)]`"
        )))
    }

    fn unknown_action(&self, integration: &Integration) -> Option<Finding> {
        if integration.is_known {
            return None;
        }
        let Integration { service, action, .. } = integration;
        let message = format!("the table of the AWS SDK's actions has no `{action}` of `{service}`");
        let finding = Finding::new(Code::W0703, self.option("resource"), message);
        let finding = match integration.resembled() {
            Some(near) => finding.help(format!("did you mean `{near}`?")),
            None => finding,
        };
        Some(finding.help("if it is newer than the table, write `#[allow_finding(W0703)]` on the state"))
    }

    fn http_timeout(&self, integration: &Integration) -> Option<Finding> {
        let timeout = self.timeout.filter(|timeout| timeout.as_secs() > HTTP_TIMEOUT)?;
        if !integration.is_http() {
            return None;
        }
        let message = format!(
            "the timeout of `{}` is {}, but Step Functions gives an HTTPS API {HTTP_TIMEOUT} seconds to answer",
            self.state.name,
            Display(timeout)
        );
        let finding = Finding::new(Code::W0303, self.option("timeout"), message);
        Some(finding.help(format!("write `timeout = \"{HTTP_TIMEOUT}s\"` or less")))
    }

    /// What of the arguments can be told before the types are known: what a `json!` says.
    fn arguments(&self, integration: &Integration, arguments: &Lambda, findings: &mut Vec<Finding>) {
        let mut wrong = |message: String, help: String| {
            let finding = Finding::new(Code::W0704, self.option("arguments"), message).help(help);
            if !findings.contains(&finding) {
                findings.push(finding);
            }
        };
        for leaf in leaves(&arguments.body) {
            let json = match leaf {
                Expr::Json(json) => json,
                Expr::Literal(_) | Expr::Tuple(_) | Expr::Array(_) | Expr::None | Expr::Format(_) => {
                    let message =
                        format!("the arguments of `{}` are no object, which every service takes", self.state.name);
                    wrong(message, "write a struct, or `json!({ … })`".to_owned());
                    continue;
                }
                _ => continue,
            };
            for names in missing(integration, |path| lacks(json, path)) {
                let message =
                    format!("`{}:{}` needs {names}, which its arguments lack", integration.service, integration.action);
                wrong(message, format!("write it, as in `json!({{ …, {} }})`", names.example()));
            }
        }
    }
}

/// The values that an expression may have.
fn leaves(expr: &Expr) -> Vec<&Expr> {
    match expr {
        Expr::Let { body, .. } => leaves(body),
        Expr::If { then, otherwise, .. } => [then, otherwise].into_iter().flat_map(|branch| leaves(branch)).collect(),
        Expr::Match { arms, .. } => arms.iter().flat_map(|arm| leaves(&arm.body)).collect(),
        leaf => vec![leaf],
    }
}

/// Whether a `json!` has nothing at a path for sure.
fn lacks(json: &JsonPiece, path: &[&str]) -> bool {
    match (json, path) {
        (JsonPiece::Object(entries), [first, rest @ ..]) => {
            entries.iter().find(|(key, _)| key == first).is_none_or(|(_, piece)| lacks(piece, rest))
        }
        (JsonPiece::Null | JsonPiece::Array(_), [_, ..]) => true,
        (JsonPiece::Value(_), _) | (_, []) => false,
    }
}
