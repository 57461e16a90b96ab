//! What has no equal in JSONata, and what is said of it.

use workflow_model::expr::{BinaryOp, Expr, FormatPiece, FormatSpec, Pattern};

use crate::build::*;
use crate::order::types;
use crate::support::*;

#[track_caller]
fn refused(tree: Expr, message: &str) {
    let types = types();
    let refusal = lower_body(&types.definition, tree, types.order, None).expect_err("it has no equal in JSONata");
    assert_eq!(refusal.message, message);
}

fn order(field: &str) -> Expr {
    path(&format!("input.{field}"))
}

#[test]
fn numbers() {
    refused(
        int((1 << 53) + 1),
        "the literal 9007199254740993 is beyond 2^53, up to which JSONata's numbers are exact; carry it as a `String`, \
         or bring it in from a `#[task]`",
    );
    refused(
        cast(order("total"), "u32"),
        "an integer is cast by `as u32`, which wraps around where the value does not fit; do it in a `#[task]`",
    );
    refused(
        cast(order("price"), "f32"),
        "a float is cast by `as f32`, and JSONata's numbers are all `f64`, so none is rounded as an `f32` is; do it in \
         a `#[task]`",
    );
    refused(binary(order("meters"), BinaryOp::Add, int(1)), "`+` is applied to a `Meters`; do it in a `#[task]`");
    refused(
        binary(order("paid"), BinaryOp::Lt, bool(true)),
        "`<` compares a `bool`, and JSONata orders numbers and strings only; do it in a `#[task]`",
    );
}

#[test]
fn texts() {
    refused(
        Expr::Format(vec![value(order("price"))]),
        "a float is written into a text, and JSONata writes floats with 15 digits, unlike Rust; do it in a `#[task]`",
    );
    refused(
        Expr::Format(vec![value(order("status"))]),
        "a `Status` is written into a text, and its `Display` is code that JSONata cannot run; do it in a `#[task]`",
    );
    let centred = FormatSpec { align: Some('^'), width: Some(9), ..FormatSpec::default() };
    refused(
        Expr::Format(vec![FormatPiece::Value { value: order("name"), spec: centred }]),
        "a placeholder is centred by `^`, and JSONata pads on one side only; do it in a `#[task]`",
    );
}

#[test]
fn methods() {
    refused(
        method(order("count"), "to_uppercase", []),
        "`to_uppercase` is called on an integer, for which JSONata has no equal; do it in a `#[task]`",
    );
    refused(
        method(order("labels"), "iter", []),
        "`iter` walks through a map, whose keys have no order in JSONata; do it in a `#[task]`",
    );
    refused(
        method(order("tags"), "sum", []),
        "`sum` is called on items each of which is a string, and JSONata can do that to numbers only; do it in a `#[task]`",
    );
    refused(
        method(method(order("tags"), "iter", []), "collect", []),
        "what `collect` makes of the items is not known here; write the type behind the `let`, as in `let names: Vec<String> = …`",
    );
    let gift = closure("line", path("line.gift"));
    refused(
        method(method(method(order("lines"), "iter", []), "map", [gift]), "last", []),
        "`last` makes an `Option` of an `Option`, and JSON has one `null` for both; do it in a `#[task]`",
    );
    refused(
        method(order("tags"), "any", [local("input")]),
        "`any` is given something else than a closure; write it out, as in `any(|item| …)`",
    );
}

#[test]
fn names() {
    refused(
        record("Summary", [("title", text("x"))]),
        "the type of `Summary` is not known here, so neither are its names in JSON; write the type behind the `let`, \
         or build it where it is handed on",
    );
    refused(
        order("nothing"),
        "`Order` has no field `nothing` in its JSON; where serde is told to write `Order` in a way of its own, read it \
         in a `#[task]`",
    );
    refused(local("nobody"), "`nobody` is bound nowhere in the expression");
    refused(
        matching(
            order("tags"),
            [arm(Pattern::Slice { before: vec![], rest: Some(Box::new(bind("rest"))), after: vec![] }, int(1))],
        ),
        "`rest @ ..` binds a part of a slice, which JSONata cannot name; do it in a `#[task]`",
    );
    refused(
        Expr::Array(vec![goto("on", local("input"))]),
        "`on(…)` stands inside of an expression; only a leaf of a `#[choice]` may go to a state",
    );
}

#[test]
fn what_may_fail_where_rust_does_not_look() {
    let ratio = |name: &str| closure("amount", binary(int(9), BinaryOp::Div, local(name)));
    let mapped = || method(method(order("amounts"), "iter", []), "map", [ratio("amount")]);
    let large = closure("ratio", binary(local("ratio"), BinaryOp::Gt, int(3)));
    let message = |method: &str| {
        format!(
            "`{method}` does not look at every item in Rust, and in JSONata an item that it does not look at may fail; \
             calculate the items first, as in `let shares: Vec<u32> = items.iter().map(…).collect();`"
        )
    };
    refused(method(mapped(), "any", [large.clone()]), &message("any"));
    refused(method(mapped(), "len", []), &message("len"));
    let exceeds = closure("amount", binary(binary(int(9), BinaryOp::Div, local("amount")), BinaryOp::Gt, int(3)));
    refused(method(method(order("amounts"), "iter", []), "all", [exceeds]), &message("all"));
    let less = binary(order("count"), BinaryOp::Sub, int(1));
    refused(
        method(order("limit"), "map_or", [less, closure("limit", local("limit"))]),
        "the default of `map_or` may fail, and Rust evaluates it even where it is not needed; bind it by a `let` before",
    );
}

#[test]
fn integers_of_an_unknown_type() {
    let bonus = when(order("paid"), int(1000), int(0));
    refused(
        let_in(bind("bonus"), bonus, binary(local("bonus"), BinaryOp::Mul, int(2))),
        "the type of an integer is not known here, so neither is where it overflows; write it, as in `let count: u32 = …`",
    );
}
