//! Strings and numbers of all kinds: what is written is read as what it was, and methods give what Rust's give.

use proptest::prelude::*;
use serde_json::json;
use workflow_model::expr::{BinaryOp, Expr};
use workflow_model::shape::{Shape, Shapes};

use crate::build::*;
use crate::support::*;

/// Texts made of what means something to one of the languages that a text passes through.
fn hostile() -> impl Strategy<Value = String> {
    let special = prop::sample::select(vec![
        "{%", "%}", "${", "{", "%", "}", "$", "'", "\"", "\\", "\\u0041", "`", "\n", "\t", "\r", "\0", "\u{7f}",
        "\u{85}", "\u{feff}", "\u{a0}", " ", "/", "é", "𝄞", "null", "and", "a", ".",
    ]);
    prop::collection::vec(
        prop_oneof![4 => special.prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)],
        0..6,
    )
    .prop_map(|parts| parts.concat())
}

fn evaluated(body: Expr, input: &serde_json::Value, shape: Shape) -> serde_json::Value {
    let mut shapes = Shapes::new();
    let shape = shapes.add(shape);
    let template = lower_body(&definition(shapes), body, shape, None).expect("it has an equal in JSONata");
    evaluate(&template, input)
}

/// `(input.0, input.1)`.
fn both(shape: Shape, body: Expr, input: &serde_json::Value) -> serde_json::Value {
    let mut shapes = Shapes::new();
    let part = shapes.add(shape);
    let shape = shapes.add(Shape::Tuple(vec![part, part]));
    let template = lower_body(&definition(shapes), body, shape, None).expect("it has an equal in JSONata");
    evaluate(&template, input)
}

proptest! {
    #[test]
    fn a_literal_is_itself(literal in hostile()) {
        prop_assert_eq!(evaluated(text(&literal), &json!(null), Shape::Unit), json!(literal));
        let longer = Expr::Format(vec![words(&literal), value(local("input"))]);
        prop_assert_eq!(evaluated(longer, &json!(literal), Shape::String), json!(literal.repeat(2)));
    }

    #[test]
    fn any_key_can_be_read_and_built(key in hostile(), number: u32) {
        let mut shapes = Shapes::new();
        let part = shapes.u32();
        let mut named = field("part", part);
        named.json = key.clone().leak();
        let shape = shapes.record("Record", vec![named]);
        let definition = definition(shapes);
        let input = json!({ key: number });
        let read = lower_body(&definition, path("input.part"), shape, None).unwrap();
        prop_assert!(same(&evaluate(&read, &input), &json!(number)));
        let built = lower_body(&definition, record("Record", [("part", path("input.part"))]), shape, Some(shape)).unwrap();
        prop_assert!(same(&evaluate(&built, &input), &input));
    }

    #[test]
    fn methods_of_strings(a in hostile(), b in hostile()) {
        let one = |name: &str| evaluated(method(local("input"), name, []), &json!(a), Shape::String);
        prop_assert_eq!(one("trim"), json!(a.trim()));
        prop_assert!(same(&one("len"), &json!(a.len())));
        prop_assert_eq!(one("is_empty"), json!(a.is_empty()));
        prop_assert_eq!(one("to_uppercase"), json!(a.to_uppercase()));
        prop_assert_eq!(one("to_lowercase"), json!(a.to_lowercase()));
        for text in [&a, &format!("{b}{a}"), &format!("{a}{b}")] {
            let input = json!([text, b]);
            let two = |name: &str| both(Shape::String, method(path("input.0"), name, [path("input.1")]), &input);
            prop_assert_eq!(two("contains"), json!(text.contains(&b)));
            prop_assert_eq!(two("starts_with"), json!(text.starts_with(&b)));
            prop_assert_eq!(two("ends_with"), json!(text.ends_with(&b)));
            let literal = |name: &str| evaluated(method(local("input"), name, [crate::build::text(&b)]), &json!(text), Shape::String);
            prop_assert_eq!(literal("starts_with"), json!(text.starts_with(&b)));
            prop_assert_eq!(literal("ends_with"), json!(text.ends_with(&b)));
        }
    }

    #[test]
    fn integer_division(a: i32, b in prop_oneof![any::<i32>(), -9..9]) {
        prop_assume!(b != 0);
        let (a, b) = (i64::from(a), i64::from(b));
        let integer = Shape::Integer { rust: "i64", min: i64::MIN.into(), max: i64::MAX.into() };
        let input = json!([a, b]);
        let result = |op| both(integer.clone(), binary(path("input.0"), op, path("input.1")), &input);
        prop_assert!(same(&result(BinaryOp::Div), &json!(a / b)));
        prop_assert!(same(&result(BinaryOp::Rem), &json!(a % b)));
    }

    #[test]
    fn unsigned_division(a in 0..1_u64 << 53, b in prop_oneof![1..1_u64 << 53, 1..9_u64]) {
        let integer = Shape::Integer { rust: "u64", min: 0, max: u64::MAX.into() };
        let divided = both(integer, binary(path("input.0"), BinaryOp::Div, path("input.1")), &json!([a, b]));
        prop_assert!(same(&divided, &json!(a / b)));
    }

    #[test]
    fn integers_as_text(number in -(1_i64 << 53)..=1 << 53) {
        let integer = Shape::Integer { rust: "i64", min: i64::MIN.into(), max: i64::MAX.into() };
        let text = evaluated(Expr::Format(vec![words("n"), value(local("input"))]), &json!(number), integer);
        prop_assert_eq!(text, json!(format!("n{number}")));
    }

    #[test]
    fn casts_of_floats(value in prop_oneof![-1e6..1e6_f64, any::<f64>().prop_filter("JSON has no others", |value| value.is_finite())]) {
        let cast_to = |to: &str| evaluated(cast(local("input"), to), &json!(value), Shape::Float);
        prop_assert!(same(&cast_to("u32"), &json!(value as u32)));
        prop_assert!(same(&cast_to("i16"), &json!(value as i16)));
    }
}
