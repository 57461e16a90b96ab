//! HTTPS APIs, which Step Functions calls with the credentials of an EventBridge connection.

use super::{Arguments, Collector};
use crate::asl::Json;
use crate::deploy::policy::{Condition, ConditionValue};
use crate::deploy::{Arn, Parameter, ParameterKind, Part, Resource, Statement};

/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html>.
pub(super) fn collect(collector: &mut Collector<'_>, state: &str, arguments: Arguments<'_>) {
    let machine = Arn::of("states", [Part::Text("stateMachine:".into()), collector.own_name()]);
    let mut invoke = Statement::new("CallHttpsApis", ["states:InvokeHTTPEndpoint"], [Resource::Arn(machine)]);
    let text = |name: &str| arguments.and_then(|it| it.at(&[name])).and_then(Json::as_text).map(str::to_owned);
    if let Some(method) = text("Method") {
        invoke.conditions.insert(condition("StringEquals", "states:HTTPMethod", ConditionValue::Text(method)));
    }
    let endpoint = match text("ApiEndpoint") {
        Some(endpoint) => ConditionValue::Text(endpoint),
        None => ConditionValue::Listed(endpoints(collector, state)),
    };
    invoke.conditions.insert(condition("StringLike", "states:HTTPEndpoint", endpoint));
    collector.needs.policy.allow(invoke);

    let connection = ["Authentication", "InvocationConfig"]
        .iter()
        .find_map(|place| arguments.and_then(|it| it.at(&[place])).filter(|it| it.at(&["ConnectionArn"]).is_some()));
    let retrieve = ["events:RetrieveConnectionCredentials".to_owned()];
    collector.allow(state, "UseConnections", &retrieve, &["{ConnectionArn}"], connection);
    let known = connection.and_then(|it| it.at(&["ConnectionArn"])).and_then(Json::as_text).and_then(secret);
    let any = || Arn::of("secretsmanager", [Part::Text("secret:events!connection/*".into())]);
    let secrets = known.unwrap_or_else(any);
    let read = ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"];
    collector.needs.policy.allow(Statement::new("ReadConnectionSecrets", read, [Resource::Arn(secrets)]));
}

/// The secret that EventBridge made for the connection with this ARN, whose name begins with the connection's.
fn secret(connection: &str) -> Option<Arn> {
    let fields: Vec<&str> = connection.splitn(6, ':').collect();
    let [_, _, "events", region, account, resource] = fields[..] else { return None };
    let name = resource.strip_prefix("connection/")?.split('/').next()?;
    let resource = format!(":secretsmanager:{region}:{account}:secret:events!connection/{name}/*");
    Some(Arn::new([Part::Text("arn:".to_owned()), Part::Partition, Part::Text(resource)]))
}

fn condition(operator: &str, key: &str, value: ConditionValue) -> Condition {
    Condition { operator: operator.to_owned(), key: key.to_owned(), value }
}

/// The parameter that lists the URLs of a state which makes its URL at run time.
fn endpoints(collector: &mut Collector<'_>, state: &str) -> String {
    let name = format!("{}Endpoints", collector.parameter_name(state, ""));
    let description = format!(
        "The URLs that the state {state} of {} may call, in which * stands for anything, with commas between them",
        collector.workflow
    );
    collector.ask(Parameter::new(&name, ParameterKind::List, description));
    name
}
