//! Each expression three times: as a tree, as the JSONata it becomes, and as the Rust that it means.

use serde_json::{Value, json};
use workflow_model::expr::{BinaryOp, Expr, Pattern};

use crate::build::*;
use crate::order::{Order, Status, orders, types};
use crate::support::*;

/// Checks what a tree becomes, and that it means the same for each of the orders for which `rust` has a value.
#[track_caller]
fn means(tree: Expr, code: &str, rust: impl Fn(&Order) -> Value) {
    means_where(tree, code, |_| true, rust);
}

#[track_caller]
fn means_where(tree: Expr, code: &str, defined: impl Fn(&Order) -> bool, rust: impl Fn(&Order) -> Value) {
    let types = types();
    let template = lower_body(&types.definition, tree, types.order, None).expect("it has an equal in JSONata");
    assert_eq!(template.to_json(), json!(format!("{{% {} %}}", code.replace('@', "$states.input"))));
    let orders: Vec<Order> = orders().into_iter().filter(defined).collect();
    assert!(!orders.is_empty());
    for order in orders {
        let found = evaluate(&template, &json!(order));
        assert!(same(&found, &rust(&order)), "{code} is {found}, not {}, for {}", rust(&order), json!(order));
    }
}

fn order(field: &str) -> Expr {
    path(&format!("input.{field}"))
}

#[test]
fn arithmetic() {
    use BinaryOp::*;
    let (count, balance) = (|| order("count"), || order("balance"));
    means(binary(count(), Add, int(1)), "@.count + 1", |order| json!(order.count + 1));
    means(binary(count(), Div, int(3)), "$floor(@.count / 3)", |order| json!(order.count / 3));
    means(binary(balance(), Div, int(2)), "(@.balance - @.balance % 2) / 2", |order| json!(order.balance / 2));
    means(binary(balance(), Rem, int(3)), "@.balance % 3", |order| json!(order.balance % 3));
    means(binary(order("price"), Div, float(2.0)), "@.price / 2.0", |order| json!(order.price / 2.0));
    let sum = || binary(balance(), Sub, int(1));
    means(
        binary(sum(), Div, neg(int(2))),
        "( $dividend := @.balance - 1; $divisor := -2; ($dividend - $dividend % $divisor) / $divisor )",
        |order| json!((order.balance - 1) / -2),
    );
    means(binary(neg(sum()), Mul, int(1)), "-(@.balance - 1) * 1", |order| json!(-(order.balance - 1)));
    means(binary(int(100), Sub, binary(count(), Sub, int(1))), "100 - (@.count - 1)", |order| {
        json!(100 - (i64::from(order.count) - 1))
    });
    means(binary(binary(order("total"), Div, int(10)), Mul, int(10)), "$floor(@.total / 10) * 10", |order| {
        json!(order.total / 10 * 10)
    });
    means(method(balance(), "abs", []), "$abs(@.balance)", |order| json!(order.balance.abs()));
    means(method(count(), "min", [int(5)]), "$min([@.count, 5])", |order| json!(order.count.min(5)));
    means(cast(order("price"), "u32"), "$min([$max([$floor(@.price), 0]), 4294967295])", |order| {
        json!(order.price as u32)
    });
    means(cast(order("price"), "i64"), "@.price < 0 ? $ceil(@.price) : $floor(@.price)", |order| {
        json!(order.price as i64)
    });
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
        "( $found := $lookup(@.labels, 'b c'); $exists($found) ? $found : $error('the map has no such key') )",
        has_rows,
        |order| json!(order.labels["b c"]),
    );
    means_where(
        index(order("tags"), binary(order("count"), BinaryOp::Sub, int(9))),
        "( $found := @.tags[@.count - 9]; $exists($found) ? $found : $error('the index is out of bounds') )",
        has_rows,
        |order| json!(order.tags[order.count as usize - 9]),
    );
}

