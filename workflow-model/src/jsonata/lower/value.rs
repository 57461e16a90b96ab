//! A lowered expression, and what has to be known of it to use it.

use super::Lowerer;
use crate::jsonata::ast::{Entry, Node, Operator};
use crate::jsonata::inherited::refuse_inherited;
use crate::jsonata::refusal::Refusal;
use crate::jsonata::types::Type;
use crate::shape::{DefaultRef, Field, Fields, Presence, ShapeRef, StructShape, Tagging};

/// A lowered expression.
#[derive(Clone, Debug)]
pub(crate) struct Value<'a> {
    /// The JSONata.
    pub(super) node: Node,
    /// Its Rust type.
    pub(super) ty: Type<'a>,
    /// What it means when the JSONata is undefined.
    pub(super) missing: Missing,
    /// The tag that lies among the value's own keys: the value is the struct in a newtype variant of an internally
    /// tagged enum.
    pub(super) tag: Option<&'static str>,
}

/// What it means that JSONata is undefined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Missing {
    /// It never is.
    Never,
    /// `None`, which is always undefined.
    None,
    /// `None`, which is `null` unless the value comes from outside: serde reads a missing key as `None`.
    Null,
    /// An empty string, array or map.
    Empty,
}

impl<'a> Value<'a> {
    /// A value that is always defined.
    pub(super) fn new(node: Node, ty: Type<'a>) -> Self {
        Value { node, ty, missing: Missing::Never, tag: None }
    }

    /// An `Option` that is `None` where the node is undefined, too.
    pub(super) fn optional(node: Node, inner: Type<'a>) -> Self {
        Value { node, ty: Type::option(inner), missing: Missing::None, tag: None }
    }

    pub(super) fn bool(node: Node) -> Self {
        Value::new(node, Type::Bool)
    }

    pub(super) fn string(node: Node) -> Self {
        Value::new(node, Type::String)
    }
}

impl<'a> Lowerer<'a> {
    /// The value as it is used whole: always defined, and without a tag that is not its own.
    pub(crate) fn whole(&mut self, value: Value<'a>) -> Node {
        let Some(empty) = self.when_missing(&value) else { return self.without_tag(value) };
        self.shared(value.node, "value", |node| Node::conditional(node.clone().exists(), node, empty))
    }

    /// What the value is when it is undefined.
    fn when_missing(&self, value: &Value<'a>) -> Option<Node> {
        match value.missing {
            Missing::Never => None,
            Missing::None | Missing::Null => Some(Node::NULL),
            Missing::Empty => Some(Self::empty(&value.ty)),
        }
    }

    /// The empty value of a type that has one.
    pub(super) fn empty(ty: &Type<'a>) -> Node {
        match ty {
            Type::String => Node::str(""),
            Type::Map(_) => Node::Object(Vec::new()),
            _ => Node::Array(Vec::new()),
        }
    }

    fn without_tag(&mut self, value: Value<'a>) -> Node {
        let Some(tag) = value.tag else { return value.node };
        match value.ty {
            Type::Struct(StructShape { fields: Fields::Named(fields), .. }) => {
                Node::Object(self.copied_fields(&value.node, fields))
            }
            Type::Struct(StructShape { fields: Fields::Unit, .. }) | Type::Unit => Node::NULL,
            _ => {
                let mark = self.scope.mark();
                let (key, item) = (self.scope.fresh("key"), self.scope.fresh("value"));
                self.scope.reset(mark);
                let differs = Node::Variable(key.clone()).not_equals(Node::str(tag));
                let keep = Node::Function(vec![item, key], Box::new(differs));
                let kept = Node::Call("sift", vec![value.node, keep]);
                // `$sift` yields nothing where no key is left.
                Node::Call("merge", vec![Node::Collected { yielded: Box::new(kept), nested: false }])
            }
        }
    }

