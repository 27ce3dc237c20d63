//! Names from the sets in lower case. Their boundaries teach nothing, since
//! capitals are missing; only their kinds are learned.

use std::path::Path;

use newsearch::internals::evaluate::{Judged, Kinds, LabelMap};
use newsearch::{Article, Span};

use super::sets;

/// A name in its article.
pub struct Named {
    pub article: Article,
    pub span: Span,
    pub kinds: Kinds,
    /// Whether features of the context and of the lists are learned as well.
    pub context: bool,
}

const FIRST: &str = "PER=person+character,GRP=organization,CORP=organization,PROD=O,CW=work";
const SECOND: &str = "Artist=person,Athlete=person,Politician=person,SportsManager=person,Scientist=person,\
    Cleric=person,OtherPER=person+character,HumanSettlement=place,Facility=place,Station=place,OtherLOC=place,\
    ORG=organization,MusicalGRP=organization,SportsGRP=organization,PublicCorp=organization,\
    PrivateCorp=organization,CarManufacturer=organization,AerospaceManufacturer=organization,VisualWork=work,\
    MusicalWork=work,WrittenWork=work,ArtWork=work,Software=O,OtherPROD=O,AnatomicalStructure=O,Vehicle=O,\
    Disease=O,Food=O,Clothing=O,Drink=O,Symptom=O,MedicalProcedure=O,Medication/Vaccine=O";
const COMMANDS: &str = "artist=person+organization,track=work,album=work,playlist=O,entity_name=O,\
    object_name=work,movie_name=work,location_name=organization,service=organization,year=O,timeRange=O";

/// The path of each set, what its labels mean, and that one in `n` sentences is
/// taken.
const SETS: &[(&str, &str, usize)] = &[
    ("multiconer1_en/train", FIRST, 1),
    ("multiconer2_en/train90", SECOND, 1),
    ("multiconer2_en/train10", SECOND, 1),
    ("snips_media_cc0/train", COMMANDS, 4),
];

/// All names of the sets in lower case.
pub fn examples(root: &Path) -> anyhow::Result<Vec<Named>> {
    let mut names = Vec::new();
    for (path, map, every) in SETS {
        let map: LabelMap = map.parse().map_err(anyhow::Error::msg)?;
        for judged in sets::read(root, path, &map, 1)?.into_iter().step_by(*every) {
            names.extend(named(judged));
        }
    }
    // Shuffled, so that the sets are not learned one after another.
    fastrand::Rng::with_seed(7).shuffle(&mut names);
    Ok(names)
}

/// The names of a sentence, with capitalized words.
fn named(judged: Judged) -> Vec<Named> {
    let mut bytes = judged.article.text.clone().into_bytes();
    for judgment in &judged.judgments {
        let mut opens = true;
        for byte in &mut bytes[judgment.span.start..judgment.span.end] {
            if opens {
                byte.make_ascii_uppercase();
            }
            opens = *byte == b' ';
        }
    }
    let Ok(text) = String::from_utf8(bytes) else { return Vec::new() };
    let article = Article { text, ..judged.article };
    let name = |judgment: &newsearch::internals::evaluate::Judgment| Named {
        article: article.clone(),
        span: judgment.span,
        kinds: judgment.kinds,
        context: true,
    };
    judged.judgments.iter().filter(|j| !j.kinds.is_unknown()).map(name).collect()
}
