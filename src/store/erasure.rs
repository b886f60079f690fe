//! Erasing what is known of a person, at their demand (Luật 91/2025/QH15): the rows that are theirs,
//! the words that were written about them, and the places where their name may stand in what somebody
//! typed. Rows that figures are counted from stay, under the person's code.

use std::collections::{BTreeSet, HashSet};

use chrono::NaiveDate;

use super::{Statement, StoreError, Tx, args, installation, leaving, statements};
use crate::clock::Instant;
use crate::domain::ids::{PersonId, UnitId};
use crate::domain::name::parted;
use crate::domain::written;

statements! {
    FIND(Text, Date) = ["SELECT p.id, p.name, l.unit_id, (SELECT MAX(f.value) FROM person_fact f
            WHERE f.person_id = p.id AND f.kind = 'other_names' AND f.to_on IS NULL) AS other_names
        FROM person p
        LEFT JOIN placement l ON l.person_id = p.id
            AND " (l placed 2) "
        WHERE p.code = $1"];
    NAMESAKES(Text, Int) = ["SELECT CAST(COUNT(*) AS BIGINT) FROM name_variant
        WHERE key = $1 AND person_id <> $2"];
    /// Of the keys of a name those under which nobody else is kept.
    OWN_KEYS(Int) = ["SELECT v.key FROM name_variant v WHERE v.person_id = $1 AND NOT EXISTS
        (SELECT 1 FROM name_variant w WHERE w.key = v.key AND w.person_id <> v.person_id)"];
    CASES(Int) = ["SELECT code FROM candidate_case WHERE person_id = $1 ORDER BY opened_on, code"];
    /// Held today or from a later day on.
    OFFICES(Int, Date) = ["SELECT o.kind, u.code FROM office o JOIN unit u ON u.id = o.unit_id
        WHERE o.person_id = $1 AND " (o until 2) " AND " (o still 2) " ORDER BY u.code, o.kind"];
    GUIDED(Int, Date) = ["SELECT c.code FROM mentorship m JOIN candidate_case c ON c.id = m.case_id
        WHERE m.person_id = $1 AND " (m until 2) " AND " (m still 2) " ORDER BY c.code"];
    PERSON(Int, Text) = ["UPDATE person SET name = code, name_key = $2, born_on = NULL,
        language = NULL WHERE id = $1"];
    /// All of them: what those of the dead left behind goes as well.
    ACCOUNTS_OF(Int) = ["SELECT bot, external_id, chat FROM account WHERE person_id = $1"];
    ACCOUNTS(Int) = ["DELETE FROM account WHERE person_id = $1"];
    SESSIONS(Text, Text, Text) = ["DELETE FROM session WHERE bot = $1 AND (sender = $2 OR chat = $3)"];
    MENUS(Text, Text) = ["DELETE FROM menu_due WHERE bot = $1 AND chat = $2"];
    FAILURES(Text, Text) = ["DELETE FROM bind_failure WHERE bot = $1 AND external_id = $2"];
    /// What they wrote, of what is not waiting any more.
    UPDATES(Text, Text) = ["UPDATE inbox SET body = '' WHERE bot = $1 AND state <> 'waiting'
        AND body LIKE '%\"sender\":\"' || $2 || '\"%'"];
    WEB_LINES(Text) = ["DELETE FROM web_line WHERE chat = $1"];
    VARIANTS(Int) = ["DELETE FROM name_variant WHERE person_id = $1"];
    ADVICE(Int) = ["DELETE FROM advice WHERE person_id = $1"];
    INVITATIONS(Int) = ["DELETE FROM invitation WHERE person_id = $1"];
    FACTS(Int) = ["DELETE FROM person_fact WHERE person_id = $1"];
    WHEREABOUTS(Int) = ["UPDATE placement SET came_from = NULL, left_to = NULL
        WHERE person_id = $1 AND (came_from IS NOT NULL OR left_to IS NOT NULL)"];
    /// What stood there before a list changed it.
    LISTED_BEFORE(Int) = ["UPDATE list_import_row SET was = NULL
        WHERE row_id = $1 AND what IN ('name', 'born') AND was IS NOT NULL"];
    /// What was proposed about them, under a name that nobody knows.
    PROPOSALS(Int) = ["UPDATE staff_proposal SET proposed = '' WHERE person_id = $1 AND proposed <> ''"];
    SETTINGS(Int) = ["DELETE FROM person_setting WHERE person_id = $1"];
    BUTTONS(Int) = ["DELETE FROM button WHERE person_id = $1"];
    MESSAGES(Int) = ["UPDATE outbox SET body = '', chat = NULL
        WHERE person_id = $1 AND state IN ('sent', 'dead', 'cancelled')"];
    REPORTS(Int) = ["UPDATE report SET strengths = NULL, weaknesses = NULL
        WHERE case_id IN (SELECT id FROM candidate_case WHERE person_id = $1)
        AND (strengths IS NOT NULL OR weaknesses IS NOT NULL)"];
    /// What was said of reports about them, and of reports they wrote.
    REVIEWS(Int) = ["UPDATE report_review SET reason = NULL WHERE reason IS NOT NULL
        AND (mentor_id = $1 OR case_id IN (SELECT id FROM candidate_case WHERE person_id = $1))"];
    CONCLUSIONS(Int) = ["UPDATE case_conclusion SET conclusion = NULL WHERE conclusion IS NOT NULL
        AND case_id IN (SELECT id FROM candidate_case WHERE person_id = $1)"];
    ABSENCES(Int) = ["UPDATE attendance_answer SET reason = NULL
        WHERE person_id = $1 AND reason IS NOT NULL"];
    ROLL(Int) = ["UPDATE roll_mark SET reason = NULL WHERE person_id = $1 AND reason IS NOT NULL"];
    DUTIES(Int) = ["UPDATE duty SET what = '…' WHERE person_id = $1 AND what <> '…'"];
    /// What was done to them: that it was done, when and by whom stays.
    AUDIT(Int, Int) = ["UPDATE audit SET erased_at = $2, was = NULL, became = NULL, detail = ''
        WHERE erased_at IS NULL AND (was IS NOT NULL OR became IS NOT NULL OR detail <> '')
        AND (subject IN (SELECT code FROM person WHERE id = $1)
            OR subject IN (SELECT code FROM candidate_case WHERE person_id = $1))"];
    /// What deeds of classes are written down under: the class's code, and before it had one its number,
    /// as typed.
    CLASS_SUBJECTS() = ["SELECT DISTINCT subject FROM audit WHERE action LIKE 'class.%'"];
    /// The code of the class with that number stands there from now on; `LH-0`: there is none any more.
    RECODE(Text) = ["UPDATE audit SET subject = 'LH-' || CAST(COALESCE(
            (SELECT MIN(c.id) FROM study_class c WHERE c.number = $1), 0) AS TEXT)
        WHERE subject = $1 AND action LIKE 'class.%'"];
    NOTE(Int, Text, Int) = ["INSERT INTO erasure (person_id, reason, erased_at)
        VALUES ($1, $2, $3)"];

    // Where people type, and what is made of it: each text once, and all rows that hold it.
    REPORT_STRENGTHS() = ["SELECT DISTINCT strengths FROM report WHERE strengths IS NOT NULL"];
    WRITE_REPORT_STRENGTHS(Text, Text) = ["UPDATE report SET strengths = $2 WHERE strengths = $1"];
    REPORT_WEAKNESSES() = ["SELECT DISTINCT weaknesses FROM report WHERE weaknesses IS NOT NULL"];
    WRITE_REPORT_WEAKNESSES(Text, Text) = ["UPDATE report SET weaknesses = $2 WHERE weaknesses = $1"];
    REPORT_DRAFT() = ["SELECT DISTINCT body FROM report_draft WHERE body IS NOT NULL"];
    WRITE_REPORT_DRAFT(Text, Text) = ["UPDATE report_draft SET body = $2 WHERE body = $1"];
    REVIEW_REASON() = ["SELECT DISTINCT reason FROM report_review WHERE reason IS NOT NULL"];
    WRITE_REVIEW_REASON(Text, Text) = ["UPDATE report_review SET reason = $2 WHERE reason = $1"];
    CHANGE_REASON() = ["SELECT DISTINCT reason FROM meeting_change WHERE reason IS NOT NULL"];
    WRITE_CHANGE_REASON(Text, Text) = ["UPDATE meeting_change SET reason = $2 WHERE reason = $1"];
    CLASS_PLACE() = ["SELECT DISTINCT place FROM study_class"];
    WRITE_CLASS_PLACE(Text, Text) = ["UPDATE study_class SET place = $2 WHERE place = $1"];
    CLASS_NUMBER() = ["SELECT DISTINCT number FROM study_class"];
    WRITE_CLASS_NUMBER(Text, Text) = ["UPDATE study_class SET number = $2 WHERE number = $1"];
    CLASS_REASON() = ["SELECT DISTINCT cancel_reason FROM study_class WHERE cancel_reason IS NOT NULL"];
    WRITE_CLASS_REASON(Text, Text) = ["UPDATE study_class SET cancel_reason = $2 WHERE cancel_reason = $1"];
    CERTIFICATE() = ["SELECT DISTINCT certificate_number FROM class_seat WHERE certificate_number IS NOT NULL"];
    WRITE_CERTIFICATE(Text, Text) = ["UPDATE class_seat SET certificate_number = $2 WHERE certificate_number = $1"];
    CHANGE_PLACE() = ["SELECT DISTINCT was_place FROM meeting_change WHERE was_place IS NOT NULL"];
    WRITE_CHANGE_PLACE(Text, Text) = ["UPDATE meeting_change SET was_place = $2 WHERE was_place = $1"];
    MEETING_TOPIC() = ["SELECT DISTINCT topic FROM meeting WHERE topic IS NOT NULL"];
    WRITE_MEETING_TOPIC(Text, Text) = ["UPDATE meeting SET topic = $2 WHERE topic = $1"];
    MEETING_PLACE() = ["SELECT DISTINCT place FROM meeting WHERE place IS NOT NULL"];
    WRITE_MEETING_PLACE(Text, Text) = ["UPDATE meeting SET place = $2 WHERE place = $1"];
    RULE_PLACE() = ["SELECT DISTINCT place FROM meeting_rule WHERE place IS NOT NULL"];
    WRITE_RULE_PLACE(Text, Text) = ["UPDATE meeting_rule SET place = $2 WHERE place = $1"];
    ABSENCE() = ["SELECT DISTINCT reason FROM attendance_answer WHERE reason IS NOT NULL"];
    WRITE_ABSENCE(Text, Text) = ["UPDATE attendance_answer SET reason = $2 WHERE reason = $1"];
    ROLL_REASON() = ["SELECT DISTINCT reason FROM roll_mark WHERE reason IS NOT NULL"];
    WRITE_ROLL_REASON(Text, Text) = ["UPDATE roll_mark SET reason = $2 WHERE reason = $1"];
    CONCLUSION() = ["SELECT DISTINCT conclusion FROM case_conclusion WHERE conclusion IS NOT NULL"];
    WRITE_CONCLUSION(Text, Text) = ["UPDATE case_conclusion SET conclusion = $2 WHERE conclusion = $1"];
    STEP_NUMBER() = ["SELECT DISTINCT number FROM case_evidence WHERE number IS NOT NULL"];
    WRITE_STEP_NUMBER(Text, Text) = ["UPDATE case_evidence SET number = $2 WHERE number = $1"];
    STEP_CONSENT() = ["SELECT DISTINCT consent FROM case_evidence WHERE consent IS NOT NULL"];
    WRITE_STEP_CONSENT(Text, Text) = ["UPDATE case_evidence SET consent = $2 WHERE consent = $1"];
    STEP_EVIDENCE() = ["SELECT DISTINCT evidence FROM case_step WHERE evidence IS NOT NULL"];
    WRITE_STEP_EVIDENCE(Text, Text) = ["UPDATE case_step SET evidence = $2 WHERE evidence = $1"];
    RESOLUTION() = ["SELECT DISTINCT resolution FROM mentorship WHERE resolution IS NOT NULL"];
    WRITE_RESOLUTION(Text, Text) = ["UPDATE mentorship SET resolution = $2 WHERE resolution = $1"];
    DEPARTMENT() = ["SELECT DISTINCT label FROM placement WHERE label IS NOT NULL"];
    WRITE_DEPARTMENT(Text, Text) = ["UPDATE placement SET label = $2 WHERE label = $1"];
    DUTY() = ["SELECT DISTINCT what FROM duty WHERE what IS NOT NULL"];
    WRITE_DUTY(Text, Text) = ["UPDATE duty SET what = $2 WHERE what = $1"];
    NOTICE() = ["SELECT DISTINCT body FROM notice WHERE body IS NOT NULL"];
    WRITE_NOTICE(Text, Text) = ["UPDATE notice SET body = $2 WHERE body = $1"];
    NOTICE_DRAFT() = ["SELECT DISTINCT body FROM notice_draft WHERE body IS NOT NULL"];
    WRITE_NOTICE_DRAFT(Text, Text) = ["UPDATE notice_draft SET body = $2 WHERE body = $1"];
    NOTICE_FILE() = ["SELECT DISTINCT name FROM notice_file WHERE name IS NOT NULL"];
    WRITE_NOTICE_FILE(Text, Text) = ["UPDATE notice_file SET name = $2 WHERE name = $1"];
    UPDATE_BODY() = ["SELECT DISTINCT body FROM inbox WHERE body IS NOT NULL"];
    WRITE_UPDATE_BODY(Text, Text) = ["UPDATE inbox SET body = $2 WHERE body = $1"];
    MESSAGE_BODY() = ["SELECT DISTINCT body FROM outbox WHERE body IS NOT NULL"];
    WRITE_MESSAGE_BODY(Text, Text) = ["UPDATE outbox SET body = $2 WHERE body = $1"];
    BUTTON_LABEL() = ["SELECT DISTINCT label FROM button WHERE label IS NOT NULL"];
    WRITE_BUTTON_LABEL(Text, Text) = ["UPDATE button SET label = $2 WHERE label = $1"];
    POSITION() = ["SELECT DISTINCT position FROM session WHERE position IS NOT NULL"];
    WRITE_POSITION(Text, Text) = ["UPDATE session SET position = $2 WHERE position = $1"];
    PROPOSED() = ["SELECT DISTINCT proposed FROM staff_proposal WHERE proposed <> ''"];
    WRITE_PROPOSED(Text, Text) = ["UPDATE staff_proposal SET proposed = $2 WHERE proposed = $1"];
    WEB_LINE() = ["SELECT DISTINCT part FROM web_line WHERE part IS NOT NULL"];
    WRITE_WEB_LINE(Text, Text) = ["UPDATE web_line SET part = $2 WHERE part = $1"];
}

/// The columns that hold what people typed: how to read their texts, and how to put another in the
/// place of one.
const TYPED: &[(&Statement, &Statement)] = &[
    (&REPORT_STRENGTHS, &WRITE_REPORT_STRENGTHS),
    (&REPORT_WEAKNESSES, &WRITE_REPORT_WEAKNESSES),
    (&REPORT_DRAFT, &WRITE_REPORT_DRAFT),
    (&REVIEW_REASON, &WRITE_REVIEW_REASON),
    (&CHANGE_REASON, &WRITE_CHANGE_REASON),
    (&CHANGE_PLACE, &WRITE_CHANGE_PLACE),
    (&CLASS_PLACE, &WRITE_CLASS_PLACE),
    (&CLASS_NUMBER, &WRITE_CLASS_NUMBER),
    (&CLASS_REASON, &WRITE_CLASS_REASON),
    (&CERTIFICATE, &WRITE_CERTIFICATE),
    (&MEETING_TOPIC, &WRITE_MEETING_TOPIC),
    (&MEETING_PLACE, &WRITE_MEETING_PLACE),
    (&RULE_PLACE, &WRITE_RULE_PLACE),
    (&ABSENCE, &WRITE_ABSENCE),
    (&ROLL_REASON, &WRITE_ROLL_REASON),
    (&CONCLUSION, &WRITE_CONCLUSION),
    (&STEP_NUMBER, &WRITE_STEP_NUMBER),
    (&STEP_CONSENT, &WRITE_STEP_CONSENT),
    (&STEP_EVIDENCE, &WRITE_STEP_EVIDENCE),
    (&RESOLUTION, &WRITE_RESOLUTION),
    (&DEPARTMENT, &WRITE_DEPARTMENT),
    (&DUTY, &WRITE_DUTY),
    (&NOTICE, &WRITE_NOTICE),
    (&NOTICE_DRAFT, &WRITE_NOTICE_DRAFT),
    (&NOTICE_FILE, &WRITE_NOTICE_FILE),
    (&UPDATE_BODY, &WRITE_UPDATE_BODY),
    (&MESSAGE_BODY, &WRITE_MESSAGE_BODY),
    (&BUTTON_LABEL, &WRITE_BUTTON_LABEL),
    (&POSITION, &WRITE_POSITION),
    (&PROPOSED, &WRITE_PROPOSED),
    (&WEB_LINE, &WRITE_WEB_LINE),
];

/// The tables that keep what people typed, beside what talk itself needs of it for a time.
pub fn typed_tables() -> BTreeSet<&'static str> {
    let talk = ["inbox", "outbox", "button", "session", "web_line"];
    let tables = TYPED.iter().filter_map(|(_, write)| write.writes());
    tables.filter(|table| !talk.contains(table)).collect()
}

/// Whoever is to be erased.
#[derive(Clone, Debug)]
pub struct Subject {
    pub id: PersonId,
    /// Their name, and what they were called before and are called beside.
    pub names: Vec<String>,
    code: String,
    /// Where they are placed today.
    pub unit: Option<UnitId>,
    /// Codes of their own cases, oldest first.
    pub cases: Vec<String>,
    /// Whether somebody else has the same name: then the name in a text may mean either.
    pub has_namesake: bool,
    /// The keys of their name under which nobody else is found.
    pub own_keys: HashSet<String>,
}

impl Subject {
    /// Whether that was done already: the code stands where the name did.
    pub fn is_erased(&self) -> bool {
        self.names.first() == Some(&self.code)
    }
}

/// The person with a code.
pub async fn subject(
    tx: &mut Tx,
    code: &str,
    today: NaiveDate,
) -> Result<Option<Subject>, StoreError> {
    type Found = (PersonId, String, Option<UnitId>, Option<String>);
    let Some((id, name, unit, others)) = tx.maybe::<Found>(&FIND, args![code, today]).await? else {
        return Ok(None);
    };
    let mut names = vec![name];
    names.extend(others.iter().flat_map(|names| parted(names)).map(str::to_owned));
    let cases = tx.all::<(String,)>(&CASES, args![id]).await?.into_iter().map(|(c,)| c).collect();
    let mut namesakes = 0;
    for name in &names {
        let key = written::key_in_full(name);
        namesakes += tx.one::<(i64,)>(&NAMESAKES, args![key, id]).await?.0;
    }
    let own_keys = tx.all::<(String,)>(&OWN_KEYS, args![id]).await?.into_iter().map(|(k,)| k);
    let own_keys = own_keys.collect();
    let (code, has_namesake) = (code.to_owned(), namesakes > 0);
    Ok(Some(Subject { id, names, code, unit, cases, has_namesake, own_keys }))
}

/// What somebody still has in hand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InHand {
    /// Kind and unit's code of each office, held or to come.
    pub offices: Vec<(String, String)>,
    /// Codes of the candidates they guide, or will.
    pub guided: Vec<String>,
}

pub async fn in_hand(
    tx: &mut Tx,
    person: PersonId,
    today: NaiveDate,
) -> Result<InHand, StoreError> {
    Ok(InHand {
        offices: tx.all(&OFFICES, args![person, today]).await?,
        guided: tx
            .all::<(String,)>(&GUIDED, args![person, today])
            .await?
            .into_iter()
            .map(|(code,)| code)
            .collect(),
    })
}

/// Blanks the person and everything that is tied to them by a key; gives how many rows of what.
/// `name_key` is what the person is found by afterwards: their code, folded.
pub async fn blank(
    tx: &mut Tx,
    person: PersonId,
    name_key: &str,
    now: Instant,
) -> Result<Vec<(&'static str, u64)>, StoreError> {
    let mut talk = 0;
    let accounts = tx.all::<(String, String, String)>(&ACCOUNTS_OF, args![person]).await?;
    for (bot, sender, chat) in &accounts {
        talk += tx.run(&SESSIONS, args![bot, sender, chat]).await?;
        talk += tx.run(&MENUS, args![bot, chat]).await?;
        talk += tx.run(&FAILURES, args![bot, sender]).await?;
        talk += tx.run(&UPDATES, args![bot, sender]).await?;
        talk += tx.run(&WEB_LINES, args![chat]).await?;
    }
    let drafts = leaving::drop_what_waits(tx, person, now).await?;
    tx.run(&VARIANTS, args![person]).await?;
    talk += tx.run(&MESSAGES, args![person]).await?;
    talk += tx.run(&BUTTONS, args![person]).await?;
    let of_person: [(&str, &'static [Statement]); 6] = [
        ("what lists told of them", &[FACTS, WHEREABOUTS, LISTED_BEFORE, PROPOSALS]),
        ("accounts, invitations and settings", &[ACCOUNTS, INVITATIONS, SETTINGS, ADVICE]),
        ("reports and reviews", &[REPORTS, REVIEWS]),
        ("conclusions of meetings", &[CONCLUSIONS]),
        ("reasons of absence", &[ABSENCES, ROLL]),
        ("duties", &[DUTIES]),
    ];
    let mut blanked = vec![
        ("name and date of birth", tx.run(&PERSON, args![person, name_key]).await?),
        ("messages, buttons and dialogues", talk),
        ("drafts", drafts),
    ];
    for (what, statements) in of_person {
        let mut rows = 0;
        for statement in statements {
            rows += tx.run(statement, args![person]).await?;
        }
        blanked.push((what, rows));
    }
    blanked.push(("circumstances in the audit", tx.run(&AUDIT, args![person, now]).await?));
    Ok(blanked)
}

/// Puts `change(text)` in the place of each text that people typed and that it changes; gives how
/// many rows changed.
pub async fn rewrite(
    tx: &mut Tx,
    change: impl Fn(&str) -> Option<String> + Send,
) -> Result<u64, StoreError> {
    let mut rows = 0;
    // While the numbers of classes still stand as they did.
    for (subject,) in tx.all::<(String,)>(&CLASS_SUBJECTS, args![]).await? {
        if change(&subject).is_some() {
            rows += tx.run(&RECODE, args![&subject]).await?;
        }
    }
    for (read, write) in TYPED {
        for (text,) in tx.all::<(String,)>(read, args![]).await? {
            if let Some(changed) = change(&text) {
                rows += tx.run(write, args![&text, changed]).await?;
            }
        }
    }
    Ok(rows)
}

/// Writes down that it was done, and why.
pub async fn note(
    tx: &mut Tx,
    person: PersonId,
    reason: &str,
    now: Instant,
) -> Result<(), StoreError> {
    tx.run(&NOTE, args![person, reason, now]).await?;
    installation::note_unscrubbed(tx, now).await
}

/// The tables in which something may have been erased.
pub fn tables() -> BTreeSet<&'static str> {
    STATEMENTS.iter().chain(leaving::STATEMENTS).filter_map(Statement::writes).collect()
}
