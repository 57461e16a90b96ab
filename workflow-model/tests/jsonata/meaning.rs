//! Each expression three times: as a tree, as the JSONata it becomes, and as the Rust that it means.

use serde_json::{Value, json};
use workflow_model::expr::{BinaryOp, Expr, Pattern};
use workflow_model::shape::{Shape, Shapes};

use crate::build::*;
use crate::order::{Order, Status, means, means_where, order};
use crate::support::*;

#[test]
fn arithmetic() {
    use BinaryOp::*;
    let (count, balance) = (|| order("count"), || order("balance"));
    means(
        binary(count(), Add, int(1)),
        "( $total := @.count + 1; $total <= 4294967295 ? $total : $error('attempt to add with overflow') )",
        |order| json!(order.count + 1),
    );
    means(binary(count(), Div, int(3)), "$floor(@.count / 3)", |order| json!(order.count / 3));
    means(binary(balance(), Div, int(2)), "(@.balance - @.balance % 2) / 2", |order| json!(order.balance / 2));
    means(binary(balance(), Rem, int(3)), "@.balance % 3", |order| json!(order.balance % 3));
    means(binary(order("price"), Div, float(2.0)), "@.price / 2.0", |order| json!(order.price / 2.0));
    let sum = || binary(balance(), Sub, int(1));
    means(
        binary(sum(), Div, neg(int(2))),
        "( $dividend := ( $difference := @.balance - 1; $difference >= -2147483648 ? $difference : $error('attempt to subtract with overflow') ); ($dividend - $dividend % -2) / -2 )",
        |order| json!((order.balance - 1) / -2),
    );
    means(
        binary(neg(sum()), Mul, int(1)),
        "( $negative := -( $difference := @.balance - 1; $difference >= -2147483648 ? $difference : $error('attempt to subtract with overflow') ); $negative <= 2147483647 ? $negative : $error('attempt to negate with overflow') ) * 1",
        |order| json!(-(order.balance - 1)),
    );
    means(binary(int(100), Sub, binary(count(), Rem, int(9))), "100 - @.count % 9", |order| {
        json!(100 - order.count % 9)
    });
    means(
        binary(binary(order("total"), Div, int(10)), Mul, int(10)),
        "(@.total <= 9007199254740991 ? $floor(@.total / 10) : $error('attempt to divide with overflow (64-bit integers end at 2^53)')) * 10",
        |order| json!(order.total / 10 * 10),
    );
    means(
        method(balance(), "abs", []),
        "( $magnitude := $abs(@.balance); $magnitude <= 2147483647 ? $magnitude : $error('attempt to calculate the absolute value with overflow') )",
        |order| json!(order.balance.abs()),
    );
    means(method(count(), "min", [int(5)]), "$min([@.count, 5])", |order| json!(order.count.min(5)));
    means(cast(order("price"), "u32"), "$min([$max([$floor(@.price), 0]), 4294967295])", |order| {
        json!(order.price as u32)
    });
    means(
        cast(order("price"), "i64"),
        "( $number_2 := @.price < 0 ? $ceil(@.price) : $floor(@.price); $abs($number_2) <= 9007199254740991 ? $number_2 : $error('attempt to cast with overflow (64-bit integers end at 2^53)') )",
        |order| json!(order.price as i64),
    );
    means(cast(count(), "f64"), "@.count", |order| json!(f64::from(order.count)));
    means(cast(order("paid"), "u8"), "@.paid ? 1 : 0", |order| json!(u8::from(order.paid)));
}

