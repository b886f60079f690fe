//! A name is hidden however it is written, and what only looks like one stays.

use diudat::disclosure::{self, Reading};
use diudat::domain::ids::PersonId;
use diudat::domain::language::Language;
use diudat::domain::name::Name;
use diudat::domain::people::Status;
use diudat::domain::typed::Typed;
use diudat::message::{Address, Arg, Capabilities, Disclosure, Files, Message, Papers, Phrase};
use diudat::render::render;
use diudat::store::people::{self, Recorded};
use rstest_reuse::apply;

use crate::support::{Engine, both_engines};
use crate::world::{TAPPING, World};

/// The chat of the secretary's branch, if it has one.
fn group() -> Address {
    Address { bot: TAPPING.to_owned(), chat: "group1".to_owned() }
}

/// Of the branch of QC-014, where those below work.
const SECRETARY: &str = "NS-010";

/// Names, and how they are written. All of it is the name.
const SPELLINGS: &[(&str, &[&str])] = &[
    (
        "Trần Văn Bình",
        &[
            "Trần Văn Bình",
            "TRẦN VĂN BÌNH",
            "trần văn bình",
            "Tran Van Binh",
            "tran van binh",
            "TRAN VAN BINH",
            "Trần văn bình",
            "Trấn Vân Bính",
            "Trần Văn Binh",
            "Trần  Văn   Bình",
            "Trần\u{a0}Văn\u{a0}Bình",
            "Trần\tVăn\tBình",
            "Trần\nVăn\nBình",
            "Trần-Văn-Bình",
            "Trần–Văn–Bình",
            "Trần_Văn_Bình",
            "Trần.Văn.Bình",
            "Trần/Văn/Bình",
            "Trần, Văn, Bình",
            "Trần|Văn|Bình",
            "Trần:Văn:Bình",
            "Trần·Văn·Bình",
            "Tra\u{302}\u{300}n Va\u{306}n Bi\u{300}nh",
            "Tr\u{200b}ần V\u{200b}ăn B\u{200b}ình",
            "Tr\u{200d}ần Văn Bình",
            "\u{200e}Trần Văn Bình",
            "Trần \u{200f}Văn Bình",
            "Trần\u{feff} Văn Bình",
            "Trần Văn Bì\u{ad}nh",
            "Tr\u{ad}ần Văn Bình",
            "Trần\u{2060} Văn Bình",
            "Trần V\u{1f}ăn B\u{7f}ình",
            "Trần V\u{fdd0}ăn B\u{fdd1}ình",
            "Trần V\u{e000}ăn Bì\u{e001}nh",
            "Tr\u{e002}ần\u{f8ff} Văn Bình",
            "Trần\u{200b}Văn\u{200b}Bình",
            "trần\u{200b}văn\u{200b}bình",
            "Ｔｒａｎ Ｖａｎ Ｂｉｎｈ",
            "ＴＲＡＮ　ＶＡＮ　ＢＩＮＨ",
            "Тrần Văn Вình",
            "Тrаn Vаn Вinh",
            "ТRАN VАN ВINH",
            "Τran Vαn Βinh",
            "𝐓𝐫𝐚𝐧 𝐕𝐚𝐧 𝐁𝐢𝐧𝐡",
            "ⓣⓡⓐⓝ ⓥⓐⓝ ⓑⓘⓝⓗ",
            "Traanf Vawn Binhf",
            "Tranaf Vanw Binhf",
            "traanf vawn binhf",
            "TRAANF VAWN BINHF",
            "Trafan Vawn Bifnh",
            "Tra62n Va8n Bi2nh",
            "Tra6n2 Va8n Binh2",
            "Tran62 Van8 Binh2",
            "Trần Vawn Bình",
            "Trần Bình",
            "Tran Binh",
            "TRẦN BÌNH",
            "Văn Bình",
            "Trần V. Bình",
            "T. V. Bình",
            "T.V. Bình",
            "T.V.Bình",
            "Tr. V. Bình",
            "Tr.V.Bình",
            "Trần V Bình",
            "T. Văn Bình",
            "T. Bình",
            "TV. Bình",
            "tr. v. bình",
            "trần v. bình",
            "TrầnVănBình",
            "TranVanBinh",
            "tranvanbinh",
            "TRANVANBINH",
            "trầnvănbình",
            "TranBinh",
            "Tranvanbinh",
            "tranvan binh",
            "tran vanbinh",
            "TRần Văn Bình",
            "TRần VĂn BÌnh",
            "Bình Trần Văn",
            "Bình, Trần Văn",
            "BÌNH, TRẦN VĂN",
            "binh tran van",
            "Bình Trần",
            "Binh_TranVanBinh",
            "BìnhTrầnVănBình",
            "binh.tranvan",
            "Tran Van B",
            "Trần1Văn2Bình",
            "tran0van0binh",
            "🅃🅁🄰🄽 🅅🄰🄽 🄱🄸🄽🄷",
            "🅣🅡🅐🅝 🅥🅐🅝 🅑🅘🅝🅗",
            "🆃🆁🅰🅽 🆅🅰🅽 🅱🅸🅽🅷",
            "🇹🇷🇦🇳 🇻🇦🇳 🇧🇮🇳🇭",
            "ꓔꓣꓮꓠ ꓦꓮꓠ ꓐꓲꓠꓧ",
            "ᎢᎡᎪN ᏙᎪN ᏴᎥNᎻ",
        ],
    ),
    (
        "Lê Thị Hồng Nhung",
        &[
            "Lê Thị Hồng Nhung",
            "Lê Hồng Nhung",
            "lê hồng nhung",
            "le hong nhung",
            "Lê Nhung",
            "Hồng Nhung",
            "Thị Hồng Nhung",
            "Lê Thị Nhung",
            "L.T.H. Nhung",
            "L. T. Hồng Nhung",
            "Lê T. H. Nhung",
            "L. Nhung",
            "LeThiHongNhung",
            "le_thi_hong_nhung",
            "Lee Thij Hoongf Nhung",
            "Le6 Thi5 Ho6ng2 Nhung",
            "Nhung, Lê Thị Hồng",
            "LÊ NHUNG",
            "Le Nhung",
        ],
    ),
    (
        "Đỗ Đức Lý",
        &[
            "Đỗ Đức Lý",
            "Ðỗ Ðức Lý",
            "Ɖỗ Ɖức Lý",
            "Đỗ Đức Lí",
            "Do Duc Li",
            "do duc ly",
            "DDoox DDuwcs Lys",
            "D9o64 D9u7c1 Ly1",
            "Đỗ Lí",
            "Đ. Đ. Lý",
            "D\u{335}ỗ Đức Lý",
            "Đỗ Đ. Lí",
        ],
    ),
    (
        "Vũ Thị Hoà Mỹ",
        &["Vũ Thị Hòa Mĩ", "Vũ Hòa Mỹ", "Vu\u{303} Thi\u{323} Hoa\u{300} Mi\u{303}", "Hòa Mĩ"],
    ),
    (
        "Phạm Thuý Quỳnh Vy",
        &["Phạm Thúy Quỳnh Vi", "Pham Thuy Quynh Vy", "Phamj Thuys Quyfnh Vy", "Quỳnh Vi"],
    ),
    (
        "H'Hen Niê",
        &["H'Hen Niê", "H’Hen Niê", "HʼHen Niê", "H Hen Nie", "HHen Niê", "hhen nie", "H-Hen Niê"],
    ),
    ("K'Dung", &["K'Dung", "K’Dung", "KʼDung", "KDung", "kdung", "K Dung", "k'dung"]),
    (
        "Nguyễn Thị Bích-Ngọc",
        &["Nguyễn Thị Bích Ngọc", "Bích-Ngọc", "Bích Ngọc", "Nguyễn Bích-Ngọc", "BíchNgọc"],
    ),
    (
        "Y Moan Êban",
        &["Y Moan Êban", "Y Moan Eban", "y moan êban", "Y Êban", "Í Moan Êban", "YMoanEban"],
    ),
    ("Ý", &["đồng chí Ý", "anh Ý", "Ý"]),
    ("Lý Văn Hướng", &["lyvanhuong", "livanhuong", "LyVanHuong", "LÝ VĂN HƯỚNG", "Hướng Văn Lý"]),
    ("Lương Anh Tuấn", &["L. A. Tuấn", "LA. Tuấn", "L.A.Tuấn", "Lương A. Tuấn"]),
    ("Lục Yến Nhi", &["L. Y. Nhi", "LY. Nhi", "L.Y.Nhi", "Lục Y. Nhi", "L. Yến Nhi"]),
    (
        "Tôn Nữ Hoàng Thị Ngọc Bảo Khuê",
        &["Tôn Nữ Hoàng Thị Ngọc Bảo Khuê", "TonNuHoangThiNgocBaoKhue", "Tôn Khuê", "Bảo Khuê"],
    ),
];

