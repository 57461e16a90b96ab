//! The most: how many events, or state transitions, an execution can have before its time is up.
//!
//! Rounds of a cycle are many when each takes little time. So time is given a price, in events per millisecond, and the walk with the
//! most events less the price of its time is looked for. Where the price is so low that a cycle pays, there is no such walk, and
//! the cycle says what the price must be at least. At any price above, that walk's worth and the price of all the time
//! there is are together no less than what an execution can have; the price at which they are least is the one to take. (This is
//! the Lagrangian relaxation of a longest path within a limit.)

use super::net::Net;
use super::schedule::{Millis, gcd};
use super::shortest::Measure;
use super::visit::{Amount, Retries, To, Visit};

/// What is the most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Most {
    /// No execution has more than this. `None`: nothing bounds it.
    pub(crate) bound: Option<u64>,
    /// The worst execution that was found. `None` where nothing bounds it.
    pub(crate) worst: Option<Worst>,
}

/// An execution that has much.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Worst {
    /// What it has outside of the rounds.
    pub(crate) rest: Sum,
    /// The cycle that it goes round, and how often.
    pub(crate) rounds: Option<(Cycle, u64)>,
}

impl Worst {
    /// All that it has.
    pub(crate) fn count(&self) -> u64 {
        let rounds = self.rounds.as_ref().map_or(0, |(cycle, rounds)| cycle.sum.count.saturating_mul(*rounds));
        self.rest.count.saturating_add(rounds)
    }
}

/// A cycle, and what a round takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cycle {
    /// The states on it, each once.
    pub(crate) states: Vec<usize>,
    pub(crate) sum: Sum,
}

/// How many, in how much time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sum {
    pub(crate) count: u64,
    pub(crate) time: Millis,
}

impl Sum {
    fn and(self, other: Sum) -> Sum {
        Sum { count: self.count.saturating_add(other.count), time: self.time.saturating_add(other.time) }
    }
}

/// The price of time: so many for so many milliseconds.
#[derive(Clone, Copy, Debug)]
struct Price {
    count: i128,
    time: i128,
}

impl Price {
    const NONE: Price = Price { count: 0, time: 1 };

    fn new(count: u64, time: Millis) -> Self {
        let divisor = gcd(count, time).max(1);
        Price { count: (count / divisor).into(), time: (time / divisor).into() }
    }

    /// What is left when the time is paid for.
    fn worth(self, sum: Sum) -> i128 {
        let (count, time) = (i128::from(sum.count), i128::from(sum.time));
        count.saturating_mul(self.time).saturating_sub(self.count.saturating_mul(time))
    }

    /// The most that a walk of this worth stands for, with all the time there is.
    fn most(self, worth: i128, limit: Millis) -> u64 {
        let whole = worth.saturating_add(self.count.saturating_mul(limit.into()));
        u64::try_from(whole.max(0) / self.time.max(1)).unwrap_or(u64::MAX)
    }
}

/// How much of what is measured an execution has at most within the limit.
pub(crate) fn most(net: &Net, measure: Measure, limit: Option<Millis>) -> Most {
    if net.legs().any(|(_, _, leg)| leg.most.is_none()) {
        return Most { bound: None, worst: None };
    }
    let search = Search { net, measure };
    match (search.dearest_cycle(), limit) {
        (Err(Endless), _) | (Ok(Some(_)), None) => Most { bound: None, worst: None },
        (Ok(None), None) => search.within(Price::NONE, None, Millis::MAX),
        (Ok(cycle), Some(limit)) => {
            let price = cycle.as_ref().map_or(Price::NONE, |cycle| Price::new(cycle.sum.count, cycle.sum.time));
            search.within(price, cycle, limit)
        }
    }
}

/// A cycle of which any number of rounds takes no time.
struct Endless;

struct Search<'a> {
    net: &'a Net,
    measure: Measure,
}

