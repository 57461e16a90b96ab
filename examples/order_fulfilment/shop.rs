//! A shop in memory, with a log of what it did.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::workflow::{Item, Parcel, Payment, PaymentError, Receipt, Shop, StockError};

/// Handles on the same shop are clones.
#[derive(Clone)]
pub struct Desk {
    books: Arc<Mutex<Books>>,
}

struct Books {
    /// How many of each article are on the shelves.
    shelves: BTreeMap<String, u32>,
    /// What was taken from them, by order.
    taken: BTreeMap<String, Vec<(String, u32)>>,
    /// What was paid, by order.
    paid: BTreeMap<String, u32>,
    /// The orders whose payment the bank did not answer at first.
    unanswered: BTreeSet<String>,
    log: Vec<String>,
}

impl Desk {
    pub fn new<const N: usize>(shelves: [(&str, u32); N]) -> Self {
        let shelves = shelves.into_iter().map(|(article, count)| (article.to_owned(), count)).collect();
        let (taken, paid, unanswered, log) = Default::default();
        let books = Books { shelves, taken, paid, unanswered, log };
        Desk { books: Arc::new(Mutex::new(books)) }
    }

    /// What the shop did so far.
    pub fn log(&self) -> Vec<String> {
        self.books().log.clone()
    }

    fn books(&self) -> MutexGuard<'_, Books> {
        // What is held under the lock is changed whole or not at all.
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How long the bank and the shelves take. The bank declines cards that end in 0, and is busy when it first sees one that ends in 5.
const BANK: Duration = Duration::from_millis(300);
const SHELF: Duration = Duration::from_millis(200);

impl Shop for Desk {
    async fn charge(&self, payment: &Payment) -> Result<Receipt, PaymentError> {
        tokio::time::sleep(BANK).await;
        let mut books = self.books();
        match payment.card.chars().last() {
            Some('0') => return Err(PaymentError::Declined),
            Some('5') if books.unanswered.insert(payment.order.clone()) => return Err(PaymentError::Unavailable),
            _ => {}
        }
        books.paid.insert(payment.order.clone(), payment.amount_in_cents);
        books.log.push(format!("{}: charged {}", payment.order, payment.amount_in_cents));
        Ok(Receipt { number: format!("R-{}", payment.order) })
    }

    async fn refund(&self, order: &str) {
        let mut books = self.books();
        if let Some(amount) = books.paid.remove(order) {
            books.log.push(format!("{order}: refunded {amount}"));
        }
    }

    async fn reserve(&self, order: &str, item: &Item) -> Result<(), StockError> {
        tokio::time::sleep(SHELF).await;
        let mut books = self.books();
        let left = books.shelves.entry(item.article.clone()).or_default();
        *left = left.checked_sub(item.quantity).ok_or_else(|| StockError::SoldOut(item.article.clone()))?;
        books.taken.entry(order.to_owned()).or_default().push((item.article.clone(), item.quantity));
        books.log.push(format!("{order}: took {} {}", item.quantity, item.article));
        Ok(())
    }

    async fn release(&self, order: &str) {
        let mut books = self.books();
        for (article, quantity) in books.taken.remove(order).unwrap_or_default() {
            books.log.push(format!("{order}: put {quantity} {article} back"));
            *books.shelves.entry(article).or_default() += quantity;
        }
    }

    async fn ship(&self, parcel: &Parcel) -> String {
        self.books().log.push(format!("{}: shipped {}", parcel.order, parcel.articles.join(", ")));
        format!("T-{}", parcel.order)
    }
}
