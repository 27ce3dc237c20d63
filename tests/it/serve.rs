//! `newsearch serve` over sockets: its answers, and its defenses. `tests/browser`
//! checks the pages.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use newsearch::{Deadline, SearchError};
use newsearch::{Query, Searcher};
use serde_json::Value;

use crate::support::{Archive, Numbers};

/// A running server, killed when dropped.
pub struct Server {
    pub child: Child,
    pub address: SocketAddr,
}

/// An HTTP response.
pub struct Response {
    pub status: u16,
    pub head: String,
    body: Vec<u8>,
}

impl Response {
    pub fn header(&self, name: &str) -> Option<&str> {
        let line = self
            .head
            .lines()
            .find(|line| line.split_once(':').is_some_and(|(known, _)| known.eq_ignore_ascii_case(name)))?;
        line.split_once(':').map(|(_, value)| value.trim())
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {}", String::from_utf8_lossy(&self.body)))
    }
}

impl Server {
    pub fn new(archive: &Archive, args: &[&str]) -> Self {
        let all = ["serve", "--address", "127.0.0.1:0"].iter().chain(args);
        let mut child =
            archive.command(all).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap());
        let mut first = String::new();
        lines.read_line(&mut first).unwrap();
        let address = first.split_once("http://").and_then(|(_, rest)| rest.split_whitespace().next());
        let address = address.unwrap_or_else(|| panic!("not serving: {first}")).parse().unwrap();
        // Drained, so that the log does not block on a full pipe.
        std::thread::spawn(move || std::io::copy(&mut lines, &mut std::io::sink()));
        Self { child, address }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        stream
    }

    /// Sends raw bytes and reads to the end.
    fn raw(&self, request: &[u8]) -> Vec<u8> {
        let mut stream = self.connect();
        // The server may answer before it has read everything.
        let _ = stream.write_all(request);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        answer
    }

    fn send(&self, method: &str, target: &str, headers: &str) -> Response {
        let host = if headers.to_lowercase().contains("host:") {
            String::new()
        } else {
            format!("Host: {}\r\n", self.address)
        };
        let request = format!("{method} {target} HTTP/1.1\r\n{host}{headers}Connection: close\r\n\r\n");
        let answer = self.raw(request.as_bytes());
        let end = answer.windows(4).position(|w| w == b"\r\n\r\n").unwrap_or_else(|| panic!("{target}: {answer:?}"));
        let head = String::from_utf8(answer[..end].to_vec()).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Response { status, head, body: answer[end + 4..].to_vec() }
    }

    pub fn get(&self, target: &str) -> Response {
        self.send("GET", target, "")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const FILMS: [(&str, &str); 3] = [
    (
        "one.txt",
        "Title: Hayley Atwell joins the cast\nDate: 2020-03-05\nSource: Sample Wire\n\nHayley Atwell will play Grace in “Dune Harbor,” the studio said. Tom Cruise stars.",
    ),
    (
        "two.txt",
        "Title: Premiere in Paris\nDate: 2021-05-06\n\nTom Cruise came to the premiere of “Dune Harbor” in Paris. “It was a long way,” Tom Cruise said.",
    ),
    (
        "odd name#%2F?.txt",
        "Title: <script>alert('title')</script>\nDate: 2021-06-07\n\nA headline with <img src=x onerror=alert(1)> & markup was premiered.",
    ),
];

fn archive() -> Archive {
    Archive::of(&FILMS)
}

#[test]
fn the_api_answers_like_the_command_line() {
    let archive = archive();
    let server = Server::new(&archive, &[]);
    let mut served = server.get("/api/search?q=tom+cruise&facets=person:3").json();
    let mut printed = archive.query(&["tom cruise", "--facets", "person:3"]);
    for answer in [&mut served, &mut printed] {
        answer["took_ms"] = Value::Null;
    }
    assert_eq!(served, printed);
    assert_eq!(served["total"], 2);
    let id = served["hits"][0]["id"].as_str().unwrap();
    assert_eq!(server.get(&format!("/api/articles/{id}")).json()["id"], id);
    assert_eq!(server.get(&format!("/api/similar/{id}?limit=1")).json()["hits"].as_array().unwrap().len(), 1);
    let names = server.get("/api/entities?prefix=tom&kind=person").json();
    assert_eq!(
        (names["entities"][0]["name"].as_str(), names["entities"][0]["articles"].as_u64()),
        (Some("Tom Cruise"), Some(2))
    );
    let typed = server.get("/api/complete?q=premiere%20hayl").json();
    assert_eq!((typed["from"].as_u64(), typed["completions"][0]["name"].as_str()), (Some(9), Some("Hayley Atwell")));
    let compared = server.get("/api/compare?q=cruise&q=atwell&by=year").json();
    assert_eq!(compared["totals"], serde_json::json!([2, 1]));
    assert_eq!(server.get("/api/stats").json()["articles"], 3);
    assert_eq!(server.get("/api/quotes?by=Tom+Cruise").json()["quotes"][0]["speaker"], "Tom Cruise");
    assert!(server.get("/api/timeline?name=Dune+Harbor").json()["rows"].is_array());
    let feed = server.get("/feed?q=cruise");
    assert!(feed.text().contains("<title>Premiere in Paris</title>") && feed.text().contains("2021-05-06T00:00:00"));
    assert_eq!(feed.header("content-type"), Some("application/atom+xml; charset=utf-8"));
}

#[test]
fn problems_say_how_to_fix_the_request() {
    let archive = archive();
    let server = Server::new(&archive, &[]);
    for (target, status, said) in [
        ("/api/search?q=open+NEAR/3", 422, "both sides"),
        ("/api/search", 422, "empty"),
        ("/api/search?q=a&since=soonish", 422, "is no date"),
        ("/api/search?q=a&limit=101", 400, "at most 100"),
        ("/api/search?q=a&limit=-1", 400, "limit=-1"),
        ("/api/search?q=a&limit=", 422, "limit is empty"),
        ("/api/search?q=a&colour=red", 400, "colour"),
        ("/api/search?q=a&facets=person:all", 422, "at most 1000"),
        ("/api/articles/nothing", 404, "nothing"),
        ("/api/similar/nothing", 404, "nothing"),
        ("/api/timeline?name=Nobody+Nowhere", 404, "Nobody Nowhere"),
        ("/api/quotes", 422, "by"),
        ("/api/compare", 400, "1 to 10"),
        ("/api/nothing", 404, "/help"),
        ("/api/articles/%FF", 400, "UTF-8"),
    ] {
        let answer = server.get(target);
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (status, Some("application/problem+json")),
            "{target}"
        );
        let problem = answer.json();
        assert_eq!(problem["status"], status, "{target}");
        assert!(problem["detail"].as_str().unwrap().contains(said), "{target}: {problem}");
    }
    assert_eq!(server.get("/api/search?q=open+NEAR/3").json()["at"], 5);
    let page = server.get("/search?q=open+NEAR/3");
    assert!(page.status == 422 && page.text().contains("<h1>"), "{}", page.head);
    let noted = server.get("/api/search?q=%22premiere").json();
    assert_eq!(noted["notes"][0]["kind"], "unclosed-quote", "{noted}");
    let page = server.get("/search?q=%22premiere");
    assert!(page.text().contains("the quotation mark is left out"), "{}", page.text());
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "BREW"] {
        let answer = server.send(method, "/api/search?q=a", "");
        assert_eq!((answer.status, answer.header("allow")), (405, Some("GET, HEAD")), "{method}");
    }
}

