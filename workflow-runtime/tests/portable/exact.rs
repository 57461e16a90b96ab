//! Integers of 64 bits beyond 2^53, where floats are not exact.

use serde_json::json;

use crate::sides::{both, pass};

const LAST: u64 = (1 << 53) - 1;

#[test]
fn what_is_calculated_stays_exact() {
    pass!(Next(number: u64) -> u64 { number + 1 });
    let add = Err("attempt to add with overflow (64-bit integers end at 2^53)");
    both(Next, [(LAST - 1, Ok(json!(LAST))), (LAST, add.clone()), (1 << 60, add.clone()), (u64::MAX, add.clone())]);
    pass!(Signed(pair: (i64, i64)) -> i64 { pair.0 + pair.1 });
    let last = LAST as i64;
    both(
        Signed,
        [
            ((last, -last), Ok(json!(0))),
            ((last, 1), add.clone()),
            ((1 << 60, -(1 << 60)), add.clone()),
            ((i64::MIN, i64::MIN), add),
        ],
    );
    pass!(Product(pair: (i64, i64)) -> i64 { pair.0 * pair.1 });
    let multiply = Err("attempt to multiply with overflow (64-bit integers end at 2^53)");
    both(
        Product,
        [
            ((1 << 26, 1 << 26), Ok(json!(1_i64 << 52))),
            ((1 << 27, -(1 << 26)), multiply.clone()),
            ((i64::MIN, i64::MIN), multiply),
            ((1 << 60, 0), Ok(json!(0))),
        ],
    );
}

#[test]
fn what_is_calculated_with_is_exact() {
    pass!(Left(pair: (u64, u64)) -> u64 { pair.0 - pair.1 });
    let beyond = Err("attempt to subtract with overflow (64-bit integers end at 2^53)");
    both(Left, [((LAST, LAST), Ok(json!(0))), ((1, 2), beyond.clone()), ((LAST + 2, LAST + 1), beyond.clone())]);
    pass!(Saturating(number: u64) -> u64 { number.saturating_sub(1) });
    both(Saturating, [(0, Ok(json!(0))), (LAST, Ok(json!(LAST - 1))), (LAST + 2, beyond)]);
    pass!(Half(number: u64) -> u64 { number / 2 });
    both(
        Half,
        [(LAST, Ok(json!(LAST / 2))), (LAST + 4, Err("attempt to divide with overflow (64-bit integers end at 2^53)"))],
    );
    pass!(Odd(pair: (i64, i64)) -> i64 { pair.0 % pair.1 });
    let remainder = Err("attempt to calculate the remainder with overflow (64-bit integers end at 2^53)");
    both(Odd, [((-7, 1 << 60), Ok(json!(-7))), ((i64::MIN, -1), remainder.clone()), (((1 << 53) + 1, 2), remainder)]);
    pass!(Opposite(number: i64) -> i64 { -number });
    both(
        Opposite,
        [
            (1 - (1 << 53), Ok(json!(LAST))),
            (i64::MIN, Err("attempt to negate with overflow (64-bit integers end at 2^53)")),
        ],
    );
}

#[test]
fn a_sum_is_exact_on_the_way() {
    pass!(Total(items: Vec<i64>) -> i64 { items.iter().sum() });
    let beyond = Err("attempt to sum with overflow (64-bit integers end at 2^53)");
    both(
        Total,
        [
            (vec![], Ok(json!(0))),
            (vec![-3], Ok(json!(-3))),
            (vec![5, -3], Ok(json!(2))),
            (vec![1 << 53, 1, -(1 << 53)], beyond),
        ],
    );
}

#[test]
fn a_float_becomes_an_integer_only_where_it_is_exact() {
    pass!(Whole(number: f64) -> u64 { number as u64 });
    let cast = Err("attempt to cast with overflow (64-bit integers end at 2^53)");
    both(Whole, [(-1.5, Ok(json!(0))), (2.9, Ok(json!(2))), (LAST as f64, Ok(json!(LAST))), (1e300, cast.clone())]);
    pass!(Signed(number: f64) -> i64 { number as i64 });
    both(Signed, [(-1.5, Ok(json!(-1))), (-1e300, cast)]);
    pass!(Narrow(number: f64) -> u8 { number as u8 });
    both(Narrow, [(-1.0, Ok(json!(0))), (1e300, Ok(json!(255)))]);
}

#[test]
fn what_only_passes_is_not_looked_at() {
    pass!(Same(number: u64) -> u64 { number });
    both(Same, [(1 << 60, Ok(json!(1_u64 << 60)))]);
}
