//! A statement for each way of calling something.

use super::*;
use crate::asl::Object;

/// What a document with this state needs: the policy without what every state machine has, and the names of the parameters.
fn needs_of(state: Object) -> (Vec<serde_json::Value>, Vec<String>) {
    let document = Object::new().with("States", Object::new().with("Work", state)).into();
    let Needs { policy, parameters } = of_document("Shop", &document);
    let policy: serde_json::Value = policy.to_json().into();
    let statements = policy["Statement"].as_array().cloned().unwrap_or_default();
    let own =
        |statement: &serde_json::Value| !["WriteTraces", "DeliverLogs"].map(Into::into).contains(&statement["Sid"]);
    (statements.into_iter().filter(own).collect(), parameters.into_keys().collect())
}

fn task(resource: &str, arguments: impl Into<Json>) -> Object {
    Object::new().with("Type", "Task").with("Resource", resource).with("Arguments", arguments)
}

/// The permissions of each statement and what they are for, in a short form.
fn allowed(state: Object) -> (Vec<String>, Vec<String>) {
    let (statements, parameters) = needs_of(state);
    let list = |value: &serde_json::Value| match value {
        serde_json::Value::Array(values) => {
            values.iter().filter_map(|value| value.as_str()).collect::<Vec<_>>().join(" ")
        }
        value => value.as_str().unwrap_or_default().to_owned(),
    };
    let short = |text: String| {
        let place = "${AWS::Region}:${AWS::AccountId}";
        text.replace("arn:${AWS::Partition}:", "").replace(place, "here")
    };
    let line = |it: &serde_json::Value| short(format!("{}: {}", list(&it["Action"]), list(&it["Resource"])));
    (statements.iter().map(line).collect(), parameters)
}

fn placeholder(name: &str) -> Json {
    Json::Placeholder(name.to_owned())
}

fn expression() -> Json {
    Json::Expression("{% $states.input.name %}".to_owned())
}

#[test]
fn functions() {
    let invoke = |name: Json| {
        allowed(task("arn:aws:states:::lambda:invoke.waitForTaskToken", Object::new().with("FunctionName", name)))
    };
    assert_eq!(
        invoke(placeholder("TaskFunctionArn")),
        (vec!["lambda:InvokeFunction: ${TaskFunctionArn}".into()], vec![])
    );
    assert_eq!(invoke("index".into()).0, ["lambda:InvokeFunction: lambda:here:function:index"]);
    let arn = "arn:aws:lambda:eu-west-1:123456789012:function:index:live";
    assert_eq!(invoke(arn.into()).0, [format!("lambda:InvokeFunction: {arn}")]);
    let asked = "ShopWorkInvokeFunctionArns";
    assert_eq!(invoke(expression()), (vec![format!("lambda:InvokeFunction: ${{{asked}}}")], vec![asked.into()]));
}

#[test]
fn nested_executions() {
    let start = |suffix: &str, arn: Json| {
        let resource = format!("arn:aws:states:::states:startExecution{suffix}");
        allowed(task(&resource, Object::new().with("StateMachineArn", arn)))
    };
    let started = "states:StartExecution: ${PollStateMachineArn}".to_owned();
    let arn = || placeholder("PollStateMachineArn");
    assert_eq!(start("", arn()), (vec![started.clone()], vec![]));
    assert_eq!(start(".waitForTaskToken", arn()), (vec![started.clone()], vec![]));
    let followed = "states:DescribeExecution states:StopExecution: states:here:execution:${PollStateMachineName}:*";
    let heard = "events:DescribeRule events:PutRule events:PutTargets: \
                 events:here:rule/StepFunctionsGetEventsForStepFunctionsExecutionRule";
    for suffix in [".sync", ".sync:2"] {
        assert_eq!(start(suffix, arn()).0, [started.as_str(), followed, heard]);
    }
    let literal = "arn:aws:states:eu-west-1:123456789012:stateMachine:Poll:live";
    let followed = "states:DescribeExecution states:StopExecution: states:here:execution:Poll:*";
    assert_eq!(start(".sync:2", literal.into()).0[1], followed);
    let asked = ["ShopWorkDescribeExecutionArns", "ShopWorkStartExecutionArns"];
    assert_eq!(start(".sync:2", expression()).1, asked);
}

