//! What a distributed `#[map]` adds to a map.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::Type;
use syn::spanned::Spanned;
use workflow_model::states::{Distributed, InputType, ItemReader, Map};

use super::ambient::{After, Ambient};
use super::drive::call;
use super::parallel::position;
use super::{Workflow, arithmetic, catch, edge, retry};
use crate::workflow::source::{KindSource, StateSource};
use crate::workflow::spanned;

/// ```text
/// let __place = run.evaluate("ResultWriter/Arguments", || …);
/// let __input = match &__place { Ok(_) => Ok(ItemSource::List(…)), Err(fault) => Err(fault) };
/// let __result = <Resize as Child>::run_distributed::<Self, _, _, _, _>(
///     __child, run, const { &DistributedInfo { … } }, __input, |_| None, |_, __item, _| Ok(__item), |items| Ok(items), AllSucceeded,
/// ).await;
/// ```
pub(super) fn run(
    workflow: &Workflow,
    source: &StateSource,
    map: &Map,
    distributed: &Distributed,
    select: &TokenStream,
) -> TokenStream {
    let KindSource::Map { field, child, .. } = &source.kind else {
        unreachable!("the kind of a state is the same in the source and in the model")
    };
    let private = workflow.private();
    let info = info(workflow, source, map, distributed);
    let (made, keep) = (items(workflow, source, distributed), keep(workflow, source, map, distributed));
    let pack = pack(workflow, child, distributed);
    let (place, gather) = gather(workflow, source, distributed);
    let (run_map, child_type) = (workflow.child(child, "run_distributed"), workflow.child(child, "Itself"));
    let held = quote_spanned!(field.span()=> let __child: &#child_type = &#field;);
    let its_field = quote_spanned!(field.span()=> __child);
    let locals = spanned::locals(child.span(), child.span());
    let started = quote_spanned! {child.span()=>
        #run_map::<Self, _, _, _, _>(#its_field, run, #info, __input, #keep, #select, #pack, __gather).await
    };
    quote! {
        let __place: ::core::result::Result<_, #private::Fault> = #place;
        let (__input, __gather) = match __place {
            ::core::result::Result::Ok(__place) => (#made, ::core::option::Option::Some(#gather)),
            ::core::result::Result::Err(__fault) => (::core::result::Result::Err(__fault), ::core::option::Option::None),
        };
        let __result = { #locals #held #started };
    }
}

fn info(workflow: &Workflow, source: &StateSource, map: &Map, distributed: &Distributed) -> TokenStream {
    let private = workflow.private();
    let (state, most) = (position(workflow, source), map.max_concurrency.unwrap_or(0) as usize);
    let retriers = retry::retriers(workflow, &map.retry);
    let label = optional(distributed.label.as_ref().map(|label| quote!(#label)));
    let reader = optional(distributed.reader.as_ref().map(|reader| self::reader(workflow, reader)));
    let count = optional(distributed.tolerated_failure_count.map(|count| quote!(#count)));
    let percentage = optional(distributed.tolerated_failure_percentage.map(|percentage| quote!(#percentage)));
    quote! {
        const {
            &#private::DistributedInfo {
                state: #state,
                max_concurrency: #most,
                label: #label,
                reader: #reader,
                tolerated_failure_count: #count,
                tolerated_failure_percentage: #percentage,
                retry: #retriers,
            }
        }
    }
}

fn optional(value: Option<TokenStream>) -> TokenStream {
    match value {
        Some(value) => quote!(::core::option::Option::Some(#value)),
        None => quote!(::core::option::Option::None),
    }
}

fn reader(workflow: &Workflow, reader: &ItemReader) -> TokenStream {
    let private = workflow.private();
    let input = match &reader.input {
        InputType::Json => quote!(Json),
        InputType::JsonLines => quote!(JsonLines),
        InputType::Csv { headers, delimiter } => {
            let headers = match headers {
                None => quote!(FirstRow),
                Some(names) => quote!(Given(&[#(#names),*])),
            };
            let delimiter = proc_macro2::Literal::byte_character(u8::try_from(delimiter.as_char()).unwrap_or(b','));
            quote!(Csv { headers: #private::CsvHeaders::#headers, delimiter: #delimiter })
        }
    };
    let max_items = reader.max_items.unwrap_or(0) as usize;
    quote!(#private::ReaderInfo { input: #private::InputType::#input, max_items: #max_items })
}

/// Where the items come from.
fn items(workflow: &Workflow, source: &StateSource, distributed: &Distributed) -> TokenStream {
    let private = workflow.private();
    let KindSource::Map { items, .. } = &source.kind else {
        unreachable!("the kind of a state is the same in the source and in the model")
    };
    let (location, kind, into) = match &distributed.reader {
        Some(_) => ("ItemReader/Arguments", quote!(Object), of(workflow, items, "ReadFrom", "object")),
        None => ("Items", quote!(List), of(workflow, items, "Items", "into_items")),
    };
    let made = match source.body {
        Some(_) => {
            let made = call(workflow, source, &quote!(__input));
            quote!(run.evaluate(#location, move || #into(#made)))
        }
        None => quote!(::core::result::Result::<_, #private::Fault>::Ok(#into(__input))),
    };
    quote!(#made.map(#private::ItemSource::#kind))
}

fn of(workflow: &Workflow, ty: &Type, owner: &str, name: &str) -> Type {
    spanned::projection(ty, &workflow.krate, &["__private", owner], name)
}

/// What keeps the items for another attempt.
fn keep(workflow: &Workflow, source: &StateSource, map: &Map, distributed: &Distributed) -> TokenStream {
    let KindSource::Map { items, .. } = &source.kind else {
        unreachable!("the kind of a state is the same in the source and in the model")
    };
    match (map.retry.is_empty(), &distributed.reader) {
        (true, _) => quote!(|_| ::core::option::Option::None),
        (false, Some(_)) => quote!(|__items| __items.kept(|_| ::std::vec::Vec::new())),
        (false, None) => {
            let copy = catch::copy_of(workflow, items);
            quote!(|__items| __items.kept(|__items| #copy(__items)))
        }
    }
}

/// What makes the inputs of the executions out of what is selected.
fn pack(workflow: &Workflow, child: &Type, distributed: &Distributed) -> TokenStream {
    let private = workflow.private();
    match distributed.batch {
        None => quote!(|__items| ::core::result::Result::Ok(__items)),
        Some(batch) => {
            let [items, bytes] = [batch.max_items, batch.max_input_bytes].map(|limit| limit.unwrap_or(0) as usize);
            let info = quote!(#private::BatchInfo { max_items: #items, max_input_bytes: #bytes });
            // A workflow that takes no batch is said to take none where it stands.
            let pack = of(workflow, &workflow.child(child, "Input"), "Batched", "pack");
            quote!(|__items| #pack(__items, #info))
        }
    }
}

/// The place to which results are written, and what makes the result of the map.
fn gather(workflow: &Workflow, source: &StateSource, distributed: &Distributed) -> (TokenStream, TokenStream) {
    let private = workflow.private();
    let KindSource::Map { distributed: Some(written), .. } = &source.kind else {
        unreachable!("the kind of a state is the same in the source and in the model")
    };
    let Some(writer) = &written.writer else {
        let kind = if distributed.tolerates_failures() { quote!(WithFailures) } else { quote!(AllSucceeded) };
        return (quote!(::core::result::Result::Ok(())), quote!({ let () = __place; #private::#kind }));
    };
    let copy = catch::copy(workflow, source);
    let kept = (!writer.inputs.is_empty()).then(|| quote!(let __written_from = #copy(&__input);));
    let bindings = edge::bindings(writer, &[&quote!(__written_from)]);
    let body = arithmetic::checked(workflow, &writer.body);
    let krate = &workflow.krate;
    let place = spanned::at(writer.body.span(), quote!(#krate::S3Prefix));
    let evaluated = quote!(run.evaluate("ResultWriter/Arguments", move || -> #place { #bindings #body }));
    let evaluated = Ambient::of_closure(workflow, writer).bound(After::Entry, evaluated);
    (quote!({ #kept #evaluated }), quote!(#private::Written(__place)))
}
