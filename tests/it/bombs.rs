//! Files made to take more memory than they should: each is reported with its
//! name, and what comes after is read.

use std::io::Write;

use crate::support::{Archive, field_of_hits};

/// Indexes `in/` with these options, and checks that each part of `messages` is
/// reported and `expected` articles have the word “atwell”.
fn check(archive: &Archive, options: &[&str], messages: &[&str], expected: u64) {
    let run = archive.run(["index", "in"].iter().chain(options));
    assert_eq!(run.code, if messages.is_empty() { 0 } else { 2 }, "{}", run.err);
    for message in messages {
        assert!(run.err.contains(message), "{message}: {}", run.err);
    }
    assert_eq!(archive.query(&["atwell"])["total"], expected, "{}", run.err);
}

/// A tar header of this kind with a size.
fn tar_header(kind: tar::EntryType, name: &str, size: u64) -> Vec<u8> {
    let mut header = tar::Header::new_gnu();
    header.set_entry_type(kind);
    header.set_path(name).unwrap();
    header.set_size(size);
    header.set_cksum();
    header.as_bytes().to_vec()
}

/// Writes a member of this many equal bytes.
fn write_member(out: &mut impl Write, kind: tar::EntryType, name: &str, byte: u8, size: u64) {
    out.write_all(&tar_header(kind, name, size)).unwrap();
    write_bytes(out, byte, size.next_multiple_of(512));
}

fn write_file(out: &mut impl Write, name: &str, text: &str) {
    out.write_all(&tar_header(tar::EntryType::Regular, name, text.len() as u64)).unwrap();
    out.write_all(text.as_bytes()).unwrap();
    write_bytes(out, 0, (text.len() as u64).next_multiple_of(512) - text.len() as u64);
}

fn write_bytes(out: &mut impl Write, byte: u8, count: u64) {
    let chunk = vec![byte; 1 << 20];
    let mut left = count;
    while left > 0 {
        let size = left.min(chunk.len() as u64);
        out.write_all(&chunk[..size as usize]).unwrap();
        left -= size;
    }
}

/// A tar archive whose first two members have a name and a header of this size.
fn write_tar(out: &mut impl Write, size: u64) {
    write_member(out, tar::EntryType::GNULongName, "long", b'n', size);
    write_file(out, "named.txt", "Hayley Atwell hides behind a name.");
    write_member(out, tar::EntryType::XHeader, "pax", b'1', size);
    write_file(out, "described.txt", "Hayley Atwell hides behind a header.");
    write_member(out, tar::EntryType::GNULongLink, "long", b'n', size);
    write_file(out, "c.txt", "Hayley Atwell stays.");
}

#[test]
fn long_names_and_headers_of_tar_members() {
    let archive = Archive::new();
    let mut bytes = Vec::new();
    write_tar(&mut bytes, (1 << 20) + 1);
    archive.write("a.tar", &bytes);
    let messages = [
        "in/a.tar!/named.txt: oversized: its name has 1048577 bytes",
        "in/a.tar!/described.txt: oversized: its extended header has 1048577 bytes",
    ];
    check(&archive, &[], &messages, 1);
}

#[test]
fn rows_and_lines_beyond_the_limit() {
    let archive = Archive::new();
    archive.write("zeros.csv", &vec![0; 100_000]);
    let long = "x".repeat(5_000);
    archive.write("row.csv", format!("title,text\nA,{long}\nB,Atwell runs.\n").as_bytes());
    let many = "B,Atwell runs.\n".repeat(1_000);
    archive.write("open.csv", format!("title,text\n\"A,x\n{many}").as_bytes());
    archive.write("a.jsonl", format!("{{\"text\":\"{long}\"}}\n{{\"text\":\"Atwell sits.\"}}\n").as_bytes());
    archive.write("a.warc", format!("WARC/1.0\r\nX: {}\r\n\r\n", "y".repeat(70_000)).as_bytes());
    let messages = [
        "in/zeros.csv:1: oversized: 100000 bytes",
        "in/row.csv:2: oversized",
        "in/open.csv:2: malformed table",
        "in/a.jsonl:1: oversized",
        "in/a.warc:1: oversized: its header has",
    ];
    let run = archive.run(["index", "in", "--max-record", "4000"]);
    assert_eq!(run.code, 2);
    for message in messages {
        assert!(run.err.contains(message), "{message}: {}", run.err);
    }
    assert!(archive.query(&["atwell"])["total"].as_u64().unwrap() >= 2, "{}", run.err);
}

#[test]
fn an_unclosed_quotation_mark_costs_one_row() {
    let archive = Archive::new();
    archive.write(
        "a.csv",
        b"id,title,text\n1,\"Joins,Atwell joins.\n2,Two,Atwell runs.\n3,\"Three,\n4\",\"Atwell, sits.\"\n",
    );
    check(&archive, &[], &["in/a.csv:2: malformed table: a cell starts with a quotation mark"], 2);
    let titles = field_of_hits(&archive.query(&["atwell"]), "title");
    assert!(titles.contains(&"Two".to_owned()), "{titles:?}");
    assert!(titles.iter().any(|title| title.starts_with("Three,")), "{titles:?}");
}

