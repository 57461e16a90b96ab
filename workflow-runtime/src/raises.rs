//! Which errors come out of a workflow that is a branch: known when rustc knows all of it, so that a retrier or a catcher of another
//! error is told by a constant that cannot be evaluated.
//!
//! `workflow_model::check` says the same of a definition that is loaded.

use workflow_model::states::StatesError;

use crate::constant_text::Text;
use crate::run::{ErrorMatch, same};

/// The errors that come out of a workflow as a branch.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Raises {
    /// Of each of its states that raises some.
    pub states: &'static [StateRaises],
}

/// The errors that come out of a state.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct StateRaises {
    /// Those of its attempts.
    pub raised: &'static [Source],
    /// Those that its catchers take.
    pub caught: &'static [ErrorMatch],
}

/// Where errors come from.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub enum Source {
    /// A method, with the names that its error has, as [`TaskError::NAMES`](crate::TaskError::NAMES) has them.
    Method(&'static [(&'static str, &'static str)]),
    /// One with this name.
    Named(&'static str),
    /// A branch.
    Branch(&'static Raises),
    /// Anybody: any error may come.
    Anybody,
}

impl Raises {
    /// Of a workflow of which nothing is known.
    pub const UNKNOWN: Raises = Raises { states: &[StateRaises { raised: &[Source::Anybody], caught: &[] }] };
}

/// Refuses an error that a retrier or a catcher of `state` takes, where nothing inside of the state raises it.
///
/// # Panics
///
/// Then.
#[doc(hidden)]
#[track_caller]
pub const fn comes_out(state: &str, error: &str, sources: &'static [Source]) {
    let found = Names::NONE.with_sources(sources);
    // An error without a name has no such variant, which rustc says.
    if found.others || error.is_empty() || found.has(error) {
        return;
    }
    let text = Text::new("W0503: nothing in ").quoted(state).then(" raises ").quoted(error);
    let text = text.then(", so nothing would ever come here\nhelp: remove the error");
    if found.count == 0 {
        panic!("{}", text.then(": no error comes out of it").as_str());
    }
    panic!("{}", found.listed(text.then(", or name one that comes out of it: ")).as_str());
}

/// Names of errors, each once, in order.
#[derive(Clone, Copy)]
struct Names {
    names: [&'static str; Names::MOST],
    count: usize,
    /// Whether there may be others.
    others: bool,
}

impl Names {
    /// Where there are more, nothing is refused.
    const MOST: usize = 64;

    const NONE: Names = Names { names: [""; Names::MOST], count: 0, others: false };

    const fn has(&self, name: &str) -> bool {
        let mut index = 0;
        while index < self.count {
            if same(self.names[index].as_bytes(), name.as_bytes()) {
                return true;
            }
            index += 1;
        }
        false
    }

    const fn with(mut self, name: &'static str) -> Self {
        if self.has(name) {
            return self;
        }
        if self.count == Names::MOST {
            self.others = true;
            return self;
        }
        let mut index = self.count;
        while index > 0 && is_before(name.as_bytes(), self.names[index - 1].as_bytes()) {
            self.names[index] = self.names[index - 1];
            index -= 1;
        }
        self.names[index] = name;
        self.count += 1;
        self
    }

    const fn with_sources(mut self, sources: &'static [Source]) -> Self {
        let mut index = 0;
        while index < sources.len() {
            self = self.with_source(&sources[index]);
            index += 1;
        }
        self
    }

    const fn with_source(mut self, source: &'static Source) -> Self {
        match source {
            Source::Method(names) => {
                let mut index = 0;
                while index < names.len() {
                    self = self.with(names[index].1);
                    index += 1;
                }
            }
            Source::Named(name) => self = self.with(name),
            Source::Anybody => self.others = true,
            Source::Branch(raises) => {
                let mut index = 0;
                while index < raises.states.len() {
                    self = self.with_left_of(&raises.states[index]);
                    index += 1;
                }
            }
        }
        self
    }

    /// With what the catchers of a state leave.
    const fn with_left_of(mut self, state: &'static StateRaises) -> Self {
        let raised = Names::NONE.with_sources(state.raised);
        let mut index = 0;
        while index < raised.count {
            if !takes(state.caught, raised.names[index]) {
                self = self.with(raised.names[index]);
            }
            index += 1;
        }
        self.others |= raised.others && !takes_others(state.caught);
        self
    }

    /// As messages list names.
    const fn listed(&self, mut text: Text) -> Text {
        let mut index = 0;
        while index < self.count {
            text = match (index, self.count - index) {
                (0, _) => text,
                (_, 1) => text.then(" and "),
                _ => text.then(", "),
            };
            text = text.quoted(self.names[index]);
            index += 1;
        }
        text
    }
}

/// Whether catchers take the error of this name.
const fn takes(caught: &[ErrorMatch], name: &str) -> bool {
    let is_timeout = same(name.as_bytes(), StatesError::Timeout.asl_name().as_bytes());
    let mut index = 0;
    while index < caught.len() {
        let takes = match caught[index] {
            ErrorMatch::Named(caught) => same(caught.as_bytes(), name.as_bytes()),
            ErrorMatch::States(StatesError::All) => true,
            ErrorMatch::States(StatesError::TaskFailed) => !is_timeout,
            ErrorMatch::States(error) => same(error.asl_name().as_bytes(), name.as_bytes()),
        };
        if takes {
            return true;
        }
        index += 1;
    }
    false
}

/// Whether catchers take errors that nobody knows the names of.
const fn takes_others(caught: &[ErrorMatch]) -> bool {
    let mut index = 0;
    while index < caught.len() {
        if let ErrorMatch::States(StatesError::All | StatesError::TaskFailed) = caught[index] {
            return true;
        }
        index += 1;
    }
    false
}

/// `<` on byte strings, which a constant cannot yet ask for.
const fn is_before(left: &[u8], right: &[u8]) -> bool {
    let mut index = 0;
    while index < left.len() && index < right.len() {
        if left[index] != right[index] {
            return left[index] < right[index];
        }
        index += 1;
    }
    left.len() < right.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHARGE: Raises = Raises {
        states: &[
            StateRaises {
                raised: &[Source::Method(&[("B", "Pay.B"), ("A", "Pay.A")]), Source::Named("States.Timeout")],
                caught: &[ErrorMatch::Named("Pay.A")],
            },
            StateRaises {
                raised: &[Source::Anybody, Source::Named("States.Timeout")],
                caught: &[ErrorMatch::States(StatesError::TaskFailed)],
            },
        ],
    };

    #[test]
    fn what_comes_out() {
        comes_out("both", "Pay.B", &[Source::Branch(&CHARGE)]);
        comes_out("both", "States.Timeout", &[Source::Branch(&CHARGE)]);
        comes_out("both", "Anything", &[Source::Branch(&Raises::UNKNOWN)]);
        comes_out("both", "Pay.A", &[Source::Branch(&CHARGE), Source::Named("Pay.A")]);
    }

    #[test]
    #[should_panic(expected = "W0503: nothing in `both` raises `Pay.A`, so nothing would ever come here\n\
                               help: remove the error, or name one that comes out of it: `Pay.B`, `Refused` and `States.Timeout`")]
    fn what_is_caught_inside() {
        comes_out("both", "Pay.A", &[Source::Named("Refused"), Source::Branch(&CHARGE)]);
    }

    #[test]
    #[should_panic(expected = "help: remove the error: no error comes out of it")]
    fn what_raises_nothing() {
        comes_out("both", "Pay.A", &[Source::Method(&[])]);
    }
}