/// Words around a name, where it may stand in the middle of something: `…` is the name.
const GLUED: &[(&str, &str)] = &[
    ("LyLichTranVanBinh.pdf", "LyLich….pdf"),
    ("ly_lich_tran_van_binh.pdf", "ly_lich_….pdf"),
    ("ly-lich-tran-van-binh-2018.docx", "ly-lich-…-2018.docx"),
    ("TranVanBinh1990", "… 1990"),
    ("tranvanbinh1990@gmail.com", "… 1990@gmail.com"),
    ("LÝ LỊCH_TRẦN VĂN BÌNH(2).pdf", "LÝ LỊCH_…(2).pdf"),
    ("2018TranVanBinhLyLich", "2018…LyLich"),
    ("HoSo.Traanf.Vawn.Binhf.zip", "HoSo.….zip"),
    ("Đồng chí Trần Bình đã nộp", "Đồng chí … đã nộp"),
    ("gặp anh trần bình chiều nay", "gặp anh … chiều nay"),
    ("Gặp Trần Bình, Lê An", "Gặp …, Lê An"),
    ("#TrầnVănBình", "#…"),
    ("Bình (Trần Văn Bình) ốm", "(…) ốm"),
    ("gặp Trần Văn B. ở nhà", "gặp …. ở nhà"),
    ("TRẦN VĂN B.", "…"),
    ("LYLICHTRANVANBINH.pdf", "LYLICH….pdf"),
    ("lylichtranvanbinh.pdf", "lylich….pdf"),
    ("cvtranvanbinh2018.pdf", "cv… 2018.pdf"),
    ("hosotranvanbinhchibo1.zip", "hoso…chibo1.zip"),
    ("của Bình: TranVanBinh.pdf", "của ….pdf"),
    ("gửi binh.tranvan@x.vn", "gửi …@x.vn"),
    ("Trần Bình Phòng 1", "… Phòng 1"),
    ("các đồng chí Trần Bình, Lê An", "các đồng chí …, Lê An"),
    ("(Trần Văn Bình)", "(…)"),
    ("“Trần Văn Bình”", "“…”"),
];

