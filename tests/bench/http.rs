//! Joining, as a browser does it, at the cost of one socket and one buffer.

use std::{io::Read as _, net::SocketAddr};

use anyhow::{Context as _, bail};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

/// An answer that was read to its end and not looked at yet.
pub struct Answer(Vec<u8>);

/// Sends a JSON body and reads the answer to its end.
pub async fn post(address: SocketAddr, path: &str, body: &str) -> anyhow::Result<Answer> {
    let mut stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let request = format!(
        "POST {path} HTTP/1.1\r\nhost: {address}\r\norigin: http://{address}\r\n\
         content-type: application/json\r\naccept-encoding: gzip, deflate\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::with_capacity(8 * 1024);
    while !is_complete(&answer)? {
        if stream.read_buf(&mut answer).await? == 0 {
            bail!("the server closed in the middle of an answer");
        }
    }
    Ok(Answer(answer))
}

fn is_complete(answer: &[u8]) -> anyhow::Result<bool> {
    let Some((head, body)) = split(answer) else {
        return Ok(false);
    };
    match header(head, "content-length") {
        Some(length) => Ok(body.len() >= length.parse::<usize>()?),
        None => Ok(body.ends_with(b"0\r\n\r\n")),
    }
}

fn split(answer: &[u8]) -> Option<(&str, &[u8])> {
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n")?;
    Some((
        std::str::from_utf8(&answer[..end]).ok()?,
        &answer[end + 4..],
    ))
}

fn header<'h>(head: &'h str, name: &str) -> Option<&'h str> {
    head.lines()
        .filter_map(|line| line.split_once(": "))
        .find(|(found, _)| found.eq_ignore_ascii_case(name))
        .map(|(_, value)| value)
}

impl Answer {
    /// The cookie it sets and the JSON it holds.
    pub fn read(&self) -> anyhow::Result<(String, serde_json::Value)> {
        let (head, body) = split(&self.0).context("no HTTP answer")?;
        if !head.starts_with("HTTP/1.1 200") {
            bail!("{}", head.lines().next().unwrap_or_default());
        }
        let cookie = header(head, "set-cookie").context("no cookie")?;
        let cookie = cookie.split(';').next().unwrap_or_default().to_owned();
        let body = match header(head, "content-length") {
            Some(_) => body.to_vec(),
            None => unchunked(body)?,
        };
        let json = match header(head, "content-encoding") {
            Some("gzip") => {
                let mut text = Vec::new();
                flate2::read::GzDecoder::new(&*body).read_to_end(&mut text)?;
                serde_json::from_slice(&text)?
            }
            _ => serde_json::from_slice(&body)?,
        };
        Ok((cookie, json))
    }
}

fn unchunked(mut body: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut whole = Vec::new();
    loop {
        let end = body.windows(2).position(|two| two == b"\r\n");
        let end = end.context("a chunk without a size")?;
        let size = usize::from_str_radix(std::str::from_utf8(&body[..end])?, 16)?;
        if size == 0 {
            return Ok(whole);
        }
        let chunk = body.get(end + 2..end + 2 + size);
        whole.extend_from_slice(chunk.context("a chunk is cut off")?);
        body = body.get(end + 4 + size..).context("a chunk is cut off")?;
    }
}