#[test]
fn distributed_maps() {
    let config = Object::new().with("Mode", "DISTRIBUTED");
    let place = |key: &str| Object::new().with("Bucket", placeholder("OrdersBucketName")).with(key, expression());
    let state = Object::new()
        .with("Type", "Map")
        .with("ItemReader", Object::new().with("Arguments", place("Key")))
        .with(
            "ResultWriter",
            Object::new().with("Arguments", Object::new().with("Bucket", "results").with("Prefix", "all")),
        )
        .with("ItemProcessor", Object::new().with("ProcessorConfig", config));
    let expected = [
        "states:StartExecution: states:here:stateMachine:${ShopStateMachineName}",
        "states:DescribeExecution states:RedriveExecution states:StopExecution: \
         states:here:execution:${ShopStateMachineName}/* states:here:execution:${ShopStateMachineName}:*",
        "s3:GetObject: s3:::${OrdersBucketName}/*",
        "s3:AbortMultipartUpload s3:GetObject s3:ListMultipartUploadParts s3:PutObject: s3:::results/all/*",
    ];
    assert_eq!(allowed(state), (expected.map(String::from).to_vec(), vec![]));
}

#[test]
fn https_apis() {
    let arguments = Object::new()
        .with("ApiEndpoint", "https://partner.example/labels")
        .with("Method", "POST")
        .with("Authentication", Object::new().with("ConnectionArn", placeholder("PartnerConnectionArn")));
    let (statements, parameters) = needs_of(task("arn:aws:states:::http:invoke", arguments));
    let conditions = serde_json::json!({
        "StringEquals": { "states:HTTPMethod": "POST" },
        "StringLike": { "states:HTTPEndpoint": "https://partner.example/labels" },
    });
    assert_eq!(statements[0]["Condition"], conditions);
    assert_eq!(statements[1]["Resource"], "${PartnerConnectionArn}");
    assert_eq!((statements.len(), parameters), (3, vec![]));

    let (statements, parameters) = needs_of(task("arn:aws:states:::http:invoke", expression()));
    assert_eq!(statements[0]["Condition"]["StringLike"]["states:HTTPEndpoint"], "${ShopWorkEndpoints}");
    assert_eq!(parameters, ["ShopWorkEndpoints", "ShopWorkRetrieveConnectionCredentialsArns"]);
}

#[test]
fn services_with_a_row() {
    let put = Object::new().with("TableName", placeholder("OrdersTableName"));
    let expected = "dynamodb:PutItem: dynamodb:here:table/${OrdersTableName}";
    assert_eq!(allowed(task("arn:aws:states:::dynamodb:putItem", put.clone())).0, [expected]);
    assert_eq!(allowed(task("arn:aws:states:::aws-sdk:dynamodb:putItem", put)).0, [expected]);

    let query = Object::new().with("TableName", "orders").with("IndexName", "by-day");
    let expected = "dynamodb:Query: dynamodb:here:table/orders dynamodb:here:table/orders/index/by-day";
    assert_eq!(allowed(task("arn:aws:states:::aws-sdk:dynamodb:query", query)).0, [expected]);

    let tag = Object::new().with("Bucket", "archive").with("Key", expression());
    assert_eq!(
        allowed(task("arn:aws:states:::aws-sdk:s3:putObjectTagging", tag)).0,
        ["s3:PutObjectTagging: s3:::archive/*"]
    );
    let list = task("arn:aws:states:::aws-sdk:s3:listObjectsV2", Object::new().with("Bucket", "archive"));
    assert_eq!(allowed(list).0, ["s3:ListBucket: s3:::archive"]);
    let all = task("arn:aws:states:::aws-sdk:s3:listBuckets", Object::new());
    assert_eq!(allowed(all), (vec!["s3:ListAllMyBuckets: *".into()], vec![]));
}

