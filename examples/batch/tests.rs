//! `cargo test --example batch`: hundreds of documents at once, under tokio's paused clock.

use super::*;
use crate::workflow::Outcome;

#[tokio::test(start_paused = true)]
async fn hundreds_at_once() {
    let service = Halves { begun: Instant::now() };
    let engine = Engine::builder().workflow(DigestDocuments::new(service.clone())).start().await.unwrap();
    let digest = engine.start::<DigestDocuments<Halves>>(documents(800)).await.unwrap().output().await.unwrap();
    assert_eq!((digest.summaries.len(), digest.failed.len()), (700, 100));
    assert_eq!(digest.summaries[..3], ["Parcel", "Parcel", "Parcel found"]);
    let empty = "the job was rejected: the document is empty".to_owned();
    assert_eq!(digest.failed[0], Outcome::Failed { document: String::new(), reason: empty });
    assert_eq!(
        service.begun.elapsed(),
        Duration::from_secs(4),
        "as long as the longest takes: 3.5 s, in polls of a second"
    );
    assert_eq!(engine.executions().len(), 801, "each document has an execution of its own");
}

#[tokio::test(start_paused = true)]
async fn no_documents() {
    let digest = DigestDocuments::new(Halves { begun: Instant::now() }).run(Vec::new()).await.unwrap();
    assert!(digest.summaries.is_empty() && digest.failed.is_empty());
}
