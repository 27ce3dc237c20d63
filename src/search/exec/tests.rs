//! Execution on a small index: both collectors against each other, and cursors
//! against the text.

use crate::search::error::SearchError;
use crate::search::exec::candidate::Candidate;
use crate::search::exec::collect::collect;
use crate::search::exec::cursor::{CursorOpener, CursorOptions, TextField};
use crate::search::exec::match_requirement::{Coverage, MatchRequirement};
use crate::search::exec::rerank;
use crate::search::exec::segment_collector::SegmentCollector;
use crate::search::exec::term_at_a_time;
use crate::search::query::search_query::Query;
use crate::test_index::TestIndex;

#[test]
fn both_collectors_find_the_same_candidates() -> Result<(), SearchError> {
    let index = TestIndex::new("collectors");
    let archive = index.searcher.archive();
    let mut matches = 0;
    for text in
        ["harbor", "glass harbor", "Maren Holt", "Maren Holt premiere sailors", "the success of the film", "zzz"]
    {
        let (plan, scoring) = archive.prepare(&Query::new(text))?;
        assert!(term_at_a_time::supports(&plan), "{text}");
        for (coverage, recency) in [
            (Coverage::All, false),
            (Coverage::Share(0.5), true),
            (Coverage::Share(0.2), false),
            (Coverage::Any, false),
        ] {
            let context = archive.context(&plan, &scoring, recency);
            let requirement = MatchRequirement::new(&plan, &scoring, coverage);
            let segments = &archive.snapshot.segments.searcher;
            for (number, segment) in (0..).zip(segments.segment_readers()) {
                let collector = || SegmentCollector::new(context, number, segment, &requirement);
                let (mut by_document, mut by_term): (Vec<Candidate>, Vec<Candidate>) = Default::default();
                collector()?.collect(&mut by_document)?;
                term_at_a_time::collect(&mut collector()?, &mut by_term)?;
                assert_eq!(by_document.len(), by_term.len(), "{text} {coverage:?}");
                for (a, b) in by_document.iter().zip(&by_term) {
                    assert_eq!((a.doc, a.is_complete), (b.doc, b.is_complete), "{text} {coverage:?}");
                    assert!((a.score - b.score).abs() < 1e-4, "{text} {coverage:?}: {a:?} {b:?}");
                    assert!((a.max_score - b.max_score).abs() < 1e-4, "{text} {coverage:?}: {a:?} {b:?}");
                }
                if coverage == Coverage::Any {
                    assert_eq!(term_at_a_time::count(&mut collector()?)?, by_document.len(), "{text}");
                }
                matches += by_document.len();
            }
        }
    }
    assert!(matches > 10, "{matches}");
    Ok(())
}

#[test]
fn full_scores_are_within_their_bounds_and_in_order() -> Result<(), SearchError> {
    let index = TestIndex::new("bounds");
    let archive = index.searcher.archive();
    for text in ["glass harbor", "Maren Holt", "harbor premiere sailors film"] {
        let (plan, scoring) = archive.prepare(&Query::new(text))?;
        let context = archive.context(&plan, &scoring, false);
        let candidates = collect(context, usize::MAX)?.articles;
        assert!(!candidates.is_empty(), "{text}");
        let ranked = rerank::best(context, &candidates, 3)?;
        assert_eq!(ranked.len(), candidates.len().min(3), "{text}");
        assert!(
            ranked.is_sorted_by(|a, b| a.candidate.is_complete && !b.candidate.is_complete || a.score >= b.score),
            "{text}"
        );
        for hit in ranked {
            assert!(hit.score <= hit.candidate.max_score && hit.score >= hit.candidate.score, "{text}: {hit:?}");
        }
    }
    Ok(())
}

#[test]
fn cursors_count_and_locate_words_and_phrases() -> Result<(), SearchError> {
    let index = TestIndex::new("cursors");
    let archive = index.searcher.archive();
    let check = |text: &str, positions: bool, expected: (u32, u32)| -> Result<(), SearchError> {
        let query = Query { exact: true, ..Query::new(text) };
        let (plan, _) = archive.prepare(&query)?;
        let (mut body, mut title) = (0, 0);
        for number in 0..archive.snapshot.segments.searcher.segment_readers().len() as u32 {
            let opener = CursorOpener { snapshot: &archive.snapshot, schema: &archive.schema, number };
            for mut cursor in opener.open(&plan.units[0], CursorOptions { positions, only: None })? {
                let field = cursor.field;
                if positions {
                    let mut starts = Vec::new();
                    cursor.positions(&mut starts);
                    assert_eq!(starts.len() as u32, cursor.count(), "{text}");
                    assert!(starts.is_sorted(), "{text}");
                }
                cursor.each(|_, count| match field {
                    TextField::Body => body += count,
                    TextField::Title => title += count,
                    TextField::Other => {}
                });
            }
        }
        assert_eq!((body, title), expected, "{text}");
        Ok(())
    };
    for positions in [false, true] {
        check("harbor", positions, (4, 1))?;
        check("\"glass harbor\"", positions, (2, 1))?;
        check("\"harbor glass\"", positions, (0, 0))?;
        check("sail*", positions, (2, 1))?;
        check("source:nowhere", positions, (0, 0))?;
    }
    Ok(())
}
