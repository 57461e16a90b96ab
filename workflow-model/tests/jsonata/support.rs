//! Shapes to lower by, and the reference JSONata to evaluate what comes out.

use jlens_core::{Bindings, Expression, HostFunction};
use serde_json::{Value, json};
use workflow_model::definition::Definition;
use workflow_model::expr::Expr;
use workflow_model::jsonata::{Input, Path, Refusal, Template, lower};
use workflow_model::shape::{
    EnumShape, Field, Fields, Presence, Shape, ShapeRef, Shapes, StructShape, Tagging, Variant,
};

use crate::build::lambda;

/// A definition without states, for its shapes.
pub(crate) fn definition(shapes: Shapes) -> Definition {
    Definition { shapes, ..Definition::default() }
}

/// Short ways to describe types.
pub(crate) trait Describe {
    fn text(&mut self) -> ShapeRef;
    fn integer(&mut self, rust: &'static str, min: i128, max: i128) -> ShapeRef;
    fn u32(&mut self) -> ShapeRef;
    fn option(&mut self, inner: ShapeRef) -> ShapeRef;
    fn sequence(&mut self, item: ShapeRef) -> ShapeRef;
    fn record(&mut self, name: &'static str, fields: Vec<Field>) -> ShapeRef;
    fn enumeration(&mut self, name: &'static str, tagging: Tagging, variants: Vec<Variant>) -> ShapeRef;
}

impl Describe for Shapes {
    fn text(&mut self) -> ShapeRef {
        self.add(Shape::String)
    }

    fn integer(&mut self, rust: &'static str, min: i128, max: i128) -> ShapeRef {
        self.add(Shape::Integer { rust, min, max })
    }

    fn u32(&mut self) -> ShapeRef {
        self.integer("u32", 0, u32::MAX.into())
    }

    fn option(&mut self, inner: ShapeRef) -> ShapeRef {
        self.add(Shape::Option(inner))
    }

    fn sequence(&mut self, item: ShapeRef) -> ShapeRef {
        self.add(Shape::Sequence(item))
    }

    fn record(&mut self, name: &'static str, fields: Vec<Field>) -> ShapeRef {
        self.add(Shape::Struct(StructShape { name, fields: Fields::Named(fields) }))
    }

    fn enumeration(&mut self, name: &'static str, tagging: Tagging, variants: Vec<Variant>) -> ShapeRef {
        self.add(Shape::Enum(EnumShape { name, tagging, variants }))
    }
}

/// A field that is always there, under its Rust name.
pub(crate) fn field(name: &'static str, shape: ShapeRef) -> Field {
    Field { rust: name, json: name, shape, presence: Presence::Always }
}

pub(crate) fn sometimes(name: &'static str, shape: ShapeRef, presence: Presence) -> Field {
    Field { presence, ..field(name, shape) }
}

pub(crate) fn variant_of(rust: &'static str, json: &'static str, fields: Fields) -> Variant {
    Variant { rust, json, fields }
}

pub(crate) fn newtype(shape: ShapeRef) -> Fields {
    Fields::Newtype { rust: None, shape }
}

/// A lambda's parameter that is the state's input.
pub(crate) fn input(shape: ShapeRef) -> Input {
    Input { path: Path::input(), shape: Some(shape) }
}

/// `body` as a function of `input`.
pub(crate) fn lower_body(
    definition: &Definition,
    body: Expr,
    shape: ShapeRef,
    expected: Option<ShapeRef>,
) -> Result<Template, Refusal> {
    lower(definition, &lambda(["input"], body), &[input(shape)], expected)
}

/// What Step Functions makes of a template where `$states.input` is `input`.
pub(crate) fn evaluate(template: &Template, input: &Value) -> Value {
    evaluate_in(&template.to_json(), &json!({ "input": input }))
}

/// What is said by an expression that fails.
#[track_caller]
pub(crate) fn failure(template: &Template, input: &Value) -> String {
    let Template::Expression(code) = template else { panic!("{template:?} never fails") };
    let compiled = Expression::compile(code).unwrap_or_else(|error| panic!("{code}: {error}"));
    let result = compiled.evaluate(None, &bindings(&json!({ "input": input })));
    result.expect_err("it fails").message()
}

/// What Step Functions makes of a field's JSON.
pub(crate) fn evaluate_in(template: &Value, states: &Value) -> Value {
    match template {
        Value::String(text) if text.starts_with("{%") && text.ends_with("%}") => {
            let code = text.trim_start_matches("{%").trim_end_matches("%}").trim();
            assert_eq!(*text, format!("{{% {code} %}}"), "an expression has one space within each delimiter");
            assert_plain(code);
            let compiled = Expression::compile(code).unwrap_or_else(|error| panic!("{code}: {error}"));
            let result = compiled.evaluate(None, &bindings(states)).unwrap_or_else(|error| panic!("{code}: {error}"));
            result.unwrap_or_else(|| panic!("{code} is undefined, given {states}"))
        }
        Value::String(text) => {
            assert_plain(text);
            template.clone()
        }
        Value::Array(items) => items.iter().map(|item| evaluate_in(item, states)).collect(),
        Value::Object(entries) => {
            entries.keys().for_each(|key| assert_plain(key));
            entries.iter().map(|(key, value)| (key.clone(), evaluate_in(value, states))).collect()
        }
        scalar => scalar.clone(),
    }
}

/// Nothing in the text is taken for an expression by Step Functions, or for a placeholder by CloudFormation.
fn assert_plain(text: &str) {
    assert!(!["{%", "%}", "${"].iter().any(|delimiter| text.contains(delimiter)), "a delimiter in {text}");
}

/// What an expression finds: `$states`, and `$parse`, which Step Functions adds to JSONata.
fn bindings(states: &Value) -> Bindings {
    let parse = HostFunction::new(1, |args, _| {
        let text = args.first().and_then(Option::as_ref).and_then(Value::as_str);
        Ok(text.map(|text| serde_json::from_str(text).expect("`$parse` is given JSON only")))
    });
    Bindings::new().var("states", states.clone()).function("parse", parse)
}

/// Equal as JSON numbers are: `1` is `1.0`.
pub(crate) fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| same(a, b)))
        }
        (a, b) => a == b,
    }
}
