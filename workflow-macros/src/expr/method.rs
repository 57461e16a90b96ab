//! Method calls, and the closures in their arguments.

use syn::{Expr as Syn, ExprClosure, ExprMethodCall, GenericArgument, Pat, Type};
use workflow_model::expr::{Expr, Lambda, METHODS, Param};
use workflow_model::machine::TypeRef;
use workflow_model::name::nearest;

use super::binding::name;
use super::place::Place;
use super::{Reader, all};

/// What to type instead of a method that people reach for.
const REMEDIES: &[(&[&str], &str)] = &[
    (&["unwrap", "expect"], "write `unwrap_or(…)`, or a `match` that goes to a `#[fail]` state on `None`"),
    (&["ok_or", "zip"], "write a `match` on the `Option`"),
    (&["is_ok", "is_err"], "write `matches!(…)`"),
    (
        &["push", "push_str", "insert", "extend"],
        "values are not changed here: build the new one, as with `vec![…]` or `format!`",
    ),
    (&["find_map"], "write `.filter_map(…).nth(0)`"),
    (&["position"], "write `.enumerate().filter_map(…).nth(0)`"),
    (&["splitn", "split_once", "split_whitespace"], "write `split(\" \")` with the text between the parts"),
    (&["to_vec"], "write `clone()`"),
    (&["to_ascii_uppercase"], "write `to_uppercase()`"),
    (&["to_ascii_lowercase"], "write `to_lowercase()`"),
    (&["eq", "ne", "lt", "le", "gt", "ge"], "write the operator, as in `a == b`"),
];

impl Reader<'_> {
    pub(super) fn method_call(&mut self, call: &ExprMethodCall) -> Option<Expr> {
        let receiver = self.boxed(&call.receiver, Place::FREE);
        let args = all(call.args.iter().map(|arg| self.argument(arg)));
        let method = name(&call.method);
        if !METHODS.contains(&method.as_str()) {
            return self.unknown_method(call, &method);
        }
        self.turbofish(call, &method)?;
        Some(Expr::Method { receiver: receiver?, method, args: args? })
    }

    fn unknown_method(&mut self, call: &ExprMethodCall, method: &str) -> Option<Expr> {
        let remedy = REMEDIES.iter().find(|(methods, _)| methods.contains(&method));
        let help = match (remedy, nearest(method, METHODS.iter().copied())) {
            (Some((_, help)), _) => (*help).to_owned(),
            (None, Some(near)) => format!("a method with a similar name can be: `{near}`"),
            (None, None) => "call it in a `#[task]`, and hand its result over the edge".to_owned(),
        };
        self.refuse(
            &call.method,
            format!("`{method}` cannot be exported: JSONata has nothing that means the same"),
            help,
        )
    }

    /// What stands in `::<…>`, which may only say what would be so without it.
    fn turbofish(&mut self, call: &ExprMethodCall, method: &str) -> Option<()> {
        let Some(turbofish) = &call.turbofish else {
            return Some(());
        };
        let makes_vec = turbofish.args.iter().all(|argument| match argument {
            GenericArgument::Type(Type::Path(ty)) => ty.path.segments.last().is_some_and(|last| last.ident == "Vec"),
            _ => false,
        });
        if method == "collect" && !makes_vec {
            return self.refuse(
                &turbofish.args,
                "only a `Vec` can be collected into, which is an array in JSON as the iterator is",
                "write `collect::<Vec<_>>()`",
            );
        }
        Some(())
    }

    /// An argument: a value, or a closure.
    fn argument(&mut self, arg: &Syn) -> Option<Expr> {
        match arg {
            Syn::Closure(closure) => {
                let given = vec![None; closure.inputs.len()];
                self.lambda(closure, &given, Place::CLOSURE).map(|lambda| Expr::Closure(Box::new(lambda)))
            }
            value => self.expr(value, Place::FREE),
        }
    }

    /// A closure, which is given values of the types `given`.
    pub(super) fn lambda(&mut self, closure: &ExprClosure, given: &[Option<TypeRef>], place: Place) -> Option<Lambda> {
        let fits = self.signature(closure, given.len());
        self.scoped(|reader| {
            let params = closure.inputs.iter().enumerate().map(|(position, input)| {
                let (pattern, type_ref) = match input {
                    Pat::Type(typed) => (&*typed.pat, reader.written_type(&typed.ty)),
                    pattern => (pattern, None),
                };
                let type_ref = given.get(position).copied().flatten().or(type_ref);
                Some(Param { pattern: reader.pattern(pattern)?, type_ref })
            });
            let params = all(params);
            let body = reader.expr(&closure.body, place);
            fits.and(Some(Lambda { params: params?, body: body? }))
        })
    }

    fn signature(&mut self, closure: &ExprClosure, given: usize) -> Option<()> {
        if let Some(asyncness) = closure.asyncness {
            return self.refuse(asyncness, "nothing may be awaited here", "do it in a `#[task]`");
        }
        if let Some(surplus) = closure.inputs.iter().nth(given) {
            let values = if given == 1 { "one value".to_owned() } else { format!("{given} values") };
            return self.refuse(surplus, format!("this closure is given {values}"), "remove this parameter");
        }
        if closure.inputs.is_empty() && given > 0 {
            return self.refuse(
                &closure.body,
                "this closure is given a value, but takes none",
                "write `|_|` before it",
            );
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::{METHODS, REMEDIES};

    #[test]
    fn what_can_be_called_has_no_remedy() {
        for method in REMEDIES.iter().flat_map(|(methods, _)| *methods) {
            assert!(!METHODS.contains(method), "`{method}` can be called");
        }
    }
}
