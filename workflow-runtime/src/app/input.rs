//! What `--input` means.

use std::io::{self, Read};

use super::AppError;

/// The JSON that `--input` means.
pub(super) fn input(text: &str) -> Result<String, AppError> {
    if text == "-" {
        let mut json = String::new();
        io::stdin().read_to_string(&mut json).map_err(AppError::Stdin)?;
        if json.trim().is_empty() {
            return Err(AppError::NothingOnStdin);
        }
        return checked(json, |error| AppError::NotJson { place: " on standard input".to_owned(), error });
    }
    let json = match is_json(text) {
        Ok(()) => return Ok(text.trim().to_owned()),
        Err(error) => error,
    };
    match std::fs::read_to_string(text) {
        Ok(content) => checked(content, |error| AppError::NotJson { place: format!(" in {text}"), error }),
        Err(_) if is_meant_as_json(text) => Err(AppError::NotJson { place: String::new(), error: json }),
        Err(file) => Err(AppError::NoInputFile { path: text.to_owned(), error: file }),
    }
}

/// The text without the space around it, as a history shows it.
fn checked(text: String, refused: impl FnOnce(serde_json::Error) -> AppError) -> Result<String, AppError> {
    match is_json(&text) {
        Ok(()) => Ok(text.trim().to_owned()),
        Err(error) => Err(refused(error)),
    }
}

fn is_json(text: &str) -> serde_json::Result<()> {
    serde_json::from_str::<serde::de::IgnoredAny>(text).map(drop)
}

/// Whether the text begins as an object, a list or a string does, so that it is no path.
fn is_meant_as_json(text: &str) -> bool {
    text.trim_start().starts_with(['{', '[', '"'])
}
