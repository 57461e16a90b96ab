//! Durations with units, as in `"90s"`, `"1h 30m"` and `"7d"`.

use std::fmt;
use std::time::Duration;

/// Reads a duration: numbers with units, largest unit first, separated by nothing or spaces.
///
/// The units are `d`, `h`, `m`, `s` and `ms`.
///
/// ```
/// use std::time::Duration;
/// use workflow_model::duration::parse;
///
/// assert_eq!(parse("90s"), Ok(Duration::from_secs(90)));
/// assert_eq!(parse("1h 30m"), Ok(Duration::from_secs(5400)));
/// assert_eq!(parse("250ms"), Ok(Duration::from_millis(250)));
/// assert!(parse("30").is_err());
/// ```
///
/// # Errors
///
/// When the text is no such duration; the error says what to write instead.
pub fn parse(text: &str) -> Result<Duration, ParseError> {
    let mut rest = text.trim();
    if rest.is_empty() {
        return Err(ParseError::new("the duration is empty".into()));
    }
    let mut total = Duration::ZERO;
    let mut previous = None;
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (number, behind) = rest.split_at(digits);
        let letters = behind.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (unit, behind) = behind.split_at(letters);
        let part = read_part(text, rest, number, unit)?;
        if previous.is_some_and(|larger| larger <= part.millis_per_unit) {
            return Err(ParseError::new(format!(
                "in {text:?} the unit `{unit}` stands behind a smaller or equal one; write the largest unit first"
            )));
        }
        previous = Some(part.millis_per_unit);
        total = part
            .duration()
            .and_then(|part| total.checked_add(part))
            .ok_or_else(|| ParseError::new(format!("{text:?} is longer than can be counted")))?;
        rest = behind.trim_start();
    }
    Ok(total)
}

/// A number and its unit.
struct Part {
    number: u64,
    millis_per_unit: u64,
}

impl Part {
    fn duration(&self) -> Option<Duration> {
        self.number.checked_mul(self.millis_per_unit).map(Duration::from_millis)
    }
}

/// The units, largest first, with their lengths in milliseconds.
const UNITS: [(&str, u64); 5] = [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1)];

fn read_part(text: &str, rest: &str, number: &str, unit: &str) -> Result<Part, ParseError> {
    if number.is_empty() {
        return Err(ParseError::new(format!("{text:?} is not a duration: a number is expected at {rest:?}")));
    }
    if unit.is_empty() {
        return Err(ParseError::new(format!("{text:?} lacks a unit behind `{number}`; seconds are \"{number}s\"")));
    }
    let Some((_, millis_per_unit)) = UNITS.into_iter().find(|(name, _)| *name == unit) else {
        return Err(ParseError::new(format!("{text:?} has the unknown unit `{unit}`")));
    };
    let number =
        number.parse().map_err(|_| ParseError::new(format!("in {text:?} the number `{number}` is too large")))?;
    Ok(Part { number, millis_per_unit })
}

/// Why a text is no duration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    message: String,
}

impl ParseError {
    /// The remedy that fits every error.
    pub const HELP: &'static str = "a duration is numbers with the units d, h, m, s or ms, as in \"90s\" or \"1h 30m\"";

    fn new(message: String) -> Self {
        ParseError { message }
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ParseError {}

/// A duration as [`parse`] reads it, as in `1h 30m`.
///
/// ```
/// use std::time::Duration;
/// use workflow_model::duration::Display;
///
/// assert_eq!(Display(Duration::from_secs(5400)).to_string(), "1h 30m");
/// assert_eq!(Display(Duration::ZERO).to_string(), "0s");
/// ```
pub struct Display(pub Duration);

impl fmt::Display for Display {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut millis = self.0.as_millis();
        if millis == 0 {
            return f.write_str("0s");
        }
        let mut separator = "";
        for (unit, length) in UNITS {
            let count = millis / u128::from(length);
            millis %= u128::from(length);
            if count > 0 {
                write!(f, "{separator}{count}{unit}")?;
                separator = " ";
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_prints() {
        for millis in [1, 999, 1_000, 61_000, 3_599_999, 86_400_000, 90_061_001] {
            let duration = Duration::from_millis(millis);
            assert_eq!(parse(&Display(duration).to_string()), Ok(duration));
        }
    }

    #[test]
    fn says_what_is_wrong() {
        for (text, message) in [
            ("", "the duration is empty"),
            ("30", r#""30" lacks a unit behind `30`; seconds are "30s""#),
            ("s", r#""s" is not a duration: a number is expected at "s""#),
            ("1.5h", r#""1.5h" lacks a unit behind `1`; seconds are "1s""#),
            ("10 seconds", r#""10 seconds" lacks a unit behind `10`; seconds are "10s""#),
            ("3w", r#""3w" has the unknown unit `w`"#),
            (
                "30m 1h",
                r#"in "30m 1h" the unit `h` stands behind a smaller or equal one; write the largest unit first"#,
            ),
            ("99999999999999999999s", r#"in "99999999999999999999s" the number `99999999999999999999` is too large"#),
        ] {
            assert_eq!(parse(text).expect_err(text).to_string(), message);
        }
    }
}
