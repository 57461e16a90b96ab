use super::*;

/// What a pattern is read as.
#[track_caller]
fn pattern(text: &str) -> String {
    body(&format!("match input {{ {text} => 0 }}"))
        .strip_prefix("match input { ")
        .and_then(|body| body.strip_suffix(" => 0 }"))
        .expect("it is a match of one arm")
        .to_owned()
}

#[test]
fn patterns_are_read() {
    for (text, expected) in [
        ("_", "_"),
        ("name", "name"),
        ("name @ 1..=5", "name @ 1..=5"),
        ("-1", "-1"),
        (r#""text""#, r#""text""#),
        ("true", "true"),
        ("..5", "..5"),
        ("'a'..='z'", "'a'..='z'"),
        ("5..", "5.."),
        ("1 | 2 | 3", "1 | 2 | 3"),
        ("(a, _)", "(a, _)"),
        ("(a, ..)", "(a)"),
        ("()", "()"),
        ("[]", "[]"),
        ("[a, b]", "[a, b]"),
        ("[first, ..]", "[first; _..; ]"),
        ("[first, rest @ .., last]", "[first; rest..; last]"),
        ("Some(None)", "Some(None)"),
        ("Option::Some(x)", "Some(x)"),
        ("Some(..)", "Some(_)"),
        ("Answer::Idle", "Idle {  }"),
        ("Idle", "Idle {  }"),
        ("Answer::HTTP", "HTTP {  }"),
        ("Answer::Pair(a, ..)", "Pair { 0: a }"),
        ("Pending { ticket, polls: 0, .. }", "Pending { ticket: ticket, polls: 0 }"),
        ("Outer { r#type: Some(Inner { a: (b, _) }) }", "Outer { type: Some(Inner { a: (b, _) }) }"),
        ("&Some(ref x)", "Some(x)"),
        ("(x)", "x"),
    ] {
        assert_eq!(pattern(text), expected);
    }
}

#[test]
fn some_patterns_are_refused() {
    for (text, place, message) in [
        ("LIMIT", "LIMIT", "the constant `LIMIT` cannot be a pattern here"),
        ("limits::MAX", "limits::MAX", "the constant `limits::MAX` cannot be a pattern here"),
        ("Self::MAX", "Self::MAX", "the constant `Self::MAX` cannot be a pattern here"),
        ("0..LIMIT", "LIMIT", "the end of a range is a literal here"),
        ("Ok(x)", "Ok", "a `Result` does not cross an edge"),
        ("(.., last)", "..", "`..` hides how many elements"),
        (r#"b"bytes""#, r#"b"bytes""#, "bytes cannot be written here"),
        ("my_macro!()", "my_macro!()", "this pattern cannot be exported"),
    ] {
        let errors = errors(&format!("match input {{ {text} => 0, _ => 1 }}"), false);
        assert_eq!(errors.len(), 1, "{errors:?}");
        assert_eq!(errors[0].0, place);
        assert!(errors[0].1.contains(message), "{}", errors[0].1);
    }
}
