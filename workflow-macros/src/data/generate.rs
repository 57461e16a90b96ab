//! Prints the `impl` of `Data`.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::attributes::{Presence, Tagging};
use super::bounds;
use super::item::{Body, Default, Field, Fields, Item, Value, Variant};
use super::recursion::{mentions, parts_without};

/// ```text
/// #[automatically_derived]
/// impl<T> ::workflow_runtime::Data for Page<T> where T: ::workflow_runtime::Data {
///     const LOSSY: bool = false || <Vec<T> as ::workflow_runtime::Data>::LOSSY;
///     const NULL: bool = false;
///     fn shape(shapes: &mut Shapes) -> ShapeRef {
///         shapes.define::<Self>(|shapes| Shape::Struct(…))
///     }
/// }
/// ```
pub(super) fn implementation(item: &Item) -> TokenStream {
    let (krate, ident) = (&item.krate, &item.ident);
    let predicates = bounds::predicates(item);
    let (impl_generics, ty_generics, where_clause) = item.generics.split_for_impl();
    let user_predicates = where_clause.map(|clause| clause.predicates.iter()).into_iter().flatten();
    let (lossy, null) = (lossy(item), null(item));
    let name = item_name(item);
    let shape = Printer { krate: &item.krate }.body(&name, &item.body);
    quote! {
        #[automatically_derived]
        impl #impl_generics #krate::Data for #ident #ty_generics where #(#user_predicates,)* #predicates {
            const LOSSY: bool = #lossy;
            const NULL: bool = #null;

            fn shape(shapes: &mut #krate::model::shape::Shapes) -> #krate::model::shape::ShapeRef {
                shapes.define::<Self>(|shapes| {
                    let _ = &shapes;
                    #shape
                })
            }
        }
    }
}

fn item_name(item: &Item) -> String {
    syn::ext::IdentExt::unraw(&item.ident).to_string()
}

