//! What may fail is evaluated where Rust evaluates it.

use std::collections::BTreeMap;

use serde_json::json;
use workflow_runtime::prelude::*;

use crate::sides::{both, both_fail, pass};

const SUBTRACT: &str = "attempt to subtract with overflow";

#[test]
fn an_unread_let_fails() {
    pass!(Unread(pair: (u32, u32)) -> u32 { let _left = pair.0 - pair.1; 5 });
    both(Unread, [((2, 1), Ok(json!(5))), ((1, 2), Err(SUBTRACT))]);
}

#[test]
fn a_default_that_is_not_needed_fails() {
    pass!(Default(of: (Option<u32>, u32)) -> u32 { of.0.unwrap_or(of.1 - 1) });
    both(Default, [((Some(3), 1), Ok(json!(3))), ((None, 1), Ok(json!(0))), ((Some(3), 0), Err(SUBTRACT))]);
}

#[test]
fn what_is_not_reached_does_not_fail() {
    pass!(Guarded(pair: (u32, u32)) -> bool { pair.1 > 0 && pair.0 / pair.1 > 2 });
    both(Guarded, [((9, 3), Ok(json!(true))), ((9, 0), Ok(json!(false)))]);
    pass!(Branch(pair: (u32, u32)) -> u32 { if pair.0 > pair.1 { pair.0 - pair.1 } else { 0 } });
    both(Branch, [((3, 1), Ok(json!(2))), ((1, 3), Ok(json!(0)))]);
}

#[test]
fn what_is_not_there_fails() {
    pass!(Item(of: (Vec<u32>, usize)) -> u32 { of.0[of.1] });
    both(Item, [((vec![7], 0), Ok(json!(7)))]);
    both_fail(Item, [(vec![7], 1), (vec![], 0)]);
    pass!(Before(of: (Vec<u32>, usize)) -> u32 { of.0[of.1 - 1] });
    both(Before, [((vec![7], 1), Ok(json!(7)))]);
    both_fail(Before, [(vec![7], 0), (vec![7], 2)]);
    pass!(Stock(stock: BTreeMap<String, u32>) -> u32 { stock["bolts"] });
    both(Stock, [(BTreeMap::from([("bolts".to_owned(), 3)]), Ok(json!(3)))]);
    both_fail(Stock, [BTreeMap::new()]);
    pass!(Unread(items: Vec<u32>) -> u32 { let _first = items[0]; 5 });
    both(Unread, [(vec![7], Ok(json!(5)))]);
    both_fail(Unread, [vec![]]);
}

#[derive(Clone)]
struct Choosing;

#[workflow(start = decide, timeout = "1h")]
impl Choosing {
    #[choice]
    fn decide(pair: (u32, u32)) -> Next<Self> {
        if pair.0 == 0 {
            end(pair)
        } else {
            let left = pair.1 - 1;
            if pair.0 > 9 { many(left) } else { few(left + pair.0) }
        }
    }

    #[pass(end)]
    fn many(_left: u32) -> String {
        "many".to_owned()
    }

    #[pass(end)]
    fn few(left: u32) -> String {
        format!("{left} left")
    }

    #[pass(end)]
    fn end(pair: (u32, u32)) -> String {
        format!("{} at the end", pair.1)
    }
}

#[test]
fn a_let_in_a_choice_fails_whether_it_is_read_or_not() {
    both(
        Choosing,
        [
            ((0, 0), Ok(json!("0 at the end"))),
            ((10, 5), Ok(json!("many"))),
            ((2, 5), Ok(json!("6 left"))),
            ((10, 0), Err(SUBTRACT)),
            ((2, 0), Err(SUBTRACT)),
            ((u32::MAX, 1), Ok(json!("many"))),
        ],
    );
}
