//! Names that were read back, as the constants that they were when they were written.
//!
//! States, workflows and resources are named by constants of the program. A store gives them back as text, perhaps of code that has
//! changed since; a text is kept for good the first time that it is read. There are as many as the code ever had names.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Deserializer};

static NAMES: Mutex<Option<HashSet<&'static str>>> = Mutex::new(None);

/// The name that reads like this.
pub(crate) fn intern(name: &str) -> &'static str {
    // Nothing that holds the lock can panic half-way through a change.
    let mut names = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
    let names = names.get_or_insert_default();
    match names.get(name) {
        Some(known) => known,
        None => {
            let kept: &'static str = Box::leak(name.into());
            names.insert(kept);
            kept
        }
    }
}

/// The same for a field that serde reads.
pub(crate) fn interned<'de, D: Deserializer<'de>>(deserializer: D) -> Result<&'static str, D::Error> {
    Ok(intern(&std::borrow::Cow::<'_, str>::deserialize(deserializer)?))
}
