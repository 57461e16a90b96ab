//! Floats that are infinite or no number, for which JSON has no form.

use serde_json::json;

use crate::sides::{both, pass};

#[test]
fn a_result_is_finite() {
    pass!(Product(pair: (f64, f64)) -> f64 { pair.0 * pair.1 });
    both(Product, [((1.5, 2.0), Ok(json!(3.0))), ((1e300, 1e300), Err("attempt to multiply with no finite result"))]);
    pass!(Quotient(pair: (f64, f64)) -> f64 { pair.0 / pair.1 });
    let divide = Err("attempt to divide with no finite result");
    both(Quotient, [((3.0, 2.0), Ok(json!(1.5))), ((3.0, 0.0), divide.clone()), ((0.0, 0.0), divide)]);
    pass!(Rest(pair: (f64, f64)) -> f64 { pair.0 % pair.1 });
    both(
        Rest,
        [((3.5, 2.0), Ok(json!(1.5))), ((3.5, 0.0), Err("attempt to calculate the remainder with no finite result"))],
    );
    pass!(Sum(items: Vec<f64>) -> f64 { items.iter().sum() });
    both(
        Sum,
        [
            (vec![], Ok(json!(0))),
            (vec![0.5, 0.25], Ok(json!(0.75))),
            (vec![1e308, 1e308], Err("attempt to sum with no finite result")),
        ],
    );
}

#[test]
fn a_comparison_fails_as_well() {
    pass!(Large(pair: (f64, f64)) -> bool { pair.0 + pair.1 > 5.0 });
    both(Large, [((3.0, 2.5), Ok(json!(true))), ((f64::MAX, f64::MAX), Err("attempt to add with no finite result"))]);
}

#[test]
fn what_cannot_become_infinite_is_not_checked() {
    pass!(Cents(price: f64) -> f64 { price / 100.0 * 0.5 });
    both(Cents, [(250.0, Ok(json!(1.25))), (f64::MAX, Ok(json!(f64::MAX / 100.0 * 0.5)))]);
}
