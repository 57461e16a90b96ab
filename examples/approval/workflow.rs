//! The workflow: small expenses are approved at once, others by a person, who has three days, and whose own manager has three more.

use std::future::Future;

use serde::{Deserialize, Serialize};
use workflow_runtime::prelude::*;

/// How people are asked.
pub trait Mail: Send + Sync + 'static {
    /// Sends a question, with two links to answer it. The token belongs into the links.
    fn ask(
        &self,
        question: &Question,
        token: &TaskToken<Decision>,
    ) -> impl Future<Output = Result<(), MailError>> + Send;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Data)]
pub struct Expense {
    pub employee: String,
    pub what_for: String,
    pub amount_in_cents: u32,
    /// Who decides, and who decides when nobody does.
    pub manager: String,
    pub managers_manager: String,
}

/// What somebody is asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Data)]
pub struct Question {
    pub whom: String,
    pub expense: Expense,
    /// Whether somebody else was asked before, and did not answer.
    pub escalated: bool,
}

/// What they answer.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Data)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    Approve,
    Refuse,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Data)]
pub struct Approval {
    pub what_for: String,
    pub approved_by: String,
}

#[derive(Debug, thiserror::Error, TaskError)]
pub enum MailError {
    #[error("the mail server does not answer")]
    Unavailable,
}

pub struct ApproveExpense<M> {
    mail: M,
}

impl<M> ApproveExpense<M> {
    pub fn new(mail: M) -> Self {
        ApproveExpense { mail }
    }
}

/// Has an expense approved by a person, unless it is small.
#[workflow(start = needs_a_person, timeout = "8d")]
impl<M: Mail> ApproveExpense<M> {
    #[choice]
    fn needs_a_person(expense: Expense) -> Next<Self> {
        if expense.amount_in_cents <= 5_000 {
            approved(Approval { what_for: expense.what_for, approved_by: "the rules".to_owned() })
        } else {
            ask(Question { whom: expense.manager.clone(), expense, escalated: false })
        }
    }

    /// The task ends when somebody follows one of the links in the mail.
    #[task(callback, timeout = "3d", next = |decision, question| decide((decision, question)))]
    #[retry(MailError::Unavailable, interval = "1m", max_attempts = 5)]
    #[catch(States::Timeout => |_, question| nobody_answered(question))]
    async fn ask(&self, question: Question, token: TaskToken<Decision>) -> Result<(), MailError> {
        self.mail.ask(&question, &token).await
    }

    #[choice]
    fn decide((decision, question): (Decision, Question)) -> Next<Self> {
        match decision {
            Decision::Approve => approved(Approval { what_for: question.expense.what_for, approved_by: question.whom }),
            Decision::Refuse => refused(question),
        }
    }

    #[choice]
    fn nobody_answered(question: Question) -> Next<Self> {
        if question.escalated {
            expired(question.expense)
        } else {
            ask(Question {
                whom: question.expense.managers_manager.clone(),
                expense: question.expense,
                escalated: true,
            })
        }
    }

    #[succeed]
    fn approved(approval: Approval);

    #[fail(error = "Refused")]
    fn refused(question: Question) -> String {
        format!("{} refused {}", question.whom, question.expense.what_for)
    }

    #[fail(error = "Expired")]
    fn expired(expense: Expense) -> String {
        format!("neither {} nor {} answered within three days each", expense.manager, expense.managers_manager)
    }
}
