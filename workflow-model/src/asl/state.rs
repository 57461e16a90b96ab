//! What the writers of all kinds of state share.

use std::time::Duration;

use super::error::WriteError;
use super::json::{Json, Object};
use super::place::Place;
use crate::definition::Definition;
use crate::expr::Lambda;
use crate::jsonata::{self, Input, Path, Template};
use crate::machine::{Mode, Next, State, Transition, TypeRef};
use crate::scope::Scope;
use crate::shape::ShapeRef;
use crate::states::StateKind;

/// Writes one state of a definition.
pub(super) struct StateWriter<'a> {
    pub(super) definition: &'a Definition,
    pub(super) state: &'a State,
    /// What the states are called.
    pub(super) scope: &'a Scope,
    /// By which rules the whole document is run.
    pub(super) mode: Mode,
    /// Where in the document the definition's states are.
    pub(super) place: &'a Place<'a>,
}

impl<'a> StateWriter<'a> {
    /// The fields that every state begins with.
    pub(super) fn begin(&self, kind: &str) -> Object {
        self.begin_bare(kind).maybe("Comment", self.state.comment.as_deref())
    }

    /// The same without the comment, which stands on one of the states that a state becomes.
    pub(super) fn begin_bare(&self, kind: &str) -> Object {
        Object::new().with("Type", kind)
    }

    /// What the state was given: `$states.input`, or what the loop of a poll carries along.
    pub(super) fn input(&self) -> Input {
        self.value(self.input_path(), self.state.input)
    }

    fn input_path(&self) -> Path {
        match self.state.kind {
            StateKind::Poll(_) => Path::input().field("input"),
            _ => Path::input(),
        }
    }

    /// What makes a task's arguments is given: the state's input, if it takes any, and the token of a callback.
    pub(super) fn given(&self, lambda: &Lambda) -> Vec<Input> {
        let input = self.state.input.map(|_| self.input());
        let token = self.state.kind.is_callback().then(|| {
            let type_ref = lambda.params.last().and_then(|token| token.type_ref);
            self.value(Path::task_token(), type_ref)
        });
        input.into_iter().chain(token).collect()
    }

    /// The input as it is. The input of a state without a parameter is `()`, whatever went before.
    pub(super) fn input_template(&self) -> Template {
        match self.state.input {
            Some(_) => Template::path(&self.input_path()),
            None => Template::Literal(serde_json::Value::Null),
        }
    }

    /// Something that Step Functions makes known under a path.
    pub(super) fn value(&self, path: Path, type_ref: Option<TypeRef>) -> Input {
        Input { path, shape: type_ref.map(|type_ref| self.definition.shape_ref(type_ref)) }
    }

    /// Translates an expression to JSONata. `part` says which one it is, for the reader of an error.
    pub(super) fn lower(
        &self,
        part: &'static str,
        lambda: &Lambda,
        inputs: &[Input],
        expected: Option<ShapeRef>,
    ) -> Result<Template, WriteError> {
        jsonata::lower(self.definition, lambda, inputs, expected).map_err(|refusal| self.refused(part, refusal))
    }

    /// The error that an expression of this state has no translation.
    pub(super) fn refused(&self, part: &'static str, refusal: jsonata::Refusal) -> WriteError {
        WriteError::Expression {
            workflow: self.definition.machine.name.clone(),
            state: self.state.name.clone(),
            part,
            refusal,
        }
    }

    /// The error that the state has not passed the checks.
    pub(super) fn unchecked(&self, what: &str) -> WriteError {
        WriteError::Unchecked {
            workflow: self.definition.machine.name.clone(),
            what: format!("the state `{}` {what}", self.state.name),
        }
    }

    /// The name of a successor, by its Rust name.
    pub(super) fn target(&self, name: &str) -> Result<&'a str, WriteError> {
        let name_of = |index: usize| self.scope.states.get(index).map(String::as_str);
        let target = self.definition.machine.index_of(name).and_then(name_of);
        target.ok_or_else(|| self.unchecked(&format!("goes on to `{name}`, which is not a state")))
    }

    /// What a successor takes, by its Rust name.
    pub(super) fn target_input(&self, name: &str) -> Option<ShapeRef> {
        let input = self.definition.machine.state(name)?.input?;
        Some(self.definition.shape_ref(input))
    }

    /// What a state with a result hands on: what the closure of its `next` or `end` makes of the result and the input, else the
    /// result.
    pub(super) fn result_output(&self, next: &Next, result: &Input) -> Result<Template, WriteError> {
        Ok(self.handed_on(next, &[result.clone(), self.input()])?.unwrap_or_else(|| Template::path(&result.path)))
    }

    /// What a state without a result hands on: what the closure of its `next` or `end` makes of the input, else the input.
    pub(super) fn input_output(&self, next: &Next) -> Result<Template, WriteError> {
        Ok(self.handed_on(next, &[self.input()])?.unwrap_or_else(|| self.input_template()))
    }

    /// What the closure of `next` or `end` makes of what it is given, if there is one.
    fn handed_on(&self, next: &Next, given: &[Input]) -> Result<Option<Template>, WriteError> {
        let closure = self.closure(next);
        closure.map(|it| self.lower(it.part, it.lambda, given, it.expected)).transpose()
    }

    /// The closure of `next` or `end`, if there is one.
    pub(super) fn closure<'n>(&self, next: &'n Next) -> Option<Closure<'n>> {
        match next {
            Next::To(Transition { target, payload: Some(lambda) }) => {
                Some(Closure { part: "the closure of `next`", lambda, expected: self.target_input(target) })
            }
            Next::End(Some(lambda)) => {
                let expected = self.definition.machine.output.map(|output| self.definition.shape_ref(output));
                Some(Closure { part: "the closure of `end`", lambda, expected })
            }
            Next::To(_) | Next::End(None) | Next::Missing => None,
        }
    }

    /// Adds `Next` or `End`.
    pub(super) fn finish(&self, object: Object, next: &Next) -> Result<Object, WriteError> {
        match next {
            Next::To(transition) => Ok(object.with("Next", self.target(&transition.target)?)),
            Next::End(_) => Ok(object.with("End", true)),
            Next::Missing => Err(self.unchecked("has neither `next` nor `end`")),
        }
    }
}

/// The closure of `next` or `end`.
pub(super) struct Closure<'n> {
    /// Which of the two, as errors call it.
    pub(super) part: &'static str,
    pub(super) lambda: &'n Lambda,
    /// What the closure has to make.
    pub(super) expected: Option<ShapeRef>,
}

/// The `Output` that makes `template` the state's output. None where that is the input, which is what a state without an
/// `Output` hands on.
pub(super) fn output_unless_input(template: Template) -> Option<Json> {
    (!template.is_identity(&Path::input())).then(|| output(template))
}

/// An `Output`: an object, or a text. Step Functions would take any JSON, but cfn-lint takes these alone and asl-validator no `null`, so an array, a number,
/// a boolean and `null` are written as expressions.
pub(super) fn output(template: Template) -> Json {
    match template {
        Template::Array { code, .. } => Template::Expression(code).into(),
        Template::Literal(value) if !value.is_string() => Template::Expression(value.to_string()).into(),
        template => template.into(),
    }
}

/// A duration in whole seconds, rounded up: what a `#[workflow(native)]` may measure in less, the checks have refused.
pub(super) fn whole_seconds(duration: Duration) -> u64 {
    duration.as_secs() + u64::from(duration.subsec_nanos() > 0)
}
