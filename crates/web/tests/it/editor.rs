//! The catalogue changed by forms, as an administrator who is no programmer does it.

use crate::app::{Answer, Person, TestApp};
use axum::http::StatusCode;

const FORM: &str = "procedures/1.004873/form.toml";
const SHEET: &str = "procedures/1.004873/sheet.toml";

async fn begin(admin: &Person<'_>) -> String {
    admin
        .post("/quan-tri/danh-muc", &[("reason", "Sửa bằng biểu mẫu")])
        .await
        .location
}

fn address(change: &str, path: &str, at: &str) -> String {
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("tep", path)
        .append_pair("muc", at)
        .finish();
    format!("{change}/sua?{query}")
}

/// What a browser sends of a page: every input with what stands there, then what the person typed instead.
fn shown(page: &Answer) -> Vec<(String, String)> {
    let unescape = |t: &str| {
        t.replace("&#34;", "\"")
            .replace("&#39;", "'")
            .replace("&#60;", "<")
            .replace("&#62;", ">")
            .replace("&#38;", "&")
    };
    let attribute = |tag: &str, name: &str| {
        let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
        Some(unescape(rest.split_once('"')?.0))
    };
    let form = page
        .body
        .split_once("class=\"edit-form\"")
        .unwrap()
        .1
        .split_once("</form>")
        .unwrap()
        .0;
    let mut sent = Vec::new();
    for tag in form.split('<').skip(1) {
        let Some(name) = attribute(tag, "name") else { continue };
        if tag.starts_with("input") && (!tag.contains("checkbox") || tag.contains(" checked")) {
            let value = attribute(tag, "value").unwrap_or_else(|| "on".into());
            sent.push((name, value));
        } else if tag.starts_with("textarea") {
            let value = tag.split_once('>').unwrap().1.trim_start_matches('\n');
            sent.push((name, unescape(value)));
        } else if tag.starts_with("select") {
            sent.push((name, String::new()));
        }
        if tag.starts_with("select") {
            let options = form
                .split_once(&format!("<{tag}"))
                .unwrap()
                .1
                .split_once("</select>")
                .unwrap()
                .0;
            let chosen = options
                .split('<')
                .find(|o| o.starts_with("option") && o.contains(" selected"));
            if let Some(last) = sent.last_mut() {
                last.1 = chosen.and_then(|o| attribute(o, "value")).unwrap_or_default();
            }
        }
    }
    sent
}

async fn save(admin: &Person<'_>, change: &str, path: &str, at: &str, typed: &[(&str, &str)]) -> Answer {
    let page = admin.get(&address(change, path, at)).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let mut sent = shown(&page);
    for (name, value) in typed {
        match sent.iter_mut().find(|(n, _)| n == name) {
            Some(own) => own.1 = (*value).to_owned(),
            None => sent.push(((*name).to_owned(), (*value).to_owned())),
        }
    }
    let sent: Vec<(&str, &str)> = sent.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    admin.post(&format!("{change}/sua"), &sent).await
}

