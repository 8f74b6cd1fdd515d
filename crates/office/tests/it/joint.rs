//! A land dossier through the agencies that have to do with it: filed at the district, settled by the land registration
//! branch, with the commune and the tax office asked at the same time and the department at the end. One dossier, one code,
//! one clock.

use crate::town::{PNG, Town};
use motcua_catalogue::Examples;
use motcua_model::actor::Actor;
use motcua_model::clock::local;
use motcua_model::dossier::{Dossier, Outcome, Refusal, ReturnWay, Status};
use motcua_model::form::Raw;
use motcua_model::id::{DossierId, ProcedureCode};
use motcua_office::OfficeError;
use motcua_office::opinion::TypedAnswer;

const TRANSFER: &str = "2.000889";
const BRANCH: &str = "24.01";
const TAX: &str = "24.03";

/// Everybody who has to do with it.
struct People {
    /// The one-stop of the district.
    district: Actor,
    reception: Actor,
    specialist: Actor,
    leader: Actor,
    /// Of the commune where the plot lies.
    commune: Actor,
    tax: Actor,
    department: Actor,
}

async fn people(town: &Town) -> People {
    People {
        district: town.sign_in("motcua.vonhai").await,
        reception: town.sign_in("motcua.datdai").await,
        specialist: town.sign_in("chuyenvien.datdai").await,
        leader: town.sign_in("lanhdao.datdai").await,
        commune: town.sign_in("chuyenvien.sangmoc").await,
        tax: town.sign_in("chuyenvien.thue").await,
        department: town.sign_in("lanhdao.tnmt").await,
    }
}

/// The example of the procedure, for a part of the plot or for the whole, filed at the district's counter.
async fn filed(town: &Town, clerk: &Actor, part: bool) -> Dossier {
    let office = &town.office;
    let catalogue = office.catalogue();
    let procedure = catalogue.procedure(&ProcedureCode::from(TRANSFER)).unwrap();
    let text = std::fs::read_to_string(format!(
        "{}/../../catalogue/procedures/{TRANSFER}/examples.toml",
        env!("CARGO_MANIFEST_DIR")
    ));
    let example: Examples = toml::from_str(&text.unwrap()).unwrap();
    let mut typed: Vec<(String, String)> = example.right.into_iter().collect();
    if part {
        typed.push(("mot_phan".into(), "on".into()));
        typed.push(("dien_tich_chuyen".into(), "250".into()));
    }
    let raw = Raw::from_pairs(typed.iter().map(|(k, v)| (k.as_str(), v.as_str())));
    let id = office.begin_draft(clerk, procedure.code()).await.unwrap();
    for step in &procedure.form.steps {
        let saved = office.save_step(clerk, id, &step.id, &raw).await.unwrap();
        assert_eq!(saved.problems, [], "{}", step.id);
    }
    for kind in ["gcn", "hop-dong", "cccd"] {
        let mut file = office.begin_upload().await.unwrap();
        file.write(PNG).await.unwrap();
        office.attach(clerk, id, kind, "anh.png", file).await.unwrap();
    }
    office.choose_return(clerk, id, ReturnWay::Counter).await.unwrap();
    office.submit(clerk, id, true).await.unwrap()
}

/// The dossier at the step that asks commune and tax office.
async fn asking(town: &Town, p: &People, part: bool) -> Dossier {
    let office = &town.office;
    let d = filed(town, &p.district, part).await;
    let d = office.take_cash(&p.reception, d.id, d.version).await.unwrap();
    let d = office.accept(&p.reception, d.id, d.version).await.unwrap();
    let d = office.forward(&p.reception, d.id, d.version, String::new()).await.unwrap();
    office
        .finish_step(&p.specialist, d.id, d.version, None, String::new())
        .await
        .unwrap()
}

fn answer(ask: &str, text: &str, filled: &[(&str, &str)]) -> TypedAnswer {
    TypedAnswer {
        ask: ask.into(),
        agrees: true,
        text: text.into(),
        raw: Raw::from_pairs(filled.iter().copied()),
        paper: None,
    }
}

fn tax_notice(amount: &str) -> TypedAnswer {
    let filled = [("so_thong_bao", "152/TB-CCT"), ("so_thue", amount)];
    answer("thong-bao-thue", "Thông báo số 152/TB-CCT.", &filled)
}

fn refused<T: std::fmt::Debug>(said: Result<T, OfficeError>) -> Refusal {
    match said {
        Err(OfficeError::Refused(why)) => why,
        other => panic!("{other:?}"),
    }
}

async fn asked(town: &Town, officer: &Actor) -> Vec<DossierId> {
    let inbox = town.office.inbox_asked(officer, None).await.unwrap();
    assert_eq!(usize::try_from(inbox.counts.asked).unwrap(), inbox.lines.len());
    inbox.lines.into_iter().map(|l| l.id).collect()
}