/// Sentences of an office, in which words are names of somebody here and are not meant so.
const STAY: &[&str] = &[
    "ý kiến của chi bộ",
    "Ý kiến: nhất trí",
    "chú ý an toàn",
    "an toàn lao động",
    "An toàn giao thông",
    "bình đẳng",
    "hoà bình và hợp tác",
    "Văn phòng Đảng ủy",
    "trần nhà bị dột",
    "văn bản số 12",
    "bình xét cuối năm",
    "Bình xét thi đua",
    "bình quân 3 người",
    "tỉnh Hòa Bình",
    "đường Trần Bình",
    "xã Hồng Nhung",
    "quả lê",
    "thị trường lao động",
    "màu hồng nhung",
    "lý do chính đáng",
    "lý lịch đảng viên",
    "Lý lịch tự khai",
    "đỗ đạt cao",
    "đức độ",
    "phạm vi công tác",
    "quỳnh tương",
    "thúy kiều",
    "mỹ thuật",
    "Mỹ thuật ứng dụng",
    "ngọc bích",
    "dung lượng tệp",
    "bích chương cổ động",
    "anh hùng lao động",
    "Anh hùng Lực lượng vũ trang",
    "chú ý lắng nghe",
    "các anh chị em",
    "bạn bè quốc tế",
    "ông bà, cô chú",
    "vũ trang nhân dân",
    "vũ khí",
    "Thị xã",
    "thị trấn",
    "học tập và làm theo",
    "tư tưởng chính trị vững vàng",
    "phẩm chất đạo đức tốt",
    "hoàn thành tốt nhiệm vụ",
    "chấp hành kỷ luật",
    "đi công tác Hà Nội",
    "ốm, có giấy của bác sĩ",
    "họp tại phòng 3",
    "QC-014 tốt",
    "Nghị quyết số 12-NQ/TW",
    "ngày 12/3/2018 lúc 9:00",
    "HỌP CHI BỘ VỀ AN TOÀN",
    "lean",
    "le lói",
    "binh chủng",
    "quân binh",
    "tran ngap",
    "van ban",
    "y te",
    "y thuc to chuc ky luat",
    "nhung nhớ",
    "nhưng chưa đủ",
    "những ai",
    "hồng quân",
    "moan",
    "eban",
    "kế hoạch năm",
    "trung bình",
    "thái bình",
    "Trung bình khá",
    "Bình thường",
    "vở bình luận",
    "văn nghệ quần chúng",
    "trần tình",
    "Bình1990",
    "T. 12/2018",
    "phố Trần Nhân Tông",
    "đường Trần Bình Trọng",
    "ĐƯỜNG TRẦN BÌNH TRỌNG",
    "học tập Bác Hồ",
    "Công ty Hồng Nhung",
    "khách sạn Trần Bình",
    "Hồ Chí Minh",
    "a. Công tác phát triển",
    "a) Bình xét",
    "V. V",
];

