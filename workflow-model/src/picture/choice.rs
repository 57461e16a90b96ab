//! When a choice takes which of its ways, in words short enough for a label.

use crate::expr::{Arm, Expr, Pattern};

/// The ways out of a choice in source order: the target's Rust name, and when it is taken.
pub(super) fn ways(body: &Expr) -> Vec<(&str, String)> {
    let mut ways = Vec::new();
    collect(body, &mut Vec::new(), &mut ways);
    ways
}

/// Walks down to the leaves, with the conditions on the way.
fn collect<'a>(expr: &'a Expr, conditions: &mut Vec<String>, ways: &mut Vec<(&'a str, String)>) {
    match expr {
        Expr::Goto { target, .. } => ways.push((target, conditions.join(", "))),
        Expr::Let { body, .. } => collect(body, conditions, ways),
        Expr::If { condition, then, otherwise } => {
            collect_under(condition.to_string(), then, conditions, ways);
            match &**otherwise {
                chained @ Expr::If { .. } => collect(chained, conditions, ways),
                otherwise => collect_under(ELSE.to_owned(), otherwise, conditions, ways),
            }
        }
        Expr::Match { scrutinee, arms } => {
            for arm in arms {
                collect_under(arm_text(scrutinee, arm), &arm.body, conditions, ways);
            }
        }
        _ => {}
    }
}

fn collect_under<'a>(
    condition: String,
    expr: &'a Expr,
    conditions: &mut Vec<String>,
    ways: &mut Vec<(&'a str, String)>,
) {
    conditions.push(condition);
    collect(expr, conditions, ways);
    conditions.pop();
}

const ELSE: &str = "else";

/// `Running(pending) if pending.polls < 100`, in two lines. What is matched is named where the pattern alone says too little.
fn arm_text(scrutinee: &Expr, arm: &Arm) -> String {
    let guard = arm.guard.as_ref().map(|guard| format!("if {guard}"));
    let pattern = match (&arm.pattern, scrutinee) {
        (Pattern::Wildcard | Pattern::Bind { pattern: None, .. }, _) => None,
        (Pattern::Variant(_) | Pattern::Or(_), Expr::Local(_)) => Some(arm.pattern.to_string()),
        (pattern, scrutinee) => Some(format!("{scrutinee} is {pattern}")),
    };
    match (pattern, guard) {
        (Some(pattern), Some(guard)) => format!("{pattern}\n{guard}"),
        (Some(text), None) | (None, Some(text)) => text,
        (None, None) => ELSE.to_owned(),
    }
}
