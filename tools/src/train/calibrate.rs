//! Calibrates confidence on articles that were not trained on.

use newsearch::internals::recognize::{EntityRecognizer, Model};

use super::sets::TrainingArticle;

/// Slope and offset of the log odds that a name is right: logistic regression on
/// the margin (Platt 1999), fitted by Newton's method.
pub fn fit(model: Model, held_out: &[TrainingArticle]) -> [f32; 2] {
    let recognizer = EntityRecognizer::with_model(model);
    let mut points = Vec::new();
    for gold in held_out {
        for mention in recognizer.recognize(&gold.judged.article) {
            let is_unknown = gold
                .judged
                .judgments
                .iter()
                .any(|judgment| judgment.kinds.is_unknown() && judgment.span.overlaps(mention.span));
            if !gold.annotated.has(mention.kind) || is_unknown {
                continue;
            }
            let right = gold.judged.judgments.iter().any(|j| j.span == mention.span && j.kinds.has(mention.kind));
            let confidence = f64::from(mention.confidence).clamp(1e-4, 1.0 - 1e-4);
            points.push(((confidence / (1.0 - confidence)).ln(), f64::from(u8::from(right))));
        }
    }
    let (mut slope, mut offset) = (1.0_f64, 0.0_f64);
    for _ in 0..60 {
        // Gradient and Hessian of the log likelihood. A weak prior at (1, 0) and
        // half steps keep the iteration from diverging.
        let (mut g, mut h) = ([1.0 - slope, -offset], [1.0, 0.0, 1.0]);
        for (margin, right) in &points {
            let expected = 1.0 / (1.0 + (-(slope * margin + offset)).exp());
            let (error, spread) = (right - expected, expected * (1.0 - expected));
            g[0] += error * margin;
            g[1] += error;
            h[0] += spread * margin * margin;
            h[1] += spread * margin;
            h[2] += spread;
        }
        let determinant = h[0] * h[2] - h[1] * h[1];
        slope += 0.5 * (h[2] * g[0] - h[1] * g[1]) / determinant;
        offset += 0.5 * (h[0] * g[1] - h[1] * g[0]) / determinant;
    }
    [slope as f32, offset as f32]
}
