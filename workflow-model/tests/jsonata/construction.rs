//! What is built: where it is JSON with expressions in it, and where it has to be one expression.

use serde_json::json;
use workflow_model::definition::Constant;
use workflow_model::expr::Expr;
use workflow_model::jsonata::Path;
use workflow_model::shape::{Presence, Shape, Shapes};

use crate::build::*;
use crate::order::{Line, Order, Summary, orders, types};
use crate::support::*;

fn summary(note: Expr, limit: Expr, tags: Expr) -> Expr {
    record("Summary", [("title", path("input.name")), ("note", note), ("limit", limit), ("tags", tags)])
}

#[track_caller]
fn builds(tree: Expr, written: serde_json::Value, rust: impl Fn(&Order) -> Summary) {
    let types = types();
    let template =
        lower_body(&types.definition, tree, types.order, Some(types.summary)).expect("it has an equal in JSONata");
    assert_eq!(template.to_json(), written);
    for order in orders() {
        assert_eq!(evaluate(&template, &json!(order)), json!(rust(&order)));
    }
}

#[test]
fn what_is_always_there_is_written_as_json() {
    builds(
        summary(some(text("x")), some(int(3)), Expr::Array(vec![text("a"), path("input.name")])),
        json!({"title": "{% $states.input.name %}", "note": "x", "limit": 3, "tags": ["a", "{% $states.input.name %}"]}),
        |order| Summary {
            title: order.name.clone(),
            note: Some("x".to_owned()),
            limit: Some(3),
            tags: vec!["a".to_owned(), order.name.clone()],
        },
    );
}

#[test]
fn what_is_never_there_is_left_out() {
    builds(
        summary(Expr::None, Expr::None, Expr::Array(vec![])),
        json!({"title": "{% $states.input.name %}", "limit": null}),
        |order| Summary { title: order.name.clone(), ..Summary::default() },
    );
}

#[test]
fn what_may_be_there_makes_one_expression() {
    let limit = "$exists($states.input.limit) ? $states.input.limit : null";
    builds(
        summary(path("input.note"), path("input.limit"), path("input.extras")),
        json!(format!(
            "{{% {{'title': $states.input.name, 'note': $states.input.note, 'limit': {limit}, 'tags': $states.input.extras}} %}}"
        )),
        |order| Summary {
            title: order.name.clone(),
            note: order.note.clone(),
            limit: order.limit,
            tags: order.extras.clone(),
        },
    );
    let name_of_limit = method(path("input.limit"), "map", [closure("n", method(local("n"), "to_string", []))]);
    builds(
        summary(name_of_limit, Expr::None, Expr::Array(vec![])),
        json!(
            "{% {'title': $states.input.name, 'note': ( $value := $states.input.limit != null ? \
             $string($states.input.limit) : null; $value != null ? $value ), 'limit': null} %}"
        ),
        |order| Summary {
            title: order.name.clone(),
            note: order.limit.map(|limit| limit.to_string()),
            ..Summary::default()
        },
    );
    let note = when(path("input.paid"), some(text("paid")), Expr::None);
    builds(
        summary(note, Expr::None, path("input.tags")),
        json!(
            "{% {'title': $states.input.name, 'note': ( $value := $states.input.paid ? 'paid' : null; $value != null ? \
             $value ), 'limit': null, 'tags': $states.input.tags != [] ? $states.input.tags} %}"
        ),
        |order| Summary {
            title: order.name.clone(),
            note: order.paid.then(|| "paid".to_owned()),
            limit: None,
            tags: order.tags.clone(),
        },
    );
}

#[test]
fn the_input_as_it_is_is_the_identity() {
    let types = types();
    let template = lower_body(&types.definition, local("input"), types.order, Some(types.order)).unwrap();
    assert!(template.is_identity(&Path::input()));
    assert!(!template.is_identity(&Path::result()));
}

#[test]
fn keys_that_are_no_names_are_quoted() {
    let written = |key: &str| Path::input().field(key).to_string();
    assert_eq!(written("plain_1"), "$states.input.plain_1");
    for key in ["and", "or", "in", "null", "due-date", "1st", "é", "a.b", "a b"] {
        assert_eq!(written(key), format!("$states.input.`{key}`"));
    }
    assert_eq!(written("a`b"), "$lookup($states.input, 'a`b')");
    assert_eq!(written("${a}"), r"$lookup($states.input, '\u0024{a}')");
    assert_eq!(written(""), "$lookup($states.input, '')");
}

#[test]
fn text_that_looks_like_an_expression_is_none() {
    let types = types();
    for literal in ["{% $states.input %}", "${TaskFunctionArn}", "%} {%", "it's \"quoted\" {%"] {
        let template = lower_body(&types.definition, text(literal), types.order, None).unwrap();
        assert_eq!(evaluate(&template, &json!({})), json!(literal));
    }
    let template = lower_body(&types.definition, text("{%"), types.order, None).unwrap();
    assert_eq!(template.to_json(), json!(r"{% '\u007b%' %}"));
}

