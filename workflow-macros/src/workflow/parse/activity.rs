//! `#[task(activity, …)] fn state(input: I) -> O;`, which the workers of an activity run.

use syn::{Expr, ExprLit, FnArg, Lit, ReturnType, Signature};
use workflow_model::finding::StatePart;
use workflow_model::name;

use super::Parser;
use super::edge::name_of;
use super::input::is_context;
use super::options::{Options, is_unread};
use super::state::Draft;

impl Parser<'_> {
    /// Takes `activity` or `activity = "Name"`. `None`: the task is none.
    pub(super) fn activity(&mut self, draft: &Draft<'_>, options: &mut Options) -> Option<String> {
        let (activity, value) = options.flag("activity", self.errors)?;
        if let Some((callback, _)) = options.flag("callback", self.errors) {
            let help = "keep `activity`, whose worker ends the task, or `callback`, whose token does";
            self.refuse(callback, "a task is a callback or an activity's, not both", &[help]);
        }
        if let Some((resource, _)) = options.flag("resource", self.errors) {
            let help = "keep `activity`, whose workers run the task, or `resource`, which Step Functions calls";
            self.refuse(resource, "a task is an activity's or a service's, not both", &[help]);
        }
        let named = match value {
            Some(Expr::Lit(ExprLit { lit: Lit::Str(name), .. })) => {
                self.places.set(draft.place(StatePart::Option("activity")), &name);
                Some(name.value())
            }
            Some(other) => {
                if !is_unread(&other) {
                    let help = "write `activity = \"Resize\"`, or `activity` alone for the state's name";
                    self.refuse(&other, "`activity` takes the name of the activity, as a string", &[help]);
                }
                None
            }
            None => None,
        };
        self.places.set(draft.place(StatePart::Option("activity")), &activity);
        self.activity_signature(draft);
        Some(named.unwrap_or_else(|| name::pascal_case(&name_of(&draft.signature.ident))))
    }

    /// An activity says what its worker is given and what it gives, and nothing about how.
    fn activity_signature(&mut self, draft: &Draft<'_>) {
        let Signature { ident, asyncness, inputs, output, .. } = draft.signature;
        if let Some(body) = draft.body {
            let message = format!("a worker runs `{ident}`, so it has no body");
            let help = "end the signature with `;`, and give the code to an `ActivityWorker`";
            self.refuse(body, message, &[help]);
        }
        if let Some(asyncness) = asyncness {
            let message = format!("`{ident}` is not called: it says what its worker is given, and what it gives");
            self.refuse(asyncness, message, &["remove `async`"]);
        }
        if let Some(receiver) = draft.signature.receiver() {
            let message = format!("`{ident}` is run by a worker elsewhere, which has no `self`");
            self.refuse(receiver, message, &["remove `self`"]);
        }
        for argument in inputs {
            if let FnArg::Typed(context) = argument
                && is_context(&context.ty)
            {
                let help = "remove it: the `ActivityWorker` gives its code an `ActivityContext`";
                self.refuse(context, "an activity takes an input, and no `TaskContext`", &[help]);
            }
        }
        if let ReturnType::Default = output {
            let help = "write the type of its result, as in `-> Thumbnail`, or `-> Result<Thumbnail, ResizeError>` to name its errors";
            self.refuse(ident, format!("`{ident}` does not say what its worker gives"), &[help]);
        }
    }
}
