//! Telegram's HTML, read as strictly as Telegram reads it, down to its complaints.

/// A text without its markup.
#[derive(Debug)]
pub struct Parsed {
    pub text: String,
    /// The stretches in bold, in order.
    pub strong: Vec<String>,
}

const TAGS: [&str; 15] = [
    "b",
    "strong",
    "i",
    "em",
    "u",
    "ins",
    "s",
    "strike",
    "del",
    "code",
    "pre",
    "blockquote",
    "tg-spoiler",
    "a",
    "span",
];

struct Open {
    tag: String,
    /// Where its text begins in the result.
    from: usize,
}

pub fn parse(html: &str) -> Result<Parsed, String> {
    let mut text = String::with_capacity(html.len());
    let mut strong = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let mut at = 0;
    while let Some(c) = html[at..].chars().next() {
        match c {
            '<' => {
                let end = html[at..]
                    .find('>')
                    .ok_or_else(|| complain(format!("Unclosed start tag at byte offset {at}")))?;
                let inner = &html[at + 1..at + end];
                match inner.strip_prefix('/') {
                    Some(name) => close(name, at, &mut open, &text, &mut strong)?,
                    None => open.push(Open { tag: start(inner, at)?, from: text.len() }),
                }
                at += end + 1;
            }
            '&' => {
                let (decoded, length) = entity(&html[at..]).unwrap_or(('&', 1));
                text.push(decoded);
                at += length;
            }
            c => {
                text.push(c);
                at += c.len_utf8();
            }
        }
    }
    if let Some(left) = open.last() {
        let tag = &left.tag;
        return Err(complain(format!("Can't find end tag corresponding to start tag \"{tag}\"")));
    }
    Ok(Parsed { text: text.trim().to_owned(), strong })
}

fn complain(what: String) -> String {
    format!("Bad Request: can't parse entities: {what}")
}

fn start(inner: &str, at: usize) -> Result<String, String> {
    let name = inner.split_whitespace().next().unwrap_or_default().to_ascii_lowercase();
    if TAGS.contains(&name.as_str()) {
        Ok(name)
    } else {
        Err(complain(format!("Unsupported start tag \"{name}\" at byte offset {at}")))
    }
}

fn close(
    name: &str,
    at: usize,
    open: &mut Vec<Open>,
    text: &str,
    strong: &mut Vec<String>,
) -> Result<(), String> {
    let name = name.trim_end().to_ascii_lowercase();
    let Some(Open { tag, from }) = open.pop() else {
        return Err(complain(format!("Unexpected end tag at byte offset {at}")));
    };
    if !name.is_empty() && name != tag {
        let found = format!("expected \"</{tag}>\", found \"</{name}>\"");
        return Err(complain(format!("Unmatched end tag at byte offset {at}, {found}")));
    }
    if matches!(tag.as_str(), "b" | "strong") {
        strong.push(text[from..].to_owned());
    }
    Ok(())
}

/// The character of an entity and its length in bytes; anything else stands for itself.
fn entity(text: &str) -> Option<(char, usize)> {
    let end = text.find(';').filter(|&end| end <= 10)?;
    let decoded = match &text[1..end] {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        other => {
            let number = other.strip_prefix('#')?;
            let code = match number.strip_prefix('x') {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    };
    Some((decoded, end + 1))
}
