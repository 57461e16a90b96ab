//! Strings: methods, operators, `format!`.

use proptest::prelude::*;
use proptest::sample::select;
use serde::{Deserialize, Serialize};
use workflow_runtime::prelude::*;

use crate::agreement::agreement;
use crate::values::{HOSTILE, integer, natural, ordered_text, text};

/// A constant is evaluated at export.
const GREETING: &str = "{% \"hello\" %} ${name} \\";
const LIMITS: [u32; 2] = [3, 5];

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
struct Texts {
    text: String,
    part: String,
    letter: char,
}

fn texts() -> impl Strategy<Value = Texts> {
    let letter = select(HOSTILE).prop_map(|text| text.chars().next().unwrap_or('a'));
    let related = (text(), text(), text(), 0..4_u8, letter).prop_map(|(before, part, behind, kind, letter)| {
        let text = match kind {
            0 => before,
            1 => format!("{part}{behind}"),
            2 => format!("{before}{part}"),
            _ => format!("{before}{part}{behind}"),
        };
        Texts { text, part, letter }
    });
    related.boxed()
}

fn ordered_texts() -> impl Strategy<Value = (String, String)> {
    (ordered_text(), ordered_text())
}

struct Search;

#[workflow(start = search, timeout = "1m")]
impl Search {
    #[pass(end)]
    fn search(t: Texts) -> (bool, bool, bool, bool, bool, bool, bool) {
        (
            t.text.contains(&t.part),
            t.text.starts_with(&t.part),
            t.text.ends_with(t.part.as_str()),
            t.text.contains(t.letter),
            t.text.starts_with("{%"),
            t.text.ends_with('"'),
            t.text.is_empty(),
        )
    }
}

struct Transform;

#[workflow(start = transform, timeout = "1m")]
impl Transform {
    #[pass(end)]
    fn transform(t: Texts) -> (String, String, String, usize, String, String, String, String) {
        (
            t.text.to_uppercase(),
            t.text.to_lowercase(),
            t.text.trim().to_string(),
            t.text.len(),
            t.text.clone() + &t.part,
            t.letter.to_string(),
            String::from("{% ' \" \\ %}"),
            GREETING.to_owned(),
        )
    }
}

struct Parts;

#[workflow(start = take_apart, timeout = "1m")]
impl Parts {
    #[pass(end)]
    fn take_apart(t: Texts) -> (Vec<String>, usize, Vec<String>, String, String, String, String) {
        let text = format!("{}, {} {}", t.text, t.part, t.text);
        (
            text.split(", ").map(|part| part.to_owned()).collect(),
            t.text.split("a").count(),
            t.text.split(' ').filter(|part| !part.is_empty()).map(|part| part.to_uppercase()).collect(),
            text.replace(" ", ""),
            t.text.replace("a", "$1 \\"),
            t.text.replace('a', &t.part),
            t.text.replace("{%", "%}").replace("\"", "'"),
        )
    }
}

struct Order;

#[workflow(start = order, timeout = "1m")]
impl Order {
    #[pass(end)]
    fn order((a, b): (String, String)) -> (bool, bool, bool, bool, bool, bool, bool) {
        (a == b, a != b, a < b, a <= b, a > b, a >= b, a == "\"" || b.as_str() != "")
    }
}

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
struct Printed {
    text: String,
    letter: char,
    number: i64,
    small: u32,
    yes: bool,
}

fn printed() -> impl Strategy<Value = Printed> {
    (texts(), integer(), natural(), any::<bool>()).prop_map(|(texts, number, small, yes)| Printed {
        text: texts.text,
        letter: texts.letter,
        number,
        small,
        yes,
    })
}

struct Format;

#[workflow(start = print, timeout = "1m")]
impl Format {
    #[pass(end)]
    fn print(p: Printed) -> (String, String, String, String, String, String, String, String, String, String, String) {
        let Printed { text, number, .. } = p.clone();
        (
            format!("{text}"),
            format!("{{% {text} %}} ${{{number}}} {}", p.yes),
            format!("{0}-{0}/{1}", p.small, p.letter),
            format!("{n} {text:?<6}|", n = p.number),
            format!("[{:>8}]", p.number),
            format!("[{:8}] [{:<8}]", p.small, p.small),
            format!("[{:8}] [{:>8}]", p.text, p.text),
            format!("[{:.3}] [{:*>6.2}]", p.text, p.text),
            format!("\"\\\n\u{1}{}\"", p.text.to_uppercase()),
            format!("no placeholder: %{{ %}}"),
            p.number.to_string() + &p.yes.to_string(),
        )
    }
}

struct Fail;

/// A text as a cause, and a constant in a guard.
#[workflow(start = decide, timeout = "1m", output = ())]
impl Fail {
    #[choice]
    fn decide(p: Printed) -> Next<Self> {
        match p.small {
            n if n < LIMITS[0] => plain(p.text),
            n if n == LIMITS[1] => silent(),
            _ => composed(p),
        }
    }

    #[fail(error = "{% \"Plain\" %}")]
    fn plain(text: String) -> String {
        text
    }

    #[fail(error = "Composed ${it}")]
    fn composed(p: Printed) -> String {
        format!("{}: {} of {}", p.text, p.number, p.small)
    }

    #[fail(error = "Silent")]
    fn silent();
}

agreement! {
    searches: Search, texts();
    transformations: Transform, texts();
    parts: Parts, texts();
    order_of_strings: Order, ordered_texts();
    formats: Format, printed();
    causes: Fail, printed();
}
