//! The errors of tasks: [`TaskError`].

/// The error of a task, with a name for each case: `#[derive(TaskError)]` next to `Error`.
pub trait TaskError: std::error::Error + Send + 'static {
    /// The Rust name of each case and its name in Amazon States Language. The case of a struct is the struct itself.
    const NAMES: &'static [(&'static str, &'static str)];

    /// The name of this error in Amazon States Language, as in `ServiceError.Throttled`.
    fn name(&self) -> &'static str;
}
