//! Durations: what is left of `Duration::from_secs(…)` in JSON, which has no durations.

use super::{Arm, Expr, Lambda};

impl Lambda {
    /// The same with the seconds instead of the `Duration::from_secs(seconds)` at each end of the body. `None` where an end is
    /// something else.
    pub fn in_seconds(&self) -> Option<Lambda> {
        Some(Lambda { params: self.params.clone(), body: in_seconds(&self.body)? })
    }
}

fn in_seconds(end: &Expr) -> Option<Expr> {
    let boxed = |end: &Expr| in_seconds(end).map(Box::new);
    Some(match end {
        Expr::Seconds(seconds) => (**seconds).clone(),
        Expr::If { condition, then, otherwise } => {
            Expr::If { condition: condition.clone(), then: boxed(then)?, otherwise: boxed(otherwise)? }
        }
        Expr::Match { scrutinee, arms } => {
            let arms = arms.iter().map(|arm| Some(Arm { body: in_seconds(&arm.body)?, ..arm.clone() }));
            Expr::Match { scrutinee: scrutinee.clone(), arms: arms.collect::<Option<_>>()? }
        }
        Expr::Let { pattern, type_ref, value, body } => {
            Expr::Let { pattern: pattern.clone(), type_ref: *type_ref, value: value.clone(), body: boxed(body)? }
        }
        _ => return None,
    })
}
