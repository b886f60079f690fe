//! Thanks and assent that answer nothing: people end a conversation with them. They get a short answer
//! and change nothing; least of all do they press a button.

use super::engine::context::Cx;
use super::engine::failure::Failure;
use super::engine::feature::Claim;
use crate::domain::text::{bears_circumflex, fold};

/// What is said out of courtesy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Courtesy {
    Thanks,
    Assent,
}

/// Whether a text is said out of courtesy alone.
pub(super) fn is_courtesy(text: &str) -> bool {
    read(text).is_some()
}

/// Answers it. Under an open question assent could be meant as its answer, and is not taken here.
pub(super) async fn said(cx: &mut Cx<'_>, text: &str) -> Result<Claim, Failure> {
    match read(text) {
        Some(Courtesy::Thanks) => cx.say_aside("courtesy-thanks").await?,
        Some(Courtesy::Assent) if cx.session.dialogue.is_none() => {
            cx.say_aside("courtesy-assent").await?;
        }
        _ => return Ok(Claim::NotMine),
    }
    Ok(Claim::Done)
}

fn read(text: &str) -> Option<Courtesy> {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(' ').collect();
    let lead = words.iter().take_while(|word| matches!(**word, "xin" | "tran" | "trong")).count();
    let polite = |rest: &[&str]| {
        matches!(rest, [] | ["a"] | ["nhieu"] | ["rat", "nhieu"] | ["dong", "chi"] | ["ban"])
    };
    if let ["cam", "on", rest @ ..] | ["thank", "you", rest @ ..] = &words[lead..] {
        return polite(rest).then_some(Courtesy::Thanks);
    }
    if folded == "thanks" {
        return Some(Courtesy::Thanks);
    }
    // Folded, "yes" is also an absence.
    let yes = text.split_whitespace().any(|word| fold(word) == "vang" && bears_circumflex(word));
    if yes
        && matches!(folded.as_str(), "vang" | "da vang" | "vang a" | "da vang a" | "vang dong chi")
    {
        return Some(Courtesy::Assent);
    }
    let assent =
        ["ok", "oke", "okay", "okie", "da", "da ro", "ro", "ro roi", "duoc roi", "nhat tri"];
    assent.contains(&folded.as_str()).then_some(Courtesy::Assent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn courtesy_is_told_from_an_absence_and_from_a_wish() {
        for thanks in ["Cảm ơn", "cám ơn đồng chí!", "Xin cảm ơn ạ", "cam on nhieu", "Thanks"]
        {
            assert_eq!(read(thanks), Some(Courtesy::Thanks), "{thanks}");
        }
        for assent in ["ok", "OK.", "Vâng", "va\u{302}ng", "Dạ vâng ạ", "đã rõ"] {
            assert_eq!(read(assent), Some(Courtesy::Assent), "{assent}");
        }
        for other in ["vắng", "vang", "cảm ơn vì đã nhắc, tôi vắng", "ok gửi", "", "cảm"]
        {
            assert_eq!(read(other), None, "{other}");
        }
    }
}