/// A messenger that shows codes.
fn can() -> Capabilities {
    Capabilities {
        buttons: true,
        edit: true,
        groups: true,
        text_limit: None,
        disclosure: Disclosure::Codes,
        papers: Papers::Command,
        files: Files::Page,
    }
}

impl World {
    /// Puts people on the staff list of the secretary's branch, under these names.
    pub(super) async fn employs(&self, names: impl IntoIterator<Item = &str>) {
        let today = self.practice.today(self.clock.now());
        let mut tx = self.db.begin().await.unwrap();
        let secretary = self.id_of(SECRETARY).await;
        let unit = people::get(&mut tx, secretary, today).await.unwrap().unwrap().unit.unwrap();
        for name in names {
            let born = Some("1985-03-12".parse().unwrap());
            let (at, stands) = ((unit, today), (Status::NonMember, today));
            let recorded = Recorded { now: self.clock.now(), by: None };
            people::add(&mut tx, &Name::new(name), born, at, stands, recorded).await.unwrap();
        }
        tx.commit().await.unwrap();
    }

    pub(super) async fn id_of(&self, code: &str) -> PersonId {
        let mut tx = self.db.read().await.unwrap();
        people::by_code(&mut tx, code).await.unwrap().unwrap()
    }

    /// What a reader, or else the group of the secretary's branch, is shown of texts that somebody typed, each
    /// by itself.
    pub(super) async fn shows(&self, reader: Option<PersonId>, typed: &[String]) -> Vec<String> {
        let phrase =
            |text: &String| Phrase::new("doubt-reply").with("typed", Arg::Typed(Typed::new(text)));
        let phrases: Vec<Phrase> = typed.iter().map(phrase).collect();
        let readings: Vec<Reading<'_>> = phrases
            .iter()
            .map(|phrase| Reading {
                reader,
                group: reader.is_none().then(group),
                disclosure: Disclosure::Codes,
                phrases: vec![phrase],
            })
            .collect();
        let today = self.practice.today(self.clock.now());
        let mut tx = self.db.read().await.unwrap();
        let readers = disclosure::readers(&mut tx, &readings, today).await.unwrap();
        let can = can();
        let text = |(phrase, reader): (Phrase, _)| {
            render(&Message::of(phrase), Language::Vi, &can, &reader)[0].plain()
        };
        phrases.into_iter().zip(readers).map(text).collect()
    }

    /// The same of what is not to be changed, for comparison.
    pub(super) async fn as_it_is(&self, typed: &[String]) -> Vec<String> {
        let phrase = |text: &String| Phrase::new("doubt-reply").with("typed", Arg::unmasked(text));
        let can = can();
        let reader = diudat::render::Reader::default();
        typed
            .iter()
            .map(|text| render(&Message::of(phrase(text)), Language::Vi, &can, &reader)[0].plain())
            .collect()
    }
}

