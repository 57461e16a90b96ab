//! Resources: those that Step Functions takes, and what is said of those it refuses.

use workflow_model::Code;
use workflow_model::integrations::{Integration, Pattern};

#[test]
fn reads_what_step_functions_takes() {
    for (resource, service, action, pattern) in [
        ("dynamodb:putItem", "dynamodb", "putItem", Pattern::RequestResponse),
        ("sqs:sendMessage.waitForTaskToken", "sqs", "sendMessage", Pattern::WaitForTaskToken),
        ("emr-serverless:startJobRun.sync", "emr-serverless", "startJobRun", Pattern::Sync),
        ("states:startExecution.sync:2", "states", "startExecution", Pattern::Sync2),
        ("lambda:invoke", "lambda", "invoke", Pattern::RequestResponse),
        ("aws-sdk:s3:getObject", "aws-sdk:s3", "getObject", Pattern::RequestResponse),
        ("aws-sdk:ec2:describeInstances", "aws-sdk:ec2", "describeInstances", Pattern::RequestResponse),
        ("aws-sdk:sfn:startExecution.waitForTaskToken", "aws-sdk:sfn", "startExecution", Pattern::WaitForTaskToken),
    ] {
        let integration = Integration::read(&format!("arn:aws:states:::{resource}")).expect(resource);
        assert_eq!((integration.service.as_str(), integration.action.as_str()), (service, action));
        assert_eq!((integration.pattern, integration.is_known), (pattern, true), "{resource}");
        assert_eq!(format!("{service}:{}", integration.resource()), resource);
    }
}

/// What is said of a resource, with the prefix left out of the remedies.
fn refused(resource: &str) -> (Code, String, String) {
    let mistake = Integration::read(resource).expect_err(resource);
    (mistake.code, mistake.message, mistake.help.first().cloned().unwrap_or_default())
}

#[test]
fn says_what_to_write_instead() {
    for (resource, remedy) in [
        ("dynamodb:putItem", "arn:aws:states:::dynamodb:putItem"),
        ("arn:aws-cn:states:::dynamodb:putItem", "arn:aws:states:::dynamodb:putItem"),
        ("arn:aws:states:eu-west-1:123456789012:dynamodb:putItem", "arn:aws:states:::dynamodb:putItem"),
        ("arn:aws:states::dynamodb:putItem", "arn:aws:states:::dynamodb:putItem"),
        ("arn:aws:states:dynamodb:putItem", "arn:aws:states:::dynamodb:putItem"),
        ("arn:aws:lambda:eu-west-1:123456789012:function:charge", "arn:aws:states:::lambda:invoke"),
        ("arn:aws:states:eu-west-1:123456789012:activity:Resize", "#[task(activity, …)]"),
        ("arn:aws:states:eu-west-1:123456789012:stateMachine:Charge", "arn:aws:states:::states:startExecution.sync:2"),
        ("arn:aws:sqs:eu-west-1:123456789012:orders", "arn:aws:states:::sqs:…"),
        ("arn:aws:states:::dynamodb", "arn:aws:states:::dynamodb:putItem"),
        ("arn:aws:states:::DynamoDB:putItem", "arn:aws:states:::dynamodb:putItem"),
        ("arn:aws:states:::dynamodb:PutItem", "arn:aws:states:::dynamodb:putItem"),
        ("arn:aws:states:::dynamodb:putItems", "did you mean `putItem`?"),
        ("arn:aws:states:::dynamo:putItem", "did you mean `dynamodb`?"),
        ("arn:aws:states:::eventbridge:putEvents", "arn:aws:states:::events:putEvents"),
        ("arn:aws:states:::stepfunctions:startExecution.sync:2", "arn:aws:states:::states:startExecution.sync:2"),
        ("arn:aws:states:::s3:getObject", "arn:aws:states:::aws-sdk:s3:getObject"),
        ("arn:aws:states:::dynamodb:query", "arn:aws:states:::aws-sdk:dynamodb:query"),
        ("arn:aws:states:::events:putRule", "arn:aws:states:::aws-sdk:eventbridge:putRule"),
        ("arn:aws:states:::aws-sdk:DynamoDb:query", "arn:aws:states:::aws-sdk:dynamodb:query"),
        ("arn:aws:states:::aws-sdk:dynamodb:Query", "arn:aws:states:::aws-sdk:dynamodb:query"),
        (
            "arn:aws:states:::aws-sdk:cognito-idp:listUsers",
            "arn:aws:states:::aws-sdk:cognitoidentityprovider:listUsers",
        ),
        ("arn:aws:states:::aws-sdk:stepfunctions:startExecution", "arn:aws:states:::aws-sdk:sfn:startExecution"),
        ("arn:aws:states:::aws-sdk:dynmodb:query", "did you mean `dynamodb`?"),
        ("arn:aws:states:::aws-sdk:s3", "arn:aws:states:::aws-sdk:s3:getObject"),
    ] {
        let (code, message, help) = refused(resource);
        assert_eq!(code, Code::W0701, "{resource}: {message}");
        assert!(help.contains(&format!("{remedy}\"")) || help.contains(remedy), "{resource}: {help}");
    }
}

#[test]
fn refuses_patterns_that_an_integration_has_not() {
    for (resource, remedy) in [
        ("dynamodb:putItem.sync", "write `\"arn:aws:states:::dynamodb:putItem\"`"),
        ("batch:submitJob.sync:2", "`\"arn:aws:states:::batch:submitJob.sync\"`"),
        ("batch:submitJob.waitForTaskToken", "`\"arn:aws:states:::batch:submitJob.sync\"`"),
        ("sqs:sendMessage.waitForToken", "did you mean `.waitForTaskToken`?"),
        (
            "sqs:sendMessage.later",
            "its patterns are `.sync`, `.sync:2`, `.waitForTaskToken`, and none for a plain request",
        ),
        ("aws-sdk:batch:submitJob.sync", "write `\"arn:aws:states:::batch:submitJob.sync\"`"),
        ("aws-sdk:ec2:runInstances.sync", "ask for the job's end with a `#[poll]`"),
    ] {
        let (code, message, help) = refused(&format!("arn:aws:states:::{resource}"));
        assert_eq!(code, Code::W0702, "{resource}: {message}");
        assert!(help.contains(remedy), "{resource}: {help}");
    }
}

#[test]
fn an_action_may_be_newer_than_the_table() {
    let integration = Integration::read("arn:aws:states:::aws-sdk:dynamodb:puttItem").expect("actions come and go");
    assert!(!integration.is_known);
    assert_eq!(integration.resembled(), Some("putItem"));
}
