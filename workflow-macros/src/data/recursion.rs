//! Types that contain themselves.
//!
//! `LOSSY` is a constant, and a constant that asks for itself does not compile. So a field whose type mentions the type
//! that is described is taken apart, and only those of its parts are asked that do not.

use syn::visit::{self, Visit};
use syn::{GenericArgument, Ident, Path, PathArguments, Type};

/// The parts of `ty` that do not mention `own`: of `Vec<(Tree, Leaf)>` in `Tree` that is `Leaf`.
pub(super) fn parts_without<'a>(ty: &'a Type, own: &Ident) -> Vec<&'a Type> {
    if !mentions(ty, own) {
        return vec![ty];
    }
    match ty {
        Type::Path(path) => match path.path.segments.last() {
            Some(segment) if !is_own(&segment.ident, own) => {
                arguments(&segment.arguments).into_iter().flat_map(|argument| parts_without(argument, own)).collect()
            }
            _ => Vec::new(),
        },
        Type::Tuple(tuple) => tuple.elems.iter().flat_map(|element| parts_without(element, own)).collect(),
        Type::Array(array) => parts_without(&array.elem, own),
        Type::Paren(paren) => parts_without(&paren.elem, own),
        Type::Group(group) => parts_without(&group.elem, own),
        _ => Vec::new(),
    }
}

fn arguments(arguments: &PathArguments) -> Vec<&Type> {
    let PathArguments::AngleBracketed(arguments) = arguments else {
        return Vec::new();
    };
    let types = arguments.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    types.collect()
}

fn is_own(ident: &Ident, own: &Ident) -> bool {
    ident == own || ident == "Self"
}

/// Whether `ty` names the type `own` that is described.
pub(super) fn mentions(ty: &Type, own: &Ident) -> bool {
    let mut search = Search { own, found: false };
    search.visit_type(ty);
    search.found
}

struct Search<'a> {
    own: &'a Ident,
    found: bool,
}

impl<'a> Visit<'a> for Search<'_> {
    fn visit_path(&mut self, path: &'a Path) {
        self.found |= path.segments.last().is_some_and(|segment| is_own(&segment.ident, self.own));
        visit::visit_path(self, path);
    }
}
