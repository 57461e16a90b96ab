//! Expressions within expressions: precedence, parentheses and scopes.

use proptest::prelude::*;
use serde_json::json;
use workflow_model::expr::{BinaryOp, Expr};
use workflow_model::shape::{Shape, Shapes};

use crate::build::*;
use crate::support::*;

/// A tree and its value.
type Number = (Expr, i64);
type Truth = (Expr, bool);

const LARGEST: i64 = 1 << 30;

fn number() -> impl Strategy<Value = Number> {
    let leaf = prop_oneof![
        (-9..=9_i64).prop_map(|value| {
            let tree = if value < 0 { neg(int((-value).into())) } else { int(value.into()) };
            (cast(tree, "i64"), value)
        }),
        Just((local("input"), 7)),
    ];
    leaf.prop_recursive(5, 48, 4, |inner| {
        let small = inner.clone().prop_filter("no overflow", |(_, value)| value.abs() < LARGEST);
        prop_oneof![
            (small.clone(), operator(), small.clone()).prop_map(calculate),
            small.clone().prop_map(|(tree, value)| (neg(tree), -value)),
            (truth(inner.clone()), inner.clone(), inner.clone()).prop_map(|((condition, holds), then, otherwise)| {
                (when(condition, then.0, otherwise.0), if holds { then.1 } else { otherwise.1 })
            }),
            (small.clone(), operator(), small, prop::sample::select(vec!["x", "count", "states"])).prop_map(
                |(bound, op, other, name)| {
                    let (body, value) = calculate(((local(name), bound.1), op, other));
                    (let_in(bind(name), bound.0, body), value)
                }
            ),
        ]
    })
}

fn operator() -> impl Strategy<Value = BinaryOp> {
    prop::sample::select(vec![BinaryOp::Add, BinaryOp::Sub, BinaryOp::Mul, BinaryOp::Div, BinaryOp::Rem])
}

fn calculate((lhs, op, rhs): (Number, BinaryOp, Number)) -> Number {
    let (op, value) = match op {
        BinaryOp::Sub => (op, lhs.1 - rhs.1),
        BinaryOp::Mul if (lhs.1 * rhs.1).abs() < LARGEST => (op, lhs.1 * rhs.1),
        BinaryOp::Div if rhs.1 != 0 => (op, lhs.1 / rhs.1),
        BinaryOp::Rem if rhs.1 != 0 => (op, lhs.1 % rhs.1),
        _ => (BinaryOp::Add, lhs.1 + rhs.1),
    };
    (binary(lhs.0, op, rhs.0), value)
}

fn truth(number: impl Strategy<Value = Number> + Clone + 'static) -> impl Strategy<Value = Truth> {
    let comparison = (number.clone(), number).prop_map(|(a, b)| (binary(a.0, BinaryOp::Lt, b.0), a.1 < b.1));
    comparison.prop_recursive(2, 6, 2, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| (binary(a.0, BinaryOp::And, b.0), a.1 && b.1)),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| (binary(a.0, BinaryOp::Or, b.0), a.1 || b.1)),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| (binary(a.0, BinaryOp::Eq, b.0), a.1 == b.1)),
            (inner.clone(), inner.clone(), inner.clone())
                .prop_map(|(a, b, c)| (when(a.0, b.0, c.0), if a.1 { b.1 } else { c.1 })),
            inner.prop_map(|(tree, value)| (not(tree), !value)),
        ]
    })
}

proptest! {
    #[test]
    fn nested_expressions_keep_their_value((tree, value) in number()) {
        let mut shapes = Shapes::new();
        let shape = shapes.add(Shape::Integer { rust: "i64", min: i64::MIN.into(), max: i64::MAX.into() });
        let template = lower_body(&definition(shapes), tree, shape, None).unwrap();
        let found = evaluate(&template, &json!(7));
        prop_assert!(same(&found, &json!(value)), "{:?} is {}, not {}", template, found, value);
    }
}
