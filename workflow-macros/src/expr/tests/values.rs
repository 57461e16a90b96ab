use super::body;

#[test]
fn literals() {
    assert_eq!(
        body(r#"(1, 1_000_u64, -5i8, 0xff, 2f64, 1.5, -0.5f32, true, "a\"b", 'c', b'a')"#),
        r#"(1, 1000, -5, 255, 2.0, 1.5, -0.5, true, "a\"b", 'c', 97)"#
    );
    assert_eq!(body("()"), "()");
}

#[test]
fn durations_at_the_ends_of_a_body() {
    assert_eq!(
        body("if input.long { Duration::from_secs(60 * 5) } else { std::time::Duration::from_secs(input.delay) }"),
        "if input.long { seconds((60 Mul 5)) } else { seconds(input.delay) }"
    );
}

#[test]
fn names_constants_and_units() {
    assert_eq!(
        body("(input, MAX_POLLS, limits::MAX, u32::MAX, Self::LIMIT)"),
        "(input, const MAX_POLLS, const limits::MAX, const u32::MAX, const Self::LIMIT)"
    );
    assert_eq!(
        body("(Idle, Answer::Idle, api::Answer::Idle, None, Option::None)"),
        "(Idle, ::Idle, ::Idle, None, None)"
    );
    assert_eq!(body("let r#type = input; r#type.r#match"), "let type = input; type.match");
}

#[test]
fn an_inner_name_hides_a_constant() {
    assert_eq!(body("let x = input; { let x = x.y; x }"), "let x = input; let x = x.y; x");
}

#[test]
fn fields_and_indices() {
    assert_eq!(body("input.pair.0.name"), "input.pair.0.name");
    assert_eq!(body("input.nested.0.1"), "input.nested.0.1");
    assert_eq!(body(r#"(items[0], input["key"])"#), r#"(items[0], input["key"])"#);
}

#[test]
fn operators_are_bracketed_by_precedence() {
    assert_eq!(body("input.a + 1 * -input.b"), "(input.a Add (1 Mul (Neg input.b)))");
    assert_eq!(
        body("!input.a && input.b <= 3 || input.c != 4"),
        "(((Not input.a) And (input.b Le 3)) Or (input.c Ne 4))"
    );
    assert_eq!(body("(input.a - 1) % 2 / 3"), "(((input.a Sub 1) Rem 2) Div 3)");
}

#[test]
fn references_mean_the_value() {
    assert_eq!(body("&input.name"), "input.name");
    assert_eq!(body("*input.name == *\"a\""), "(input.name Eq \"a\")");
}

#[test]
fn casts() {
    assert_eq!(body("input.count as u64 as f64"), "((input.count as u64) as f64)");
    assert_eq!(body("u64::from(input.count)"), "(input.count as u64)");
}

#[test]
fn a_type_is_said_only_where_the_place_does_not_decide_it() {
    assert_eq!(body("Report { pages: 1, polls: input.polls }"), "Report { pages: 1, polls: input.polls }");
    assert_eq!(
        body("Report { part: Part { a: 1 }, answer: Answer::Wrapped(Part { a: 2 }) }"),
        "Report { part: Part { a: 1 }, answer: ::Wrapped(Part { a: 2 }) }"
    );
    assert_eq!(body("Part { a: 1 }.a"), "<Part>Part { a: 1 }.a");
    assert_eq!(body("input == Answer::Idle"), "(input Eq <Answer>::Idle)");
    assert_eq!(
        body("let part = api::Page::<u8> { a: 1 }; part.a"),
        "let part = <api::Page::<u8>>Page { a: 1 }; part.a"
    );
    assert_eq!(body("let part: Part = Part { a: 1 }; part.a"), "let part: Part = Part { a: 1 }; part.a");
    assert_eq!(
        body("items.iter().map(|item| Answer::Named { item })"),
        "items.iter().map(|item| <Answer>::Named { item: item })"
    );
    assert_eq!(body("Some((Part { a: 1 }, [Part { a: 2 }]))"), "Some((Part { a: 1 }, [Part { a: 2 }]))");
}

#[test]
fn written_types_are_kept_where_they_are_whole() {
    assert_eq!(
        body("let names: Vec<Option<String>> = input.names; names"),
        "let names: Vec<Option<String>> = input.names; names"
    );
    assert_eq!(body("let names: Vec<_> = input.names; names"), "let names = input.names; names");
    assert_eq!(body("let name: &str = &input.name; name"), "let name: str = input.name; name");
}

#[test]
fn methods_and_closures() {
    assert_eq!(body(r#"input.name.trim().starts_with("a")"#), r#"input.name.trim().starts_with("a")"#);
    assert_eq!(
        body("items.iter().filter(|item| item.ok).map(|(a, b): &(u8, u8)| a + b).sum::<u8>()"),
        "items.iter().filter(|item| item.ok).map(|(a, b): (u8, u8)| (a Add b)).sum()"
    );
    assert_eq!(body("items.iter().cloned().collect::<Vec<_>>()"), "items.iter().cloned().collect()");
    assert_eq!(body("items.iter().map(|item| { let x = item.x; x })"), "items.iter().map(|item| let x = item.x; x)");
}

#[test]
fn functions_that_only_say_what_a_literal_says() {
    assert_eq!(body(r#"(String::new(), Vec::new(), String::from("a"))"#), r#"("", [], "a".to_string())"#);
}

#[test]
fn macros() {
    assert_eq!(body("vec![1, 2]"), "[1, 2]");
    assert_eq!(body("vec![]"), "[]");
    assert_eq!(
        body("matches!(input, Answer::A { n } if n > 1)"),
        "match input { A { n: n } if (n Gt 1) => true, _ => false }"
    );
    assert_eq!(body("matches!(input.kind, 1 | 2,)"), "match input.kind { 1 | 2 => true, _ => false }");
}

#[test]
fn documents() {
    assert_eq!(
        body(r#"json!({ "a": null, "b c": [1, { "d": -input.x }, [], {},], "e": input["f"][0].as_str(), })"#),
        r#"json[{"a": null, "b c": [1, {"d": (Neg input.x)}, [], {}], "e": input["f"][0].as_str()}]"#
    );
    assert_eq!(body("serde_json::json!(null)"), "json[null]");
    assert_eq!(body("json!(input.a + 1)"), "json[(input.a Add 1)]");
}
