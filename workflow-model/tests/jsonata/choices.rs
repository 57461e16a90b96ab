//! Choices: nested `if`, `match` and `let` as rules that are tried in order.

use serde_json::{Value, json};
use workflow_model::expr::{BinaryOp, Expr, Pattern};
use workflow_model::jsonata::{Refusal, Rules, lower_choice};

use crate::build::*;
use crate::order::{Order, Status, orders, types};
use crate::support::*;

fn rules(body: Expr) -> Result<Rules, Refusal> {
    let types = types();
    let summary = types.summary;
    let target_input = |target: &str| (target == "summed_up").then_some(summary);
    lower_choice(&types.definition, &lambda(["input"], body), &input(types.order), &target_input)
}

/// Each rule as `condition -> state(payload)`, the default last.
fn written(rules: &Rules) -> Vec<String> {
    let target = |target: &workflow_model::jsonata::Target| match &target.payload {
        Some(payload) => format!("{}({})", target.state, payload.to_json()),
        None => target.state.clone(),
    };
    let code = |json: Value| json.as_str().expect("a condition is a string").replace("$states.input", "@");
    let conditions =
        rules.rules.iter().map(|rule| format!("{} -> {}", code(rule.condition.to_json()), target(&rule.target)));
    conditions.chain([target(&rules.default)]).collect()
}

/// Where Step Functions goes, and with what.
fn decide(rules: &Rules, input: &Value) -> (String, Value) {
    let holds = |condition| match evaluate(condition, input) {
        Value::Bool(holds) => holds,
        other => panic!("{condition:?} is {other}"),
    };
    let rule = rules.rules.iter().find(|rule| holds(&rule.condition));
    let target = rule.map_or(&rules.default, |rule| &rule.target);
    let payload = target.payload.as_ref().map_or(input.clone(), |payload| evaluate(payload, input));
    (target.state.clone(), payload)
}

