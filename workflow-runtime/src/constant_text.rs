//! Texts of constants, as `format!` is not for constants.

use std::time::Duration;

/// A text that a constant is made with. What does not fit is left out.
#[derive(Clone, Copy)]
pub(crate) struct Text {
    bytes: [u8; Text::LONGEST],
    length: usize,
}

impl Text {
    const LONGEST: usize = 1024;

    pub(crate) const fn new(begin: &str) -> Self {
        Text { bytes: [0; Text::LONGEST], length: 0 }.then(begin)
    }

    pub(crate) const fn then(mut self, text: &str) -> Self {
        let text = text.as_bytes();
        let mut index = 0;
        while index < text.len() && self.length + text.len() - index <= Text::LONGEST {
            self.bytes[self.length] = text[index];
            self.length += 1;
            index += 1;
        }
        self
    }

    pub(crate) const fn quoted(self, text: &str) -> Self {
        self.then("`").then(text).then("`")
    }

    /// As [`duration::Display`](workflow_model::duration::Display) writes it.
    pub(crate) const fn time(mut self, time: Duration) -> Self {
        let mut millis = time.as_millis();
        if millis == 0 {
            return self.then("0s");
        }
        let units = [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1)];
        let mut index = 0;
        let mut is_first = true;
        while index < units.len() {
            let (unit, length) = units[index];
            if millis >= length {
                self = self.then(if is_first { "" } else { " " }).number(millis / length).then(unit);
                millis %= length;
                is_first = false;
            }
            index += 1;
        }
        self
    }

    pub(crate) const fn number(self, number: u128) -> Self {
        let digits = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
        let rest = if number >= 10 { self.number(number / 10) } else { self };
        rest.then(digits[(number % 10) as usize])
    }

    pub(crate) const fn as_str(&self) -> &str {
        match std::str::from_utf8(self.bytes.split_at(self.length).0) {
            Ok(text) => text,
            Err(_) => "what is wrong cannot be written",
        }
    }
}
