//! The pictures of the workflows that `asl.rs` writes.

use crate::files::expect_file;
use crate::{poll_service, track_parcel, translate};
use workflow_model::picture;

#[test]
fn mermaid() {
    expect_file("poll_service.mmd", &picture::mermaid(&poll_service::definition().machine));
    expect_file("translate_book.mmd", &picture::mermaid(&translate::definition().machine));
    expect_file("track_parcel.mmd", &picture::mermaid(&track_parcel::definition().machine));
}

#[test]
fn dot() {
    expect_file("poll_service.dot", &picture::dot(&poll_service::definition().machine));
    expect_file("translate_book.dot", &picture::dot(&translate::definition().machine));
    expect_file("track_parcel.dot", &picture::dot(&track_parcel::definition().machine));
}

#[cfg(feature = "svg")]
#[test]
fn svg() {
    expect_file("poll_service.svg", &picture::svg(&poll_service::definition().machine));
    expect_file("translate_book.svg", &picture::svg(&translate::definition().machine));
    expect_file("track_parcel.svg", &picture::svg(&track_parcel::definition().machine));
}

#[cfg(feature = "svg")]
#[test]
fn an_execution() {
    use picture::{Status, Trace, svg_of_execution};

    let polls = ["WaitForResult", "PollResult", "IsReady"].repeat(3);
    let failed = Trace::new([&["CallService"], polls.as_slice(), &["GaveUp"]].concat(), Status::Failed);
    expect_file("poll_service.failed.svg", &svg_of_execution(&poll_service::definition().machine, &failed));
    let succeeded = Trace::new(
        ["Translate", "Summarize", "CoolDown", "Check", "Announce", "Rest", "Record", "TranslateAgain"],
        Status::Succeeded,
    );
    let svg = svg_of_execution(&translate::definition().machine, &succeeded);
    expect_file("translate_book.succeeded.svg", &svg);
    let round = ["Track", "TrackReady", "TrackWait"].repeat(3);
    let late = Trace::new(
        [&["Send", "TrackStart"], round.as_slice(), &["Track", "TrackReady", "Lost"]].concat(),
        Status::Failed,
    );
    expect_file("track_parcel.failed.svg", &svg_of_execution(&track_parcel::definition().machine, &late));
}
