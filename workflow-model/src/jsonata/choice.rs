//! A choice: nested `match`, `if` and `let` as the ordered rules of a `Choice` state.

use std::ops::Range;

use super::ast::{Node, Operator};
use super::lower::{Lowerer, Mark, Subject, Value, alternatives, exported_name};
use super::types::Type;
use super::{Input, Refusal, Template};
use crate::Definition;
use crate::expr::{Arm, Expr, Lambda};
use crate::shape::ShapeRef;

/// Where a choice goes, by rules that are tried in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Rules {
    /// The rules. There is none where the choice always goes to one state.
    pub rules: Vec<Rule>,
    /// Where it goes when no rule holds. Rustc has checked that a `match` leaves nothing out, so its last leaf needs no
    /// condition.
    pub default: Target,
}

/// A rule of a choice.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// A JSONata expression that is a boolean.
    pub condition: Template,
    /// Where the choice goes when it holds.
    pub target: Target,
}

/// Where a choice goes.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// The Rust name of the successor.
    pub state: String,
    /// What it is given. `None`: the input of the choice as it is.
    pub payload: Option<Template>,
    /// The variables that are assigned on the way.
    pub assign: Vec<(String, Template)>,
}

/// Translates the body of a choice whose parameter is found at `input`.
///
/// `target_input` tells the shape of a state's input by its Rust name.
///
/// # Errors
///
/// When a condition or a payload has no equal in JSONata.
pub fn lower_choice(
    definition: &Definition,
    body: &Lambda,
    input: &Input,
    target_input: &dyn Fn(&str) -> Option<ShapeRef>,
) -> Result<Rules, Refusal> {
    let mut lowerer = Lowerer::new(definition);
    lowerer.bind_inputs(body, std::slice::from_ref(input))?;
    let mut choice = Choice {
        lowerer,
        definition,
        input,
        target_input,
        conditions: Vec::new(),
        variables: Vec::new(),
        calculated: 0,
        leaves: Vec::new(),
    };
    choice.leaves_of(&body.body)?;
    let (_, default) = choice.leaves.pop().ok_or_else(|| Refusal::new("the choice has no leaf, so it goes nowhere"))?;
    let rules = choice.leaves.into_iter().map(|(condition, target)| Rule { condition, target });
    Ok(Rules { rules: rules.collect(), default })
}

/// The leaves found so far, and what holds on the way to the next one.
///
/// A leaf is reached only when no leaf before it was, so the conditions of the branches that were *not* taken need not
/// be written.
struct Choice<'a, 'i> {
    lowerer: Lowerer<'a>,
    definition: &'a Definition,
    input: &'i Input,
    target_input: &'i dyn Fn(&str) -> Option<ShapeRef>,
    /// Each with the number of variables that are bound before it.
    conditions: Vec<(usize, Node)>,
    variables: Vec<(String, Node)>,
    /// How many of the variables an earlier rule has calculated, so that they did not fail.
    calculated: usize,
    leaves: Vec<(Template, Target)>,
}

