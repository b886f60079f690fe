//! The papers of a closed meeting as Word drafts: minutes (biên bản) and resolution (nghị quyết).
//!
//! What they say is put together here, in the words of `locales/`; how they look is [`form`]'s. The
//! same record makes the same bytes, so nothing has to be kept. They are drafts: whoever signs them
//! reads them first, and writes in by hand what the meeting's sheet does not hold.

mod form;

use chrono::{NaiveDate, NaiveTime};

use crate::domain::language::Language;
use crate::domain::minutes::{Attendee, Concluded, PaperKind, Presence, Record};
use crate::domain::name::Name;
use crate::domain::text::fold;
use crate::domain::typed::Typed;
use crate::message::{Arg, Disclosure, Phrase};
use crate::render::{Reader, say};
use form::{Paper, Signature};

/// Lines left open for what was reported and discussed.
const LINES_TO_WRITE_ON: usize = 3;

/// A paper could not be written.
#[derive(Debug, thiserror::Error)]
#[error("the paper cannot be written: {0}")]
pub struct PaperError(String);

/// The paper as a Word file; `None` if the meeting has no paper of that kind.
pub fn docx(
    record: &Record,
    kind: PaperKind,
    lang: Language,
) -> Result<Option<Vec<u8>>, PaperError> {
    let Some(number) = record.number(kind) else { return Ok(None) };
    let writer = Writer { record, lang };
    let paper = match kind {
        PaperKind::Minutes => writer.minutes(number),
        PaperKind::Resolution => writer.resolution(number),
    };
    form::docx(&paper).map(Some)
}

/// What the file is called: `bien-ban-2018-12-05-chi-bo-phong-1.docx`.
pub fn file_name(record: &Record, kind: PaperKind) -> String {
    let kind = match kind {
        PaperKind::Minutes => "bien-ban",
        PaperKind::Resolution => "nghi-quyet",
    };
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    let unit: String = fold(record.unit.as_str()).chars().map(plain).collect();
    let unit = unit.split('-').filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-");
    format!("{kind}-{}-{unit}.docx", record.began.date())
}

/// A day as papers write it out.
fn written(day: NaiveDate) -> Phrase {
    Phrase::new("docs-day")
        .with("day", Arg::figures(day.format("%d")))
        .with("month", Arg::figures(day.format("%m")))
        .with("year", Arg::figures(day.format("%Y")))
}

/// A time of day as papers write it out.
fn clock(time: NaiveTime) -> Phrase {
    Phrase::new("docs-time")
        .with("hour", Arg::figures(time.format("%H")))
        .with("minute", Arg::figures(time.format("%M")))
}

/// What was typed, with a full stop if it ends in none of its own.
fn ended(text: &Typed) -> Typed {
    let text = text.as_written().trim_end().trim_end_matches([';', ',']);
    let is_sentence = text.ends_with(['.', '!', '?', '…']);
    Typed::new(format!("{text}{}", if is_sentence { "" } else { "." }))
}

/// Puts the words of a paper together.
struct Writer<'a> {
    record: &'a Record,
    lang: Language,
}

