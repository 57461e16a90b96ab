//! The `README.md` beside a template: the few commands that build and deploy it, and what whoever deploys it has to know.

use super::application::{Application, Machine, words};
use super::function::{ARCHITECTURE, LONGEST_FUNCTION, RUNTIME};
use super::parameter::ParameterKind;
use super::template::Template;

pub(super) fn write(application: &Application, template: Template) -> String {
    let sections = [
        Some(head(application, template)),
        application.has_functions().then(|| build(application)),
        Some(deploy(application, template)),
        parameters(application, template),
        Some(start(application, template)),
        notes(application, template),
        Some(clean_up(application, template)),
    ];
    sections.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

fn head(application: &Application, template: Template) -> String {
    let name = &application.program.name;
    let mut text = format!(
        "# `{name}` on AWS\n\nWritten by `{name} export --template {} --out DIR`, where DIR is this directory. Run it again when the workflows \
         have changed; with `--check` it says whether they have. What you need is the {}.\n\n\
         | state machine | | definition |\n|---|---|---|\n",
        template.name(),
        tools(application, template),
    );
    for machine in &application.machines {
        let kind = if machine.is_express { "Express" } else { "Standard" };
        let purpose = machine.comment.as_deref().and_then(|comment| comment.lines().next()).unwrap_or_default();
        let about = if purpose.is_empty() { kind.to_owned() } else { format!("{kind}: {}", cell(purpose)) };
        text += &format!("| `{}` | {about} | [{1}]({1}) |\n", machine.workflow, machine.file());
    }
    text
}

/// What has to be installed.
fn tools(application: &Application, template: Template) -> String {
    let deploys = match template {
        Template::Sam => "[AWS SAM command line](https://docs.aws.amazon.com/serverless-application-model/)",
        Template::CloudFormation => "[AWS command line](https://aws.amazon.com/cli/)",
        Template::Terraform => {
            "command line of [Terraform](https://developer.hashicorp.com/terraform) (or OpenTofu: then write `tofu`)"
        }
    };
    match application.has_functions() {
        true => format!("{deploys} and [cargo-lambda](https://www.cargo-lambda.info)"),
        false => deploys.to_owned(),
    }
}

fn build(application: &Application) -> String {
    let program = &application.program;
    let target = if program.is_example { "example" } else { "bin" };
    format!(
        "## Build\n\nIn this directory:\n\n```sh\n\
         cargo lambda build --release --arm64 --{target} {} --output-format zip --lambda-dir build\n```\n\n\
         That makes `{}`: the program itself, which as a Lambda function serves the tasks of its workflows. It has to have the feature \
         `lambda` of `workflow-runtime`.\n",
        program.name,
        program.archive(),
    )
}

fn deploy(application: &Application, template: Template) -> String {
    let stack = stack(application);
    let commands = match template {
        Template::Sam => {
            let overrides = overrides(application);
            format!("sam deploy --stack-name {stack} --resolve-s3 --capabilities CAPABILITY_IAM{overrides}")
        }
        Template::CloudFormation => {
            let overrides = overrides(application);
            format!(
                "aws cloudformation package --template-file template.yaml --s3-bucket BUCKET --output-template-file packaged.yaml\n\
                 aws cloudformation deploy --template-file packaged.yaml --stack-name {stack} --capabilities CAPABILITY_IAM{overrides}"
            )
        }
        Template::Terraform => "terraform init\nterraform apply".to_owned(),
    };
    let remark = match template {
        Template::Sam => "`sam deploy --guided` asks for what it needs, and remembers the answers.",
        Template::CloudFormation => {
            "`BUCKET` is a bucket of yours in the same region, to which the function and the definitions are uploaded."
        }
        Template::Terraform => "It asks for the variables that have no value; `-var` or a `.tfvars` file gives them.",
    };
    format!("## Deploy\n\n```sh\n{commands}\n```\n\n{remark}\n")
}

/// The option that gives parameters their values, which the user fills in.
fn overrides(application: &Application) -> String {
    let values = application.parameters.keys().map(|name| format!(" \\\n    {}=VALUE", words(name)));
    let values: String = values.collect();
    if values.is_empty() { values } else { format!(" \\\n  --parameter-overrides{values}") }
}

fn parameters(application: &Application, template: Template) -> Option<String> {
    if application.parameters.is_empty() {
        return None;
    }
    let called = |name: &str| template.parameter(name);
    let rows = application.parameters.values();
    let rows = rows.map(|it| format!("| `{}` | {} |\n", called(&it.name), cell(&it.description)));
    let mut text = format!("## Parameters\n\n| | what it is |\n|---|---|\n{}", rows.collect::<String>());
    let policies = application.parameters.values().filter(|it| it.kind == ParameterKind::PolicyArn);
    let policies: Vec<_> = policies.map(|it| format!("`{}`", called(&it.name))).collect();
    if !policies.is_empty() {
        text += &format!(
            "\nWhat {} must allow is not known here for sure, so it is not in the template, which would otherwise allow too much: write \
             a managed policy after \
             [AWS's page on the service](https://docs.aws.amazon.com/step-functions/latest/dg/integrate-services.html), and give its \
             ARN.\n",
            policies.join(" and "),
        );
    }
    Some(text)
}

fn start(application: &Application, template: Template) -> String {
    let stack = stack(application);
    let Some(machine) = application.machines.first() else { return String::new() };
    let arn = match template {
        Template::Sam | Template::CloudFormation => format!(
            "aws cloudformation describe-stacks --stack-name {stack} --output text \\\n    \
             --query \"Stacks[0].Outputs[?OutputKey=='{}Arn'].OutputValue\"",
            machine.id(),
        ),
        Template::Terraform => format!("terraform output -raw {}", super::terraform::output_of(machine)),
    };
    let command = if machine.is_express { "start-sync-execution" } else { "start-execution" };
    let data = template.parameter("LogExecutionData");
    format!(
        "## Start\n\n```sh\naws stepfunctions {command} --input file://input.json \\\n  --state-machine-arn \"$({arn})\"\n```\n\n\
         `input.json` has the input as JSON. The console of Step Functions shows the executions of Standard workflows with their \
         histories. Traces are in X-Ray. In the groups `/aws/vendedlogs/states/…` are the errors of Standard workflows and all events of \
         Express ones, with the data of states where `{data}` is true.\n",
    )
}

/// What the template cannot do alone.
fn notes(application: &Application, template: Template) -> Option<String> {
    let mut notes = Vec::new();
    if template != Template::Terraform {
        notes.push(format!(
            "The name of the stack may have up to {} characters: state machines are called by it and their own name, in 80 characters.",
            application.room_for_name(),
        ));
    }
    if let Some(function) = &application.function {
        notes.push(format!(
            "The function's role may write logs and traces. What the tasks themselves do on AWS, the policies allow whose ARNs `{}` lists.",
            template.parameter("TaskFunctionPolicyArns"),
        ));
        if !function.too_long.is_empty() {
            notes.push(format!(
                "Lambda ends a function after {LONGEST_FUNCTION} seconds, but {} may take longer by its timeout: make it an activity, \
                 whose workers run elsewhere, or a `#[poll]`.",
                listed(&function.too_long),
            ));
        }
    }
    if !application.own_functions.is_empty() {
        let own: Vec<_> = application.own_functions.iter().cloned().collect();
        notes.push(format!(
            "{} is this program too, as a function of its own, which the template does not have: deploy `{}` for it, on {RUNTIME} and \
             {ARCHITECTURE}, with a role of its own.",
            listed(&own),
            application.program.archive(),
        ));
    }
    let activities: Vec<String> = application.activities.iter().cloned().collect();
    if !activities.is_empty() {
        notes.push(format!(
            "The workers of {} need `states:GetActivityTask` on the activity's ARN, and `states:SendTaskSuccess`, `SendTaskFailure` and \
             `SendTaskHeartbeat`.",
            listed(&activities),
        ));
    }
    if application.machines.iter().any(waits_for_tokens) {
        notes.push(
            "Some states wait for a token: whoever answers needs `states:SendTaskSuccess`, `SendTaskFailure` and `SendTaskHeartbeat`."
                .to_owned(),
        );
    }
    let lines: String = notes.iter().map(|note| format!("- {note}\n")).collect();
    (!notes.is_empty()).then(|| format!("## Good to know\n\n{lines}"))
}

fn waits_for_tokens(machine: &Machine) -> bool {
    machine.definition.contains(".waitForTaskToken\"")
}

fn clean_up(application: &Application, template: Template) -> String {
    let stack = stack(application);
    let command = match template {
        Template::Sam => format!("sam delete --stack-name {stack}"),
        Template::CloudFormation => format!("aws cloudformation delete-stack --stack-name {stack}"),
        Template::Terraform => "terraform destroy".to_owned(),
    };
    format!(
        "## Clean up\n\n```sh\n{command}\n```\n\nIt ends all executions, and deletes their histories and the logs.\n"
    )
}

/// What the stack is called: CloudFormation takes no underscore.
fn stack(application: &Application) -> String {
    application.program.name.replace('_', "-")
}

fn listed(names: &[String]) -> String {
    let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

/// A text in a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
