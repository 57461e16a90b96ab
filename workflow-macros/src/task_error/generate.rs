//! Prints the `impl` of `TaskError`.

use proc_macro2::TokenStream;
use quote::quote;

use super::Item;

/// ```text
/// #[automatically_derived]
/// impl ::workflow_runtime::TaskError for ServiceError {
///     const NAMES: &'static [(&'static str, &'static str)] = &[("Throttled", "ServiceError.Throttled")];
///     fn name(&self) -> &'static str {
///         match self {
///             Self::Throttled { .. } => "ServiceError.Throttled",
///         }
///     }
/// }
/// ```
pub(super) fn implementation(item: &Item) -> TokenStream {
    let (krate, ident) = (&item.krate, &item.input.ident);
    let (impl_generics, ty_generics, where_clause) = item.input.generics.split_for_impl();
    let user_predicates = where_clause.map(|clause| clause.predicates.iter()).into_iter().flatten();
    // Whether a generic error is an error is for its arguments to say.
    let own_predicate = (!item.input.generics.params.is_empty())
        .then(|| quote!(Self: ::core::error::Error + ::core::marker::Send + 'static,));
    let names = item.cases.iter().map(|case| {
        let (rust, name) = (&case.rust, &case.name);
        quote!((#rust, #name))
    });
    let name = name(item);
    quote! {
        #[automatically_derived]
        impl #impl_generics #krate::TaskError for #ident #ty_generics where #(#user_predicates,)* #own_predicate {
            const NAMES: &'static [(&'static str, &'static str)] = &[#(#names),*];

            fn name(&self) -> &'static str {
                #name
            }
        }
    }
}

/// The body of `name`.
fn name(item: &Item) -> TokenStream {
    let names = item.cases.iter().map(|case| &case.name);
    if matches!(item.input.data, syn::Data::Struct(_)) {
        return quote!(#(#names)*);
    }
    let variants = item.cases.iter().map(|case| &case.ident);
    // An enum without variants has no values, which a match says of the value but not of a reference to it.
    let scrutinee = if item.cases.is_empty() { quote!(*self) } else { quote!(self) };
    quote! {
        match #scrutinee {
            #(Self::#variants { .. } => #names,)*
        }
    }
}
