//! How a Party paper looks: A4, Times New Roman 14, margins 20 mm above and below, 30 mm left and
//! 15 mm right, head and signatures in two columns (Hướng dẫn 36-HD/VPTW of 3/4/2018; since 2026
//! Hướng dẫn 05-HD/VPTW). What stands in it is decided elsewhere.

use std::io::Cursor;

use docx_rs::{
    AlignmentType, BreakType, Docx, Header, LineSpacing, LineSpacingType, PageMargin, PageNum,
    Paragraph, Run, RunFonts, SpecialIndentType, Tab, TabLeaderType, TabValueType, Table,
    TableCell, TableRow, WidthType,
};

use super::PaperError;
use crate::domain::fit::meant;

/// Twentieths of a point, which Word counts in: A4, and the margins in millimetres.
const PAGE: (u32, u32) = (11_906, 16_838);
const MM_15: i32 = 850;
const MM_20: i32 = 1_134;
const MM_30: i32 = 1_701;
/// The widths of the two columns; together what the margins leave.
const LEFT: usize = 4_255;
const RIGHT: usize = 5_100;
/// What Word leaves free at both sides of a cell.
const CELL_MARGINS: usize = 216;
/// How far a paragraph's first line is set in: 12.7 mm.
const INDENT: i32 = 720;
/// Sizes in half points.
const SMALLEST: usize = 20;
const SMALL: usize = 24;
const BODY: usize = 28;
const PARTY: usize = 30;
const TITLE: usize = 32;
/// Empty lines for a signature.
const ROOM_TO_SIGN: usize = 4;

/// What a paper consists of, in words.
pub(super) struct Paper {
    pub party: String,
    pub above: String,
    pub unit: String,
    pub number: String,
    pub dated: String,
    pub title: String,
    pub about: String,
    pub body: Vec<Block>,
    pub left: Signature,
    pub right: Signature,
}

pub(super) enum Block {
    Heading(String),
    Text(String),
    /// A dotted line to write on.
    Open,
}

/// One column at the foot: who signs, or to whom it goes.
#[derive(Default)]
pub(super) struct Signature {
    /// Offices, the first one strong.
    pub lines: Vec<String>,
    /// Under the room for the signature.
    pub name: String,
    /// Over a list in small letters.
    pub head: String,
    pub small: Vec<String>,
}

impl Paper {
    pub fn heading(&mut self, text: String) {
        self.body.push(Block::Heading(text));
    }

    pub fn open(&mut self) {
        self.body.push(Block::Open);
    }

    /// A paragraph, or several if the text has line breaks.
    pub fn text(&mut self, text: String) {
        self.body.extend(meant(&text).lines().map(|line| Block::Text(line.to_owned())));
    }
}

/// The paper as a Word file. The same paper is the same bytes.
pub(super) fn docx(paper: &Paper) -> Result<Vec<u8>, PaperError> {
    let font = "Times New Roman";
    let fonts = RunFonts::new().ascii(font).hi_ansi(font).east_asia(font).cs(font);
    let margin = PageMargin::new().top(MM_20).bottom(MM_20).left(MM_30).right(MM_15);
    let mut docx = Docx::new()
        .page_size(PAGE.0, PAGE.1)
        .page_margin(margin)
        .default_fonts(fonts)
        .default_size(BODY)
        // Pages are numbered in the middle above the text, from the second on.
        .first_header(Header::new().add_paragraph(line(Run::new())))
        .header(Header::new().add_paragraph(centred(Run::new()).add_page_num(PageNum::new())))
        .add_table(head(paper))
        .add_paragraph(line(Run::new()))
        .add_paragraph(centred(run(&paper.title).bold().size(TITLE)))
        .add_paragraph(centred(run(&paper.about).bold()))
        .add_paragraph(centred(run("-----")));
    for (i, block) in paper.body.iter().enumerate() {
        // The signatures never stand on a page of their own.
        let last = i + 1 == paper.body.len();
        let paragraph = match block {
            Block::Heading(text) => line(run(text).bold())
                .keep_next(true)
                .indent(None, Some(SpecialIndentType::FirstLine(INDENT)), None, None)
                .line_spacing(LineSpacing::new().before(120).after(60)),
            Block::Open => line(Run::new().add_tab())
                .add_tab(
                    Tab::new()
                        .val(TabValueType::Right)
                        .leader(TabLeaderType::Dot)
                        .pos(LEFT + RIGHT),
                )
                .line_spacing(body_lines()),
            Block::Text(text) => line(run(text))
                .align(AlignmentType::Both)
                .indent(None, Some(SpecialIndentType::FirstLine(INDENT)), None, None)
                .line_spacing(body_lines()),
        };
        docx = docx.add_paragraph(if last { paragraph.keep_next(true) } else { paragraph });
    }
    let mut bytes = Cursor::new(Vec::new());
    docx.add_paragraph(line(Run::new()).keep_next(true))
        .add_table(foot(paper))
        .pack(&mut bytes)
        .map_err(|error| PaperError(error.to_string()))?;
    Ok(bytes.into_inner())
}

/// Lines of 18 points at least, 6 points between paragraphs.
fn body_lines() -> LineSpacing {
    LineSpacing::new().line_rule(LineSpacingType::AtLeast).line(360).after(120)
}

/// Text as Word keeps it: XML 1.0 has no place for what nobody means, and in a run TAB and line
/// breaks are elements of their own.
fn run(text: &str) -> Run {
    let mut run = Run::new();
    for (line, words) in meant(text).split('\n').enumerate() {
        if line > 0 {
            run = run.add_break(BreakType::TextWrapping);
        }
        for (column, words) in words.split('\t').enumerate() {
            if column > 0 {
                run = run.add_tab();
            }
            run = run.add_text(words);
        }
    }
    run
}

