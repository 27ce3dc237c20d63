//! The word lists behind [`WordTraits`]: one list per trait, words in folded form.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::traits::WordTraits;

impl WordTraits {
    /// The traits of a folded word; none for a word of no list.
    pub fn of(word: &str) -> Self {
        static WORDS: LazyLock<FxHashMap<&str, WordTraits>> = LazyLock::new(|| {
            let mut words: FxHashMap<&str, WordTraits> = FxHashMap::default();
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
}

/// Length of the longest listed word, in bytes.
const LONGEST: usize = 17;

const LISTS: &[(WordTraits, &str)] = &[
    (
        WordTraits::BEFORE_PERSON,
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
        WordTraits::AFTER_PERSON,
        "said says told tells wrote writes added adds tweeted posted revealed admitted explained joked announced \
         confirmed recalled shared replied responded stars starred plays played portrays portrayed who whose died \
         was is has had sang performed won directed directs hosted hosts voiced voices reprises reprised \
         co-starred himself herself jr sr married wore attended appeared returns joins joined",
    ),
    (
        WordTraits::NEAR_WORK,
        "film films movie movies series show sitcom drama comedy thriller sequel prequel remake reboot franchise \
         season episode album song single track hit ballad video novel book memoir musical play opera game \
         podcast documentary documentaries trilogy anthem soundtrack miniseries mixtape ep lp trailer finale \
         spinoff spin-off blockbuster biopic romcom starring titled entitled called premiere premieres premiered \
         watch watching adaptation installment story western animated screening revival reunion production role \
         star stars cast director",
    ),
    (
        WordTraits::BEFORE_PLACE,
        "in near from to at outside across throughout downtown northern southern eastern western central",
    ),
    (
        WordTraits::BEFORE_CHARACTER,
        "plays played play playing portrays portrayed portraying voices voiced voicing character role villain \
         superhero hero heroine protagonist antagonist reprising reprises",
    ),
    (
        WordTraits::ORGANIZATION_HEAD,
        "studios studio pictures records entertainment productions films group inc corp corporation company co \
         ltd llc network networks channel university college school foundation association guild academy council \
         committee department agency times post magazine news orchestra symphony philharmonic band party union \
         bank media broadcasting television tv radio journal herald tribune gazette press institute society \
         partners holdings capital ventures label music publishing books comics animation interactive games \
         police ministry commission federation league club choir boys brothers sisters bureau office trust fund \
         alliance coalition court church",
    ),
    (
        WordTraits::PLACE_HEAD,
        "street avenue boulevard road city county island islands theatre theater arena stadium park center centre \
         hall square hotel airport beach valley river lake museum palace castle cathedral bridge hills garden \
         gardens auditorium amphitheatre amphitheater pavilion cinema ballroom coliseum opera house village \
         mountains mountain ocean sea bay desert canyon district heights plaza tower building house hospital \
         playhouse forum bowl dome springs ranch cemetery library gallery lounge",
    ),
    (
        WordTraits::EVENT_HEAD,
        "awards award festival prize prizes tour gala cup olympics championship championships expo con fest war \
         marathon parade convention summit honors bowl ceremony trophy tournament derby grand prix medal \
         residency biennale conference carnival crisis classic",
    ),
    (
        WordTraits::CONNECTOR,
        "of the and a an in on at to for with from by de da di del della la le van von der den bin al el y vs v n \
         du des or is as it are be but my your",
    ),
    (WordTraits::PARTICLE, "de da di del della la le van von der den bin al el du dos st"),
    (
        WordTraits::NON_NAME,
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
        WordTraits::NEAR_AWARD,
        "winner winners winning nominee nominees nominated nomination nominations award awards nod nods win wins \
         race campaign buzz an won winner's host hopefuls night ceremony first second third two-time three-time \
         best honorary telecast voters history",
    ),
    (WordTraits::DIRECTION, "new north south east west black white"),
    (
        WordTraits::ABBREVIATION,
        "ep lp vip vips edm pdt edt cdt mdt cst mst bbq egot faq atm suv mvp gif diy icu cgi pov bff nsfw hd mc \
         rip omg lol fyi hr iq ufo wifi qr pg nc sat gpa phd mba ba ma bc ad ii iii iv vi vii viii ix xi xii xl \
         xxl er rv mph usb dui dwi csi bipoc aapi ptsd adhd als ms vcr vhs imo tba tbd etc inc co corp ltd llc st \
         ave aka rsvp byob r b usd vol pc rpg fps dlc npc ost",
    ),
    (
        WordTraits::MONTH,
        "january february march april may june july august september october november december jan feb mar apr \
         jun jul aug sept sep oct nov dec",
    ),
    (
        WordTraits::COUNTED,
        "no top number season episode week day phase channel radio age grade level game round type class tier \
         group act section article title division route highway interstate exit gate room terminal area district \
         proposition prop amendment page chapter verse pier stage studio hour year team category covid omicron ba \
         sars-cov ward precinct zone line version ps issue volume vol part step seed",
    ),
    (
        WordTraits::PERSONAL_TITLE,
        "queen king prince princess duke duchess lord lady sir dame captain president senator governor mayor pope \
         saint miss mister judge officer",
    ),
    (
        WordTraits::CASTING,
        "stars starred starring returns return returned returning role roles cast appears appeared debut turn \
         back performance costars co-stars again",
    ),
    (WordTraits::PREPOSITION, "of for at in on from by with to"),
    (WordTraits::REGNAL, "i ii iii iv v vi vii viii xiv xvi"),
    (WordTraits::NUMERAL, "ii iii iv vi"),
    (WordTraits::BEFORE_ORGANIZATION, "band group duo trio network studio streamer magazine label"),
    (WordTraits::HONORIFIC, "mr mrs dr ms"),
    (WordTraits::GENERATION, "jr sr ii iii"),
    (WordTraits::ARTICLE, "the a an"),
    (
        WordTraits::HOLIDAY,
        "halloween christmas thanksgiving easter juneteenth hanukkah kwanzaa diwali passover ramadan xmas",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longest_is_the_length_of_the_longest_word() {
        let longest = LISTS.iter().flat_map(|(_, list)| list.split_ascii_whitespace()).map(str::len).max();
        assert_eq!(longest, Some(LONGEST));
    }

    #[test]
    fn a_word_has_the_traits_of_every_list_it_is_in() {
        fn check(word: &str, expected: &[WordTraits], absent: WordTraits) {
            let traits = WordTraits::of(word);
            assert!(expected.iter().all(|of| traits.any(*of)), "{word}");
            assert!(!traits.any(absent), "{word}");
        }
        check("queen", &[WordTraits::BEFORE_PERSON, WordTraits::PERSONAL_TITLE], WordTraits::HEAD);
        check("festival", &[WordTraits::EVENT_HEAD, WordTraits::HEAD], WordTraits::PLACE_HEAD);
        check("of", &[WordTraits::CONNECTOR, WordTraits::PREPOSITION], WordTraits::ARTICLE);
        check("may", &[WordTraits::MONTH, WordTraits::NON_NAME], WordTraits::CONNECTOR);
        check("zebra", &[], WordTraits::HEAD.with(WordTraits::CONNECTOR).with(WordTraits::NON_NAME));
        // Lookup is by folded form.
        check("Queen", &[], WordTraits::PERSONAL_TITLE);
    }
}
