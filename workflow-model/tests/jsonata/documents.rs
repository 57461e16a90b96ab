//! Untyped documents: what looks into them and builds them, on documents of each kind.

use serde_json::{Value, json};
use workflow_model::expr::{BinaryOp, Expr, JsonPiece};
use workflow_model::shape::{Shape, Shapes};

use crate::build::*;
use crate::support::*;

fn input() -> Expr {
    local("input")
}

fn documents() -> Vec<Value> {
    let inner = json!({ "a": [[1]], "b": "x", "length": null });
    let kinds = [json!(null), json!(true), json!(-2), json!(1.5), json!("x"), json!({}), inner.clone()];
    let arrays = [json!([]), json!([[]]), json!([[[1]]]), json!([inner]), json!([null, 1])];
    kinds.into_iter().chain(arrays).collect()
}

#[track_caller]
fn means(tree: Expr, jsonata: &str, rust: impl Fn(&Value) -> Value) {
    let (definition, shape) = document();
    let template = lower_body(&definition, tree, shape, None).expect("it has an equal in JSONata");
    let written = template.to_json().to_string().replace("$states.input", "@");
    assert_eq!(written, json!(format!("{{% {jsonata} %}}")).to_string());
    for document in documents() {
        assert_eq!(evaluate(&template, &document), rust(&document), "of {document}");
    }
}

#[track_caller]
fn refused(tree: Expr, message: &str) {
    let (definition, shape) = document();
    let refusal = lower_body(&definition, tree, shape, None).expect_err("it has no equal in JSONata");
    assert!(refusal.message.contains(message), "{}", refusal.message);
}

fn document() -> (workflow_model::Definition, workflow_model::shape::ShapeRef) {
    let mut shapes = Shapes::new();
    let shape = shapes.add(Shape::Json);
    (definition(shapes), shape)
}

#[test]
fn parts() {
    means(index(input(), text("a")), "$type(@) = 'object' and 'a' in $keys(@) ? $lookup(@, 'a') : null", |document| {
        document["a"].clone()
    });
    means(index(input(), int(0)), "$type(@) = 'array' and $exists(@[0]) ? @[0] : null", |document| document[0].clone());
    // What JavaScript has in every object is not there.
    means(
        index(input(), text("constructor")),
        "$type(@) = 'object' and 'constructor' in $keys(@) ? $lookup(@, 'constructor') : null",
        |document| document["constructor"].clone(),
    );
}

#[test]
fn readings() {
    let of = |name: &str| method(input(), name, []);
    means(of("is_null"), "@ = null", |document| json!(document.is_null()));
    means(of("is_array"), "$type(@) = 'array'", |document| json!(document.is_array()));
    means(of("is_boolean"), "$type(@) = 'boolean'", |document| json!(document.is_boolean()));
    means(of("is_number"), "$type(@) = 'number'", |document| json!(document.is_number()));
    means(of("is_object"), "$type(@) = 'object'", |document| json!(document.is_object()));
    means(of("is_string"), "$type(@) = 'string'", |document| json!(document.is_string()));
    means(of("as_str"), "$type(@) = 'string' ? @ : null", |document| json!(document.as_str()));
    means(of("as_bool"), "$type(@) = 'boolean' ? @ : null", |document| json!(document.as_bool()));
    means(of("as_array"), "$type(@) = 'array' ? @ : null", |document| json!(document.as_array()));
}

#[test]
fn comparisons() {
    means(binary(input(), BinaryOp::Eq, text("x")), "@ = 'x'", |document| json!(document == "x"));
    means(binary(bool(true), BinaryOp::Ne, input()), "true != @", |document| json!(*document != true));
    refused(binary(input(), BinaryOp::Eq, int(1)), "`value.as_i64() == Some(1)`");
    refused(binary(input(), BinaryOp::Eq, float(1.5)), "`value.as_f64() == Some(1.5)`");
    refused(binary(input(), BinaryOp::Ne, input()), "is compared with a `serde_json::Value`");
    refused(method(input(), "get", [text("a")]), "`value[\"key\"]`");
    refused(index(input(), bool(true)), "is indexed by a `bool`");
    refused(method(input(), "len", []), "`len` is called on a `serde_json::Value`");
}

#[test]
fn building() {
    let (definition, shape) = document();
    let value = || JsonPiece::Value(input());
    let list = JsonPiece::Array(vec![JsonPiece::Null, value(), JsonPiece::Array(vec![value()])]);
    let object = JsonPiece::Object(vec![("a b".into(), list), ("c".into(), JsonPiece::Object(Vec::new()))]);
    let template = lower_body(&definition, Expr::Json(Box::new(object)), shape, None).expect("it is JSON");
    for document in documents() {
        let built = json!({ "a b": [null, document, [document]], "c": {} });
        assert_eq!(evaluate(&template, &document), built);
    }
}
