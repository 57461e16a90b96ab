use super::{body, errors};

#[test]
fn placeholders() {
    assert_eq!(
        body(r#"format!("no answer after {} polls", input.polls)"#),
        r#"format["no answer after ", input.polls, " polls"]"#
    );
    assert_eq!(body(r#"format!("{input}")"#), "format[input]");
    assert_eq!(body(r#"format!("{0}{1}{0}", 1, 2)"#), "format[1, 2, 1]");
    assert_eq!(body(r#"format!("{}{name}{}", 1, 2, name = 3)"#), "format[1, 3, 2]");
    assert_eq!(body(r#"format!("{{}} {{{}}}", 1)"#), r#"format["{} {", 1, "}"]"#);
    assert_eq!(body(r#"format!("plain")"#), r#"format["plain"]"#);
    assert_eq!(body(r#"format!("")"#), "format[]");
}

#[test]
fn specifications() {
    assert_eq!(body(r#"format!("{:>8}", 1)"#), "format[1:->8.-]");
    assert_eq!(body(r#"format!("{:*^8.3}", 1)"#), "format[1:*^8.3]");
    assert_eq!(body(r#"format!("{:.2}", 1)"#), "format[1:---.2]");
    assert_eq!(body(r#"format!("{input:5}")"#), "format[input:--5.-]");
    assert_eq!(body(r#"format!("{:}", 1)"#), "format[1]");
}

#[test]
fn what_prints_what_json_does_not_know_is_refused() {
    for (text, message) in [
        (r#"format!("{:?}", 1)"#, "`{:?}` cannot be exported"),
        (r#"format!("{input:x}")"#, "`{input:x}` cannot be exported"),
        (r#"format!("{:05}", 1)"#, "write the fill, as in `{number:0>8}`"),
        (r#"format!("{:1$}", 1, 5)"#, "write the width or the precision as a number"),
        (r#"format!("{:.*}", 5, 1)"#, "write the precision as a number"),
        (r#"format!("{input.name}")"#, "put the value behind the string"),
        (r#"format!("{}")"#, "`{}` has no value behind the string"),
        (r#"format!("}")"#, "a brace in this string has no other one"),
        (r#"format!("{:+}", 1)"#, "fill, alignment, width and precision are known here"),
    ] {
        let errors = errors(text, false);
        assert_eq!(errors.len(), 1, "{errors:?}");
        assert!(errors[0].0.starts_with('"'), "it stands on {}", errors[0].0);
        assert!(errors[0].1.contains(message), "{}", errors[0].1);
    }
}

#[test]
fn a_name_that_is_not_bound_is_refused_on_the_string() {
    let errors = errors(r#"format!("{inputs}")"#, false);
    assert_eq!(errors[0].0, r#""{inputs}""#);
    assert!(errors[0].1.contains("`input` is a name that is bound here"), "{}", errors[0].1);
}
