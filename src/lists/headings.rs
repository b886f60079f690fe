//! What a heading of a column means.
//!
//! The words stand in `config/headings.txt`, a section for each meaning, so that an office's own words can
//! be added without touching the program.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::domain::text::{fold, fold_but_marks};

macro_rules! columns {
    ($($(#[$doc:meta])* $variant:ident $name:literal),* $(,)?) => {
        /// What a column tells.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Column {
            $($(#[$doc])* #[serde(rename = $name)] $variant),*
        }

        impl Column {
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The name under which it is kept, and the name of its section.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }
        }
    };
}

columns! {
    Order "order",
    /// The office's own code or number of somebody.
    Key "key",
    Name "name",
    /// What stands before the given name, where that has a column of its own.
    FamilyName "family_name",
    OtherName "other_name",
    Sex "sex",
    /// A mark, or the day of birth, of men.
    Male "male",
    Female "female",
    Born "born",
    Ethnicity "ethnicity",
    Religion "religion",
    Home "home",
    Residence "residence",
    Occupation "occupation",
    PartyOffice "party_office",
    /// Of the Party, of a union, or of the office: what stands in it tells.
    Office "office",
    Youth "youth",
    Trade "trade",
    /// Of which union somebody is, in words.
    Union "union",
    Education "education",
    Degree "degree",
    Title "title",
    Theory "theory",
    Unit "unit",
    UnitOfResidence "unit_of_residence",
    Department "department",
    Card "card",
    CardDay "card_day",
    CardPlace "card_place",
    Personal "personal",
    Admitted "admitted",
    Readmitted "readmitted",
    Official "official",
    /// Marks under "Dự bị", where days stand elsewhere.
    IsProbationary "is_probationary",
    IsOfficial "is_official",
    CameOn "came_on",
    CameFrom "came_from",
    CameHow "came_how",
    LeftOn "left_on",
    LeftTo "left_to",
    LeftHow "left_how",
    State "state",
    Phone "phone",
    Email "email",
    RecognisedOn "recognised_on",
    RecognisedBy "recognised_by",
    RecognisedIn "recognised_in",
    Mentor "mentor",
    SecondMentor "second_mentor",
    MentorsSince "mentors_since",
    MentorsBy "mentors_by",
    ClassNumber "class_number",
    ClassDecided "class_decided",
    ClassDays "class_days",
    ClassPlace "class_place",
    CertificateNumber "certificate_number",
    CertificateDay "certificate_day",
    CertificateBy "certificate_by",
    Papers "papers",
    AdmissionResolution "admission_resolution",
    AdmissionNumber "admission_number",
    AdmissionDecided "admission_decided",
    AdmissionDay "admission_day",
    UnitCode "unit_code",
    UnitName "unit_name",
    UnitKind "unit_kind",
    UnitParent "unit_parent",
    Founded "founded",
    Ended "ended",
    MeetingDay "meeting_day",
    MeetingHour "meeting_hour",
    MeetingPlace "meeting_place",
    PaperKind "paper_kind",
    LastNumber "last_number",
    LastResolution "last_resolution",
    LastDecision "last_decision",
    LastConclusion "last_conclusion",
    LastNotice "last_notice",
    LastReport "last_report",
    LastPlan "last_plan",
    LastProgramme "last_programme",
    LastScheme "last_scheme",
    LastOption "last_option",
    LastSubmission "last_submission",
    LastLetter "last_letter",
    LastMinutes "last_minutes",
}

impl Column {
    /// How offices head it most often.
    pub fn label(self) -> &'static str {
        match self {
            Self::IsProbationary => "Dự bị (x)",
            Self::IsOfficial => "Chính thức (x)",
            column => {
                let section = format!("[{}]\n", column.name());
                let words = HEADINGS.split_once(&section).map_or("", |(_, words)| words);
                words.lines().next().unwrap_or_default()
            }
        }
    }

    /// Whether what stands in it is shown to nobody: not even in an error.
    pub const fn is_secret(self) -> bool {
        matches!(self, Self::Personal | Self::Card | Self::Phone)
    }

    /// Whether several columns may tell parts of the same (home: province, address).
    pub const fn may_repeat(self) -> bool {
        matches!(
            self,
            Self::Home
                | Self::Residence
                | Self::Office
                | Self::PartyOffice
                | Self::Mentor
                | Self::Papers
        )
    }
}

/// How sure it is that a heading means something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sure {
    /// It holds words that mean it, among others.
    Guess,
    /// The same words in another order, or with something said in brackets.
    Likely,
    Certain,
}

/// What a heading is thought to mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    Is(Column, Sure),
    /// Known, and nothing here has a use for it.
    NotUsed,
    Unknown,
}

