//! What a field of a state is given: JSON whose strings may be JSONata.

use serde_json::Value as Json;

use super::Path;
use super::ast::Node;
use super::print::has_delimiter;

/// JSON with expressions at its leaves.
///
/// ```
/// use workflow_model::jsonata::{Path, Template};
///
/// let ticket = Template::Expression(Path::result().field("Payload").to_string());
/// let template = Template::Object(vec![("ticket".to_owned(), ticket)]);
/// assert_eq!(template.to_json().to_string(), r#"{"ticket":"{% $states.result.Payload %}"}"#);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum Template {
    /// `null`, a boolean, a number, or a string that no one takes for an expression.
    Literal(Json),
    /// An object, its keys in the order of the Rust fields.
    Object(Vec<(String, Template)>),
    /// An array.
    Array {
        /// Its elements.
        items: Vec<Template>,
        /// The same as one JSONata expression.
        code: String,
    },
    /// `${Name}`, which the deployment replaces.
    Placeholder(String),
    /// A JSONata expression, without the `{% … %}` around it.
    Expression(String),
}

impl Template {
    /// The value at `path`, as it is.
    pub fn path(path: &Path) -> Self {
        Template::Expression(path.to_string())
    }

    /// Whether it is just what lies at `path`.
    pub fn is_identity(&self, path: &Path) -> bool {
        matches!(self, Template::Expression(code) if *code == path.to_string())
    }

    /// The JSON that Step Functions reads, with `{% … %}` around each expression.
    pub fn to_json(&self) -> Json {
        match self {
            Template::Literal(value) => value.clone(),
            Template::Object(entries) => entries.iter().map(|(key, value)| (key.clone(), value.to_json())).collect(),
            Template::Array { items, .. } => items.iter().map(Template::to_json).collect(),
            Template::Placeholder(name) => Json::String(format!("${{{name}}}")),
            Template::Expression(code) => Json::String(format!("{{% {code} %}}")),
        }
    }
}

impl From<Template> for Json {
    fn from(template: Template) -> Self {
        template.to_json()
    }
}

impl From<Node> for Template {
    fn from(node: Node) -> Self {
        match node {
            // An empty text is valid, but not to asl-validator.
            Node::Literal(Json::String(text)) if text.is_empty() || has_delimiter(&text) => {
                Template::Expression(Node::str(text).to_string())
            }
            Node::Literal(value) => Template::Literal(value),
            Node::Placeholder(name) => Template::Placeholder(name),
            Node::Object(entries) if entries.iter().all(|entry| !entry.optional && !has_delimiter(&entry.key)) => {
                Template::Object(entries.into_iter().map(|entry| (entry.key, entry.value.into())).collect())
            }
            Node::Array(items) => {
                let code = Node::Array(items.clone()).to_string();
                Template::Array { items: items.into_iter().map(|item| item.value.into()).collect(), code }
            }
            node => Template::Expression(node.to_string()),
        }
    }
}
