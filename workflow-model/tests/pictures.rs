//! The pictures of the workflows that `tests/asl.rs` writes.

#[expect(unreachable_pub, reason = "each test uses a part of it")]
mod fixtures;

use fixtures::files::expect_file;
use fixtures::{poll_service, translate};
use workflow_model::picture;

#[test]
fn mermaid() {
    expect_file("poll_service.mmd", &picture::mermaid(&poll_service::definition().machine));
    expect_file("translate_book.mmd", &picture::mermaid(&translate::definition().machine));
}

#[test]
fn dot() {
    expect_file("poll_service.dot", &picture::dot(&poll_service::definition().machine));
    expect_file("translate_book.dot", &picture::dot(&translate::definition().machine));
}

#[cfg(feature = "svg")]
#[test]
fn svg() {
    expect_file("poll_service.svg", &picture::svg(&poll_service::definition().machine));
    expect_file("translate_book.svg", &picture::svg(&translate::definition().machine));
}
