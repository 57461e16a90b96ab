//! `explain`: the page on a finding, or the list of all.

use workflow_model::Code;
use workflow_model::finding::Severity;

use super::arguments::Explain;
use super::{AppError, print};

pub(super) fn explain(arguments: &Explain) -> Result<(), AppError> {
    match &arguments.code {
        Some(code) => print(code.parse::<Code>().map_err(AppError::Code)?.page()),
        None => print(&Code::ALL.iter().map(line).collect::<String>()),
    }
}

fn line(code: &Code) -> String {
    let advice = if code.severity() == Severity::Advice { " (advice)" } else { "" };
    format!("{code}  {}{advice}\n", code.title())
}