impl<'a> Choice<'a, '_> {
    fn leaves_of(&mut self, expr: &Expr) -> Result<(), Refusal> {
        match expr {
            Expr::Goto { target, payload, assign } => self.leaf(target, payload.as_deref(), assign),
            Expr::If { condition, then, otherwise } => {
                let condition = self.lowerer.condition(condition)?;
                self.branch([condition], then)?;
                self.leaves_of(otherwise)
            }
            Expr::Match { scrutinee, arms } => {
                let state = self.enter();
                let subject = self.lowerer.subject(scrutinee, &Type::Unknown, "matched", &mut self.variables)?;
                self.arms(arms, &subject)?;
                self.leave(state);
                Ok(())
            }
            Expr::Let { pattern, type_ref, value, body } => {
                let state = self.enter();
                self.lowerer.bind_let(pattern, *type_ref, value, &mut self.variables)?;
                self.leaves_of(body)?;
                self.leave(state);
                Ok(())
            }
            _ => Err(Refusal::new("a leaf of a `#[choice]` is not a state; end each branch in `state(value)`")),
        }
    }

    fn arms(&mut self, arms: &[Arm], subject: &Subject<'a>) -> Result<(), Refusal> {
        let mut cases =
            arms.iter().flat_map(|arm| alternatives(&arm.pattern).into_iter().map(move |it| (arm, it))).peekable();
        while let Some((arm, pattern)) = cases.next() {
            let mark = self.lowerer.scope.mark();
            let mut tests = self.lowerer.test(&pattern, subject.clone())?;
            if let Some(guard) = &arm.guard {
                tests.push(self.lowerer.condition(guard)?);
            }
            let is_last = tests.is_empty() || cases.peek().is_none();
            self.branch(if is_last { Vec::new() } else { tests }, &arm.body)?;
            self.lowerer.scope.reset(mark);
            if is_last {
                break;
            }
        }
        Ok(())
    }

    fn branch(&mut self, conditions: impl IntoIterator<Item = Node>, body: &Expr) -> Result<(), Refusal> {
        let outer = self.conditions.len();
        let before = self.variables.len();
        self.conditions.extend(conditions.into_iter().map(|condition| (before, condition)));
        self.leaves_of(body)?;
        self.conditions.truncate(outer);
        Ok(())
    }

    fn leaf(&mut self, target: &str, payload: Option<&Expr>, assign: &[(String, Expr)]) -> Result<(), Refusal> {
        let condition = self.condition();
        let is_default = self.conditions.is_empty();
        if !is_default {
            self.calculated = self.variables.len();
        }
        let payload = match payload {
            // A state without a parameter is given `()`.
            None => Some(Template::from(self.bound(Node::NULL, 0..self.variables.len()))),
            Some(payload) => {
                let shape = (self.target_input)(target);
                let expected = shape.map_or(Type::Unknown, |shape| Type::of(&self.definition.shapes, shape));
                Some(self.made(payload, &expected)?).filter(|template| !template.is_identity(&self.input.path))
            }
        };
        let assign = assign.iter().map(|(name, value)| {
            let expected = self.lowerer.variable_type(name)?;
            let exported = exported_name(self.definition, name).to_owned();
            Ok((exported, self.made(value, &expected)?))
        });
        let assign = assign.collect::<Result<_, Refusal>>()?;
        // A condition is an expression even where it is the literal `true`.
        let target = Target { state: target.to_owned(), payload, assign };
        self.leaves.push((Template::Expression(condition.to_string()), target));
        Ok(())
    }

    /// What a leaf makes, with the variables that it needs.
    fn made(&mut self, value: &Expr, expected: &Type<'a>) -> Result<Template, Refusal> {
        let value: Value<'a> = self.lowerer.value(value, expected)?;
        let value = self.lowerer.whole(value);
        Ok(Template::from(self.bound(value, 0..self.variables.len())))
    }

    /// What has to hold for the next leaf. A variable stands behind the conditions under which Rust calculates it.
    fn condition(&self) -> Node {
        let mut condition = None;
        let mut end = self.variables.len();
        for (before, node) in self.conditions.iter().rev() {
            condition = self.bound_if_any(condition, *before..end);
            end = *before;
            condition = Some(match condition {
                Some(rest) => node.clone().binary(Operator::And, rest),
                None => node.clone(),
            });
        }
        self.bound_if_any(condition, 0..end).unwrap_or(Node::bool(true))
    }

    fn bound_if_any(&self, condition: Option<Node>, variables: Range<usize>) -> Option<Node> {
        match self.bound(condition.clone().unwrap_or(Node::bool(true)), variables) {
            Node::Literal(_) if condition.is_none() => None,
            node => Some(node),
        }
    }

    /// `node` with the variables that it reads, or that may fail and that no rule before has calculated.
    fn bound(&self, node: Node, variables: Range<usize>) -> Node {
        let start = variables.start;
        node.with_variables_where(&self.variables[variables], |position, value| {
            start + position >= self.calculated && value.may_fail()
        })
    }

    fn enter(&self) -> (Mark, usize) {
        (self.lowerer.scope.mark(), self.variables.len())
    }

    fn leave(&mut self, (mark, variables): (Mark, usize)) {
        self.lowerer.scope.reset(mark);
        self.variables.truncate(variables);
        self.calculated = self.calculated.min(variables);
    }
}
