//! The name that a misspelt one most resembles.

/// The names that a misspelt one may mean.
pub(crate) struct Names<'a> {
    names: Vec<(&'a str, Vec<char>)>,
}

impl<'a> Names<'a> {
    pub(crate) fn new(names: impl Iterator<Item = &'a str>) -> Self {
        Names { names: names.map(|name| (name, folded(name))).collect() }
    }

    /// What `name` seems to mean: a name that differs in case and underscores alone, or else the one with the fewest
    /// typing errors between them, if they are few. Of several, the first.
    pub(crate) fn nearest(&self, name: &str) -> Option<&'a str> {
        let wanted = folded(name);
        let mut best: Option<(usize, &'a str)> = None;
        for (name, offered) in &self.names {
            let few = wanted.len().max(offered.len()).max(3) / 3;
            let limit = best.map_or(few, |(least, _)| few.min(least));
            if let Some(errors) = errors_between(&wanted, offered, limit)
                && best.is_none_or(|(least, _)| errors < least)
            {
                best = Some((errors, name));
            }
        }
        best.map(|(_, name)| name)
    }
}

/// The candidate that a misspelt name seems to mean, if one is near.
///
/// ```
/// use workflow_model::name::nearest;
///
/// assert_eq!(nearest("timout", ["timeout", "heartbeat"]), Some("timeout"));
/// assert_eq!(nearest("colour", ["timeout", "heartbeat"]), None);
/// ```
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    Names::new(candidates.into_iter()).nearest(name)
}

/// The letters of a name without what `snake_case`, `camelCase` and raw identifiers add to them.
fn folded(name: &str) -> Vec<char> {
    let name = name.strip_prefix("r#").unwrap_or(name);
    name.chars().filter(|&letter| letter != '_').flat_map(char::to_lowercase).collect()
}

/// How many letters must be inserted, dropped, replaced or swapped with their neighbour (optimal string alignment), unless
/// they are more than `limit`.
fn errors_between(from: &[char], to: &[char], limit: usize) -> Option<usize> {
    if from.len().abs_diff(to.len()) > limit {
        return None;
    }
    let mut before_last = vec![0; to.len() + 1];
    let mut last: Vec<usize> = (0..=to.len()).collect();
    let mut row = vec![0; to.len() + 1];
    for i in 1..=from.len() {
        row[0] = i;
        for j in 1..=to.len() {
            let replaced = last[j - 1] + usize::from(from[i - 1] != to[j - 1]);
            row[j] = replaced.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1] {
                row[j] = row[j].min(before_last[j - 2] + 1);
            }
        }
        // A swap skips a row, so both rows must be beyond the limit before nothing below can be within it.
        if row.iter().chain(&last).all(|&errors| errors > limit) {
            return None;
        }
        std::mem::swap(&mut before_last, &mut last);
        std::mem::swap(&mut last, &mut row);
    }
    Some(last[to.len()]).filter(|&errors| errors <= limit)
}

#[cfg(test)]
mod tests {
    use super::{Names, errors_between};

    fn letters(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    #[test]
    fn counts_typing_errors() {
        for (from, to, errors) in [
            ("", "", 0),
            ("", "abc", 3),
            ("wait", "wiat", 1),
            ("result", "reslt", 1),
            ("poll", "call", 2),
            ("a", "b", 1),
        ] {
            let (from, to) = (letters(from), letters(to));
            assert_eq!(errors_between(&from, &to, errors), Some(errors));
            assert_eq!(errors_between(&to, &from, errors), Some(errors));
            assert_eq!(errors_between(&from, &to, 9), Some(errors));
            assert!(errors == 0 || errors_between(&from, &to, errors - 1).is_none());
        }
    }

    #[test]
    fn finds_what_was_meant() {
        let states = Names::new(["call_service", "wait_for_result", "wait_for_results", "done"].into_iter());
        for (written, meant) in [
            ("wait_for_result", Some("wait_for_result")),
            ("waitForResult", Some("wait_for_result")),
            ("WaitForResults", Some("wait_for_results")),
            ("wait_for_reslut", Some("wait_for_result")),
            ("r#done", Some("done")),
            ("don", Some("done")),
            ("finished", None),
            ("", None),
        ] {
            assert_eq!(states.nearest(written), meant, "{written}");
        }
    }
}
