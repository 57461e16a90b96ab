//! Methods of strings.

use super::{argument, unknown};
use crate::expr::{Expr, Literal};
use crate::jsonata::ast::{Node, Operator};
use crate::jsonata::lower::{Lowerer, Value};
use crate::jsonata::refusal::Refusal;
use crate::jsonata::types::Type;

/// White space as Rust's `trim` knows it; a regex's own `\s` has U+FEFF besides, and lacks U+0085.
const OUTER_SPACE: &str = r"^(?:[^\S\ufeff]|\u0085)+|(?:[^\S\ufeff]|\u0085)+$";
/// A byte, as a URL writes what is not plain ASCII.
const ENCODED_BYTE: &str = "%..";

impl<'a> Lowerer<'a> {
    pub(super) fn string_method(&mut self, text: Value<'a>, method: &str, args: &[Expr]) -> Result<Value<'a>, Refusal> {
        if method == "is_empty" {
            return Ok(Value::bool(self.whole(text).equals(Node::str(""))));
        }
        let text = self.whole(text);
        Ok(match method {
            "len" => Value::new(byte_length(text), Type::LENGTH),
            "contains" => {
                let part = self.string_argument(args, method)?;
                Value::bool(Node::Call("contains", vec![text, part]))
            }
            "starts_with" => {
                let part = self.string_argument(args, method)?;
                let start = |part: Node| {
                    let length = length(&part);
                    Node::Call("substring", vec![text, Node::int(0), length]).equals(part)
                };
                Value::bool(self.shared(part, "start", start))
            }
            "ends_with" => {
                let part = self.string_argument(args, method)?;
                Value::bool(self.ends_with(text, part))
            }
            "to_uppercase" => Value::string(Node::Call("uppercase", vec![text])),
            "to_lowercase" => Value::string(Node::Call("lowercase", vec![text])),
            "split" => {
                let separator = literal_argument(args, method)?;
                Value::new(Node::Call("split", vec![text, separator]), Type::sequence(Type::String))
            }
            "replace" => {
                let part = literal_argument(args, method)?;
                let by = args.get(1).ok_or_else(|| unknown(method, &Type::String))?;
                let by = self.node(by, &Type::String)?;
                Value::string(Node::Call("replace", vec![text, part, by]))
            }
            // JSONata's own `$trim` also shortens the space between words.
            "trim" => Value::string(Node::Call("replace", vec![text, Node::Regex(OUTER_SPACE), Node::str("")])),
            _ => return Err(unknown(method, &Type::String)),
        })
    }

    fn string_argument(&mut self, args: &[Expr], method: &str) -> Result<Node, Refusal> {
        let part = self.value(argument(args, method)?, &Type::String)?;
        match part.ty {
            Type::String => Ok(self.whole(part)),
            ref other => Err(Refusal::needs_task(format!("`{method}` looks for {other} in a string"))),
        }
    }

    fn ends_with(&mut self, text: Node, part: Node) -> Node {
        let mark = self.scope.mark();
        let mut variables = Vec::new();
        let text = self.named(text, "text", &mut variables);
        let part = self.named(part, "end", &mut variables);
        self.scope.reset(mark);
        let start = length(&text).binary(Operator::Subtract, length(&part));
        Node::Call("substring", vec![text, start]).equals(part).with_variables(&variables)
    }
}

/// The text that a method looks for, where an empty one would mean something else in JSONata.
fn literal_argument(args: &[Expr], method: &str) -> Result<Node, Refusal> {
    let text = match args.first() {
        Some(Expr::Literal(Literal::Str(text))) => text.clone(),
        Some(Expr::Literal(Literal::Char(char))) => char.to_string(),
        _ => String::new(),
    };
    if text.is_empty() {
        return Err(Refusal::new(format!(
            "`{method}` is given something else than a literal with a character in it, and JSONata would fail on an \
             empty text; write the text out, as in `{method}(\", \"…)`"
        )));
    }
    Ok(Node::str(&text))
}

/// Rust counts bytes of UTF-8, JSONata characters.
fn byte_length(text: Node) -> Node {
    let encoded = Node::Call("encodeUrlComponent", vec![text]);
    Node::Call("length", vec![Node::Call("replace", vec![encoded, Node::Regex(ENCODED_BYTE), Node::str("-")])])
}

/// The length in characters, known for a literal.
fn length(text: &Node) -> Node {
    match text {
        Node::Literal(serde_json::Value::String(text)) => Node::json(text.chars().count().into()),
        text => Node::Call("length", vec![text.clone()]),
    }
}
