//! A server for tests that gives prepared responses in order and keeps the
//! requests.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde_json::Value;

use crate::cluster::address::{Access, Address};
use crate::cluster::http::Client;

/// The request line without the version, and the body.
type Request = (String, String);

pub(super) struct FakeServer {
    port: u16,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl FakeServer {
    /// Answers one request for each of `responses`, a status and a body.
    pub fn start(responses: Vec<(u16, Value)>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let seen = requests.clone();
        std::thread::spawn(move || {
            for (status, body) in responses {
                let Ok((stream, _)) = listener.accept() else { return };
                let Some((request, stream)) = read(stream) else { continue };
                // Kept before the answer, after which the client may look.
                seen.lock().unwrap_or_else(PoisonError::into_inner).push(request);
                let _ = respond(stream, status, &body.to_string());
            }
        });
        Self { port, requests }
    }

    pub fn address(&self) -> Address {
        format!("http://127.0.0.1:{}", self.port).parse().expect("an address")
    }

    /// A client that retries for a second.
    pub fn client(&self) -> Client {
        let access = Access { patience: Duration::from_secs(1), ..Access::default() };
        Client::new(&self.address(), &access).expect("a client")
    }

    /// The method and path of each request so far.
    pub fn requests(&self) -> Vec<String> {
        self.seen(|(line, _)| line.clone())
    }

    /// The body of each request so far.
    pub fn bodies(&self) -> Vec<String> {
        self.seen(|(_, body)| body.clone())
    }

    fn seen(&self, part: impl Fn(&Request) -> String) -> Vec<String> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner).iter().map(part).collect()
    }
}

/// Reads a request.
fn read(stream: TcpStream) -> Option<(Request, TcpStream)> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut length = 0;
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        match header.trim().split_once(':') {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => length = value.trim().parse().ok()?,
            Some(_) => {}
            None => break,
        }
    }
    let mut request = vec![0; length];
    reader.read_exact(&mut request).ok()?;
    let line = line.trim().trim_end_matches(" HTTP/1.1").to_owned();
    Some(((line, String::from_utf8_lossy(&request).into_owned()), reader.into_inner()))
}

fn respond(mut stream: TcpStream, status: u16, body: &str) -> std::io::Result<()> {
    let head = format!("HTTP/1.1 {status} Status\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
    stream.write_all(head.as_bytes())?;
    stream.write_all(body.as_bytes())
}
