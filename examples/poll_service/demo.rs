//! Runs the workflow on a few documents at once, and prints what happens as it happens.

use std::error::Error;
use std::time::Instant;

use workflow_runtime::history::EventDetail;
use workflow_runtime::prelude::*;

use crate::workflow::{Job, PollService, Service};

/// What the documents are called, and what is in them. The service does not like to get several at once, so all but one of those
/// that it accepts are throttled at first.
const DOCUMENTS: &[(&str, &str)] = &[
    ("letter", "Thank you for your letter and the parcel, which came in one piece after three weeks at sea."),
    ("verse", "To be, or not to be, that is the question."),
    ("scan", "Dear Mr M\u{FFFD}ller, we are sorry to hear"),
    ("blank", ""),
];

pub async fn run<C: Service>(workflow: PollService<C>) -> Result<(), Box<dyn Error>> {
    let engine = Engine::builder().workflow(workflow).start().await?;
    let begun = Instant::now();
    let mut followers = Vec::new();
    for &(name, document) in DOCUMENTS {
        let execution = engine.start::<PollService<C>>(Job { document: document.to_owned() }).await?;
        followers.push((name, execution.clone(), tokio::spawn(follow(name, execution, begun))));
    }
    let mut results = Vec::new();
    for (name, execution, follower) in followers {
        follower.await?;
        results.push((name, execution.output().await));
    }
    println!();
    for (name, result) in results {
        match result {
            Ok(report) => println!("{name:8} {:?} (polls: {})", report.summary, report.polls),
            Err(error) => println!("{name:8} {error}"),
        }
    }
    Ok(())
}

/// Prints each state that an execution enters, and each attempt that fails.
async fn follow<C: Service>(name: &str, execution: Execution<PollService<C>>, begun: Instant) {
    let mut events = execution.follow();
    while let Some(event) = events.next().await {
        let line = match event.detail {
            EventDetail::StateEntered { name, .. } => name.to_owned(),
            EventDetail::TaskFailed { failure, .. } | EventDetail::TaskTimedOut { failure, .. } => {
                format!("  failed with {failure}")
            }
            _ => continue,
        };
        println!("{:4.1} s  {name:8} {line}", begun.elapsed().as_secs_f64());
    }
}