#[test]
fn strings() {
    means(
        Expr::Format(vec![value(order("name")), words(" owes "), value(order("balance")), words("%")]),
        "@.name & ' owes ' & @.balance & '%'",
        |order| json!(format!("{} owes {}%", order.name, order.balance)),
    );
    means(Expr::Format(vec![value(order("count"))]), "$string(@.count)", |order| json!(format!("{}", order.count)));
    means(Expr::Format(vec![words("total "), value(order("total"))]), "'total ' & $formatBase(@.total)", |order| {
        json!(format!("total {}", order.total))
    });
    means(
        Expr::Format(vec![spaced(order("count"), None, Some('*'), 4), spaced(order("name"), None, None, 4)]),
        "$pad($string(@.count), -4, '*') & $pad(@.name, 4)",
        |order| json!(format!("{:*>4}{:4}", order.count, order.name)),
    );
    means(
        Expr::Format(vec![value(order("paid")), value(method(order("tags"), "len", []))]),
        "@.paid & $count(@.tags)",
        |order| json!(format!("{}{}", order.paid, order.tags.len())),
    );
    means(binary(order("name"), BinaryOp::Add, text("!")), "@.name & '!'", |order| json!(order.name.clone() + "!"));
    means(method(order("total"), "to_string", []), "$formatBase(@.total)", |order| json!(order.total.to_string()));
    means(method(order("name"), "is_empty", []), "@.name = ''", |order| json!(order.name.is_empty()));
    means(method(order("name"), "contains", [text("wo")]), "$contains(@.name, 'wo')", |order| {
        json!(order.name.contains("wo"))
    });
    means(method(order("name"), "starts_with", [text("  t")]), "$substring(@.name, 0, 3) = '  t'", |order| {
        json!(order.name.starts_with("  t"))
    });
    means(
        method(order("name"), "ends_with", [text("s\n")]),
        r"$substring(@.name, $length(@.name) - 2) = 's\n'",
        |order| json!(order.name.ends_with("s\n")),
    );
}

#[test]
fn options() {
    let limit = || order("limit");
    means(method(limit(), "is_some", []), "@.limit != null", |order| json!(order.limit.is_some()));
    means(method(order("note"), "is_none", []), "$not(@.note != null)", |order| json!(order.note.is_none()));
    means(method(limit(), "unwrap_or", [int(3)]), "@.limit != null ? @.limit : 3", |order| {
        json!(order.limit.unwrap_or(3))
    });
    means(
        method(method(order("note"), "clone", []), "unwrap_or_default", []),
        "@.note != null ? @.note : ''",
        |order| json!(order.note.clone().unwrap_or_default()),
    );
    let twice = closure("n", binary(local("n"), BinaryOp::Mul, int(2)));
    means(method(limit(), "map", [twice]), "@.limit != null ? @.limit * 2 : null", |order| {
        json!(order.limit.map(|n| n * 2))
    });
    let large = closure("n", binary(local("n"), BinaryOp::Gt, int(9)));
    means(method(limit(), "filter", [large]), "@.limit != null and @.limit > 9 ? @.limit : null", |order| {
        json!(order.limit.filter(|n| *n > 9))
    });
    means(
        method(method(order("amounts"), "first", []), "unwrap_or", [int(0)]),
        "@.amounts[0] != null ? @.amounts[0] : 0",
        |order| json!(order.amounts.first().unwrap_or(&0)),
    );
}

