//! JSONata as text, with as few parentheses as its precedences allow.

use std::fmt::{self, Display, Formatter, Write};

use serde_json::Value as Json;

use super::ast::{Arrayness, Entry, Item, Node, Operator};

/// How tightly an expression holds together; the numbers are the reference implementation's.
type Power = u8;
const WEAKEST: Power = 0;
const CONDITIONAL: Power = 20;
const PREFIX: Power = 70;
const POSTFIX: Power = 75;
const ATOM: Power = 100;

impl Operator {
    fn symbol(self) -> &'static str {
        match self {
            Operator::Add => "+",
            Operator::Subtract => "-",
            Operator::Multiply => "*",
            Operator::Divide => "/",
            Operator::Remainder => "%",
            Operator::Concat => "&",
            Operator::Equal => "=",
            Operator::NotEqual => "!=",
            Operator::Less => "<",
            Operator::LessOrEqual => "<=",
            Operator::Greater => ">",
            Operator::GreaterOrEqual => ">=",
            Operator::In => "in",
            Operator::And => "and",
            Operator::Or => "or",
        }
    }

    fn power(self) -> Power {
        match self {
            Operator::Multiply | Operator::Divide | Operator::Remainder => 60,
            Operator::Add | Operator::Subtract | Operator::Concat => 50,
            Operator::Equal
            | Operator::NotEqual
            | Operator::Less
            | Operator::LessOrEqual
            | Operator::Greater
            | Operator::GreaterOrEqual
            | Operator::In => 40,
            Operator::And => 30,
            Operator::Or => 25,
        }
    }

    /// Whether `a op (b op c)` is `a op b op c`.
    fn is_associative(self) -> bool {
        matches!(self, Operator::And | Operator::Or | Operator::Concat)
    }
}

impl Display for Node {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Node::Literal(value) => literal(f, value),
            Node::Variable(name) => write!(f, "${name}"),
            // Every other `${` is escaped, so that what is left are placeholders.
            Node::Placeholder(name) => write!(f, "'${{{name}}}'"),
            Node::Field(base, key) => field(f, base, key),
            Node::Index(base, index) => {
                // A computed index yields a sequence, which a second index would look into unless it is closed off.
                let computed = matches!(base.as_ref(), Node::Index(_, inner) if !matches!(**inner, Node::Literal(_)));
                at_least(f, base, if computed { ATOM } else { POSTFIX })?;
                write!(f, "[{index}]")
            }
            Node::Array(items) => list(f, "[", items, "]", item),
            Node::Collected { yielded, nested } => write!(f, "[{yielded}{}]", if *nested { "[]" } else { "" }),
            Node::Object(entries) => list(f, "{", entries, "}", entry),
            Node::Negate(node) => {
                f.write_char('-')?;
                at_least(f, node, PREFIX)
            }
            Node::Binary(operator, lhs, rhs) => {
                let power = operator.power();
                at_least(f, lhs, power)?;
                write!(f, " {} ", operator.symbol())?;
                let chains =
                    matches!(rhs.as_ref(), Node::Binary(inner, ..) if inner == operator && operator.is_associative());
                at_least(f, rhs, if chains { power } else { power + 1 })
            }
            Node::Conditional(condition, then, otherwise) => {
                at_least(f, condition, CONDITIONAL + 1)?;
                f.write_str(" ? ")?;
                at_least(f, then, CONDITIONAL + 1)?;
                otherwise.iter().try_for_each(|otherwise| write!(f, " : {otherwise}"))
            }
            Node::Call(function, args) => {
                write!(f, "${function}")?;
                list(f, "(", args, ")", |f, arg| arg.fmt(f))
            }
            Node::Function(params, body) => {
                f.write_str("function")?;
                list(f, "(", params, ")", |f, param| write!(f, "${param}"))?;
                write!(f, " {{ {body} }}")
            }
            Node::Block(variables, body) => {
                f.write_str("( ")?;
                variables.iter().try_for_each(|(name, value)| write!(f, "${name} := {value}; "))?;
                write!(f, "{body} )")
            }
            Node::Regex(pattern) => write!(f, "/{pattern}/"),
        }
    }
}

