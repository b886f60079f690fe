//! Who may do what: every kind of person tries every command and every button there is, also those
//! made for them by a forger, and gets what is theirs and nothing else.
//!
//! What each may do is said here once more, in few words and without a look at the program's own
//! checks. The table it makes is `docs/rights.md`; `DIUDAT_WRITE_DOCS=1` writes it anew.

use std::collections::BTreeSet;
use std::fmt::Write;

use diudat::assistant::commands;
use diudat::domain::ids::{
    ButtonId, CaseId, CaseStepId, ClassId, DutyId, MeetingId, NoticeId, OutboxId, PersonId,
    ProposalId, UnitId,
};
use diudat::domain::people::Person;
use diudat::domain::personnel::{Change, Changed, Proposed};
use diudat::domain::report::Slot;
use diudat::domain::units::UnitTree;
use diudat::message::Phrase;
use diudat::operations::{Work, personnel};
use diudat::store::sessions::{self, NewButton, SessionKey};
use diudat::store::{
    accounts, cases, classes, duties, meetings, notices, people, reversals, road, sheets,
};
use diudat::taps::Tap;
use rstest_reuse::apply;

mod charges;
mod committee;
mod confirming;
mod kinds;
mod over;
mod table;
mod trials;

use committee::committee_tried;
use kinds::{KINDS, kind};
use table::disagreement;
use trials::{commands_tried, introductions_tried, sheet_tried, taps_tried};

use crate::support::{Engine, both_engines};
use crate::world::{TAPPING, World, local};

const NOW: &str = "2018-12-03 09:00";
/// Before the first reminder of the meeting here.
const BEFORE: &str = "2018-12-02 07:00";
/// When the meeting here has begun, also where it was moved.
const MEETING: &str = "2018-12-07 09:30";

/// A kind of person, and what makes them one. "Here" is the branch of the meeting and of the
/// candidate that everybody tries their hand at, Phòng 1 and QC-014.
struct Role {
    code: &'static str,
    about: &'static str,
    known: bool,
    /// Party member of the branch here.
    member_here: bool,
    /// Party member of any branch.
    in_branch: bool,
    guides: bool,
    guides_here: bool,
    leads: bool,
    leads_here: bool,
    oversees: bool,
}

const NOBODY: Role = Role {
    code: "stranger",
    about: "Stranger",
    known: false,
    member_here: false,
    in_branch: false,
    guides: false,
    guides_here: false,
    leads: false,
    leads_here: false,
    oversees: false,
};

const KNOWN: Role = Role { known: true, in_branch: true, ..NOBODY };

const ROLES: &[Role] = &[
    NOBODY,
    Role { code: "NS-015", about: "Candidate here", ..KNOWN },
    Role { code: "NS-003", about: "Member elsewhere", ..KNOWN },
    Role { code: "NS-021", about: "Union elsewhere", ..KNOWN },
    Role { code: "NS-042", about: "Mentor elsewhere", guides: true, ..KNOWN },
    Role {
        code: "NS-013",
        about: "Mentor here",
        member_here: true,
        guides: true,
        guides_here: true,
        ..KNOWN
    },
    Role { code: "NS-016", about: "Secretary elsewhere", leads: true, ..KNOWN },
    Role {
        code: "NS-010",
        about: "Secretary here",
        member_here: true,
        leads: true,
        leads_here: true,
        ..KNOWN
    },
    Role {
        code: "NS-011",
        about: "Deputy here",
        member_here: true,
        leads: true,
        leads_here: true,
        ..KNOWN
    },
    Role { code: "NS-027", about: "Committee's office", oversees: true, ..KNOWN },
    Role {
        code: "NS-001",
        about: "Committee, and secretary elsewhere",
        leads: true,
        oversees: true,
        ..KNOWN
    },
];

