//! The glyphs of a page, with their places.

use std::collections::HashMap;
use std::panic::resume_unwind;
use std::time::Instant;

use hayro_interpret::font::Glyph;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::{BlendMode, ClipPath, Device, GlyphDrawMode, Image, Paint, PathDrawMode, SoftMask};
use kurbo::{Affine, BezPath, Point};

/// A character at its place. Places are those of a page turned so that its text runs
/// from left to right; `y` is that of the base line and grows downwards.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Placed {
    pub(super) text: char,
    pub(super) x: f64,
    /// Where the next character is expected.
    pub(super) end: f64,
    pub(super) y: f64,
    /// The size of the font as it is drawn.
    pub(super) size: f64,
    /// How many quarter turns the text has.
    pub(super) turn: u8,
}

/// Equal characters less than this share of their size apart are one that is drawn
/// twice. The narrowest letters are twice as wide.
const SAME_PLACE: f64 = 0.08;

/// What is thrown when a document draws more than allowed.
pub(super) struct TooMuch;

/// Collects the glyphs of one page after the other.
pub(super) struct Collector {
    glyphs: Vec<Placed>,
    /// Places of the glyphs of this page, to leave out what is drawn twice.
    seen: HashMap<(char, i64, i64), (f64, f64)>,
    /// Glyphs that stand for no known character, on all pages.
    pub(super) unknown: usize,
    /// Glyphs with a character, on all pages.
    pub(super) known: usize,
    /// Whether there was an image.
    pub(super) images: bool,
    /// Drawing operations that are still allowed.
    pub(super) left: u64,
    /// When to give up.
    until: Instant,
}

/// What drawing a part of a page in a frame costs, in operations: it is parsed anew.
const FRAME_COST: u64 = 50;

impl Collector {
    pub(super) fn new(operations: u64, until: Instant) -> Self {
        let (glyphs, seen) = (Vec::new(), HashMap::new());
        Self { glyphs, seen, unknown: 0, known: 0, images: false, left: operations, until }
    }

    pub(super) fn is_late(&self) -> bool {
        Instant::now() > self.until
    }

    /// The glyphs since the last call, in the order of drawing.
    pub(super) fn take(&mut self) -> Vec<Placed> {
        self.seen.clear();
        std::mem::take(&mut self.glyphs)
    }

    /// Counts an operation. The interpreter cannot be stopped otherwise; the caller
    /// catches this.
    fn spend(&mut self, cost: u64) {
        self.left = self.left.saturating_sub(cost);
        if self.left == 0 || (cost > 1 || self.left.is_multiple_of(1024)) && self.is_late() {
            self.left = 0;
            resume_unwind(Box::new(TooMuch));
        }
    }

    fn add(&mut self, text: &str, transform: Affine, advance: Option<f64>) {
        let origin = transform * Point::ORIGIN;
        let along = transform * Point::new(1000.0, 0.0) - origin;
        let size = (transform * Point::new(0.0, 1000.0) - origin).hypot();
        let Some((turn, direction)) = quarter_turn(along.x, along.y) else { return };
        if !(size.is_finite() && origin.is_finite() && size > 0.1) {
            return;
        }
        let x = origin.x * direction.0 + origin.y * direction.1;
        let y = origin.y * direction.0 - origin.x * direction.1;
        let width = along.hypot() * advance.unwrap_or(500.0).clamp(0.0, 5000.0) / 1000.0;
        let count = text.chars().count().max(1) as f64;
        let step = width / count;
        for (index, text) in text.chars().enumerate() {
            let x = x + step * index as f64;
            if self.is_new(text, x, y, size) {
                self.glyphs.push(Placed { text, x, end: x + step, y, size, turn });
            }
        }
    }

