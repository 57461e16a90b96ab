//! Names, blocks and precedence: `let`, shadowing, closures that capture, branches inside of operations.

use proptest::prelude::*;
use proptest::sample::select;
use serde::{Deserialize, Serialize};
use workflow_runtime::prelude::*;

use crate::agreement::agreement;
use crate::values::{float, integer, list, text};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Data)]
struct Point {
    x: i64,
    y: i64,
}

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
struct Scene {
    points: Vec<Point>,
    origin: Point,
    far: Option<Point>,
    numbers: Vec<i64>,
    words: Vec<String>,
    maybe: Vec<Option<i64>>,
    yes: bool,
    also: bool,
}

fn point() -> impl Strategy<Value = Point> {
    (integer(), integer()).prop_map(|(x, y)| Point { x, y })
}

fn scene() -> impl Strategy<Value = Scene> {
    let lists = (list(point()), list(integer()), list(text()), list(proptest::option::of(integer())));
    (lists, point(), proptest::option::of(point()), any::<bool>(), any::<bool>()).prop_map(
        |((points, numbers, words, maybe), origin, far, yes, also)| Scene {
            points,
            origin,
            far,
            numbers,
            words,
            maybe,
            yes,
            also,
        },
    )
}

/// A constant that is a struct, and one of an associated item.
const CORNER: Point = Point { x: 1, y: -1 };

struct Limits;

