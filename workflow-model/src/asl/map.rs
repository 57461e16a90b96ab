//! `Map` states, with the states of what runs for each item.

use super::error::WriteError;
use super::json::{Json, Object};
use super::state::{StateWriter, output, output_unless_input};
use super::{branch, distributed};
use crate::jsonata::{Input, Path, Refusal, Template};
use crate::scope::BranchScope;
use crate::shape::{Shape, ShapeRef};
use crate::states::Map;

pub(super) fn write(writer: &StateWriter<'_>, map: &Map, scopes: &[BranchScope]) -> Result<Object, WriteError> {
    let Some(scope) = scopes.first() else { return Err(writer.unchecked("has no item processor")) };
    let result = writer.value(Path::result(), Some(map.output));
    let retry = writer.retriers(&map.retry)?;
    let catch = writer.catchers(&map.catch)?;
    let given = Input { path: Path::input(), shape: processor_input(writer, map) };
    let place = writer.place.item(writer.state, map);
    let states = branch::write(writer, &map.processor, scope, &given, &place)?;
    let (config, items_from) = match &map.distributed {
        None => (Object::new().with("Mode", "INLINE"), ("Items", items(writer, map)?)),
        Some(distributed) => {
            let items_from = match &distributed.reader {
                None => ("Items", items(writer, map)?),
                Some(reader) => ("ItemReader", Some(distributed::item_reader(writer, map, reader)?.into())),
            };
            (distributed::processor_config(writer, map), items_from)
        }
    };
    let processor =
        Object::new().with("ProcessorConfig", config).with("StartAt", states.start).with("States", states.states);
    let object = writer
        .begin("Map")
        .maybe(items_from.0, items_from.1)
        .maybe("ItemSelector", item_selector(writer, map)?)
        .maybe("MaxConcurrency", map.max_concurrency.filter(|&most| most > 0).map(u64::from))
        .with("ItemProcessor", processor);
    let object = match &map.distributed {
        None => object,
        Some(distributed) => distributed::fields(writer, distributed, object)?,
    };
    let object = object
        .with("Output", output(writer.result_output(&map.next, &result)?))
        .maybe("Assign", writer.assign(Some(&result))?)
        .maybe("Retry", (!retry.is_empty()).then_some(retry))
        .maybe("Catch", (!catch.is_empty()).then_some(catch));
    writer.finish(object, &map.next)
}

/// The items, where they are not the state's input.
fn items(writer: &StateWriter<'_>, map: &Map) -> Result<Option<Json>, WriteError> {
    let Some(lambda) = &map.items else { return Ok(None) };
    let shape = writer.definition.shape_ref(map.items_type);
    Ok(output_unless_input(writer.lower("the body", lambda, &[writer.input()], Some(shape))?))
}

/// What the processor is given, where that is not the item.
fn item_selector(writer: &StateWriter<'_>, map: &Map) -> Result<Option<Json>, WriteError> {
    let Some(selector) = &map.selector else { return Ok(None) };
    let expected = writer.definition.shape_ref(selector.output);
    let item = || Path::variable("states").field("context").field("Map").field("Item");
    let given = [
        Input { path: item().field("Value"), shape: item_shape(writer, map) },
        writer.input(),
        Input { path: item().field("Index"), shape: None },
    ];
    let template = writer.lower(PART, &selector.lambda, &given, Some(expected))?;
    match template {
        Template::Object(_) => Ok(Some(template.into())),
        _ => Err(writer.refused(PART, Refusal::new(NO_OBJECT))),
    }
}

const PART: &str = "the closure of `item_selector`";

const NO_OBJECT: &str = "Step Functions takes an object with fixed keys there; let it make a struct whose fields are all written, or let \
                         the body make the items as the workflow takes them";

fn item_shape(writer: &StateWriter<'_>, map: &Map) -> Option<ShapeRef> {
    match writer.definition.shape(map.items_type) {
        Shape::Sequence(item) => Some(*item),
        _ => None,
    }
}

/// What the processor takes.
fn processor_input(writer: &StateWriter<'_>, map: &Map) -> Option<ShapeRef> {
    let selected = map.selector.as_ref().map(|selector| writer.definition.shape_ref(selector.output));
    selected.or_else(|| item_shape(writer, map))
}
