//! What a visitor of the demo does, from the first look to the report that arrives.

use std::time::{Duration, Instant};

use thirtyfour::Key;

use crate::window::{Kind, Window};

const SECRETARY: &str = "Lê Đức Thuận";
const MENTOR: &str = "Đỗ Thị Kim Oanh";
const CANDIDATE: &str = "Trần Văn Bình";

/// Lets the time pass until the mentor is asked for a report.
async fn wait_for_the_prompt(visitor: &Window) {
    visitor.turns("Sự kiện kế tiếp").await;
    let bar = visitor.hears(MENTOR).await;
    assert!(bar.contains("28/11/2018"), "five working days before the meeting: {bar}");
}

#[tokio::test]
async fn a_visitor_reads_the_figures_files_a_report_and_sees_it_arrive() {
    let visitor = Window::open(Kind::Desktop).await;
    visitor.is(SECRETARY).await;
    visitor.says("/thongke phong 1").await;
    let figures = visitor.reads("Chi bộ Phòng 1").await;
    assert!(figures.contains("5/6") && figures.contains("83,3%"), "{figures}");

    wait_for_the_prompt(&visitor).await;
    visitor.is_told_of_news_for(MENTOR).await;
    visitor.becomes(MENTOR).await;
    let prompt = visitor.reads("Đề nghị đồng chí báo cáo").await;
    assert!(prompt.contains(CANDIDATE), "{prompt}");

    // Each answer, and what comes next: nine taps and no letter, which is not to become more.
    let taps: [(&str, &str); 9] = [
        ("Báo cáo tháng này", "1/5"),
        ("Tốt", "2/5"),
        ("Khá", "3/5"),
        ("Tốt", "4/5"),
        ("Tốt", "5/5"),
        ("Trung bình", "Ưu điểm"),
        ("Bỏ qua nhận xét", "Kiến nghị"),
        ("Đưa vào nguồn", "Báo cáo theo dõi, giúp đỡ"),
        ("Gửi báo cáo", "Đã gửi báo cáo"),
    ];
    for (answer, next) in taps {
        visitor.taps(answer).await;
        visitor.reads(next).await;
    }

    visitor.is_told_of_news_for(SECRETARY).await;
    visitor.becomes(SECRETARY).await;
    let report = visitor.reads("đã gửi báo cáo").await;
    for said in [MENTOR, CANDIDATE, "Đạo đức, lối sống: Khá", "Quan hệ quần chúng: Trung bình"]
    {
        assert!(report.contains(said), "no {said:?} in: {report}");
    }
    assert!(report.contains("Kiến nghị: Đưa vào nguồn"), "{report}");
}

#[tokio::test]
async fn on_a_narrow_screen_the_keyboard_is_enough() {
    let visitor = Window::open(Kind::Phone(360)).await;
    assert_eq!(visitor.misfits().await, Vec::<String>::new());
    visitor.presses(Key::Tab).await;
    let (first, visible) = visitor.focused().await;
    assert_eq!((first.as_str(), visible), ("Tới ô nhập tin nhắn", true));
    visitor.presses(Key::Enter).await;
    visitor.types("/thongke phong 1").await;
    visitor.presses(Key::Enter).await;
    visitor.reads("5/6").await;

    visitor.reloads().await;
    visitor.tabs_to("Sự kiện kế tiếp").await;
    visitor.presses(Key::Enter).await;
    visitor.hears(MENTOR).await;
    visitor.tabs_to("Đổi vai").await;
    visitor.presses(Key::Enter).await;
    visitor.tabs_to(MENTOR).await;
    visitor.presses(Key::Enter).await;
    visitor.is(MENTOR).await;
    assert!(visitor.is_at_the_demo().await);

    for (answer, next) in [
        ("Báo cáo tháng này", "1/5"),
        ("Như tháng trước", "Báo cáo theo dõi, giúp đỡ"),
        ("Gửi báo cáo", "Đã gửi báo cáo"),
    ] {
        visitor.tabs_to(answer).await;
        visitor.presses(Key::Enter).await;
        visitor.reads(next).await;
        assert_eq!(visitor.misfits().await, Vec::<String>::new(), "at {next}");
    }
}

#[tokio::test]
async fn a_page_that_is_loaded_again_in_mid_report_shows_the_question() {
    let visitor = Window::open(Kind::Desktop).await;
    wait_for_the_prompt(&visitor).await;
    visitor.becomes(MENTOR).await;
    for (answer, next) in [("Báo cáo tháng này", "1/5"), ("Tốt", "2/5"), ("Khá", "3/5")] {
        visitor.taps(answer).await;
        visitor.reads(next).await;
    }
    visitor.reloads().await;
    visitor.reads("3/5").await;
    visitor.taps("Tốt").await;
    visitor.reads("4/5").await;

    visitor.becomes(SECRETARY).await;
    visitor.goes_back().await;
    visitor.is(MENTOR).await;
    visitor.reads("4/5").await;
    visitor.taps("Tốt").await;
    visitor.reads("5/5").await;
    assert!(!visitor.has_read("4/5").await, "the question is one message that changes");
}

#[tokio::test]
async fn without_script_the_forms_do_it() {
    let visitor = Window::open(Kind::WithoutScript).await;
    visitor.is_told("JavaScript").await;
    visitor.says_by_click("/thongke phong 1").await;
    visitor.reads("5/6").await;
    wait_for_the_prompt(&visitor).await;
    visitor.becomes(MENTOR).await;
    for (answer, next) in [("Báo cáo tháng này", "1/5"), ("Tốt", "2/5"), ("Khá", "3/5")] {
        visitor.taps(answer).await;
        visitor.reads(next).await;
    }
}

#[tokio::test]
async fn the_demo_ends_when_it_is_told_to_though_a_page_is_open() {
    for signal in ["TERM", "INT"] {
        let mut visitor = Window::open(Kind::Desktop).await;
        visitor.says("/toi").await;
        visitor.reads(SECRETARY).await;
        assert_eq!(visitor.left_behind(), 1, "the database");
        let told = Instant::now();
        assert_eq!(visitor.demo.end(signal), "0", "{signal}");
        assert!(told.elapsed() < Duration::from_secs(5), "{signal}: {:?}", told.elapsed());
        assert_eq!(visitor.left_behind(), 0, "{signal}");
    }
}
