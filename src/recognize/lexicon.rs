//! Words that tell what stands beside or within a name.

/// Words before a person's name.
pub(super) const PERSON_BEFORE: &[&str] = &[
    "mr", "mrs", "ms", "mx", "dr", "sir", "dame", "lord", "lady", "mister", "miss", "prof", "professor", "president", "sen",
    "senator", "rep", "gov", "governor", "mayor", "king", "queen", "prince", "princess", "duke", "duchess", "actor",
    "actress", "actors", "director", "directors", "producer", "producers", "singer", "rapper", "comedian", "comic",
    "writer", "author", "star", "stars", "host", "co-host", "musician", "songwriter", "singer-songwriter", "filmmaker",
    "screenwriter", "composer", "drummer", "guitarist", "bassist", "frontman", "dj", "model", "playwright", "novelist",
    "critic", "journalist", "reporter", "correspondent", "anchor", "creator", "showrunner", "choreographer", "dancer",
    "chef", "designer", "photographer", "judge", "attorney", "lawyer", "publicist", "spokesman", "spokeswoman",
    "spokesperson", "manager", "agent", "executive", "ceo", "chairman", "chairwoman", "founder", "co-star", "costar",
    "co-stars", "costars", "wife", "husband", "brother", "sister", "son", "daughter", "father", "mother", "dad", "mom",
    "girlfriend", "boyfriend", "fiancé", "fiance", "fiancée", "fiancee", "ex-wife", "ex-husband", "ex", "partner",
    "friend", "winner", "nominee", "legend", "icon", "superstar", "starring", "stars", "featuring", "feat", "directed",
    "written", "detective", "officer", "sgt", "capt", "captain", "minister", "secretary", "justice", "coach", "player",
    "quarterback", "vocalist", "pianist", "artist", "crooner", "diva", "youtuber", "comedienne", "veteran", "newcomer",
    "alum", "bandmate", "bandmates", "cinematographer", "editor", "impresario", "mogul", "late",
];

/// Words after a person's name.
pub(super) const PERSON_AFTER: &[&str] = &[
    "said", "says", "told", "tells", "wrote", "writes", "added", "adds", "tweeted", "posted", "revealed", "admitted",
    "explained", "joked", "announced", "confirmed", "recalled", "shared", "replied", "responded", "stars", "starred",
    "plays", "played", "portrays", "portrayed", "who", "whose", "died", "was", "is", "has", "had", "sang", "performed", "won",
    "directed", "directs", "hosted", "hosts", "voiced", "voices", "reprises", "reprised", "co-starred", "himself",
    "herself", "jr", "sr", "married", "wore", "attended", "appeared", "returns", "joins", "joined",
];

/// Words near the title of a work.
pub(super) const WORK_NEAR: &[&str] = &[
    "film", "films", "movie", "movies", "series", "show", "sitcom", "drama", "comedy", "thriller", "sequel", "prequel",
    "remake", "reboot", "franchise", "season", "episode", "album", "song", "single", "track", "hit", "ballad", "video",
    "novel", "book", "memoir", "musical", "play", "opera", "game", "podcast", "documentary", "documentaries", "trilogy", "anthem", "soundtrack",
    "miniseries", "mixtape", "ep", "lp", "trailer", "finale", "spinoff", "spin-off", "blockbuster", "biopic", "romcom",
    "starring", "titled", "entitled", "called", "premiere", "premieres", "premiered", "watch", "watching", "adaptation",
    "installment", "story", "western", "animated", "screening", "revival", "reunion", "production", "role", "star", "stars", "cast", "director",
];

/// Words before a place.
pub(super) const PLACE_BEFORE: &[&str] =
    &["in", "near", "from", "to", "at", "outside", "across", "throughout", "downtown", "northern", "southern", "eastern", "western", "central"];

/// Words before a character's name.
pub(super) const CHARACTER_BEFORE: &[&str] = &[
    "plays", "played", "play", "playing", "portrays", "portrayed", "portraying", "voices", "voiced", "voicing",
    "character", "role", "villain", "superhero", "hero", "heroine", "protagonist", "antagonist", "reprising", "reprises",
];

/// Words that end the name of an organization.
pub(super) const ORGANIZATION_HEADS: &[&str] = &[
    "studios", "studio", "pictures", "records", "entertainment", "productions", "films", "group", "inc", "corp",
    "corporation", "company", "co", "ltd", "llc", "network", "networks", "channel", "university", "college", "school",
    "foundation", "association", "guild", "academy", "council", "committee", "department", "agency", "times", "post",
    "magazine", "news", "orchestra", "symphony", "philharmonic", "band", "party", "union", "bank", "media",
    "broadcasting", "television", "tv", "radio", "journal", "herald", "tribune", "gazette", "press", "institute",
    "society", "partners", "holdings", "capital", "ventures", "label", "music", "publishing", "books", "comics",
    "animation", "interactive", "games", "police", "ministry", "commission", "federation", "league", "club", "choir",
    "boys", "brothers", "sisters", "bureau", "office", "trust", "fund", "alliance", "coalition", "court", "church",
];

/// Words that end the name of a place.
pub(super) const PLACE_HEADS: &[&str] = &[
    "street", "avenue", "boulevard", "road", "city", "county", "island", "islands", "theatre", "theater", "arena",
    "stadium", "park", "center", "centre", "hall", "square", "hotel", "airport", "beach", "valley", "river", "lake",
    "museum", "palace", "castle", "cathedral", "bridge", "hills", "garden", "gardens", "auditorium", "amphitheatre",
    "amphitheater", "pavilion", "cinema", "ballroom", "coliseum", "opera house", "village", "mountains", "mountain",
    "ocean", "sea", "bay", "desert", "canyon", "district", "heights", "plaza", "tower", "building", "house", "hospital",
    "playhouse", "forum", "bowl", "dome", "springs", "ranch", "cemetery", "library", "gallery", "lounge",
];