/// What a person does.
enum Deed {
    Says(&'static str),
    /// Taps a button that was made for them, by whomever.
    Taps(Tap),
    /// The same, under the question that is open in their chat, if there is one.
    Answers(Tap),
    /// Taps a button that was made for the mentor here.
    TapsAnothers(Tap),
}

struct Trial {
    /// Empty: not a row of its own.
    about: &'static str,
    deed: Deed,
    /// Stands in the answer if, and only if, the right was exercised.
    shows: &'static str,
    may: fn(&Role) -> bool,
}

/// What the trials are about.
struct Here {
    meeting: MeetingId,
    case: CaseId,
    whole: UnitId,
    branch: UnitId,
    elsewhere: UnitId,
    /// Reports of the other mentor here, on two candidates.
    sent: Slot,
    also_sent: Slot,
    /// The account of the mentor here.
    account: i64,
    /// The mentor here, and what they were given to do at an earlier meeting.
    member: PersonId,
    duty: DutyId,
    /// A member elsewhere, on no road.
    staff: PersonId,
    /// What the secretary here proposed about the other mentor.
    proposals: [ProposalId; 2],
    /// To the branch here.
    notice: NoticeId,
    /// A class of new members whose results are not noted yet, and somebody who may be sent to it.
    class: ClassId,
    probationer: CaseId,
    /// The newest step of the candidate here, of the committee.
    taken: CaseStepId,
    /// A branch whose source list waits, and who is on it.
    listed: UnitId,
    waiting: CaseId,
    /// A case that has left its branch.
    left: CaseId,
}

const MENTOR: &str = "NS-013";

impl World {
    async fn here(&self) -> Here {
        let now = self.clock.now();
        let mut tx = self.db.begin().await.unwrap();
        let units = UnitTree::load(&mut tx).await.unwrap();
        let unit = |code: &str| units.by_code(code).unwrap().id;
        let branch = unit("CB-02");
        let meeting = meetings::next_regular(&mut tx, branch, now).await.unwrap().unwrap().id;
        let guided = cases::guided_in(&mut tx, branch, self.practice.today(now)).await.unwrap();
        let case = |code: &str| guided.iter().find(|guided| guided.code == code).unwrap().id;
        let mentor = people::by_code(&mut tx, "NS-012").await.unwrap().unwrap();
        let sent = Slot { meeting, case: case("QC-014"), mentor };
        let member = people::by_code(&mut tx, MENTOR).await.unwrap().unwrap();
        let staff = people::by_code(&mut tx, "NS-003").await.unwrap().unwrap();
        let accounts = accounts::of_persons(&mut tx, &[member]).await.unwrap();
        let before = sheets::latest(&mut tx, branch, now).await.unwrap().unwrap();
        let due = self.practice.today(now);
        duties::add(&mut tx, before, member, &"việc kỳ trước".into(), due, now).await.unwrap();
        let duty = duties::of_meeting(&mut tx, before).await.unwrap()[0].id;
        let notice = notices::recent(&mut tx, &[branch], 1).await.unwrap()[0].id;
        let from = local("2018-11-01 00:00").date();
        let held = classes::beginning(&mut tx, from, due).await.unwrap();
        let probationer = road::by_code(&mut tx, "QC-011").await.unwrap().unwrap().id;
        let taken = reversals::newest(&mut tx, sent.case).await.unwrap().unwrap().id;
        let mut of = Vec::new();
        for code in ["QC-021", "QC-022"] {
            of.push(road::by_code(&mut tx, code).await.unwrap().unwrap().id);
        }
        let [waiting, left] = of[..] else { unreachable!("two codes") };
        tx.commit().await.unwrap();
        Here {
            proposals: [ProposalId(0); 2],
            staff,
            class: held[0].id,
            probationer,
            member,
            duty,
            meeting,
            case: sent.case,
            whole: unit("DB"),
            branch,
            elsewhere: unit("CB-05"),
            sent,
            also_sent: Slot { case: case("QC-009"), ..sent },
            account: accounts[0].id,
            notice,
            taken,
            listed: unit("CB-06"),
            waiting,
            left,
        }
    }

    /// Somebody as the program knows them, and the units.
    async fn known(&self, code: &str) -> (Option<Person>, UnitTree) {
        let today = self.practice.today(self.clock.now());
        let mut tx = self.db.read().await.unwrap();
        let units = UnitTree::load(&mut tx).await.unwrap();
        let person = match people::by_code(&mut tx, code).await.unwrap() {
            Some(id) => people::get(&mut tx, id, today).await.unwrap(),
            None => None,
        };
        (person, units)
    }