fn day(at: Option<jiff::Timestamp>) -> String {
    local(at.unwrap()).strftime("%d/%m %H:%M").to_string()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_part_of_a_plot_goes_through_four_agencies_and_the_time_for_the_tax_does_not_count() {
    let town = Town::new().await;
    let (office, p) = (&town.office, people(&town).await);
    let d = asking(&town, &p, true).await;
    // Filed at the district, settled by the branch: ten days from Monday, March 30.
    assert_eq!(
        (d.agency.as_str(), d.filed_at_office.as_ref().unwrap().as_str()),
        (BRANCH, "24.00")
    );
    assert_eq!(day(d.due), "09/04 17:00");
    let whom: Vec<_> = d.opinions.iter().map(|o| o.asked.agency.as_str()).collect();
    assert_eq!(whom, ["24.12", TAX]);
    assert_eq!(asked(&town, &p.commune).await, [d.id]);
    assert_eq!(asked(&town, &p.tax).await, [d.id]);
    assert_eq!(asked(&town, &p.specialist).await, []);

    let early = office.finish_step(&p.specialist, d.id, d.version, None, String::new()).await;
    let names = "Xác nhận hiện trạng, không tranh chấp; Thông báo nghĩa vụ tài chính".to_owned();
    assert_eq!(refused(early), Refusal::OpinionsAwaited { names });
    // Who is asked sees the dossier with its papers, and does nothing of its steps.
    assert!(office.glance(&p.tax, d.id).await.unwrap().acting.is_none());
    assert!(office.paper_file(&p.tax, d.id, d.papers[0].hash).await.is_ok());
    let not_hers = office.finish_step(&p.tax, d.id, d.version, None, String::new()).await;
    assert_eq!(refused(not_hers), Refusal::NotPermitted);
    let not_asked = office.glance(&p.department, d.id).await;
    assert_eq!(refused(not_asked), Refusal::NotFound);

    town.set_clock("2020-03-31T09:00:00+07");
    let wrong = office.give_opinion(&p.tax, d.id, d.version, tax_notice("nhiều")).await;
    assert!(matches!(wrong, Err(OfficeError::Problems(_))), "{wrong:?}");
    let d = office
        .give_opinion(&p.tax, d.id, d.version, tax_notice("7.000.000"))
        .await
        .unwrap();
    assert!(matches!(d.status, Status::AwaitingPayment { .. }));
    assert_eq!((d.open_wait().map(|w| w.amount), d.deadline()), (Some(7_000_000), None));
    // The clock stands; the commune answers meanwhile, under its own.
    let commune = answer("xa-xac-nhan", "Đất sử dụng ổn định.", &[]);
    let d = office.give_opinion(&p.commune, d.id, d.version, commune).await.unwrap();
    assert_eq!(asked(&town, &p.commune).await, []);
    assert!(d.opinions.iter().all(|o| o.given.as_ref().is_some_and(|g| !g.late)));

    town.set_clock("2020-04-07T09:00:00+07");
    let other = office.confirm_payment(&p.commune, d.id, d.version, "GNT 1".into()).await;
    assert_eq!(refused(other), Refusal::NotYourOpinion);
    let d = office
        .confirm_payment(&p.tax, d.id, d.version, "GNT 0152".into())
        .await
        .unwrap();
    // Seven days of waiting moved the date by seven days.
    assert_eq!(day(d.due), "16/04 17:00");

    let d = office
        .finish_step(&p.specialist, d.id, d.version, None, String::new())
        .await
        .unwrap();
    let proposal = Some((Outcome::Granted, "Cấp giấy mới cho phần đất chuyển nhượng.".to_owned()));
    let d = office
        .finish_step(&p.specialist, d.id, d.version, proposal, String::new())
        .await
        .unwrap();
    let unsigned = office.approve(&p.leader, d.id, d.version).await;
    let names = "Ký giấy chứng nhận mới".to_owned();
    assert_eq!(refused(unsigned), Refusal::OpinionsAwaited { names });
    assert_eq!(asked(&town, &p.department).await, [d.id]);
    let signed = answer("so-ky", "Đã ký GCN số CE 123457.", &[]);
    let d = office.give_opinion(&p.department, d.id, d.version, signed).await.unwrap();
    let d = office.approve(&p.leader, d.id, d.version).await.unwrap();
    let d = office
        .return_result(&p.reception, d.id, d.version, ReturnWay::Counter, "Nông Thị Hà".into())
        .await
        .unwrap();

    // One dossier, counted where it is settled and nowhere else.
    for (officer, settles) in [
        (&p.reception, 1),
        (&p.commune, 0),
        (&p.tax, 0),
        (&p.department, 0),
        (&p.district, 0),
    ] {
        let counts = office.inbox_mine(officer, None).await.unwrap().counts;
        let n: i64 = counts.queues.iter().map(|q| q.n).sum();
        assert_eq!((n, counts.asked), (settles, 0), "{}", officer.name);
    }
    assert_eq!(d.partners().len(), 3);
    assert_eq!(office.verify(|_, _| {}).await.unwrap().damage, None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_whole_plot_asks_the_tax_office_only_and_no_tax_stops_no_clock() {
    let town = Town::new().await;
    let (office, p) = (&town.office, people(&town).await);
    let d = asking(&town, &p, false).await;
    assert_eq!(d.opinions.len(), 1);
    assert_eq!(asked(&town, &p.commune).await, []);
    let d = office.give_opinion(&p.tax, d.id, d.version, tax_notice("0")).await.unwrap();
    assert!(matches!(d.status, Status::InProcess(_)) && d.pause.is_none());
    let again = office.give_opinion(&p.tax, d.id, d.version, tax_notice("0")).await;
    assert_eq!(
        refused(again),
        Refusal::OpinionGiven {
            by: "Đinh Thị Mận".into()
        }
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_commune_that_says_nothing_in_its_time_agrees_and_may_still_speak() {
    let town = Town::new().await;
    let (office, p) = (&town.office, people(&town).await);
    let d = asking(&town, &p, true).await;
    let due = d.opinions[0].asked.due;
    // Sixteen working hours from Monday 9:00.
    assert_eq!(day(Some(due)), "01/04 09:00");
    town.set_clock("2020-04-01T09:00:00+07");
    while office.run_due_jobs().await.unwrap() > 0 {}
    assert_eq!(asked(&town, &p.commune).await, [d.id], "its last second is in time");
    town.set_clock("2020-04-01T09:00:01+07");
    while office.run_due_jobs().await.unwrap() > 0 {}
    assert_eq!(asked(&town, &p.commune).await, []);
    let d = office.glance(&p.specialist, d.id).await.unwrap().dossier;
    let last = d.moments.last().unwrap();
    assert_eq!(
        (last.kind.as_str(), last.note.as_str()),
        ("opinion_silent", "Xác nhận hiện trạng, không tranh chấp")
    );
    // The tax office is late and its silence says nothing: it is waited for, and it apologises for its own delay.
    let names = "Thông báo nghĩa vụ tài chính".to_owned();
    let early = office.finish_step(&p.specialist, d.id, d.version, None, String::new()).await;
    assert_eq!(refused(early), Refusal::OpinionsAwaited { names });
    let date = jiff::civil::date(2020, 4, 14);
    let sorry = office
        .apologise(&p.commune, d.id, d.version, date, "Nhiều việc.".into())
        .await;
    assert!(sorry.is_ok(), "it was late too, though its silence agreed: {sorry:?}");
    let d = office
        .apologise(&p.tax, d.id, sorry.unwrap().version, date, "Chờ xác định giá đất.".into())
        .await
        .unwrap();
    assert_eq!(d.apologies.len(), 2);
    let late = answer("xa-xac-nhan", "Đang có tranh chấp mốc giới.", &[("tranh_chap", "on")]);
    let d = office.give_opinion(&p.commune, d.id, d.version, late).await.unwrap();
    assert!(d.opinions[0].given.as_ref().unwrap().late);
    assert_eq!(d.filled["tranh_chap"], serde_json::json!(true));
    // The head goes on without the tax office, and says why.
    let d = office
        .go_on_without(
            &p.leader,
            d.id,
            d.version,
            "thong-bao-thue".into(),
            "Được miễn theo quyết định 12.".into(),
        )
        .await
        .unwrap();
    assert!(
        office
            .finish_step(&p.specialist, d.id, d.version, None, String::new())
            .await
            .is_ok()
    );
    assert_eq!(office.verify(|_, _| {}).await.unwrap().damage, None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_comes_with_its_paper_which_the_settling_officer_opens() {
    let town = Town::new().await;
    let (office, p) = (&town.office, people(&town).await);
    let d = asking(&town, &p, true).await;
    let mut file = office.begin_upload().await.unwrap();
    file.write(&[PNG, b"another"].concat()).await.unwrap();
    let mut with_paper = tax_notice("0");
    with_paper.paper = Some(("thong-bao.png".into(), file));
    let d = office.give_opinion(&p.tax, d.id, d.version, with_paper).await.unwrap();
    let paper = d.opinions[1].given.as_ref().unwrap().paper.clone().unwrap();
    let (found, _) = office.paper_file(&p.specialist, d.id, paper.hash).await.unwrap();
    assert_eq!(found.name, "thong-bao.png");
    let stranger = office.paper_file(&p.department, d.id, paper.hash).await;
    assert!(stranger.is_err());
}
