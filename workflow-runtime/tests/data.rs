//! `#[derive(Data)]` against serde itself: a shape must say what serde writes.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::marker::PhantomData;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use workflow_runtime::Data;
use workflow_runtime::model::shape::{
    EnumShape, Fields, Presence, Shape, ShapeRef, Shapes, StructShape, Tagging, Variant,
};

/// Panics unless `value` is of the shape that its type is said to have.
fn check<T: Data + Serialize>(value: &T) {
    let mut shapes = Shapes::new();
    let shape = T::shape(&mut shapes);
    let json = serde_json::to_value(value).expect("the value is written");
    assert!(fits(&shapes, shape, &json), "{json} is not {:?}", shapes.get(shape));
}

fn fits(shapes: &Shapes, shape: ShapeRef, json: &Value) -> bool {
    match shapes.get(shape) {
        Shape::Bool => json.is_boolean(),
        Shape::Integer { min, max, .. } => {
            let number = json.as_i64().map(i128::from).or(json.as_u64().map(i128::from));
            number.is_some_and(|number| (*min..=*max).contains(&number))
        }
        Shape::Float => json.is_f64(),
        Shape::String => json.is_string(),
        Shape::Char => json.as_str().is_some_and(|text| text.chars().count() == 1),
        Shape::Unit => json.is_null(),
        Shape::Json | Shape::Opaque => true,
        Shape::Option(inner) => json.is_null() || fits(shapes, *inner, json),
        Shape::Sequence(inner) => {
            json.as_array().is_some_and(|items| items.iter().all(|item| fits(shapes, *inner, item)))
        }
        Shape::Tuple(inner) => fits_tuple(shapes, inner, json),
        Shape::Map(inner) => json.as_object().is_some_and(|map| map.values().all(|value| fits(shapes, *inner, value))),
        Shape::Struct(StructShape { fields, .. }) => fits_fields(shapes, fields, json, None),
        Shape::Enum(shape) => shape.variants.iter().any(|variant| fits_variant(shapes, shape, variant, json)),
    }
}

fn fits_tuple(shapes: &Shapes, inner: &[ShapeRef], json: &Value) -> bool {
    json.as_array().is_some_and(|items| {
        items.len() == inner.len() && items.iter().zip(inner).all(|(item, inner)| fits(shapes, *inner, item))
    })
}

/// `tag`: a key that stands among the fields' keys.
fn fits_fields(shapes: &Shapes, fields: &Fields, json: &Value, tag: Option<&str>) -> bool {
    match fields {
        Fields::Unit => json.is_null(),
        Fields::Newtype { shape, .. } => fits(shapes, *shape, json),
        Fields::Tuple(inner) => fits_tuple(shapes, inner, json),
        Fields::Named(fields) => {
            let Some(object) = json.as_object() else { return false };
            let known = |key: &str| fields.iter().any(|field| field.json == key) || tag == Some(key);
            object.keys().all(|key| known(key))
                && fields.iter().all(|field| match (object.get(field.json), field.presence) {
                    (Some(value), presence) => presence != Presence::Never && fits(shapes, field.shape, value),
                    (None, presence) => presence != Presence::Always,
                })
        }
    }
}

fn fits_variant(shapes: &Shapes, shape: &EnumShape, variant: &Variant, json: &Value) -> bool {
    match shape.tagging {
        Tagging::External => match variant.fields {
            Fields::Unit => json == variant.json,
            ref fields => {
                single(json).is_some_and(|(key, inner)| key == variant.json && fits_fields(shapes, fields, inner, None))
            }
        },
        Tagging::Internal { tag } => {
            json[tag] == variant.json
                && match &variant.fields {
                    Fields::Unit => single(json).is_some(),
                    Fields::Newtype { shape, .. } => {
                        let mut inner = json.clone();
                        inner.as_object_mut().is_some_and(|object| object.remove(tag).is_some())
                            && fits(shapes, *shape, &inner)
                    }
                    fields => fits_fields(shapes, fields, json, Some(tag)),
                }
        }
        Tagging::Adjacent { tag, content } => {
            json[tag] == variant.json
                && match &variant.fields {
                    Fields::Unit => json.get(content).is_none(),
                    fields => json.get(content).is_some_and(|inner| fits_fields(shapes, fields, inner, None)),
                }
        }
        Tagging::Untagged => fits_fields(shapes, &variant.fields, json, None),
    }
}

fn single(json: &Value) -> Option<(&String, &Value)> {
    json.as_object().filter(|object| object.len() == 1)?.iter().next()
}

#[derive(Clone, Serialize, Deserialize, Data)]
struct Inner {
    pages: u32,
}

