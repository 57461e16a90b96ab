//! The function behind the tasks.

use super::reference::InTemplate;
use super::{Dialect, arn_of, log_group, parameters, reference_to, resource, role};
use crate::asl::{Json, Object};
use crate::deploy::application::{Application, words};
use crate::deploy::environment;
use crate::deploy::function::{ARCHITECTURE, Function, HANDLER, RUNTIME, policy};

/// What the function is called in a template.
pub(super) const ID: &str = "TaskFunction";

pub(super) fn resources(application: &Application, function: &Function, dialect: Dialect) -> Vec<(String, Json)> {
    let named = |what: &str, resource: Json| (format!("{ID}{what}"), resource);
    vec![
        named("", lambda(application, function, dialect)),
        named("Role", function_role(application)),
        named("Logs", log_group(None)),
    ]
}

fn lambda(application: &Application, function: &Function, dialect: Dialect) -> Json {
    let logging = Object::new().with("LogFormat", "JSON").with("LogGroup", reference_to(&format!("{ID}Logs")));
    let (kind, code, tracing) = match dialect {
        Dialect::Sam => ("AWS::Serverless::Function", "CodeUri", ("Tracing", Json::from("Active"))),
        Dialect::CloudFormation => {
            ("AWS::Lambda::Function", "Code", ("TracingConfig", Object::new().with("Mode", "Active").into()))
        }
    };
    let properties = Object::new()
        .with("Description", format!("Runs the tasks of {}", application.program.name))
        .with(code, application.program.archive())
        .with("Handler", HANDLER)
        .with("Runtime", RUNTIME)
        .with("Architectures", vec![ARCHITECTURE.into()])
        .with("MemorySize", reference_to(parameters::MEMORY_SIZE))
        .with("Timeout", function.timeout())
        .with("Role", arn_of(&format!("{ID}Role")))
        .maybe("Environment", variables(application))
        .with(tracing.0, tracing.1)
        .with("LoggingConfig", logging);
    resource(kind, properties)
}

/// What the program reads in its environment, each from a parameter.
fn variables(application: &Application) -> Option<Object> {
    let variables = &application.program.environment;
    let value = |name: &str| reference_to(&words(&environment::parameter(name)));
    let values: Object = variables.iter().map(|it| (it.name.clone(), value(&it.name))).collect();
    (!variables.is_empty()).then(|| Object::new().with("Variables", values))
}

fn function_role(application: &Application) -> Json {
    let policy = policy().write(&InTemplate(application));
    role("lambda.amazonaws.com", None, policy, Some(parameters::function_policies()))
}
