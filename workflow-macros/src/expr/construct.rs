//! Construction of structs and variants.

use syn::punctuated::Punctuated;
use syn::{ExprStruct, Member, Path, QSelf, Token, Type, TypePath};
use workflow_model::expr::{Construct, ConstructFields, Expr};
use workflow_model::machine::TypeRef;

use super::binding::{is_camel_case, member, name};
use super::place::Place;
use super::{Reader, all};

impl Reader<'_> {
    /// `Pending { ticket, polls: 0 }`
    pub(super) fn struct_literal(&mut self, literal: &ExprStruct, place: Place) -> Option<Expr> {
        if let Some(dots) = literal.dot2_token {
            self.refuse::<()>(
                dots,
                "`..` cannot take the other fields from another value: which ones they are is not known here",
                "write each field, as in `name: base.name`",
            );
        }
        let fields = all(literal.fields.iter().map(|field| {
            self.no_cfg(&field.attrs)?;
            if let Member::Unnamed(index) = &field.member {
                return self.refuse(index, "a field is named by its position here", "write `Name(value)`");
            }
            Some((member(&field.member), self.expr(&field.expr, Place::DECIDED)?))
        }));
        let fields = fields.filter(|_| literal.dot2_token.is_none()).map(ConstructFields::Named);
        self.construct(literal.qself.as_ref(), &literal.path, fields, place)
    }

    /// A value of the struct or variant that `path` names. `fields` is `None` where one of them was refused.
    pub(super) fn construct(
        &mut self,
        qself: Option<&QSelf>,
        path: &Path,
        fields: Option<ConstructFields>,
        place: Place,
    ) -> Option<Expr> {
        let last = path.segments.last()?;
        if let Some(qself) = qself {
            return self.refuse(&qself.ty, "what is built here has no name of its own", "write the name of the type");
        }
        if path.segments.first().is_some_and(|first| first.ident == "Self") {
            return self.refuse(
                path,
                "`Self` is the workflow, which is not data: its fields do not cross edges",
                "name a type that derives `Data`",
            );
        }
        let is_variant = owner(path).is_some();
        let type_ref = if place.decided { None } else { Some(self.constructed_type(path, is_variant)) };
        Some(Expr::Construct(Construct { type_ref, name: name(&last.ident), is_variant, fields: fields? }))
    }

    /// The type that `path` makes a value of: of a variant that is the path before it.
    fn constructed_type(&mut self, path: &Path, is_variant: bool) -> TypeRef {
        let mut path = path.clone();
        if is_variant {
            let kept = path.segments.len() - 1;
            path.segments = path.segments.into_iter().take(kept).collect::<Punctuated<_, Token![::]>>();
        }
        self.tables.type_ref(&Type::Path(TypePath { attrs: Vec::new(), qself: None, path }))
    }
}

/// The enum before the variant in a path, if the path is of a variant: both are written in camel case.
pub(super) fn owner(path: &Path) -> Option<&syn::PathSegment> {
    let mut segments = path.segments.iter().rev();
    let (last, owner) = (segments.next()?, segments.next()?);
    (last.ident.to_string().starts_with(char::is_uppercase) && is_camel_case(&owner.ident)).then_some(owner)
}

/// Whether a path is `Some` or `None`, with or without `Option::` before it.
pub(super) fn is_option(path: &Path, variant: &str) -> bool {
    let is_variant = path.segments.last().is_some_and(|last| last.ident == variant && last.arguments.is_none());
    is_variant && (path.segments.len() == 1 || owner(path).is_some_and(|owner| owner.ident == "Option"))
}
