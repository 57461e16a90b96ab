//! What `check` says of the executions of a workflow: how long they take, what they write, what they cost, and what ends them.

use std::time::Duration;

use serde::Serialize;
use workflow_model::bounds::{self, Bounds};
use workflow_model::duration::Display;
use workflow_model::{Definition, check};

use super::price::{PRICE_LIST, dollars, price};

/// What executions take.
#[derive(Serialize)]
pub(super) struct Executions {
    shortest_seconds: f64,
    /// `None`, here and below: nothing bounds it.
    longest_seconds: Option<f64>,
    least_events: u64,
    most_events: Option<u64>,
    least_transitions: u64,
    most_transitions: Option<u64>,
    /// `None`: they do not run on AWS.
    price: Option<Price>,
    uncaught: Vec<Uncaught>,
    #[serde(skip)]
    bounds: Bounds,
}

#[derive(Serialize)]
struct Price {
    least_dollars: f64,
    most_dollars: Option<f64>,
    price_list: &'static str,
}

/// The errors of a state that nothing catches.
#[derive(Serialize)]
struct Uncaught {
    state: String,
    errors: Vec<String>,
}

impl Executions {
    pub(super) fn new(definition: &Definition) -> Self {
        let machine = &definition.machine;
        let bounds = bounds::of_definition(definition);
        let price = price(machine.mode, &bounds).map(|(least_dollars, most_dollars)| Price {
            least_dollars,
            most_dollars,
            price_list: PRICE_LIST,
        });
        let uncaught = check::uncaught(definition).into_iter();
        let uncaught = uncaught.map(|(state, errors)| Uncaught { state: machine.states[state].name.clone(), errors });
        Executions {
            shortest_seconds: bounds.shortest.as_secs_f64(),
            longest_seconds: bounds.longest.as_ref().map(Duration::as_secs_f64),
            least_events: bounds.least_events,
            most_events: bounds.most_events,
            least_transitions: bounds.least_transitions,
            most_transitions: bounds.most_transitions,
            price,
            uncaught: uncaught.collect(),
            bounds,
        }
    }

    /// A table, for people.
    pub(super) fn lines(&self) -> Vec<String> {
        let Bounds { shortest, longest, .. } = self.bounds;
        let number = |most: Option<u64>| most.map(|most| most.to_string());
        let mut rows = vec![
            ("time", Display(shortest).to_string(), longest.map(|longest| Display(longest).to_string())),
            ("events", self.least_events.to_string(), number(self.most_events)),
            ("state transitions", self.least_transitions.to_string(), number(self.most_transitions)),
        ];
        if let Some(price) = &self.price {
            rows.push(("price", dollars(price.least_dollars), price.most_dollars.map(dollars)));
        }
        let heading = ("an execution takes", "at least".to_owned(), Some("at most".to_owned()));
        let mut lines: Vec<String> = std::iter::once(heading).chain(rows).map(row).collect();
        if self.price.is_some() {
            lines.push(format!("prices: {PRICE_LIST}"));
        }
        let uncaught = self.uncaught.iter().map(|Uncaught { state, errors }| {
            format!("ends the execution, as nothing catches it: {state}: {}", errors.join("; "))
        });
        lines.extend(uncaught);
        lines
    }
}

fn row((what, least, most): (&str, String, Option<String>)) -> String {
    let most = most.unwrap_or_else(|| "not bounded".to_owned());
    format!("{what:18}  {least:>12}  {most:>12}")
}