#[apply(both_engines)]
#[tokio::test]
async fn a_name_is_hidden_however_it_is_written(engine: Engine) {
    let w = World::peopled(engine, "2018-11-28 08:00").await;
    w.employs(SPELLINGS[1..].iter().map(|(name, _)| *name)).await;
    let secretary = w.id_of(SECRETARY).await;
    let (mut typed, mut wanted) = (Vec::new(), Vec::new());
    let mut wants = |text: &str, shown: &str| {
        typed.push(text.to_owned());
        wanted.push(shown.to_owned());
    };
    for (name, spellings) in SPELLINGS {
        let shown = match *name {
            "Trần Văn Bình" => "QC-014".to_owned(),
            name => Name::new(name).initials(),
        };
        for spelling in *spellings {
            let title = ["đồng chí ", "anh "].iter().find(|title| spelling.starts_with(**title));
            let shown = format!("{}{shown}", title.unwrap_or(&""));
            wants(spelling, &shown);
            // In the middle of something; a line of its own is only for itself.
            if *name != "Ý" {
                wants(&format!("việc của {spelling}: tốt"), &format!("việc của {shown}: tốt"));
            }
        }
    }
    for (text, shown) in GLUED {
        wants(text, &shown.replace('…', "QC-014"));
    }
    assert!(typed.len() > 79 + 40, "{}", typed.len());
    let plain = |text: &String| text.replace(['\u{200e}', '\u{2060}'], "");
    let got = w.shows(Some(secretary), &typed).await;
    let want = w.as_it_is(&wanted).await;
    let wrong: Vec<String> = (typed.iter().zip(&got).zip(&want))
        .filter(|((_, got), want)| plain(got) != plain(want))
        .map(|((typed, got), want)| format!("{typed:?}: {got} (not {want})"))
        .collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), typed.len(), wrong.join("\n"));
    // A group is nobody's: initials for all.
    let got = w.shows(None, &typed).await;
    let named = |shown: &&String| shown.contains("QC-014") || shown.to_lowercase().contains("bình");
    assert_eq!(got.iter().find(named), None);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn what_only_looks_like_a_name_stays(engine: Engine) {
    let w = World::peopled(engine, "2018-11-28 08:00").await;
    let ordinary = [
        "Nguyễn Ý Kiến",
        "Trần An Toàn",
        "Nguyễn Hòa Bình",
        "Phạm Thị Vi",
        "Vũ Thị Trang",
        "Đỗ Anh Hùng",
        "Hoàng Thái Bình",
        "Trần Trung Bình",
    ];
    w.employs(SPELLINGS[1..].iter().map(|(name, _)| *name).chain(ordinary)).await;
    let secretary = w.id_of(SECRETARY).await;
    assert!(STAY.len() >= 60);
    let typed: Vec<String> = STAY.iter().map(|text| (*text).to_owned()).collect();
    let got = w.shows(Some(secretary), &typed).await;
    assert_eq!(got, w.as_it_is(&typed).await);
    w.finish().await;
}

/// The whole way, from a mentor's report to the secretary's telephone.
#[apply(both_engines)]
#[tokio::test]
async fn a_report_names_nobody_whatever_the_spelling(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-27 09:00").await;
    w.everyone_reads();
    w.as_("NS-013").says("qc-014 t t t t t").await.reads(&["Kiến nghị"]);
    w.as_("NS-013").taps("Quay lại").await.reads(&["Ưu điểm"]);
    let typed =
        "Traanf Vawn Binhf hăng hái; T. V. Bình giỏi; Tr\u{ad}ần B\u{200b}ình khá; anh Bình tốt";
    w.as_("NS-013").says(typed).await.reads(&["Hạn chế"]);
    w.as_("NS-013").says("không").await.reads(&["Kiến nghị"]);
    w.as_("NS-013")
        .taps("Tiếp tục theo dõi")
        .await
        .reads(&["QC-014 hăng hái; QC-014 giỏi; QC-014 khá; anh QC-014 tốt"]);
    w.as_("NS-013").taps("Gửi").await.reads(&["Đã gửi"]);
    w.as_(SECRETARY).reads(&["QC-014 hăng hái; QC-014 giỏi; QC-014 khá; anh QC-014 tốt"]);
    w.finish().await;
}

/// Whatever its 4,000 characters are, a text is read in no time to speak of.
#[apply(both_engines)]
#[tokio::test]
async fn a_hostile_text_is_read_in_a_moment(engine: Engine) {
    let w = World::peopled(engine, "2018-11-28 08:00").await;
    w.employs(["A B C", "Y", "A A A A A A", "Bình Bình"]).await;
    let secretary = w.id_of(SECRETARY).await;
    let letters: String = ('a'..='z').cycle().take(2_000).flat_map(|c| [c, ' ']).collect();
    for text in [
        letters,
        "a ".repeat(2_000),
        "B\u{300}.".repeat(1_333),
        "Bình ".repeat(800),
        "aB".repeat(2_000),
    ] {
        let begun = std::time::Instant::now();
        w.shows(Some(secretary), &[text]).await;
        assert!(begun.elapsed().as_secs() < 10, "{:?}", begun.elapsed());
    }
    w.finish().await;
}
