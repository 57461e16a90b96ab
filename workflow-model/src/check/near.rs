//! The name that a misspelt one most resembles.

/// The candidate that `name` seems to mean: one that differs in case and underscores alone, or else the one with the
/// fewest typing errors between them, if they are few.
pub fn nearest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = folded(name);
    let mut best: Option<(usize, &'a str)> = None;
    for candidate in candidates {
        let offered = folded(candidate);
        let allowed = wanted.len().max(offered.len()).max(3) / 3;
        if wanted.len().abs_diff(offered.len()) > allowed {
            continue;
        }
        let distance = distance(&wanted, &offered);
        if distance <= allowed && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// The letters of a name without what `snake_case`, `camelCase` and raw identifiers add to them.
fn folded(name: &str) -> Vec<char> {
    let name = name.strip_prefix("r#").unwrap_or(name);
    name.chars().filter(|&letter| letter != '_').flat_map(char::to_lowercase).collect()
}

/// How many letters must be inserted, dropped, replaced or swapped with their neighbour (optimal string alignment).
fn distance(from: &[char], to: &[char]) -> usize {
    let mut before_last = vec![0; to.len() + 1];
    let mut last: Vec<usize> = (0..=to.len()).collect();
    for i in 1..=from.len() {
        let mut row = vec![i; to.len() + 1];
        for j in 1..=to.len() {
            let replaced = last[j - 1] + usize::from(from[i - 1] != to[j - 1]);
            row[j] = replaced.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1] {
                row[j] = row[j].min(before_last[j - 2] + 1);
            }
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last[to.len()]
}

#[cfg(test)]
mod tests {
    use super::{distance, nearest};

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
            assert_eq!(distance(&letters(from), &letters(to)), errors, "{from} {to}");
            assert_eq!(distance(&letters(to), &letters(from)), errors, "{to} {from}");
        }
    }

    #[test]
    fn finds_what_was_meant() {
        let states = ["call_service", "wait_for_result", "wait_for_results", "done"];
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
            assert_eq!(nearest(written, states.into_iter()), meant, "{written}");
        }
    }
}
