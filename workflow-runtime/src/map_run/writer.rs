//! Writes the results of a distributed map.
//!
//! Source: <https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html>.

use serde::{Deserialize, Serialize};
use workflow_model::shape::{Field, Fields, Presence, Shape, ShapeRef, Shapes, StructShape};

use super::{Objects, S3Object, S3Prefix};
use crate::{Data, ExecutionId, Failure};

/// What a distributed `#[map]` with a `writer` gives: where its results are.
///
/// The object is a manifest, which lists the objects that hold the child executions, by how they ended.
///
/// ```
/// use workflow_runtime::{S3Object, WrittenResults};
///
/// let manifest = S3Object { bucket: "shop".to_owned(), key: "results/9f0c/manifest.json".to_owned() };
/// let written = WrittenResults { map_run_arn: "arn:…".to_owned(), result_writer_details: manifest };
/// let json = r#"{"MapRunArn":"arn:…","ResultWriterDetails":{"Bucket":"shop","Key":"results/9f0c/manifest.json"}}"#;
/// assert_eq!(serde_json::to_string(&written)?, json);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrittenResults {
    /// The identity of the map's run.
    #[serde(rename = "MapRunArn")]
    pub map_run_arn: String,
    /// The manifest.
    #[serde(rename = "ResultWriterDetails")]
    pub result_writer_details: S3Object,
}

impl Data for WrittenResults {
    fn shape(shapes: &mut Shapes) -> ShapeRef {
        shapes.define::<Self>(|shapes| {
            let presence = Presence::Always;
            let fields = vec![
                Field { rust: "map_run_arn", json: "MapRunArn", shape: String::shape(shapes), presence },
                Field {
                    rust: "result_writer_details",
                    json: "ResultWriterDetails",
                    shape: S3Object::shape(shapes),
                    presence,
                },
            ];
            Shape::Struct(StructShape { name: "WrittenResults", fields: Fields::Named(fields) })
        })
    }
}

/// A run of a distributed map: its identity, and its name in that.
#[doc(hidden)]
#[derive(Clone, Debug)]
pub struct MapRun {
    pub(crate) arn: String,
    pub(crate) name: String,
}

impl MapRun {
    /// A run that is called after a number that no other one has. Region and account are of no AWS.
    pub(crate) fn new(workflow: &str, label: &str, number: u128) -> Self {
        let name = ExecutionId::uuid("", number).name().to_owned();
        let label: String = label.chars().filter(|char| char.is_alphanumeric()).collect();
        MapRun { arn: format!("arn:aws:states:local:000000000000:mapRun:{workflow}/{label}:{name}"), name }
    }
}

/// The child executions as they ended, each as JSON.
#[derive(Debug, Default)]
pub(crate) struct Results {
    pub(crate) succeeded: Vec<String>,
    pub(crate) failed: Vec<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Manifest<'a> {
    destination_bucket: &'a str,
    map_run_arn: &'a str,
    result_files: ResultFiles,
}

#[derive(Serialize)]
#[serde(rename_all = "UPPERCASE")]
struct ResultFiles {
    failed: Vec<ResultFile>,
    pending: Vec<ResultFile>,
    succeeded: Vec<ResultFile>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct ResultFile {
    key: String,
    size: usize,
}

/// Writes `prefix/run/manifest.json`, and beside it the objects that it lists.
pub(crate) fn write(
    objects: &Objects,
    place: &S3Prefix,
    run: &MapRun,
    results: &Results,
) -> Result<WrittenResults, Failure> {
    let folder = match place.prefix.trim_end_matches('/') {
        "" => run.name.clone(),
        prefix => format!("{prefix}/{}", run.name),
    };
    let write = |name: &str, content: &str| {
        let key = format!("{folder}/{name}");
        let written = objects.write(&place.bucket, &key, content.as_bytes());
        written.map(|()| key).map_err(|cause| Failure::new("States.ResultWriterFailed", cause))
    };
    let list = |name: &str, children: &[String]| match children {
        [] => Ok::<_, Failure>(Vec::new()),
        children => {
            let content = format!("[{}]", children.join(","));
            Ok(vec![ResultFile { key: write(name, &content)?, size: content.len() }])
        }
    };
    let result_files = ResultFiles {
        failed: list("FAILED_0.json", &results.failed)?,
        pending: Vec::new(),
        succeeded: list("SUCCEEDED_0.json", &results.succeeded)?,
    };
    let manifest = Manifest { destination_bucket: &place.bucket, map_run_arn: &run.arn, result_files };
    let manifest = serde_json::to_string(&manifest).expect("a manifest is strings and numbers");
    let key = write("manifest.json", &manifest)?;
    Ok(WrittenResults {
        map_run_arn: run.arn.clone(),
        result_writer_details: S3Object { bucket: place.bucket.clone(), key },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_and_what_it_lists() {
        let root = std::env::temp_dir().join(format!("results-{}", std::process::id()));
        let objects = Objects::new(&root);
        let place = S3Prefix { bucket: "result-bucket".to_owned(), prefix: "mapJobs".to_owned() };
        let run = MapRun { arn: "arn:…/TestMap:9f0c".to_owned(), name: "9f0c".to_owned() };
        let results = Results { succeeded: vec!["{\"a\":1}".to_owned(), "2".to_owned()], failed: Vec::new() };
        let written = write(&objects, &place, &run, &results).expect("the directory can be written");
        // As recorded on AWS: `test_map_state_result_writer`.
        let manifest = S3Object { bucket: "result-bucket".to_owned(), key: "mapJobs/9f0c/manifest.json".to_owned() };
        assert_eq!(written.result_writer_details, manifest);
        let text = |key: &str| {
            let object = S3Object { bucket: "result-bucket".to_owned(), key: key.to_owned() };
            String::from_utf8(objects.read(&object).expect("it was written")).expect("it is JSON")
        };
        assert_eq!(text("mapJobs/9f0c/SUCCEEDED_0.json"), "[{\"a\":1},2]");
        let listed = r#""ResultFiles":{"FAILED":[],"PENDING":[],"SUCCEEDED":[{"Key":"mapJobs/9f0c/SUCCEEDED_0.json","Size":11}]}"#;
        assert!(text("mapJobs/9f0c/manifest.json").contains(listed));
        std::fs::remove_dir_all(&root).expect("the directory was just made");
    }
}