#[test]
fn items_are_built_in_functions() {
    let types = types();
    let line = record("Line", [("item", text("x")), ("quantity", path("line.quantity")), ("gift", path("line.gift"))]);
    let lines = method(method(path("input.lines"), "iter", []), "map", [closure("line", line)]);
    let template = lower_body(&types.definition, method(lines, "collect", []), types.order, Some(types.lines)).unwrap();
    assert_eq!(
        template.to_json(),
        json!(
            "{% [$map($states.input.lines, function($line) { {'item': 'x', 'quantity': $line.quantity, \
             'gift': $exists($line.gift) ? $line.gift : null} })] %}"
        )
    );
    for order in orders() {
        let rust: Vec<Line> = order.lines.iter().map(|line| Line { item: "x".to_owned(), ..line.clone() }).collect();
        assert_eq!(evaluate(&template, &json!(order)), json!(rust));
    }
}

#[test]
fn an_input_from_outside_may_lack_an_option() {
    let types = types();
    let lowered = |tree| lower_body(&types.definition, tree, types.order, None).unwrap();
    assert_eq!(evaluate(&lowered(path("input.limit")), &json!({})), json!(null));
    assert_eq!(evaluate(&lowered(method(path("input.limit"), "is_none", [])), &json!({})), json!(true));
    assert_eq!(evaluate(&lowered(method(path("input.limit"), "unwrap_or", [int(7)])), &json!({})), json!(7));
    assert_eq!(evaluate(&lowered(method(path("input.note"), "is_some", [])), &json!({"note": null})), json!(false));
}

#[test]
fn a_negative_literal_is_a_literal() {
    let types = types();
    let items = Expr::Array(vec![neg(int(5)), neg(float(0.5))]);
    assert_eq!(lower_body(&types.definition, items, types.order, None).unwrap().to_json(), json!([-5, -0.5]));
}

#[test]
fn an_array_of_fixed_length_is_a_sequence() {
    let mut shapes = Shapes::new();
    let number = shapes.u32();
    let array = shapes.add(Shape::Tuple(vec![number, number]));
    let definition = definition(shapes);
    let sum = method(method(local("input"), "iter", []), "sum", []);
    let template = lower_body(&definition, sum, array, None).unwrap();
    assert_eq!(evaluate(&template, &json!([1, 2])), json!(3));
    let second = lower_body(&definition, index(local("input"), int(1)), array, None).unwrap();
    assert_eq!(evaluate(&second, &json!([1, 2])), json!(2));
}

#[test]
fn a_key_that_a_function_of_the_users_leaves_out_is_refused() {
    for presence in [Presence::UserDefined, Presence::UnlessEmpty] {
        let mut shapes = Shapes::new();
        let number = shapes.u32();
        let shape = shapes.record("Record", vec![sometimes("part", number, presence)]);
        let definition = definition(shapes);
        let read = lower_body(&definition, path("input.part"), shape, None).unwrap_err();
        assert_eq!(
            read.message,
            "the field `part` of `Record` is left out of the JSON when a function of yours says so, which JSONata \
             cannot ask; do it in a `#[task]`"
        );
        let built = lower_body(&definition, record("Record", [("part", int(1))]), shape, Some(shape)).unwrap_err();
        assert_eq!(
            built.message,
            "whether the field `part` of `Record` is in the JSON is for a function of yours to say, which JSONata \
             cannot ask; do it in a `#[task]`"
        );
    }
}

#[test]
fn constants_are_written_out() {
    let mut types = types();
    types.definition.machine.constants = vec!["TAGS".to_owned(), "LIMIT".to_owned()];
    types.definition.constants = vec![
        Constant { shape: types.tags, value: json!(["a", "{% b %}"]), placeholder: None },
        Constant { shape: types.tags, value: json!([u64::MAX]), placeholder: None },
    ];
    let lowered = |index| lower_body(&types.definition, Expr::Constant(index), types.order, None);
    assert_eq!(lowered(0).unwrap().to_json(), json!(["a", r"{% '\u007b% b \u0025}' %}"]));
    assert!(lowered(1).unwrap_err().message.starts_with("LIMIT 18446744073709551615 is beyond 2^53"));
}

#[test]
fn a_null_is_left_out_where_none_is_left_out() {
    let mut shapes = Shapes::new();
    let number = shapes.u32();
    let maybe = shapes.option(number);
    let from = shapes.record("From", vec![field("part", maybe)]);
    let to = shapes.record("To", vec![sometimes("part", maybe, Presence::UnlessNone)]);
    let template =
        lower_body(&definition(shapes), record("To", [("part", path("input.part"))]), from, Some(to)).unwrap();
    assert_eq!(template.to_json(), json!("{% {'part': $states.input.part != null ? $states.input.part} %}"));
    assert_eq!(evaluate(&template, &json!({"part": null})), json!({}));
    assert_eq!(evaluate(&template, &json!({"part": 1})), json!({"part": 1}));
}
