//! Tables: comma-separated values.

use std::collections::BTreeSet;

use csv::{ByteRecord, ReaderBuilder, StringRecord};
use serde_json::{Map, Value};

use super::CsvHeaders;

/// The rows as objects of strings: a column that a row does not have is empty, and one that has no name is left out.
pub(super) fn rows(content: &[u8], headers: CsvHeaders, delimiter: u8) -> Result<Vec<Value>, String> {
    let mut reader = ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(content);
    let mut rows = reader.byte_records();
    let names: Vec<String> = match headers {
        CsvHeaders::Given(names) => names.iter().map(|name| (*name).to_owned()).collect(),
        CsvHeaders::FirstRow => match rows.next() {
            Some(row) => text(row)?.iter().map(str::to_owned).collect(),
            None => return Ok(Vec::new()),
        },
    };
    if names.iter().collect::<BTreeSet<_>>().len() < names.len() {
        return Err("CSV headers cannot contain duplicates.".to_owned());
    }
    let item = |row: StringRecord| {
        let columns = names.iter().enumerate();
        let column = |(index, name): (usize, &String)| (name.clone(), Value::from(row.get(index).unwrap_or_default()));
        Value::Object(columns.map(column).collect::<Map<_, _>>())
    };
    rows.map(|row| text(row).map(item)).collect()
}

fn text(row: csv::Result<ByteRecord>) -> Result<StringRecord, String> {
    let row = row.map_err(|error| format!("the object is not a table: {error}"))?;
    StringRecord::from_byte_record(row).map_err(|error| format!("the object is not in UTF-8: {error}"))
}
