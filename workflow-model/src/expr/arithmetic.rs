//! Which numbers a portable expression calculates, and what is said when it would be another one.
//!
//! Rust's integers have a type's range, and wrap or panic beyond it as the profile says; JSONata's numbers are all 64-bit
//! floats. So that a state fails on both sides or on none, both check the same limits: those of the type, and in types
//! of 64 bits those up to which a 64-bit float is exact.

use std::fmt;

/// The greatest integer up to which a 64-bit float tells every integer from its neighbours.
pub const MAX_EXACT: i128 = (1 << 53) - 1;

/// The integers from `min` to `max`.
///
/// ```
/// use workflow_model::expr::{Limits, MAX_EXACT};
///
/// assert!(Limits::of_type(0, 255).contains(255));
/// assert_eq!(Limits::of_type(0, u64::MAX.into()), Limits { min: 0, max: MAX_EXACT });
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The least.
    pub min: i128,
    /// The greatest.
    pub max: i128,
}

impl Limits {
    /// What arithmetic on a type with the values `min` to `max` may give.
    pub const fn of_type(min: i128, max: i128) -> Self {
        Limits {
            min: if min < -MAX_EXACT { -MAX_EXACT } else { min },
            max: if max > MAX_EXACT { MAX_EXACT } else { max },
        }
    }

    /// Whether `value` is one of them.
    pub const fn contains(self, value: i128) -> bool {
        self.min <= value && value <= self.max
    }

    /// Whether they end where floats stop to be exact, and not where the type ends.
    pub const fn are_of_floats(self) -> bool {
        self.max == MAX_EXACT
    }
}

/// What calculates a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// `a + b`.
    Add,
    /// `a - b`.
    Sub,
    /// `a * b`.
    Mul,
    /// `a / b`.
    Div,
    /// `a % b`.
    Rem,
    /// `-a`.
    Neg,
    /// `a.abs()`.
    Abs,
    /// `items.sum()`.
    Sum,
    /// `a as u64`.
    Cast,
}

impl Operation {
    /// What is said when an integer leaves its limits, in Rust's words where Rust has any.
    ///
    /// ```
    /// use workflow_model::expr::{Limits, Operation};
    ///
    /// assert_eq!(Operation::Add.overflow(Limits::of_type(0, 255)), "attempt to add with overflow");
    /// ```
    pub fn overflow(self, limits: Limits) -> String {
        let end = if limits.are_of_floats() { " (64-bit integers end at 2^53)" } else { "" };
        format!("attempt to {self} with overflow{end}")
    }

    /// What is said when a float becomes infinite or no number, which JSON has no form for.
    pub fn not_finite(self) -> String {
        format!("attempt to {self} with no finite result")
    }

    /// What is said when the divisor is zero.
    pub fn by_zero(self) -> String {
        match self {
            Operation::Rem => "attempt to calculate the remainder with a divisor of zero".to_owned(),
            operation => format!("attempt to {operation} by zero"),
        }
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Operation::Add => "add",
            Operation::Sub => "subtract",
            Operation::Mul => "multiply",
            Operation::Div => "divide",
            Operation::Rem => "calculate the remainder",
            Operation::Neg => "negate",
            Operation::Abs => "calculate the absolute value",
            Operation::Sum => "sum",
            Operation::Cast => "cast",
        })
    }
}
