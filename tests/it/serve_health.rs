//! What `serve` does when its index is damaged or goes away, and how it says so.

#![cfg(unix)]

use std::fs::{self, File};
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::serve::Server;
use crate::support::Archive;

/// How long a server may take to notice something.
const LIMIT: Duration = Duration::from_secs(60);

fn archive() -> Archive {
    Archive::of(&[("a.txt", "Tom Cruise runs in Paris."), ("b.txt", "Hayley Atwell acts.")])
}

fn await_true(what: &str, is_true: impl Fn() -> bool) {
    let began = Instant::now();
    while !is_true() {
        assert!(began.elapsed() < LIMIT, "{what}");
        sleep(Duration::from_millis(20));
    }
}

fn send_signal(server: &Server, name: &str) {
    let sent = Command::new("kill").args([&format!("-{name}"), &server.child.id().to_string()]).status().unwrap();
    assert!(sent.success());
}

fn reloads(server: &Server) -> u32 {
    let metrics = server.get("/metrics");
    let line = metrics.text().lines().find(|line| line.starts_with("newsearch_reloads_total")).unwrap();
    line.rsplit(' ').next().unwrap().parse().unwrap()
}

#[test]
fn an_index_that_is_gone_is_told() {
    let archive = archive();
    let server = Server::new(&archive, &[]);
    let (index, away) = (archive.path("index"), archive.path("away"));
    let check = |status: u16, said: &str| {
        let answer = server.get("/healthz");
        assert_eq!((answer.status, answer.text().contains(said)), (status, true), "{said}: {}", answer.text());
        assert!(!answer.text().contains(index.to_str().unwrap()), "{}", answer.text());
        // What is open is still searched.
        assert_eq!(server.get("/api/search?q=cruise").status, 200);
    };
    await_true("it is not verified", || server.get("/healthz").text().contains("verify: sound"));
    check(200, "ok\n");
    fs::rename(&index, &away).unwrap();
    check(503, "the index is gone");
    fs::create_dir(&index).unwrap();
    check(503, "the index is gone");
    fs::remove_dir(&index).unwrap();
    fs::rename(&away, &index).unwrap();
    check(200, "ok\n");
    let meta = fs::read(index.join("meta.json")).unwrap();
    fs::write(index.join("meta.json"), "{").unwrap();
    check(503, "meta.json is damaged");
    fs::write(index.join("meta.json"), meta).unwrap();
    check(200, "ok\n");
}

#[test]
fn files_that_are_shortened_end_requests_not_the_server() {
    let archive = archive();
    let server = Server::new(&archive, &["--cache", "0"]);
    let files = fs::read_dir(archive.path("index")).unwrap().map(|entry| entry.unwrap().path());
    let mapped: Vec<_> = files
        .filter(|path| {
            path.extension().is_some_and(|kind| ["bin", "idx", "fast", "store", "rice"].iter().any(|k| kind == *k))
        })
        .collect();
    assert!(mapped.len() >= 8, "{mapped:?}");
    for path in mapped {
        let bytes = fs::read(&path).unwrap();
        if bytes.is_empty() {
            continue;
        }
        File::options().write(true).open(&path).unwrap().set_len(0).unwrap();
        for target in ["/api/search?q=cruise", "/search?q=atwell", "/api/stats", "/"] {
            let answer = server.get(target);
            assert_eq!(answer.status, 503, "{target}: {}", answer.head);
            assert!(answer.text().contains("was shortened"), "{}", answer.text());
        }
        let health = server.get("/healthz");
        assert!(health.status == 503 && health.text().contains("was shortened"), "{}", health.text());
        // Written back in place, as by the restore that shortened it.
        fs::write(&path, bytes).unwrap();
        assert_eq!(server.get("/api/search?q=cruise").json()["total"], 1, "{}", path.display());
    }
}

#[test]
fn hanging_up_opens_the_index_again() {
    let archive = archive();
    let server = Server::new(&archive, &[]);
    await_true("no server", || server.get("/healthz").status == 200);
    for expected in [1, 2] {
        send_signal(&server, "HUP");
        await_true("the index is not opened again", || reloads(&server) == expected);
        assert_eq!(server.get("/api/search?q=cruise").json()["total"], 1);
    }
}

#[test]
fn the_index_is_verified_in_the_background() {
    let archive = archive();
    // Opening it does not read this file.
    let findings = archive.path("index/findings.toml");
    let sound = fs::read(&findings).unwrap();
    fs::write(&findings, "").unwrap();
    let server = Server::new(&archive, &[]);
    let said = |expected: &str| server.get("/healthz").text().contains(expected);
    await_true("damage is not found", || said("verify: damaged\nfindings.toml: it is not as it was written"));
    assert_eq!(server.get("/healthz").status, 503);
    assert_eq!(server.get("/api/search?q=cruise").json()["total"], 1);
    fs::write(&findings, sound).unwrap();
    send_signal(&server, "HUP");
    await_true("it is not verified again", || said("verify: sound"));
    assert_eq!(server.get("/healthz").status, 200);
    archive.write("c.txt", b"Simon Pegg laughs.");
    assert_eq!(archive.run(["index", "in"]).code, 0);
    await_true("a new commit is not opened", || reloads(&server) >= 2);
    await_true("a new commit is not verified", || said("ok\nverify: sound"));
    // What cannot be opened any more is told as well.
    let name = |path: &std::path::Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    let files = fs::read_dir(archive.path("index")).unwrap().map(|entry| entry.unwrap().path());
    let names = files.filter(|path| name(path).starts_with("names-")).max().unwrap();
    let whole = fs::read(&names).unwrap();
    fs::rename(&names, archive.path("names")).unwrap();
    fs::write(&names, [&whole[..], b"more"].concat()).unwrap();
    send_signal(&server, "HUP");
    await_true("damage is not found", || said("verify: damaged\nnames-"));
    fs::rename(archive.path("names"), &names).unwrap();
    send_signal(&server, "HUP");
    await_true("it is not verified again", || said("ok\nverify: sound"));
    // A decision that cannot be read harms no other.
    fs::write(archive.path("index/aliases.toml"), "[[decision]]\nhide = 7\n").unwrap();
    send_signal(&server, "HUP");
    await_true("a broken decision is not told", || said("verify: sound\naliases.toml:"));
    assert_eq!(server.get("/healthz").status, 200);
}