/// Whether a value may be lost on its way through JSON: `true`, or what the types of the fields say.
fn lossy(item: &Item) -> TokenStream {
    if item.lossy {
        return quote!(true);
    }
    let krate = &item.krate;
    let mut parts = BTreeMap::new();
    for value in item.values() {
        if let Value::Of(ty) = value {
            parts.extend(parts_without(ty, &item.ident).into_iter().map(|part| (quote!(#part).to_string(), part)));
        }
    }
    // On the field's own tokens, so that rustc shows the way around when types contain each other.
    let parts = parts.values().map(|part| quote_spanned!(part.span()=> || <#part as #krate::Data>::LOSSY));
    quote!(false #(#parts)*)
}

/// Whether `null` is the JSON of a value.
fn null(item: &Item) -> TokenStream {
    let krate = &item.krate;
    match &item.body {
        Body::Struct(Fields::Unit) => quote!(true),
        Body::Struct(Fields::Newtype { value: Value::Of(ty), .. }) if !mentions(ty, &item.ident) => {
            quote!(<#ty as #krate::Data>::NULL)
        }
        // Nothing is known of the value, so the safe side is that it may be.
        Body::Opaque | Body::Struct(Fields::Newtype { .. }) | Body::Enum { tagging: Tagging::Untagged, .. } => {
            quote!(true)
        }
        Body::Struct(Fields::Tuple(_) | Fields::Named(_)) | Body::Enum { .. } => quote!(false),
    }
}

/// Prints shapes.
struct Printer<'a> {
    krate: &'a syn::Path,
}

impl Printer<'_> {
    fn body(&self, name: &str, body: &Body) -> TokenStream {
        let shape = self.shape_module();
        match body {
            Body::Opaque => quote!(#shape::Shape::Opaque),
            Body::Struct(fields) => {
                let fields = self.fields(fields);
                quote!(#shape::Shape::Struct(#shape::StructShape { name: #name, fields: #fields }))
            }
            Body::Enum { tagging, variants } => {
                let tagging = self.tagging(tagging);
                let variants = list(variants.iter().map(|variant| self.variant(variant)));
                quote! {
                    #shape::Shape::Enum(#shape::EnumShape { name: #name, tagging: #tagging, variants: #variants })
                }
            }
        }
    }

    fn tagging(&self, tagging: &Tagging) -> TokenStream {
        let shape = self.shape_module();
        match tagging {
            Tagging::External => quote!(#shape::Tagging::External),
            Tagging::Internal { tag } => quote!(#shape::Tagging::Internal { tag: #tag }),
            Tagging::Adjacent { tag, content } => quote!(#shape::Tagging::Adjacent { tag: #tag, content: #content }),
            Tagging::Untagged => quote!(#shape::Tagging::Untagged),
        }
    }

    fn variant(&self, variant: &Variant) -> TokenStream {
        let (shape, Variant { rust, json, .. }) = (self.shape_module(), variant);
        let fields = self.fields(&variant.fields);
        quote!(#shape::Variant { rust: #rust, json: #json, fields: #fields })
    }

    fn fields(&self, fields: &Fields) -> TokenStream {
        let shape = self.shape_module();
        match fields {
            Fields::Unit => quote!(#shape::Fields::Unit),
            Fields::Newtype { rust, value } => {
                let value = self.value(value);
                let rust = match rust {
                    Some(rust) => quote!(::core::option::Option::Some(#rust)),
                    None => quote!(::core::option::Option::None),
                };
                quote!(#shape::Fields::Newtype { rust: #rust, shape: #value })
            }
            Fields::Tuple(values) => {
                let values = list(values.iter().map(|value| self.value(value)));
                quote!(#shape::Fields::Tuple(#values))
            }
            Fields::Named(fields) => {
                let fields = list(fields.iter().map(|field| self.field(field)));
                quote!(#shape::Fields::Named(#fields))
            }
        }
    }

    fn field(&self, field: &Field) -> TokenStream {
        let (shape, Field { rust, json, .. }) = (self.shape_module(), field);
        let value = self.value(&field.value);
        let presence = match (field.presence, &field.default) {
            (Presence::Always, Default::None) => quote!(#shape::Presence::Always),
            (Presence::Always, default) => self.present_or(default),
            (Presence::UnlessNone, _) => quote!(#shape::Presence::UnlessNone),
            (Presence::UnlessEmpty, _) => quote!(#shape::Presence::UnlessEmpty),
            (Presence::UserDefined, _) => quote!(#shape::Presence::UserDefined),
            (Presence::Never, _) => quote!(#shape::Presence::Never),
        };
        quote!(#shape::Field { rust: #rust, json: #json, shape: #value, presence: #presence })
    }

    /// The value is made where the shapes are: when a workflow is exported.
    fn present_or(&self, default: &Default) -> TokenStream {
        let value = match default {
            Default::None => return TokenStream::new(),
            Default::OfType(ty) => quote_spanned!(ty.span()=> <#ty as ::core::default::Default>::default()),
            Default::Function(ty, function) => quote!({ let value: #ty = #function(); value }),
            Default::OfStruct(field) => quote!(<Self as ::core::default::Default>::default().#field),
        };
        let krate = self.krate;
        quote!(#krate::__private::present_or(shapes, &#value))
    }

    fn value(&self, value: &Value) -> TokenStream {
        let (krate, shape) = (self.krate, self.shape_module());
        match value {
            Value::Opaque => quote!(shapes.add(#shape::Shape::Opaque)),
            Value::Of(ty) => quote!(<#ty as #krate::Data>::shape(shapes)),
        }
    }

    fn shape_module(&self) -> TokenStream {
        let krate = self.krate;
        quote!(#krate::model::shape)
    }
}

fn list(items: impl Iterator<Item = TokenStream>) -> TokenStream {
    quote!(::std::vec![#(#items),*])
}
