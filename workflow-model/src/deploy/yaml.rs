//! Templates of CloudFormation as people write them in YAML, with the short forms of its functions.

use std::fmt::Write;

use crate::asl::{Json, Object};

/// The document, in blocks that are indented by two spaces.
pub(super) fn write(object: &Object) -> String {
    let mut text = String::new();
    write_members(&mut text, object, 0);
    text
}

fn write_members(text: &mut String, object: &Object, depth: usize) {
    for (position, (key, value)) in object.members().enumerate() {
        if position > 0 {
            indent(text, depth);
        }
        text.push_str(&scalar(key));
        text.push(':');
        match value {
            Json::Object(members) if is_block(members) => {
                text.push('\n');
                indent(text, depth + 1);
                write_members(text, members, depth + 1);
            }
            Json::Array(elements) if is_list(elements) => {
                text.push('\n');
                write_elements(text, elements, depth + 1);
            }
            value => {
                text.push(' ');
                write_leaf(text, value);
            }
        }
    }
}

fn write_elements(text: &mut String, elements: &[Json], depth: usize) {
    for element in elements {
        indent(text, depth);
        text.push('-');
        match element {
            Json::Array(elements) if is_list(elements) => {
                text.push('\n');
                write_elements(text, elements, depth + 1);
            }
            Json::Object(members) if is_block(members) => {
                text.push(' ');
                write_members(text, members, depth + 1);
            }
            value => {
                text.push(' ');
                write_leaf(text, value);
            }
        }
    }
}

fn write_leaf(text: &mut String, value: &Json) {
    match value {
        Json::Object(object) if !object.is_empty() => text.push_str(&short_form(object).unwrap_or_default()),
        Json::Array(numbers) => {
            let numbers: Vec<_> = numbers.iter().map(Json::to_string).collect();
            write!(text, "[{}]", numbers.join(", ")).expect("a string can be written to");
        }
        Json::String(value) | Json::Expression(value) => text.push_str(&scalar(value)),
        // Numbers, booleans, `null`, `[]` and `{}` are the same in both.
        value => write!(text, "{value}").expect("a string can be written to"),
    }
    text.push('\n');
}

/// Whether an object takes lines of its own.
fn is_block(object: &Object) -> bool {
    !object.is_empty() && short_form(object).is_none()
}

/// Whether an array takes a line for each element: numbers share one.
fn is_list(elements: &[Json]) -> bool {
    !elements.iter().all(|element| matches!(element, Json::Number(_)))
}

/// The short form of a function that refers to something, as in `!Ref Name`.
fn short_form(object: &Object) -> Option<String> {
    let mut members = object.members();
    let (Some((key, value)), None) = (members.next(), members.next()) else { return None };
    match (key, value) {
        ("Ref", Json::String(name)) => Some(format!("!Ref {}", scalar(name))),
        ("Fn::Sub", Json::String(text)) => Some(format!("!Sub {}", scalar(text))),
        ("Fn::GetAtt", Json::Array(path)) => {
            let path: Vec<_> = path.iter().filter_map(Json::as_text).collect();
            Some(format!("!GetAtt {}", scalar(&path.join("."))))
        }
        _ => None,
    }
}

fn indent(text: &mut String, depth: usize) {
    text.extend(std::iter::repeat_n("  ", depth));
}

/// A string, in quotes unless all versions of YAML take it for a string without.
fn scalar(value: &str) -> String {
    let first_is_plain = value.starts_with(|first: char| first.is_ascii_alphabetic() || first == '/' || first == '$');
    let rest_is_plain =
        value.chars().all(|character| character.is_ascii_alphanumeric() || "_./:,()'`$*{}+ -".contains(character));
    let is_mapping = value.contains(": ") || value.ends_with(':') || value.ends_with(' ');
    match first_is_plain && rest_is_plain && !is_mapping && !is_reserved(value) {
        true => value.to_owned(),
        false => serde_json::Value::from(value).to_string(),
    }
}

/// Words that some version of YAML takes for something else than a string.
fn is_reserved(value: &str) -> bool {
    ["y", "n", "yes", "no", "on", "off", "true", "false", "null"].contains(&value.to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_within_blocks() {
        let statement = Object::new().with("Effect", "Allow").with("Action", vec!["a:B".into(), "a:C".into()]);
        let object = Object::new()
            .with("Type", "AWS::IAM::Role")
            .with("Statement", vec![statement.into(), vec![Json::from("y ")].into(), Json::from("x")])
            .with("Empty", Object::new())
            .with("None", Vec::new())
            .with("Days", vec![1.into(), 3.into()])
            .with("Role", Object::new().with("Fn::GetAtt", vec!["A".into(), "Arn".into()]))
            .with("Names", vec![Object::new().with("Ref", "A").into(), Object::new().with("Fn::Sub", "${A}-b").into()])
            .with("Enabled", true);
        let expected = "Type: AWS::IAM::Role\nStatement:\n  - Effect: Allow\n    Action:\n      - a:B\n      - a:C\n  -\n    - \"y \"\n  - x\n\
                        Empty: {}\nNone: []\nDays: [1, 3]\nRole: !GetAtt A.Arn\nNames:\n  - !Ref A\n  - !Sub ${A}-b\nEnabled: true\n";
        assert_eq!(write(&object), expected);
    }

    #[test]
    fn what_yaml_would_take_for_something_else_is_quoted() {
        for plain in ["arn:${AWS::Partition}:s3:::a/*", "${A.Arn}", "/aws/x", "it's (a) text, plain", "provided.al2023"]
        {
            assert_eq!(scalar(plain), plain);
        }
        for quoted in [
            "2012-10-17",
            "",
            "*",
            "yes",
            "Null",
            "a: b",
            "a:",
            "a #b",
            "\"a\"",
            "a\nb",
            "- a",
            "1",
            "é",
            "a ",
            "@a",
            "%a",
        ] {
            assert_eq!(scalar(quoted), serde_json::Value::from(quoted).to_string());
        }
    }
}
