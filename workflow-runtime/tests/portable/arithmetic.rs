//! Integers that leave their type.

use serde_json::json;

use crate::sides::{both, pass};

const ADD: &str = "attempt to add with overflow";
const SUBTRACT: &str = "attempt to subtract with overflow";
const MULTIPLY: &str = "attempt to multiply with overflow";
const DIVIDE: &str = "attempt to divide with overflow";
const DIVIDE_BY_ZERO: &str = "attempt to divide by zero";
const REMAINDER: &str = "attempt to calculate the remainder with overflow";
const REMAINDER_OF_ZERO: &str = "attempt to calculate the remainder with a divisor of zero";
const NEGATE: &str = "attempt to negate with overflow";
const MAGNITUDE: &str = "attempt to calculate the absolute value with overflow";
const SUM: &str = "attempt to sum with overflow";

#[test]
fn a_sum_is_within_its_type() {
    pass!(Next(polls: u32) -> u32 { polls + 1 });
    both(Next, [(0, Ok(json!(1))), (u32::MAX - 1, Ok(json!(u32::MAX))), (u32::MAX, Err(ADD))]);
    pass!(Signed(pair: (i8, i8)) -> i8 { pair.0 + pair.1 });
    both(
        Signed,
        [((100, 27), Ok(json!(127))), ((100, 28), Err(ADD)), ((-100, -28), Ok(json!(-128))), ((-100, -29), Err(ADD))],
    );
}

#[test]
fn a_long_sum_is_checked_once() {
    pass!(Three(of: (u8, u8, u8)) -> u8 { of.0 + of.1 + of.2 + 1 });
    both(Three, [((100, 100, 54), Ok(json!(255))), ((100, 100, 55), Err(ADD)), ((255, 1, 0), Err(ADD))]);
}

#[test]
fn a_difference_of_unsigned_numbers_is_not_negative() {
    pass!(Left(pair: (u32, u32)) -> u32 { pair.0 - pair.1 });
    both(Left, [((3, 3), Ok(json!(0))), ((3, 4), Err(SUBTRACT))]);
    pass!(Last(items: Vec<u32>) -> usize { items.len() - 1 });
    both(
        Last,
        [(vec![7], Ok(json!(0))), (vec![], Err("attempt to subtract with overflow (64-bit integers end at 2^53)"))],
    );
    pass!(Between(pair: (i16, i16)) -> i16 { pair.0 - pair.1 });
    both(
        Between,
        [((0, i16::MIN + 1), Ok(json!(i16::MAX))), ((0, i16::MIN), Err(SUBTRACT)), ((-2, i16::MAX), Err(SUBTRACT))],
    );
    pass!(AtLeastZero(pair: (u32, u32)) -> u32 { pair.0.saturating_sub(pair.1) });
    both(AtLeastZero, [((3, 4), Ok(json!(0))), ((4, 3), Ok(json!(1)))]);
}

#[test]
fn a_product_is_within_its_type() {
    pass!(Area(pair: (u16, u16)) -> u16 { pair.0 * pair.1 });
    both(Area, [((255, 257), Ok(json!(65535))), ((256, 256), Err(MULTIPLY))]);
    pass!(Signed(pair: (i32, i32)) -> i32 { pair.0 * pair.1 });
    both(
        Signed,
        [((i32::MIN, 1), Ok(json!(i32::MIN))), ((i32::MIN, -1), Err(MULTIPLY)), ((65536, -65536), Err(MULTIPLY))],
    );
}