#[test]
fn entity_tags_follow_commits_and_new_commits_are_opened() {
    let archive = archive();
    let server = Server::new(&archive, &[]);
    let before = server.get("/api/search?q=cruise");
    let tag = before.header("etag").unwrap().to_owned();
    let again = server.send("GET", "/api/search?q=cruise", &format!("If-None-Match: \"x\", {tag}\r\n"));
    assert_eq!((again.status, again.body.len(), again.header("etag")), (304, 0, Some(&tag[..])));
    assert_eq!(before.json()["total"], 2);
    archive.write("new.txt", b"Title: News\nDate: 2022-01-01\n\nTom Cruise returns.");
    assert_eq!(archive.run(["index", "in"]).code, 0);
    let began = Instant::now();
    while server.get("/api/search?q=cruise").json()["total"] != 3 {
        assert!(began.elapsed() < Duration::from_secs(30), "the new commit is not seen");
        sleep(Duration::from_millis(50));
    }
    let later = server.send("GET", "/api/search?q=cruise", &format!("If-None-Match: {tag}\r\n"));
    assert!(later.status == 200 && later.header("etag") != Some(&tag[..]));
    // A decision on a name changes the tag as well, without a commit.
    assert_eq!(archive.run(["entities", "rename", "Tom Cruise", "T. Cruise"]).code, 0);
    while server.get("/api/entities?prefix=t.+cr").json()["entities"][0]["name"] != "T. Cruise" {
        assert!(began.elapsed() < Duration::from_secs(60), "the decision is not seen");
        sleep(Duration::from_millis(50));
    }
    assert!(server.get("/metrics").text().contains("newsearch_reloads_total 2"));
}

