//! The errors of tasks: [`TaskError`].

/// The error of a task, with a name for each case: `#[derive(TaskError)]` next to `Error`.
///
/// Retriers and catchers name the cases in Rust, as in `#[retry(ServiceError::Throttled)]`; Step Functions and the history
/// name them as [`NAMES`](TaskError::NAMES) does. A variant is called `Enum.Variant`, a struct by its own name, and
/// `#[task_error(name = "…")]` on either sets another name.
///
/// ```
/// use workflow_runtime::TaskError;
///
/// #[derive(Debug, TaskError)]
/// enum ServiceError {
///     Throttled,
///     #[task_error(name = "JobRejected")]
///     Rejected(String),
/// }
///
/// # impl std::fmt::Display for ServiceError {
/// #     fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { Ok(()) }
/// # }
/// impl std::error::Error for ServiceError {}
///
/// assert_eq!(ServiceError::Throttled.name(), "ServiceError.Throttled");
/// assert_eq!(ServiceError::Rejected("no".into()).name(), "JobRejected");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the error of a task: its cases have no names to retry or catch",
    label = "`{Self}` does not implement `TaskError`",
    note = "if `{Self}` is yours, write `#[derive(Debug, thiserror::Error, TaskError)]` on it",
    note = "if it is not, wrap it in an error of your own, a case for each way to go on"
)]
pub trait TaskError: std::error::Error + Send + 'static {
    /// The Rust name of each case and its name in Amazon States Language. The case of a struct is the struct itself.
    const NAMES: &'static [(&'static str, &'static str)];

    /// The name of this error in Amazon States Language, as in `ServiceError.Throttled`.
    fn name(&self) -> &'static str;
}
