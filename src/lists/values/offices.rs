//! Offices, out of the free text in which lists name them.

use serde::Serialize;

use super::{Doubt, holds, words};

/// What somebody is in the Party's bodies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PartyKind {
    Secretary,
    Deputy,
    /// Of the standing committee.
    Standing,
    /// Of the branch's or the organisation's committee.
    Committee,
    /// Of the inspection committee.
    Inspection,
    /// Of a group within a branch.
    GroupLeader,
}

/// Of which body somebody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    Branch,
    /// A part of an organisation between it and the branches.
    Part,
    /// The whole organisation.
    Organisation,
    Unsaid,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct PartyPost {
    pub kind: PartyKind,
    pub of: Body,
    /// As it stands in the list.
    pub text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum UnionKind {
    /// The Youth Union.
    Youth,
    /// The trade union.
    Trade,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct UnionPost {
    pub kind: UnionKind,
    /// As it stands in the list.
    pub text: String,
}

/// The offices that a text names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offices {
    pub party: Vec<PartyPost>,
    pub union: Vec<UnionPost>,
    /// Whatever else stands there: posts of the office.
    pub other: Vec<String>,
    pub doubt: Option<Doubt>,
}

/// The offices that a text names; of the Party, of the unions, and others.
pub fn offices(text: &str) -> Offices {
    let mut out = Offices::default();
    let parted = text
        .replace(" kiêm ", "\n")
        .replace(" và ", "\n")
        .replace(" - ", "\n")
        .replace(" – ", "\n");
    // A sign within a word, as in "CB/NV", parts nothing.
    let pieces = parted.split(['\n', ',', ';', '(', ')', '+']).flat_map(|piece| piece.split(" / "));
    for piece in pieces.map(|piece| piece.trim().trim_end_matches('.').trim()) {
        let words = words(piece);
        let says_nothing = matches!(
            words.as_str(),
            "" | "dang vien" | "dv" | "khong" | "doan vien" | "quan chung" | "kiem"
        );
        if says_nothing {
            continue;
        }
        let former = ["nguyen ", "cuu "].iter().any(|begins| words.starts_with(begins));
        // "Bí thư (đến 6/2025)": not any more.
        let has_ended = ["den ", "toi "].iter().any(|begins| words.starts_with(begins))
            && words.contains(|c: char| c.is_ascii_digit());
        if has_ended {
            out.doubt = Some(Doubt::Former);
            out.party.pop();
            continue;
        }
        match (union(&words), party(&words)) {
            _ if former => {
                out.doubt = Some(Doubt::Former);
                out.other.push(piece.to_owned());
            }
            (Some(kind), _) => out.union.push(UnionPost { kind, text: piece.to_owned() }),
            (None, Some(kind)) => {
                out.party.push(PartyPost { kind, of: body(&words), text: piece.to_owned() });
            }
            (None, None) => out.other.push(piece.to_owned()),
        }
    }
    out
}

fn holds_any(words: &str, any: &[&str]) -> bool {
    any.iter().any(|of| holds(words, of))
}

fn union(words: &str) -> Option<UnionKind> {
    let leads = holds_any(
        words,
        &[
            "bi thu",
            "pho bi thu",
            "pbt",
            "bch",
            "uy vien",
            "uv",
            "chu tich",
            "pho chu tich",
            "uvbch",
            "ban chap hanh",
            "to truong",
            "to pho",
        ],
    );
    match () {
        () if holds(words, "cong doan") && leads => Some(UnionKind::Trade),
        () if holds_any(
            words,
            &["doan the", "doan kiem tra", "tap doan", "lu doan", "su doan", "trung doan"],
        ) =>
        {
            None
        }
        () if leads
            && holds_any(
                words,
                &[
                    "doan",
                    "chi doan",
                    "lien chi doan",
                    "doan tn",
                    "doan thanh nien",
                    "doan truong",
                    "lcd",
                ],
            ) =>
        {
            Some(UnionKind::Youth)
        }
        () => None,
    }
}

fn party(words: &str) -> Option<PartyKind> {
    match () {
        () if holds_any(words, &["thu ky", "tro ly", "giup viec", "bi thu thu nhat doan"]) => None,
        () if holds_any(
            words,
            &["pho bi thu", "pbt", "p bi thu", "pbtcb", "pbt chi bo", "pbi thu"],
        ) =>
        {
            Some(PartyKind::Deputy)
        }
        () if holds_any(words, &["bi thu", "bt chi bo", "btcb", "bt cb", "bt dang uy", "btdu"])
            || words == "bt" =>
        {
            Some(PartyKind::Secretary)
        }
        () if holds_any(words, &["ubkt", "uy ban kiem tra"]) => Some(PartyKind::Inspection),
        () if holds_any(words, &["btv", "ban thuong vu", "uvbtv", "thuong vu"]) => {
            Some(PartyKind::Standing)
        }
        () if holds_any(words, COMMITTEE) || matches!(words, "uv" | "uy vien" | "cu" | "cuv") => {
            Some(PartyKind::Committee)
        }
        () if holds_any(words, &["to truong to dang", "to truong dang", "tt to dang"]) => {
            Some(PartyKind::GroupLeader)
        }
        () => None,
    }
}

const COMMITTEE: &[&str] = &[
    "chi uy vien",
    "chi uy",
    "cap uy vien",
    "cap uy",
    "dang uy vien",
    "uv dang uy",
    "uy vien dang uy",
    "duv",
    "uvbch",
    "uv bch",
    "uy vien bch",
    "uy vien ban chap hanh",
    "bch dang bo",
    "uv chi bo",
    "uy vien chi bo",
];

fn body(words: &str) -> Body {
    match () {
        () if holds(words, "bo phan") => Body::Part,
        () if holds_any(words, &["chi bo", "chi uy", "chi uy vien", "cb", "btcb", "pbtcb"]) => {
            Body::Branch
        }
        () if holds_any(
            words,
            &["dang bo", "dang uy", "dang uy vien", "duv", "btdu", "thuong vu", "btv"],
        ) =>
        {
            Body::Organisation
        }
        () => Body::Unsaid,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offices_are_told_apart() {
        use PartyKind::*;
        for (text, party, union, other) in [
            ("Bí thư", vec![(Secretary, Body::Unsaid)], 0, 0),
            ("Bí thư chi bộ", vec![(Secretary, Body::Branch)], 0, 0),
            ("BÍ THƯ ĐẢNG ỦY, Giám đốc", vec![(Secretary, Body::Organisation)], 0, 1),
            ("Phó Bí thư, Trưởng phòng", vec![(Deputy, Body::Unsaid)], 0, 1),
            ("Phó Bí thư Chi bộ - Phó Trưởng phòng", vec![(Deputy, Body::Branch)], 0, 1),
            ("PBT", vec![(Deputy, Body::Unsaid)], 0, 0),
            ("Chi ủy viên", vec![(Committee, Body::Branch)], 0, 0),
            ("Chi uỷ viên; Bí thư Đoàn thanh niên", vec![(Committee, Body::Branch)], 1, 0),
            ("Bí thư Chi đoàn", vec![], 1, 0),
            ("Chủ tịch Công đoàn", vec![], 1, 0),
            ("Tổ trưởng công đoàn kiêm Chi ủy viên", vec![(Committee, Body::Branch)], 1, 0),
            ("Đảng ủy viên", vec![(Committee, Body::Organisation)], 0, 0),
            ("UV BTV Đảng ủy", vec![(Standing, Body::Organisation)], 0, 0),
            ("Chuyên viên", vec![], 0, 1),
            ("Trưởng đoàn thanh tra", vec![], 0, 1),
            ("Thư ký", vec![], 0, 1),
            ("Đảng viên", vec![], 0, 0),
            ("", vec![], 0, 0),
        ] {
            let read = offices(text);
            let found: Vec<_> = read.party.iter().map(|post| (post.kind, post.of)).collect();
            assert_eq!(
                (found, read.union.len(), read.other.len()),
                (party, union, other),
                "{text}"
            );
        }
        for ended in ["Bí thư (đến 6/2025)", "Phó bí thư, đến tháng 3/2024"] {
            let read = offices(ended);
            assert_eq!((read.party.len(), read.doubt), (0, Some(Doubt::Former)), "{ended}");
        }
        assert!(offices("Trợ lý Phó bí thư").party.is_empty());
        let former = offices("Nguyên Bí thư chi bộ");
        assert!(former.party.is_empty());
        assert_eq!(former.doubt, Some(Doubt::Former));
    }
}
