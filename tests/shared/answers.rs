//! Answers on real articles. Each sentence was read: all are right.

use newsearch::Query;

use crate::news::news;

/// Question, answer, and the id of the article whose sentence says so.
const ANSWERS: &[(&str, &str, &str)] = &[
    ("who directed Barbie", "Greta Gerwig", "rt07280"),
    ("WHO DIRECTED OPPENHEIMER?", "Christopher Nolan", "rt06293"),
    ("who directed Moonlight", "Barry Jenkins", "rt07152"),
    ("Who directed “Poor Things”?", "Yorgos Lanthimos", "rt07265"),
    ("who is the director of Black Panther", "Ryan Coogler", "rt07318"),
    ("director of The Godfather", "Francis Ford Coppola", "rt07159"),
    ("who directed saving private ryan", "Steven Spielberg", "rt08216"),
    ("who directed Finding Nemo", "Andrew Stanton", "rt07294"),
    ("who directed Grease", "Randal Kleiser", "rt05563"),
    ("who directed A Very Long Engagement", "Jean-Pierre Jeunet", "bd3cd0cbe7e94633"),
    ("who directed In the Heat of the Night?", "Norman Jewison", "rt00066"),
    ("who directed Strange World", "Don Hall, Qui Nguyen", "rt07167"),
    ("who directed the movie Devotion", "J.D. Dillard", "rt07167"),
    ("who directed A League of Their Own", "Penny Marshall", "rt09130"),
    ("who created Abbott Elementary", "Quinta Brunson", "rt07163"),
    ("who created the simpsons", "Matt Groening", "d743cb623fa769b3"),
    ("creator of Succession", "Jesse Armstrong", "rt08029"),
    ("who created Heartstopper", "Alice Oseman", "rt01745"),
    ("who wrote To Kill a Mockingbird", "Harper Lee", "rt06945"),
    ("author of Goosebumps", "R.L. Stine", "rt06430"),
    ("who wrote animal farm", "George Orwell", "rt06458"),
    ("who plays Lady Danbury", "Adjoa Andoh", "rt00975"),
    ("who plays Max Mayfield?", "Sadie Sink", "rt02056"),
    ("who plays Petra in Emily in Paris", "Daria Panchenko", "rt00027"),
    ("who plays Prince Durin IV", "Owain Arthur", "rt03112"),
    ("what actress plays Hera Syndulla", "Mary Elizabeth Winstead", "rt07209"),
    ("who played Johnny Cade", "Ralph Macchio", "rt06290"),
    ("Abby Flores is played by who", "Sam Morelos", "rt06373"),
    ("who plays russell hammond", "Billy Crudup", "rt07089"),
    ("who stars in Twisters", "Daisy Edgar-Jones, Glen Powell, Anthony Ramos", "rt06344"),
    ("cast of Deadpool & Wolverine", "Ryan Reynolds, Hugh Jackman", "rt06351"),
    ("when does The Gray Man come out", "2022-07-15", "rt06274"),
    ("when is The Life of a Showgirl released?", "2025-10-03", "rt07843"),
    ("The Tortured Poets Department release date", "2024-04-19", "rt07710"),
    ("when did Avatar: The Way of Water come out", "2022-12-16", "rt04549"),
    ("when does Station 19 season 7 premiere", "2024-03-14", "rt08115"),
    ("when does Wicked come out", "2024-11-22", "rt07300"),
    ("when does Golden Bachelor premiere", "2023-09-28", "rt08077"),
    ("when did Grand Horizons open", "2020-01-23", "rt06556"),
];

/// Questions that the articles leave open: several actors, a sequel by another director, a
/// film of the same name, screenings, a rival at tennis, a date that has passed.
const OPEN: &[&str] = &[
    "who plays Batman",
    "who played the Joker",
    "who plays James Bond",
    "who plays Spider-Man",
    "who plays Tony Stark",
    "who plays Princess Diana",
    "who plays Cyril Saulnier",
    "who directed Once Upon a Time in Hollywood",
    "who directed Suicide Squad",
    "who directed Parks and Recreation",
    "who directed Nobody",
    "who wrote The Silence of the Lambs",
    "who wrote My Girl",
    "who stars in Meet the Parents",
    "cast of Stranger Things",
    "when does Frozen 2 come out",
    "when does The Wizard of Oz come out",
    "when did Top Chef come out",
    "when does Black Widow come out",
    "when does Top Gun: Maverick come out",
    "when does Cowboy Carter come out",
];

#[test]
#[ignore = "needs ../shared"]
fn answers_are_right() {
    let searcher = news();
    let ask = |question: &str| {
        let query = Query::new(question).limit(1).snippets(0).facets(Vec::new());
        searcher.search(&query).unwrap().answer
    };
    let mut wrong = Vec::new();
    for (question, answer, article) in ANSWERS {
        let found = ask(question);
        let found = found.as_ref().map(|known| (known.answer.as_str(), known.article.as_str()));
        if found != Some((answer, article)) {
            wrong.push(format!("{question}: {found:?}"));
        }
    }
    let answered = OPEN.iter().filter_map(|question| Some(format!("{question}: {:?}", ask(question)?)));
    wrong.extend(answered);
    println!("{} questions answered, {} left open", ANSWERS.len(), OPEN.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
