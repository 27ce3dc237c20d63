//! Words that tell what stands beside or within a name.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// What a word is known for: a set of lists.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Traits(u32);

impl Traits {
    /// Whether a word stands in one of these lists.
    pub fn any(self, of: Self) -> bool {
        self.0 & of.0 != 0
    }

    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The lists as bits.
    pub fn bits(self) -> u32 {
        self.0
    }

    /// The lists of a folded word.
    pub fn of(word: &str) -> Self {
        static WORDS: LazyLock<FxHashMap<&str, Traits>> = LazyLock::new(|| {
            let mut words: FxHashMap<&str, Traits> = FxHashMap::default();
            for (traits, list) in LISTS {
                for word in list.split_ascii_whitespace() {
                    let entry = words.entry(word).or_default();
                    *entry = entry.with(*traits);
                }
            }
            words
        });
        if word.len() > LONGEST { Self::default() } else { WORDS.get(word).copied().unwrap_or_default() }
    }

    /// Before a person’s name.
    pub const PERSON_BEFORE: Self = Self(1 << 0);
    /// After a person’s name.
    pub const PERSON_AFTER: Self = Self(1 << 1);
    /// Near the title of a work.
    pub const WORK_NEAR: Self = Self(1 << 2);
    /// Before a place.
    pub const PLACE_BEFORE: Self = Self(1 << 3);
    /// Before a character’s name.
    pub const CHARACTER_BEFORE: Self = Self(1 << 4);
    /// Ends the name of an organization.
    pub const ORGANIZATION_HEAD: Self = Self(1 << 5);
    /// Ends the name of a place.
    pub const PLACE_HEAD: Self = Self(1 << 6);
    /// Ends the name of an event.
    pub const EVENT_HEAD: Self = Self(1 << 7);
    /// Small words that names and titles hold in lower case.
    pub const CONNECTOR: Self = Self(1 << 8);
    /// Particles within a person’s name.
    pub const PARTICLE: Self = Self(1 << 9);
    /// Capitalized, yet never a name of our kinds alone: calendar, nationalities, languages, religions, pronouns.
    pub const NEVER: Self = Self(1 << 10);
    /// Beside the short name of an award.
    pub const AWARD_NEAR: Self = Self(1 << 11);
    /// Starts the names of places, though alone it is no name.
    pub const DIRECTION: Self = Self(1 << 12);
    /// Capital abbreviations that name nothing of our kinds.
    pub const ABBREVIATION: Self = Self(1 << 13);
    /// Months, as they are written before a day.
    pub const MONTH: Self = Self(1 << 14);
    /// What a number counts: “Game 1” is no sequel.
    pub const COUNTED: Self = Self(1 << 15);
    /// “Queen” of “Queen Elizabeth”: a title of the name that follows.
    pub const TITLE: Self = Self(1 << 16);
    /// Before “as” and a role.
    pub const CASTING: Self = Self(1 << 17);
    /// Joins the parts of a name only after a head word.
    pub const PREPOSITION: Self = Self(1 << 18);
    /// Numbers of kings and popes.
    pub const REGNAL: Self = Self(1 << 19);
    /// Roman numerals of sequels.
    pub const NUMERAL: Self = Self(1 << 20);
    /// Before the name of an organization.
    pub const BAND_BEFORE: Self = Self(1 << 21);
    /// Before a surname.
    pub const HONORIFIC: Self = Self(1 << 22);
    /// After a full name.
    pub const GENERATION: Self = Self(1 << 23);
    /// Articles.
    pub const ARTICLE: Self = Self(1 << 24);
    /// Holidays, which share their names with films and songs.
    pub const HOLIDAY: Self = Self(1 << 25);
    /// Before the name of a storm.
    pub const STORM: Self = Self(1 << 26);
    /// Ends a name that is no person's.
    pub const HEAD: Self = Self::ORGANIZATION_HEAD.with(Self::PLACE_HEAD).with(Self::EVENT_HEAD);
}

/// The longest word of a list, in bytes.
const LONGEST: usize = 17;

