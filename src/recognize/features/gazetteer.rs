//! Features of the gazetteer's classes.

use crate::recognize::gazetteer::{ClassStrengths, NameClass};
use crate::recognize::segments::SegmentContext;

use super::hashing::{hash_of, pair, row};

/// The classes of the segment, of its first and last word, and of the name it is
/// listed after.
pub(in crate::recognize) fn gazetteer_classes(context: &SegmentContext<'_, '_>, sink: &mut impl FnMut(u32)) {
    let len = context.len().min(4) as u32;
    let whole = context.segment.classes;
    let bits = |classes: ClassStrengths| classes.to_bits() as u32;
    sink(row(70, bits(whole)));
    sink(row(71, pair(len, bits(whole))));
    for class in NameClass::ALL {
        let strength = u32::from(whole.strength(class));
        if strength > 0 {
            sink(row(72, pair(class as u32, pair(strength, len))));
        }
    }
    let (first, last) = (bits(context.first().classes), bits(context.last().classes));
    sink(row(73, pair(len, first)));
    sink(row(74, pair(len, last)));
    if len > 1 {
        sink(row(75, pair(first, last)));
    }
    sink(row(76, pair(u32::from(whole.is_name()), len)));
    sink(row(77, pair(hash_of(context.before), bits(whole))));
    sink(row(78, pair(hash_of(context.after), bits(whole))));
    if let Some(listed) = enumerated(context) {
        sink(row(79, pair(len, bits(listed))));
    }
}

/// The classes of the name before this one in an enumeration: “Paris, Rome”,
/// “Tom and Ann”.
fn enumerated(context: &SegmentContext<'_, '_>) -> Option<ClassStrengths> {
    let before = context.before?;
    if context.gap_before == ", " && before.is_capital() {
        return Some(before.classes);
    }
    context.before2.filter(|w| before.folded == "and" && w.is_capital()).map(|w| w.classes)
}
