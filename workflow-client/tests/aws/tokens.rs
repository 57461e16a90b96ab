//! Tasks that wait for a token.

use serde_json::json;
use workflow_client::TokenError;
use workflow_runtime::{Failure, TaskToken};

use crate::service::{Answer, Service};
use crate::workflows::{Receipt, ShopError};

fn token() -> TaskToken<Receipt> {
    "AQCEAAAAKgAAAAMAAAAAAAAAAQ".parse().expect("it is short enough")
}

#[tokio::test(start_paused = true)]
async fn answers_are_sent_as_step_functions_takes_them() {
    let service = Service::new();
    let client = service.client();
    service.will("SendTaskSuccess", [Answer::ok("{}")]);
    service.will("SendTaskFailure", [Answer::ok("{}"), Answer::ok("{}"), Answer::ok("{}")]);
    service.will("SendTaskHeartbeat", [Answer::ok("{}")]);
    let (token, text) = (token(), token().to_string());
    client.heartbeat(&token).await.unwrap();
    client.complete(&token, Receipt { cents: 5 }).await.unwrap();
    client.fail(&token, ShopError::SoldOut("tea".to_owned())).await.unwrap();
    client.fail(&token, Failure::new("", "")).await.unwrap();
    client.fail(&token, Failure::new("Long", "x".repeat(40_000))).await.unwrap();

    assert_eq!(service.calls("SendTaskHeartbeat")[0].body, json!({"taskToken": text}));
    assert_eq!(service.calls("SendTaskSuccess")[0].body, json!({"taskToken": text, "output": r#"{"cents":5}"#}));
    let failures = service.calls("SendTaskFailure");
    let sold_out = json!({"taskToken": text, "error": "ShopError.SoldOut", "cause": "there is no tea"});
    assert_eq!(failures[0].body, sold_out);
    assert_eq!(failures[1].body, json!({"taskToken": text}));
    assert_eq!(failures[2].body["cause"].as_str().map(str::len), Some(32_768));
}

#[tokio::test(start_paused = true)]
async fn what_is_refused_is_told_apart() {
    let service = Service::new();
    let client = service.client();
    service.will(
        "SendTaskSuccess",
        [
            Answer::error("InvalidToken", "Invalid Token: 'Invalid token'"),
            Answer::error("TaskTimedOut", "Task Timed Out: 'Provided task does not exist anymore'"),
            Answer::error("TaskDoesNotExist", "Task Does Not Exist"),
            Answer::error("InvalidOutput", "Invalid Output: 'it is too long'"),
            Answer::error("AccessDeniedException", "no identity-based policy"),
            Answer::lost(),
        ],
    );
    let refused = async || client.complete(&token(), Receipt { cents: 5 }).await.expect_err("it is refused");
    assert!(matches!(refused().await, TokenError::InvalidToken));
    assert!(matches!(refused().await, TokenError::TaskTimedOut));
    assert!(matches!(refused().await, TokenError::TaskTimedOut));
    assert!(matches!(refused().await, TokenError::InvalidOutput(text) if text.ends_with("'it is too long'")));
    let denied = refused().await.to_string();
    let expected = "SendTaskSuccess on `a task's token` failed with AccessDeniedException: no identity-based policy; allow the caller \
                    `states:SendTaskSuccess` on it";
    assert_eq!(denied, expected);
    assert!(matches!(refused().await, TokenError::Service(error) if error.is_transient()));
}