/// Words that end the name of an event.
pub(super) const EVENT_HEADS: &[&str] = &[
    "awards", "award", "festival", "prize", "prizes", "tour", "gala", "cup", "olympics", "championship", "championships",
    "expo", "con", "fest", "war", "marathon", "parade", "convention", "summit", "honors", "bowl", "ceremony", "trophy",
    "tournament", "derby", "grand prix", "medal", "residency", "biennale", "conference", "carnival",
];

/// Small words that names and titles hold in lower case.
pub(super) const CONNECTORS: &[&str] = &[
    "of", "the", "and", "a", "an", "in", "on", "at", "to", "for", "with", "from", "by", "de", "da", "di", "del", "della",
    "la", "le", "van", "von", "der", "den", "bin", "al", "el", "y", "vs", "v", "n", "du", "des", "or", "is", "as", "it",
    "are", "be", "but", "my", "your",
];

/// Particles within a person's name.
pub(super) const PARTICLES: &[&str] =
    &["de", "da", "di", "del", "della", "la", "le", "van", "von", "der", "den", "bin", "al", "el", "du", "dos", "st"];

/// Capitalized words that are never names of our kinds by themselves:
/// calendar, nationalities, languages, religions, pronouns.
pub(super) const NEVER: &[&str] = &[
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march",
    "april", "may", "june", "july", "august", "september", "october", "november", "december", "mon", "tue", "wed", "thu",
    "fri", "sat", "sun", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec", "christmas",
    "easter", "thanksgiving", "hanukkah", "ramadan", "i", "im", "ive", "id", "ill", "american", "americans", "british",
    "english", "french", "german", "germans", "italian", "spanish", "russian", "russians", "chinese", "japanese",
    "korean", "indian", "canadian", "mexican", "australian", "irish", "scottish", "welsh", "dutch", "swedish", "danish",
    "norwegian", "finnish", "polish", "greek", "turkish", "israeli", "iranian", "iraqi", "arab", "arabic", "african",
    "african-american", "european", "asian", "latino", "latina", "latin", "hispanic", "brazilian", "argentine", "cuban",
    "jewish", "muslim", "muslims", "christian", "christians", "catholic", "catholics", "islamic", "hindu", "buddhist",
    "republican", "republicans", "democrat", "democrats", "democratic", "covid", "covid-19", "coronavirus", "tv", "dvd",
    "cd", "dj", "mr", "mrs", "ms", "dr", "sir", "oh", "ok", "okay", "yes", "no", "am", "pm", "et", "pt", "est", "pst", "gmt",
    "internet", "god", "lgbtq", "lgbt", "hiv", "aids", "dna", "ai", "ceo", "cfo", "vp", "pr", "asap", "aka", "vs",
    "part", "chapter", "season", "episode", "volume", "act", "best", "new", "photo", "photos", "video", "watch", "read",
    "related", "exclusive", "breaking", "update", "updated", "spoiler", "spoilers", "editors", "note", "vietnamese",
    "black", "white", "native", "south", "north", "east", "west", "western", "southern", "northern", "eastern",
];

/// Words beside the short name of an award.
pub(super) const AWARD_NEAR: &[&str] = &[
    "winner", "winners", "winning", "nominee", "nominees", "nominated", "nomination", "nominations", "award", "awards",
    "nod", "nods", "win", "wins", "race", "campaign", "buzz", "an", "won", "winner's", "host", "hopefuls", "night",
    "ceremony", "first", "second", "third", "two-time", "three-time", "best", "honorary", "telecast", "voters", "history",
];

/// Words that start the names of places, though alone they are no name.
pub(super) const DIRECTIONS: &[&str] = &["new", "north", "south", "east", "west", "black", "white"];

/// Days of the calendar and other phrases that are titles only in quotation marks.
pub(super) const NEVER_WHOLE: &[&str] = &[
    "no 1", "no 2", "labor day", "new years eve", "new years day", "independence day", "valentines day", "memorial day",
    "veterans day", "mothers day", "fathers day", "presidents day", "good friday", "thanksgiving day", "christmas eve",
    "christmas day", "black friday", "halloween night", "9 11", "oh my god", "high school", "happy birthday",
    "merry christmas", "happy new year", "middle school", "state fair", "big town", "last year", "next year",
];

/// Capital abbreviations that name nothing of our kinds.
pub(super) const ABBREVIATIONS: &[&str] = &[
    "ep", "lp", "vip", "vips", "edm", "pdt", "edt", "cdt", "mdt", "cst", "mst", "bbq", "egot", "faq", "atm", "suv", "mvp", "gif",
    "diy", "icu", "cgi", "pov", "bff", "nsfw", "hd", "mc", "rip", "omg", "lol", "fyi", "hr", "iq", "ufo", "wifi", "qr", "pg", "nc",
    "sat", "gpa", "phd", "mba", "ba", "ma", "bc", "ad", "ii", "iii", "iv", "vi", "vii", "viii", "ix", "xi", "xii", "xl", "xxl", "er",
    "rv", "mph", "usb", "dui", "dwi", "csi", "bipoc", "aapi", "ptsd", "adhd", "als", "ms", "vcr", "vhs", "imo", "tba",
    "tbd", "etc", "inc", "co", "corp", "ltd", "llc", "st", "ave", "aka", "rsvp", "byob", "r", "b", "usd", "vol", "pc", "rpg", "fps",
    "dlc", "npc", "ost",
];

/// Months, as they are written before a day.
pub(super) const MONTHS: &[&str] = &[
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec",
];
