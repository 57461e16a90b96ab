//! Numbers: operators, methods, casts.

use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use workflow_runtime::prelude::*;

use crate::agreement::agreement;
use crate::values::{float, integer, natural};

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
struct Integers {
    a: i64,
    b: i64,
    divisor: i64,
    small: u32,
    other: u32,
    part: u32,
}

fn integers() -> impl Strategy<Value = Integers> {
    let divisor = integer().prop_map(|divisor| if divisor == 0 { 3 } else { divisor });
    let part = natural().prop_map(|part| part + 1);
    (integer(), integer(), divisor, natural(), natural(), part)
        .prop_map(|(a, b, divisor, small, other, part)| Integers { a, b, divisor, small, other, part })
}

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
struct Floats {
    x: f64,
    y: f64,
    divisor: f64,
    i: i32,
}

fn floats() -> impl Strategy<Value = Floats> {
    let divisor = float().prop_map(|divisor| if divisor == 0.0 { 0.5 } else { divisor });
    (float(), float(), divisor, -100..100_i32).prop_map(|(x, y, divisor, i)| Floats { x, y, divisor, i })
}

struct Calculate;

#[workflow(start = calculate, timeout = "1m")]
impl Calculate {
    #[pass(end)]
    fn calculate(n: Integers) -> (i64, i64, i64, i64, i64, i64, u32, u32, i64, i64) {
        (
            n.a + n.b,
            n.a - n.b,
            n.a * n.b,
            n.a / n.divisor,
            n.a % n.divisor,
            -n.a,
            n.small / n.part,
            n.small % n.part,
            (n.a + 1) * (n.b - 2) / n.divisor,
            n.a - (n.b - n.divisor),
        )
    }
}

struct CalculateFloats;

#[workflow(start = calculate, timeout = "1m")]
impl CalculateFloats {
    #[pass(end)]
    fn calculate(n: Floats) -> (f64, f64, f64, f64, f64, f64, f64, f64, bool) {
        (
            n.x + n.y,
            n.x - n.y,
            n.x * n.y,
            n.x / n.divisor,
            n.x % n.divisor,
            -n.x,
            n.x.abs(),
            n.x.min(n.y).max(0.5),
            n.x < n.y,
        )
    }
}

struct Compare;

#[workflow(start = compare, timeout = "1m")]
impl Compare {
    #[pass(end)]
    fn compare(n: Integers) -> (bool, bool, bool, bool, bool, bool, bool, bool, bool) {
        (
            n.a == n.b,
            n.a != n.b,
            n.a < n.b,
            n.a <= n.b,
            n.a > n.b,
            n.a >= n.b,
            n.a < n.b && n.small < n.other || !(n.small == n.other),
            n.small as i64 == n.a,
            n.a + 1 == n.b || n.a == n.b + 1,
        )
    }
}

struct Methods;

#[workflow(start = apply, timeout = "1m")]
impl Methods {
    #[pass(end)]
    fn apply(n: Integers) -> (i64, i64, i64, u32, String, i64, i64, i64) {
        (
            n.a.abs(),
            n.a.min(n.b),
            n.a.max(n.b).min(10),
            n.small.saturating_sub(n.other),
            n.a.to_string(),
            n.small.into(),
            n.a.clone(),
            (&n.a).to_owned() + i64::from(n.small),
        )
    }
}

struct Casts;

#[workflow(start = cast, timeout = "1m")]
impl Casts {
    #[pass(end)]
    fn cast(n: Floats) -> (i64, u8, i8, f64, i64, u32, f64) {
        (n.x as i64, n.x as u8, n.y as i8, n.i as f64 / 2.0, i64::from(n.i), (n.x < n.y) as u32, f64::from(n.i))
    }
}

agreement! {
    arithmetic_of_integers: Calculate, integers();
    arithmetic_of_floats: CalculateFloats, floats();
    comparison_of_integers: Compare, integers();
    methods_of_integers: Methods, integers();
    casts_between_numbers: Casts, floats();
}
