//! What leads people, and machines, to a service.

use crate::app::{MARITAL, TestApp};
use axum::http::StatusCode;

#[tokio::test]
async fn something_in_a_life_leads_through_its_services_in_their_order() {
    let app = TestApp::start().await;
    let visitor = app.visitor();
    visitor.get("/").await.says("/viec/ket-hon").says("Kết hôn");
    let page = visitor.get("/viec/ket-hon").await;
    page.says("giấy dùng được 6 tháng");
    let (first, then) = (page.body.find("/thu-tuc/1.004873"), page.body.find("/thu-tuc/1.000894"));
    assert!(first.is_some() && first < then, "the certificate comes before the marriage");
    visitor
        .get("/viec/ket-hon?lang=en")
        .await
        .says("Getting married")
        .says("holds six months");
    assert_eq!(visitor.get("/viec/khong-co").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_sheet_says_the_same_to_people_and_to_search_engines() {
    let app = TestApp::start().await;
    let page = app.visitor().get(&format!("/thu-tuc/{MARITAL}")).await;
    let facts: serde_json::Value =
        serde_json::from_str(page.between("<script type=\"application/ld+json\">", "</script>")).unwrap();
    assert_eq!(facts["@type"], "GovernmentService");
    assert_eq!(facts["identifier"], MARITAL);
    page.says(&format!("<h1>{}</h1>", facts["name"].as_str().unwrap()));
    let map = app.visitor().get("/sitemap.xml").await;
    map.says(&format!("<loc>http://127.0.0.1:8080/thu-tuc/{MARITAL}</loc>"))
        .says("<loc>http://127.0.0.1:8080/viec/sinh-con</loc>");
    app.visitor()
        .get("/robots.txt")
        .await
        .says("Sitemap: http://127.0.0.1:8080/sitemap.xml");
}
