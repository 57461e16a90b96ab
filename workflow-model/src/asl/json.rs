//! JSON that keeps the order of its keys, and marks its placeholders.

use std::fmt;

use crate::jsonata::Template;

/// A JSON value. Its objects keep their keys in the order of insertion, so that a definition reads as people write it.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(serde_json::Number),
    /// A string, taken as it stands: a `${` in it is written so that no deployment tool takes it for a placeholder.
    String(String),
    /// `"${Name}"`, which the deployment replaces.
    Placeholder(String),
    /// `"{% … %}"`: every `${` in it begins a placeholder, as JSONata has its own way to write others.
    Expression(String),
    /// An array.
    Array(Vec<Json>),
    /// An object.
    Object(Object),
}

/// The members of a JSON object, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Object(Vec<(String, Json)>);

impl Object {
    /// No members yet.
    pub fn new() -> Self {
        Object::default()
    }

    /// Adds a member behind the others.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<Json>) -> Self {
        self.0.push((key.to_owned(), value.into()));
        self
    }

    /// Adds a member, if there is a value.
    #[must_use]
    pub fn maybe(self, key: &str, value: Option<impl Into<Json>>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    /// Whether there is no member.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value behind a key.
    pub fn get(&self, key: &str) -> Option<&Json> {
        self.0.iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// The members, in order.
    pub fn members(&self) -> impl Iterator<Item = (&str, &Json)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value))
    }
}

impl Json {
    /// What stands at a path of keys, as in `["Arguments", "Bucket"]`.
    ///
    /// ```
    /// use workflow_model::asl::{Json, Object};
    ///
    /// let state = Json::from(Object::new().with("Arguments", Object::new().with("Bucket", "archive")));
    /// assert_eq!(state.at(&["Arguments", "Bucket"]), Some(&Json::from("archive")));
    /// assert_eq!(state.at(&["Arguments", "Key"]), None);
    /// ```
    pub fn at(&self, path: &[&str]) -> Option<&Json> {
        path.iter().try_fold(self, |json, key| match json {
            Json::Object(object) => object.get(key),
            _ => None,
        })
    }

    /// The text of a string that is neither an expression nor a placeholder.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Json::String(text) => Some(text),
            _ => None,
        }
    }
}

impl FromIterator<(String, Json)> for Object {
    fn from_iter<I: IntoIterator<Item = (String, Json)>>(members: I) -> Self {
        Object(members.into_iter().collect())
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Json::String(text.to_owned())
    }
}

impl From<String> for Json {
    fn from(text: String) -> Self {
        Json::String(text)
    }
}

impl From<u64> for Json {
    fn from(number: u64) -> Self {
        Json::Number(number.into())
    }
}

impl From<bool> for Json {
    fn from(value: bool) -> Self {
        Json::Bool(value)
    }
}

impl From<Vec<Json>> for Json {
    fn from(elements: Vec<Json>) -> Self {
        Json::Array(elements)
    }
}

impl From<Object> for Json {
    fn from(object: Object) -> Self {
        Json::Object(object)
    }
}

impl From<Template> for Json {
    fn from(template: Template) -> Self {
        match template {
            Template::Literal(value) => value.into(),
            Template::Object(members) => {
                Json::Object(members.into_iter().map(|(key, value)| (key, value.into())).collect())
            }
            Template::Array { items: elements, .. } => Json::Array(elements.into_iter().map(Json::from).collect()),
            Template::Placeholder(name) => Json::Placeholder(name),
            Template::Expression(expression) => expression_text(&expression),
        }
    }
}

/// A JSONata expression as the string that Step Functions takes for one.
pub(super) fn expression_text(expression: &str) -> Json {
    Json::Expression(format!("{{% {expression} %}}"))
}

impl From<serde_json::Value> for Json {
    fn from(value: serde_json::Value) -> Self {
        match value {
            serde_json::Value::Null => Json::Null,
            serde_json::Value::Bool(value) => Json::Bool(value),
            serde_json::Value::Number(number) => Json::Number(number),
            serde_json::Value::String(text) => Json::String(text),
            serde_json::Value::Array(elements) => Json::Array(elements.into_iter().map(Json::from).collect()),
            serde_json::Value::Object(members) => {
                Json::Object(members.into_iter().map(|(key, value)| (key, value.into())).collect())
            }
        }
    }
}

