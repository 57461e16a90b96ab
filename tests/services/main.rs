//! Service integrations as they are exported: the definition in `expected/`, which the validators know too, and the page on them.
//!
//! `BLESS=1 cargo test --test services` writes both anew.

mod page;
mod shop;

use std::path::Path;
use std::{env, fs};

use workflow_runtime::model::asl::{self, StandsFor};
use workflow_runtime::prelude::*;

use shop::{Approval, Archive, Cloud, Fulfilment, Gallery, Incomplete, Numbered};

/// Compares a file with what it should hold.
fn assert_file(path: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if env::var_os("BLESS").is_some() {
        fs::write(&path, text).expect("the file can be written");
    }
    let file = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    assert_eq!(file, text, "{} is out of date: BLESS=1 writes it anew", path.display());
}

#[test]
fn definitions() {
    let fulfilment = Fulfilment::<Cloud>::definition();
    let definitions = [
        ("approval", Approval::definition()),
        ("archive", Archive::definition()),
        ("fulfilment", fulfilment),
        ("gallery", Gallery::definition()),
    ];
    for (name, definition) in definitions {
        let text = asl::write(&definition).expect("it is exported");
        assert_file(&format!("tests/services/expected/{name}.asl.json"), &text);
    }
}

#[test]
fn placeholders() {
    let placeholders = asl::placeholders(&Fulfilment::<Cloud>::definition());
    let listed: Vec<_> = placeholders.iter().map(|it| format!("{}: {}", it.name, it.stands_for)).collect();
    let expected = [
        "OrdersTableName: what `ORDERS_TABLE` is there, natively `orders`",
        "ParcelsQueueUrl: what `PARCELS_QUEUE` is there, natively `http://localhost:9324/parcels`",
        "PartnerConnectionArn: what `PARTNER` is there, natively `arn:aws:events:local:000000000000:connection/partner`",
    ];
    assert_eq!(listed, expected);
    assert!(
        !placeholders.iter().any(|it| it.stands_for == StandsFor::TaskFunctionArn),
        "it has no function of its own"
    );
}

#[test]
fn a_function_is_called_by_a_text() {
    let error = asl::write(&Numbered::definition()).expect_err("it is called by a number");
    let text = "`Numbered` cannot be exported before it passes the checks: \
                the state `count` names its function by a constant that is neither a text nor a `Placeholder`";
    assert_eq!(error.to_string(), text);
}

#[test]
fn what_a_struct_lacks_is_found_at_the_export() {
    let error = asl::write(&Incomplete::definition()).expect_err("there is no body");
    let text = "`Incomplete` cannot be exported before it passes the checks: \
                the state `send` lacks `MessageBody` in its arguments, which the service needs";
    assert_eq!(error.to_string(), text);
}

#[tokio::test(start_paused = true)]
async fn natively_the_bodies_run() {
    let fulfilment = Fulfilment { client: Cloud };
    assert_eq!(fulfilment.run(shop::order(3)).await, Ok("parcel-42".to_owned()));
    let refused = fulfilment.run(shop::order(0)).await.expect_err("an order of nothing is refused");
    let failure = Failure::new("DynamoDB.ConditionalCheckFailedException", "the conditional request failed");
    assert_eq!(refused.failure(), Some(&failure));
}

#[test]
fn the_page_is_that_of_the_table() {
    assert_file("docs/service-integrations.md", &page::text());
}
