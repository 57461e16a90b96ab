//! The workflows: a digest of many documents, each of which is summarised by a polling workflow as an execution of its own.

use serde::{Deserialize, Serialize};
use workflow_runtime::prelude::*;

use super::poll_service::{Job, PollService, Service};

/// What became of one document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Data)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    Summarised { summary: String },
    Failed { document: String, reason: String },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Data)]
pub struct Digest {
    pub summaries: Vec<String>,
    pub failed: Vec<Outcome>,
}

pub struct Summarise<C> {
    poll: PollService<C>,
}

/// Summarises one document. One that cannot be summarised is an outcome too: it does not fail the batch.
#[workflow(start = summarise, timeout = "15m")]
impl<C: Service> Summarise<C> {
    #[nested(self.poll: PollService<C>, end = |report| Outcome::Summarised { summary: report.summary })]
    #[catch(States::TaskFailed => |failure, job| failed((job.document, failure)))]
    fn summarise(job: Job);

    /// Why the nested execution failed stands in its description.
    #[pass(end)]
    fn failed((document, failure): (String, Failure)) -> Outcome {
        Outcome::Failed { document, reason: failure.nested().and_then(|child| child.cause).unwrap_or_default() }
    }
}

pub struct DigestDocuments<C> {
    summarise: Summarise<C>,
}

impl<C> DigestDocuments<C> {
    pub fn new(client: C) -> Self {
        DigestDocuments { summarise: Summarise { poll: PollService::new(client) } }
    }
}

/// Summarises many documents at once.
#[workflow(start = summarise_all, timeout = "1h")]
impl<C: Service> DigestDocuments<C> {
    #[map(self.summarise: Summarise<C>, next = collect)]
    fn summarise_all(documents: Vec<String>) -> Vec<Job> {
        documents.into_iter().map(|document| Job { document }).collect()
    }

    #[pass(end)]
    fn collect(outcomes: Vec<Outcome>) -> Digest {
        Digest {
            summaries: outcomes
                .iter()
                .filter_map(|outcome| match outcome {
                    Outcome::Summarised { summary } => Some(summary.clone()),
                    Outcome::Failed { .. } => None,
                })
                .collect(),
            failed: outcomes.iter().filter(|outcome| matches!(outcome, Outcome::Failed { .. })).cloned().collect(),
        }
    }
}
