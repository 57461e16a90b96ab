//! What `distributed` adds to a `#[map]`: `label`, `item_reader`, `max_items`, `max_items_per_batch`, `max_input_bytes_per_batch`,
//! `tolerated_failure_count`, `tolerated_failure_percentage` and `result_writer`.

use proc_macro2::Ident;
use quote::ToTokens;
use syn::{Expr, ExprClosure, ExprLit, Lit, Pat, Type, parse_quote};
use workflow_model::finding::StatePart;
use workflow_model::states::{CsvDelimiter, Distributed, InputType, ItemBatcher, ItemReader, ResultWriter};

use super::Parser;
use super::header::ident;
use super::options::{Options, is_unread};
use super::state::Draft;
use crate::workflow::source::DistributedSource;
use crate::workflow::spanned;

/// The options that only a distributed map has.
pub(super) const OPTIONS: [&str; 8] = [
    "label",
    "item_reader",
    "max_items",
    "max_items_per_batch",
    "max_input_bytes_per_batch",
    "tolerated_failure_count",
    "tolerated_failure_percentage",
    "result_writer",
];

/// The forms of `item_reader`.
const READERS: &str = "`json`, `json_lines`, `csv(first_row)` or `csv(headers(\"id\", \"name\"))`, with `delimiter = \";\"` if it is no comma";