impl Search<'_> {
    /// The cycle with the most per time.
    fn dearest_cycle(&self) -> Result<Option<Cycle>, Endless> {
        let (mut price, mut dearest) = (Price::NONE, None);
        while let Err(cycle) = self.best(self.net.start, price) {
            if cycle.sum.time == 0 {
                return Err(Endless);
            }
            price = Price::new(cycle.sum.count, cycle.sum.time);
            dearest = Some(cycle);
        }
        Ok(dearest)
    }

    /// The most within the limit, at a price at which no cycle pays.
    fn within(&self, price: Price, cycle: Option<Cycle>, limit: Millis) -> Most {
        let start = &self.net.visits[self.net.start];
        let mut short = Sum { count: self.of(start.interrupted), time: 0 };
        let Ok(best) = self.best(self.net.start, price) else {
            return Most { bound: None, worst: None };
        };
        let mut long = best.sum();
        let step = self.step();
        let all = limit - limit % step;
        if long.time <= limit {
            let worst = cycle.and_then(|cycle| self.rounds(price, cycle, limit));
            let worst = worst.unwrap_or(Worst { rest: long, rounds: None });
            return Most { bound: Some(price.most(price.worth(long), all)), worst: Some(worst) };
        }
        loop {
            let price = Price::new(long.count.saturating_sub(short.count), long.time - short.time);
            let worth = price.worth(short).max(price.worth(long));
            let better = self.best(self.net.start, price).ok().map(|walks| walks.sum());
            match better.filter(|&sum| price.worth(sum) > worth) {
                Some(sum) if sum.time > limit => long = sum,
                Some(sum) => short = sum,
                None => {
                    let worst = Worst { rest: short, rounds: None };
                    return Most { bound: Some(price.most(worth, all)), worst: Some(worst) };
                }
            }
        }
    }

    /// The best walk to a cycle, as many rounds as there is time for, and the best walk from there. `None` where there is not enough
    /// time to go there.
    fn rounds(&self, price: Price, cycle: Cycle, limit: Millis) -> Option<Worst> {
        let first = *cycle.states.first()?;
        let to = self.best(self.net.start, price).ok()?.to(first)?;
        let from = self.best(first, price).ok()?.sum();
        let rest = to.and(from);
        let rounds = limit.checked_sub(rest.time)? / cycle.sum.time;
        Some(Worst { rest, rounds: Some((cycle, rounds)) })
    }

    /// All times are multiples of this.
    fn step(&self) -> Millis {
        let legs = self.net.legs().map(|(_, _, leg)| leg.shortest);
        let retries = self.net.order.iter().flat_map(|&state| &self.net.visits[state].retries);
        let step = legs.chain(retries.map(|retries| retries.delays.step(retries.count))).fold(0, gcd);
        step.max(1)
    }

    fn of(&self, amount: Amount) -> u64 {
        match self.measure {
            Measure::Time => 0,
            Measure::Events => amount.events,
            Measure::Transitions => amount.transitions,
        }
    }

    /// The retries of a visit that are worth their time.
    fn retried(&self, visit: &Visit, price: Price) -> Sum {
        let sum = |retries: &Retries| {
            let each = self.of(retries.each);
            let affordable = (i128::from(each) * price.time - 1).checked_div(price.count);
            let longest = affordable.map_or(Millis::MAX, |time| Millis::try_from(time).unwrap_or(0));
            let count = if each == 0 || price.time == 0 { 0 } else { retries.delays.within(longest, retries.count) };
            Sum { count: each.saturating_mul(count), time: retries.delays.shortest_of(count) }
        };
        visit.retries.iter().map(sum).fold(Sum::default(), Sum::and)
    }

    /// The best walks from a state at this price, or a cycle that pays.
    fn best(&self, first: usize, price: Price) -> Result<Walks<'_>, Cycle> {
        let count = self.net.visits.len();
        let retried = self.net.visits.iter().map(|visit| self.retried(visit, price)).collect();
        let mut walks = Walks { search: self, price, retried, worth: vec![None; count], from: vec![None; count] };
        walks.worth[first] = Some(0);
        while walks.relax() {
            if let Some(cycle) = walks.cycle() {
                return Err(cycle);
            }
        }
        Ok(walks)
    }
}

