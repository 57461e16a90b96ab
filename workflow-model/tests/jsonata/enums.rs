//! The four representations of enums: what is taken apart by patterns and built again is what it was.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde::Serialize;
use serde_json::json;
use workflow_model::definition::Definition;
use workflow_model::expr::{BinaryOp, ConstructFields, Expr};
use workflow_model::jsonata::Template;
use workflow_model::shape::{Fields, Presence, Shape, ShapeRef, Shapes, Tagging};

use crate::build::*;
use crate::support::*;

#[derive(Clone, Debug, Serialize)]
struct Inner {
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<u32>,
    list: Vec<u32>,
}

/// The same variants under each representation; `$tuple` where the representation has it.
macro_rules! enumeration {
    ($name:ident, $(#[$tagging:meta])* { $($tuple:tt)* }) => {
        #[derive(Clone, Debug, Serialize)]
        $(#[$tagging])*
        enum $name {
            Unit,
            #[serde(rename = "new type")]
            Newtype(Inner),
            Record { number: u32, list: Vec<u32>, maybe: Option<String> },
            $($tuple)*
        }
    };
}

enumeration!(External, { List(Vec<u32>), Pair(u32, String) });
enumeration!(
    Internal,
    #[serde(tag = "the kind")]
    {}
);
enumeration!(Adjacent, #[serde(tag = "kind", content = "value")] { List(Vec<u32>), Pair(u32, String) });
enumeration!(Untagged, #[serde(untagged)] { List(Vec<u32>), Text(String), Number(u32) });

fn shapes(tagging: Tagging) -> (Definition, ShapeRef) {
    let mut shapes = Shapes::new();
    let (text, number) = (shapes.text(), shapes.u32());
    let (list, maybe, note) = (shapes.sequence(number), shapes.option(text), shapes.option(number));
    let inner = vec![field("text", text), sometimes("note", note, Presence::UnlessNone), field("list", list)];
    let inner = shapes.record("Inner", inner);
    let record = vec![field("number", number), field("list", list), field("maybe", maybe)];
    let mut variants = vec![
        variant_of("Unit", "Unit", Fields::Unit),
        variant_of("Newtype", "new type", newtype(inner)),
        variant_of("Record", "Record", Fields::Named(record)),
    ];
    let pair = variant_of("Pair", "Pair", Fields::Tuple(vec![number, text]));
    let list = variant_of("List", "List", newtype(list));
    match tagging {
        Tagging::Internal { .. } => {}
        Tagging::External | Tagging::Adjacent { .. } => variants.extend([list, pair]),
        Tagging::Untagged => variants.extend([
            list,
            variant_of("Text", "Text", newtype(text)),
            variant_of("Number", "Number", newtype(number)),
        ]),
    }
    let shape = shapes.enumeration("Sample", tagging, variants);
    (definition(shapes), shape)
}

/// `match input { Sample::Unit => Sample::Unit, Sample::Newtype(x) => Sample::Newtype(x), … }`.
fn rebuilt(tagging: Tagging) -> Template {
    let (definition, shape) = shapes(tagging);
    let again = |name: &str| {
        let pattern = shaped(name, [("0", bind("x"))]);
        arm(pattern, variant(name, unnamed([local("x")])))
    };
    let record = shaped("Record", [("number", bind("number")), ("list", bind("list")), ("maybe", bind("maybe"))]);
    let record_again = named([("number", local("number")), ("list", local("list")), ("maybe", local("maybe"))]);
    let mut arms = vec![
        arm(shaped("Unit", []), variant("Unit", ConstructFields::Unit)),
        again("Newtype"),
        arm(record, variant("Record", record_again)),
    ];
    let pair = shaped("Pair", [("0", bind("a")), ("1", bind("b"))]);
    let pair = arm(pair, variant("Pair", unnamed([local("a"), local("b")])));
    match tagging {
        Tagging::Internal { .. } => {}
        Tagging::External | Tagging::Adjacent { .. } => arms.extend([again("List"), pair]),
        Tagging::Untagged => arms.extend([again("List"), again("Text"), again("Number")]),
    }
    lower_body(&definition, matching(local("input"), arms), shape, Some(shape)).expect("it has an equal in JSONata")
}

const INTERNAL: Tagging = Tagging::Internal { tag: "the kind" };
const ADJACENT: Tagging = Tagging::Adjacent { tag: "kind", content: "value" };

fn list() -> impl Strategy<Value = Vec<u32>> {
    prop::collection::vec(any::<u32>(), 0..3)
}

fn inner() -> impl Strategy<Value = Inner> {
    (any::<String>(), any::<Option<u32>>(), list()).prop_map(|(text, note, list)| Inner { text, note, list })
}

proptest! {
    #[test]
    fn every_representation_survives(
        which in 0..5, inner in inner(), number: u32, list in list(), maybe: Option<String>, text: String,
    ) {
        macro_rules! base {
            ($name:ident) => {
                match which {
                    0 => $name::Unit,
                    1 => $name::Newtype(inner.clone()),
                    _ => $name::Record { number, list: list.clone(), maybe: maybe.clone() },
                }
            };
        }
        let values = [
            (Tagging::External, match which {
                3 => json!(External::List(list.clone())),
                4 => json!(External::Pair(number, text.clone())),
                _ => json!(base!(External)),
            }),
            (INTERNAL, json!(base!(Internal))),
            (ADJACENT, match which {
                3 => json!(Adjacent::List(list.clone())),
                4 => json!(Adjacent::Pair(number, text.clone())),
                _ => json!(base!(Adjacent)),
            }),
            (Tagging::Untagged, match (which, number % 2) {
                (3, _) => json!(Untagged::List(list.clone())),
                (4, 0) => json!(Untagged::Text(text.clone())),
                (4, _) => json!(Untagged::Number(number)),
                _ => json!(base!(Untagged)),
            }),
        ];
        for (tagging, value) in values {
            let found = evaluate(&rebuilt(tagging), &value);
            prop_assert!(same(&found, &value), "{tagging:?}: {found} is not {value}");
        }
    }
}

#[test]
fn the_tag_does_not_leak_out_of_a_newtype_variant() {
    let (definition, shape) = shapes(INTERNAL);
    let body = |field: &str| {
        let pattern = shaped("Newtype", [("0", bind("inner"))]);
        matching(local("input"), [arm(pattern, path(field))])
    };
    let whole = lower_body(&definition, body("inner"), shape, None).unwrap();
    assert_eq!(
        whole.to_json(),
        json!("{% {'text': $states.input.text, 'note': $states.input.note, 'list': $states.input.list} %}")
    );
    let value = Inner { text: String::new(), note: None, list: vec![1] };
    assert_eq!(evaluate(&whole, &json!(Internal::Newtype(value.clone()))), json!(value));
    let part = lower_body(&definition, body("inner.list"), shape, None).unwrap();
    assert_eq!(part.to_json(), json!("{% $states.input.list %}"));
}

#[test]
fn a_unit_variant_is_what_the_representation_makes_of_it() {
    let unit = || variant("Unit", ConstructFields::Unit);
    let cases = [
        (Tagging::External, json!("Unit"), "$states.input = 'Unit'"),
        (INTERNAL, json!({"the kind": "Unit"}), "$states.input.`the kind` = 'Unit'"),
        (ADJACENT, json!({"kind": "Unit"}), "$states.input.kind = 'Unit'"),
        (Tagging::Untagged, json!(null), "$states.input = null"),
    ];
    for (tagging, built, tested) in cases {
        let (definition, shape) = shapes(tagging);
        assert_eq!(lower_body(&definition, unit(), shape, Some(shape)).unwrap().to_json(), built);
        let test: Expr = binary(local("input"), BinaryOp::Eq, unit());
        let test = lower_body(&definition, test, shape, None).unwrap();
        assert_eq!(test, Template::Expression(tested.to_owned()));
        assert_eq!(evaluate(&test, &built), json!(true));
    }
}

#[test]
fn untagged_variants_that_look_alike_are_refused() {
    let mut shapes = Shapes::new();
    let number = shapes.u32();
    let a = variant_of("A", "A", Fields::Named(vec![field("x", number)]));
    let b = variant_of("B", "B", Fields::Named(vec![field("x", number), field("y", number)]));
    let shape = shapes.enumeration("Either", Tagging::Untagged, vec![a, b]);
    let definition = definition(shapes);
    let test = |name: &str| {
        let arms = [arm(shaped(name, []), bool(true)), arm(workflow_model::expr::Pattern::Wildcard, bool(false))];
        lower_body(&definition, matching(local("input"), arms), shape, None)
    };
    assert_eq!(test("B").unwrap(), Template::Expression("$exists($states.input.y)".to_owned()));
    assert_eq!(
        test("A").unwrap_err().message,
        "the variant `A` of the untagged `Either` cannot be told from the others by the kind of its JSON or by a key \
         that it alone has; do it in a `#[task]`"
    );
}

#[derive(Clone, Debug, Serialize)]
#[serde(tag = "outer")]
enum Outer {
    Nested(Nested),
    Labels(BTreeMap<String, u32>),
    Empty(Marker),
    Inner(Inner),
}

#[derive(Clone, Debug, Serialize)]
#[serde(tag = "nested")]
enum Nested {
    A { number: u32 },
    B,
}

#[derive(Clone, Debug, Serialize)]
struct Marker {}

fn outer() -> (Definition, ShapeRef) {
    let mut shapes = Shapes::new();
    let (text, number) = (shapes.text(), shapes.u32());
    let a = variant_of("A", "A", Fields::Named(vec![field("number", number)]));
    let b = variant_of("B", "B", Fields::Unit);
    let nested = shapes.enumeration("Nested", Tagging::Internal { tag: "nested" }, vec![a, b]);
    let labels = shapes.add(Shape::Map(number));
    let marker = shapes.record("Marker", vec![]);
    let (note, list) = (shapes.option(number), shapes.sequence(number));
    let inner = vec![field("text", text), sometimes("note", note, Presence::UnlessNone), field("list", list)];
    let inner = shapes.record("Inner", inner);
    let variants = [("Nested", nested), ("Labels", labels), ("Empty", marker), ("Inner", inner)];
    let variants = variants.into_iter().map(|(name, shape)| variant_of(name, name, newtype(shape)));
    let outer = shapes.enumeration("Outer", Tagging::Internal { tag: "outer" }, variants.collect());
    (definition(shapes), outer)
}

#[test]
fn an_internal_tag_is_taken_off_and_put_on_whatever_it_lies_in() {
    let (definition, shape) = outer();
    let text = String::new();
    let values = [
        (Outer::Nested(Nested::A { number: 1 }), json!(Nested::A { number: 1 })),
        (Outer::Nested(Nested::B), json!(Nested::B)),
        (Outer::Labels(BTreeMap::new()), json!({})),
        (Outer::Labels(BTreeMap::from([("a".to_owned(), 1)])), json!({"a": 1})),
        (Outer::Empty(Marker {}), json!({})),
        (Outer::Inner(Inner { text, note: None, list: vec![2] }), json!({"text": "", "list": [2]})),
    ];
    for (value, content) in values {
        let name = json!(value)["outer"].as_str().unwrap().to_owned();
        let content_of = |body| {
            let arms = [arm(shaped(&name, [("0", bind("content"))]), body)];
            matching(local("input"), arms)
        };
        let taken_off = lower_body(&definition, content_of(local("content")), shape, None).unwrap();
        assert_eq!(evaluate(&taken_off, &json!(value)), content, "{taken_off:?}");
        let put_on = content_of(variant(&name, unnamed([local("content")])));
        let put_on = lower_body(&definition, put_on, shape, Some(shape)).unwrap();
        assert_eq!(evaluate(&put_on, &json!(value)), json!(value), "{put_on:?}");
        let computed = when(bool(true), local("content"), local("content"));
        let computed = content_of(variant(&name, unnamed([computed])));
        let computed = lower_body(&definition, computed, shape, Some(shape)).unwrap();
        assert_eq!(evaluate(&computed, &json!(value)), json!(value), "{computed:?}");
    }
}
