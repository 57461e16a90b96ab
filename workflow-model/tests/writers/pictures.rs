//! The pictures of the workflows that `asl.rs` writes.

use crate::branches::{fork, map, task, workflow};
use crate::files::expect_file;
use crate::{poll_service, track_parcel, translate};
use workflow_model::{Definition, picture};

#[test]
fn mermaid() {
    expect_file("poll_service.mmd", &picture::mermaid(&poll_service::definition()));
    expect_file("translate_book.mmd", &picture::mermaid(&translate::definition()));
    expect_file("track_parcel.mmd", &picture::mermaid(&track_parcel::definition()));
}

#[test]
fn dot() {
    expect_file("poll_service.dot", &picture::dot(&poll_service::definition()));
    expect_file("translate_book.dot", &picture::dot(&translate::definition()));
    expect_file("track_parcel.dot", &picture::dot(&track_parcel::definition()));
}

#[cfg(feature = "svg")]
#[test]
fn svg() {
    expect_file("poll_service.svg", &picture::svg(&poll_service::definition()));
    expect_file("translate_book.svg", &picture::svg(&translate::definition()));
    expect_file("track_parcel.svg", &picture::svg(&track_parcel::definition()));
}

#[cfg(feature = "svg")]
#[test]
fn an_execution() {
    use picture::{Status, Trace, svg_of_execution};

    let polls = ["WaitForResult", "PollResult", "IsReady"].repeat(3);
    let failed = Trace::new([&["CallService"], polls.as_slice(), &["GaveUp"]].concat(), Status::Failed);
    expect_file("poll_service.failed.svg", &svg_of_execution(&poll_service::definition(), &failed));
    let succeeded = Trace::new(
        ["Translate", "Summarize", "CoolDown", "Check", "Announce", "Rest", "Record", "TranslateAgain"],
        Status::Succeeded,
    );
    let svg = svg_of_execution(&translate::definition(), &succeeded);
    expect_file("translate_book.succeeded.svg", &svg);
    let round = ["Track", "TrackReady", "TrackWait"].repeat(3);
    let late = Trace::new(
        [&["Send", "TrackStart"], round.as_slice(), &["Track", "TrackReady", "Lost"]].concat(),
        Status::Failed,
    );
    expect_file("track_parcel.failed.svg", &svg_of_execution(&track_parcel::definition(), &late));
}

/// `Fulfil` does `Inner` and `Pack` at the same time, and `Inner` does `Deep` with each item: `Weigh` is the name of two states.
fn branches() -> Definition {
    let deep = workflow("Deep", vec![task("Weigh")], vec![]);
    let inner = workflow("Inner", vec![map("PackAll", "Deep")], vec![deep]);
    let pack = workflow("Pack", vec![task("Weigh")], vec![]);
    workflow("Outer", vec![fork("Fulfil", &["Inner", "Pack"])], vec![inner, pack])
}

#[test]
fn branches_are_drawn_inside_of_their_state() {
    expect_file("branches.mmd", &picture::mermaid(&branches()));
    expect_file("branches.dot", &picture::dot(&branches()));
    #[cfg(feature = "svg")]
    expect_file("branches.svg", &picture::svg(&branches()));
}

#[cfg(feature = "svg")]
#[test]
fn an_execution_with_branches() {
    use picture::{Status, Trace, svg_of_execution};

    // An item is weighed when the other branch fails.
    let entered = ["Fulfil", "PackAll", "Fulfil.Inner.PackAll.Deep.Weigh", "Fulfil.Pack.Weigh"];
    let failed = svg_of_execution(&branches(), &Trace::new(entered, Status::Failed));
    expect_file("branches.failed.svg", &failed);
    // The state that failed is marked, and none in it.
    assert_eq!(failed.matches(" last failed\"").count(), 1);
}