const LISTS: &[(Traits, &str)] = &[
    (
        Traits::PERSON_BEFORE,
        "mr mrs ms mx dr sir dame lord lady mister miss prof professor president sen senator rep gov governor \
         mayor king queen prince princess duke duchess actor actress actors director directors producer producers \
         singer rapper comedian comic writer author star stars host co-host musician songwriter singer-songwriter \
         filmmaker screenwriter composer drummer guitarist bassist frontman dj model playwright novelist critic \
         journalist reporter correspondent anchor creator showrunner choreographer dancer chef designer \
         photographer judge attorney lawyer publicist spokesman spokeswoman spokesperson manager agent executive \
         ceo chairman chairwoman founder co-star costar co-stars costars wife husband brother sister son daughter \
         father mother dad mom girlfriend boyfriend fiancé fiance fiancée fiancee ex-wife ex-husband ex partner \
         friend winner nominee legend icon superstar starring featuring feat directed written detective officer \
         sgt capt captain minister secretary justice coach player quarterback vocalist pianist artist crooner \
         diva youtuber comedienne veteran newcomer alum bandmate bandmates cinematographer editor impresario \
         mogul late",
    ),
    (
        Traits::PERSON_AFTER,
        "said says told tells wrote writes added adds tweeted posted revealed admitted explained joked announced \
         confirmed recalled shared replied responded stars starred plays played portrays portrayed who whose died \
         was is has had sang performed won directed directs hosted hosts voiced voices reprises reprised \
         co-starred himself herself jr sr married wore attended appeared returns joins joined",
    ),
    (
        Traits::WORK_NEAR,
        "film films movie movies series show sitcom drama comedy thriller sequel prequel remake reboot franchise \
         season episode album song single track hit ballad video novel book memoir musical play opera game \
         podcast documentary documentaries trilogy anthem soundtrack miniseries mixtape ep lp trailer finale \
         spinoff spin-off blockbuster biopic romcom starring titled entitled called premiere premieres premiered \
         watch watching adaptation installment story western animated screening revival reunion production role \
         star stars cast director",
    ),
    (
        Traits::PLACE_BEFORE,
        "in near from to at outside across throughout downtown northern southern eastern western central",
    ),
    (
        Traits::CHARACTER_BEFORE,
        "plays played play playing portrays portrayed portraying voices voiced voicing character role villain \
         superhero hero heroine protagonist antagonist reprising reprises",
    ),
    (
        Traits::ORGANIZATION_HEAD,
        "studios studio pictures records entertainment productions films group inc corp corporation company co \
         ltd llc network networks channel university college school foundation association guild academy council \
         committee department agency times post magazine news orchestra symphony philharmonic band party union \
         bank media broadcasting television tv radio journal herald tribune gazette press institute society \
         partners holdings capital ventures label music publishing books comics animation interactive games \
         police ministry commission federation league club choir boys brothers sisters bureau office trust fund \
         alliance coalition court church",
    ),
    (
        Traits::PLACE_HEAD,
        "street avenue boulevard road city county island islands theatre theater arena stadium park center centre \
         hall square hotel airport beach valley river lake museum palace castle cathedral bridge hills garden \
         gardens auditorium amphitheatre amphitheater pavilion cinema ballroom coliseum opera house village \
         mountains mountain ocean sea bay desert canyon district heights plaza tower building house hospital \
         playhouse forum bowl dome springs ranch cemetery library gallery lounge",
    ),
    (
        Traits::EVENT_HEAD,
        "awards award festival prize prizes tour gala cup olympics championship championships expo con fest war \
         marathon parade convention summit honors bowl ceremony trophy tournament derby grand prix medal \
         residency biennale conference carnival crisis classic",
    ),
    (
        Traits::CONNECTOR,
        "of the and a an in on at to for with from by de da di del della la le van von der den bin al el y vs v n \
         du des or is as it are be but my your",
    ),
    (Traits::PARTICLE, "de da di del della la le van von der den bin al el du dos st"),
    (
        Traits::NEVER,
        "she he they you we youd youve youre theyre hes shes whos dont heres theres monday tuesday wednesday \
         thursday friday saturday sunday mon tue wed thu fri sat sun christmas easter thanksgiving hanukkah \
         ramadan i im ive id ill american americans british english french german germans italian spanish russian \
         russians chinese japanese korean indian canadian mexican australian irish scottish welsh dutch swedish \
         danish norwegian finnish polish greek turkish israeli iranian iraqi arab arabic african african-american \
         european asian latino latina latin hispanic brazilian argentine cuban jewish muslim muslims christian \
         christians catholic catholics islamic hindu buddhist republican republicans democrat democrats \
         democratic covid covid-19 coronavirus tv dvd cd dj mr mrs ms dr sir oh ok okay yes no am pm et pt est \
         pst gmt internet god lgbtq lgbt hiv aids dna ai ceo cfo vp pr asap aka vs part chapter season episode \
         volume act best new photo photos video watch read related exclusive breaking update updated spoiler \
         spoilers editors note vietnamese black white native south north east west western southern northern \
         eastern january february march april may june july august september october november december jan feb \
         mar apr jun jul aug sept sep oct nov dec",
    ),
    (
        Traits::AWARD_NEAR,
        "winner winners winning nominee nominees nominated nomination nominations award awards nod nods win wins \
         race campaign buzz an won winner's host hopefuls night ceremony first second third two-time three-time \
         best honorary telecast voters history",
    ),
    (Traits::DIRECTION, "new north south east west black white"),
    (
        Traits::ABBREVIATION,
        "ep lp vip vips edm pdt edt cdt mdt cst mst bbq egot faq atm suv mvp gif diy icu cgi pov bff nsfw hd mc \
         rip omg lol fyi hr iq ufo wifi qr pg nc sat gpa phd mba ba ma bc ad ii iii iv vi vii viii ix xi xii xl \
         xxl er rv mph usb dui dwi csi bipoc aapi ptsd adhd als ms vcr vhs imo tba tbd etc inc co corp ltd llc st \
         ave aka rsvp byob r b usd vol pc rpg fps dlc npc ost",
    ),
    (
        Traits::MONTH,
        "january february march april may june july august september october november december jan feb mar apr \
         jun jul aug sept sep oct nov dec",
    ),
    (
        Traits::COUNTED,
        "no top number season episode week day phase channel radio age grade level game round type class tier \
         group act section article title division route highway interstate exit gate room terminal area district \
         proposition prop amendment page chapter verse pier stage studio hour year team category covid omicron ba \
         sars-cov ward precinct zone line version ps issue volume vol part step seed",
    ),
    (
        Traits::TITLE,
        "queen king prince princess duke duchess lord lady sir dame captain president senator governor mayor pope \
         saint miss mister judge officer",
    ),
    (
        Traits::CASTING,
        "stars starred starring returns return returned returning role roles cast appears appeared debut turn \
         back performance costars co-stars again",
    ),
    (Traits::PREPOSITION, "of for at in on from by with to"),
    (Traits::REGNAL, "i ii iii iv v vi vii viii xiv xvi"),
    (Traits::NUMERAL, "ii iii iv vi"),
    (Traits::BAND_BEFORE, "band group duo trio network studio streamer magazine label"),
    (Traits::HONORIFIC, "mr mrs dr ms"),
    (Traits::GENERATION, "jr sr ii iii"),
    (Traits::ARTICLE, "the a an"),
    (
        Traits::HOLIDAY,
        "halloween christmas thanksgiving easter juneteenth hanukkah kwanzaa diwali passover ramadan xmas",
    ),
];