impl From<Json> for serde_json::Value {
    fn from(json: Json) -> Self {
        match json {
            Json::Null => serde_json::Value::Null,
            Json::Bool(value) => value.into(),
            Json::Number(number) => number.into(),
            Json::String(text) | Json::Expression(text) => text.into(),
            Json::Placeholder(name) => format!("${{{name}}}").into(),
            Json::Array(elements) => elements.into_iter().map(serde_json::Value::from).collect(),
            Json::Object(Object(members)) => members.into_iter().collect(),
        }
    }
}

/// Pretty JSON, indented by two spaces, without a newline at the end.
impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, 0)
    }
}

impl Json {
    fn write(&self, f: &mut fmt::Formatter<'_>, depth: usize) -> fmt::Result {
        match self {
            Json::Null => f.write_str("null"),
            Json::Bool(value) => write!(f, "{value}"),
            Json::Number(number) => write!(f, "{number}"),
            Json::String(text) => write_string(f, text),
            Json::Expression(text) => {
                f.write_str(&escape_directives(&serde_json::Value::from(text.as_str()).to_string()))
            }
            Json::Placeholder(name) => write!(f, "\"${{{name}}}\""),
            Json::Array(elements) => {
                write_block(f, depth, '[', ']', elements, |f, element| element.write(f, depth + 1))
            }
            Json::Object(Object(members)) => write_block(f, depth, '{', '}', members, |f, (key, value)| {
                write_string(f, key)?;
                f.write_str(": ")?;
                value.write(f, depth + 1)
            }),
        }
    }
}

/// Writes an array or an object, an item a line.
fn write_block<T>(
    f: &mut fmt::Formatter<'_>,
    depth: usize,
    open: char,
    close: char,
    items: &[T],
    mut write_item: impl FnMut(&mut fmt::Formatter<'_>, &T) -> fmt::Result,
) -> fmt::Result {
    write!(f, "{open}")?;
    for (position, item) in items.iter().enumerate() {
        let comma = if position == 0 { "" } else { "," };
        write!(f, "{comma}\n{:1$}", "", 2 * (depth + 1))?;
        write_item(f, item)?;
    }
    if !items.is_empty() {
        write!(f, "\n{:1$}", "", 2 * depth)?;
    }
    write!(f, "{close}")
}

/// Writes a string. `${` would be taken for a placeholder by CloudFormation and Terraform, which replace them in the
/// text of the file, so its dollar sign is escaped; to a reader of the JSON the string is the same.
fn write_string(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    let quoted = serde_json::Value::from(text).to_string();
    f.write_str(&escape_directives(&quoted.replace("${", "\\u0024{")))
}

/// Escapes `%{`, which would begin a directive of Terraform's templates, as in `%{ if … }`.
fn escape_directives(quoted: &str) -> String {
    quoted.replace("%{", "\\u0025{")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_order_of_keys() {
        let json = Json::from(Object::new().with("b", 1).with("a", Json::Null).maybe("c", None::<&str>));
        assert_eq!(json.to_string(), "{\n  \"b\": 1,\n  \"a\": null\n}");
    }

    #[test]
    fn indents_by_two_spaces() {
        let json = Json::from(Object::new().with("a", vec![Json::from(true), Object::new().into(), vec![].into()]));
        assert_eq!(json.to_string(), "{\n  \"a\": [\n    true,\n    {},\n    []\n  ]\n}");
    }

    #[test]
    fn only_placeholders_look_like_placeholders() {
        assert_eq!(Json::Placeholder("TaskFunctionArn".into()).to_string(), r#""${TaskFunctionArn}""#);
        let text = Json::from("costs ${5} \\ \"now\"\n").to_string();
        assert_eq!(text, r#""costs \u0024{5} \\ \"now\"\n""#);
        assert_eq!(serde_json::from_str::<String>(&text).unwrap(), "costs ${5} \\ \"now\"\n");
    }

    #[test]
    fn nothing_looks_like_a_directive_of_terraform() {
        for json in [Json::from("100 %{if x}"), Json::Expression("{% '100 %{if x}' %}".into())] {
            let text = json.to_string();
            assert!(!text.contains("%{") && text.contains("100 \\u0025{if x}"), "{text}");
            assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), serde_json::Value::from(json));
        }
    }

    #[test]
    fn is_what_serde_json_reads() {
        let json = Json::from(Object::new().with("a", vec![Json::from("x"), 3.into()]).with("b", false));
        let read: serde_json::Value = serde_json::from_str(&json.to_string()).unwrap();
        assert_eq!(read, serde_json::Value::from(json));
    }
}
