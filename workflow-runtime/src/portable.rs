//! The arithmetic of portable expressions: it fails where JSONata could not give the same number, in every profile.
//!
//! The macro puts a check before each operator of a portable body; what the operator means stays rustc's. The limits are
//! those of [`workflow_model::expr::Limits`], which the export checks as well.

mod document;

use std::iter::Sum;

pub use document::Document;
use workflow_model::expr::Limits;
pub use workflow_model::expr::Operation;

/// What a portable expression may calculate with.
#[diagnostic::on_unimplemented(
    message = "a portable expression cannot calculate with `{Self}`: JSONata has no arithmetic that gives the same",
    label = "this has no equal in JSONata",
    note = "calculate with an integer of at most 64 bits or with an `f64`, or do it in a `#[task]`"
)]
pub trait Operand {
    /// How precise it is.
    type Precision;

    /// The value, as arithmetic sees it.
    fn number(&self) -> Number;
}

/// What JSONata calculates with as Rust does.
#[diagnostic::on_unimplemented(
    message = "a portable expression cannot calculate with `f32`: JSONata's numbers are `f64`, and are not rounded as it is",
    label = "this is an `f32`",
    note = "make it an `f64` where it comes from, or do it in a `#[task]`"
)]
pub trait Exact {}

/// The precision of integers and of `f64`.
#[derive(Debug)]
pub struct Double;

/// The precision of `f32`.
#[derive(Debug)]
pub struct Single;

impl Exact for Double {}

/// An [`Operand`]'s value.
#[derive(Clone, Copy, Debug)]
pub enum Number {
    /// An integer, and what its type may give.
    Integer(i128, Limits),
    /// A float.
    Float(f64),
    /// Not a number: a string that is put together, a boolean that is cast.
    None,
}

/// What `sum` may make.
#[diagnostic::on_unimplemented(
    message = "a portable expression cannot sum to `{Self}`: JSONata has no arithmetic that gives the same",
    note = "sum integers of at most 64 bits or `f64`s, or do it in a `#[task]`"
)]
pub trait Total: Sized {
    /// The sum of the items, if it is within the limits.
    fn total(items: impl Iterator<Item = Number>) -> Self;
}

macro_rules! integers {
    ($($ty:ident)*) => {$(
        impl Operand for $ty {
            type Precision = Double;

            #[inline]
            fn number(&self) -> Number {
                Number::Integer(*self as i128, const { Limits::of_type($ty::MIN as i128, $ty::MAX as i128) })
            }
        }

        impl Total for $ty {
            fn total(items: impl Iterator<Item = Number>) -> Self {
                let limits = const { Limits::of_type($ty::MIN as i128, $ty::MAX as i128) };
                let sum = integer_sum(items, limits);
                $ty::try_from(sum).expect("a sum within the limits is a value of the type")
            }
        }
    )*};
}

integers!(i8 i16 i32 i64 isize u8 u16 u32 u64 usize);

impl Operand for f64 {
    type Precision = Double;

    #[inline]
    fn number(&self) -> Number {
        Number::Float(*self)
    }
}

impl Operand for f32 {
    type Precision = Single;

    fn number(&self) -> Number {
        Number::Float((*self).into())
    }
}

impl Total for f64 {
    fn total(items: impl Iterator<Item = Number>) -> Self {
        // Rust's own sum of nothing is -0.0, which JSON tells from 0.
        let sum = items.fold(0.0, |sum, item| if let Number::Float(item) = item { sum + item } else { sum });
        finite(Operation::Sum, sum);
        sum
    }
}

macro_rules! others {
    ($($ty:ty)*) => {$(
        impl Operand for $ty {
            type Precision = Double;

            #[inline]
            fn number(&self) -> Number {
                Number::None
            }
        }
    )*};
}

others!(bool char str String);

impl<T: Operand + ?Sized> Operand for &T {
    type Precision = T::Precision;

    #[inline]
    fn number(&self) -> Number {
        (**self).number()
    }
}

/// Fails where `lhs operation rhs` would leave its limits.
#[inline]
pub fn check_binary<L, R>(operation: Operation, lhs: &L, rhs: &R)
where
    L: Operand<Precision: Exact>,
    R: Operand,
{
    match (lhs.number(), rhs.number()) {
        (Number::Integer(lhs, limits), Number::Integer(rhs, _)) => integers(operation, lhs, rhs, limits),
        (Number::Float(lhs), Number::Float(rhs)) => floats(operation, lhs, rhs),
        _ => {}
    }
}