/// Days of the calendar and other phrases that are titles only in quotation
/// marks; possessive endings belong to no word.
const NEVER_WHOLE: &[&str] = &[
    "no 1",
    "no 2",
    "labor day",
    "new year eve",
    "new year day",
    "independence day",
    "valentine day",
    "memorial day",
    "veterans day",
    "mother day",
    "father day",
    "president day",
    "good friday",
    "thanksgiving day",
    "christmas eve",
    "christmas day",
    "black friday",
    "halloween night",
    "9 11",
    "oh my god",
    "high school",
    "happy birthday",
    "merry christmas",
    "happy new year",
    "middle school",
    "state fair",
    "big town",
    "last year",
    "next year",
    "state of the union",
    "american dream",
    "24 7",
    "queen consort",
];

/// Whether folded words are one of `NEVER_WHOLE`.
pub(super) fn is_never_whole<'w>(words: impl Iterator<Item = &'w str> + Clone) -> bool {
    static BY_FIRST_WORD: LazyLock<FxHashMap<&str, Vec<&str>>> = LazyLock::new(|| {
        let mut phrases: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
        for phrase in NEVER_WHOLE {
            phrases.entry(phrase.split(' ').next().unwrap_or_default()).or_default().push(phrase);
        }
        phrases
    });
    let phrases = words.clone().next().and_then(|first| BY_FIRST_WORD.get(first));
    phrases.is_some_and(|phrases| phrases.iter().any(|phrase| phrase.split(' ').eq(words.clone())))
}
