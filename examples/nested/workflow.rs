//! The workflow: it runs the polling one three times, each time on what the last one made.

use workflow_runtime::prelude::*;

use super::poll_service::{Job, PollService, Service};

pub struct Headline<C> {
    poll: PollService<C>,
}

impl<C> Headline<C> {
    pub fn new(poll: PollService<C>) -> Self {
        Headline { poll }
    }
}

/// Makes a headline of a document: the summary of the summary of its summary.
#[workflow(start = summarise, timeout = "1h")]
impl<C: Service> Headline<C> {
    #[nested(self.poll: PollService<C>, next = |report| shorten(Job { document: report.summary }))]
    fn summarise(job: Job);

    #[nested(self.poll: PollService<C>, next = |report| condense(Job { document: report.summary }))]
    fn shorten(job: Job);

    #[nested(self.poll: PollService<C>, next = |report| done(report.summary))]
    fn condense(job: Job);

    #[succeed]
    fn done(headline: String);
}
