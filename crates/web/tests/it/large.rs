//! More than anybody needs: long texts, long questions, signs that mean something to a machine.

use crate::app::{MARITAL, TestApp};
use axum::http::StatusCode;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_text_of_a_hundred_thousand_characters_is_refused_at_its_field_and_the_draft_stays() {
    let app = TestApp::start().await;
    let hoa = app.sign_in("0912345678").await;
    let begun = hoa.post(&format!("/thu-tuc/{MARITAL}/nop"), &[]).await;
    let long = "Ế".repeat(100_000);
    let told = hoa.post(&begun.location, &[("dan_toc", &long)]).await;
    assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY);
    told.says("href=\"#dan_toc\"");
    let again = hoa.get(&begun.location).await;
    assert_eq!(again.status, StatusCode::OK);
    let right = hoa.post(&begun.location, &[("dan_toc", "Tày")]).await;
    right.does_not_say("href=\"#dan_toc\"");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_search_takes_whatever_is_typed() {
    let app = TestApp::start().await;
    let visitor = app.visitor();
    for typed in [
        "khai sinh ".repeat(1_000),
        "x".repeat(10_000),
        "'; drop table dossier; --".into(),
        "\"\"''``".into(),
        "%_*?[a-z]{1,}".into(),
        "\u{0}\u{7}\u{1b}[31m\u{202e}".into(),
        "<script>alert(1)</script>".into(),
        "   ".into(),
        "\u{301}\u{301}\u{301}".into(),
    ] {
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("q", &typed)
            .finish();
        for path in ["/thu-tuc", "/tim/goi-y", "/api/v1/search"] {
            let answer = visitor.get(&format!("{path}?{query}")).await;
            assert!(
                answer.status == StatusCode::OK,
                "{path} {:?}: {}",
                typed.chars().take(20).collect::<String>(),
                answer.status
            );
            answer.does_not_say("<script>alert(1)");
        }
    }
    let found = visitor.get(&format!("/thu-tuc?q={}", "khai%20sinh%20".repeat(100))).await;
    found.says("/thu-tuc/1.001193");
}
