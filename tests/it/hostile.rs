//! Servers that are not a cluster, or a broken one: whatever they do, there is an
//! error within the time limit.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use crate::support::{Archive, Run};

/// How a server handles a connection.
type Behavior = fn(TcpStream);

/// Starts a server with this behavior, which runs as long as the test; returns its URL.
fn server(behavior: Behavior) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || behavior(stream));
        }
    });
    format!("http://{address}")
}

fn request(stream: &mut TcpStream) {
    let mut buffer = [0; 4096];
    let _ = stream.read(&mut buffer);
}

fn answer(mut stream: TcpStream, status: &str, headers: &str, body: &str) {
    request(&mut stream);
    let _ = write!(
        stream,
        "HTTP/1.1 {status}\r\ncontent-length: {}\r\n{headers}connection: close\r\n\r\n{body}",
        body.len()
    );
}

const OF_NEWSEARCH: &str = r#"{"x":{"mappings":{"_meta":{"newsearch":1}}}}"#;

/// Answers as a cluster in which every document has this source.
fn catalog(mut stream: TcpStream, source: &str) {
    let mut buffer = [0; 4096];
    let read = stream.read(&mut buffer).unwrap_or(0);
    let is_mapping = String::from_utf8_lossy(&buffer[..read]).contains("_mapping");
    let document = format!(r#"{{"_index":"x","_seq_no":1,"_primary_term":1,"_source":{{{source}}}}}"#);
    let body = if is_mapping { OF_NEWSEARCH } else { &document };
    let _ = write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len());
}

const BEHAVIORS: &[(&str, Behavior)] = &[
    ("no JSON", |stream| answer(stream, "200 OK", "", "<html>hello</html>")),
    ("wrong JSON", |stream| answer(stream, "200 OK", "", r#"{"hits": [1, 2], "x": null}"#)),
    ("another type", |stream| answer(stream, "200 OK", "", "[[[[1]]]]")),
    ("deep JSON", |stream| answer(stream, "200 OK", "", &"[".repeat(100_000))),
    ("errors", |stream| answer(stream, "500 Internal Server Error", "", r#"{"error":"no"}"#)),
    ("always busy", |stream| answer(stream, "503 Service Unavailable", "", "")),
    ("too many requests", |stream| answer(stream, "429 Too Many Requests", "", "{}")),
    ("elsewhere", |stream| answer(stream, "302 Found", "location: http://127.0.0.1:1/\r\n", "")),
    ("silence", |stream| {
        thread::sleep(Duration::from_secs(60));
        drop(stream);
    }),
    ("a byte at a time", |mut stream| {
        request(&mut stream);
        let _ = write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n");
        for _ in 0..600 {
            thread::sleep(Duration::from_millis(100));
            if stream.write_all(b" ").is_err() {
                return;
            }
        }
    }),
    ("cut short", |mut stream| {
        request(&mut stream);
        let _ = write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n{{\"hits\":");
    }),
    ("hangs up", drop),
    ("another protocol", |mut stream| {
        let _ = stream.write_all(b"220 mail.example ESMTP ready\r\n");
    }),
    ("false gzip", |stream| answer(stream, "200 OK", "content-encoding: gzip\r\n", "not packed")),
    ("endless headers", |mut stream| {
        request(&mut stream);
        let _ = write!(stream, "HTTP/1.1 200 OK\r\n");
        while stream.write_all(b"x-more: and more and more and more\r\n").is_ok() {}
    }),
    ("a catalog with an invalid file name", |stream| {
        catalog(stream, r#""files":[{"name":"../../meta.json","size":3,"crc":1}]"#)
    }),
    ("a catalog without its files", |stream| {
        catalog(stream, r#""files":[{"name":"meta.json","size":3,"crc":1}],"data":"AAAA""#);
    }),
];

#[test]
fn every_bad_server_is_an_error_in_time() {
    for (name, behavior) in BEHAVIORS {
        let archive = Archive::new();
        archive.write("a.txt", b"Tom Cruise came to London.");
        let url = server(*behavior);
        for args in [&["query", "cruise"][..], &["index", "in"]] {
            let began = Instant::now();
            let output = archive
                .command(args)
                .env("NEWSEARCH_ENGINE", &url)
                .env("NEWSEARCH_ENGINE_PATIENCE", "2")
                .output()
                .unwrap();
            let message = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_eq!(output.status.code(), Some(2), "{name}, {args:?}: {message}");
            assert!(!message.contains("internal error") && message.len() < 2000, "{name}, {args:?}: {message}");
            assert!(message.contains(&url) || message.contains("no articles"), "{name}, {args:?}: {message}");
            assert!(began.elapsed() < Duration::from_secs(30), "{name}, {args:?}: {:?}", began.elapsed());
        }
    }
}

fn with_engine(archive: &Archive, engine: &str, setting: (&str, &str)) -> Run {
    let mut command = archive.command(["query", "cruise", "--engine", engine]);
    let output = command.env(setting.0, setting.1).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Run { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

#[test]
fn invalid_settings_are_reported() {
    let archive = Archive::new();
    let none = ("NEWSEARCH_X", "");
    for (engine, setting, message) in [
        ("localhost:9200", none, "http:// or https:// is missing"),
        ("http://user:secret@localhost:9200", none, "NEWSEARCH_ENGINE_USER"),
        ("http://localhost:9200/Big", none, "small letters"),
        ("http://localhost:1", ("NEWSEARCH_ENGINE_PATIENCE", "soon"), "seconds"),
        ("http://localhost:1", ("NEWSEARCH_ENGINE_PASSWORD", "x"), "NEWSEARCH_ENGINE_USER"),
        ("https://localhost:1", ("NEWSEARCH_ENGINE_CA", "/no/such.pem"), "/no/such.pem"),
        ("http://127.0.0.1:1", ("NEWSEARCH_ENGINE_PATIENCE", "0.5"), "no answer from the cluster"),
    ] {
        let run = with_engine(&archive, engine, setting);
        assert_eq!(run.code, 2, "{engine}: {}", run.out);
        assert!(run.err.contains(message), "{engine}: {}", run.err);
    }
    assert!(!with_engine(&archive, "http://u:secret@h", none).err.contains("secret"), "a password is not repeated");
}