    /// Whether no equal character is drawn at nearly the same place: bold type is
    /// often made by drawing twice.
    fn is_new(&mut self, text: char, x: f64, y: f64, size: f64) -> bool {
        let apart = size * SAME_PLACE;
        let (column, row) = ((x / apart).floor() as i64, (y / apart).floor() as i64);
        for near in [0, 1, -1] {
            for below in [0, 1, -1] {
                let cell = (text, column.saturating_add(near), row.saturating_add(below));
                let is_near = |at: &(f64, f64)| (at.0 - x).abs() < apart && (at.1 - y).abs() < apart;
                if self.seen.get(&cell).is_some_and(is_near) {
                    return false;
                }
            }
        }
        self.seen.insert((text, column, row), (x, y));
        true
    }
}

/// The quarter turns of a direction, with the direction itself; `None` for oblique
/// text, such as “DRAFT” across a page.
fn quarter_turn(x: f64, y: f64) -> Option<(u8, (f64, f64))> {
    let (wide, high) = (x.abs(), y.abs());
    if wide > 6.0 * high {
        Some(if x > 0.0 { (0, (1.0, 0.0)) } else { (2, (-1.0, 0.0)) })
    } else if high > 6.0 * wide {
        Some(if y > 0.0 { (1, (0.0, 1.0)) } else { (3, (0.0, -1.0)) })
    } else {
        None
    }
}

/// A ligature as its letters.
fn letters(text: char) -> Option<&'static str> {
    Some(match text {
        '\u{fb00}' => "ff",
        '\u{fb01}' => "fi",
        '\u{fb02}' => "fl",
        '\u{fb03}' => "ffi",
        '\u{fb04}' => "ffl",
        '\u{fb05}' | '\u{fb06}' => "st",
        _ => return None,
    })
}

impl Device<'_> for Collector {
    fn draw_glyph(&mut self, glyph: &Glyph<'_>, page: Affine, place: Affine, _: &Paint<'_>, _: &GlyphDrawMode) {
        self.spend(1);
        let advance = match glyph {
            Glyph::Outline(outline) => outline.advance_width().map(f64::from),
            Glyph::Type3(_) => None,
        };
        let transform = page * place;
        match glyph.as_unicode() {
            None => self.unknown += 1,
            // Signs that fonts use for themselves, not characters.
            Some(BfString::Char('\0'..='\x08' | '\u{e000}'..='\u{f8ff}' | '\u{fffd}')) => {
                self.unknown += 1;
            }
            Some(BfString::Char(text)) => {
                self.known += 1;
                match letters(text) {
                    Some(letters) => self.add(letters, transform, advance),
                    None => self.add(text.encode_utf8(&mut [0; 4]), transform, advance),
                }
            }
            Some(BfString::String(text)) => {
                self.known += 1;
                let plain: String = text.chars().map(|c| letters(c).map_or(c.to_string(), str::to_owned)).collect();
                self.add(&plain, transform, advance);
            }
        }
    }

    fn draw_image(&mut self, _: Image<'_, '_>, _: Affine) {
        self.spend(1);
        self.images = true;
    }

    fn draw_path(&mut self, _: &BezPath, _: Affine, _: &Paint<'_>, _: &PathDrawMode) {
        self.spend(1);
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.spend(FRAME_COST);
    }

    fn set_soft_mask(&mut self, _: Option<SoftMask<'_>>) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turned_text_runs_from_left_to_right() {
        for (x, y, expected) in
            [(9.0, 1.0, Some(0)), (0.0, 9.0, Some(1)), (-9.0, 0.0, Some(2)), (1.0, -9.0, Some(3)), (5.0, 5.0, None)]
        {
            assert_eq!(quarter_turn(x, y).map(|(turn, _)| turn), expected, "{x} {y}");
        }
    }

    #[test]
    fn what_is_drawn_twice_is_read_once() {
        let mut collector = Collector::new(10, Instant::now());
        for x in [100.0, 100.2, 102.6] {
            collector.add("l", Affine::translate((x, 50.0)) * Affine::scale(0.012), Some(300.0));
        }
        let places: Vec<f64> = collector.take().iter().map(|glyph| glyph.x).collect();
        assert_eq!(places, [100.0, 102.6]);
    }
}