    /// A button made for a person behind the program's back; under the question that is open in
    /// their chat, if they are to answer it.
    async fn forge(&self, owner: &str, tap: &Tap, answers: bool) -> String {
        let mut tx = self.db.begin().await.unwrap();
        let id = tx.new_id().await.unwrap();
        let key = SessionKey { bot: TAPPING.into(), chat: owner.into(), sender: owner.into() };
        let session = sessions::find(&mut tx, &[key]).await.unwrap().pop();
        let question = session.and_then(|(_, session)| session.question);
        let outbox = question.filter(|_| answers).unwrap_or(OutboxId(id));
        let button = NewButton {
            id: ButtonId(id),
            outbox,
            person: people::by_code(&mut tx, owner).await.unwrap(),
            unit: None,
            tap: serde_json::to_string(tap).unwrap(),
            label: serde_json::to_string(&Phrase::new("button-back")).unwrap(),
            prompt_code: None,
            // The year 2100.
            expires_at: 4_102_444_800_000,
        };
        sessions::add_buttons(&mut tx, &[button]).await.unwrap();
        tx.commit().await.unwrap();
        format!("b{id}")
    }

    /// Everything the person is told in answer.
    async fn tries(&mut self, who: &str, deed: &Deed) -> String {
        self.tries_by(who, deed).await.0
    }

    /// The same, with the button that was tapped.
    async fn tries_by(&mut self, who: &str, deed: &Deed) -> (String, Option<String>) {
        let button = match deed {
            Deed::Says(_) => None,
            Deed::Taps(tap) => Some(self.forge(who, tap, false).await),
            Deed::Answers(tap) => Some(self.forge(who, tap, true).await),
            Deed::TapsAnothers(tap) => Some(self.forge(MENTOR, tap, false).await),
        };
        let does = async |w: &mut World| match (deed, &button) {
            (Deed::Says(words), _) => drop(w.as_(who).says(words).await),
            (_, Some(button)) => drop(w.as_(who).taps_id(button, "1").await),
            (_, None) => unreachable!("every tap has its button"),
        };
        (self.answered(who, does).await, button)
    }

    /// What a person is told when something is done.
    async fn answered(&mut self, who: &str, does: impl AsyncFnOnce(&mut World)) -> String {
        let edited =
            |w: &World| -> Vec<String> { w.sent_to(who).iter().map(|seen| seen.whole()).collect() };
        let was = edited(self);
        does(self).await;
        let is = edited(self);
        // What is new, and what was changed in place.
        let news = is.iter().enumerate().filter(|(i, text)| was.get(*i) != Some(*text));
        news.map(|(_, text)| text.as_str()).collect::<Vec<_>>().join("\n")
    }

    /// Where everything is tried.
    async fn ground(engine: Engine) -> (World, Here) {
        let mut w = World::peopled(engine, BEFORE).await;
        w.advance_to(NOW).await;
        for case in ["qc-014", "qc-009"] {
            w.as_("NS-012").says(&format!("{case} tốt khá tốt tốt tốt, tiếp tục")).await;
            w.as_("NS-012").taps("Gửi báo cáo").await;
        }
        w.as_("NS-027").says("/thongbao Mời dự hội nghị").await;
        for button in ["Chi bộ Phòng 1", "Tiếp tục", "Gửi thông báo"] {
            w.as_("NS-027").taps(button).await;
        }
        let mut here = w.here().await;
        for (place, born) in ["1980-01-02", "1981-02-03"].into_iter().enumerate() {
            let propose = async |work: &mut Work<'_>| {
                let person = people::by_code(work.tx, "NS-012").await?.unwrap();
                let change = Change::CorrectBirth { born: born.parse().unwrap() };
                let proposed = Proposed::Change(Changed { person, change });
                personnel::propose(work, &proposed).await
            };
            here.proposals[place] = w.on_the_page("NS-010", propose).await.unwrap();
        }
        w.damage(
            "INSERT INTO case_step (id, case_id, step, happened_on, recorded_at)
            SELECT 62, id, 'transferred', '2018-11-20', 0 FROM candidate_case WHERE code = 'QC-022'",
        )
        .await;
        (w, here)
    }
}

/// Everything that is tried, in order.
struct Trials {
    all: Vec<Trial>,
    /// From here on newcomers may be named.
    known: usize,
    /// From here on the meeting has begun.
    on_the_day: usize,
}

impl Trials {
    fn of(here: &Here) -> Self {
        let mut all = commands_tried();
        all.extend(taps_tried(here));
        let known = all.len();
        all.extend(introductions_tried(here));
        all.extend(committee_tried(here));
        let on_the_day = all.len();
        all.extend(sheet_tried(here));
        Self { all, known, on_the_day }
    }

