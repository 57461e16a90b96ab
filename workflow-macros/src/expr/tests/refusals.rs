use super::errors;

/// Each refusal stands on its own token, says why, and what to write instead.
#[track_caller]
fn refused(is_choice: bool, cases: &[(&str, &str, &str)]) {
    for (text, place, message) in cases {
        let errors = errors(text, is_choice);
        assert_eq!(errors.len(), 1, "{text}: {errors:?}");
        assert_eq!(errors[0].0, *place, "{text}");
        assert!(errors[0].1.starts_with("W0004: "), "{}", errors[0].1);
        assert!(errors[0].1.contains(message), "{text}: {}", errors[0].1);
        assert!(errors[0].1.contains("\nhelp: "), "no remedy: {}", errors[0].1);
    }
}

#[test]
fn control_flow() {
    refused(
        false,
        &[
            ("for item in items { } 1", "for", "a loop cannot be exported"),
            ("while input { } 1", "while", "a loop cannot be exported"),
            ("loop { }", "loop", "a loop cannot be exported"),
            ("input.value?", "?", "this body has no error to return"),
            ("input.get.await", "await", "nothing may be awaited here"),
            ("async { 1 }", "async", "nothing may be awaited here"),
            ("unsafe { 1 }", "unsafe", "`unsafe` cannot be exported"),
            ("1 + { return 2 }", "return", "an expression has one value"),
            ("return;", "return", "the body returns no value"),
            ("items.iter().map(|x| { if x { 1 } })", "if", "this `if` has no `else`, so it has no value"),
        ],
    );
}

#[test]
fn changes() {
    refused(
        false,
        &[
            ("input = 1; 2", "=", "a name is bound once"),
            ("input.count += 1; 2", "+=", "a name is bound once"),
            ("&mut input", "mut", "values are not changed here"),
            ("Pending { polls: 1, ..input }", "..", "write each field"),
        ],
    );
}

#[test]
fn durations() {
    refused(
        false,
        &[
            ("Duration::from_millis(input.delay)", "Duration::from_millis", "write `Duration::from_secs(…)`"),
            ("time::Duration::new(1, 0)", "time::Duration::new", "Step Functions waits for whole seconds"),
            ("Duration::from_secs(1) + Duration::from_secs(2)", "+", "calculate with the seconds"),
            ("(Duration::from_secs(1) * 2) * 3", "*", "calculate with the seconds"),
            (
                "Pause { length: Duration::from_secs(1) }",
                "Duration::from_secs",
                "at the end of the body of a `#[wait]` only",
            ),
            ("let pause = Duration::from_secs(1); pause", "Duration::from_secs", "hand on the seconds"),
        ],
    );
}