/// The walks of the most worth from one state to each.
struct Walks<'a> {
    search: &'a Search<'a>,
    price: Price,
    /// What the retries of each state add.
    retried: Vec<Sum>,
    /// On entry to each state. `None`: no walk comes there.
    worth: Vec<Option<i128>>,
    /// From which state, by which leg.
    from: Vec<Option<(usize, usize)>>,
}

impl Walks<'_> {
    /// Goes over all legs once, and says whether a better walk was found.
    fn relax(&mut self) -> bool {
        let mut found = false;
        for (state, number, leg) in self.search.net.legs() {
            let (Some(worth), To::State(target)) = (self.worth[state], leg.to) else { continue };
            let worth = worth.saturating_add(self.price.worth(self.step(state, number)));
            if self.worth[target].is_none_or(|before| worth > before) {
                (self.worth[target], self.from[target]) = (Some(worth), Some((state, number)));
                found = true;
            }
        }
        found
    }

    /// What a visit takes that leaves by this leg.
    fn step(&self, state: usize, leg: usize) -> Sum {
        let leg = &self.search.net.visits[state].legs[leg];
        let count = leg.most.map_or(u64::MAX, |most| self.search.of(most));
        Sum { count, time: leg.shortest }.and(self.retried[state])
    }

    /// A cycle in the walks: one that pays, or they would not go round it.
    fn cycle(&self) -> Option<Cycle> {
        // In which walk each state was met.
        let mut met: Vec<Option<usize>> = vec![None; self.from.len()];
        for &last in &self.search.net.order {
            let mut state = last;
            while met[state].is_none() {
                met[state] = Some(last);
                match self.from[state] {
                    Some((before, _)) => state = before,
                    None => break,
                }
            }
            if met[state] == Some(last) && self.from[state].is_some() {
                return Some(self.cycle_through(state));
            }
        }
        None
    }

    fn cycle_through(&self, state: usize) -> Cycle {
        let (mut states, mut sum, mut current) = (Vec::new(), Sum::default(), state);
        while let Some((before, leg)) = self.from[current] {
            states.push(before);
            sum = sum.and(self.step(before, leg));
            current = before;
            if current == state {
                break;
            }
        }
        states.reverse();
        Cycle { states, sum }
    }

    /// What the walk to a state takes, before its entry.
    fn to(&self, state: usize) -> Option<Sum> {
        self.worth[state]?;
        let steps = std::iter::successors(self.from[state], |&(before, _)| self.from[before]);
        Some(steps.map(|(before, leg)| self.step(before, leg)).fold(Sum::default(), Sum::and))
    }

    /// What the best walk takes, be it to an end or until its time is up.
    fn sum(&self) -> Sum {
        let net = self.search.net;
        let ends = net.order.iter().filter(|&&state| self.worth[state].is_some()).flat_map(|&state| {
            let visit = &net.visits[state];
            let interrupted = Sum { count: self.search.of(visit.interrupted), time: 0 }.and(self.retried[state]);
            let ended = visit.legs.iter().enumerate().filter(|(_, leg)| !matches!(leg.to, To::State(_)));
            let ended = ended.map(move |(number, _)| self.step(state, number));
            std::iter::once(interrupted).chain(ended).map(move |last| (state, last))
        });
        let worth = |&(state, last): &(usize, Sum)| {
            self.worth[state].unwrap_or(i128::MIN).saturating_add(self.price.worth(last))
        };
        let best = ends.max_by_key(|end| worth(end));
        best.and_then(|(state, last)| Some(self.to(state)?.and(last))).unwrap_or_default()
    }
}
