//! Methods: each as a tree, as the JSONata it becomes, and as the Rust that it means.

use serde_json::json;
use workflow_model::expr::{BinaryOp, Expr, FormatPiece, FormatSpec};

use crate::build::*;
use crate::order::{means, order};

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
    let short = FormatSpec { precision: Some(3), ..FormatSpec::default() };
    means(
        Expr::Format(vec![FormatPiece::Value { value: order("name"), spec: short }]),
        "$substring(@.name, 0, 3)",
        |order| json!(format!("{:.3}", order.name)),
    );
    let padded = |value| Expr::Format(vec![spaced(value, None, None, 6)]);
    means(padded(order("paid")), "$pad($string(@.paid), 6)", |order| json!(format!("{:6}", order.paid)));
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
    means(
        method(limit(), "map", [twice]),
        "@.limit != null ? ( $product := @.limit * 2; $product <= 4294967295 ? $product : $error('attempt to multiply with overflow') ) : null",
        |order| json!(order.limit.map(|n| n * 2)),
    );
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
fn more_of_options() {
    let limit = || order("limit");
    let small = closure("n", binary(local("n"), BinaryOp::Lt, int(9)));
    means(method(limit(), "is_some_and", [small]), "@.limit != null and @.limit < 9", |order| {
        json!(order.limit.is_some_and(|n| n < 9))
    });
    let twice = closure("n", binary(local("n"), BinaryOp::Mul, int(2)));
    means(
        method(limit(), "map_or", [int(7), twice]),
        "@.limit != null ? ( $product := @.limit * 2; $product <= 4294967295 ? $product : $error('attempt to multiply with overflow') ) : 7",
        |order| json!(order.limit.map_or(7, |n| n * 2)),
    );
    means(method(order("note"), "or", [some(order("name"))]), "@.note != null ? @.note : @.name", |order| {
        json!(order.note.clone().or(Some(order.name.clone())))
    });
    means(
        method(method(order("tags"), "get", [int(1)]), "unwrap_or_default", []),
        "@.tags[1] != null ? @.tags[1] : ''",
        |order| json!(order.tags.get(1).cloned().unwrap_or_default()),
    );
    means(
        method(order("labels"), "get", [text("b c")]),
        "'b c' in $keys(@.labels) ? $lookup(@.labels, 'b c') : null",
        |order| json!(order.labels.get("b c")),
    );
    means(method(order("count"), "saturating_sub", [int(5)]), "$max([@.count - 5, 0])", |order| {
        json!(order.count.saturating_sub(5))
    });
    means(method(method(order("rows"), "iter", []), "rev", []), "$reverse(@.rows)", |order| {
        json!(order.rows.iter().rev().collect::<Vec<_>>())
    });
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
        "( $total := $sum([$map(@.lines, function($line) { $line.quantity })]); $total <= 4294967295 ? $total : $error('attempt to sum with overflow') )",
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
    means(rows("map", closure("row", local("row"))), "@.rows", |order| json!(order.rows));
    let reversed = closure("row", method(method(local("row"), "iter", []), "rev", []));
    means(rows("map", reversed), "[$map(@.rows, function($row) { $reverse($row) })[]]", |order| {
        json!(order.rows.iter().map(|row| row.iter().rev().collect()).collect::<Vec<Vec<_>>>())
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
