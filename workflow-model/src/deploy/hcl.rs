//! Terraform's language, in the layout of `terraform fmt`.

use crate::asl::{Json, Object};

/// A block: its type and labels, and what is in it.
#[derive(Debug)]
pub(super) struct Block {
    head: String,
    items: Vec<Item>,
}

#[derive(Debug)]
enum Item {
    Attribute(String, Value),
    Block(Block),
}

impl Item {
    fn is_block(&self) -> bool {
        matches!(self, Item::Block(_))
    }
}

/// What an attribute is. An [`Json::Expression`] in JSON stands for an expression of Terraform.
#[derive(Debug)]
pub(super) enum Value {
    Json(Json),
    /// A function with its arguments.
    Call(&'static str, Vec<Value>),
}

impl<T: Into<Json>> From<T> for Value {
    fn from(json: T) -> Self {
        Value::Json(json.into())
    }
}

/// An expression, such as a reference or a text with `${…}` in it.
pub(super) fn expression(text: impl Into<String>) -> Json {
    Json::Expression(text.into())
}

/// A text, in quotes, with nothing in it taken for a template.
pub(super) fn quoted(text: &str) -> String {
    serde_json::Value::from(escaped(text)).to_string()
}

/// A text within a text in quotes.
pub(super) fn escaped(text: &str) -> String {
    text.replace("${", "$${").replace("%{", "%%{")
}

impl Block {
    /// A block such as `resource "aws_iam_role" "name"`.
    pub(super) fn new(kind: &str, labels: &[&str]) -> Self {
        let head = labels.iter().fold(kind.to_owned(), |head, label| format!("{head} \"{label}\""));
        Block { head, items: Vec::new() }
    }

    pub(super) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.items.push(Item::Attribute(name.to_owned(), value.into()));
        self
    }

    pub(super) fn block(mut self, block: Block) -> Self {
        self.items.push(Item::Block(block));
        self
    }
}

/// The text of a file, with an empty line between blocks.
pub(super) fn write(blocks: &[Block]) -> String {
    let texts: Vec<_> = blocks.iter().map(|block| block_text(block, 0)).collect();
    texts.join("\n")
}

fn block_text(block: &Block, depth: usize) -> String {
    let indent = "  ".repeat(depth);
    if block.items.is_empty() {
        return format!("{indent}{} {{}}\n", block.head);
    }
    let mut text = format!("{indent}{} {{\n", block.head);
    let groups = block.items.chunk_by(|before, after| !before.is_block() && !after.is_block());
    let groups: Vec<_> = groups.map(|group| group_text(group, depth + 1)).collect();
    text.push_str(&groups.join("\n"));
    text + &indent + "}\n"
}

/// A block, or attributes with no block between them.
fn group_text(group: &[Item], depth: usize) -> String {
    let attribute = |item: &Item| match item {
        Item::Attribute(name, value) => Some((name.clone(), value_text(value, depth))),
        Item::Block(_) => None,
    };
    match group {
        [Item::Block(block)] => block_text(block, depth),
        attributes => lines(&attributes.iter().filter_map(attribute).collect::<Vec<_>>(), depth),
    }
}

/// Attributes, a line each. The equals signs of those that stand together and take one line stand below each other.
fn lines(attributes: &[(String, String)], depth: usize) -> String {
    let is_long = |value: &str| value.contains('\n');
    let mut text = String::new();
    for together in attributes.chunk_by(|(_, before), (_, after)| !is_long(before) && !is_long(after)) {
        let width = together.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
        for (name, value) in together {
            text.push_str(&format!("{}{name:width$} = {value}\n", "  ".repeat(depth)));
        }
    }
    text
}

fn value_text(value: &Value, depth: usize) -> String {
    match value {
        Value::Json(json) => json_text(json, depth),
        Value::Call(function, arguments) => {
            let arguments: Vec<_> = arguments.iter().map(|argument| value_text(argument, depth)).collect();
            format!("{function}({})", arguments.join(", "))
        }
    }
}

fn json_text(json: &Json, depth: usize) -> String {
    match json {
        Json::Expression(expression) => expression.clone(),
        Json::String(text) => quoted(text),
        Json::Array(elements) => array_text(elements, depth),
        Json::Object(object) => object_text(object, depth),
        // Numbers, booleans and `null` are the same in both.
        other => other.to_string(),
    }
}

fn array_text(elements: &[Json], depth: usize) -> String {
    match elements {
        [] => "[]".to_owned(),
        [only] => format!("[{}]", json_text(only, depth)),
        several => {
            let line = |element| format!("{}{},\n", "  ".repeat(depth + 1), json_text(element, depth + 1));
            format!("[\n{}{}]", several.iter().map(line).collect::<String>(), "  ".repeat(depth))
        }
    }
}

fn object_text(object: &Object, depth: usize) -> String {
    if object.is_empty() {
        return "{}".to_owned();
    }
    let key = |key: &str| match key.chars().all(|character| character.is_ascii_alphanumeric() || character == '_') {
        true => key.to_owned(),
        false => quoted(key),
    };
    let members: Vec<_> = object.members().map(|(name, value)| (key(name), json_text(value, depth + 1))).collect();
    format!("{{\n{}{}}}", lines(&members, depth + 1), "  ".repeat(depth))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_together_is_aligned() {
        let statement = Object::new()
            .with("Effect", "Allow")
            .with("Action", vec!["a:B".into(), "a:C".into()])
            .with("Resource", expression("aws_x.y.arn"))
            .with("aws:Key", "*");
        let block = Block::new("resource", &["aws_x", "y"])
            .with("name", expression("\"${var.name}-y\""))
            .with("count_of_it", 1)
            .with(
                "policy",
                Value::Call("jsonencode", vec![Object::new().with("Statement", vec![statement.into()]).into()]),
            )
            .block(Block::new("tracing", &[]).with("enabled", true))
            .with("last", false);
        let expected = r#"resource "aws_x" "y" {
  name        = "${var.name}-y"
  count_of_it = 1
  policy = jsonencode({
    Statement = [{
      Effect = "Allow"
      Action = [
        "a:B",
        "a:C",
      ]
      Resource  = aws_x.y.arn
      "aws:Key" = "*"
    }]
  })

  tracing {
    enabled = true
  }

  last = false
}

data "aws_region" "current" {}
"#;
        assert_eq!(write(&[block, Block::new("data", &["aws_region", "current"])]), expected);
    }

    #[test]
    fn texts_are_no_templates() {
        assert_eq!(quoted("${a} %{b} \"c\""), r#""$${a} %%{b} \"c\"""#);
    }
}
