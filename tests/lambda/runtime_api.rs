//! A local stand-in for Lambda: its [Runtime API](https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html), and what starts the
//! program behind it.

use std::collections::BTreeMap;
use std::process::Stdio;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::{get, post};
use serde::Deserialize;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::process::{Child, Command};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::timeout;

/// The error that a function raises.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Raised {
    pub(crate) error_type: String,
    pub(crate) error_message: String,
}

/// How an invocation ended.
pub(crate) type Answer = Result<Value, Raised>;

/// A function that runs on this machine.
pub(crate) struct Function {
    invocations: mpsc::UnboundedSender<Invocation>,
    /// How often the program has asked for an invocation.
    asked: watch::Receiver<u32>,
    program: Child,
}

struct Invocation {
    payload: Vec<u8>,
    deadline: SystemTime,
    answer: oneshot::Sender<Answer>,
}

/// What the API knows: what is to be done, and who waits for what is being done.
struct Api {
    next: tokio::sync::Mutex<mpsc::UnboundedReceiver<Invocation>>,
    asked: watch::Sender<u32>,
    waiting: Mutex<BTreeMap<String, oneshot::Sender<Answer>>>,
}

impl Function {
    /// Starts a program as Lambda does.
    pub(crate) async fn start(mut program: Command) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let address = listener.local_addr().expect("it is bound");
        let (invocations, next) = mpsc::unbounded_channel();
        let (asked_by, asked) = watch::channel(0);
        let api = Arc::new(Api { next: next.into(), asked: asked_by, waiting: Mutex::default() });
        let router = Router::new()
            .route("/2018-06-01/runtime/invocation/next", get(next_invocation))
            .route("/2018-06-01/runtime/invocation/{id}/response", post(response))
            .route("/2018-06-01/runtime/invocation/{id}/error", post(error))
            .layer(DefaultBodyLimit::disable())
            .with_state(api);
        tokio::spawn(async move { axum::serve(listener, router).await });
        let program = program
            .env("AWS_LAMBDA_RUNTIME_API", address.to_string())
            .env("AWS_LAMBDA_FUNCTION_NAME", "tasks")
            .env("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST")
            .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("the program can be started");
        Function { invocations, asked, program }
    }

    /// Waits until the program asks for the invocation behind so many: then it has nothing to do.
    pub(crate) async fn is_idle_after(&mut self, invocations: u32) {
        self.asked.wait_for(|&asked| asked > invocations).await.expect("the API is there for as long as the function");
    }

    /// The program's process.
    pub(crate) fn process(&self) -> u32 {
        self.program.id().expect("it runs")
    }

    /// Invokes the function, which may take a minute.
    pub(crate) async fn invoke(&self, payload: &Value) -> Answer {
        self.invoke_within(Duration::from_secs(60), payload).await.expect("the function answers")
    }

    /// Invokes the function, and waits for as long as its timeout is. `None`: it has not answered then.
    pub(crate) async fn invoke_within(&self, limit: Duration, payload: &Value) -> Option<Answer> {
        self.send(limit, payload.to_string().into_bytes()).await
    }

    /// Invokes the function with bytes, whatever they are.
    pub(crate) async fn invoke_with(&self, payload: &[u8]) -> Answer {
        self.send(Duration::from_secs(60), payload.to_owned()).await.expect("the function answers")
    }

    async fn send(&self, limit: Duration, payload: Vec<u8>) -> Option<Answer> {
        let (answer, answered) = oneshot::channel();
        let invocation = Invocation { payload, deadline: SystemTime::now() + limit, answer };
        assert!(self.invocations.send(invocation).is_ok(), "the API is there for as long as the function");
        timeout(limit, answered).await.ok().map(|answer| answer.expect("the API keeps who waits"))
    }

    /// Asks the function to end, as Lambda does where an extension is there, and says how it did.
    #[cfg(unix)]
    pub(crate) async fn shut_down(mut self) -> std::process::ExitStatus {
        let process = self.process().to_string();
        let told = Command::new("kill").args(["-TERM", &process]).status().await.expect("there is `kill`");
        assert!(told.success());
        self.program.wait().await.expect("it ends")
    }

    /// Ends the function, and gives what it wrote into its log.
    pub(crate) async fn end(mut self) -> String {
        self.program.start_kill().expect("it runs");
        let output = self.program.wait_with_output().await.expect("it ends");
        String::from_utf8(output.stderr).expect("a log is text")
    }
}

async fn next_invocation(State(api): State<Arc<Api>>) -> impl IntoResponse {
    api.asked.send_modify(|asked| *asked += 1);
    let Some(Invocation { payload, deadline, answer }) = api.next.lock().await.recv().await else {
        return StatusCode::GONE.into_response();
    };
    let mut waiting = api.waiting.lock().unwrap_or_else(PoisonError::into_inner);
    let id = format!("invocation-{}", *api.asked.borrow());
    waiting.insert(id.clone(), answer);
    let deadline = deadline.duration_since(SystemTime::UNIX_EPOCH).expect("it is past 1970").as_millis();
    let headers = [
        ("lambda-runtime-aws-request-id", id),
        ("lambda-runtime-deadline-ms", deadline.to_string()),
        ("lambda-runtime-invoked-function-arn", "arn:aws:lambda:eu-west-1:123456789012:function:tasks".to_owned()),
    ];
    (headers, payload).into_response()
}

async fn response(State(api): State<Arc<Api>>, Path(id): Path<String>, body: String) -> StatusCode {
    api.answer(&id, Ok(serde_json::from_str(&body).expect("a result is JSON")))
}

async fn error(State(api): State<Arc<Api>>, Path(id): Path<String>, body: String) -> StatusCode {
    api.answer(&id, Err(serde_json::from_str(&body).expect("an error has its form")))
}

impl Api {
    fn answer(&self, id: &str, answer: Answer) -> StatusCode {
        let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner).remove(id);
        // Nobody is there any more where the function's time was over.
        waiting.expect("it was invoked").send(answer).ok();
        StatusCode::ACCEPTED
    }
}
