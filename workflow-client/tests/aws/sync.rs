//! Executions of Express workflows.

use std::time::Duration;

use workflow_client::{Client, StartError, StateMachines};
use workflow_runtime::{ExecutionError, Failure};

use crate::service::{Answer, Service};
use crate::workflows::{Purchase, Quote, order};

const ARN: &str = "arn:aws:states:eu-west-1:123456789012:express:shop-Quote:0b3f:7c11";

fn answered(status: &str, fields: &str) -> Answer {
    Answer::ok(format!(
        r#"{{"executionArn":"{ARN}","stateMachineArn":"arn:aws:states:eu-west-1:123456789012:stateMachine:shop-Quote",
            "name":"0b3f","status":"{status}","startDate":1.7745696E9,"stopDate":1.7745697E9,"input":"{{}}",
            "billingDetails":{{"billedDurationInMilliseconds":200,"billedMemoryUsedInMB":64}}{fields}}}"#
    ))
}

#[tokio::test(start_paused = true)]
async fn an_express_workflow_is_run_to_its_end() {
    let service = Service::new();
    service.will("StartSyncExecution", [answered("SUCCEEDED", r#","output":"300""#)]);
    let ended = service.client().start_sync::<Quote>(order("tea")).await.unwrap();
    assert_eq!((ended.arn(), ended.billed()), (ARN, Some((Duration::from_millis(200), 64))));
    assert_eq!(ended.output(), Ok(300));
    let call = &service.calls("StartSyncExecution")[0];
    assert_eq!(call.host, "sync-states.eu-west-1.amazonaws.com");
    assert_eq!(call.body["input"], r#"{"item":"tea","count":2}"#);
}

#[tokio::test(start_paused = true)]
async fn its_errors_are_those_of_a_native_run() {
    let service = Service::new();
    let failed = answered("FAILED", r#","error":"NoPrice","cause":"ask again""#);
    let late = answered("TIMED_OUT", r#","error":"States.Timeout""#);
    service.will("StartSyncExecution", [failed, late]);
    let client = service.client();
    let output = async || client.start_sync::<Quote>(order("tea")).await.unwrap().output();
    assert_eq!(output().await, Err(ExecutionError::Failed(Failure::new("NoPrice", "ask again"))));
    assert_eq!(output().await, Err(ExecutionError::TimedOut));
}

#[tokio::test(start_paused = true)]
async fn a_workflow_that_is_nowhere_is_refused_before_any_call() {
    let service = Service::new();
    let sfn = aws_sdk_sfn::Config::builder().behavior_version_latest().build();
    let client = Client::new(aws_sdk_sfn::Client::from_conf(sfn), StateMachines::new().with::<Purchase>("arn"));
    let error = client.start_sync::<Quote>(order("tea")).await.expect_err("nobody said where it is");
    assert!(matches!(error, StartError::UnknownWorkflow("Quote")), "{error:?}");
    assert!(error.to_string().contains(".with::<Quote>("), "{error}");
    assert!(service.calls("StartSyncExecution").is_empty());
}