/// The words of each column.
const HEADINGS: &str = include_str!("../../config/headings.txt");

static WORDS: LazyLock<Words> = LazyLock::new(|| Words::new(HEADINGS));

struct Words {
    /// By the words with their marks, where a line has some: "ĐT" is no "DT".
    marked: HashMap<String, Option<Column>>,
    /// By the folded words; `None` for what has no use.
    exact: HashMap<String, Option<Column>>,
    /// By the same words in alphabetical order.
    sorted: HashMap<String, Option<Column>>,
    /// Between blanks, the longest first.
    contained: Vec<(String, Option<Column>)>,
}

impl Words {
    fn new(list: &str) -> Self {
        let (mut marked, mut exact) = (HashMap::new(), HashMap::new());
        let mut section = None;
        for line in list.lines().map(str::trim) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                section = Column::ALL.iter().copied().find(|column| column.name() == name);
                continue;
            }
            if !line.is_ascii() {
                marked.entry(fold_but_marks(line)).or_insert(section);
            }
            exact.entry(plain(line)).or_insert(section);
        }
        let sorted = exact.iter().map(|(words, column)| (in_order(words), *column)).collect();
        // One short word among others means nothing: "số" is in most headings.
        let several = exact.iter().filter(|(words, _)| words.contains(' '));
        let mut contained: Vec<_> =
            several.map(|(words, column)| (format!(" {words} "), *column)).collect();
        // Of words as long as each other always the same one.
        contained.sort_by(|(a, _), (b, _)| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        Self { marked, exact, sorted, contained }
    }
}

/// A heading as it is compared: folded, and what parts words as blanks.
pub fn plain(heading: &str) -> String {
    let folded = fold(heading).replace(['-', '/', ':'], " ");
    let words: Vec<&str> = folded.split_whitespace().collect();
    words.join(" ")
}

fn in_order(words: &str) -> String {
    let mut words: Vec<&str> = words.split(' ').collect();
    words.sort_unstable();
    words.join(" ")
}

