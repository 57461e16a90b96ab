//! Paths: locals, constants, unit structs and unit variants.

use syn::{ExprPath, Path};
use workflow_model::expr::{ConstructFields, Expr};

use super::Reader;
use super::binding::{is_camel_case, is_constant_case, name};
use super::construct::is_option;
use super::place::Place;

impl Reader<'_> {
    pub(super) fn path(&mut self, path: &ExprPath, place: Place) -> Option<Expr> {
        let Some(last) = path.path.segments.last() else {
            return self.refuse(path, "this path names nothing", "write the name of a value");
        };
        if let Some(ident) = path.path.get_ident() {
            if self.is_bound(&name(ident)) {
                return Some(Expr::Local(name(ident)));
            }
            if self.is_vars(ident) {
                return self.whole_vars(ident);
            }
            if self.is_context(ident) {
                return self.whole_context(ident);
            }
            if ident == "self" {
                return self.refuse(
                    ident,
                    "`self` cannot be read here: on AWS this runs without the workflow's fields",
                    "read it in a `#[task]`, and hand the value over the edge",
                );
            }
        }
        if is_option(&path.path, "None") {
            return Some(Expr::None);
        }
        if is_constant_case(&last.ident) {
            return Some(Expr::Constant(self.tables.constant(path)));
        }
        if is_camel_case(&last.ident) && !is_option(&path.path, "Some") {
            return self.construct(path.qself.as_ref(), &path.path, Some(ConstructFields::Unit), place);
        }
        self.unbound(&path.path)
    }

    fn unbound(&mut self, path: &Path) -> Option<Expr> {
        let written = super::tables::text(path);
        if matches!(written.as_str(), "result" | "failure") {
            return self.refuse(
                path,
                format!("there is no `{written}` here"),
                "the assignments of a `#[task]`, a `#[nested]`, a `#[parallel]`, a `#[map]` or a `#[pass]` with a body know the `result`, those of a \
                 `#[catch]` the `failure`; the state's input is known by the name of its parameter",
            );
        }
        let near = workflow_model::name::nearest(&written, self.names.iter().map(String::as_str));
        let help = match near {
            Some(near) => format!("`{near}` is a name that is bound here"),
            None => "write a closure, as in `|item| …`, or the value itself; call functions in a `#[task]`".to_owned(),
        };
        self.refuse(
            path,
            format!("`{written}` is neither a name that is bound here nor a constant, so it has no value in JSON"),
            help,
        )
    }
}
