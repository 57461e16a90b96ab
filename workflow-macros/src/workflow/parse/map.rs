//! `#[map(self.field: Workflow, max_concurrency, item_selector, next | end)] fn state(input: I) -> Vec<Item> { … }`, or without a body
//! where the input is the list. `nested(self.field: Workflow)` instead of the field runs each item as an execution of its own.

use proc_macro2::{Ident, TokenStream};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Expr, ExprClosure, ReturnType, Token, Type, parenthesized, parse_quote};
use workflow_model::finding::StatePart;
use workflow_model::states::{Branch, ItemSelector, Map, StateKind};

use super::child::ChildField;
use super::options::{Options, is_unread};
use super::parallel::label;
use super::state::Draft;
use super::{Parser, distributed};
use crate::workflow::source::KindSource;

/// The options of `#[map]` behind the field.
const OPTIONS: &[&str] = &["max_concurrency", "item_selector", "distributed", "next", "end", "name"];

/// `self.poll: PollService, max_concurrency = 10, next = done`.
struct MapArguments {
    processor: ChildField,
    is_nested: bool,
    options: TokenStream,
}

impl Parse for MapArguments {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let is_nested = input.peek(Ident::peek_any)
            && input.peek2(syn::token::Paren)
            && input.fork().call(Ident::parse_any)? == "nested";
        let processor = if is_nested {
            input.call(Ident::parse_any)?;
            let content;
            parenthesized!(content in input);
            processor(&content)?
        } else {
            processor(input)?
        };
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
        Ok(MapArguments { processor, is_nested, options: input.parse()? })
    }
}

fn processor(input: ParseStream<'_>) -> syn::Result<ChildField> {
    if !input.peek(Token![self]) {
        let message = "a `#[map]` names the field that holds the workflow to run for each item, and its type, first: \
                       `self.pack: Pack`, or `nested(self.pack: Pack)` for executions of their own";
        return Err(syn::Error::new(input.span(), message));
    }
    input.parse()
}

impl Parser<'_> {
    pub(super) fn map(&mut self, draft: &Draft<'_>) -> (StateKind, KindSource, Option<String>) {
        self.portable_signature(draft);
        let arguments = match draft.parse::<MapArguments>() {
            Ok(arguments) => arguments,
            Err(error) => {
                self.errors.syntax(error);
                return (super::state::broken(), KindSource::Broken, None);
            }
        };
        let MapArguments { processor: ChildField { field, child }, is_nested, options } = arguments;
        let child = self.named(child);
        let items = self.item_list(draft);
        let items_type = self.tables.type_ref(&items);
        let known = [OPTIONS, &distributed::OPTIONS].concat();
        let mut options = self.options(options, "#[map]", &known);
        let distributed = self.distributed(draft, &mut options, is_nested);
        let (distributed, distributed_source) = distributed.unzip();
        let result = self.map_output(&child, distributed.as_ref());
        let output = self.tables.type_ref(&result);
        let max_concurrency = options.number("max_concurrency", "10", self.errors).map(|(number, value)| {
            self.places.set(draft.place(StatePart::Option("max_concurrency")), value);
            number
        });
        let selector_source = self.selector_closure(&mut options);
        let selected = self.selected(&child, distributed.as_ref());
        let item = self.item_type(&items, &selected, selector_source.as_ref(), distributed.as_ref());
        let selector =
            selector_source.as_ref().and_then(|closure| self.item_selector(draft, closure, &item, &selected));
        let asl_name = self.asl_name(draft, &mut options);
        let (next, next_source) = self.next_of_result(draft, &mut options, output);
        let (retry, catch, catch_source) = self.error_handlers(draft, &next);
        let label = label(&field);
        let execution = is_nested.then(|| format!("{label}Execution"));
        let child_ref = if is_nested { self.child(&child) } else { self.branch_child(&child) };
        let processor = Branch { child: child_ref, label, input: None, execution };
        let made = draft.body.and_then(|body| self.body_lambda(draft, body));
        let distributed = distributed.map(Box::new);
        let map = Map {
            items: made,
            items_type,
            processor,
            selector,
            max_concurrency,
            distributed,
            output,
            retry,
            catch,
            next,
        };
        let source = KindSource::Map {
            field,
            child,
            items,
            item,
            selected,
            selector: selector_source,
            distributed: distributed_source,
            result,
            next: next_source,
            catch: catch_source,
        };
        (StateKind::Map(Box::new(map)), source, asl_name)
    }

    /// The type of the list of items: what the body makes, or the state's input.
    fn item_list(&mut self, draft: &Draft<'_>) -> Type {
        match (draft.body, &draft.signature.output) {
            (Some(_), ReturnType::Type(_, ty)) => return (**ty).clone(),
            (Some(body), ReturnType::Default) => {
                let help = "write its type, as in `-> Vec<Order>`, or remove the body";
                self.refuse(body, "the body of a `#[map]` makes the list of items", &[help]);
            }
            (None, _) => {
                self.no_result(draft, "remove the result type: the result is the list of what each item ends with");
                if let Some(input) = draft.input {
                    return input.ty.clone();
                }
                let help = "take the list, as in `orders: Vec<Order>`, or write a body that makes it";
                self.refuse(&draft.signature.ident, "a `#[map]` needs a list to go over", &[help]);
            }
        }
        parse_quote!(::std::vec::Vec<()>)
    }

    /// Takes `item_selector = |item, input, index| …`.
    fn selector_closure(&mut self, options: &mut Options) -> Option<ExprClosure> {
        let example = "|item, input, index| Order { name: item, number: index }";
        match options.value("item_selector", example, self.errors)? {
            Expr::Closure(closure) => Some(closure),
            other => {
                if !is_unread(&other) {
                    let help = format!("write `item_selector = {example}`");
                    self.refuse(other, "an item selector is a closure", &[&help]);
                }
                None
            }
        }
    }

    /// Reads an item selector.
    fn item_selector(
        &mut self,
        draft: &Draft<'_>,
        closure: &ExprClosure,
        item: &Type,
        selected: &Type,
    ) -> Option<ItemSelector> {
        let item = self.tables.type_ref(item);
        let input = draft.input.map(|input| self.tables.type_ref(&input.ty));
        let index = self.tables.type_ref(&parse_quote!(usize));
        let output = self.tables.type_ref(selected);
        let lambda = self.reader().closure(closure, &[Some(item), input, Some(index)])?;
        Some(ItemSelector { lambda, output })
    }
}
