//! What people choose for themselves.

use diudat::domain::language::Language;
use diudat::domain::month::StepKind;
use diudat::domain::quiet::{Quiet, Rest};
use diudat::operations::{Refused, Work, settings, snoozes};
use diudat::store::meetings::next_regular;
use rstest_reuse::apply;

use super::{finish, refusal};
use crate::meeting::reminded;
use crate::support::{Engine, both_engines};
use crate::world::{TYPING, World, local};

const WHO: &str = "NS-013";
const NO_NAME: &str = "deed-needs-a-person";

/// English, from 22:00 to 06:00, and first by the account that was made first.
async fn chosen(work: &mut Work<'_>) -> Result<(), Refused> {
    settings::speak(work, Language::En).await?;
    settings::rest(work, Rest::Own(Quiet::typed("22h-6h").unwrap())).await?;
    let (_, accounts) = settings::mine(work).await?;
    settings::prefer(work, accounts.last().unwrap().id).await
}

#[apply(both_engines)]
#[tokio::test]
async fn settings_are_chosen_alike_in_a_chat_and_on_a_page(engine: Engine) {
    let mut chat = World::peopled(engine, "2018-11-27 22:00").await;
    let mut page = World::peopled(engine, "2018-11-27 22:00").await;
    for w in [&mut chat, &mut page] {
        w.clock.advance(chrono::TimeDelta::minutes(1));
        w.join(TYPING, WHO).await;
        w.everyone_reads();
    }
    chat.as_(WHO).says("/caidat").await.reads(&[]);
    chat.as_(WHO).taps("Đổi sang English").await.reads(&[]);
    chat.as_(WHO).taps("Change the quiet hours").await.reads(&[]);
    chat.as_(WHO).says("22h-6h").await.reads(&[]);
    chat.as_(WHO).taps("Change the channel").await.reads(&[]);
    chat.as_(WHO).taps("tapping").await.reads(&[]);
    page.on_the_page(WHO, chosen).await.unwrap();
    let nobody = page.at_the_command_line(chosen).await;
    assert_eq!(refusal(nobody).as_deref(), Some(NO_NAME));
    let theirs = page.on_the_page("NS-012", async |work| settings::prefer(work, 1).await).await;
    assert_eq!(refusal(theirs).as_deref(), Some("settings-account-gone"));
    // Chosen again, it is no news.
    let again = async |work: &mut Work<'_>| {
        settings::speak(work, Language::En).await?;
        settings::rest(work, Rest::Own(Quiet::typed("22h-6h").unwrap())).await
    };
    page.on_the_page(WHO, again).await.unwrap();
    for act in ["settings.language", "settings.rest", "settings.account"] {
        assert_eq!(chat.audited(act).await, [WHO], "{act}");
        assert_eq!(page.audited(act).await, [WHO], "{act}");
    }
    for w in [&chat, &page] {
        let english = "SELECT COUNT(*) FROM person WHERE language = 'en'";
        let own = "SELECT COUNT(*) FROM person_setting s JOIN account a ON a.id = s.account_id
            WHERE s.quiet = '22:00-06:00' AND a.bot = 'tapping'";
        assert_eq!((w.count(english).await, w.count(own).await), (1, 1));
    }

    // What comes next follows.
    for w in [&mut chat, &mut page] {
        w.advance_to("2018-11-28 08:00").await;
    }
    let prompt = chat.as_(WHO).reads(&["[This month’s report"]);
    assert_eq!(page.as_(WHO).reads(&[]), prompt);
    finish(chat, page).await;
}

/// Puts the reminder of the next meeting off.
async fn put_off(work: &mut Work<'_>, at: &str) -> Result<(), Refused> {
    let (unit, now) = (work.units.by_code("CB-02").unwrap().id, work.now);
    let meeting = next_regular(work.tx, unit, now).await?.unwrap().id;
    snoozes::put_off(work, meeting, StepKind::Meeting, local(at)).await
}

#[apply(both_engines)]
#[tokio::test]
async fn a_reminder_is_put_off_alike_in_a_chat_and_on_a_page(engine: Engine) {
    let mut chat = reminded(engine).await;
    let mut page = reminded(engine).await;
    let later = "2018-12-02 16:00";
    for (who, at, why) in [
        ("NS-015", later, "snooze-not-yours"),
        (WHO, "2018-12-02 07:00", "snooze-too-late"),
        (WHO, "2018-12-05 14:00", "snooze-too-late"),
    ] {
        let done = page.on_the_page(who, async |work| put_off(work, at).await).await;
        assert_eq!(refusal(done).as_deref(), Some(why));
    }
    let nobody = page.at_the_command_line(async |work| put_off(work, later).await).await;
    assert_eq!(refusal(nobody).as_deref(), Some(NO_NAME));
    let snoozed = "SELECT COUNT(*) FROM deferred_step WHERE cause = 'snooze'";
    assert_eq!(page.count(snoozed).await, 0);

    chat.as_(WHO).says("nhắc lại chiều nay").await.reads(&["16:00 ngày 02/12/2018"]);
    page.on_the_page(WHO, async |work| put_off(work, later).await).await.unwrap();
    assert_eq!((chat.count(snoozed).await, page.count(snoozed).await), (1, 1));
    for w in [&mut chat, &mut page] {
        w.advance_to(later).await;
    }
    let again = chat.as_(WHO).reads(&["[Có mặt]"]);
    assert_eq!(page.as_(WHO).reads(&[]), again);
    for w in [chat, page] {
        w.finish().await;
    }
}
