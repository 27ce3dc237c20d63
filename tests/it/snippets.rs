//! Which passage of an article a snippet shows. Each case is an article, a query and
//! the passage that a reader would want.

use serde_json::json;

use crate::support::Archive;

/// Name, query, text, expected passage. Each name is also a word of its text's last line,
/// which keeps the articles apart.
const CASES: &[(&str, &str, &str, &str)] = &[
    // Blocks: paragraphs.
    (
        "paragraph",
        "lantern parade",
        "The town votes on a new bridge in May.\n\nThe lantern parade starts at the harbor on Saturday evening.\n\nTickets are sold out.",
        "The lantern parade starts at the harbor on Saturday evening.",
    ),
    (
        "split-words",
        "saxophone waterfall",
        "A saxophone is heard all day in the old mill by the river, where the band rehearses.\n\nThe waterfall has frozen over for the first time in ten years, the county says.",
        "A saxophone is heard all day in the old mill by the river, where the band rehearses.",
    ),
    (
        "short-paragraph",
        "zeppelin",
        "It flies.\n\nThe zeppelin landed at noon.\n\nCrowds came.",
        "The zeppelin landed at noon.",
    ),
    (
        "single-newlines",
        "marimba quartet",
        "Ada Brook opened the season.\nThe marimba quartet played two new pieces to a full house.\nCritics were kind.",
        "The marimba quartet played two new pieces to a full house.",
    ),
    (
        "same-paragraph",
        "glacier",
        "The film was shot on a glacier. It took nine weeks in the cold. Nobody was hurt.",
        "The film was shot on a glacier. It took nine weeks in the cold. Nobody was hurt.",
    ),
    // Link lines.
    (
        "read-more",
        "violet orchestra",
        "READ MORE: Violet Orchestra wins the prize\n\nThe Violet Orchestra won the city's music prize on Monday for its third album.",
        "The Violet Orchestra won the city's music prize on Monday for its third album.",
    ),
    (
        "related",
        "copper museum",
        "The Copper Museum reopens in June after a long repair.\n\nRELATED: Copper Museum, copper roof: ten pictures of the Copper Museum",
        "The Copper Museum reopens in June after a long repair.",
    ),
    (
        "glued-colon",
        "sergeant pigeon",
        "Pigeon mania:Sergeant Pigeon and ten other heroes of the screen\n\nA remake of Sergeant Pigeon is planned, the studio said.",
        "A remake of Sergeant Pigeon is planned, the studio said.",
    ),
    (
        "address-line",
        "tapestry",
        "https://example.org/tapestry-of-kings-tapestry-trailer\n\nThe Tapestry of Kings was sold to a museum in Ghent for a record sum.",
        "The Tapestry of Kings was sold to a museum in Ghent for a record sum.",
    ),
    (
        "watch",
        "balloon heist",
        "Watch: Balloon Heist trailer\n\nCritics of Balloon Heist praised the stunts and the score.",
        "Critics of Balloon Heist praised the stunts and the score.",
    ),
    (
        "link-between",
        "orchid",
        "The orchid show drew a crowd of nine thousand.\n\nMore: Orchid thieves caught\n\nIts prize went to a grower from Lyon.",
        "The orchid show drew a crowd of nine thousand.",
    ),
    (
        "link-in-paragraph",
        "meteor shower",
        "The meteor shower was seen from every hill in the county. READ MORE: Meteor shower pictures of the year. Nobody slept.",
        "The meteor shower was seen from every hill in the county.",
    ),
    (
        "only-link",
        "kazoo festival",
        "Nothing else was heard of it.\n\nMORE: Kazoo festival called off",
        "MORE: Kazoo festival called off",
    ),
    (
        "sign-up",
        "bagpipe",
        "Sign up for the bagpipe newsletter to get bagpipe news each week.\n\nThe bagpipe player walked for nine days along the coast.",
        "The bagpipe player walked for nine days along the coast.",
    ),
    // List items.
    (
        "bullets",
        "walnut tart",
        "• Walnut tart\n• Plum cake\n• Cherry pie\n\nThe walnut tart won first prize at the fair on Sunday.",
        "The walnut tart won first prize at the fair on Sunday.",
    ),
    (
        "dashes",
        "magnolia",
        "- Magnolia, 7 p.m., Odeon\n- Rosebud, 9 p.m., Odeon\n- Camellia, 11 p.m., Roxy",
        "- Magnolia, 7 p.m., Odeon",
    ),
    (
        "numbers",
        "tundra",
        "1. Tundra, a film about the far north that lasts four hours.\n2. Desert, a film about the south that lasts five hours.\n3. Delta, a film about a river that lasts six hours.",
        "1. Tundra, a film about the far north that lasts four hours.",
    ),
    (
        "wrapped-list",
        "saffron",
        "- Saffron ice cream from the shop on the corner of Mill Road\n- Pepper bread from the old bakery by the railway station\n- Lemon fish from the market hall by the river at noon",
        "- Saffron ice cream from the shop on the corner of Mill Road",
    ),
    (
        "cast-list",
        "captain heron",
        "Cast of the series\n\nAda Brook: Captain Heron\n\nBo Ray: Doctor Wren\n\nAda Brook plays Captain Heron, who commands a ferry in the second season.",
        "Ada Brook plays Captain Heron, who commands a ferry in the second season.",
    ),
    // Captions, credits, contacts.
    (
        "caption",
        "silver otter",
        "Cy Day holds the Silver Otter in Bergen on May 3. Ann Lee/Harbor Images\n\nThe Silver Otter went to Cy Day for a film about two sailors.",
        "The Silver Otter went to Cy Day for a film about two sailors.",
    ),
    (
        "photo",
        "gondola",
        "Photo by Ann Lee: a gondola\n\nA gondola will carry the cast to the opening night.",
        "A gondola will carry the cast to the opening night.",
    ),
    (
        "contact",
        "lighthouse",
        "Contact the lighthouse desk at lighthouse@example.org or 555-0100\n\nThe lighthouse was painted red for the film.",
        "The lighthouse was painted red for the film.",
    ),
    (
        "byline",
        "ann lee",
        "By Ann Lee\n\nAnn Lee will lead the jury of the festival, its board said on Tuesday.",
        "Ann Lee will lead the jury of the festival, its board said on Tuesday.",
    ),
    // Headings and questions.
    (
        "heading",
        "toll bridge ending",
        "The ending of Toll Bridge\n\nToll Bridge has an ending that its director kept secret for a year.",
        "Toll Bridge has an ending that its director kept secret for a year.",
    ),
    (
        "question",
        "night ferry premiere",
        "When is the Night Ferry premiere?\n\nThe premiere of Night Ferry is on March 14 at the Odeon.",
        "The premiere of Night Ferry is on March 14 at the Odeon.",
    ),
    ("only-heading", "acorn prize", "Acorn Prize\n\nNobody knew who would win.", "Acorn Prize"),
    (
        "lead-in",
        "harvest songs",
        "Here are the harvest songs:\n\nThe harvest songs of the valley were recorded in 1931 by two students.",
        "The harvest songs of the valley were recorded in 1931 by two students.",
    ),
    // Whole sentences.
    (
        "lower-case",
        "cellar door",
        "in the cellar, the door to the cellar door club\n\nThe Cellar Door club closes after forty years of jazz.",
        "The Cellar Door club closes after forty years of jazz.",
    ),
    (
        "long-sentence",
        "penguin",
        "The penguin that the film crew had followed for three winters across the ice, through storms that took two of their tents and nearly all of their food, and that had by then become something of a mascot to everybody at the station, walked off one morning in the direction of the open sea and was not seen again by anybody.",
        "The penguin that the film crew had followed for three winters across the ice, through storms that took two of their tents and nearly all of their food, and that had by then become something of a mascot to everybody at the station",
    ),
    (
        "long-or-whole",
        "harp lesson",
        "It had been a long winter for the family, with the roads closed for weeks and the school without heating, and so when the letter came that promised a place at the academy in the capital, and with it a room and a small sum for books, nobody in the house thought any more of the harp lesson of that day.\n\nThe harp lesson cost her nothing, she said.",
        "The harp lesson cost her nothing, she said.",
    ),
    (
        "no-half-sentence",
        "trombone",
        "The trombone was stolen from a van outside of the theater during the last act. The police, who had been called to the theater for another matter earlier on that evening and had left only minutes before it was taken, came back at once and searched the streets around it until the morning.",
        "The trombone was stolen from a van outside of the theater during the last act.",
    ),
    (
        "abbreviation",
        "comet dance",
        "On Friday, Mr. Day showed the Comet Dance to the U.S. press. They liked it.",
        "On Friday, Mr. Day showed the Comet Dance to the U.S. press. They liked it.",
    ),
    // The passage that answers.
    (
        "nearest",
        "mosaic theft",
        "A mosaic decorates the hall, which was built in 1911 for the railway.\n\nThe theft of the mosaic was noticed by a guard at dawn.\n\nAnother theft was reported in a shop nearby on the next day.",
        "The theft of the mosaic was noticed by a guard at dawn.",
    ),
    (
        "by-name",
        "hazel finch interview",
        "In an interview she spoke of her childhood in the mountains and of her three brothers.\n\nHazel Finch gave the interview in her kitchen, with two dogs under the table.",
        "Hazel Finch gave the interview in her kitchen, with two dogs under the table.",
    ),
    (
        "rare-words",
        "the film about xylophones",
        "The film opens the festival, and every seat is taken.\n\nNobody in the valley owned any xylophones before the war.",
        "Nobody in the valley owned any xylophones before the war.",
    ),
    (
        "statement",
        "juniper row",
        "Juniper Row!\n\nIn Juniper Row, two families share a house by the canal for one summer.",
        "In Juniper Row, two families share a house by the canal for one summer.",
    ),
    (
        "later",
        "who directed crooked mile",
        "Crooked Mile is long. Many people have seen it by now.\n\nThe music is good as well.\n\nCrooked Mile was directed by Ada Brook on a small budget.",
        "Crooked Mile was directed by Ada Brook on a small budget.",
    ),
    // Where nothing of the body matches.
    (
        "opening",
        "title:opening",
        "CNN —\n\nBy Ann Lee\n\nREAD MORE: Ten things to do this week\n\nThe harbor was quiet when the ships came home. Then the bells rang.",
        "The harbor was quiet when the ships came home. Then the bells rang.",
    ),
    (
        "opening-note",
        "title:note",
        "Editor's Note: This story was updated.\n\nThe mayor opened the new stage on Tuesday with a song of his own making, to some surprise.",
        "The mayor opened the new stage on Tuesday with a song of his own making, to some surprise.",
    ),
    // Text without sentences.
    (
        "no-stops",
        "sandpiper",
        "a note on the sandpiper and its kin\n\nanother note",
        "a note on the sandpiper and its kin",
    ),
    (
        "quoted",
        "velvet",
        "“Velvet is the best thing I ever made,” she said. “It cost me years.”",
        "“Velvet is the best thing I ever made,” she said. “It cost me years.”",
    ),
];