impl Limits {
    const MOST: i64 = 3;
    const NAMES: [&'static str; 2] = ["{% a %}", "b"];
}

struct Bind;

/// Names that mean something in JSONata, or hide one another.
#[workflow(start = bind, timeout = "1m")]
impl Bind {
    #[pass(end)]
    fn bind(input: Scene) -> (i64, i64, i64, i64, Vec<i64>, i64) {
        let states = input.origin.x + 1;
        let and = states * 2;
        let function = {
            let and = and + 1;
            and + states
        };
        let r#in = if input.yes { and } else { function };
        let x = r#in;
        let x = x + 1;
        let x = x * x.min(10);
        let (first, Point { y, .. }) = (input.numbers.first().copied().unwrap_or(x), input.origin);
        let item = 5;
        let shifted: Vec<i64> = input.numbers.iter().map(|item| item + x).collect();
        (states, and, function, x + first, shifted, item + y)
    }
}

struct Capture;

#[workflow(start = capture, timeout = "1m")]
impl Capture {
    #[pass(end)]
    fn capture(s: Scene) -> (Vec<i64>, bool, Vec<String>, Vec<Point>, Vec<i64>, Vec<i64>, usize) {
        let limit = s.origin.x - 1;
        let label = format!("<{}>", s.words.first().cloned().unwrap_or_default());
        let origin = s.origin.clone();
        (
            s.numbers.iter().filter(|number| **number > limit).map(|number| number - limit).collect(),
            s.points.iter().any(|point| s.numbers.iter().any(|number| *number == point.x)),
            s.words.iter().map(|word| label.clone() + word).collect(),
            s.points.iter().map(|Point { x, y }| Point { x: x + origin.x, y: y - limit }).collect(),
            s.points.iter().map(|point| if point.x > point.y { point.x } else { limit }).collect(),
            s.points
                .iter()
                .map(|point| match point {
                    Point { x: 0, .. } => 0,
                    Point { x, y } if x == y => *x,
                    Point { y, .. } => y + limit,
                })
                .collect(),
            s.points.iter().filter(|point| **point == origin).count(),
        )
    }
}

struct Precede;

#[workflow(start = precede, timeout = "1m")]
impl Precede {
    #[pass(end)]
    fn precede(s: Scene) -> (bool, bool, bool, i64, i64, i64, bool, i64, bool, String, bool) {
        let Point { x, y } = s.origin;
        (
            (x < y) == (s.yes == s.also),
            !(s.yes && s.also) || s.yes && !s.also,
            (s.yes || s.also) && x > y,
            x - -y - (x - y),
            -(x + y) * 2,
            (if s.yes { x } else { y }) + 3,
            (match s.far {
                Some(Point { x, .. }) => x > 0,
                None => s.yes,
            }) != s.also,
            {
                let sum = x + y;
                sum * sum % 7
            },
            matches!((s.yes, x), (true, 1..) | (false, ..=0)),
            (if s.also { "yes" } else { "{%" }).to_string() + &(x + y).to_string() + "|",
            [s.yes, s.also].contains(&true),
        )
    }
}

struct Iterate;

#[workflow(start = iterate, timeout = "1m")]
impl Iterate {
    #[pass(end)]
    fn iterate(
        s: Scene,
    ) -> (i64, Option<i64>, usize, Option<i64>, String, Vec<i64>, bool, Vec<i64>, Vec<Option<i64>>, i64, bool, bool)
    {
        let long: Vec<String> = s.words.iter().filter(|word| word.len() > 1).cloned().collect();
        let positive: Vec<i64> = s.numbers.iter().copied().filter(|n| *n > 0).collect();
        (
            s.points.iter().filter(|point| point.x > 0).map(|point| point.y).sum(),
            s.numbers.iter().copied().filter(|n| *n < 0).max(),
            s.points.iter().filter(|point| point.x < point.y).count(),
            positive.first().copied(),
            long.join(", "),
            positive.iter().copied().rev().collect(),
            positive.is_empty() || positive.contains(&s.origin.x),
            s.maybe.iter().map(|n| n.unwrap_or(-1)).collect(),
            s.maybe.iter().copied().filter(|n| n.is_some()).map(|n| n.map(|n| n + 1)).collect(),
            s.maybe.iter().copied().map(|n| n.unwrap_or_default()).sum(),
            s.points.iter().map(|point| point.x).any(|x| x == 4),
            s.numbers.iter().rev().map(|n| *n.min(&5)).filter(|n| *n > 0).all(|n| n < 4),
        )
    }
}

struct Constants;

#[workflow(start = use_them, timeout = "1m")]
impl Constants {
    #[pass(end)]
    fn use_them(s: Scene) -> (Point, bool, i64, String, bool, Vec<i64>) {
        (
            CORNER,
            s.origin == CORNER || s.far == Some(CORNER),
            Limits::MOST.min(s.origin.x) + CORNER.y,
            Limits::NAMES[0].to_string(),
            s.words.contains(&Limits::NAMES[1].to_string()),
            s.numbers.iter().copied().filter(|n| *n <= Limits::MOST).collect(),
        )
    }
}

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
struct Scalars {
    word: String,
    letter: char,
    number: i64,
    float: f64,
}

fn scalars() -> impl Strategy<Value = Scalars> {
    let letter = select(&['a', 'm', 'z', '"', '\u{0}', 'é', '日']);
    let float = prop_oneof![float(), Just(0.5), Just(-1.0)];
    let number = prop_oneof![integer(), -12..12_i64];
    (text(), letter, number, float).prop_map(|(word, letter, number, float)| Scalars { word, letter, number, float })
}

struct Literals;

#[workflow(start = look, timeout = "1m")]
impl Literals {
    #[pass(end)]
    fn look(s: Scalars) -> (i64, i64, i64, i64, bool, String, String) {
        let word = match s.word.as_str() {
            "" => 0,
            "a" | "b" | "ab" => 1,
            "\"" | "'" | "\\" => 2,
            "{%" | "%}" | "${" => 3,
            "日本" => 4,
            word if word.len() > 4 => 5,
            _ => 6,
        };
        let letter = match s.letter {
            'a'..='m' => 1,
            '"' => 2,
            '\u{0}' => 3,
            '日' | 'é' => 4,
            _ => 5,
        };
        let number = match s.number {
            -5..=-1 => 1,
            0 => 2,
            1..5 => 3,
            n @ (5 | 7 | 9) => n,
            10.. => 4,
            _ => 5,
        };
        let float = match s.float {
            0.5 => 1,
            -1.0 => 2,
            ..0.0 => 3,
            _ => 4,
        };
        let padded = format!("[{:0>5}] [{:😀<4}] [{:\">6}] [{:>6}]", s.number, s.letter, s.word, s.number > 0);
        let both = if let 'a' = s.letter
            && s.number > 0
        {
            "both".to_string()
        } else {
            "not both".to_string()
        };
        (word, letter, number, float, s.float >= 0.5 && s.letter < 'n', padded, both)
    }
}

agreement! {
    bindings: Bind, scene();
    captures: Capture, scene();
    precedence: Precede, scene();
    iterators: Iterate, scene();
    constants: Constants, scene();
    literal_patterns: Literals, scalars();
}