fn line(run: Run) -> Paragraph {
    Paragraph::new().add_run(run)
}

fn centred(run: Run) -> Paragraph {
    line(run).align(AlignmentType::Center)
}

fn cell(width: usize, paragraphs: Vec<Paragraph>) -> TableCell {
    let cell = TableCell::new().width(width, WidthType::Dxa);
    paragraphs.into_iter().fold(cell, TableCell::add_paragraph)
}

fn columns(left: Vec<Paragraph>, right: Vec<Paragraph>) -> Table {
    let row = TableRow::new(vec![cell(LEFT, left), cell(RIGHT, right)]).cant_split();
    Table::without_borders(vec![row])
        .set_grid(vec![LEFT, RIGHT])
        .width(LEFT + RIGHT, WidthType::Dxa)
}

fn head(paper: &Paper) -> Table {
    columns(
        vec![
            centred(run(&paper.above).size(fitting(&paper.above))),
            centred(run(&paper.unit).bold().size(fitting(&paper.unit))),
            centred(run("*")),
            centred(run(&paper.number)),
        ],
        vec![
            centred(run(&paper.party).bold().size(PARTY).underline("single")),
            centred(Run::new()),
            centred(run(&paper.dated).italic()),
        ],
    )
}

/// The size at which capitals fit into one line of the left column: 14 points, or less if they are
/// many, down to 10.
fn fitting(text: &str) -> usize {
    // A capital of Times New Roman is at most 0.65 of its size wide on average, blanks and all.
    let letters = text.chars().count().max(1);
    ((LEFT - CELL_MARGINS) * 2 / (letters * 13)).clamp(SMALLEST, BODY)
}

fn foot(paper: &Paper) -> Table {
    columns(signature(&paper.left), signature(&paper.right))
}

fn signature(of: &Signature) -> Vec<Paragraph> {
    let mut paragraphs: Vec<Paragraph> = of
        .lines
        .iter()
        .enumerate()
        .map(|(i, office)| centred(if i == 0 { run(office).bold() } else { run(office) }))
        .collect();
    if !of.lines.is_empty() {
        let mut room = Run::new();
        for _ in 1..ROOM_TO_SIGN {
            room = room.add_break(BreakType::TextWrapping);
        }
        paragraphs.push(centred(room));
        paragraphs.push(centred(run(&of.name).bold()));
    }
    if !of.head.is_empty() {
        paragraphs.push(line(run(&of.head).underline("single").size(SMALL)));
    }
    paragraphs.extend(of.small.iter().map(|entry| line(run(entry).size(SMALL))));
    paragraphs
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The paragraphs of a Word file, with TAB and line breaks where Word shows them.
    fn shown(docx: &[u8]) -> Vec<String> {
        let whole = String::from_utf8_lossy(docx);
        let body = whole.split_once("<w:body>").expect("a body").1;
        let body = body.split_once("</w:body>").expect("its end").0;
        let is_xml = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..);
        assert!(body.chars().all(is_xml), "characters that XML 1.0 has no place for");
        let paragraph = |xml: &str| -> String {
            let runs = xml.rsplit_once("</w:pPr>").map_or(xml, |(_, runs)| runs);
            let mut text = String::new();
            for piece in runs.split('<').skip(1) {
                let (tag, words) = piece.split_once('>').expect("a tag ends");
                match tag.split(' ').next() {
                    Some("w:t") => text.push_str(words),
                    Some("w:tab" | "w:tab/") => text.push('\t'),
                    Some("w:br" | "w:br/") => text.push('\n'),
                    _ => {}
                }
            }
            let quotes = text.replace("&quot;", "\"").replace("&apos;", "'").replace("&#39;", "'");
            quotes.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        };
        body.split("</w:p>").map(paragraph).collect()
    }

    fn paper(text: &str) -> Paper {
        let text = || text.to_owned();
        let mut paper = Paper {
            party: text(),
            above: text(),
            unit: text(),
            number: text(),
            dated: text(),
            title: text(),
            about: text(),
            body: Vec::new(),
            left: Signature {
                lines: vec![text()],
                name: text(),
                head: text(),
                small: vec![text()],
            },
            right: Signature::default(),
        };
        paper.heading(text());
        paper.text(text());
        paper
    }

    #[test]
    fn what_was_pasted_stands_in_word_as_it_was_meant() {
        let typed = "Chấp\0 hành\ttốt\u{b}nội quy\u{1b}[1m\u{FFFE} <&>\r\nvà\u{2028}kỷ luật";
        let shown = shown(&docx(&paper(typed)).expect("a paper"));
        let heading = "Chấp hành\ttốt\nnội quy[1m <&>\nvà\nkỷ luật";
        assert!(shown.iter().any(|one| one == heading), "{shown:?}");
        for line in heading.lines() {
            assert!(shown.iter().any(|one| one == line), "{line}: {shown:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn any_text_makes_a_file_that_says_it(text in "(?s).{0,20}[\u{0}-\u{20}\u{7f}-\u{a0}\u{2028}\u{2029}\u{fffe}\u{ffff}<>&\"']{0,6}(?s).{0,20}") {
            let file = docx(&paper(&text)).expect("a paper");
            docx_rs::read_docx(&file).expect("it can be opened");
            let fit = meant(&text);
            let shown = shown(&file);
            let found = |text: &str| shown.iter().filter(|one| *one == text).count();
            // Party, above, unit, number, dated, title, about, office, name, head, copies, heading.
            prop_assert!(found(&fit) >= 12, "{:?}: {:?}", fit, shown);
            for line in fit.lines() {
                prop_assert!(found(line) >= 1, "{:?}: {:?}", line, shown);
            }
        }
    }
}
