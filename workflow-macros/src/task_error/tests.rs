use super::*;

/// The errors that the derive finds in `item`, each with the text that it stands on.
fn errors(item: &str) -> Vec<(String, String)> {
    let mut errors = Errors::new();
    let item = Item::read(syn::parse_str(item).expect("the item is Rust"), &mut errors);
    case::refuse_duplicates(&item.cases, &mut errors);
    errors.into_texts()
}

#[test]
fn names_of_step_functions_are_refused() {
    assert_eq!(
        errors(r#"enum E { #[task_error(name = "States.Timeout")] A, #[task_error(name = "")] B }"#),
        [
            (
                r#""States.Timeout""#.to_owned(),
                "W0601: `States.Timeout` begins with `States.`, which Step Functions keeps for its own errors\n\
                 help: write another name, as in `name = \"Timeout\"`"
                    .to_owned()
            ),
            (
                r#""""#.to_owned(),
                "W0601: the name of an error is empty, so nothing could retry or catch it\n\
                 help: write a name, as in `name = \"Throttled\"`"
                    .to_owned()
            ),
        ]
    );
}

#[test]
fn long_names_are_refused() {
    let name = "n".repeat(256);
    assert!(errors(&format!("#[task_error(name = \"{name}\")] struct E;")).is_empty());
    let errors = errors(&format!("#[task_error(name = \"{name}n\")] struct E;"));
    assert!(
        errors[0].1.starts_with("W0601: the name of this error has 257 characters, but Step Functions accepts 256")
    );
}

#[test]
fn two_cases_need_two_names() {
    assert_eq!(
        errors(r#"enum E { A, #[task_error(name = "E.A")] B }"#),
        [(
            "B".to_owned(),
            "W0601: `A` and `B` are both named \"E.A\", so a retrier or a catcher could not tell them apart\n\
             help: write `#[task_error(name = \"…\")]` with another name on one of them"
                .to_owned()
        )]
    );
}

#[test]
fn unknown_options_are_refused() {
    let on_enum = errors(r#"#[task_error(name = "E")] enum E { A }"#);
    assert_eq!(on_enum[0].0, "name");
    assert!(on_enum[0].1.contains("names stand on the variants"), "{}", on_enum[0].1);
    let on_variant = errors("enum E { #[task_error(transparent)] A }");
    assert_eq!(on_variant[0].0, "transparent");
}

#[test]
fn a_union_is_refused() {
    assert_eq!(errors("union E { a: u8 }")[0].0, "union");
}
