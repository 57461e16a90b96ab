//! Several items for one child execution.
//!
//! Source: <https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itembatcher.html>.

use serde::{Deserialize, Serialize};
use workflow_model::shape::{Field, Fields, Presence, Shape, ShapeRef, Shapes, StructShape};

use crate::{Data, Failure};

/// The items that one child execution of a distributed `#[map]` is given where the map makes batches: its workflow's input.
///
/// ```
/// use workflow_runtime::Batch;
///
/// let batch: Batch<u32> = serde_json::from_str(r#"{"Items":[1,2,3]}"#)?;
/// assert_eq!(batch.items.iter().sum::<u32>(), 6);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Batch<T> {
    /// The items, in their order.
    #[serde(rename = "Items")]
    pub items: Vec<T>,
}

impl<T: Data + 'static> Data for Batch<T> {
    const LOSSY: bool = T::LOSSY;

    fn shape(shapes: &mut Shapes) -> ShapeRef {
        shapes.define::<Self>(|shapes| {
            let shape = <Vec<T>>::shape(shapes);
            let items = Field { rust: "items", json: "Items", shape, presence: Presence::Always };
            Shape::Struct(StructShape { name: "Batch", fields: Fields::Named(vec![items]) })
        })
    }
}

/// How large a batch may be. 0 is no limit.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct BatchInfo {
    /// How many items.
    pub max_items: usize,
    /// How many bytes its JSON may have.
    pub max_input_bytes: usize,
}

/// What Step Functions takes as the input of an execution.
const MAX_INPUT_BYTES: usize = 262_144;

/// What the JSON of a batch has around its items: `{"Items":[]}`.
const AROUND: usize = r#"{"Items":[]}"#.len();

/// Divides items into batches, each as large as it may be.
pub(crate) fn batches<T: Serialize>(items: Vec<T>, info: BatchInfo) -> Result<Vec<Batch<T>>, Failure> {
    let limit = |limit: usize, none: usize| if limit == 0 { none } else { limit };
    let max_items = limit(info.max_items, usize::MAX);
    let max_bytes = limit(info.max_input_bytes, MAX_INPUT_BYTES).min(MAX_INPUT_BYTES);
    let mut batches: Vec<Batch<T>> = Vec::new();
    let mut bytes = 0;
    for (index, item) in items.into_iter().enumerate() {
        let size =
            serde_json::to_vec(&item).map_err(|error| failed(format!("item {index} is not JSON: {error}")))?.len();
        if AROUND + size > max_bytes {
            let message = format!("item {index} has {size} bytes of JSON, and a batch may have {max_bytes}");
            return Err(failed(message));
        }
        match batches.last_mut().filter(|batch| batch.items.len() < max_items && bytes + 1 + size <= max_bytes) {
            Some(batch) => {
                batch.items.push(item);
                bytes += 1 + size;
            }
            None => {
                batches.push(Batch { items: vec![item] });
                bytes = AROUND + size;
            }
        }
    }
    Ok(batches)
}

fn failed(cause: String) -> Failure {
    Failure::new("States.Runtime", cause)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(items: &[&str], max_items: usize, max_input_bytes: usize) -> Result<Vec<usize>, String> {
        let batches = batches(items.to_vec(), BatchInfo { max_items, max_input_bytes });
        let batches = batches.map_err(|failure| failure.cause)?;
        for batch in &batches {
            let bytes = serde_json::to_vec(batch).expect("a batch of texts is JSON").len();
            assert!(bytes <= MAX_INPUT_BYTES && (max_input_bytes == 0 || bytes <= max_input_bytes));
        }
        Ok(batches.iter().map(|batch| batch.items.len()).collect())
    }

    #[test]
    fn by_number() {
        assert_eq!(sizes(&[], 2, 0), Ok(vec![]));
        assert_eq!(sizes(&["a"], 2, 0), Ok(vec![1]));
        assert_eq!(sizes(&["a", "b", "c", "d", "e"], 2, 0), Ok(vec![2, 2, 1]));
        assert_eq!(sizes(&["a", "b", "c"], 0, 0), Ok(vec![3]));
    }

    /// `{"Items":["a","b"]}` has 19 bytes.
    #[test]
    fn by_bytes() {
        assert_eq!(sizes(&["a", "b", "c"], 0, 19), Ok(vec![2, 1]));
        assert_eq!(sizes(&["a", "b", "c"], 0, 18), Ok(vec![1, 1, 1]));
        assert_eq!(sizes(&["a", "b", "c"], 1, 19), Ok(vec![1, 1, 1]));
        let error = "item 1 has 4 bytes of JSON, and a batch may have 15".to_owned();
        assert_eq!(sizes(&["a", "bc"], 0, 15), Err(error));
    }
}
