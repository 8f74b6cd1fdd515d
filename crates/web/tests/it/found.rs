//! What leads people, and machines, to a service.

use crate::app::{MARITAL, TestApp};
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use tower::ServiceExt;

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
        .says("valid for 6 months");
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

#[tokio::test]
async fn suggestions_come_from_the_same_engine_as_the_page() {
    let app = TestApp::start().await;
    let suggested = app.visitor().get("/tim/goi-y?q=mat%20bang%20lai").await;
    let answer: serde_json::Value = serde_json::from_str(&suggested.body).unwrap();
    assert_eq!(answer["found"][0]["code"], "1.002820");
    assert_eq!(answer["found"].as_array().unwrap().len(), 6);
    app.visitor()
        .get("/thu-tuc?q=mat%20bang%20lai")
        .await
        .says("/thu-tuc/1.002820");
    let found: serde_json::Value =
        serde_json::from_str(&app.visitor().get("/api/v1/search?q=mat%20bang%20lai").await.body).unwrap();
    assert_eq!(found[0]["code"], "1.002820");
    for typed in ["", "%25%00*%22'", &"x".repeat(5_000), "%F0%9F%99%82"] {
        let answer = app.visitor().get(&format!("/tim/goi-y?q={typed}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{typed}");
    }
}

#[tokio::test]
async fn the_list_is_narrowed_by_field_agency_level_life_event_and_what_can_be_filed() {
    let app = TestApp::start().await;
    let visitor = app.visitor();
    let count = |body: &str| body.matches("<li><a href=\"/thu-tuc/").count();
    let all = visitor.get("/thu-tuc").await;
    assert_eq!(count(&all.body), 263);
    for (query, at_most) in [
        ("linh_vuc=%C4%90%E1%BA%A5t+%C4%91ai", 12),
        ("co_quan=S%E1%BB%9F+T%C6%B0+ph%C3%A1p", 20),
        ("muc_do=4", 262),
        ("viec=mo-cua-hang", 6),
        ("nop_duoc=1", 60),
        ("q=dat&muc_do=4", 15),
    ] {
        let found = count(&visitor.get(&format!("/thu-tuc?{query}")).await.body);
        assert!((1..=at_most).contains(&found), "{query}: {found}");
    }
    // What nothing meets says what to do.
    let none = visitor.get("/thu-tuc?linh_vuc=%22%3E%3Cscript%3E&muc_do=9").await;
    assert_eq!((none.status, count(&none.body)), (StatusCode::OK, 0));
    none.says("Bỏ lọc");
}

#[tokio::test]
async fn a_sheet_says_on_top_what_is_asked_first_and_prints_on_one_page() {
    let app = TestApp::start().await;
    for code in [MARITAL, "1.001776"] {
        let sheet = app.visitor().get(&format!("/thu-tuc/{code}")).await;
        let answers = sheet.between("<dl class=\"answers\">", "</dl>");
        for question in [
            "Làm từ nhà được không?",
            "Cần gì?",
            "Mất bao lâu?",
            "Hết bao nhiêu tiền?",
            "Bạn nhận được gì?",
        ] {
            assert!(answers.contains(question), "{code}: {question}");
        }
        let leaflet = app.visitor().get(&format!("/thu-tuc/{code}/to-roi")).await;
        leaflet.says("<svg").says(&format!("http://127.0.0.1:8080/thu-tuc/{code}"));
    }
    assert_eq!(app.visitor().get("/thu-tuc/9.9/to-roi").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_old_address_of_a_renamed_service_leads_to_the_new_one() {
    let app = TestApp::start().await;
    for (old, new) in [
        ("/thu-tuc/1.009994", "/thu-tuc/1.013225"),
        ("/thu-tuc/1.009994/to-roi", "/thu-tuc/1.013225/to-roi"),
        ("/thu-tuc/1.009994/hoi", "/thu-tuc/1.013225/hoi"),
        ("/thu-tuc/1.009994/hoi?tl=0&chon=1", "/thu-tuc/1.013225/hoi?tl=0&chon=1"),
    ] {
        let answer = app.visitor().get(old).await;
        assert_eq!(
            (answer.status, answer.location.as_str()),
            (StatusCode::MOVED_PERMANENTLY, new)
        );
    }
    // A form that was posted there is posted again.
    let citizen = app.sign_in("0912345678").await;
    for (old, new) in [
        ("/thu-tuc/1.009994/nop", "/thu-tuc/1.013225/nop"),
        ("/thu-tuc/1.009994/nop?qua=ABC", "/thu-tuc/1.013225/nop?qua=ABC"),
    ] {
        let answer = citizen.post(old, &[]).await;
        assert_eq!(
            (answer.status, answer.location.as_str()),
            (StatusCode::PERMANENT_REDIRECT, new)
        );
        let begun = citizen.post(&answer.location, &[]).await;
        assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.body);
        assert!(begun.location.starts_with("/ho-so/nhap/"), "{}", begun.location);
    }
}

#[tokio::test]
async fn who_cannot_use_a_service_is_told_why_and_led_to_the_one_to_use_instead() {
    let app = TestApp::start().await;
    let ask = "/thu-tuc/1.001193/hoi";
    let first = app.visitor().get(ask).await;
    first
        .says("cha và mẹ đều là người Việt Nam?")
        .says("name=\"chon\" value=\"1\"");
    for (answered, why, instead) in [
        ("?tl=&chon=1", "Cha hoặc mẹ là người nước ngoài", "2.000528"),
        ("?tl=0&chon=1", "Đã đăng ký mà mất giấy", "2.000635"),
    ] {
        let page = app.visitor().get(&format!("{ask}{answered}")).await;
        page.says("Thủ tục này không dành cho trường hợp của bạn")
            .says(why)
            .says(&format!("<a class=\"button big\" href=\"/thu-tuc/{instead}\">"))
            .does_not_say("/thu-tuc/1.001193/nop");
        let other = app.visitor().get(&format!("/thu-tuc/{instead}")).await;
        assert_eq!(other.status, StatusCode::OK, "{instead}");
    }
    app.visitor()
        .get(&format!("{ask}?tl=0&chon=0"))
        .await
        .says("action=\"/thu-tuc/1.001193/nop\"");
}

#[tokio::test]
async fn an_estimate_is_never_shown_as_a_fact() {
    let app = TestApp::start().await;
    let list: serde_json::Value = serde_json::from_str(&app.visitor().get("/api/v1/catalogue").await.body).unwrap();
    let list = list.as_array().unwrap();
    // A sheet that is sourced except for its term and fee, and one that no source says at all.
    for (code, term) in [("1.013225", "15 ngày (ước tính)"), ("1.001776", "(ước tính)")] {
        let page = app.visitor().get(&format!("/thu-tuc/{code}")).await;
        let facts: serde_json::Value =
            serde_json::from_str(page.between("<script type=\"application/ld+json\">", "</script>")).unwrap();
        let service = list.iter().find(|s| s["code"] == code).unwrap();
        for said in [&facts["termsOfService"], &service["term"]] {
            assert!(said.as_str().unwrap().contains(term), "{code}: {said}");
        }
        for said in [&facts["offers"]["description"], &service["fees"][0]] {
            assert!(said.as_str().unwrap().contains("(ước tính)"), "{code}: {said}");
        }
        let leaflet = app.visitor().get(&format!("/thu-tuc/{code}/to-roi")).await;
        for paper in [&page, &leaflet] {
            paper.says(service["term"].as_str().unwrap());
            paper.says(service["fees"][0].as_str().unwrap());
        }
        let english = app.visitor().get(&format!("/thu-tuc/{code}?lang=en")).await;
        let answers = english.between("<dl class=\"answers\">", "</dl>");
        assert!(answers.matches("(estimated)").count() >= 2, "{code}: {answers}");
    }
    // What the source says stands without a mark.
    app.visitor()
        .get("/thu-tuc/1.012906")
        .await
        .says("10 ngày làm việc")
        .says("300.000 đồng")
        .says("Theo trang công khai của cơ quan nhà nước.")
        .does_not_say("ước tính");
    // A collection that somebody made is not called a page of the authorities.
    for path in ["/thu-tuc/2.002312", "/thu-tuc/2.002312/to-roi"] {
        app.visitor()
            .get(path)
            .await
            .says("Do người khác tổng hợp")
            .does_not_say("Theo trang công khai");
    }
}

#[tokio::test]
async fn machines_read_what_the_sheet_says() {
    let app = TestApp::start().await;
    let list: serde_json::Value = serde_json::from_str(&app.visitor().get("/api/v1/catalogue").await.body).unwrap();
    let list = list.as_array().unwrap();
    assert_eq!(list.len(), 263);
    for service in list.iter().step_by(29) {
        let code = service["code"].as_str().unwrap();
        let page = app.visitor().get(&format!("/thu-tuc/{code}")).await;
        let facts: serde_json::Value =
            serde_json::from_str(page.between("<script type=\"application/ld+json\">", "</script>")).unwrap();
        assert_eq!(facts["name"], service["name"]);
        assert_eq!(facts["provider"]["name"], service["agency"]);
        assert_eq!(facts["termsOfService"], service["term"]);
        assert_eq!(facts["serviceOutput"], service["result"]);
        assert_eq!(facts["url"], service["url"]);
        page.says(service["term"].as_str().unwrap());
    }
}

#[tokio::test]
async fn who_has_the_catalogue_already_is_not_sent_it_again() {
    let app = TestApp::start().await;
    let ask = async |tags: &str| {
        let request = Request::get("/api/v1/catalogue").header(header::IF_NONE_MATCH, tags);
        let request = request.body(Body::empty()).unwrap();
        app.router.clone().oneshot(request).await.unwrap()
    };
    let first = ask("\"an older one\"").await;
    assert_eq!(first.status(), StatusCode::OK);
    let tag = first.headers()[header::ETAG].to_str().unwrap().to_owned();
    assert!(!to_bytes(first.into_body(), usize::MAX).await.unwrap().is_empty());
    for tags in [tag.clone(), format!("\"an older one\", {tag}")] {
        let again = ask(&tags).await;
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED, "{tags}");
        assert_eq!(again.headers()[header::ETAG], tag.as_str());
        assert!(to_bytes(again.into_body(), usize::MAX).await.unwrap().is_empty());
    }
}
