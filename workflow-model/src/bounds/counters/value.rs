//! What an expression is made of, as far as it can be told without running it: of numbers, and of parts of what a state is given.

use super::super::known::Known;
use crate::StateMachine;
use crate::expr::{BinaryOp, Construct, ConstructFields, Expr, Lambda, Literal, Pattern, UnaryOp};

/// Where a counter is kept while an execution is in a state.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Slot {
    /// In a part of the state's input: the names or the positions of fields, from the outermost. Of an enum's value it is that of the
    /// variant that it is: another one cannot be looked into.
    Input(Vec<String>),
    /// In a variable.
    Variable(String),
}

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// Anything.
    Unknown,
    /// This number.
    Number(i128),
    /// A constant of the user's whose number is not known here.
    Constant,
    /// What is in a slot, and, where that is a number, so much more.
    Part(Slot, i128),
    /// Fields, by their names or positions.
    Built(Vec<(String, Value)>),
}

impl Value {
    /// What a state is given.
    pub(super) fn input() -> Self {
        Value::Part(Slot::Input(Vec::new()), 0)
    }

    pub(super) fn field(&self, name: &str) -> Value {
        match self {
            Value::Part(Slot::Input(path), 0) => {
                let path = path.iter().cloned().chain([name.to_owned()]).collect();
                Value::Part(Slot::Input(path), 0)
            }
            Value::Built(fields) => {
                fields.iter().find(|(field, _)| field == name).map_or(Value::Unknown, |(_, value)| value.clone())
            }
            _ => Value::Unknown,
        }
    }

    /// The same with so much added.
    fn plus(self, number: i128) -> Value {
        match self {
            Value::Number(value) => value.checked_add(number).map_or(Value::Unknown, Value::Number),
            Value::Part(slot, plus) => plus.checked_add(number).map_or(Value::Unknown, |plus| Value::Part(slot, plus)),
            Value::Constant => Value::Constant,
            Value::Unknown | Value::Built(_) => Value::Unknown,
        }
    }
}

/// The names that are bound where an expression stands, the innermost last.
#[derive(Clone, Debug)]
pub(super) struct Scope<'a> {
    known: &'a Known,
    /// The paths of the user's constants.
    constants: &'a [String],
    names: Vec<(&'a str, Value)>,
}

impl<'a> Scope<'a> {
    pub(super) fn new(machine: &'a StateMachine, known: &'a Known) -> Self {
        Scope { known, constants: &machine.constants, names: Vec::new() }
    }

    /// What a function gives of these. Of parameters for which there is nothing, nothing is known.
    pub(super) fn apply(&self, lambda: &'a Lambda, given: &[Value]) -> Value {
        self.clone().with(lambda, given).value(&lambda.body)
    }

    /// A comparison as it is written.
    pub(super) fn text(&self, op: BinaryOp, lhs: &Expr, rhs: &Expr) -> String {
        let side = |side: &Expr| match side {
            Expr::Constant(index) => Expr::Local(self.constants.get(*index).cloned().unwrap_or_default()),
            other => other.clone(),
        };
        Expr::Binary { op, lhs: Box::new(side(lhs)), rhs: Box::new(side(rhs)) }.to_string()
    }

    /// With a function's parameters.
    pub(super) fn with(mut self, lambda: &'a Lambda, given: &[Value]) -> Self {
        for (position, param) in lambda.params.iter().enumerate() {
            self.bind(&param.pattern, given.get(position).unwrap_or(&Value::Unknown));
        }
        self
    }

    /// Binds the names of a pattern.
    pub(super) fn bind(&mut self, pattern: &'a Pattern, value: &Value) {
        match pattern {
            Pattern::Bind { name, pattern } => {
                self.names.push((name, value.clone()));
                pattern.iter().for_each(|pattern| self.bind(pattern, value));
            }
            Pattern::Variant(variant) => {
                variant.fields.iter().for_each(|field| self.bind(&field.pattern, &value.field(&field.field)));
            }
            Pattern::Tuple(patterns) => {
                let positions = patterns.iter().enumerate();
                positions.for_each(|(position, pattern)| self.bind(pattern, &value.field(&position.to_string())));
            }
            Pattern::Some(pattern) => self.bind(pattern, &value.field("0")),
            Pattern::Or(patterns) => patterns.iter().for_each(|pattern| self.bind(pattern, &Value::Unknown)),
            Pattern::Slice { before, rest, after } => {
                let patterns = before.iter().chain(rest.as_deref()).chain(after);
                patterns.for_each(|pattern| self.bind(pattern, &Value::Unknown));
            }
            Pattern::Wildcard | Pattern::Literal(_) | Pattern::Range { .. } | Pattern::None => {}
        }
    }

    pub(super) fn value(&self, expr: &'a Expr) -> Value {
        match expr {
            Expr::Local(name) => {
                let bound = self.names.iter().rev().find(|(bound, _)| bound == name);
                bound.map_or(Value::Unknown, |(_, value)| value.clone())
            }
            Expr::Variable(name) => Value::Part(Slot::Variable(name.clone()), 0),
            Expr::Constant(index) => self.known.constant(*index).map_or(Value::Constant, Value::Number),
            Expr::Literal(Literal::Int(number)) => Value::Number(*number),
            Expr::Unary(UnaryOp::Neg, value) => match self.value(value) {
                Value::Number(number) => number.checked_neg().map_or(Value::Unknown, Value::Number),
                _ => Value::Unknown,
            },
            Expr::Field { base, field } => self.value(base).field(field),
            Expr::Construct(construct) => self.construct(construct),
            Expr::Tuple(elements) => self.positions(elements),
            Expr::Some(value) => Value::Built(vec![("0".to_owned(), self.value(value))]),
            Expr::Binary { op, lhs, rhs } => self.sum(*op, lhs, rhs),
            Expr::Method { receiver, method, args } if args.is_empty() && method == "clone" => self.value(receiver),
            Expr::Let { pattern, value, body, .. } => {
                let mut inner = self.clone();
                inner.bind(pattern, &self.value(value));
                inner.value(body)
            }
            _ => Value::Unknown,
        }
    }

    fn construct(&self, construct: &'a Construct) -> Value {
        match &construct.fields {
            ConstructFields::Unit => Value::Built(Vec::new()),
            ConstructFields::Tuple(values) => self.positions(values),
            ConstructFields::Named(fields) => {
                Value::Built(fields.iter().map(|(name, value)| (name.clone(), self.value(value))).collect())
            }
        }
    }

    fn positions(&self, values: &'a [Expr]) -> Value {
        Value::Built(
            values.iter().enumerate().map(|(position, value)| (position.to_string(), self.value(value))).collect(),
        )
    }

    fn sum(&self, op: BinaryOp, lhs: &'a Expr, rhs: &'a Expr) -> Value {
        match (op, self.value(lhs), self.value(rhs)) {
            (BinaryOp::Add, value, Value::Number(number)) | (BinaryOp::Add, Value::Number(number), value) => {
                value.plus(number)
            }
            (BinaryOp::Sub, value, Value::Number(number)) => {
                number.checked_neg().map_or(Value::Unknown, |number| value.plus(number))
            }
            _ => Value::Unknown,
        }
    }
}