#[test]
fn values() {
    refused(
        false,
        &[
            ("self.client", "self", "`self` cannot be read here"),
            ("Self { a: 1 }", "Self", "`Self` is the workflow"),
            ("String::from(compute(1))", "compute", "`compute` is a function"),
            ("Some()", "Some", "`Some` holds one value"),
            ("<Part as Make>::Made { a: 1 }", "Part", "write the name of the type"),
            ("compute(input)", "compute", "`compute` is a function"),
            ("api::compute(1)", "api::compute", "`api::compute` is a function"),
            ("items.iter().map(to_report)", "to_report", "write a closure"),
            ("inptu", "inptu", "`input` is a name that is bound here"),
            ("items.iter().map(Some)", "Some", "write a closure"),
            ("let f = |x| x; 1", "|", "a closure stands in the argument of a method only"),
            ("0..5", "..", "a range cannot be exported"),
            ("[0; 5]", ";", "its length is not known here"),
            ("vec![0; 5]", "vec", "its length is not known here"),
            ("input & 1", "&", "write `&&` for booleans"),
            ("input << 1", "<<", "bits cannot be shifted"),
            ("input as String", "String", "only numbers can be cast"),
            ("matches!(input, LIMIT)", "LIMIT", "cannot be a pattern"),
            (r#"b"bytes""#, r#"b"bytes""#, "bytes cannot be written here"),
            ("let x = 1e999; x", "1e999", "too large"),
        ],
    );
}

#[test]
fn methods() {
    refused(
        false,
        &[
            ("input.unwrap()", "unwrap", "write `unwrap_or(…)`"),
            ("input.starts_wiht(1)", "starts_wiht", "a method with a similar name can be: `starts_with`"),
            ("input.frobnicate()", "frobnicate", "call it in a `#[task]`"),
            ("items.iter().collect::<HashSet<_>>()", "HashSet<_>", "only a `Vec` can be collected into"),
            ("items.iter().map(async |x| x)", "async", "nothing may be awaited here"),
        ],
    );
}

#[test]
fn macros_and_items() {
    refused(
        false,
        &[
            ("panic!(\"no\")", "panic", "go to a `#[fail]` state"),
            ("println!(\"{}\", 1); 1", "println", "print it in a `#[task]`"),
            ("assert!(input); 1", "assert", "check it in a `#[choice]`"),
            ("frobnicate!()", "frobnicate", "`format!`, `json!`, `matches!` and `vec!` are known here"),
            ("fn helper() {} 1", "fn", "put it outside of the `impl` block"),
        ],
    );
}

#[test]
fn documents() {
    refused(
        false,
        &[
            (r#"json!({ "a": 1, "a": 2 })"#, r#""a""#, "stands twice"),
            (r#"json!({ (input.key): 1 })"#, "(input.key)", "this key is not known here"),
            (r#"json!({ "__proto__": 1 })"#, r#""__proto__""#, "JSONata cannot write it"),
            (r#"json!([{ "a": [input?] }])"#, "?", "this body has no error to return"),
            (r#"input.get("a").ok_or(1)"#, "ok_or", "write a `match` on the `Option`"),
        ],
    );
}

#[test]
fn blocks() {
    refused(
        false,
        &[
            ("", "{  }", "this block has no value"),
            ("let x = 1;", "let", "nothing follows"),
            ("input;", ";", "`;` drops the value before it"),
            ("input.len(); 1", ";", "`;` drops the value before it"),
            ("if input { 1 } else { 2 } 3", "if", "the value of this statement is dropped"),
            ("let x; 1", "x", "this name is bound to nothing yet"),
            ("let y = { let Some(x) = input else { return 1 }; x }; y", "else", "leaves the body"),
            ("if true && let Some(x) = input { x } else { 1 }", "let", "a chain may begin with one `let`"),
            ("match input { #[cfg(unix)] 1 => 2, _ => 3 }", "#[cfg(unix)]", "conditional compilation"),
        ],
    );
}

#[test]
fn leaves() {
    refused(
        true,
        &[
            ("if input { a() }", "if", "this `if` has no `else`, so the execution would stop here"),
            ("match input { 1 => a(), _ => {} }", "{}", "this branch leads to no state"),
            ("input", "input", "`input` alone leads to no state"),
            ("1", "1", "here the next state is named"),
            ("a(1, 2)", "2", "a state takes one input"),
            ("Self::a(1)", "Self::a", "a state is named by its method alone"),
            ("if input { a() } else { unreachable!() }", "unreachable", "go to a `#[fail]` state"),
            ("format!(\"a\")", "format!(\"a\")", "here the next state is named"),
            ("-input", "-input", "here the next state is named"),
            ("a(b(1))", "b", "`b` is a function"),
        ],
    );
}

#[test]
fn all_refusals_come_at_once() {
    let text = "let a = x?; let b = compute(a); match b { LIMIT => y.unwrap(), _ if z => self.q, _ => loop {} }";
    let places: Vec<String> = errors(text, false).into_iter().map(|(place, _)| place).collect();
    assert_eq!(places, ["?", "compute", "LIMIT", "y", "unwrap", "z", "self", "loop"]);
}