/// Fails where `-value` or `value.abs()` would leave its limits.
#[inline]
pub fn check_unary<T: Operand<Precision: Exact>>(operation: Operation, value: &T) {
    if let Number::Integer(value, limits) = value.number() {
        let result = if operation == Operation::Abs { value.abs() } else { -value };
        within(operation, result, limits);
    }
}

/// Fails where `value.saturating_sub(…)` begins beyond its limits. What is subtracted can only bring it to zero.
#[inline]
pub fn check_operand<T: Operand>(operation: Operation, value: &T) {
    if let Number::Integer(value, limits) = value.number() {
        within(operation, value, limits);
    }
}

/// Fails where `value as To` would hold a float at an end of the type that JSON's numbers do not reach exactly.
#[inline]
pub fn check_cast<To, T>(value: &T)
where
    To: Operand + Default,
    T: Operand<Precision: Exact>,
{
    if let (Number::Float(value), Number::Integer(_, limits)) = (value.number(), To::default().number()) {
        let (value, least, greatest) = (value.trunc(), limits.min as f64, limits.max as f64);
        // What is below zero becomes 0 in an unsigned type, on both sides.
        let fits = value <= greatest && (value >= least || limits.min == 0);
        if limits.are_of_floats() && !fits {
            overflow(Operation::Cast, limits);
        }
    }
}

/// The sum of the items.
pub fn sum<T, I>(items: I) -> T
where
    I: Iterator,
    I::Item: Operand,
    T: Sum<I::Item> + Total,
{
    T::total(items.map(|item| item.number()))
}

#[inline]
fn integers(operation: Operation, lhs: i128, rhs: i128, limits: Limits) {
    let result = match operation {
        Operation::Add => lhs + rhs,
        Operation::Sub => lhs - rhs,
        // The product of two 64-bit numbers may be beyond 128 bits with their sign.
        Operation::Mul => lhs.saturating_mul(rhs),
        Operation::Div | Operation::Rem if rhs == 0 => by_zero(operation),
        // Rust refuses a remainder where it refuses the quotient.
        _ => lhs / rhs,
    };
    within(operation, result, limits);
    // A product of what JSON does not hold exactly is itself beyond the limits, or zero.
    if operation != Operation::Mul {
        within(operation, lhs, limits);
    }
    if let Operation::Add | Operation::Sub = operation {
        within(operation, rhs, limits);
    }
}

#[inline]
fn floats(operation: Operation, lhs: f64, rhs: f64) {
    let result = match operation {
        Operation::Add => lhs + rhs,
        Operation::Sub => lhs - rhs,
        Operation::Mul => lhs * rhs,
        Operation::Rem => lhs % rhs,
        _ => lhs / rhs,
    };
    finite(operation, result);
}

/// Narrow integers cannot leave the exact numbers on the way, so their sum alone counts. Where 64-bit integers of both
/// signs are summed, JSONata must not have rounded on the way: so their magnitudes count.
fn integer_sum(items: impl Iterator<Item = Number>, limits: Limits) -> i128 {
    let (mut sum, mut magnitude) = (0_i128, 0_i128);
    for item in items {
        if let Number::Integer(item, _) = item {
            sum = sum.saturating_add(item);
            magnitude = magnitude.saturating_add(item.abs());
        }
    }
    within(Operation::Sum, if limits.are_of_floats() { magnitude } else { sum }, limits);
    sum
}

#[inline]
fn within(operation: Operation, value: i128, limits: Limits) {
    if !limits.contains(value) {
        overflow(operation, limits);
    }
}

#[inline]
fn finite(operation: Operation, value: f64) {
    if !value.is_finite() {
        not_finite(operation);
    }
}

#[cold]
fn overflow(operation: Operation, limits: Limits) -> ! {
    panic!("{}", operation.overflow(limits))
}

#[cold]
fn by_zero(operation: Operation) -> ! {
    panic!("{}", operation.by_zero())
}

#[cold]
fn not_finite(operation: Operation) -> ! {
    panic!("{}", operation.not_finite())
}
