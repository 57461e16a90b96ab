//! What must hold of a number where a `#[choice]` goes one way: `pending.polls < 100`.

use super::value::{Scope, Slot, Value};
use crate::expr::{Arm, BinaryOp, Expr, Literal, Pattern, UnaryOp};

/// What holds of the number in a slot.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Guard {
    pub(super) slot: Slot,
    pub(super) limit: Limit,
    /// As it is written: `while pending.polls < 100`, or `until pending.polls >= 100` where it holds of the other way.
    pub(super) text: String,
}

/// Which numbers are let through. `None`: that is a constant whose value is not known here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Limit {
    AtMost(Option<i128>),
    AtLeast(Option<i128>),
    Not(Option<i128>),
}

impl Limit {
    /// The greatest number that is let through, where it grows; the least, and that negative, where it shrinks. Numbers that are
    /// stepped up to are only compared with the one that `like` names: others could be met when theirs is past.
    pub(super) fn of(self, sign: i128, like: Limit) -> Option<Option<i128>> {
        match (self, like) {
            (Limit::Not(number), Limit::Not(_)) => (self == like).then(|| number.map(|number| number * sign - 1)),
            (Limit::AtMost(number), Limit::AtMost(_)) if sign > 0 => Some(number),
            (Limit::AtLeast(number), Limit::AtLeast(_)) if sign < 0 => Some(number.map(|number| -number)),
            _ => None,
        }
    }
}

/// The guards of a condition that holds, or does not.
pub(super) fn of_condition<'a>(scope: &Scope<'a>, condition: &'a Expr, holds: bool) -> Vec<Guard> {
    match condition {
        Expr::Unary(UnaryOp::Not, inner) => of_condition(scope, inner, !holds),
        Expr::Binary { op: BinaryOp::And, lhs, rhs } if holds => both(scope, lhs, rhs, holds),
        Expr::Binary { op: BinaryOp::Or, lhs, rhs } if !holds => both(scope, lhs, rhs, holds),
        Expr::Binary { op, lhs, rhs } => {
            let text = format!("{} `{}`", if holds { "while" } else { "until" }, scope.text(*op, lhs, rhs));
            let op = if holds { Some(*op) } else { negated(*op) };
            let compared = op.and_then(|op| comparison(op, scope.value(lhs), scope.value(rhs)));
            let Some((slot, limits)) = compared else { return Vec::new() };
            limits.into_iter().map(|limit| Guard { slot: slot.clone(), limit, text: text.clone() }).collect()
        }
        _ => Vec::new(),
    }
}

fn both<'a>(scope: &Scope<'a>, lhs: &'a Expr, rhs: &'a Expr, holds: bool) -> Vec<Guard> {
    [lhs, rhs].into_iter().flat_map(|side| of_condition(scope, side, holds)).collect()
}

/// The comparison that holds where this one does not.
fn negated(op: BinaryOp) -> Option<BinaryOp> {
    Some(match op {
        BinaryOp::Lt => BinaryOp::Ge,
        BinaryOp::Le => BinaryOp::Gt,
        BinaryOp::Gt => BinaryOp::Le,
        BinaryOp::Ge => BinaryOp::Lt,
        BinaryOp::Eq => BinaryOp::Ne,
        BinaryOp::Ne => BinaryOp::Eq,
        _ => return None,
    })
}

/// The comparison with its sides exchanged.
fn mirrored(op: BinaryOp) -> BinaryOp {
    match op {
        BinaryOp::Lt => BinaryOp::Gt,
        BinaryOp::Le => BinaryOp::Ge,
        BinaryOp::Gt => BinaryOp::Lt,
        BinaryOp::Ge => BinaryOp::Le,
        other => other,
    }
}

/// What a comparison of a slot with a number says of the slot.
fn comparison(op: BinaryOp, lhs: Value, rhs: Value) -> Option<(Slot, Vec<Limit>)> {
    let (op, slot, plus, number) = match (lhs, rhs) {
        (Value::Part(slot, plus), Value::Number(number)) => (op, slot, plus, Some(number)),
        (Value::Part(slot, plus), Value::Constant) => (op, slot, plus, None),
        (Value::Number(number), Value::Part(slot, plus)) => (mirrored(op), slot, plus, Some(number)),
        (Value::Constant, Value::Part(slot, plus)) => (mirrored(op), slot, plus, None),
        _ => return None,
    };
    let number = number.map(|number| number.saturating_sub(plus));
    let less = number.map(|number| number.saturating_sub(1));
    let more = number.map(|number| number.saturating_add(1));
    let limits = match op {
        BinaryOp::Lt => vec![Limit::AtMost(less)],
        BinaryOp::Le => vec![Limit::AtMost(number)],
        BinaryOp::Gt => vec![Limit::AtLeast(more)],
        BinaryOp::Ge => vec![Limit::AtLeast(number)],
        BinaryOp::Ne => vec![Limit::Not(number)],
        BinaryOp::Eq => vec![Limit::AtMost(number), Limit::AtLeast(number)],
        _ => return None,
    };
    Some((slot, limits))
}

