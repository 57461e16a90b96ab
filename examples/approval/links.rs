//! The links in the mails, as a web server: whoever follows one answers the question.

use std::net::{Ipv4Addr, SocketAddr};

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::get;
use tokio::net::TcpListener;
use workflow_runtime::{Engine, TaskToken};

use crate::workflow::Decision;

/// Where the links lead.
#[derive(Clone, Copy)]
pub struct Links {
    server: SocketAddr,
}

impl Links {
    /// The link that approves, or refuses.
    pub fn to(&self, decision: Decision, token: &TaskToken<Decision>) -> String {
        let answer = match decision {
            Decision::Approve => "approve",
            Decision::Refuse => "refuse",
        };
        format!("http://{}/{answer}/{token}", self.server)
    }
}

/// A free port of this machine, on which [`serve`] is to listen. The workflow's mails need its address before there is an engine.
pub async fn listen() -> std::io::Result<(TcpListener, Links)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let server = listener.local_addr()?;
    Ok((listener, Links { server }))
}

/// Serves the links, for as long as the program runs.
pub fn serve(listener: TcpListener, engine: Engine) {
    let approve = |state, token| answer(state, token, Decision::Approve);
    let refuse = |state, token| answer(state, token, Decision::Refuse);
    let routes =
        Router::new().route("/approve/{token}", get(approve)).route("/refuse/{token}", get(refuse)).with_state(engine);
    tokio::spawn(async move { axum::serve(listener, routes).await });
}

/// The second click, a late one and a forged link change nothing: the engine says what is wrong with the token.
async fn answer(
    State(engine): State<Engine>,
    Path(token): Path<TaskToken<Decision>>,
    decision: Decision,
) -> (StatusCode, String) {
    match engine.complete(&token, decision).await {
        Ok(()) => (StatusCode::OK, "thank you".to_owned()),
        Err(error) => (StatusCode::GONE, error.to_string()),
    }
}