#[test]
fn cached_and_compressed_answers_are_the_same() {
    let archive = archive();
    let (caching, plain) = (Server::new(&archive, &[]), Server::new(&archive, &["--cache", "0"]));
    for target in ["/search?q=cruise", "/entity/person/Tom%20Cruise", "/", "/help"] {
        let first = caching.get(target);
        let second = caching.get(target);
        let other = plain.get(target);
        assert!(first.status == 200 && first.body == second.body, "{target}");
        let here = |text: &str, server: &Server| text.replace(&server.address.to_string(), "");
        assert_eq!(here(first.text(), &caching), here(other.text(), &plain), "{target}");
        let packed = caching.send("GET", target, "Accept-Encoding: br, gzip\r\n");
        assert_eq!(packed.header("content-encoding"), Some("gzip"), "{target}");
        let mut unpacked = Vec::new();
        flate2::read::GzDecoder::new(&packed.body[..]).read_to_end(&mut unpacked).unwrap();
        assert_eq!(unpacked, first.body, "{target}");
        assert_eq!(caching.send("GET", target, "Accept-Encoding: gzip;q=0\r\n").header("content-encoding"), None);
        let head = caching.send("HEAD", target, "");
        assert!(head.status == 200 && head.body.is_empty(), "{target}");
    }
    assert!(caching.get("/metrics").text().contains("newsearch_cached_total"));
}

#[test]
fn markup_in_articles_and_queries_is_escaped() {
    let archive = archive();
    let server = Server::new(&archive, &[]);
    let found = server.get("/api/search?q=headline").json();
    let id = found["hits"][0]["id"].as_str().unwrap().replace('/', "%2F");
    let script = "/search?q=%3Cscript%3Ealert(1)%3C/script%3E%22%27%3E&person=%3Cb%3E";
    for target in ["/search?q=headline", "/search?q=markup", script, &format!("/article/{id}"), "/", "/feed?q=headline"]
    {
        let page = server.get(target);
        assert!(page.status < 500, "{target}: {}", page.head);
        for live in ["<script>", "<img", "<b>x", "onerror=alert(1)>"] {
            assert!(!page.text().contains(live), "{target} has {live}");
        }
    }
    let policy = server.get("/").header("content-security-policy").unwrap().to_owned();
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"));
}