    /// What has to happen before one of them.
    async fn before(&self, w: &mut World, n: usize) {
        if n == self.known {
            w.has_somebody_new().await;
            w.names_on(&[TAPPING]).await;
        }
        if n == self.on_the_day {
            w.advance_to(MEETING).await;
        }
        // A minute for each, as a stranger is not heard for ever.
        w.clock.advance(chrono::TimeDelta::minutes(1));
    }
}

async fn tried(engine: Engine, role: &Role) -> Vec<(&'static str, bool)> {
    let (mut w, here) = World::ground(engine).await;
    let (person, units) = w.known(role.code).await;
    let (mut rights, mut wrong) = (Vec::new(), Vec::new());
    let trials = Trials::of(&here);
    for (n, trial) in trials.all.iter().enumerate() {
        trials.before(&mut w, n).await;
        let answer = w.tries(role.code, &trial.deed).await;
        let exercised = answer.contains(trial.shows);
        if exercised != (trial.may)(role) {
            wrong.push(format!("{} ({}), {}: {answer}", role.about, role.code, trial.about));
        }
        if !trial.about.is_empty() {
            let differs = disagreement(trial.about, exercised, person.as_ref(), &here, &units);
            wrong.extend(differs.map(|differs| format!("{}: {differs}", role.about)));
            rights.push((trial.about, exercised));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    w.everyone_reads();
    w.finish().await;
    rights
}

#[apply(both_engines)]
#[tokio::test]
async fn nobody_does_what_is_not_theirs(engine: Engine) {
    let mut columns = Vec::new();
    for role in ROLES {
        columns.push(tried(engine, role).await);
    }
    let mut page = String::from(HEAD);
    let heads: Vec<&str> = ROLES.iter().map(|role| role.about).collect();
    writeln!(page, "| | {} |", heads.join(" | ")).unwrap();
    writeln!(page, "|---|{}", "---|".repeat(ROLES.len())).unwrap();
    for (row, (about, _)) in columns[0].iter().enumerate() {
        let cells: Vec<&str> =
            columns.iter().map(|column| if column[row].1 { "✓" } else { "–" }).collect();
        writeln!(page, "| {about} | {} |", cells.join(" | ")).unwrap();
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/rights.md");
    if std::env::var_os("DIUDAT_WRITE_DOCS").is_some() {
        std::fs::write(path, &page).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap_or_default(), page, "docs/rights.md is old");
}

const HEAD: &str = "# Who may do what

Made by `tests/world/rights/`, which lets each kind of person try every command and every button,
also buttons that were forged for them, and fails when one gets what is not theirs. \"Here\" is the
branch whose meeting, candidate and figures are tried. ✓: it was done; –: it was refused.

";

/// Ids that stand for nothing, to see which trials there are.
fn a_here() -> Here {
    let ids = (MeetingId(1), CaseId(1), UnitId(1));
    let slot = Slot { meeting: ids.0, case: ids.1, mentor: PersonId(1) };
    Here {
        meeting: ids.0,
        case: ids.1,
        whole: ids.2,
        branch: ids.2,
        elsewhere: ids.2,
        sent: slot,
        also_sent: slot,
        account: 1,
        member: PersonId(1),
        staff: PersonId(0),
        proposals: [ProposalId(1), ProposalId(2)],
        duty: DutyId(1),
        notice: NoticeId(1),
        class: ClassId(1),
        probationer: CaseId(2),
        taken: CaseStepId(1),
        listed: ids.2,
        waiting: ids.1,
        left: ids.1,
    }
}

fn trials_of(here: &Here) -> Vec<Trial> {
    Trials::of(here).all
}

#[test]
fn every_command_and_every_button_is_tried() {
    let trials = trials_of(&a_here());
    let said: BTreeSet<&str> = trials
        .iter()
        .filter_map(|trial| match trial.deed {
            Deed::Says(words) => words.strip_prefix('/')?.split(' ').next(),
            _ => None,
        })
        .collect();
    let all: BTreeSet<&str> = commands().iter().map(|command| command.name).collect();
    assert_eq!(said, all);

    let tapped: BTreeSet<&str> = trials
        .iter()
        .filter_map(|trial| match &trial.deed {
            Deed::Says(_) => None,
            Deed::Taps(tap) | Deed::Answers(tap) | Deed::TapsAnothers(tap) => Some(kind(tap)),
        })
        .collect();
    assert_eq!(tapped.len(), KINDS, "{tapped:?}");
}
