use super::{body, choice};

#[test]
fn if_and_else_if() {
    assert_eq!(
        body("if input.a { 1 } else if input.b { 2 } else { 3 }"),
        "if input.a { 1 } else { if input.b { 2 } else { 3 } }"
    );
}

#[test]
fn if_let_is_a_match() {
    assert_eq!(
        body("if let Some(x) = input.a && x > 1 && x < 5 { x } else { 0 }"),
        "match input.a { Some(x) if ((x Gt 1) And (x Lt 5)) => x, _ => 0 }"
    );
}

#[test]
fn let_else_is_a_match() {
    assert_eq!(
        body("let Some(x) = input.a else { return 0; }; x + 1"),
        "match input.a { Some(x) => (x Add 1), _ => 0 }"
    );
}

#[test]
fn an_early_return_is_an_else() {
    assert_eq!(body("if input.a { return 1; } let x = 2; x"), "if input.a { 1 } else { let x = 2; x }");
    assert_eq!(body("if let Some(x) = input.a { return x } 2"), "match input.a { Some(x) => x, _ => 2 }");
    assert_eq!(body("return 1;"), "1");
    assert_eq!(body("match input { 1 => return 2, _ => 3 }"), "match input { 1 => 2, _ => 3 }");
}

#[test]
fn match_with_guards_and_blocks() {
    assert_eq!(
        body("match &input { Answer::A(x) if x.b => { let y = x.c; y } Answer::B { .. } | Answer::C => 0, _ => 1 }"),
        "match input { A { 0: x } if x.b => let y = x.c; y, B {  } | C {  } => 0, _ => 1 }"
    );
}

#[test]
fn names_end_with_their_scope() {
    let errors = super::errors("if let Some(x) = input { 1 } else { x }", false);
    assert_eq!(errors[0].0, "x");
}

#[test]
fn a_choice_ends_in_states() {
    let (body, targets) = choice(
        "match input {
            Answer::Running(pending) if pending.polls < 100 => wait(pending),
            Answer::Running(_) => { let cause = 1; gave_up(Failed { cause }) }
            Answer::Finished { pages, .. } => done((pages, 1)),
            Answer::Idle => wait_more(),
        }",
    );
    assert_eq!(
        body,
        "match input { Running { 0: pending } if (pending.polls Lt 100) => -> wait(pending), \
         Running { 0: _ } => let cause = 1; -> gave_up(Failed { cause: cause }), \
         Finished { pages: pages } => -> done((pages, 1)), Idle {  } => -> wait_more() }"
    );
    assert_eq!(targets, ["wait", "gave_up", "done", "wait_more"]);
}

#[test]
fn a_choice_may_return_early() {
    let (body, targets) = choice("let Some(x) = input else { return none(); }; if x > 1 { return many(x); } one(x)");
    assert_eq!(body, "match input { Some(x) => if (x Gt 1) { -> many(x) } else { -> one(x) }, _ => -> none() }");
    assert_eq!(targets, ["none", "many", "one"]);
}