#[test]
fn an_article_shows_its_copies_names_and_passage() {
    let text = "Tom Cruise came to the premiere of “Dune Harbor” in Paris on Monday night. He signed autographs for an hour \
                while rain fell on the red carpet, and said that he had flown the helicopter himself, as in every one of \
                the films before. The studio expects the film to open in theaters of forty countries within two weeks.";
    let archive = Archive::of(&[
        ("first.txt", &format!("Title: Premiere\nDate: 2021-05-06\nSource: One Wire\n\n{text}")),
        ("second.txt", &format!("Title: Premiere\nDate: 2021-05-07\nSource: Other Wire\n\n{text}")),
    ]);
    let server = Server::new(&archive, &[]);
    let hit = server.get("/api/search?q=helicopter").json()["hits"][0].clone();
    assert_eq!(hit["duplicates"].as_array().unwrap().len(), 1);
    let (start, end) = (&hit["snippets"][0]["start"], &hit["snippets"][0]["end"]);
    let page = server.get(&format!("/article/{}?at={start}-{end}", hit["id"].as_str().unwrap()));
    let copy = format!("/article/{}\"", hit["duplicates"][0].as_str().unwrap());
    for part in [
        "<section class=\"copies\">",
        &copy,
        "Other Wire",
        "<mark id=\"passage\">",
        "data-kind=\"person\" href=\"/entity/person/Tom%20Cruise\"",
    ] {
        assert!(page.text().contains(part), "{part}: {}", page.text());
    }
}

#[test]
fn no_path_reaches_the_file_system() {
    let archive = archive();
    let server = Server::new(&archive, &[]);
    for path in [
        "../../../../etc/passwd",
        "..%2f..%2f..%2fetc%2fpasswd",
        "%2e%2e/%2e%2e/etc/passwd",
        "/etc/passwd",
        "..\\..\\etc\\passwd",
        "index/meta.json",
        "....//....//etc/passwd",
        "one.txt%00.html",
        "file:///etc/passwd",
    ] {
        for before in
            ["/", "/api/articles/", "/api/similar/", "/article/", "/entity/person/", "/assets/", "/assets/../"]
        {
            let answer = server.get(&format!("{before}{path}"));
            assert!(matches!(answer.status, 400 | 404), "{before}{path}: {}", answer.head);
            assert!(!answer.text().contains("root:"), "{before}{path}");
        }
    }
}

#[test]
fn requests_are_authorized() {
    let archive = archive();
    let open = archive.run(["serve", "--address", "0.0.0.0:0"]);
    assert!(open.code == 2 && open.err.contains("--token"), "{}", open.err);
    let short = archive.run(["serve", "--address", "127.0.0.1:0", "--token", "short"]);
    assert!(short.code == 2 && short.err.contains("16 characters"), "{}", short.err);
    let local = Server::new(&archive, &[]);
    assert_eq!(local.send("GET", "/", "Host: evil.example\r\n").status, 421);
    assert_eq!(local.send("GET", "/healthz", "Host: localhost:1\r\n").status, 200);
    let token = "correct horse battery";
    let guarded = Server::new(&archive, &["--token", token]);
    assert_eq!(guarded.get("/healthz").status, 200);
    let refused = guarded.get("/api/stats");
    assert!(refused.status == 401 && refused.header("www-authenticate").unwrap().contains("Basic"));
    assert_eq!(guarded.send("GET", "/api/stats", "Authorization: Bearer wrong horse battery\r\n").status, 401);
    let sent = format!("Host: archive.example\r\nAuthorization: Bearer {token}\r\n");
    assert_eq!(guarded.send("GET", "/api/stats", &sent).status, 200);
    let taken = archive.run(["serve", "--address", &local.address.to_string()]);
    assert!(taken.code == 2 && taken.err.contains("--address"), "{}", taken.err);
    let nothing = Archive::new().run(["serve", "--address", "127.0.0.1:0"]);
    assert!(nothing.code == 2 && nothing.err.contains("newsearch index"), "{}", nothing.err);
}

