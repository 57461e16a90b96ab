//! The bounds of the generated `impl`, by serde's rule: one for each type parameter that a field's type mentions.

use proc_macro2::TokenStream;
use quote::quote;
use syn::visit::{self, Visit};
use syn::{Ident, Path, Type, TypePath};

use super::item::{Item, Value};

/// The predicates to add: the author's own where there are some, else `T: Data` for each type parameter that is
/// written, `T: 'static` for each other one, and `T::Item: Data` for the associated types that fields have.
pub(super) fn predicates(item: &Item) -> TokenStream {
    if let Some(bound) = &item.bound {
        return quote!(#(#bound,)*);
    }
    let krate = &item.krate;
    let mut uses =
        Uses { params: item.generics.type_params().map(|param| (&param.ident, false)).collect(), associated: vec![] };
    for value in item.values() {
        if let Value::Of(ty) = value {
            uses.visit_type(ty);
        }
    }
    let params = uses
        .params
        .iter()
        .map(|(param, written)| if *written { quote!(#param: #krate::Data,) } else { quote!(#param: 'static,) });
    let associated = &uses.associated;
    // Lifetimes are refused, and what is generated besides that error should not be another one.
    let lifetimes = item.generics.lifetimes().map(|param| &param.lifetime);
    quote!(#(#lifetimes: 'static,)* #(#params)* #(#associated: #krate::Data,)*)
}

/// Which type parameters the types of fields mention.
struct Uses<'a> {
    params: Vec<(&'a Ident, bool)>,
    associated: Vec<&'a TypePath>,
}

impl<'a> Visit<'a> for Uses<'a> {
    fn visit_type(&mut self, ty: &'a Type) {
        if let Type::Path(path) = ty
            && path.qself.is_none()
            && path.path.segments.len() > 1
            && path.path.leading_colon.is_none()
            && self.params.iter().any(|(param, _)| path.path.segments[0].ident == **param)
        {
            self.associated.push(path);
            return;
        }
        visit::visit_type(self, ty);
    }

    fn visit_path(&mut self, path: &'a Path) {
        // `PhantomData<T>` is written whether or not `T` is.
        if path.segments.last().is_some_and(|segment| segment.ident == "PhantomData") {
            return;
        }
        if let Some(ident) = path.get_ident() {
            for (param, written) in &mut self.params {
                *written |= *param == ident;
            }
        }
        visit::visit_path(self, path);
    }
}