/// A heading without what is said in brackets.
fn without_brackets(heading: &str) -> String {
    let mut depth = 0_usize;
    let mut out = String::new();
    for c in heading.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => {
                depth = depth.saturating_sub(1);
                out.push(' ');
            }
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// Whether a text is a heading word for word. Much cheaper than [`meaning`], for what is mostly none.
pub fn is_known(text: &str) -> bool {
    WORDS.exact.contains_key(&plain(text))
        || WORDS.exact.contains_key(&plain(&without_brackets(text)))
}

/// What a heading means, alone.
pub fn meaning(heading: &str) -> Meaning {
    let words = plain(heading);
    let is = |column: Option<Column>, sure| match column {
        Some(column) => Meaning::Is(column, sure),
        None => Meaning::NotUsed,
    };
    if words.is_empty() {
        return Meaning::Unknown;
    }
    let found = WORDS.marked.get(&fold_but_marks(heading)).or_else(|| WORDS.exact.get(&words));
    if let Some(column) = found {
        return is(*column, Sure::Certain);
    }
    let outer = plain(&without_brackets(heading));
    if let Some(column) = WORDS.exact.get(&outer) {
        return is(*column, Sure::Likely);
    }
    if let Some(column) = WORDS.sorted.get(&in_order(&words)) {
        return is(*column, Sure::Likely);
    }
    let words = format!(" {words} ");
    let held = WORDS.contained.iter().find(|(of, _)| words.contains(of));
    held.map_or(Meaning::Unknown, |(_, column)| is(*column, Sure::Guess))
}

/// What a heading means that stands below others, the outermost first: "Ngày vào Đảng" over "Dự bị".
pub fn meaning_below(headings: &[String]) -> Meaning {
    let Some((last, above)) = headings.split_last() else { return Meaning::Unknown };
    if above.is_empty() {
        return meaning(last);
    }
    let whole = headings.join(" ");
    let mut turned = headings.to_vec();
    turned.reverse();
    let joined = [meaning(&whole), meaning(&turned.join(" "))];
    let firm = |one: &Meaning| !matches!(one, Meaning::Is(_, Sure::Guess) | Meaning::Unknown);
    let alone = meaning(last);
    let found = joined.into_iter().chain([alone]).find(firm);
    // What stands above says what it is about, where what is below says nothing by itself.
    found
        .unwrap_or_else(|| joined.into_iter().find(|one| *one != Meaning::Unknown).unwrap_or(alone))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_is_a_column_and_every_column_has_words() {
        let list = include_str!("../../config/headings.txt");
        let sections: Vec<&str> =
            list.lines().filter_map(|line| line.strip_prefix('[')?.strip_suffix(']')).collect();
        for column in Column::ALL {
            let known = sections.contains(&column.name());
            // These two are told by what stands in the column.
            let by_content = matches!(column, Column::IsProbationary | Column::IsOfficial);
            assert_eq!(known, !by_content, "{}", column.name());
            assert!(!column.label().is_empty(), "{}", column.name());
        }
        for section in &sections {
            let known = Column::ALL.iter().any(|column| column.name() == *section);
            assert!(known || *section == "not used", "{section}");
        }
    }

    #[test]
    fn no_words_mean_two_things() {
        let mut seen: HashMap<String, &str> = HashMap::new();
        let mut section = "";
        for line in include_str!("../../config/headings.txt").lines().map(str::trim) {
            if line.starts_with('[') {
                section = line;
            } else if !line.is_empty() && !line.starts_with('#') {
                let before =
                    seen.insert(fold_but_marks(line).replace(['-', '/', ':'], " "), section);
                assert!(before.is_none(), "{line} in {before:?} and {section}");
            }
        }
    }

    #[test]
    fn headings_are_understood() {
        use Column::*;
        for (heading, column, sure) in [
            ("STT", Order, Sure::Certain),
            ("Số\nTT", Order, Sure::Certain),
            ("HỌ VÀ TÊN", Name, Sure::Certain),
            ("ho ten", Name, Sure::Certain),
            ("Họ và tên (chữ in hoa)", Name, Sure::Likely),
            ("Họ và tên đảng viên được phân công", Name, Sure::Guess),
            ("Phái", Sex, Sure::Certain),
            ("Nam/Nữ", Sex, Sure::Certain),
            ("Ng. sinh", Born, Sure::Certain),
            ("Ngày, tháng, năm sinh", Born, Sure::Certain),
            ("Sinh ngày", Born, Sure::Certain),
            ("DT", Ethnicity, Sure::Certain),
            ("ĐT", Phone, Sure::Certain),
            ("TG", Religion, Sure::Certain),
            ("QQ", Home, Sure::Certain),
            ("TĐCM", Degree, Sure::Certain),
            ("L.L.C.T", Theory, Sure::Certain),
            ("SĐT", Phone, Sure::Certain),
            ("Ngày vào ĐCSVN", Admitted, Sure::Certain),
            ("Ngày chính thức", Official, Sure::Certain),
            ("Đảng viên dự bị", Admitted, Sure::Certain),
            ("ĐV giúp đỡ", Mentor, Sure::Certain),
            ("Người giới thiệu", Mentor, Sure::Certain),
            ("Tổ chức Đảng đang sinh hoạt", Unit, Sure::Certain),
            ("Số định danh cá nhân/CCCD", Personal, Sure::Certain),
            ("Số thẻ Đảng", Card, Sure::Certain),
            ("Đảng thẻ số", Card, Sure::Likely),
            ("Chi bộ nơi cư trú", UnitOfResidence, Sure::Certain),
        ] {
            assert_eq!(meaning(heading), Meaning::Is(column, sure), "{heading}");
        }
        assert_eq!(meaning("Ghi chú"), Meaning::NotUsed);
        assert_eq!(meaning("Cân nặng"), Meaning::Unknown);
        assert_eq!(meaning(" "), Meaning::Unknown);
    }

    #[test]
    fn headings_below_others_are_understood() {
        use Column::*;
        for (headings, column) in [
            (vec!["Ngày vào Đảng", "Dự bị"], Admitted),
            (vec!["Ngày vào Đảng", "Chính thức"], Official),
            (vec!["Giới tính", "Nam"], Male),
            (vec!["Ngày, tháng, năm sinh", "Nữ"], Female),
            (vec!["Quê quán", "Tỉnh"], Home),
            (vec!["Nơi thường trú", "Địa chỉ"], Residence),
            (vec!["Trình độ", "Văn hóa"], Education),
            (vec!["Trình độ", "Chuyên môn"], Degree),
            (vec!["Trình độ", "LLCT"], Theory),
            (vec!["Chức vụ", "Đảng"], PartyOffice),
            (vec!["Thẻ đảng viên", "Số"], Card),
            (vec!["Thẻ đảng viên", "Ngày cấp"], CardDay),
            (vec!["Quyết định kết nạp", "Số"], AdmissionNumber),
            (vec!["Thông tin cá nhân", "Họ và tên"], Name),
            (vec!["Họ và tên", "Họ đệm"], FamilyName),
            (vec!["Họ và tên", "Tên"], Name),
        ] {
            let headings: Vec<String> = headings.into_iter().map(str::to_owned).collect();
            let Meaning::Is(found, _) = meaning_below(&headings) else { panic!("{headings:?}") };
            assert_eq!(found, column, "{headings:?}");
        }
    }
}