#[test]
fn sequences() {
    let quantity = || closure("line", path("line.quantity"));
    let lines = |name: &str, closure| method(method(order("lines"), "iter", []), name, [closure]);
    let ordered = || closure("line", binary(path("line.quantity"), BinaryOp::Gt, int(1)));
    means(method(order("rows"), "len", []), "$count(@.rows)", |order| json!(order.rows.len()));
    means(method(order("tags"), "is_empty", []), "@.tags = []", |order| json!(order.tags.is_empty()));
    means(method(order("tags"), "contains", [text("a")]), "'a' in @.tags", |order| {
        json!(order.tags.contains(&"a".to_owned()))
    });
    means(method(order("tags"), "join", [text(", ")]), "$join(@.tags, ', ')", |order| json!(order.tags.join(", ")));
    means(lines("map", quantity()), "[$map(@.lines, function($line) { $line.quantity })]", |order| {
        json!(order.lines.iter().map(|line| line.quantity).collect::<Vec<_>>())
    });
    means(
        method(lines("map", quantity()), "sum", []),
        "$sum([$map(@.lines, function($line) { $line.quantity })])",
        |order| json!(order.lines.iter().map(|line| line.quantity).sum::<u32>()),
    );
    means(
        method(lines("filter", ordered()), "count", []),
        "$count($filter(@.lines, function($line) { $line.quantity > 1 }))",
        |order| json!(order.lines.iter().filter(|line| line.quantity > 1).count()),
    );
    means(
        method(lines("filter", ordered()), "map", [quantity()]),
        "[$map($filter(@.lines, function($line) { $line.quantity > 1 }), function($line) { $line.quantity })]",
        |order| {
            json!(order.lines.iter().filter(|line| line.quantity > 1).map(|line| line.quantity).collect::<Vec<_>>())
        },
    );
    means(lines("any", ordered()), "$exists($filter(@.lines, function($line) { $line.quantity > 1 }))", |order| {
        json!(order.lines.iter().any(|line| line.quantity > 1))
    });
    means(
        lines("all", ordered()),
        "$not($exists($filter(@.lines, function($line) { $not($line.quantity > 1) })))",
        |order| json!(order.lines.iter().all(|line| line.quantity > 1)),
    );
    means(method(order("tags"), "last", []), "$exists(@.tags[-1]) ? @.tags[-1] : null", |order| {
        json!(order.tags.last())
    });
    means(
        method(method(order("amounts"), "iter", []), "max", []),
        "( $value := $max(@.amounts); $exists($value) ? $value : null )",
        |order| json!(order.amounts.iter().max()),
    );
}

#[test]
fn sequences_of_sequences() {
    let rows = |name: &str, closure| method(method(order("rows"), "iter", []), name, [closure]);
    means(rows("map", closure("row", local("row"))), "[$map(@.rows, function($row) { $row })[]]", |order| {
        json!(order.rows)
    });
    let long = closure("row", not(method(local("row"), "is_empty", [])));
    means(rows("filter", long), "[$filter(@.rows, function($row) { $not($row = []) })[]]", |order| {
        json!(order.rows.iter().filter(|row| !row.is_empty()).collect::<Vec<_>>())
    });
    let longer = |row: &str| closure(row, binary(method(local(row), "len", []), BinaryOp::Lt, int(2)));
    means(
        method(rows("filter", longer("row")), "count", []),
        "$count([$filter(@.rows, function($row) { $count($row) < 2 })[]])",
        |order| json!(order.rows.iter().filter(|row| row.len() < 2).count()),
    );
    means(method(order("rows"), "first", []), "$exists(@.rows[0]) ? @.rows[0] : null", |order| {
        json!(order.rows.first())
    });
    let pair = |name: &str| Expr::Tuple(vec![path(&format!("{name}.item")), path(&format!("{name}.quantity"))]);
    means(
        method(method(order("lines"), "iter", []), "map", [closure("line", pair("line"))]),
        "[$map(@.lines, function($line) { [$line.item, $line.quantity] })[]]",
        |order| json!(order.lines.iter().map(|line| (&line.item, line.quantity)).collect::<Vec<_>>()),
    );
    let nested = |name: &str| Expr::Array(vec![order(name), order(name)]);
    means(
        let_in(bind("both"), nested("tags"), method(local("both"), "len", [])),
        "( $both := [[@.tags], [@.tags]]; $count($both) )",
        |order| json!([&order.tags, &order.tags].len()),
    );
}

#[test]
fn maps() {
    means(method(order("labels"), "len", []), "$count($keys(@.labels))", |order| json!(order.labels.len()));
    means(method(order("labels"), "is_empty", []), "@.labels = {}", |order| json!(order.labels.is_empty()));
    means(method(order("labels"), "contains_key", [text("a")]), "'a' in $keys(@.labels)", |order| {
        json!(order.labels.contains_key("a"))
    });
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
        "$count(@.amounts) = 0 ? 0 : $count(@.amounts) = 1 ? @.amounts[0] : \
         $count(@.amounts) >= 2 ? @.amounts[0] + @.amounts[-1] : -1",
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
        "( $count_2 := @.count + 1; $count_2 * ( $count_3 := $count(@.tags); $count_3 ) )",
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
