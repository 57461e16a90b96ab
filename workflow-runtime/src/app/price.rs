//! What an execution costs on AWS.
//!
//! Source: <https://aws.amazon.com/step-functions/pricing/>, US East (N. Virginia), as of March 2026, without the free tier and without
//! what the services cost that are called.

use std::time::Duration;

use workflow_model::bounds::Bounds;
use workflow_model::machine::Mode;

/// Where and when the prices hold.
pub(super) const PRICE_LIST: &str = "US East (N. Virginia), March 2026";

/// Dollars for one state transition of a Standard workflow.
const TRANSITION: f64 = 0.000_025;
/// Dollars for one execution of an Express workflow.
const REQUEST: f64 = 0.000_001;
/// Dollars for a gigabyte of memory for a second, before the discounts for many.
const GIGABYTE_SECOND: f64 = 0.000_016_67;
/// Memory is counted in pieces of 64 MB, of which a small execution takes one.
const MEMORY: f64 = 64.0 / 1024.0;
/// The time of an Express workflow is counted in pieces of this length.
const STEP: Duration = Duration::from_millis(100);

/// What an execution costs at least and at most, in dollars. `None`: nothing, as it does not run on AWS. The most is `None` where
/// nothing bounds it.
pub(super) fn price(mode: Mode, bounds: &Bounds) -> Option<(f64, Option<f64>)> {
    match mode {
        Mode::Native => None,
        Mode::Standard => {
            let price = |transitions: u64| transitions as f64 * TRANSITION;
            Some((price(bounds.least_transitions), bounds.most_transitions.map(price)))
        }
        Mode::Express => {
            let price = |time: Duration| {
                let steps = time.as_millis().div_ceil(STEP.as_millis()) as f64;
                REQUEST + steps * STEP.as_secs_f64() * MEMORY * GIGABYTE_SECOND
            };
            Some((price(bounds.shortest), bounds.longest.map(price)))
        }
    }
}

/// An amount of dollars, with as many digits as it takes to see it.
pub(super) fn dollars(amount: f64) -> String {
    let digits = if amount >= 1.0 { 2 } else { 7 };
    let text = format!("{amount:.digits$}");
    let trimmed = if digits > 2 { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    format!("${trimmed}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices() {
        let bounds = Bounds {
            shortest: Duration::from_millis(250),
            longest: Some(Duration::from_secs(300)),
            least_transitions: 3,
            most_transitions: Some(100_000),
            ..Bounds::UNKNOWN
        };
        let shown = |mode| price(mode, &bounds).map(|(least, most)| (dollars(least), most.map(dollars)));
        assert_eq!(shown(Mode::Standard), Some(("$0.000075".into(), Some("$2.50".into()))));
        assert_eq!(shown(Mode::Express), Some(("$0.0000013".into(), Some("$0.0003136".into()))));
        assert_eq!(shown(Mode::Native), None);
    }
}
