//! Calls: the target at a leaf, tuple structs and variants, and the few functions that have a meaning in JSON.

use syn::{ExprCall, Path};
use workflow_model::expr::{ConstructFields, Expr, Literal};

use super::Reader;
use super::binding::name;
use super::construct::is_option;
use super::duration;
use super::place::Place;
use super::value::primitive;

impl Reader<'_> {
    /// `state(payload)`, or `state()` for a state without input.
    pub(super) fn goto(&mut self, call: &ExprCall) -> Option<Expr> {
        let target = callee(call).and_then(Path::get_ident);
        match target {
            Some(target) => self.targets.push(target.clone()),
            None => {
                let meant = callee(call).and_then(|path| path.segments.last()).map(|last| last.ident.to_string());
                let payload = if call.args.is_empty() { "" } else { "…" };
                self.refuse::<()>(
                    &call.func,
                    "what is called here is not a state: a state is named by its method alone",
                    format!("write `{}({payload})`", meant.as_deref().unwrap_or("state")),
                );
            }
        }
        let mut args = self.list(&call.args, Place::DECIDED)?;
        if let Some(second) = call.args.iter().nth(1) {
            return self.refuse(
                second,
                "a state takes one input, but this is a second one",
                "hand over a struct or a tuple, as in `state((a, b))`",
            );
        }
        let assign = self.leaf_assignments(call)?;
        Some(Expr::Goto { target: name(target?), payload: args.pop().map(Box::new), assign })
    }

    pub(super) fn call(&mut self, call: &ExprCall, place: Place) -> Option<Expr> {
        let Some(path) = callee(call) else {
            let args = self.list(&call.args, Place::FREE);
            self.refuse::<()>(&call.func, "only what has a name can be called here", "call it in a `#[task]`");
            return args.and(None);
        };
        if is_option(path, "Some") {
            return self.some(call, place);
        }
        let constructs =
            path.segments.last().is_some_and(|last| last.ident.to_string().starts_with(char::is_uppercase));
        if constructs {
            let fields = self.list(&call.args, Place::DECIDED).map(ConstructFields::Tuple);
            return self.construct(None, path, fields, place);
        }
        if duration::is_function(path) {
            return self.duration(call, path, place);
        }
        let args = self.list(&call.args, Place::FREE);
        if let Some(function) = Known::of(path, call.args.len()) {
            return Some(function.call(args?));
        }
        let written = super::tables::text(path);
        self.refuse(
            path,
            format!("`{written}` is a function, whose body is not known here, so it cannot be exported"),
            "call it in a `#[task]`, and hand its result over the edge",
        )
    }

    /// `Some(value)`
    fn some(&mut self, call: &ExprCall, place: Place) -> Option<Expr> {
        let mut values = self.list(&call.args, place.part())?;
        match (values.pop(), values.is_empty()) {
            (Some(value), true) => Some(Expr::Some(Box::new(value))),
            _ => {
                self.refuse(&call.func, "`Some` holds one value", "write `Some(value)`, or `Some((a, b))` for a tuple")
            }
        }
    }
}

pub(super) fn callee(call: &ExprCall) -> Option<&Path> {
    match &*call.func {
        syn::Expr::Path(path) if path.qself.is_none() => Some(&path.path),
        _ => None,
    }
}

/// A function of the standard library that only says what a literal, a method or a cast says too.
enum Known {
    EmptyString,
    EmptyVec,
    ToString,
    Cast { to: String },
}

impl Known {
    /// The function that `path` names, if it is one of them and is given as many arguments as it takes.
    fn of(path: &Path, arguments: usize) -> Option<Self> {
        let [owner, function] = path.segments.iter().collect::<Vec<_>>()[..] else {
            return None;
        };
        let (owner, function) = (owner.ident.to_string(), function.ident.to_string());
        match (owner.as_str(), function.as_str(), arguments) {
            ("String", "new", 0) => Some(Known::EmptyString),
            ("Vec", "new", 0) => Some(Known::EmptyVec),
            ("String", "from", 1) => Some(Known::ToString),
            (number, "from", 1) => Some(Known::Cast { to: primitive(&syn::parse_str(number).ok()?)? }),
            _ => None,
        }
    }

    /// What a call means.
    fn call(self, arguments: Vec<Expr>) -> Expr {
        match (self, arguments.into_iter().next().map(Box::new)) {
            (Known::ToString, Some(receiver)) => {
                Expr::Method { receiver, method: "to_string".to_owned(), args: Vec::new() }
            }
            (Known::Cast { to }, Some(value)) => Expr::Cast { value, to },
            (Known::EmptyVec, _) => Expr::Array(Vec::new()),
            _ => Expr::Literal(Literal::Str(String::new())),
        }
    }
}
