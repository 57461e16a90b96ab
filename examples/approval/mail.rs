//! Mails that are shown on the terminal.

use tokio::sync::mpsc::UnboundedSender;
use workflow_runtime::TaskToken;

use crate::links::Links;
use crate::workflow::{Decision, Mail, MailError, Question};

/// A mail with two links.
pub struct Letter {
    pub to: String,
    pub about: String,
    pub approve: String,
    pub refuse: String,
}

pub struct Post {
    links: Links,
    /// Whoever reads the mails.
    letters: UnboundedSender<Letter>,
}

impl Post {
    pub fn new(links: Links, letters: UnboundedSender<Letter>) -> Self {
        Post { links, letters }
    }
}

impl Mail for Post {
    async fn ask(&self, question: &Question, token: &TaskToken<Decision>) -> Result<(), MailError> {
        let letter = Letter {
            to: question.whom.clone(),
            about: question.expense.what_for.clone(),
            approve: self.links.to(Decision::Approve, token),
            refuse: self.links.to(Decision::Refuse, token),
        };
        self.letters.send(letter).map_err(|_| MailError::Unavailable)
    }
}