#[test]
fn queues_by_their_urls() {
    let send = |url: Json| allowed(task("arn:aws:states:::sqs:sendMessage", Object::new().with("QueueUrl", url)));
    let asked = (vec!["sqs:SendMessage: ${ParcelsQueueArn}".to_owned()], vec!["ParcelsQueueArn".to_owned()]);
    assert_eq!(send(placeholder("ParcelsQueueUrl")), asked);
    let url = "https://sqs.eu-west-1.amazonaws.com/123456789012/parcels";
    assert_eq!(send(url.into()), (vec!["sqs:SendMessage: sqs:eu-west-1:123456789012:parcels".into()], vec![]));
    assert_eq!(send(expression()).1, ["ShopWorkSendMessageArns"]);
}

#[test]
fn jobs_that_are_waited_for() {
    let arguments = || Object::new().with("JobName", "nightly");
    let start = "glue:StartJobRun: glue:here:job/nightly".to_owned();
    let plain = allowed(task("arn:aws:states:::glue:startJobRun", arguments()));
    assert_eq!(plain, (vec![start.clone()], vec![]));
    let waited = allowed(task("arn:aws:states:::glue:startJobRun.sync", arguments()));
    let follow = "glue:BatchStopJobRun glue:GetJobRun glue:GetJobRuns: glue:here:job/nightly".to_owned();
    assert_eq!(waited, (vec![start, follow], vec![]));
    let build = Object::new().with("ProjectName", "site");
    let (built, _) = allowed(task("arn:aws:states:::codebuild:startBuild.sync", build));
    assert!(built[2].ends_with("rule/StepFunctionsGetEventForCodeBuildStartBuildRule"), "{built:?}");
}

#[test]
fn what_no_table_knows_is_a_policy_of_the_users() {
    for resource in [
        "arn:aws:states:::sagemaker:createTrainingJob.sync",
        "arn:aws:states:::aws-sdk:account:getRegionOptStatus",
        "arn:aws:states:::aws-sdk:dynamodb:executeStatement",
        "arn:aws:states:::aws-sdk:dynamodb:actionOfTomorrow",
    ] {
        assert_eq!(allowed(task(resource, expression())), (vec![], vec!["ShopWorkPolicyArn".into()]), "{resource}");
    }
}

#[test]
fn activities_need_nothing() {
    let state = Object::new().with("Type", "Task").with("Resource", placeholder("OfficeActivityArn"));
    assert_eq!(allowed(state), (vec![], vec![]));
}

#[test]
fn states_of_branches_are_found_and_what_is_the_same_joins() {
    let invoke = |name: &str| {
        let arguments = Object::new().with("FunctionName", name);
        Object::new().with("States", Object::new().with(name, task("arn:aws:states:::lambda:invoke", arguments)))
    };
    let map = Object::new().with("Type", "Map").with("ItemProcessor", invoke("b"));
    let second = Object::new().with("States", Object::new().with("Each", map));
    let branches: Vec<Json> = vec![invoke("a").into(), second.into()];
    let state = Object::new().with("Type", "Parallel").with("Branches", branches);
    let expected = "lambda:InvokeFunction: lambda:here:function:a lambda:here:function:b";
    assert_eq!(allowed(state).0, [expected]);
}

#[test]
fn lists_do_not_join() {
    let mut policy = Policy::default();
    for resource in [Resource::Listed("A".into()), Resource::Listed("B".into()), Resource::Listed("A".into())] {
        policy.allow(Statement::new("Send", ["sqs:SendMessage"], [resource]));
    }
    let sids: Vec<_> = policy.statements().iter().map(|statement| statement.sid.as_str()).collect();
    assert_eq!(sids, ["Send", "Send2"]);
}