#[test]
fn nothing_is_divided_by_zero() {
    pass!(Share(pair: (u32, u32)) -> u32 { pair.0 / pair.1 });
    both(Share, [((7, 2), Ok(json!(3))), ((7, 0), Err(DIVIDE_BY_ZERO)), ((0, 0), Err(DIVIDE_BY_ZERO))]);
    pass!(Signed(pair: (i32, i32)) -> i32 { pair.0 / pair.1 });
    both(Signed, [((-7, 2), Ok(json!(-3))), ((-7, 0), Err(DIVIDE_BY_ZERO)), ((i32::MIN, -1), Err(DIVIDE))]);
    pass!(Rest(pair: (u32, u32)) -> u32 { pair.0 % pair.1 });
    both(Rest, [((7, 2), Ok(json!(1))), ((7, 0), Err(REMAINDER_OF_ZERO))]);
    pass!(SignedRest(pair: (i32, i32)) -> i32 { pair.0 % pair.1 });
    both(
        SignedRest,
        [
            ((-7, 2), Ok(json!(-1))),
            ((-7, 0), Err(REMAINDER_OF_ZERO)),
            ((i32::MIN, -1), Err(REMAINDER)),
            ((5, -1), Ok(json!(0))),
        ],
    );
}

#[test]
fn the_least_number_has_no_opposite() {
    pass!(Opposite(number: i32) -> i32 { -number });
    both(Opposite, [(7, Ok(json!(-7))), (i32::MIN + 1, Ok(json!(i32::MAX))), (i32::MIN, Err(NEGATE))]);
    pass!(Magnitude(number: i8) -> i8 { number.abs() });
    both(Magnitude, [(-127, Ok(json!(127))), (i8::MIN, Err(MAGNITUDE))]);
}

#[test]
fn the_sum_of_the_items_is_within_their_type() {
    pass!(Total(items: Vec<u8>) -> u8 { items.iter().sum() });
    both(Total, [(vec![], Ok(json!(0))), (vec![200, 55], Ok(json!(255))), (vec![200, 56], Err(SUM))]);
    // What is too large on the way may come back.
    pass!(Signed(items: Vec<i8>) -> i8 { items.iter().sum::<i8>() });
    both(Signed, [(vec![100, 100, -100], Ok(json!(100))), (vec![-100, -29], Err(SUM))]);
}

#[test]
fn arithmetic_within_macros_and_closures_is_checked() {
    pass!(Text(count: u8) -> String { format!("{} of {count}", count + 1) });
    both(Text, [(1, Ok(json!("2 of 1"))), (255, Err(ADD))]);
    pass!(List(count: u8) -> Vec<u8> { vec![count, count + 1] });
    both(List, [(1, Ok(json!([1, 2]))), (255, Err(ADD))]);
    pass!(Matches(count: u8) -> bool { matches!(count + 1, 1..=9 if count - 1 > 3) });
    both(Matches, [(5, Ok(json!(true))), (2, Ok(json!(false))), (255, Err(ADD)), (0, Err(SUBTRACT))]);
    pass!(Mapped(items: Vec<u8>) -> Vec<u8> { items.iter().map(|item| item * 2).collect() });
    both(Mapped, [(vec![1, 2], Ok(json!([2, 4]))), (vec![1, 128], Err(MULTIPLY))]);
    pass!(Guarded(count: u8) -> u8 { match count { 0 => 9, n if n - 1 == 0 => 8, n => n - 2 } });
    both(Guarded, [(0, Ok(json!(9))), (1, Ok(json!(8))), (2, Ok(json!(0)))]);
}

#[test]
fn the_type_of_a_literal_is_found_as_ever() {
    pass!(Literals(vip: bool) -> u8 { (if vip { 100 } else { 50 }) * 2 + 3 * 4 });
    both(Literals, [(true, Ok(json!(212))), (false, Ok(json!(112)))]);
    pass!(Small(vip: bool) -> u8 { let bonus = if vip { 10 } else { 5 }; let double = bonus * 2; double });
    both(Small, [(true, Ok(json!(20))), (false, Ok(json!(10)))]);
    pass!(Negative(number: i8) -> i8 { number + -128 });
    both(Negative, [(0, Ok(json!(-128))), (-1, Err(ADD))]);
}