/// The guards of an arm's pattern, where what is matched is a number: `0..100 =>`.
pub(super) fn of_pattern(scrutinee: &Expr, value: &Value, pattern: &Pattern) -> Vec<Guard> {
    let limits = match pattern {
        Pattern::Literal(Literal::Int(number)) => vec![Limit::AtMost(Some(*number)), Limit::AtLeast(Some(*number))],
        Pattern::Range { from, to, inclusive } => {
            let from = integer(from.as_ref()).map(|from| Limit::AtLeast(Some(from)));
            let to = integer(to.as_ref()).map(|to| Limit::AtMost(Some(if *inclusive { to } else { to - 1 })));
            from.into_iter().chain(to).collect()
        }
        _ => Vec::new(),
    };
    limits.into_iter().filter_map(|limit| guard_of(scrutinee, value, pattern, limit, "while")).collect()
}

/// What holds in the arms behind one.
pub(super) fn behind_pattern(scrutinee: &Expr, value: &Value, pattern: &Pattern) -> Option<Guard> {
    let limit = match pattern {
        Pattern::Literal(Literal::Int(number)) => Limit::Not(Some(*number)),
        Pattern::Range { from, to: None, .. } => Limit::AtMost(Some(integer(from.as_ref())? - 1)),
        Pattern::Range { from: None, to, inclusive } => {
            Limit::AtLeast(Some(integer(to.as_ref())? + i128::from(*inclusive)))
        }
        _ => return None,
    };
    guard_of(scrutinee, value, pattern, limit, "until")
}

fn guard_of(scrutinee: &Expr, value: &Value, pattern: &Pattern, limit: Limit, word: &str) -> Option<Guard> {
    let Value::Part(slot, plus) = value else { return None };
    let less = |number: Option<i128>| number.map(|number| number.saturating_sub(*plus));
    let limit = match limit {
        Limit::AtMost(number) => Limit::AtMost(less(number)),
        Limit::AtLeast(number) => Limit::AtLeast(less(number)),
        Limit::Not(number) => Limit::Not(less(number)),
    };
    Some(Guard { slot: slot.clone(), limit, text: format!("{word} `{scrutinee}` is `{pattern}`") })
}

fn integer(literal: Option<&Literal>) -> Option<i128> {
    match literal {
        Some(Literal::Int(number)) => Some(*number),
        _ => None,
    }
}

/// Whether one pattern takes all that another one does.
pub(super) fn covers(general: &Pattern, special: &Pattern) -> bool {
    match (general, special) {
        (Pattern::Wildcard | Pattern::Bind { pattern: None, .. }, _) => true,
        (Pattern::Bind { pattern: Some(general), .. }, special) => covers(general, special),
        (general, Pattern::Bind { pattern: Some(special), .. }) => covers(general, special),
        (Pattern::Variant(general), Pattern::Variant(special)) => {
            let same = |field: &str| special.fields.iter().find(|special| special.field == field);
            let all = general.fields.iter().all(|field| {
                same(&field.field).map_or_else(
                    || covers(&field.pattern, &Pattern::Wildcard),
                    |special| covers(&field.pattern, &special.pattern),
                )
            });
            general.name == special.name && all
        }
        (Pattern::Tuple(general), Pattern::Tuple(special)) => {
            general.len() == special.len()
                && general.iter().zip(special).all(|(general, special)| covers(general, special))
        }
        (Pattern::Some(general), Pattern::Some(special)) => covers(general, special),
        (general, special) => general == special,
    }
}

/// What is known behind an arm that was not taken.
pub(super) struct Untaken<'a> {
    pattern: &'a Pattern,
    /// What holds where its pattern fits all the same.
    fits: Vec<Guard>,
    /// What holds in any case.
    always: Option<Guard>,
}

impl<'a> Untaken<'a> {
    /// `scope` has the names of the arm's pattern.
    pub(super) fn new(scope: &Scope<'a>, scrutinee: &Expr, value: &Value, arm: &'a Arm) -> Self {
        match &arm.guard {
            Some(guard) => Untaken { pattern: &arm.pattern, fits: of_condition(scope, guard, false), always: None },
            None => {
                let always = behind_pattern(scrutinee, value, &arm.pattern);
                Untaken { pattern: &arm.pattern, fits: Vec::new(), always }
            }
        }
    }

    /// What holds in an arm behind it.
    pub(super) fn guards(&self, pattern: &Pattern) -> impl Iterator<Item = Guard> {
        let fits = covers(self.pattern, pattern).then_some(&self.fits);
        fits.into_iter().flatten().chain(&self.always).cloned()
    }
}
