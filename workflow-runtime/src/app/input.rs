//! What `--input` means.

use std::io::Read;

use super::AppError;

/// The JSON that `--input` means.
pub(super) fn input(text: &str) -> Result<String, AppError> {
    if text == "-" {
        let mut json = String::new();
        std::io::stdin().read_to_string(&mut json).map_err(|error| AppError::Stdin(error.to_string()))?;
        return match is_json(&json) {
            Ok(()) => Ok(json),
            Err(error) => Err(AppError::Stdin(error.to_string())),
        };
    }
    let Err(json) = is_json(text) else { return Ok(text.to_owned()) };
    let content =
        std::fs::read_to_string(text).map_err(|file| AppError::Input { text: text.to_owned(), json, file })?;
    match is_json(&content) {
        Ok(()) => Ok(content),
        Err(error) => Err(AppError::InputFile { path: text.to_owned(), error }),
    }
}

fn is_json(text: &str) -> serde_json::Result<()> {
    serde_json::from_str::<serde::de::IgnoredAny>(text).map(drop)
}
