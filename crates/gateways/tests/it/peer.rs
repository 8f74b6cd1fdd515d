//! The other side of a conversation: real servers on loopback, each for one connection.

use std::net::SocketAddr;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// What an SMTP server heard.
#[derive(Default)]
pub struct Heard {
    /// Commands, one a line.
    pub commands: Vec<String>,
    /// The mail with its headers.
    pub data: String,
}

/// An SMTP server (RFC 5321) that answers `RCPT TO` with `to_recipient`.
pub async fn smtp(to_recipient: &'static str) -> (SocketAddr, JoinHandle<Heard>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let serving = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        let (from, mut to) = stream.into_split();
        let mut lines = BufReader::new(from).lines();
        let mut heard = Heard::default();
        to.write_all(b"220 peer ESMTP\r\n").await.unwrap();
        while let Ok(Some(command)) = lines.next_line().await {
            let verb = command.split([' ', ':']).next().unwrap().to_ascii_uppercase();
            heard.commands.push(command);
            let answer = match verb.as_str() {
                "EHLO" => "250-peer\r\n250 8BITMIME",
                "RCPT" => to_recipient,
                "DATA" => {
                    to.write_all(b"354 go on\r\n").await.unwrap();
                    while let Some(line) = lines.next_line().await.unwrap().filter(|l| l != ".") {
                        heard.data += &(line + "\n");
                    }
                    // The client keeps the connection for the next mail: what was heard is heard.
                    to.write_all(b"250 taken\r\n").await.unwrap();
                    return heard;
                }
                "QUIT" => {
                    to.write_all(b"221 bye\r\n").await.unwrap();
                    return heard;
                }
                _ => "250 fine",
            };
            to.write_all(format!("{answer}\r\n").as_bytes()).await.unwrap();
        }
        heard
    });
    (address, serving)
}

/// An HTTP server that answers one request with `status` and hands out the request.
pub async fn http(status: &'static str) -> (SocketAddr, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let serving = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = Vec::new();
        while !whole(&request) {
            assert!(stream.read_buf(&mut request).await.unwrap() > 0, "the request broke off");
        }
        let answer = format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        stream.write_all(answer.as_bytes()).await.unwrap();
        String::from_utf8(request).unwrap()
    });
    (address, serving)
}

fn whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request).to_ascii_lowercase();
    let Some((head, _)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head
        .lines()
        .find_map(|l| l.strip_prefix("content-length:"))
        .map_or(0, |n| n.trim().parse().unwrap());
    request.len() >= head.len() + 4 + length
}
