//! What Step Functions takes of a failure: an error of 256 characters and a cause of 32,768. What is longer would make it refuse the
//! call, and the task would go on as if nothing had happened.

use workflow_runtime::Failure;

const LONGEST_ERROR: usize = 256;
const LONGEST_CAUSE: usize = 32_768;

/// The error's name; `None` where there is none.
pub(crate) fn error(failure: &Failure) -> Option<String> {
    within(&failure.error, LONGEST_ERROR)
}

/// The cause; `None` where there is none.
pub(crate) fn cause(failure: &Failure) -> Option<String> {
    within(&failure.cause, LONGEST_CAUSE)
}

fn within(text: &str, most: usize) -> Option<String> {
    // A text has no more characters than bytes.
    Some(text[..text.floor_char_boundary(most)].to_owned()).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_long_is_cut_between_characters() {
        let failure = Failure::new("é".repeat(200), "x".repeat(40_000));
        assert_eq!(error(&failure).map(|text| text.len()), Some(256));
        assert_eq!(cause(&failure).map(|text| text.len()), Some(32_768));
        assert_eq!(cause(&Failure::new("Lost", "")), None);
        assert_eq!(error(&Failure::new(format!("a{}", "é".repeat(200)), "")).map(|text| text.len()), Some(255));
    }
}
