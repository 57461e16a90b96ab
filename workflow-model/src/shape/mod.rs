//! What a type looks like in JSON.
//!
//! `#[derive(Data)]` describes each type once; [`Shapes`] holds the descriptions, so that a recursive type refers to itself
//! by its [`ShapeRef`]. Portable expressions are lowered to JSONata by them.

use std::any::TypeId;
use std::collections::HashMap;
use std::fmt;

use serde_json::Value;

/// An index into a [`Shapes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ShapeRef(usize);

/// What a value looks like in JSON, and what Rust calls its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// `true` or `false`.
    Bool,
    /// A whole number, within the range of its Rust type.
    Integer {
        /// The Rust type, as in `u32`.
        rust: &'static str,
        /// The least value.
        min: i128,
        /// The greatest value.
        max: i128,
    },
    /// `f32` or `f64`.
    Float,
    /// A string.
    String,
    /// A string of one character.
    Char,
    /// `()`: `null`.
    Unit,
    /// Any JSON: `serde_json::Value`.
    Json,
    /// Something that no expression may look into: `#[data(opaque)]`.
    Opaque,
    /// `null`, or the inner shape.
    Option(ShapeRef),
    /// An array whose elements are alike.
    Sequence(ShapeRef),
    /// An array of a fixed length, an element of each shape.
    Tuple(Vec<ShapeRef>),
    /// An object whose keys are data.
    Map(ShapeRef),
    /// A struct.
    Struct(StructShape),
    /// An enum.
    Enum(EnumShape),
}

/// A struct.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StructShape {
    /// Its Rust name.
    pub name: &'static str,
    /// Its fields.
    pub fields: Fields,
}

/// The fields of a struct or a variant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fields {
    /// None: `null` as a struct; as a variant, what the enum's [`Tagging`] makes of it.
    Unit,
    /// One field without a name: its JSON is the inner value's. Also `#[serde(transparent)]`, whose one field may have
    /// a Rust name.
    Newtype {
        /// The Rust name of the field of a transparent struct.
        rust: Option<&'static str>,
        /// The inner value.
        shape: ShapeRef,
    },
    /// Several fields without names: an array.
    Tuple(Vec<ShapeRef>),
    /// An object.
    Named(Vec<Field>),
}

/// A named field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its Rust name, without a leading `r#`.
    pub rust: &'static str,
    /// Its key in JSON.
    pub json: &'static str,
    /// Its value.
    pub shape: ShapeRef,
    /// When the key is there.
    pub presence: Presence,
}

/// When the key of a [`Field`] is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Always.
    Always,
    /// Not when the value is `None`: `#[serde(skip_serializing_if = "Option::is_none")]`.
    UnlessNone,
    /// Not when the value is empty: `skip_serializing_if = "Vec::is_empty"` or `"String::is_empty"` and their like.
    UnlessEmpty,
    /// Always in what serde writes; where it is missing in what comes from outside, serde takes a default:
    /// `#[serde(default)]`.
    Default(DefaultRef),
    /// Not when a function of the user's says so: no expression may build or read the field.
    UserDefined,
    /// Never: `#[serde(skip)]`.
    Never,
}

/// A value in [`Shapes::default_value`] that a missing field is taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DefaultRef(usize);

/// An enum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnumShape {
    /// Its Rust name.
    pub name: &'static str,
    /// How the variant is told in JSON.
    pub tagging: Tagging,
    /// Its variants, in source order.
    pub variants: Vec<Variant>,
}

/// How JSON tells which variant of an enum a value is: serde's four representations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tagging {
    /// `{"Running": …}`, or `"Running"` for a unit variant.
    External,
    /// `{"status": "running", …}`.
    Internal {
        /// The key of the tag.
        tag: &'static str,
    },
    /// `{"status": "running", "value": …}`.
    Adjacent {
        /// The key of the tag.
        tag: &'static str,
        /// The key of the content.
        content: &'static str,
    },
    /// The value alone, told by its structure.
    Untagged,
}

/// A variant of an enum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// Its Rust name.
    pub rust: &'static str,
    /// Its name in JSON.
    pub json: &'static str,
    /// Its fields.
    pub fields: Fields,
}

/// The shapes of all types that a workflow's data is made of.
#[derive(Default)]
pub struct Shapes {
    shapes: Vec<Option<Shape>>,
    by_type: HashMap<TypeId, ShapeRef>,
    defaults: Vec<Value>,
}

/// The same shapes give the same text, by which an engine knows whether the data of its executions has changed. So which of Rust's types
/// they are of is not in it: neither is its order always the same, nor are the numbers of types.
impl fmt::Debug for Shapes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shapes").field("shapes", &self.shapes).field("defaults", &self.defaults).finish_non_exhaustive()
    }
}

impl Shapes {
    /// No shapes yet.
    pub fn new() -> Self {
        Shapes::default()
    }

    /// The shape of `T`, described by `describe` when it is asked for the first time.
    ///
    /// While `describe` runs, `T` has a reference already, so a type may contain itself.
    pub fn define<T: ?Sized + 'static>(&mut self, describe: impl FnOnce(&mut Shapes) -> Shape) -> ShapeRef {
        if let Some(&known) = self.by_type.get(&TypeId::of::<T>()) {
            return known;
        }
        let reference = ShapeRef(self.shapes.len());
        self.shapes.push(None);
        self.by_type.insert(TypeId::of::<T>(), reference);
        let shape = describe(self);
        self.shapes[reference.0] = Some(shape);
        reference
    }

    /// Adds a shape that belongs to no Rust type.
    pub fn add(&mut self, shape: Shape) -> ShapeRef {
        let reference = ShapeRef(self.shapes.len());
        self.shapes.push(Some(shape));
        reference
    }

    /// When the key of a field is there that serde takes from `default` where it is missing.
    pub fn present_or(&mut self, default: Value) -> Presence {
        // A missing `Option` is `None` without a default.
        if default.is_null() {
            return Presence::Always;
        }
        self.defaults.push(default);
        Presence::Default(DefaultRef(self.defaults.len() - 1))
    }

    /// What a missing field is.
    pub fn default_value(&self, default: DefaultRef) -> &Value {
        &self.defaults[default.0]
    }

    /// The shape behind a reference.
    ///
    /// # Panics
    ///
    /// When the reference is of another `Shapes`, or its description has not ended yet.
    pub fn get(&self, reference: ShapeRef) -> &Shape {
        self.shapes[reference.0].as_ref().expect("a shape is read only after its description has ended")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_shapes_are_the_same_text() {
        let text = || {
            let mut shapes = Shapes::new();
            shapes.define::<bool>(|_| Shape::Bool);
            shapes.define::<[bool; 1]>(|_| Shape::Bool);
            shapes.define::<[bool; 2]>(|_| Shape::Bool);
            shapes.define::<[bool; 3]>(|_| Shape::Bool);
            shapes.define::<[bool; 4]>(|_| Shape::Bool);
            format!("{shapes:?}")
        };
        assert_eq!(text(), text());
    }
}