impl Writer<'_> {
    fn say(&self, phrase: impl Into<Phrase>) -> String {
        say(&phrase.into(), self.lang, Disclosure::Names, &Reader::of_no_names())
    }

    /// What both kinds begin with.
    fn head(&self, kind: PaperKind, number: u32, title: &str, about: Phrase) -> Paper {
        let day = self.record.began.date();
        let open = self.say("docs-open");
        let locality = if self.record.locality.is_empty() {
            open.clone()
        } else {
            self.record.locality.clone()
        };
        Paper {
            party: self.say("docs-party"),
            above: self.record.above.as_str().to_uppercase(),
            unit: self.record.unit.as_str().to_uppercase(),
            number: self
                .say(Phrase::new("docs-number").with("number", Arg::unmasked(kind.sign(number)))),
            dated: self.say(
                Phrase::new("docs-dated")
                    .with("locality", Arg::unmasked(locality))
                    .with("date", written(day)),
            ),
            title: self.say(title),
            about: self.say(about),
            body: Vec::new(),
            left: Signature::default(),
            right: Signature::default(),
        }
    }

    /// What the paper is about: the month's meeting, or the topic of a thematic one.
    fn about(&self, regular: &str, thematic: &str) -> Phrase {
        let month = Arg::Month(self.record.began.date());
        let about = match &self.record.topic {
            None => Phrase::new(regular),
            Some(topic) => Phrase::new(thematic).with("topic", Arg::Typed(topic.clone())),
        };
        about.with("unit", &self.record.unit).with("month", month)
    }

    fn minutes(&self, number: u32) -> Paper {
        let record = self.record;
        let about = self.about("docs-minutes-about", "docs-minutes-about-thematic");
        let mut paper = self.head(PaperKind::Minutes, number, "docs-minutes-title", about);
        paper.text(
            self.say(
                Phrase::new("docs-minutes-held")
                    .with("time", clock(record.began.time()))
                    .with("date", written(record.began.date()))
                    .with("place", &record.place)
                    .with("unit", &record.unit),
            ),
        );
        paper.heading(self.say("docs-minutes-present"));
        self.attendance(&mut paper);
        paper.heading(self.say("docs-minutes-content"));
        paper.text(self.say("docs-minutes-discussion"));
        for _ in 0..LINES_TO_WRITE_ON {
            paper.open();
        }
        paper.heading(self.say("docs-minutes-conclusions"));
        let before = paper.body.len();
        for one in &record.conclusions {
            self.concluded(&mut paper, one);
        }
        if paper.body.len() == before {
            paper.text(self.say("docs-nothing-concluded"));
        }
        self.duties(&mut paper, "docs-minutes-duties");
        self.score(&mut paper, "docs-minutes-score");
        // Closed on a later day, its sheet does not say when the meeting ended.
        let ended = Some(record.ended).filter(|at| at.date() == record.began.date());
        let time = ended
            .map_or_else(|| Arg::unmasked(self.say("docs-open")), |at| clock(at.time()).into());
        paper.text(self.say(Phrase::new("docs-minutes-end").with("time", time)));
        paper.left = Signature {
            lines: vec![self.say("docs-taker")],
            name: record.taker.in_full().to_owned(),
            ..Signature::default()
        };
        paper.right = Signature {
            lines: vec![self.say("docs-chair")],
            name: record.chair.in_full().to_owned(),
            ..Signature::default()
        };
        paper
    }

    fn attendance(&self, paper: &mut Paper) {
        let roll = &self.record.roll;
        let with = |presence| -> Vec<&Attendee> {
            roll.iter().filter(|one| one.presence == presence).collect()
        };
        paper.text(
            self.say(
                Phrase::new("docs-members")
                    .with("all", roll.len())
                    .with("officials", self.record.officials())
                    .with("probationary", roll.len() - self.record.officials()),
            ),
        );
        let present = with(Presence::Present);
        let voters = present.iter().filter(|one| one.official).count();
        paper.text(self.say(
            Phrase::new("docs-present").with("count", present.len()).with("officials", voters),
        ));
        for (key, absent) in [
            ("docs-excused", with(Presence::Excused)),
            ("docs-unexcused", with(Presence::Unexcused)),
        ] {
            let names: Vec<Arg> = absent.iter().map(|one| self.absent(one)).collect();
            paper.text(self.say(Phrase::new(key).with("count", absent.len()).with("names", names)));
        }
        for (key, name) in
            [("docs-chaired", &self.record.chair), ("docs-taken", &self.record.taker)]
        {
            paper.text(self.say(Phrase::new(key).with("person", full(name))));
        }
    }

    fn absent(&self, one: &Attendee) -> Arg {
        match &one.reason {
            Some(reason) => Phrase::new("docs-absent-reason")
                .with("person", full(&one.name))
                .with("reason", Arg::Typed(reason.clone()))
                .into(),
            None => full(&one.name),
        }
    }

    fn named(&self, one: &Concluded) -> Arg {
        let key = if one.member { "docs-member" } else { "docs-non-member" };
        Phrase::new(key).with("person", full(&one.name)).into()
    }

    /// The conclusion on a candidate, and how the branch voted.
    fn concluded(&self, paper: &mut Paper, one: &Concluded) {
        if let Some(text) = &one.conclusion {
            paper.text(
                self.say(
                    Phrase::new("docs-conclusion")
                        .with("candidate", self.named(one))
                        .with("text", Arg::Typed(ended(text))),
                ),
            );
        }
        let Some((recommendation, votes)) = one.recommendation.zip(one.votes) else { return };
        let key = if one.carried { "docs-voted-carried" } else { "docs-voted-lost" };
        paper.text(
            self.say(
                Phrase::new(key)
                    .with("candidate", self.named(one))
                    .with("recommendation", Phrase::new(format!("docs-proposal-{recommendation}")))
                    .with("in-favour", votes.in_favour)
                    .with("against", votes.against)
                    .with("other", votes.other)
                    .with("officials", self.record.officials()),
            ),
        );
    }

    /// What was carried.
    fn resolved(&self, paper: &mut Paper, one: &Concluded) {
        let Some((recommendation, votes)) = one.recommendation.zip(one.votes) else { return };
        paper.text(
            self.say(
                Phrase::new("docs-carried")
                    .with("candidate", self.named(one))
                    .with("recommendation", Phrase::new(format!("docs-proposal-{recommendation}")))
                    .with("in-favour", votes.in_favour)
                    .with("officials", self.record.officials()),
            ),
        );
    }

    fn duties(&self, paper: &mut Paper, heading: &str) {
        paper.heading(self.say(heading));
        if self.record.duties.is_empty() {
            paper.text(self.say("docs-no-duties"));
        }
        for duty in &self.record.duties {
            paper.text(
                self.say(
                    Phrase::new("docs-duty")
                        .with("person", full(&duty.name))
                        .with("what", Arg::Typed(duty.what.clone()))
                        .with("due", duty.due),
                ),
            );
        }
    }

    fn score(&self, paper: &mut Paper, heading: &str) {
        paper.heading(self.say(heading));
        match self.record.score {
            Some((score, band)) => paper.text(
                self.say(
                    Phrase::new("docs-score")
                        .with("score", score)
                        .with("band", Phrase::new(format!("band-{band}"))),
                ),
            ),
            None => paper.open(),
        }
    }

    /// In four parts: đánh giá; nhiệm vụ; phân công; tự đánh giá chất lượng.
    fn resolution(&self, number: u32) -> Paper {
        let record = self.record;
        let about = self.about("docs-resolution-about", "docs-resolution-about-thematic");
        let mut paper = self.head(PaperKind::Resolution, number, "docs-resolution-title", about);
        paper.text(
            self.say(
                Phrase::new("docs-resolved")
                    .with("unit", &record.unit)
                    .with("date", written(record.began.date())),
            ),
        );
        paper.heading(self.say("docs-resolution-past"));
        for one in record.conclusions.iter().filter(|one| one.conclusion.is_some()) {
            self.concluded(&mut paper, &Concluded { votes: None, ..one.clone() });
        }
        if record.conclusions.iter().all(|one| one.conclusion.is_none()) {
            paper.open();
        }
        paper.heading(self.say("docs-resolution-tasks"));
        for one in record.conclusions.iter().filter(|one| one.carried) {
            self.resolved(&mut paper, one);
        }
        if !record.conclusions.iter().any(|one| one.carried) {
            paper.open();
        }
        self.duties(&mut paper, "docs-resolution-duties");
        self.score(&mut paper, "docs-resolution-score");
        paper.left = Signature {
            head: self.say("docs-copies"),
            small: vec![self.say("docs-copy-above"), self.say("docs-copy-kept")],
            ..Signature::default()
        };
        paper.right = Signature {
            lines: vec![
                self.say("docs-on-behalf"),
                self.say(if record.signed_by_deputy { "docs-deputy" } else { "docs-secretary" }),
            ],
            name: record.signer.in_full().to_owned(),
            ..Signature::default()
        };
        paper
    }
}

/// Papers name everybody in full.
fn full(name: &Name) -> Arg {
    Arg::unmasked(name.in_full())
}