impl Parser<'_> {
    /// Takes `distributed` and what belongs to it.
    pub(super) fn distributed(
        &mut self,
        draft: &Draft<'_>,
        options: &mut Options,
        is_nested: bool,
    ) -> Option<(Distributed, DistributedSource)> {
        let flag = options.flag("distributed", self.errors);
        let first = OPTIONS.into_iter().find(|name| options.has(name));
        let distributed = self.options_of_distributed(draft, options);
        match (flag, first) {
            (None, None) => None,
            (None, Some(option)) => {
                let help = "write `distributed` before it, or remove it";
                let message = format!("`{option}` is for maps whose items are executions of their own");
                let place = self.places.get(&draft.place(StatePart::Option(option)));
                self.refuse(place, message, &[help]);
                None
            }
            (Some((flag, value)), _) => {
                if value.is_some() {
                    self.refuse(&flag, "`distributed` takes no value", &[]);
                }
                if is_nested {
                    let help = "write the field without `nested(…)`, or remove `distributed`";
                    let message = "the items of a distributed map are executions of their own already";
                    self.refuse(&flag, message, &[help]);
                }
                self.places.set(draft.place(StatePart::Option("distributed")), &flag);
                Some(distributed)
            }
        }
    }

    fn options_of_distributed(&mut self, draft: &Draft<'_>, options: &mut Options) -> (Distributed, DistributedSource) {
        let mut count = |parser: &mut Self, name: &'static str, example: &str| {
            let (number, value) = options.number::<u32>(name, example, parser.errors)?;
            parser.places.set(draft.place(StatePart::Option(name)), value);
            Some(number)
        };
        let max_items = count(self, "max_items", "1000");
        let max_items_per_batch = count(self, "max_items_per_batch", "10");
        let max_input_bytes = count(self, "max_input_bytes_per_batch", "100_000");
        let tolerated_failure_count = count(self, "tolerated_failure_count", "10");
        let tolerated_failure_percentage =
            options.number("tolerated_failure_percentage", "5", self.errors).map(|(number, value)| {
                self.places.set(draft.place(StatePart::Option("tolerated_failure_percentage")), value);
                number
            });
        let label = options.string("label", self.errors).map(|label| {
            self.places.set(draft.place(StatePart::Option("label")), &label);
            label.value()
        });
        let input = options.value("item_reader", "csv(first_row)", self.errors);
        let input = input.and_then(|input| self.input_type(input));
        if let (None, Some(_)) = (&input, max_items) {
            let help = "write `item_reader = …`, or make fewer items in the body";
            self.refuse(draft.attribute.path(), "`max_items` bounds what an `item_reader` reads", &[help]);
        }
        let reader = input.map(|input| ItemReader { input, max_items });
        let batch = (max_items_per_batch.is_some() || max_input_bytes.is_some())
            .then_some(ItemBatcher { max_items: max_items_per_batch, max_input_bytes });
        let writer = self.result_writer(draft, options);
        let results = writer.as_ref().and_then(|closure| {
            let input = draft.input.map(|input| self.tables.type_ref(&input.ty));
            let krate = &self.krate;
            let output = self.tables.type_ref(&parse_quote!(#krate::S3Prefix));
            Some(ResultWriter { lambda: self.reader().closure(closure, &[input])?, output })
        });
        let distributed = Distributed {
            label,
            reader,
            batch,
            tolerated_failure_count,
            tolerated_failure_percentage,
            has_writer: writer.is_some(),
            writer: results,
        };
        (distributed, DistributedSource { writer })
    }

    fn result_writer(&mut self, draft: &Draft<'_>, options: &mut Options) -> Option<ExprClosure> {
        let example = "|input| S3Prefix { bucket: input.bucket, prefix: \"results\".to_owned() }";
        match options.value("result_writer", example, self.errors)? {
            Expr::Closure(closure) => {
                self.places.set(draft.place(StatePart::Option("result_writer")), &closure);
                Some(closure)
            }
            other if is_unread(&other) => None,
            other => {
                let help = format!("write `result_writer = {example}`");
                self.refuse(other, "a result writer is a closure that makes the place in S3", &[&help]);
                None
            }
        }
    }

    /// Reads `json`, `json_lines`, `csv(first_row)`, `csv(headers("a", "b"), delimiter = ";")`.
    fn input_type(&mut self, value: Expr) -> Option<InputType> {
        let name = ident(&value).map(|name| name.to_string());
        match (name.as_deref(), &value) {
            (Some("json"), _) => return Some(InputType::Json),
            (Some("json_lines"), _) => return Some(InputType::JsonLines),
            (_, Expr::Call(call)) if ident(&call.func).is_some_and(|name| name == "csv") => {
                return self.csv(call.args.iter());
            }
            _ if is_unread(&value) => return None,
            _ => {}
        }
        let help = format!("write {READERS}");
        self.refuse(&value, "an item reader says what the object is", &[&help]);
        None
    }

    fn csv<'e>(&mut self, arguments: impl Iterator<Item = &'e Expr>) -> Option<InputType> {
        let (mut headers, mut delimiter, mut wrong) = (None, CsvDelimiter::Comma, None);
        for argument in arguments {
            match argument {
                Expr::Path(_) if is(argument, "first_row") => headers = Some(None),
                Expr::Call(call) if is(&call.func, "headers") && !call.args.is_empty() => {
                    match call.args.iter().map(text).collect::<Option<Vec<_>>>() {
                        Some(names) => headers = Some(Some(names)),
                        None => wrong = Some(argument),
                    }
                }
                Expr::Assign(assign) if is(&assign.left, "delimiter") => {
                    match text(&assign.right).and_then(delimiter_of) {
                        Some(known) => delimiter = known,
                        None => {
                            let help = "write one of `\",\"`, `\"|\"`, `\";\"`, `\" \"` and `\"\\t\"`";
                            self.refuse(&assign.right, "Step Functions does not know this delimiter", &[help]);
                            return None;
                        }
                    }
                }
                other => wrong = Some(other),
            }
        }
        match (headers, wrong) {
            (Some(headers), None) => Some(InputType::Csv { headers, delimiter }),
            (_, Some(wrong)) => {
                self.refuse(wrong, "this says nothing of a table", &[&format!("write {READERS}")]);
                None
            }
            (None, None) => {
                let csv = Ident::new("csv", proc_macro2::Span::call_site());
                self.refuse(csv, "a table says where its columns have their names", &[&format!("write {READERS}")]);
                None
            }
        }
    }

    /// The type of what runs an item takes, where it takes one item: in a batch, that of an item of it.
    pub(super) fn selected(&self, child: &Type, distributed: Option<&Distributed>) -> Type {
        let input = self.input_of(child);
        match distributed.and_then(|distributed| distributed.batch) {
            Some(_) => spanned::projection(&input, &self.krate, &["__private", "Batched"], "Item"),
            None => input,
        }
    }

    /// The type of an item before it is selected: of the list's, or of those that are read.
    pub(super) fn item_type(
        &mut self,
        items: &Type,
        selected: &Type,
        selector: Option<&ExprClosure>,
        distributed: Option<&Distributed>,
    ) -> Type {
        if distributed.is_none_or(|distributed| distributed.reader.is_none()) {
            return spanned::projection(items, &self.krate, &["__private", "Items"], "Item");
        }
        match selector.map(|selector| (selector, selector.inputs.first())) {
            None => selected.clone(),
            Some((_, Some(Pat::Type(typed)))) => (*typed.ty).clone(),
            Some((selector, first)) => {
                let tokens = first.map_or_else(|| selector.to_token_stream(), ToTokens::to_token_stream);
                let help = "write it, as in `|row: Row| …`";
                self.refuse(tokens, "the type of an item that is read is not known here", &[help]);
                parse_quote!(())
            }
        }
    }

    /// The type of the result of a map.
    pub(super) fn map_output(&self, child: &Type, distributed: Option<&Distributed>) -> Type {
        let (output, krate) = (self.output_of(child), &self.krate);
        match distributed {
            Some(distributed) if distributed.has_writer => parse_quote!(#krate::WrittenResults),
            Some(distributed) if distributed.tolerates_failures() => {
                parse_quote!(::std::vec::Vec<#krate::ItemResult<#output>>)
            }
            _ => parse_quote!(::std::vec::Vec<#output>),
        }
    }
}

fn is(value: &Expr, name: &str) -> bool {
    ident(value).is_some_and(|ident| ident == name)
}

fn text(value: &Expr) -> Option<String> {
    match value {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
        _ => None,
    }
}

fn delimiter_of(text: String) -> Option<CsvDelimiter> {
    CsvDelimiter::ALL.into_iter().find(|delimiter| text.chars().eq([delimiter.as_char()]))
}