#[test]
fn comparison_and_logic() {
    use BinaryOp::*;
    let small = || binary(order("count"), Lt, int(10));
    means(small(), "@.count < 10", |order| json!(order.count < 10));
    means(not(small()), "$not(@.count < 10)", |order| json!(order.count >= 10));
    means(
        binary(binary(order("paid"), Or, small()), And, binary(order("balance"), Lt, int(0))),
        "(@.paid or @.count < 10) and @.balance < 0",
        |order| json!((order.paid || order.count < 10) && order.balance < 0),
    );
    means(binary(order("name"), Gt, text("b")), "@.name > 'b'", |order| json!(order.name.as_str() > "b"));
    means(binary(order("limit"), Eq, some(int(0))), "@.limit = 0", |order| json!(order.limit == Some(0)));
    means(binary(order("limit"), Ne, some(int(0))), "($exists(@.limit) ? @.limit : null) != 0", |order| {
        json!(order.limit != Some(0))
    });
    means(binary(order("note"), Eq, Expr::None), "$not(@.note != null)", |order| json!(order.note.is_none()));
    means(binary(order("note"), Ne, Expr::None), "@.note != null", |order| json!(order.note.is_some()));
    means(binary(order("note"), Eq, some(text(""))), "($exists(@.note) ? @.note : null) = ''", |order| {
        json!(order.note == Some(String::new()))
    });
    means(binary(order("tags"), Eq, Expr::Array(vec![text("a")])), "@.tags = ['a']", |order| {
        json!(order.tags == ["a"])
    });
    means(binary(order("extras"), Eq, Expr::Array(vec![])), "($exists(@.extras) ? @.extras : []) = []", |order| {
        json!(order.extras.is_empty())
    });
    let new = || variant("New", workflow_model::expr::ConstructFields::Unit);
    means(binary(order("status"), Eq, new()), "@.status = 'new'", |order| json!(order.status == Status::New));
    means(binary(order("status"), Ne, new()), "@.status != 'new'", |order| json!(order.status != Status::New));
}

#[test]
fn reading() {
    means(order("due"), "@.`due-date`", |order| json!(order.due));
    means(order("pair.1"), "@.pair[1]", |order| json!(order.pair.1));
    means(order("meters.0"), "@.meters", |order| json!(order.meters.0));
    means(order("note"), "$exists(@.note) ? @.note : null", |order| json!(order.note));
    means(order("extras"), "$exists(@.extras) ? @.extras : []", |order| json!(order.extras));
    let has_rows = |order: &Order| order.rows.len() > 1;
    means_where(
        index(index(order("rows"), int(1)), int(0)),
        "( $found := ($exists(@.rows[1]) ? @.rows[1] : $error('the index is out of bounds'))[0]; \
         $exists($found) ? $found : $error('the index is out of bounds') )",
        has_rows,
        |order| json!(order.rows[1][0]),
    );
    means_where(
        index(order("labels"), text("b c")),
        "'b c' in $keys(@.labels) ? $lookup(@.labels, 'b c') : $error('the map has no such key')",
        has_rows,
        |order| json!(order.labels["b c"]),
    );
    means_where(
        index(order("tags"), binary(order("count"), BinaryOp::Sub, int(9))),
        "( $found := @.tags[( $difference := @.count - 9; $difference >= 0 ? $difference : $error('attempt to subtract with overflow') )]; $exists($found) ? $found : $error('the index is out of bounds') )",
        has_rows,
        |order| json!(order.tags[order.count as usize - 9]),
    );
}

#[test]
fn any_json_keeps_its_brackets_in_an_array() {
    let mut shapes = Shapes::new();
    let shape = shapes.add(Shape::Json);
    let definition = definition(shapes);
    let twice = Expr::Array(vec![local("input"), local("input")]);
    let body = when(binary(int(1), BinaryOp::Lt, int(2)), twice, Expr::Array(vec![]));
    let template = lower_body(&definition, body, shape, None).unwrap();
    for input in [json!(1), json!([]), json!([1]), json!([[1], 2]), json!({"a": []})] {
        assert_eq!(evaluate(&template, &input), json!([input, input]));
    }
}

