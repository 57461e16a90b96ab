//! What a transition of the poll workflow writes, for what is measured without an engine.

pub(crate) const STATE: &str = "poll_result";
pub(crate) const PROGRESS: &str = r#"{"phase":"attempt","visits":12,"attempts":1,"since":1795374000123,"last":42}"#;

/// The state's input.
pub(crate) fn input(transition: u64) -> String {
    format!(r#"{{"ticket":"a document","polls":{transition}}}"#)
}

/// The events of a transition: there are 100 in the 33 of an execution.
pub(crate) const EVENTS: &str = r#"["TaskSucceeded","TaskStateExited PollResult","ChoiceStateEntered IsReady"]"#;
