//! `#[wait]`: lets time pass.
//!
//! A wait is left behind rather than sat out: `drive` ends with the state that waits, and whoever runs the execution drives it again
//! from that state when the time has come. Until then there is neither a future nor a timer of its own.

use std::time::{Duration, SystemTime};

use workflow_model::states::WaitUnit;

use super::{Fault, Record, Run};
use crate::clock;

impl<R: Record> Run<R> {
    /// Whether the execution is now to wait for a time that was known at compile time.
    pub fn waits(&mut self, duration: Duration) -> bool {
        !self.resumes() && self.wait_for(duration)
    }

    /// Whether the execution is now to wait for as long as the body computes, in the field of the state that holds it on AWS. What
    /// has passed already is not waited for.
    pub fn waits_until(
        &mut self,
        unit: WaitUnit,
        end: impl FnOnce() -> Result<WaitEnd, UnreadableTime>,
    ) -> Result<bool, Fault> {
        if self.resumes() {
            return Ok(false);
        }
        let field = match unit {
            WaitUnit::Seconds | WaitUnit::Length => "Seconds",
            WaitUnit::Moment => "Timestamp",
        };
        let end = self.evaluate(field, end)?;
        let duration = match end {
            Ok(WaitEnd::After(duration)) => duration,
            Ok(WaitEnd::At(moment)) => moment.duration_since(self.record.now()).unwrap_or_default(),
            Err(UnreadableTime(text)) => {
                let why = format!(
                    "The {field} field cannot be parsed as an ISO-8601 extended offset date-time format string: {text}"
                );
                return Err(self.evaluation_failed(field, &why));
            }
        };
        Ok(self.wait_for(duration))
    }

    /// Whether the state was left waiting, and goes on now that its wait is over.
    fn resumes(&mut self) -> bool {
        let resumes = self.until.take().is_some();
        if resumes {
            self.resumes_from();
        }
        resumes
    }

    /// Begins a wait, unless there is nothing to wait for.
    fn wait_for(&mut self, duration: Duration) -> bool {
        if duration.is_zero() {
            return false;
        }
        self.until = Some(clock::after(duration));
        true
    }
}

/// When a wait ends.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitEnd {
    /// After this time.
    After(Duration),
    /// At this moment.
    At(SystemTime),
}

/// A text that is no moment.
#[doc(hidden)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadableTime(pub(crate) String);

/// What the body of a `#[wait]` may give.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a `#[wait]` cannot wait for a `{Self}`",
    label = "this does not say how long the wait takes",
    note = "give whole seconds as a `u64`, or a `std::time::Duration`",
    note = "with the feature `jiff`, a `jiff::Timestamp` says when the wait ends, or a `String` that holds one"
)]
pub trait WaitTime: Sized {
    /// What it is.
    const UNIT: WaitUnit;

    /// When the wait ends.
    fn end(self) -> Result<WaitEnd, UnreadableTime>;
}

macro_rules! seconds {
    ($($ty:ident)*) => {$(
        #[diagnostic::do_not_recommend]
        impl WaitTime for $ty {
            const UNIT: WaitUnit = WaitUnit::Seconds;

            fn end(self) -> Result<WaitEnd, UnreadableTime> {
                Ok(WaitEnd::After(Duration::from_secs(self.into())))
            }
        }
    )*};
}

seconds!(u8 u16 u32 u64);

#[diagnostic::do_not_recommend]
impl WaitTime for Duration {
    const UNIT: WaitUnit = WaitUnit::Length;

    fn end(self) -> Result<WaitEnd, UnreadableTime> {
        Ok(WaitEnd::After(self))
    }
}

#[diagnostic::do_not_recommend]
#[cfg(feature = "jiff")]
impl WaitTime for jiff::Timestamp {
    const UNIT: WaitUnit = WaitUnit::Moment;

    fn end(self) -> Result<WaitEnd, UnreadableTime> {
        // Whatever is before 1970 has passed.
        let since = Duration::try_from(self.as_duration()).unwrap_or_default();
        Ok(WaitEnd::At(SystemTime::UNIX_EPOCH + since))
    }
}

#[diagnostic::do_not_recommend]
#[cfg(feature = "jiff")]
impl WaitTime for String {
    const UNIT: WaitUnit = WaitUnit::Moment;

    fn end(self) -> Result<WaitEnd, UnreadableTime> {
        match self.parse::<jiff::Timestamp>() {
            Ok(moment) if is_offset_date_time(&self) => moment.end(),
            _ => Err(UnreadableTime(self)),
        }
    }
}

/// Whether a text has the form that Step Functions reads, `2016-03-14T01:59:00.123Z` or `…+01:00`. Jiff reads others as well: a
/// space instead of the `T`, small letters, the name of a time zone behind the offset, a leap second.
#[cfg(feature = "jiff")]
fn is_offset_date_time(text: &str) -> bool {
    let Some((date, time)) = text.split_once('T') else { return false };
    let (time, offset_fits) = match time.strip_suffix('Z') {
        Some(time) => (time, true),
        None => match time.rfind(['+', '-']).map(|sign| time.split_at(sign)) {
            Some((time, offset)) => (time, has_form(&offset[1..], "00:00")),
            None => return false,
        },
    };
    let (clock, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    offset_fits
        && has_form(date, "0000-00-00")
        && (has_form(clock, "00:00:00") || clock == time && has_form(clock, "00:00"))
        && !clock.ends_with(":60")
        && is_digits(fraction)
}

/// Whether a text has digits where `form` has them, and the same elsewhere.
#[cfg(feature = "jiff")]
fn has_form(text: &str, form: &str) -> bool {
    let fits = |(byte, form): (u8, u8)| if form == b'0' { byte.is_ascii_digit() } else { byte == form };
    text.len() == form.len() && text.bytes().zip(form.bytes()).all(fits)
}

#[cfg(all(test, feature = "jiff"))]
mod tests {
    use super::*;

    #[test]
    fn reads_what_step_functions_reads() {
        for text in
            ["2016-03-14T01:59:00Z", "2016-03-05T21:29:29.243167252Z", "2016-03-14T01:59:00+01:00", "2016-03-14T01:59Z"]
        {
            assert!(matches!(text.to_owned().end(), Ok(WaitEnd::At(_))), "{text}");
        }
        for text in [
            "",
            "2016-13-05T21:29:29Z",
            "05-12-2016T21:29:29Z",
            "2016-12-05T25:29:29Z",
            "2016-12-05 21:29:29Z",
            "2016-12-05T21:29:29",
            "2016-12-05t21:29:29z",
            "2016-12-05T21:29:60Z",
            "2016-12-05T21:29:29.Z",
            "2016-12-05T21:29.5Z",
            "2016-12-05T21:29:29+01",
            "2016-12-05T21:29:29+01:00[Europe/Berlin]",
        ] {
            assert_eq!(text.to_owned().end(), Err(UnreadableTime(text.to_owned())));
        }
    }

    #[test]
    fn a_moment_before_1970_has_passed() {
        let Ok(WaitEnd::At(moment)) = jiff::Timestamp::MIN.end() else { panic!("a timestamp is a moment") };
        assert_eq!(moment, SystemTime::UNIX_EPOCH);
    }
}
