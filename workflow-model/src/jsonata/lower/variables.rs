//! The variables of a workflow, which outlive an expression.

use super::{Lowerer, Value};
use crate::Definition;
use crate::jsonata::ast::Node;
use crate::jsonata::refusal::Refusal;
use crate::jsonata::types::Type;
use crate::shape::{Field, Fields, Presence, Shape, StructShape};

impl<'a> Lowerer<'a> {
    /// `vars.polls`.
    pub(super) fn variable(&mut self, name: &str) -> Result<Value<'a>, Refusal> {
        let field = field(self.definition, name)?;
        Ok(Value::new(Node::Variable(exported_name(self.definition, name).to_owned()), self.ty(field.shape)))
    }

    /// The type of a variable.
    pub(crate) fn variable_type(&self, name: &str) -> Result<Type<'a>, Refusal> {
        Ok(self.ty(field(self.definition, name)?.shape))
    }

    /// What a variable begins as.
    pub(crate) fn first_value(&self, name: &str) -> Result<Node, Refusal> {
        let field = field(self.definition, name)?;
        let first = self.definition.variables.as_ref().and_then(|variables| variables.value.get(field.json));
        Ok(match (first, field.presence) {
            (Some(value), _) => Node::json(value.clone()),
            // What is left out of the JSON of a struct.
            (None, Presence::UnlessEmpty) => Self::empty(&self.ty(field.shape)),
            (None, _) => Node::NULL,
        })
    }
}

/// The names of all variables on AWS, whether or not they are used.
pub(super) fn names(definition: &Definition) -> impl Iterator<Item = String> {
    fields(definition).iter().map(|field| exported_name(definition, field.rust).to_owned())
}

/// What a variable is called on AWS.
pub(crate) fn exported_name<'a>(definition: &'a Definition, name: &'a str) -> &'a str {
    let renamed = definition.variables.as_ref().and_then(|variables| variables.renamed.get(name));
    renamed.map_or(name, String::as_str)
}

fn fields(definition: &Definition) -> &[Field] {
    let shape = definition.variables.as_ref().map(|variables| definition.shapes.get(variables.shape));
    match shape {
        Some(Shape::Struct(StructShape { fields: Fields::Named(fields), .. })) => fields,
        _ => &[],
    }
}

/// The field that is the variable `name`.
fn field<'a>(definition: &'a Definition, name: &str) -> Result<&'a Field, Refusal> {
    let field = fields(definition).iter().find(|field| field.rust == name);
    let field = field.ok_or_else(|| {
        Refusal::new(format!(
            "there is no variable `{name}`: the variables of a workflow are the named fields of a struct"
        ))
    })?;
    if matches!(field.presence, Presence::Never | Presence::UserDefined) {
        return Err(Refusal::new(format!(
            "the variable `{name}` is left out of the JSON of its struct, so it cannot be one on AWS; remove its \
             `#[serde(skip)]` or `skip_serializing_if`"
        )));
    }
    Ok(field)
}