#[test]
fn snippets_are_the_passages_that_readers_want() {
    let archive = Archive::new();
    let title = |name: &str| if name.starts_with("opening") { name.replace('-', " ") } else { format!("Case {name}") };
    let line = |(name, _, text, _): &(&str, &str, &str, &str)| {
        format!("{}\n", json!({"id": name, "title": title(name), "text": text}))
    };
    archive.write("all.jsonl", CASES.iter().map(line).collect::<String>().as_bytes());
    assert_eq!(archive.run(["index", "in"]).code, 0);
    let mut wrong = Vec::new();
    for (name, query, _, expected) in CASES {
        let run = archive.run(["query", query, "--limit", "100", "--format", "jsonl", "--facets", "none"]);
        let hit = run.lines().into_iter().find(|hit| hit["id"] == *name);
        let shown = hit.map(|hit| hit["snippets"][0]["text"].as_str().unwrap().to_owned());
        if shown.as_deref() != Some(*expected) {
            wrong.push(format!("{name}: {shown:?}, not {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), CASES.len(), wrong.join("\n"));
}

#[test]
fn further_snippets_come_from_other_blocks_or_sentences() {
    let text = "The pelican flew over the harbor at noon.\n\nMORE: Pelican pictures\n\nA pelican was seen in the park as well.";
    let archive = Archive::of(&[("a.txt", text)]);
    let answer = archive.query(&["pelican", "--snippets", "3"]);
    let shown: Vec<&str> =
        answer["hits"][0]["snippets"].as_array().unwrap().iter().map(|s| s["text"].as_str().unwrap()).collect();
    assert_eq!(
        shown,
        [
            "The pelican flew over the harbor at noon.",
            "A pelican was seen in the park as well.",
            "MORE: Pelican pictures"
        ]
    );
}