/// An enum with every form of variant, under each of serde's representations that takes it.
macro_rules! representations {
    ($($module:ident: #[$serde:meta];)*) => {$(
        mod $module {
            use super::*;

            #[derive(Serialize, Deserialize, Data)]
            #[$serde]
            enum Answer {
                Nothing,
                Wrapped(Inner),
                Named { the_reason: String, #[serde(rename = "n")] number: Option<i64> },
                #[serde(rename = "other name")]
                Renamed { yes: bool },
            }

            #[test]
            fn every_variant_is_of_its_shape() {
                check(&Answer::Nothing);
                check(&Answer::Wrapped(Inner { pages: 3 }));
                check(&Answer::Named { the_reason: "no".into(), number: None });
                check(&Answer::Renamed { yes: true });
            }

            #[test]
            fn only_untagged_is_lossy() {
                assert_eq!(Answer::LOSSY, stringify!($module) == "untagged");
            }
        }
    )*};
}

representations! {
    external: #[serde(rename_all = "snake_case", rename_all_fields = "camelCase")];
    internal: #[serde(tag = "kind", rename_all = "SCREAMING-KEBAB-CASE", rename_all_fields = "PascalCase")];
    adjacent: #[serde(tag = "t", content = "c", rename_all = "camelCase", rename_all_fields = "kebab-case")];
    untagged: #[serde(untagged, rename_all_fields = "UPPERCASE")];
}

/// Fields and variants with names that the rules treat in different ways, under one rule.
macro_rules! rules {
    ($($module:ident: $rule:literal;)*) => {$(
        mod $module {
            use super::*;

            #[derive(Serialize, Deserialize, Data)]
            #[serde(rename_all = $rule)]
            #[expect(non_snake_case, reason = "the rules treat such names too")]
            struct Names { plain: u8, two_words: u8, _leading: u8, trailing_: u8, double__score: u8, number_2x: u8, r#type: u8, _2nd: u8 }

            #[derive(Serialize, Deserialize, Data)]
            #[serde(rename_all = $rule)]
            #[expect(non_camel_case_types, reason = "the rules treat such names too")]
            enum Variants { Plain, TwoWords, HTTPServer, With9Digits, Under_Score }

            #[test]
            fn names_are_serdes() {
                check(&Names { plain: 1, two_words: 2, _leading: 3, trailing_: 4, double__score: 5, number_2x: 6, r#type: 7, _2nd: 8 });
                check(&Variants::Plain);
                check(&Variants::TwoWords);
                check(&Variants::HTTPServer);
                check(&Variants::With9Digits);
                check(&Variants::Under_Score);
            }
        }
    )*};
}

rules! {
    lower: "lowercase";
    upper: "UPPERCASE";
    pascal: "PascalCase";
    camel: "camelCase";
    snake: "snake_case";
    screaming_snake: "SCREAMING_SNAKE_CASE";
    kebab: "kebab-case";
    screaming_kebab: "SCREAMING-KEBAB-CASE";
}

#[derive(Serialize, Deserialize, Data)]
struct Unit;

#[derive(Serialize, Deserialize, Data)]
struct Newtype(u8);

#[derive(Serialize, Deserialize, Data)]
struct Pair(u8, String);

#[derive(Serialize, Deserialize, Data)]
#[serde(transparent)]
struct Transparent {
    marker: PhantomData<u8>,
    inner: Vec<Inner>,
}

#[test]
fn structs_of_all_forms() {
    check(&Unit);
    check(&Newtype(1));
    check(&Pair(1, "a".into()));
    check(&Transparent { marker: PhantomData, inner: vec![Inner { pages: 1 }] });
    let mut shapes = Shapes::new();
    let shape = Transparent::shape(&mut shapes);
    let Shape::Struct(StructShape { fields: Fields::Newtype { rust, .. }, .. }) = shapes.get(shape) else {
        panic!("a transparent struct is a newtype");
    };
    assert_eq!(*rust, Some("inner"));
}

#[test]
fn types_of_the_standard_library() {
    check(&(true, -1_i8, u64::MAX, 1.5_f64, 'c', "text".to_owned()));
    check(&((), [1_u8; 3], vec![Some(1_usize), None], HashSet::from([1_i16])));
    check(&BTreeMap::from([("key".to_owned(), 1_u8)]));
    check(&HashMap::from([("key".to_owned(), Box::new(1_u8))]));
    check(&(std::borrow::Cow::<'static, str>::Borrowed("a"), "b", json!({"any": [1]})));
    check(&(PhantomData::<u8>, Duration::from_secs(1), (1_u8,)));
}

#[derive(Serialize, Deserialize, Data)]
struct Tree<T> {
    value: T,
    children: Vec<Tree<T>>,
    parent: Option<Box<Self>>,
}

#[test]
fn a_type_may_contain_itself() {
    let leaf = Tree { value: 2_u8, children: vec![], parent: None };
    check(&Tree { value: 1_u8, children: vec![leaf], parent: None });
    const { assert!(!Tree::<u8>::LOSSY && Tree::<Skips>::LOSSY) };
}

#[derive(Serialize, Deserialize, Data)]
struct Host {
    guests: Vec<Guest>,
}

#[derive(Serialize, Deserialize, Data)]
struct Guest {
    #[data(lossy)]
    host: Option<Box<Host>>,
}

#[test]
fn types_may_contain_each_other() {
    check(&Host { guests: vec![Guest { host: None }] });
    const { assert!(Host::LOSSY) };
}

trait Service: 'static {
    type Answer;
}

struct Http;

impl Service for Http {
    type Answer = u8;
}

/// Neither `S` nor `M` is written, so neither needs to be `Data`.
#[derive(Serialize, Deserialize, Data)]
#[serde(bound(serialize = "S::Answer: Serialize", deserialize = "S::Answer: Deserialize<'de>"))]
struct Generic<S: Service, M, const N: usize>
where
    M: 'static,
{
    answer: S::Answer,
    marker: PhantomData<M>,
    array: [S::Answer; 2],
}

#[test]
fn generics_are_bound_as_serde_binds_them() {
    check(&Generic::<Http, fn(), 2> { answer: 1, marker: PhantomData, array: [2, 3] });
}

#[derive(Default, Serialize, Deserialize, Data)]
struct Skips {
    #[serde(skip)]
    never: PhantomData<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    none: Option<u8>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    empty: Vec<u8>,
    #[serde(default, skip_serializing_if = "is_zero")]
    zero: u8,
}

fn is_zero(number: &u8) -> bool {
    *number == 0
}

#[test]
fn fields_that_may_be_missing() {
    check(&Skips::default());
    check(&Skips { never: PhantomData, none: Some(1), empty: vec![1], zero: 1 });
    let mut shapes = Shapes::new();
    let shape = Skips::shape(&mut shapes);
    let Shape::Struct(StructShape { fields: Fields::Named(fields), .. }) = shapes.get(shape) else {
        panic!("it has named fields");
    };
    let presence: Vec<Presence> = fields.iter().map(|field| field.presence).collect();
    assert_eq!(presence, [Presence::Never, Presence::UnlessNone, Presence::UnlessEmpty, Presence::UserDefined]);
}

/// Whether reading back what was written may give another value.
macro_rules! lossy {
    ($($name:ident { $(#[$attribute:meta])* $ty:ty } = $lossy:literal;)*) => {$(
        const _: () = {
            #[derive(Serialize, Deserialize, Data)]
            struct $name { $(#[$attribute])* field: $ty }
            assert!($name::LOSSY == $lossy);
        };
    )*};
}

lossy! {
    Plain { Vec<u8> } = false;
    MayBeNone { #[serde(skip_serializing_if = "Option::is_none")] Option<u8> } = false;
    NoneByDefault { #[serde(default, skip_serializing_if = "Option::is_none")] Option<u8> } = false;
    OtherDefault { #[serde(default = "some", skip_serializing_if = "Option::is_none")] Option<u8> } = true;
    EmptyByDefault { #[serde(default, skip_serializing_if = "Vec::is_empty")] Vec<u8> } = false;
    EmptyIsMissing { #[serde(skip_serializing_if = "Vec::is_empty")] Vec<u8> } = true;
    OptionOfOption { Option<Option<u8>> } = true;
    OptionOfAnything { Option<Value> } = true;
    ByFieldType { Option<Box<(u8, HashMap<String, Skips>)>> } = true;
    ByAttribute { #[data(lossy)] u8 } = true;
    Foreign { #[data(opaque)] std::net::IpAddr } = false;
    With { #[serde(with = "text")] u8 } = true;
}

fn some() -> Option<u8> {
    Some(1)
}

mod text {
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(number: &u8, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(number)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u8, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[derive(Clone, Serialize, Deserialize, Data)]
#[serde(into = "String", from = "String")]
struct Converted;

impl From<Converted> for String {
    fn from(_: Converted) -> Self {
        String::new()
    }
}

impl From<String> for Converted {
    fn from(_: String) -> Self {
        Converted
    }
}

#[derive(Serialize, Deserialize, Data)]
#[data(opaque)]
struct Flat {
    #[serde(flatten)]
    inner: Inner,
}

#[test]
fn some_types_are_opaque() {
    let mut shapes = Shapes::new();
    for shape in [Converted::shape(&mut shapes), Flat::shape(&mut shapes)] {
        assert_eq!(shapes.get(shape), &Shape::Opaque);
    }
}