fn power(node: &Node) -> Power {
    match node {
        Node::Conditional(..) => CONDITIONAL,
        Node::Binary(operator, ..) => operator.power(),
        Node::Literal(Json::Number(number)) if number.to_string().starts_with('-') => PREFIX,
        Node::Negate(_) => PREFIX,
        Node::Field(_, key) if needs_lookup(key) => ATOM,
        Node::Field(..) | Node::Index(..) => POSTFIX,
        Node::Function(..) => WEAKEST,
        _ => ATOM,
    }
}

/// Writes `node`, in parentheses if it holds less tightly than `least`.
fn at_least(f: &mut Formatter<'_>, node: &Node, least: Power) -> fmt::Result {
    if power(node) < least { write!(f, "({node})") } else { node.fmt(f) }
}

fn list<T>(
    f: &mut Formatter<'_>,
    open: &str,
    parts: &[T],
    close: &str,
    mut part: impl FnMut(&mut Formatter<'_>, &T) -> fmt::Result,
) -> fmt::Result {
    f.write_str(open)?;
    for (position, each) in parts.iter().enumerate() {
        if position > 0 {
            f.write_str(", ")?;
        }
        part(f, each)?;
    }
    f.write_str(close)
}

/// An item that is an array is put into brackets of its own, of which JSONata takes off one pair.
fn item(f: &mut Formatter<'_>, Item { value, array }: &Item) -> fmt::Result {
    match (value, array) {
        (Node::Array(_) | Node::Collected { .. }, _) | (_, Arrayness::Never) => value.fmt(f),
        (_, Arrayness::Always) => write!(f, "[{value}]"),
        (_, Arrayness::Sometimes) if value.is_simple() => write!(f, "$type({value}) = 'array' ? [[{value}]] : {value}"),
        (_, Arrayness::Sometimes) => {
            write!(f, "( $item := {value}; $type($item) = 'array' ? [[$item]] : $item )")
        }
    }
}

fn entry(f: &mut Formatter<'_>, Entry { key, value, .. }: &Entry) -> fmt::Result {
    string(f, key)?;
    write!(f, ": {value}")
}

fn field(f: &mut Formatter<'_>, base: &Node, key: &str) -> fmt::Result {
    if needs_lookup(key) {
        write!(f, "$lookup({base}, ")?;
        string(f, key)?;
        return f.write_char(')');
    }
    at_least(f, base, POSTFIX)?;
    if is_name(key) { write!(f, ".{key}") } else { write!(f, ".`{key}`") }
}

/// Whether a key can be written behind a point as it is.
fn is_name(key: &str) -> bool {
    let mut chars = key.chars();
    let starts = chars.next().is_some_and(|first| first.is_ascii_alphabetic() || first == '_');
    starts
        && chars.all(|char| char.is_ascii_alphanumeric() || char == '_')
        && !matches!(key, "and" | "or" | "in" | "true" | "false" | "null" | "function")
}

/// Whether a key cannot be written between backticks, where nothing can be escaped.
fn needs_lookup(key: &str) -> bool {
    key.is_empty() || key.chars().any(|char| char == '`' || char.is_control()) || has_delimiter(key)
}

/// Whether a text would be taken for an expression of Step Functions or a placeholder of CloudFormation.
pub(super) fn has_delimiter(text: &str) -> bool {
    ["{%", "%}", "${"].into_iter().any(|delimiter| text.contains(delimiter))
}

fn literal(f: &mut Formatter<'_>, value: &Json) -> fmt::Result {
    match value {
        Json::String(text) => string(f, text),
        other => write!(f, "{other}"),
    }
}

/// A string, in the quotes that read best inside a JSON string.
fn string(f: &mut Formatter<'_>, text: &str) -> fmt::Result {
    // JSONata knows no `\'`.
    let quote = if text.contains('\'') { '"' } else { '\'' };
    f.write_char(quote)?;
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        match (char, chars.peek()) {
            ('{', Some('%')) | ('%', Some('}')) | ('$', Some('{')) => escape(f, char)?,
            ('"', _) if quote == '"' => f.write_str("\\\"")?,
            ('\\', _) => f.write_str("\\\\")?,
            ('\n', _) => f.write_str("\\n")?,
            ('\r', _) => f.write_str("\\r")?,
            ('\t', _) => f.write_str("\\t")?,
            (char, _) if char.is_control() => escape(f, char)?,
            (char, _) => f.write_char(char)?,
        }
    }
    f.write_char(quote)
}

fn escape(f: &mut Formatter<'_>, char: char) -> fmt::Result {
    write!(f, "\\u{:04x}", u32::from(char))
}
