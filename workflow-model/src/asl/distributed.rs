//! What a distributed map adds to a `Map` state.

use super::error::WriteError;
use super::json::{Json, Object, expression_text};
use super::state::StateWriter;
use crate::machine::Mode;
use crate::states::{Distributed, InputType, ItemReader, Map};

/// Each item is an execution of its own, of the kind that its workflow is.
pub(super) fn processor_config(writer: &StateWriter<'_>, map: &Map) -> Object {
    let child = writer.definition.child(map.processor.child);
    let is_express = child.definition.as_ref().is_some_and(|child| child.machine.mode == Mode::Express);
    let execution_type = if is_express { "EXPRESS" } else { "STANDARD" };
    Object::new().with("Mode", "DISTRIBUTED").with("ExecutionType", execution_type)
}

/// Where the items are, and how they are read. The body of the map makes the place.
pub(super) fn item_reader(writer: &StateWriter<'_>, map: &Map, reader: &ItemReader) -> Result<Object, WriteError> {
    let place: Json = match &map.items {
        Some(lambda) => {
            let shape = writer.definition.shape_ref(map.items_type);
            writer.lower("the body", lambda, &[writer.input()], Some(shape))?.into()
        }
        None => writer.input_template().into(),
    };
    let config = match &reader.input {
        InputType::Json => Object::new().with("InputType", "JSON"),
        InputType::JsonLines => Object::new().with("InputType", "JSONL"),
        InputType::Csv { headers, delimiter } => {
            let config = Object::new().with("InputType", "CSV").with("CSVDelimiter", delimiter.asl_name());
            match headers {
                None => config.with("CSVHeaderLocation", "FIRST_ROW"),
                Some(headers) => {
                    let headers: Vec<Json> = headers.iter().map(|header| header.as_str().into()).collect();
                    config.with("CSVHeaderLocation", "GIVEN").with("CSVHeaders", headers)
                }
            }
        }
    };
    let max_items = reader.max_items.filter(|&most| most > 0).map(u64::from);
    Ok(Object::new()
        .with("Resource", "arn:aws:states:::s3:getObject")
        .with("ReaderConfig", config.maybe("MaxItems", max_items))
        .with("Arguments", place))
}

/// The fields behind the processor.
pub(super) fn fields(
    writer: &StateWriter<'_>,
    distributed: &Distributed,
    object: Object,
) -> Result<Object, WriteError> {
    let batcher = distributed.batch.map(|batch| {
        Object::new()
            .maybe("MaxItemsPerBatch", batch.max_items.map(u64::from))
            .maybe("MaxInputBytesPerBatch", batch.max_input_bytes.map(u64::from))
    });
    let percentage = distributed.tolerated_failure_percentage.map(|percentage| {
        // asl-validator takes whole numbers and expressions.
        if percentage.fract() != 0.0 {
            return Ok(expression_text(&percentage.to_string()));
        }
        let number = serde_json::from_str(&percentage.to_string());
        number.map(Json::Number).map_err(|_| writer.unchecked("tolerates a percentage that is not a number"))
    });
    let writes = match &distributed.writer {
        Some(results) => {
            let shape = writer.definition.shape_ref(results.output);
            let part = "the closure of `result_writer`";
            let place = writer.lower(part, &results.lambda, &[writer.input()], Some(shape))?;
            Some(Object::new().with("Resource", "arn:aws:states:::s3:putObject").with("Arguments", place))
        }
        None => None,
    };
    Ok(object
        .maybe("Label", distributed.label.as_deref())
        .maybe("ItemBatcher", batcher)
        .maybe("ToleratedFailureCount", distributed.tolerated_failure_count.map(u64::from))
        .maybe("ToleratedFailurePercentage", percentage.transpose()?)
        .maybe("ResultWriter", writes))
}