#[track_caller]
fn decides(body: Expr, expected: &[&str], rust: impl Fn(&Order) -> (&'static str, Value)) {
    let rules = rules(body).expect("it has an equal in JSONata");
    assert_eq!(written(&rules), expected);
    for order in orders() {
        let (state, payload) = decide(&rules, &json!(order));
        let (expected_state, expected_payload) = rust(&order);
        assert_eq!(state, expected_state, "for {}", json!(order));
        assert!(same(&payload, &expected_payload), "{payload} is not {expected_payload}");
    }
}

fn go(target: &str) -> Expr {
    goto(target, local("input"))
}

#[test]
fn nested_branches_become_one_list() {
    let count = |op, least| binary(path("input.count"), op, int(least));
    let body = when(
        path("input.paid"),
        when(count(BinaryOp::Gt, 5), go("large"), go("small")),
        when(binary(count(BinaryOp::Eq, 0), BinaryOp::Or, path("input.paid")), go("empty"), go("unpaid")),
    );
    let expected = [
        "{% @.paid and @.count > 5 %} -> large",
        "{% @.paid %} -> small",
        "{% @.count = 0 or @.paid %} -> empty",
        "unpaid",
    ];
    decides(body, &expected, |order| {
        let state = match (order.paid, order.count) {
            (true, 6..) => "large",
            (true, _) => "small",
            (false, 0) => "empty",
            (false, _) => "unpaid",
        };
        (state, json!(order))
    });
}

#[test]
fn alternatives_that_bind_are_rules_of_their_own() {
    let by = shaped("InWork", [("0", bind("by"))]);
    let tuple = |status: Pattern, limit: Pattern| Pattern::Tuple(vec![status, limit]);
    let body = matching(
        Expr::Tuple(vec![path("input.status"), path("input.limit")]),
        [
            arm(
                tuple(Pattern::Or(vec![shaped("New", []), shaped("Done", [])]), Pattern::Wildcard),
                goto("idle", text("nobody")),
            ),
            arm(tuple(by, some_of(bind("limit"))), goto("busy", Expr::Tuple(vec![local("by"), local("limit")]))),
            arm(tuple(Pattern::Wildcard, Pattern::None), go("unlimited")),
            arm(Pattern::Wildcard, go("never")),
        ],
    );
    let expected = [
        "{% @.status = 'new' or $exists(@.status.done) %} -> idle(\"nobody\")",
        "{% $exists(@.status.`in-work`) and @.limit != null %} -> busy([\"{% $states.input.status.`in-work` %}\",\"{% $states.input.limit %}\"])",
        "{% $not(@.limit != null) %} -> unlimited",
        "never",
    ];
    decides(body, &expected, |order| match (&order.status, order.limit) {
        (Status::New | Status::Done { .. }, _) => ("idle", json!("nobody")),
        (Status::InWork(by), Some(limit)) => ("busy", json!([by, limit])),
        (_, None) => ("unlimited", json!(order)),
    });

    let either = Pattern::Or(vec![
        shaped("InWork", [("0", bind("word"))]),
        shaped("Done", [("at", Pattern::Bind { name: "word".to_owned(), pattern: None })]),
    ]);
    let body = matching(path("input.status"), [arm(either, goto("a", local("word"))), arm(Pattern::Wildcard, go("b"))]);
    let expected = [
        "{% $exists(@.status.`in-work`) %} -> a(\"{% $states.input.status.`in-work` %}\")",
        "{% $exists(@.status.done) %} -> a(\"{% $states.input.status.done.at %}\")",
        "b",
    ];
    assert_eq!(written(&rules(body).unwrap()), expected);
}

#[test]
fn the_last_arm_needs_no_condition_of_its_own() {
    let by_limit = matching(
        path("input.limit"),
        [arm(Pattern::None, go("unlimited")), arm(some_of(bind("limit")), goto("limited", local("limit")))],
    );
    let body = matching(
        path("input.status"),
        [arm(shaped("New", []), by_limit), arm(shaped("Done", []), go("done")), arm(shaped("InWork", []), go("busy"))],
    );
    let expected = [
        "{% @.status = 'new' and $not(@.limit != null) %} -> unlimited",
        "{% @.status = 'new' %} -> limited(\"{% $states.input.limit %}\")",
        "{% $exists(@.status.done) %} -> done",
        "busy",
    ];
    decides(body, &expected, |order| match (&order.status, order.limit) {
        (Status::New, None) => ("unlimited", json!(order)),
        (Status::New, Some(limit)) => ("limited", json!(limit)),
        (Status::Done { .. }, _) => ("done", json!(order)),
        (Status::InWork(_), _) => ("busy", json!(order)),
    });
}

#[test]
fn what_is_computed_is_a_variable_where_it_is_read() {
    let count = method(path("input.amounts"), "len", []);
    let built = record(
        "Summary",
        [
            ("title", Expr::Format(vec![value(local("count"))])),
            ("note", Expr::None),
            ("limit", Expr::None),
            ("tags", Expr::Array(vec![])),
        ],
    );
    let body = let_in(
        bind("count"),
        count,
        when(
            path("input.paid"),
            go("paid"),
            when(binary(local("count"), BinaryOp::Gt, int(1)), goto("summed_up", built), go("low")),
        ),
    );
    let expected = [
        "{% @.paid %} -> paid",
        "{% ( $count_2 := $count(@.amounts); $count_2 > 1 ) %} -> summed_up(\"{% ( $count_2 := $count($states.input.amounts); \
         {'title': $string($count_2), 'limit': null} ) %}\")",
        "low",
    ];
    decides(body, &expected, |order| {
        let count = order.amounts.len();
        match (order.paid, count) {
            (true, _) => ("paid", json!(order)),
            (false, 2..) => ("summed_up", json!({"title": count.to_string(), "limit": null})),
            _ => ("low", json!(order)),
        }
    });
}

/// Rust calculates where the `let` stands, whether its value is read behind it or not: so does the first rule behind it.
#[test]
fn what_may_fail_is_calculated_where_it_is_bound() {
    let less = |field: &str| binary(path(field), BinaryOp::Sub, int(1));
    let body = when(
        path("input.paid"),
        go("paid"),
        let_in(
            bind("left"),
            less("input.count"),
            when(
                binary(path("input.balance"), BinaryOp::Lt, int(0)),
                go("owing"),
                when(binary(local("left"), BinaryOp::Gt, int(5)), goto("left", local("left")), go("low")),
            ),
        ),
    );
    let left = "$left := ( $difference := @.count - 1; $difference >= 0 ? $difference : $error('attempt to subtract \
                with overflow') )";
    let payload = left.replace('@', "$states.input");
    let expected = [
        "{% @.paid %} -> paid".to_owned(),
        format!("{{% ( {left}; @.balance < 0 ) %}} -> owing"),
        format!("{{% ( {left}; $left > 5 ) %}} -> left(\"{{% ( {payload}; $left ) %}}\")"),
        "low".to_owned(),
    ];
    let rules = rules(body).expect("it has an equal in JSONata");
    assert_eq!(written(&rules), expected);
    let order = |paid, balance, count| json!(Order { paid, balance, count, ..Order::default() });
    let state = |order: Value| decide(&rules, &order).0;
    assert_eq!(state(order(true, 0, 0)), "paid");
    assert_eq!(state(order(false, -1, 1)), "owing");
    assert_eq!(state(order(false, 0, 7)), "left");
    assert_eq!(state(order(false, 0, 6)), "low");
    assert_eq!(failure(&rules.rules[1].condition, &order(false, -1, 0)), "attempt to subtract with overflow");
}

#[test]
fn a_choice_of_one_leaf_has_no_rule() {
    let rules = rules(let_in(bind("order"), local("input"), goto("on", local("order")))).unwrap();
    assert_eq!(written(&rules), ["on"]);
}

#[test]
fn a_state_without_a_parameter_is_given_unit() {
    let rules = rules(Expr::Goto { target: "end".to_owned(), payload: None, assign: Vec::new() }).unwrap();
    assert_eq!(rules.default.payload.unwrap().to_json(), json!(null));
}

#[test]
fn every_leaf_is_a_state() {
    let refusal = rules(when(path("input.paid"), go("paid"), int(1))).unwrap_err();
    assert_eq!(refusal.message, "a leaf of a `#[choice]` is not a state; end each branch in `state(value)`");
}