#[test]
fn patterns() {
    let status = |arms: Vec<_>| matching(order("status"), arms);
    means(
        status(vec![
            arm(shaped("New", []), text("")),
            arm(shaped("InWork", [("0", bind("by"))]), local("by")),
            arm(shaped("Done", [("at", bind("at"))]), method(local("at"), "to_string", [])),
        ]),
        "@.status = 'new' ? '' : $exists(@.status.`in-work`) ? @.status.`in-work` : $string(@.status.done.at)",
        |order| match &order.status {
            Status::New => json!(""),
            Status::InWork(by) => json!(by),
            Status::Done { at } => json!(at.to_string()),
        },
    );
    means(
        status(vec![
            arm(Pattern::Or(vec![shaped("New", []), shaped("Done", [])]), bool(true)),
            arm(Pattern::Wildcard, bool(false)),
        ]),
        "@.status = 'new' or $exists(@.status.done)",
        |order| json!(matches!(order.status, Status::New | Status::Done { .. })),
    );
    let range = |from: Option<i128>, to: Option<i128>, inclusive| Pattern::Range {
        from: from.map(workflow_model::expr::Literal::Int),
        to: to.map(workflow_model::expr::Literal::Int),
        inclusive,
    };
    means(
        matching(
            order("limit"),
            [
                arm(some_of(range(Some(1), Some(9), true)), text("few")),
                arm(some_of(exactly(int(0))), text("none")),
                guarded(some_of(bind("n")), binary(local("n"), BinaryOp::Lt, int(20)), text("some")),
                arm(some_of(Pattern::Wildcard), text("many")),
                arm(Pattern::None, text("unlimited")),
            ],
        ),
        "@.limit != null and @.limit >= 1 and @.limit <= 9 ? 'few' : @.limit = 0 ? 'none' : \
         @.limit != null and @.limit < 20 ? 'some' : @.limit != null ? 'many' : 'unlimited'",
        |order| match order.limit {
            Some(1..=9) => json!("few"),
            Some(0) => json!("none"),
            Some(n) if n < 20 => json!("some"),
            Some(_) => json!("many"),
            None => json!("unlimited"),
        },
    );
    means(
        matching(
            Expr::Tuple(vec![order("paid"), order("note")]),
            [
                arm(Pattern::Tuple(vec![exactly(bool(true)), some_of(bind("note"))]), local("note")),
                arm(Pattern::Tuple(vec![exactly(bool(false)), Pattern::Wildcard]), text("unpaid")),
                arm(Pattern::Wildcard, text("paid")),
            ],
        ),
        "@.paid and @.note != null ? @.note : $not(@.paid) ? 'unpaid' : 'paid'",
        |order| match (order.paid, &order.note) {
            (true, Some(note)) => json!(note),
            (false, _) => json!("unpaid"),
            _ => json!("paid"),
        },
    );
    let slice = |before: Vec<Pattern>, rest: bool, after: Vec<Pattern>| Pattern::Slice {
        before,
        rest: rest.then(|| Box::new(Pattern::Wildcard)),
        after,
    };
    means(
        matching(
            order("amounts"),
            [
                arm(slice(vec![], false, vec![]), int(0)),
                arm(slice(vec![bind("only")], false, vec![]), local("only")),
                arm(
                    slice(vec![bind("first")], true, vec![bind("last")]),
                    binary(local("first"), BinaryOp::Add, local("last")),
                ),
                arm(Pattern::Wildcard, int(-1)),
            ],
        ),
        "$count(@.amounts) = 0 ? 0 : $count(@.amounts) = 1 ? @.amounts[0] : $count(@.amounts) >= 2 ? ( $total := @.amounts[0] + @.amounts[-1]; $total >= -2147483648 and $total <= 2147483647 ? $total : $error('attempt to add with overflow') ) : -1",
        |order| match order.amounts.as_slice() {
            [] => json!(0),
            [only] => json!(only),
            [first, .., last] => json!(first + last),
        },
    );
}

#[test]
fn bindings() {
    means(
        let_in(bind("count"), binary(order("count"), BinaryOp::Add, int(1)), {
            let tags = method(order("tags"), "len", []);
            binary(local("count"), BinaryOp::Mul, let_in(bind("count"), tags, local("count")))
        }),
        "( $count_2 := ( $total := @.count + 1; $total <= 4294967295 ? $total : $error('attempt to add with overflow') ); $product := $count_2 * ( $count_3 := $count(@.tags); $count_3 ); $product <= 4294967295 ? $product : $error('attempt to multiply with overflow') )",
        |order| json!((order.count as usize + 1) * order.tags.len()),
    );
    means(
        let_in(
            Pattern::Tuple(vec![bind("a"), bind("b")]),
            order("pair"),
            Expr::Format(vec![value(local("b")), value(local("a"))]),
        ),
        "@.pair[1] & @.pair[0]",
        |order| json!(format!("{}{}", order.pair.1, order.pair.0)),
    );
    means(
        when(order("paid"), order("note"), Expr::None),
        "@.paid ? ($exists(@.note) ? @.note : null) : null",
        |order| if order.paid { json!(order.note) } else { Value::Null },
    );
}