#[test]
fn slow_and_greedy_clients_do_not_block_others() {
    let archive = archive();
    let server = Server::new(&archive, &["--time", "1", "--connections", "40"]);
    // These send half a request and wait; together they hold most of the connections.
    let mut slow: Vec<TcpStream> = (0..30).map(|_| server.connect()).collect();
    for stream in &mut slow {
        stream.write_all(b"GET /api/search?q=cruise HTTP/1.1\r\nHost: 127").unwrap();
    }
    assert_eq!(server.get("/api/search?q=cruise").status, 200);
    for stream in &mut slow {
        let mut end = Vec::new();
        // They are disconnected, with or without a response.
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let closed = stream.read_to_end(&mut end);
        assert!(closed.is_ok() || closed.is_err_and(|e| e.kind() == std::io::ErrorKind::ConnectionReset));
    }
    let huge = format!("GET / HTTP/1.1\r\nHost: {}\r\nX-Huge: {}\r\n\r\n", server.address, "x".repeat(200_000));
    let many = format!("GET / HTTP/1.1\r\nHost: {}\r\n{}\r\n", server.address, "X-Many: 1\r\n".repeat(500));
    let long = format!(
        "GET /api/search?q={} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
        "a".repeat(17_000),
        server.address
    );
    for (request, status) in [(huge, "431"), (many, "431"), (long, "414")] {
        let answer = server.raw(request.as_bytes());
        let line = String::from_utf8_lossy(&answer[..answer.len().min(20)]).into_owned();
        assert!(line.is_empty() || line.contains(status), "{line}");
    }
    let body = format!(
        "GET /api/stats HTTP/1.1\r\nHost: {}\r\nContent-Length: 99999999999\r\nConnection: close\r\n\r\n",
        server.address
    );
    assert!(String::from_utf8_lossy(&server.raw(body.as_bytes())).starts_with("HTTP/1.1 "));
    assert_eq!(server.get("/api/search?q=cruise").status, 200);
}

const TARGETS: [&str; 16] = [
    "/",
    "/search",
    "/api/search",
    "/api/complete",
    "/api/entities",
    "/api/articles/",
    "/api/similar/",
    "/api/compare",
    "/api/stats",
    "/api/timeline",
    "/api/quotes",
    "/feed",
    "/article/",
    "/entity/",
    "/help",
    "/metrics",
];
const KEYS: [&str; 20] = [
    "q",
    "person",
    "work",
    "since",
    "until",
    "sort",
    "limit",
    "offset",
    "facets",
    "snippets",
    "page",
    "at",
    "name",
    "by",
    "about",
    "kind",
    "prefix",
    "facet_search",
    "explain",
    "least",
];
const PIECES: [&str; 30] = [
    "cruise",
    "Tom Cruise",
    "\"",
    "(",
    ")",
    "AND ",
    " NEAR/5 ",
    "*",
    "~2",
    "%",
    "%00",
    "%F0%9F%8E%AC",
    "%ff",
    "-",
    "+",
    ":",
    "person:",
    "said:",
    "mentions:",
    "2021",
    "..",
    "9999-12-31",
    "18446744073709551616",
    "-1",
    "<script>",
    "'",
    "\u{202e}",
    "0-5",
    "true",
    "/../",
];

fn of<'a>(dice: &mut Numbers, choices: &[&'a str]) -> &'a str {
    choices[dice.below(choices.len())]
}

