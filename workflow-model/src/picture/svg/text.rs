//! Texts, and how much room they take.

use std::fmt::{Result, Write};

/// A size of letters.
#[derive(Clone, Copy, Debug)]
pub(super) struct Font {
    /// The size of the letters.
    pub(super) size: f64,
    /// The distance from one line to the next.
    pub(super) height: f64,
}

/// The kind of a state, above its name.
pub(super) const CAPTION: Font = Font { size: 9.0, height: 13.0 };
/// The name of a state.
pub(super) const TITLE: Font = Font { size: 13.0, height: 18.0 };
/// What is told of a state below its name.
pub(super) const NOTE: Font = Font { size: 10.5, height: 15.0 };
/// The label of an edge.
pub(super) const LABEL: Font = Font { size: 10.5, height: 15.0 };

/// The width of a letter in a font of fixed width, as a part of its size: that of the widest such fonts.
const LETTER: f64 = 0.61;

/// A line of text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    pub(super) text: &'a str,
    pub(super) font: Font,
    pub(super) class: &'a str,
}

/// The width of a text.
pub(super) fn width(text: &str, font: Font) -> f64 {
    let letters = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    f64::from(letters) * font.size * LETTER
}

/// Writes lines below each other, centred at `x`, from `top` on.
pub(super) fn write(svg: &mut String, lines: &[Line<'_>], x: f64, top: f64) -> Result {
    let mut top = top;
    for Line { text, font, class } in lines {
        // The letters stand a little above the middle of their line, as most have nothing below the baseline.
        let baseline = top + font.height / 2.0 + font.size * 0.35;
        let (text, size) = (escape(text), font.size);
        writeln!(svg, r#"<text class="{class}" x="{x:.1}" y="{baseline:.1}" font-size="{size}">{text}</text>"#)?;
        top += font.height;
    }
    Ok(())
}

/// The text with the characters that XML would read, as entities.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
