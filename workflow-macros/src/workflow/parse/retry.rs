//! `#[retry(Errors, interval, max_attempts, backoff_rate, max_delay, jitter)]`.

use proc_macro2::TokenStream;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Expr, LitStr, Path, Token};
use workflow_model::finding::StatePart;
use workflow_model::machine::Next;
use workflow_model::states::{Backoff, Catcher, ErrorName, ErrorRef, Jitter, Retrier, StatesError};
use workflow_model::{Code, name};

use super::Parser;
use super::header::ident;
use super::options::{Options, is_unread};
use super::state::Draft;
use crate::workflow::source::CatchSource;

/// The options of `#[retry]`.
const OPTIONS: &[&str] = &["interval", "max_attempts", "backoff_rate", "max_delay", "jitter"];

/// `ServiceError::Throttled | States::Timeout, interval = "2s"`.
struct RetryArguments {
    errors: Vec<Path>,
    options: TokenStream,
}

impl Parse for RetryArguments {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let errors = error_paths(input)?;
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
        Ok(RetryArguments { errors, options: input.parse()? })
    }
}

/// `A::B | C::D`.
pub(super) fn error_paths(input: ParseStream<'_>) -> syn::Result<Vec<Path>> {
    let mut paths = Vec::new();
    loop {
        if input.is_empty() || (input.peek(syn::Ident) && input.peek2(Token![=]) && !input.peek2(Token![=>])) {
            let message = "the errors are missing; name them first, as in `ServiceError::Throttled | States::Timeout`";
            return Err(syn::Error::new(input.span(), message));
        }
        if let Some(message) = no_path(input) {
            return Err(input.error(message));
        }
        let path: Path = input.parse()?;
        if input.peek(syn::token::Paren) || input.peek(syn::token::Brace) {
            return Err(
                input.error(format!("an error is named without what it holds: write `{}`", crate::expr::text(&path)))
            );
        }
        paths.push(path);
        if input.peek(Token![,]) && is_path(&input.fork()) {
            return Err(input.error("errors are joined by `|`, not by a comma"));
        }
        if input.peek(Token![||]) {
            return Err(input.error("errors are joined by one `|`"));
        }
        if !input.peek(Token![|]) {
            return Ok(paths);
        }
        input.parse::<Token![|]>()?;
    }
}

/// What to write instead of something that is no path to an error.
fn no_path(input: ParseStream<'_>) -> Option<String> {
    if input.peek(Token![_]) {
        return Some("each error is taken by `States::All`".to_owned());
    }
    let name: LitStr = input.fork().parse().ok()?;
    let name = name.value();
    let path = StatesError::ALL.into_iter().find(|error| error.asl_name() == name);
    let path = path.map_or_else(|| name.replace('.', "::"), |error| error.to_string());
    Some(format!("errors are named by their paths in Rust, not by strings: write `{path}`"))
}

/// Whether a path of several segments is behind the comma, which is no option.
fn is_path(behind: ParseStream<'_>) -> bool {
    behind.parse::<Token![,]>().is_ok() && behind.parse::<Path>().is_ok_and(|path| path.segments.len() > 1)
}

impl Parser<'_> {
    /// Reads the `#[retry]`s and `#[catch]`es of a state with this successor.
    pub(super) fn error_handlers(
        &mut self,
        draft: &Draft<'_>,
        next: &Next,
    ) -> (Vec<Retrier>, Vec<Catcher>, Vec<CatchSource>) {
        self.error_handlers_behind(draft, usize::from(next.transition().is_some()))
    }

    /// The same of a state with so many edges before those of its catchers.
    pub(super) fn error_handlers_behind(
        &mut self,
        draft: &Draft<'_>,
        successors: usize,
    ) -> (Vec<Retrier>, Vec<Catcher>, Vec<CatchSource>) {
        let mut retriers = Vec::new();
        let mut catchers = Vec::new();
        let mut sources = Vec::new();
        for attribute in draft.helpers {
            if attribute.path().is_ident("retry") {
                retriers.extend(self.retry(draft, attribute, retriers.len()));
            } else if let Some((catcher, source)) =
                self.catch(draft, attribute, catchers.len(), successors + catchers.len())
            {
                catchers.push(catcher);
                sources.push(source);
            }
        }
        (retriers, catchers, sources)
    }

    fn retry(&mut self, draft: &Draft<'_>, attribute: &Attribute, index: usize) -> Option<Retrier> {
        let arguments: RetryArguments = attribute.parse_args().map_err(|error| self.errors.syntax(error)).ok()?;
        for (position, path) in arguments.errors.iter().enumerate() {
            self.places.set(draft.place(StatePart::RetryError(index, position)), path);
        }
        let errors = arguments.errors.into_iter().filter_map(|path| self.error_ref(path)).collect();
        let mut options = self.options(arguments.options, "#[retry]", OPTIONS);
        let backoff = self.backoff(draft, index, &mut options);
        Some(Retrier { errors, backoff })
    }

    fn backoff(&mut self, draft: &Draft<'_>, index: usize, options: &mut Options) -> Backoff {
        let mut backoff = Backoff::default();
        let set = |parser: &mut Self, name: &'static str, value: Expr| {
            parser.places.set(draft.place(StatePart::RetryOption(index, name)), value);
        };
        if let Some((interval, value)) = options.duration("interval", self.errors) {
            backoff.interval = interval;
            set(self, "interval", value);
        }
        if let Some((attempts, value)) = options.number("max_attempts", "3", self.errors) {
            backoff.max_attempts = attempts;
            set(self, "max_attempts", value);
        }
        if let Some((rate, value)) = options.number("backoff_rate", "2.0", self.errors) {
            backoff.backoff_rate = rate;
            set(self, "backoff_rate", value);
        }
        if let Some((delay, value)) = options.duration("max_delay", self.errors) {
            backoff.max_delay = Some(delay);
            set(self, "max_delay", value);
        }
        if let Some(value) = options.value("jitter", "full", self.errors) {
            match ident(&value).map(|ident| ident.to_string()).as_deref() {
                Some("full") => backoff.jitter = Jitter::Full,
                Some("none") => backoff.jitter = Jitter::None,
                _ if is_unread(&value) => {}
                _ => self.refuse(&value, "`jitter` is `full` or `none`", &["write `jitter = full`"]),
            }
        }
        backoff
    }

    /// Reads the path to an error: `States::…`, or a variant of the user's.
    pub(super) fn error_ref(&mut self, path: Path) -> Option<ErrorRef> {
        let segments: Vec<_> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if let [.., states, variant] = segments.as_slice()
            && states == "States"
        {
            return match StatesError::from_rust_name(variant) {
                Some(error) => Some(ErrorRef::States(error)),
                None => {
                    self.unknown_states_error(&path, variant);
                    None
                }
            };
        }
        let text = crate::expr::text(&path);
        let index = self.machine.errors.iter().position(|known| *known == text).unwrap_or_else(|| {
            self.machine.errors.push(text);
            self.error_paths.push(path);
            self.error_paths.len() - 1
        });
        Some(ErrorRef::Custom(ErrorName(index)))
    }

    fn unknown_states_error(&mut self, path: &Path, variant: &str) {
        let mut help = Vec::new();
        let known = StatesError::ALL.map(StatesError::rust_name);
        if let Some(near) = name::nearest(variant, known) {
            help.push(format!("did you mean `States::{near}`?"));
        }
        help.push(format!("Step Functions raises `States::{}`", known.join("`, `States::")));
        self.errors.push(path, Code::W0503, format!("Step Functions has no error `States::{variant}`"), &help);
    }
}