/// A random request, valid or not.
fn random_request(dice: &mut Numbers) -> Vec<u8> {
    let mut target = of(dice, &TARGETS).to_owned();
    if target.ends_with('/') {
        (0..dice.below(3)).for_each(|_| target.push_str(of(dice, &PIECES)));
    }
    for number in 0..dice.below(4) {
        target.push(if number == 0 { '?' } else { '&' });
        target.push_str(if dice.below(3) > 0 { "q" } else { of(dice, &KEYS) });
        target.push('=');
        (0..=dice.below(4)).for_each(|_| target.push_str(of(dice, &PIECES)));
    }
    // Mostly escaped, as browsers do.
    if dice.below(5) > 0 {
        let escaped = |c: char| matches!(c, ' ' | '"' | '<' | '>' | '\u{80}'..);
        let utf8 = |c: char| c.to_string().bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
        target = target.chars().map(|c| if escaped(c) { utf8(c) } else { c.to_string() }).collect();
    }
    let (mut method, mut host, mut more) = ("GET", "127.0.0.1", "");
    match dice.below(12) {
        0 => method = of(dice, &["HEAD", "POST", "get", ""]),
        1 => host = of(dice, &["localhost:7700", "evil", "", "[::1]"]),
        2 => more = of(dice, &["Accept-Encoding: gzip\r\n", "If-None-Match: *\r\n"]),
        3 => more = of(dice, &["Transfer-Encoding: chunked\r\n", "Content-Length: x\r\n", "\u{0}: y\r\n"]),
        _ => {}
    }
    let mut request =
        format!("{method} {target} HTTP/1.1\r\nHost: {host}\r\n{more}Connection: close\r\n\r\n").into_bytes();
    if dice.below(12) == 0 {
        let at = dice.below(request.len());
        request[at] = dice.below(256) as u8;
    }
    request
}

#[test]
fn ten_thousand_random_requests_do_no_harm() {
    let archive = archive();
    let server = Server::new(&archive, &["--time", "1"]);
    let mut answered = [0; 6];
    std::thread::scope(|scope| {
        let ask = |seed: u64| {
            let server = &server;
            move || {
                let mut dice = Numbers(seed);
                let mut classes = [0; 6];
                for _ in 0..1250 {
                    let request = random_request(&mut dice);
                    let answer = server.raw(&request);
                    let shown = String::from_utf8_lossy(&request);
                    let class = match answer.get(9) {
                        Some(digit @ b'1'..=b'5') => usize::from(digit - b'0'),
                        _ => 0,
                    };
                    assert!(class < 5, "{shown}: {}", String::from_utf8_lossy(&answer[..answer.len().min(600)]));
                    let text = String::from_utf8_lossy(&answer);
                    assert!(!text.contains("text/html") || !text.contains("<script>"), "{shown}");
                    classes[class] += 1;
                }
                classes
            }
        };
        let threads: Vec<_> = (1..=8).map(|seed| scope.spawn(ask(seed * 7919))).collect();
        for classes in threads.into_iter().map(|thread| thread.join().unwrap()) {
            answered.iter_mut().zip(classes).for_each(|(sum, class)| *sum += class);
        }
    });
    println!("answered by class: {answered:?}");
    assert!(answered[2] > 2000 && answered[4] > 2000, "too few requests of each class: {answered:?}");
    assert_eq!(server.get("/api/search?q=cruise").json()["total"], 2);
}

#[test]
fn a_query_ends_at_its_deadline() {
    let archive = archive();
    let searcher = Searcher::open(&archive.path("index")).unwrap();
    let query = Query::new("cruise").deadline(Deadline::after(Duration::ZERO));
    assert!(matches!(searcher.search(&query), Err(SearchError::Late)));
    assert!(searcher.search(&query.deadline(Deadline::default())).is_ok());
}

#[cfg(unix)]
#[test]
fn sigterm_ends_the_server_gracefully() {
    let archive = archive();
    let mut server = Server::new(&archive, &[]);
    let mut idle = server.connect();
    let request = format!("GET /api/stats HTTP/1.1\r\nHost: {}\r\n\r\n", server.address);
    idle.write_all(request.as_bytes()).unwrap();
    let mut buffer = [0; 12];
    idle.read_exact(&mut buffer).unwrap();
    assert_eq!(&buffer, b"HTTP/1.1 200");
    let ended = std::process::Command::new("kill").arg(server.child.id().to_string()).status().unwrap();
    assert!(ended.success());
    let began = Instant::now();
    let status = loop {
        match server.child.try_wait().unwrap() {
            Some(status) => break status,
            None if began.elapsed() > Duration::from_secs(30) => panic!("the server does not end"),
            None => sleep(Duration::from_millis(20)),
        }
    };
    assert_eq!(status.code(), Some(0));
}

