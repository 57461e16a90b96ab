//! Why a store does not do its work.

use std::error::Error;
use std::fmt;

/// Why something could not be written or read.
#[derive(Debug)]
pub struct StoreError {
    message: String,
    source: Option<Box<dyn Error + Send + Sync>>,
    is_in_use: bool,
}

impl StoreError {
    /// An error with a sentence that says what was wrong, where, and what to do.
    ///
    /// ```
    /// use workflow_runtime::store::StoreError;
    ///
    /// assert_eq!(StoreError::new("the disk is full").to_string(), "the disk is full");
    /// ```
    pub fn new(message: impl Into<String>) -> Self {
        StoreError { message: message.into(), source: None, is_in_use: false }
    }

    /// The same, with the error that caused it.
    #[must_use]
    pub fn caused_by(self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        StoreError { source: Some(source.into()), ..self }
    }

    /// The same, as what somebody is told who opens a store that another process writes to.
    #[must_use]
    pub fn in_use(self) -> Self {
        StoreError { is_in_use: true, ..self }
    }

    /// Whether another process writes to the store.
    pub fn is_in_use(&self) -> bool {
        self.is_in_use
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.source {
            Some(source) => write!(f, ": {source}"),
            None => Ok(()),
        }
    }
}

impl Error for StoreError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_ref().map(|source| &**source as &(dyn Error + 'static))
    }
}
