//! Reads the items of a distributed map.
//!
//! Source: <https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html>.

use serde::de::DeserializeOwned;
use serde_json::{Deserializer, Value};

use super::{Objects, S3Object};
use crate::Failure;

/// What is known of an item reader before it reads: `reader = csv(…)`.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct ReaderInfo {
    /// What the object is.
    pub input: InputType,
    /// How many items are read at most; 0 for all.
    pub max_items: usize,
}

/// What an object with items in it is.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub enum InputType {
    /// An array.
    Json,
    /// A value a line.
    JsonLines,
    /// A row a line, each of which is an object of strings.
    Csv {
        /// How the columns are called.
        headers: CsvHeaders,
        /// What is between two columns.
        delimiter: u8,
    },
}

/// Where the names of the columns are.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub enum CsvHeaders {
    /// In the first row.
    FirstRow,
    /// In the definition.
    Given(&'static [&'static str]),
}

impl ReaderInfo {
    /// Reads the items of an object.
    pub(crate) fn read<T: DeserializeOwned>(&self, objects: &Objects, object: &S3Object) -> Result<Vec<T>, Failure> {
        let content = objects.read(object).map_err(failed)?;
        let items = self.items(&content).map_err(failed)?;
        let items = items.into_iter().enumerate().map(|(index, item)| {
            serde_json::from_value(item).map_err(|error| failed(format!("item {index} does not fit the map: {error}")))
        });
        items.collect()
    }

    fn items(&self, content: &[u8]) -> Result<Vec<Value>, String> {
        let mut items = match self.input {
            InputType::Json => array(content)?,
            InputType::JsonLines => lines(content)?,
            InputType::Csv { headers, delimiter } => rows(content, headers, delimiter)?,
        };
        if self.max_items > 0 {
            items.truncate(self.max_items);
        }
        Ok(items)
    }
}

/// The failure of a map whose items cannot be read.
fn failed(cause: String) -> Failure {
    Failure::new("States.ItemReaderFailed", cause)
}

fn array(content: &[u8]) -> Result<Vec<Value>, String> {
    serde_json::from_slice(content).map_err(|error| format!("the object is not an array in JSON: {error}"))
}

fn lines(content: &[u8]) -> Result<Vec<Value>, String> {
    let items = Deserializer::from_slice(content).into_iter();
    items.collect::<Result<_, _>>().map_err(|error| format!("the object has no JSON a line: {error}"))
}

#[cfg(feature = "csv")]
use super::csv::rows;

#[cfg(not(feature = "csv"))]
fn rows(_content: &[u8], _headers: CsvHeaders, _delimiter: u8) -> Result<Vec<Value>, String> {
    Err("CSV is read natively with the feature `csv` of `workflow-runtime` only".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(input: InputType, max_items: usize, content: &str) -> Result<String, String> {
        let items = ReaderInfo { input, max_items }.items(content.as_bytes())?;
        Ok(serde_json::to_string(&items).expect("what was read is JSON"))
    }

    #[test]
    fn arrays() {
        assert_eq!(items(InputType::Json, 0, r#"[1, {"a": [2]}, null]"#), Ok(r#"[1,{"a":[2]},null]"#.to_owned()));
        assert_eq!(items(InputType::Json, 2, "[1, 2, 3]"), Ok("[1,2]".to_owned()));
        assert_eq!(items(InputType::Json, 9, "[]"), Ok("[]".to_owned()));
        for content in ["", "{}", "[1", "[1] 2"] {
            let error = items(InputType::Json, 0, content).expect_err(content);
            assert!(error.starts_with("the object is not an array in JSON: "), "{error}");
        }
    }

    #[test]
    fn values_a_line() {
        assert_eq!(items(InputType::JsonLines, 0, "1\n\"a\"\r\n\n[2]\n"), Ok(r#"[1,"a",[2]]"#.to_owned()));
        assert_eq!(items(InputType::JsonLines, 1, "1\n2\n"), Ok("[1]".to_owned()));
        assert_eq!(items(InputType::JsonLines, 0, ""), Ok("[]".to_owned()));
        let error = items(InputType::JsonLines, 0, "1\nno\n").expect_err("the second line is no JSON");
        assert!(error.contains("line 2"), "{error}");
    }

    #[cfg(feature = "csv")]
    mod csv {
        use super::*;

        /// The rows of executions recorded on AWS.
        const TABLE: &str = "Value1,Value2,Value3\nValue4,Value5,Value6\n,,,\ntrue,1,'HelloWorld'\nNull,None,\n   \n";

        fn table(headers: CsvHeaders, max_items: usize, content: &str) -> Result<String, String> {
            items(InputType::Csv { headers, delimiter: b',' }, max_items, content)
        }

        /// `test_map_item_reader_csv_headers_decl_extra_fields`.
        #[test]
        fn columns_without_a_name_are_left_out() {
            let expected = r#"[{"H1":"Value1"},{"H1":"Value4"},{"H1":""},{"H1":"true"},{"H1":"Null"},{"H1":"   "}]"#;
            assert_eq!(table(CsvHeaders::Given(&["H1"]), 0, TABLE), Ok(expected.to_owned()));
        }

        /// `test_map_item_reader_csv_headers_first_row_typed_headers`.
        #[test]
        fn columns_that_are_missing_are_empty() {
            let table = table(CsvHeaders::FirstRow, 0, &TABLE.replace("Value1,Value2,Value3", "0,True,{}"));
            let items: Value = serde_json::from_str(&table.expect("it is a table")).expect("it is JSON");
            let expected = r#"[{"0":"Value4","{}":"Value6","True":"Value5"},{"0":"","{}":"","True":""},{"0":"true","{}":"'HelloWorld'","True":"1"},{"0":"Null","{}":"","True":"None"},{"0":"   ","{}":"","True":""}]"#;
            assert_eq!(items, serde_json::from_str::<Value>(expected).expect("it is JSON"));
        }

        /// `test_map_item_reader_csv_headers_decl_duplicate_headers`.
        #[test]
        fn a_name_twice_is_an_error() {
            let error = "CSV headers cannot contain duplicates.".to_owned();
            assert_eq!(table(CsvHeaders::Given(&["H1", "H1", "H3"]), 0, TABLE), Err(error.clone()));
            assert_eq!(table(CsvHeaders::FirstRow, 0, "a,b,a\n1,2,3\n"), Err(error));
        }

        /// `test_map_item_reader_csv_max_items`.
        #[test]
        fn no_more_than_asked_for() {
            let content = "Col1,Col2\nValue1,Value2\nValue3,Value4\nValue5,Value6\n";
            let two = r#"[{"Col1":"Value1","Col2":"Value2"},{"Col1":"Value3","Col2":"Value4"}]"#;
            assert_eq!(table(CsvHeaders::FirstRow, 2, content), Ok(two.to_owned()));
            assert_eq!(table(CsvHeaders::FirstRow, 0, content), table(CsvHeaders::FirstRow, 100_000_000, content));
        }

        #[test]
        fn quotes_and_other_delimiters() {
            let input = InputType::Csv { headers: CsvHeaders::FirstRow, delimiter: b';' };
            let content = "name;note\n\"a;b\";\"say \"\"hi\"\"\nthere\"\n";
            assert_eq!(items(input, 0, content), Ok(r#"[{"name":"a;b","note":"say \"hi\"\nthere"}]"#.to_owned()));
            assert_eq!(items(input, 0, ""), Ok("[]".to_owned()));
        }
    }
}
