//! Every route of the router, called as every role. The routes are read from the source, so that a new one changes the
//! table and fails here until its row was looked at.

use crate::app::{MARITAL, TestApp};
use crate::routes::{Route, declared};
use axum::body::Body;
use std::fmt::Write as _;

fn routes() -> Vec<Route> {
    let acts = |path: &str| -> Vec<String> {
        if path.contains("{what}") {
            BAG_ACTIONS.iter().map(|a| path.replace("{what}", a)).collect()
        } else if path.contains("{action}") {
            ACTIONS.iter().map(|a| path.replace("{action}", a)).collect()
        } else {
            vec![path.to_owned()]
        }
    };
    let mut found: Vec<Route> = declared()
        .into_iter()
        .flat_map(|(m, p)| acts(&p).into_iter().map(move |p| (m, p)))
        .collect();
    // Throwing the draft away and leaving come last: draft and session are needed until then.
    found.sort_by_key(|(method, path)| (path == "/dang-xuat", path.ends_with("/xoa"), path.clone(), *method));
    found
}

/// What an officer does to a dossier, by its name in the address.
const ACTIONS: [&str; 21] = [
    "tiep-nhan",
    "tu-choi",
    "bo-sung",
    "chuyen",
    "xu-ly",
    "tra-lai",
    "duyet",
    "thu-tien",
    "dung",
    "giao",
    "nhan-viec",
    "gia-han",
    "xin-loi",
    "cho-nop",
    "da-nop",
    "doi-chieu",
    "ky-lai",
    "thu-hoi",
    "thay-ket-qua",
    "di-tiep",
    "huy-bo",
];

/// What is done to a bag, by its name in the address.
const BAG_ACTIONS: [&str; 11] = [
    "quet",
    "bo",
    "niem-phong",
    "giao",
    "giu",
    "nhan",
    "giao-giay",
    "nhan-lai",
    "mo",
    "doi-chieu",
    "tim-thay",
];

/// An address without the identifiers that differ from run to run.
fn settled(location: &str) -> String {
    let path = location.split('?').next().unwrap();
    path.split('/')
        .map(|s| {
            if s.len() == 36 && s.matches('-').count() == 4 {
                "ID"
            } else {
                s
            }
        })
        .collect::<Vec<_>>()
        .join("/")
}

#[tokio::test]
async fn every_route_answers_every_role_as_the_table_says() {
    let app = TestApp::start().await;
    let receptionist = app.sign_in("motcua.sangmoc").await;
    let dossier = receptionist.file_at_counter().await;
    let page = receptionist.get(&format!("/ban/ho-so/{dossier}")).await;
    let code = page.between("<h1>", " ").to_owned();
    let hash = page.between("/giay-to/", "\"").to_owned();
    let bag = receptionist
        .post("/tui-thu", &[("to", "24.02"), ("date", "31/3/2020")])
        .await
        .location;
    let bag = bag.rsplit('/').next().unwrap().to_owned();
    let people = [
        ("visitor", app.visitor()),
        ("citizen", app.sign_in("0912345678").await),
        ("receptionist", receptionist),
        ("specialist", app.sign_in("chuyenvien.sangmoc").await),
        ("leader", app.sign_in("lanhdao.sangmoc").await),
        ("post_clerk", app.sign_in("buudien.vonhai").await),
        ("accountant", app.sign_in("ketoan.sangmoc").await),
        ("monitor", app.sign_in("giamsat").await),
        ("administrator", app.sign_in("quantri").await),
    ];
    let draft = people[1].1.post(&format!("/thu-tuc/{MARITAL}/nop"), &[]).await.location;
    let draft = draft.split('/').nth(3).unwrap().to_owned();

    let mut table = String::from(
        "The dossier is that of the officers' agency, the draft is the citizen's, the bag is on its way to the postal clerk's office.\n\n",
    );
    let _ = write!(table, "{:<40}", "");
    for (role, _) in &people {
        let _ = write!(table, " {role:<13}");
    }
    table.push('\n');
    for (method, route) in routes() {
        let id = match route.as_str() {
            r if r.starts_with("/ho-so/nhap/") => draft.as_str(),
            r if r.starts_with("/quan-tri/") => "00000000-0000-7000-8000-000000000001",
            _ => dossier.as_str(),
        };
        let path = route
            .replace("{id}", id)
            .replace("{code}", if route.starts_with("/kiem-tra") { &code } else { MARITAL })
            .replace("{bag}", &bag)
            .replace("{state}", "approved")
            .replace("{event}", "ket-hon")
            .replace("{step}", "nguoi-yeu-cau")
            .replace("{paper}", "giay-hen.pdf")
            .replace("{hash}", &hash)
            .replace("{version}", "0")
            .replace("{name}", "motcua.css");
        let _ = write!(table, "{:<40}", format!("{method} {route}"));
        let mut ways = Vec::new();
        let (upload, way) = (
            route.ends_with("/giay-to")
                || route.ends_with("/y-kien")
                || route == "/kiem-tra"
                || route.ends_with("{id}/bo-sung") && route.starts_with("/ho-so"),
            &hash,
        );
        for (role, person) in &people {
            // Each asks with a login of her own, so that no limit on guessing answers instead.
            let typed = format!(
                "seen=999&way=counter&kind=cccd&hash={way}&login={role}{}@example.vn",
                route.replace('/', "-")
            );
            let (kind, body) = match (method, upload) {
                ("GET", _) => ("", Body::empty()),
                (_, true) => ("multipart/form-data; boundary=BOUND", Body::from("--BOUND--\r\n")),
                // A version that no page showed: nothing changes, and who may act at all is told that it is old.
                _ => ("application/x-www-form-urlencoded", Body::from(typed)),
            };
            let answer = person.send(method, &path, kind, body).await;
            assert!(
                !answer.status.is_server_error(),
                "{method} {path} as {role}: {}",
                answer.status
            );
            let _ = write!(table, " {:<13}", answer.status.as_u16());
            let way = settled(&answer.location);
            if !way.is_empty() && !ways.contains(&way) {
                ways.push(way);
            }
        }
        if !ways.is_empty() {
            let _ = write!(table, " to {}", ways.join(", "));
        }
        table.push('\n');
    }
    let table: String = table.lines().map(|l| format!("{}\n", l.trim_end())).collect();
    insta::assert_snapshot!("matrix", table);
}
