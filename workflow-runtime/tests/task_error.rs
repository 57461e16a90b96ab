//! `#[derive(TaskError)]`: the names of cases.

#![expect(dead_code, reason = "the content of an error has no part in its name")]

use std::fmt;

use workflow_runtime::TaskError;

macro_rules! errors {
    ($($ty:ty),*) => {$(
        impl fmt::Display for $ty {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.name())
            }
        }

        impl std::error::Error for $ty {}
    )*};
}

#[derive(Debug, TaskError)]
enum ServiceError {
    Throttled,
    Rejected(String),
    Broken {
        code: u16,
    },
    #[task_error(name = "Gone.Away")]
    Gone,
}

#[derive(Debug, TaskError)]
struct Overloaded;

#[derive(Debug, TaskError)]
#[task_error(name = "Late")]
struct TooLate {
    by: u32,
}

#[derive(Debug, TaskError)]
enum Never {}

#[derive(Debug, TaskError)]
struct Wrapped<T>(T);

impl<T: fmt::Debug> fmt::Display for Wrapped<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}

impl<T: fmt::Debug> std::error::Error for Wrapped<T> {}

errors!(ServiceError, Overloaded, TooLate, Never);

#[test]
fn a_variant_is_named_after_its_enum() {
    assert_eq!(ServiceError::Throttled.name(), "ServiceError.Throttled");
    assert_eq!(ServiceError::Rejected("no".into()).name(), "ServiceError.Rejected");
    assert_eq!(ServiceError::Broken { code: 500 }.name(), "ServiceError.Broken");
    assert_eq!(ServiceError::Gone.name(), "Gone.Away");
}

#[test]
fn a_struct_is_its_own_case() {
    assert_eq!(Overloaded.name(), "Overloaded");
    assert_eq!(TooLate { by: 1 }.name(), "Late");
    assert_eq!(TooLate::NAMES, [("TooLate", "Late")]);
    assert_eq!(Wrapped(1).name(), "Wrapped");
}

#[test]
fn names_stand_in_source_order() {
    assert_eq!(
        ServiceError::NAMES,
        [
            ("Throttled", "ServiceError.Throttled"),
            ("Rejected", "ServiceError.Rejected"),
            ("Broken", "ServiceError.Broken"),
            ("Gone", "Gone.Away"),
        ]
    );
    assert_eq!(Never::NAMES, []);
}
