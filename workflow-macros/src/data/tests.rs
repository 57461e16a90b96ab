//! What the derive refuses, and on which tokens.

use super::*;

/// The first lines of the errors that the derive finds in `item`, each with the text that it stands on.
fn errors(item: &str) -> Vec<(String, String)> {
    let mut errors = Errors::new();
    Item::read(syn::parse_str(item).expect("the item is Rust"), &mut errors);
    errors.into_texts()
}

#[track_caller]
fn refused(item: &str, place: &str, message: &str) {
    let errors = errors(item);
    let [(found, text)] = errors.as_slice() else {
        panic!("one error was expected: {errors:?}");
    };
    assert_eq!(found, place);
    assert!(text.contains(message), "{text}");
    assert!(text.contains("\nhelp: "), "no remedy: {text}");
}

#[test]
fn what_no_shape_can_say_is_refused() {
    refused("struct S { #[serde(flatten)] inner: Inner }", "flatten", "`flatten` puts another type's keys among these");
    refused(r#"#[serde(tag = "type")] struct S { a: u8 }"#, "tag", "`tag` on a struct adds a key");
    refused(r#"#[serde(remote = "Other")] struct S { a: u8 }"#, "remote", "describes the JSON of another type");
    refused("enum E { A, #[serde(untagged)] B(u8) }", "untagged", "`untagged` on the variant `B` alone");
    refused("struct S(u8, #[serde(skip)] u16);", "u16", "a field without a name cannot be skipped");
    refused("union U { a: u8 }", "union", "`U` is a union");
}

#[test]
fn borrowed_types_are_refused() {
    refused("struct S<'a> { name: &'a str }", "'a", "`S` borrows for `'a`, but what crosses an edge");
}

#[test]
fn names_must_be_the_same_in_both_directions() {
    let item = r#"struct S { #[serde(rename(serialize = "a", deserialize = "b"))] field: u8 }"#;
    refused(item, "rename", "`rename` differs between `serialize` and `deserialize`");
    refused(
        r#"#[serde(rename_all(serialize = "camelCase"))] struct S { a_b: u8 }"#,
        "rename_all",
        "`rename_all` differs",
    );
    let same = r#"struct S { #[serde(rename(serialize = "a", deserialize = "a"))] field: u8 }"#;
    assert_eq!(errors(same), []);
}

#[test]
fn unknown_options_are_refused() {
    refused("#[data(opake)] struct S;", "opake", "`#[data]` has no option `opake` here\nhelp: did you mean `opaque`?");
    refused("struct S { #[data(skip)] a: u8 }", "skip", "its options here are `opaque`, `lossy`");
    refused("enum E { #[data(opaque)] A }", "opaque", "put `#[data(opaque)]` on the variant's fields or on the enum");
}

#[test]
fn an_opaque_type_may_be_anything() {
    assert_eq!(errors("#[data(opaque)] struct S { #[serde(flatten)] inner: Inner }"), []);
    assert_eq!(errors(r#"#[serde(tag = "type")] #[data(opaque)] struct S { a: u8 }"#), []);
}

#[test]
fn what_serde_alone_cares_about_is_passed_over() {
    let item = r#"
        #[serde(deny_unknown_fields, default, expecting = "an S", crate = "serde", bound(serialize = "", deserialize = ""))]
        struct S { #[serde(alias = "b", default = "make", borrow, getter = "get")] a: u8 }
    "#;
    assert_eq!(errors(item), []);
}

#[test]
fn all_errors_come_at_once() {
    let item = "struct S<'a> { #[serde(flatten)] a: A, #[serde(flatten)] b: B, #[data(x)] c: C }";
    assert_eq!(errors(item).len(), 4);
}

#[test]
fn an_impl_stands_besides_the_errors() {
    let generated = expand("struct S { #[serde(flatten)] a: A }".parse().expect("it is Rust")).to_string();
    assert!(generated.contains("compile_error"));
    assert!(generated.contains("Data for S"));
}
