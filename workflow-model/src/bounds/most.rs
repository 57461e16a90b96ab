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
use super::walks::{Cycle, Price, Sum, Walks};

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
    fn best(&self, first: usize, price: Price) -> Result<Best<'_>, Cycle> {
        let retried: Vec<Sum> = self.net.visits.iter().map(|visit| self.retried(visit, price)).collect();
        let step = |state: usize, leg: usize| self.leaving(state, leg).and(retried[state]);
        let walks = Walks::new(self.net, first, price, &step)?;
        Ok(Best { search: self, price, retried, walks })
    }

    /// What it takes to leave a state by a leg, without retries.
    fn leaving(&self, state: usize, leg: usize) -> Sum {
        let leg = &self.net.visits[state].legs[leg];
        Sum { count: leg.most.map_or(u64::MAX, |most| self.of(most)), time: leg.shortest }
    }
}

/// The best walks at a price.
struct Best<'a> {
    search: &'a Search<'a>,
    price: Price,
    /// What the retries of each state add.
    retried: Vec<Sum>,
    walks: Walks<'a>,
}

impl Best<'_> {
    /// What the walk to a state takes, before its entry.
    fn to(&self, state: usize) -> Option<Sum> {
        self.walks.to(state)
    }

    /// What the best walk takes, be it to an end or until its time is up.
    fn sum(&self) -> Sum {
        let net = self.search.net;
        let reached = net.order.iter().filter_map(|&state| Some((state, self.walks.worth(state)?)));
        let ends = reached.flat_map(|(state, worth)| {
            let visit = &net.visits[state];
            let interrupted = Sum { count: self.search.of(visit.interrupted), time: 0 };
            let ended = visit.legs.iter().enumerate().filter(|(_, leg)| !matches!(leg.to, To::State(_)));
            let ended = ended.map(move |(number, _)| self.search.leaving(state, number));
            let last = std::iter::once(interrupted).chain(ended).map(move |last| last.and(self.retried[state]));
            last.map(move |last| (state, last, worth.saturating_add(self.price.worth(last))))
        });
        let best = ends.max_by_key(|&(_, _, worth)| worth);
        best.and_then(|(state, last, _)| Some(self.to(state)?.and(last))).unwrap_or_default()
    }
}