/// The schemas that a value must satisfy: references and `allOf` resolved.
fn schemas<'a>(schema: &'a Value, document: &'a Value) -> Vec<&'a Value> {
    if let Some(name) = schema["$ref"].as_str() {
        let target = document.pointer(name.trim_start_matches('#')).unwrap_or_else(|| panic!("{name} is not there"));
        return schemas(target, document);
    }
    match schema["allOf"].as_array() {
        Some(parts) => parts.iter().flat_map(|part| schemas(part, document)).collect(),
        None => vec![schema],
    }
}

/// Validates a value with the part of JSON Schema that the document uses;
/// undescribed properties are errors.
fn validate(value: &Value, schema: &Value, document: &Value, at: &str) {
    if let Some(either) = schema["oneOf"].as_array() {
        let (nulls, others): (Vec<&Value>, Vec<&Value>) = either.iter().partition(|one| one["type"] == "null");
        assert!(!value.is_null() || !nulls.is_empty(), "{at} is null");
        return others.into_iter().filter(|_| !value.is_null()).for_each(|one| validate(value, one, document, at));
    }
    let parts = schemas(schema, document);
    for part in &parts {
        has_type(value, &part["type"], at);
        for key in part["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            assert!(value.get(key).is_some(), "{at} lacks {key}");
        }
    }
    let described = |key: &str| parts.iter().map(|part| &part[key]).find(|found| !found.is_null());
    for (key, member) in value.as_object().into_iter().flatten() {
        let property = parts.iter().map(|part| &part["properties"][key]).find(|found| found.is_object());
        let schema = property.or(described("additionalProperties"));
        validate(
            member,
            schema.unwrap_or_else(|| panic!("{at}.{key} is not described")),
            document,
            &format!("{at}.{key}"),
        );
    }
    for (number, item) in value.as_array().into_iter().flatten().enumerate() {
        let schema = described("prefixItems").map(|items| &items[number]).or(described("items"));
        validate(item, schema.unwrap_or_else(|| panic!("{at} has items")), document, &format!("{at}[{number}]"));
    }
}

fn has_type(value: &Value, types: &Value, at: &str) {
    let types: Vec<&str> =
        types.as_str().into_iter().chain(types.as_array().into_iter().flatten().filter_map(Value::as_str)).collect();
    let own = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let fine = types.is_empty() || types.contains(&own) || (own == "integer" && types.contains(&"number"));
    assert!(fine, "{at} is {own}: expected {types:?}");
}

#[test]
fn answers_conform_to_the_openapi_document() {
    let archive = archive();
    let server = Server::new(&archive, &[]);
    let document = server.get("/api/openapi.json").json();
    let id = server.get("/api/search?q=cruise").json()["hits"][0]["id"].as_str().unwrap().to_owned();
    let mut seen = 0;
    for (path, target) in [
        ("/api/search", "/api/search?q=cruise&explain=true&id=7".to_owned()),
        ("/api/search", "/api/search?q=cruize+nosuchword".to_owned()),
        ("/api/complete", "/api/complete?q=tom".to_owned()),
        ("/api/entities", "/api/entities".to_owned()),
        ("/api/articles/{id}", format!("/api/articles/{id}")),
        ("/api/similar/{id}", format!("/api/similar/{id}")),
        ("/api/compare", "/api/compare?q=cruise".to_owned()),
        ("/api/timeline", "/api/timeline?name=Dune+Harbor".to_owned()),
        ("/api/quotes", "/api/quotes?by=Tom+Cruise".to_owned()),
        ("/api/stats", "/api/stats".to_owned()),
    ] {
        let response = &document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"];
        assert!(response.is_object(), "{path} is not described");
        let answer = server.get(&target);
        assert_eq!(answer.status, 200, "{target}");
        validate(&answer.json(), response, &document, path);
        seen += 1;
    }
    assert_eq!(
        document["paths"].as_object().unwrap().len(),
        seen,
        "every path but one is asked, one twice: /feed is XML"
    );
}