async fn text(admin: &Person<'_>, change: &str, path: &str) -> String {
    let page = admin.get(&format!("{change}/tep?tep={}", path.replace('/', "%2F"))).await;
    let text = page.between("spellcheck=\"false\" wrap=\"off\">\n", "</textarea>");
    text.replace("&#34;", "\"").replace("&#38;", "&").replace("&#39;", "'")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_label_is_changed_in_a_form_and_a_citizen_would_see_it() {
    let app = TestApp::start().await;
    let quan = app.sign_in("quantri").await;
    let change = begin(&quan).await;
    quan.get(&address(&change, FORM, ""))
        .await
        .says("Các bước")
        .says("Giấy tờ")
        .says("step%3A0");
    quan.get(&address(&change, FORM, "step:0"))
        .await
        .says("step%3A0/field%3A0")
        .says("nguoi-yeu-cau");
    let old = app.office.files_in_force().get(FORM).unwrap().to_owned();
    let saved = save(&quan, &change, FORM, "step:0/field:0", &[("label.vi", "Tên của bạn")]).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let new = text(&quan, &change, FORM).await;
    let differs: Vec<_> = new.lines().zip(old.lines()).filter(|(a, b)| a != b).collect();
    assert_eq!(
        differs.len(),
        2,
        "the label, and the version that rises by itself: {differs:?}"
    );
    quan.get(&format!("{change}/xem/1.004873")).await.says("Tên của bạn");
    // Saved as it stands, nothing more changes.
    save(&quan, &change, FORM, "step:0/field:0", &[]).await;
    assert_eq!(text(&quan, &change, FORM).await, new);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mistake_stands_beside_its_field_and_the_way_to_it_is_marked() {
    let app = TestApp::start().await;
    let quan = app.sign_in("quantri").await;
    let change = begin(&quan).await;
    let added = save(&quan, &change, FORM, "step:0", &[("lam.", "them:field")]).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.body);
    assert!(added.location.contains("field%3A"), "on to the new field: {}", added.location);
    let at = form_urlencoded::parse(added.location.split_once('?').unwrap().1.as_bytes())
        .find(|(k, _)| k == "muc")
        .unwrap()
        .1
        .into_owned();
    save(&quan, &change, FORM, &at, &[("kind", "number")]).await;
    save(&quan, &change, FORM, &at, &[("kind.min", "9"), ("kind.max", "1")]).await;
    let page = quan.get(&address(&change, FORM, &at)).await;
    page.says("id=\"kind-problem\"").says("min lớn hơn max → đổi lại");
    quan.get(&address(&change, FORM, "step:0")).await.says("1 chỗ sai");
    quan.get(&address(&change, FORM, ""))
        .await
        .says("1 chỗ sai")
        .says(&at.replace(':', "%3A"));
    save(&quan, &change, FORM, &at, &[("kind.max", "10")]).await;
    quan.get(&address(&change, FORM, &at)).await.does_not_say("kind-problem");
    let removed = save(&quan, &change, FORM, "step:0", &[("lam.", "bo:field:7")]).await;
    assert_eq!(removed.status, StatusCode::SEE_OTHER, "{}", removed.body);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_fee_a_process_an_agency_and_a_day_off_are_changed_in_forms() {
    let app = TestApp::start().await;
    let quan = app.sign_in("quantri").await;
    let change = begin(&quan).await;
    for (path, at, name, value, wanted) in [
        (SHEET, "fee.line:0", "amount", "16.000", "amount = 16000"),
        (SHEET, "", "term.so", "4", "term = { working_days = 4 }"),
        ("procedures/1.004873/process.toml", "step:0", "hours", "10", "hours = 10"),
        ("agencies.toml", "agency:0", "phone", "0208 1022", "phone = \"0208 1022\""),
    ] {
        let saved = save(&quan, &change, path, at, &[(name, value)]).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{path}: {}", saved.body);
        let text = text(&quan, &change, path).await;
        assert!(text.contains(wanted), "{path}: {wanted}\n{text}");
    }
    let days = "calendars/days-off.tsv";
    let added = save(&quan, &change, days, "", &[("lam.", "them:row")]).await;
    let at = added.location.rsplit("muc=").next().unwrap().replace("%3A", ":");
    let typed = [("date", "2020-12-24"), ("kind", "off"), ("why", "Nghỉ bù")];
    let saved = save(&quan, &change, days, &at, &typed).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    assert!(text(&quan, &change, days).await.contains("2020-12-24\toff\tNghỉ bù"));
    quan.get(&change).await.says("Ngày nghỉ");
    let sent = quan.post(&format!("{change}/gui"), &[("from", "2020-04-01")]).await;
    assert_eq!(
        sent.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "the example still says the old fee"
    );
    sent.says("examples.toml");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_long_list_is_looked_through_by_words() {
    let app = TestApp::start().await;
    let quan = app.sign_in("quantri").await;
    let change = begin(&quan).await;
    let all = quan.get(&address(&change, "sheets.tsv", "")).await;
    all.says("Tìm trong danh sách").says("Còn nhiều mục khác");
    let found = quan.get(&format!("{}&q=con+dau", address(&change, "sheets.tsv", ""))).await;
    assert!(found.body.matches("row%3A").count() < all.body.matches("row%3A").count());
    quan.get(&format!("{}&q=%27%22%25%00xyz", address(&change, "sheets.tsv", "")))
        .await
        .says("Không có mục nào khớp");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_there_or_not_hers_is_told() {
    let app = TestApp::start().await;
    let (quan, lan) = (app.sign_in("quantri").await, app.sign_in("quantri2").await);
    let change = begin(&quan).await;
    for (path, at, status) in [
        ("procedures/9.999999/form.toml", "", StatusCode::NOT_FOUND),
        ("../../etc/passwd", "", StatusCode::NOT_FOUND),
        (FORM, "step:99", StatusCode::SEE_OTHER),
        (FORM, "step:0/field:x", StatusCode::SEE_OTHER),
        (FORM, "::://", StatusCode::SEE_OTHER),
        ("procedures/1.004873/result.typ", "", StatusCode::SEE_OTHER),
    ] {
        let page = quan.get(&address(&change, path, at)).await;
        assert_eq!(page.status, status, "{path} {at}: {}", page.body);
    }
    let page = lan.get(&address(&change, FORM, "step:0/field:0")).await;
    page.does_not_say("name=\"lam.\"");
    let late = lan
        .post(
            &format!("{change}/sua"),
            &[("tep.", FORM), ("muc.", "step:0/field:0"), ("seen.", "0"), ("label.vi", "x")],
        )
        .await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", late.body);
    // Two windows: the second is told, and what was typed there stays.
    save(&quan, &change, FORM, "step:0/field:0", &[("label.vi", "Một")]).await;
    let old = [
        ("tep.", FORM),
        ("muc.", "step:0/field:0"),
        ("seen.", "0"),
        ("label.vi", "Hai"),
        ("label.en", "Two"),
    ];
    let late = quan.post(&format!("{change}/sua"), &old).await;
    assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.body);
    late.says("value=\"Hai\"");
}
