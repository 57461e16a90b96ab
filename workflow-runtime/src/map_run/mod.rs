//! What a distributed map reads its items from, and writes its results to: objects in S3 on AWS, files in a directory natively.

mod batch;
#[cfg(feature = "csv")]
mod csv;
mod objects;
mod reader;
mod result;
mod writer;

pub(crate) use batch::batches;
pub use batch::{Batch, BatchInfo};
pub(crate) use objects::Objects;
pub use objects::{S3Object, S3Prefix};
pub use reader::{CsvHeaders, InputType, ReaderInfo};
pub use result::ItemResult;
pub(crate) use writer::MapRun;
pub use writer::WrittenResults;
pub(crate) use writer::{Results, write};
