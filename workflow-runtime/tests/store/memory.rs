//! [`Memory`].

use workflow_runtime::store::{Memory, Store, StoreError};

use super::steps::{Build, start};

super::suite::suite!(Memory::new());

#[test]
fn clones_are_the_same_store() -> Result<(), StoreError> {
    let store = Memory::new();
    let before_the_crash = store.clone();
    before_the_crash.commit(&[start(1).at("CallService")])?;
    drop(before_the_crash);
    assert_eq!(store.unfinished()?, [1]);
    assert_ne!(Memory::new().secret()?, store.secret()?);
    assert_eq!(format!("{store:?}"), "Memory { executions: 1, .. }");
    Ok(())
}