    /// The keys of a struct that lies at `node`, one by one.
    pub(super) fn copied_fields(&self, node: &Node, fields: &'a [Field]) -> Vec<Entry> {
        let present = fields.iter().filter(|field| field.presence != Presence::Never);
        let entry = |field: &'a Field| {
            let (key, value) = (field.json.to_owned(), node.clone().field(field.json));
            match field.presence {
                Presence::Default(default) => Entry { key, value: self.present_or(value, default), optional: false },
                presence => {
                    let optional = presence != Presence::Always || matches!(self.ty(field.shape), Type::Option(_));
                    Entry { key, value, optional }
                }
            }
        };
        present.map(entry).collect()
    }

    /// A field of a struct or a variant whose content lies at `content`.
    pub(super) fn part(
        &self,
        content: &Value<'a>,
        fields: &'a Fields,
        name: &str,
        owner: &str,
    ) -> Result<Value<'a>, Refusal> {
        let position = || name.parse::<usize>().ok();
        match fields {
            Fields::Newtype { rust, shape } if rust.map_or(name == "0", |rust| rust == name) => {
                let ty = self.ty(*shape);
                let missing = if matches!(ty, Type::Option(_)) { Missing::Null } else { Missing::Never };
                Ok(Value { node: content.node.clone(), ty, missing, tag: content.tag })
            }
            Fields::Tuple(shapes) => {
                let item = position().and_then(|position| Some((position, *shapes.get(position)?)));
                let (position, shape) = item.ok_or_else(|| no_field(name, owner))?;
                Ok(Value::new(element(content.node.clone(), position), self.ty(shape)))
            }
            Fields::Named(fields) => {
                let field = fields.iter().find(|field| field.rust == name).ok_or_else(|| no_field(name, owner))?;
                self.named_part(content, field, owner)
            }
            Fields::Unit | Fields::Newtype { .. } => Err(no_field(name, owner)),
        }
    }

    fn named_part(&self, content: &Value<'a>, field: &'a Field, owner: &str) -> Result<Value<'a>, Refusal> {
        let ty = self.ty(field.shape);
        let missing = match (presence(field, &ty), &ty) {
            (Presence::UserDefined, _) => {
                return Err(Refusal::needs_task(format!(
                    "the field `{}` of `{owner}` is left out of the JSON when a function of yours says so, which \
                     JSONata cannot ask",
                    field.rust
                )));
            }
            (Presence::Never, _) => {
                return Err(Refusal::needs_task(format!(
                    "the field `{}` of `{owner}` is never in the JSON, as it is `#[serde(skip)]`",
                    field.rust
                )));
            }
            (Presence::UnlessEmpty, _) => Missing::Empty,
            (Presence::UnlessNone, _) => Missing::None,
            (Presence::Always, Type::Option(_)) => Missing::Null,
            (Presence::Always | Presence::Default(_), _) => Missing::Never,
        };
        if missing != Missing::Never || matches!(field.presence, Presence::Default(_)) {
            refuse_inherited(field.json, owner)?;
        }
        // A value that was built in this expression is read where it was built.
        let node = match &content.node {
            Node::Object(entries) if entries.iter().any(|entry| entry.key == field.json && !entry.optional) => {
                let entry = entries.iter().find(|entry| entry.key == field.json);
                entry.map_or(Node::NULL, |entry| entry.value.clone())
            }
            node => match field.presence {
                Presence::Default(default) => self.present_or(node.clone().field(field.json), default),
                _ => node.clone().field(field.json),
            },
        };
        Ok(Value { node, ty, missing, tag: None })
    }

    /// A field that serde takes from a default where it is missing.
    fn present_or(&self, node: Node, default: DefaultRef) -> Node {
        let default = Node::json(self.definition.shapes.default_value(default).clone());
        Node::conditional(node.clone().exists(), node, default)
    }

    /// The type behind a shape.
    pub(super) fn ty(&self, shape: ShapeRef) -> Type<'a> {
        Type::of(&self.definition.shapes, shape)
    }

    /// A key of an object that is built, unless it is never there.
    pub(super) fn entry(&mut self, field: &'a Field, value: Value<'a>, owner: &str) -> Result<Option<Entry>, Refusal> {
        let key = field.json.to_owned();
        let ty = self.ty(field.shape);
        let absent = match presence(field, &ty) {
            Presence::Always | Presence::Default(_) => {
                return Ok(Some(Entry { key, value: self.whole(value), optional: false }));
            }
            Presence::Never => return Ok(None),
            Presence::UserDefined => {
                return Err(Refusal::needs_task(format!(
                    "whether the field `{}` of `{owner}` is in the JSON is for a function of yours to say, which \
                     JSONata cannot ask",
                    field.rust
                )));
            }
            Presence::UnlessNone => Node::NULL,
            Presence::UnlessEmpty => Self::empty(&ty),
        };
        if value.node == absent {
            return Ok(None);
        }
        let known = match field.presence {
            Presence::UnlessEmpty => matches!(value.node, Node::Literal(_) | Node::Array(_) | Node::Object(_)),
            _ => value.missing == Missing::Never && !may_be_null(&value.ty),
        };
        if known {
            return Ok(Some(Entry { key, value: self.whole(value), optional: false }));
        }
        if let Missing::None | Missing::Empty = value.missing {
            return Ok(Some(Entry { key, value: value.node, optional: true }));
        }
        let node = self.without_tag(value);
        let value = self.shared(node, "value", |node| {
            let condition = node.clone().binary(Operator::NotEqual, absent);
            Node::Conditional(Box::new(condition), Box::new(node), None)
        });
        Ok(Some(Entry { key, value, optional: true }))
    }
}

/// An element of a tuple; where the tuple was built in this expression, what it was built of.
pub(super) fn element(tuple: Node, position: usize) -> Node {
    match tuple {
        Node::Array(items) if position < items.len() => items[position].value.clone(),
        tuple => tuple.index(Node::json(position.into())),
    }
}

/// When the key of a field is there. What it is to be empty is known of strings, arrays and maps only.
fn presence(field: &Field, ty: &Type<'_>) -> Presence {
    match (field.presence, ty) {
        (Presence::UnlessEmpty, Type::String | Type::Sequence(_) | Type::Map(_)) => Presence::UnlessEmpty,
        (Presence::UnlessEmpty, _) => Presence::UserDefined,
        (presence, _) => presence,
    }
}

/// Whether a value of the type may be `null` in JSON.
fn may_be_null(ty: &Type<'_>) -> bool {
    match ty {
        Type::Unknown | Type::Unit | Type::Json | Type::Opaque | Type::Option(_) => true,
        Type::Struct(shape) => !matches!(shape.fields, Fields::Named(_)),
        Type::Enum(shape) => shape.tagging == Tagging::Untagged,
        _ => false,
    }
}

fn no_field(name: &str, owner: &str) -> Refusal {
    Refusal::new(format!(
        "`{owner}` has no field `{name}` in its JSON; where serde is told to write `{owner}` in a way of its own, read \
         it in a `#[task]`"
    ))
}