#[test]
fn tables_that_are_written_in_other_ways() {
    let archive = Archive::new();
    archive.write("marks.tsv", b"id\ttitle\ttext\nt1\t\"Up\" again\tAtwell swings.\nt2\t\"Weird tour\tAtwell tours.\nt3\t12\" single\t\\N Atwell sings.\n");
    archive.write("sep.csv", b"sep=;\r\nid;title;text\r\ns1;Joins, again;Atwell joins.\r\n");
    archive.write("slash.csv", b"id,title,text\nb1,\"Atwell \\\"joins\\\" it\",\"She said \\\"yes, I will\\\".\"\n");
    let utf16: Vec<u8> =
        "\u{feff}id\ttitle\ttext\r\nu1\tSixteen\tAtwell joins.\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    archive.write("utf16.csv", &utf16);
    check(&archive, &[], &[], 6);
    let mut titles = field_of_hits(&archive.query(&["atwell"]), "title");
    titles.sort_unstable();
    let expected = ["\"Up\" again", "\"Weird tour", "12\" single", "Atwell \"joins\" it", "Joins, again", "Sixteen"];
    assert_eq!(titles, expected);
}

/// What takes gigabytes when it is read as it asks to be.
#[cfg(target_os = "linux")]
mod large {
    use std::fs::File;
    use std::io::{BufWriter, Read};
    use std::process::Stdio;
    use std::time::Duration;

    use super::*;

    const SIZE: u64 = 1 << 30;
    /// The most memory that indexing a file may take, in KiB.
    const MOST: u64 = 300 << 10;

    /// Indexes a file that `write` makes, compressed, and checks errors and memory.
    fn check(name: &str, write: impl FnOnce(&mut dyn Write), message: &str) {
        let archive = Archive::new();
        archive.write("good.txt", b"Hayley Atwell stays.");
        let file = BufWriter::new(File::create(archive.path("in").join(name)).unwrap());
        let mut packed = flate2::write::GzEncoder::new(file, flate2::Compression::fast());
        write(&mut packed);
        packed.finish().unwrap().flush().unwrap();
        let mut command = archive.command(["index", "in"]);
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let mut stderr = child.stderr.take().unwrap();
        let reader = std::thread::spawn(move || {
            let mut errors = String::new();
            stderr.read_to_string(&mut errors).map(|_| errors)
        });
        let mut peak = 0;
        while child.try_wait().unwrap().is_none() {
            peak = peak_memory(child.id()).unwrap_or(peak);
            std::thread::sleep(Duration::from_millis(5));
        }
        let errors = reader.join().unwrap().unwrap();
        assert!(errors.contains(&format!("in/{name}")) && errors.contains(message), "{name}: {errors}");
        assert!(peak > 0 && peak < MOST, "{name}: {peak} KiB");
        assert!(archive.query(&["atwell"])["total"].as_u64().unwrap() >= 1, "{name}");
    }

    /// The largest resident size of a process so far, in KiB.
    fn peak_memory(process: u32) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        line.trim().strip_suffix(" kB")?.parse().ok()
    }

    #[test]
    #[ignore = "writes and reads gigabytes"]
    fn memory_is_bounded() {
        let lines = |mut out: &mut dyn Write, start: &str| {
            out.write_all(start.as_bytes()).unwrap();
            write_bytes(&mut out, b'x', SIZE);
        };
        check("tar.tar.gz", |mut out| write_tar(&mut out, SIZE), "its name has 1073741824 bytes");
        check("zeros.csv.gz", |mut out| write_bytes(&mut out, 0, SIZE), ":1: oversized");
        check("row.csv.gz", |out| lines(out, "title,text\nA,"), ":2: oversized");
        check("cell.csv.gz", |out| lines(out, "title,text\nA,\""), ":2: oversized");
        check("line.jsonl.gz", |out| lines(out, "{\"text\":\""), ":1: oversized");
        check("document.json.gz", |out| lines(out, "{\"text\":\""), "oversized");
        check("feed.rss.gz", |out| lines(out, "<rss version=\"2.0\"><channel><title>"), "oversized");
        check("mail.eml.gz", |out| lines(out, "MIME-Version: 1.0\nMessage-ID: <a@b>\nSubject: "), "oversized");
        check("header.warc.gz", |out| lines(out, "WARC/1.0\r\nX: "), ":1: oversized: its header");
        let words = |out: &mut dyn Write| {
            out.write_all(b"title,text\nA,\"").unwrap();
            let lines = b"words and words\n".repeat(1 << 16);
            (0..SIZE >> 20).for_each(|_| out.write_all(&lines).unwrap());
        };
        check("open.csv.gz", words, ":2: oversized");
        let items = |out: &mut dyn Write| {
            out.write_all(b"<rss version=\"2.0\"><channel>").unwrap();
            (0..8_000_000).for_each(|_| out.write_all(b"<item/>").unwrap());
        };
        check("items.rss.gz", items, "more than 100000 items");
        let headers = |out: &mut dyn Write| (0..12_000_000).for_each(|_| out.write_all(b"To:a\n").unwrap());
        check("headers.eml.gz", headers, "more than 1000000 lines");
    }
}
