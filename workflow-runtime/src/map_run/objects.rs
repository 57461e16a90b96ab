//! Objects of S3, and the files that stand for them.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};
use workflow_model::shape::{Field, Fields, Presence, Shape, ShapeRef, Shapes, StructShape};

use crate::Data;

/// An object in S3, which a distributed `#[map]` reads its items from: what the state's body makes where it has a `reader`.
///
/// Natively it is the file `bucket/key` in the directory that [`EngineBuilder::objects`](crate::EngineBuilder::objects) names.
///
/// ```
/// use workflow_runtime::S3Object;
///
/// let orders = S3Object { bucket: "shop".to_owned(), key: "orders/2026.csv".to_owned() };
/// assert_eq!(serde_json::to_string(&orders)?, r#"{"Bucket":"shop","Key":"orders/2026.csv"}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct S3Object {
    /// The bucket.
    #[serde(rename = "Bucket")]
    pub bucket: String,
    /// The key of the object in it.
    #[serde(rename = "Key")]
    pub key: String,
}

/// A place in S3 under which a distributed `#[map]` writes its results.
///
/// ```
/// use workflow_runtime::S3Prefix;
///
/// let results = S3Prefix { bucket: "shop".to_owned(), prefix: "results".to_owned() };
/// assert_eq!(serde_json::to_string(&results)?, r#"{"Bucket":"shop","Prefix":"results"}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct S3Prefix {
    /// The bucket.
    #[serde(rename = "Bucket")]
    pub bucket: String,
    /// What the keys of all that is written begin with.
    #[serde(rename = "Prefix")]
    pub prefix: String,
}

impl Data for S3Object {
    fn shape(shapes: &mut Shapes) -> ShapeRef {
        texts::<S3Object>(shapes, "S3Object", [("bucket", "Bucket"), ("key", "Key")])
    }
}

impl Data for S3Prefix {
    fn shape(shapes: &mut Shapes) -> ShapeRef {
        texts::<S3Prefix>(shapes, "S3Prefix", [("bucket", "Bucket"), ("prefix", "Prefix")])
    }
}

/// A struct of strings, by their names in Rust and in JSON.
fn texts<T: 'static>(shapes: &mut Shapes, name: &'static str, fields: [(&'static str, &'static str); 2]) -> ShapeRef {
    shapes.define::<T>(|shapes| {
        let shape = String::shape(shapes);
        let fields = fields.map(|(rust, json)| Field { rust, json, shape, presence: Presence::Always });
        Shape::Struct(StructShape { name, fields: Fields::Named(fields.into()) })
    })
}

/// The directory whose files stand for objects: `bucket/key`.
#[derive(Clone, Debug)]
#[doc(hidden)]
pub struct Objects {
    root: PathBuf,
}

impl Objects {
    pub(crate) fn new(root: impl Into<PathBuf>) -> Self {
        Objects { root: root.into() }
    }

    /// Reads an object.
    pub(crate) fn read(&self, object: &S3Object) -> Result<Vec<u8>, String> {
        let path = self.path(&object.bucket, &object.key)?;
        fs::read(&path).map_err(|error| failed("read", &path, &error))
    }

    /// Writes an object, with the directories that it lies in.
    pub(crate) fn write(&self, bucket: &str, key: &str, content: &[u8]) -> Result<(), String> {
        let path = self.path(bucket, key)?;
        let written = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&path, content));
        written.map_err(|error| failed("written", &path, &error))
    }

    /// Where an object lies. Its key comes from data, so it may not lead out of the directory.
    fn path(&self, bucket: &str, key: &str) -> Result<PathBuf, String> {
        let path = Path::new(bucket).join(key.trim_start_matches('/'));
        let is_plain = path.components().all(|part| matches!(part, Component::Normal(_)));
        if bucket.is_empty() || key.is_empty() || !is_plain {
            return Err(format!("the bucket `{bucket}` and the key `{key}` name no file in `{}`", self.root.display()));
        }
        Ok(self.root.join(path))
    }
}

fn failed(what: &str, path: &Path, error: &io::Error) -> String {
    format!("`{}` cannot be {what}: {error}", path.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(bucket: &str, key: &str) -> S3Object {
        S3Object { bucket: bucket.to_owned(), key: key.to_owned() }
    }

    #[test]
    fn what_is_written_is_read_back() {
        let root = std::env::temp_dir().join(format!("objects-{}", std::process::id()));
        let objects = Objects::new(&root);
        assert_eq!(objects.write("shop", "orders/a b/1.json", b"[1]"), Ok(()));
        assert_eq!(objects.read(&object("shop", "orders/a b/1.json")), Ok(b"[1]".to_vec()));
        fs::remove_dir_all(&root).expect("the directory was just made");
    }

    #[test]
    fn a_key_leads_to_nothing_outside() {
        let objects = Objects::new("/data");
        for (bucket, key) in
            [("shop", "../x"), ("..", "x"), ("shop", "a/../../x"), ("/etc", "passwd"), ("", "x"), ("shop", "")]
        {
            let error = objects.read(&object(bucket, key)).expect_err(key);
            assert!(error.contains("name no file in `/data`"), "{error}");
        }
    }
}
