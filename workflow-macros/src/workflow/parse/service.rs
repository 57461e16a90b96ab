//! `resource = "arn:aws:states:::…"` and `arguments = |input| …` of a `#[task]`.

use syn::{Expr, ExprClosure};
use workflow_model::finding::StatePart;
use workflow_model::states::Service;

use super::Parser;
use super::options::{Options, is_unread};
use super::state::Draft;

impl Parser<'_> {
    /// Takes the two options. What the resource names is for the checks.
    pub(super) fn service(
        &mut self,
        draft: &Draft<'_>,
        options: &mut Options,
    ) -> (Option<Service>, Option<ExprClosure>) {
        let has_resource = options.has("resource");
        let resource = options.string("resource", self.errors);
        let arguments = options.value("arguments", "|input| …", self.errors);
        if let (Some(arguments), false) = (&arguments, has_resource) {
            let help = "write `resource = \"arn:aws:states:::…\"` as well, or remove `arguments`";
            let message =
                "`arguments` are what a service is called with, and this task runs in the program's own function";
            self.refuse(arguments, message, &[help]);
        }
        let closure = arguments.and_then(|arguments| self.arguments_closure(draft, arguments));
        let Some(resource) = resource else { return (None, None) };
        self.places.set(draft.place(StatePart::Option("resource")), &resource);
        // The closure is given the state's input, and behind it the token of a callback.
        let token = draft.token().map(|token| &*token.ty);
        let given = draft.input.map(|input| &input.ty).into_iter().chain(token);
        let given: Vec<_> = given.map(|ty| Some(self.tables.type_ref(ty))).collect();
        let arguments = closure.as_ref().and_then(|closure| self.reader().made(closure, &given));
        (Some(Service { resource: resource.value(), arguments }), closure)
    }

    fn arguments_closure(&mut self, draft: &Draft<'_>, arguments: Expr) -> Option<ExprClosure> {
        self.places.set(draft.place(StatePart::Option("arguments")), &arguments);
        match arguments {
            Expr::Closure(closure) => Some(closure),
            other if is_unread(&other) => None,
            other => {
                let help = "write `arguments = |input| json!({ … })`, or a struct in its place";
                self.refuse(
                    other,
                    "`arguments` takes a closure from the state's input to what the service takes",
                    &[help],
                );
                None
            }
        }
    }
}
