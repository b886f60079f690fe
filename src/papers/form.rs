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
        self.body.extend(text.lines().map(|line| Block::Text(line.to_owned())));
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

/// Characters that XML has no place for are left out.
fn run(text: &str) -> Run {
    let clean: String = text.chars().filter(|c| !c.is_control()).collect();
    Run::new().add_text(clean)
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
