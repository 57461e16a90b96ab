//! A person in a workflow: an expense is approved by whoever follows a link in a mail, within three days.
//!
//! `cargo run --example approval` starts a web server for the links, asks about three expenses, and plays the manager, who follows
//! the links. With arguments the program is a tool for its workflow, as in `cargo run --example approval -- graph`.

#![allow(unreachable_pub, reason = "the modules are written as they would be in a library")]

mod links;
mod mail;
#[cfg(test)]
mod tests;
mod workflow;

use std::error::Error;
use std::process::ExitCode;
use std::time::Duration;

use http_body_util::{BodyExt, Empty};
use hyper::body::Bytes;
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use hyper_util::rt::TokioExecutor;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use workflow_runtime::prelude::*;

use mail::{Letter, Post};
use workflow::{ApproveExpense, Expense};

#[tokio::main]
async fn main() -> Result<ExitCode, Box<dyn Error>> {
    let (listener, links) = links::listen().await?;
    let (letters, inbox) = unbounded_channel();
    let workflow = ApproveExpense::new(Post::new(links, letters));
    if App::is_told() {
        return Ok(App::new().workflow(workflow).main().await);
    }
    let engine = Engine::builder().workflow(workflow).start().await?;
    links::serve(listener, engine.clone());
    tokio::spawn(manager(inbox));
    let mut executions = Vec::new();
    for (what_for, amount_in_cents) in [("a pencil", 90), ("a desk", 45_000), ("a piano", 1_200_000)] {
        let execution = engine.start::<ApproveExpense<Post>>(expense(what_for, amount_in_cents)).await?;
        executions.push((what_for, execution));
    }
    for (what_for, execution) in executions {
        match execution.output().await {
            Ok(approval) => println!("{what_for}: approved by {}", approval.approved_by),
            Err(error) => println!("{what_for}: {error}"),
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn expense(what_for: &str, amount_in_cents: u32) -> Expense {
    Expense {
        employee: "Ada".to_owned(),
        what_for: what_for.to_owned(),
        amount_in_cents,
        manager: "Grace".to_owned(),
        managers_manager: "Barbara".to_owned(),
    }
}

/// Reads the mails, and follows one of the two links in each: nobody needs a piano.
async fn manager(mut inbox: UnboundedReceiver<Letter>) {
    let http: Client<HttpConnector, Empty<Bytes>> = Client::builder(TokioExecutor::new()).build_http();
    while let Some(letter) = inbox.recv().await {
        println!("to {}: may Ada buy {}?", letter.to, letter.about);
        tokio::time::sleep(Duration::from_millis(300)).await;
        let link = if letter.about == "a piano" { letter.refuse } else { letter.approve };
        println!("{} follows {}…", letter.to, link.chars().take(40).collect::<String>());
        let answer = match link.parse() {
            Ok(link) => http.get(link).await,
            Err(error) => return eprintln!("{error}"),
        };
        match answer {
            Ok(answer) if answer.status().is_success() => {}
            Ok(answer) => {
                let body = answer.into_body().collect().await.map(|body| body.to_bytes()).unwrap_or_default();
                eprintln!("{}", String::from_utf8_lossy(&body));
            }
            Err(error) => eprintln!("{error}"),
        }
    }
}
