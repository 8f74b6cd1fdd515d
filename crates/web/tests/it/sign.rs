//! Results with digital signatures as people see them: who waits, who checks, who revokes.

use crate::app::{Answer, MARITAL, TestApp};
use crate::signer::Signer;
use axum::http::StatusCode;

const CODE: &str = "000.24.12.H55-200330-0001";

/// Files a request and has the leader approve it; answers its identifier.
async fn approved(app: &TestApp) -> String {
    let hoa = app.sign_in("0912345678").await;
    let begun = hoa.post(&format!("/thu-tuc/{MARITAL}/nop"), &[]).await;
    let id = hoa.file_marital(&begun.location).await;
    for (login, action, typed) in [
        ("motcua.sangmoc", "thu-tien", &[][..]),
        ("motcua.sangmoc", "tiep-nhan", &[]),
        ("motcua.sangmoc", "chuyen", &[]),
        (
            "chuyenvien.sangmoc",
            "xu-ly",
            &[("outcome", "granted"), ("text", "Chưa kết hôn")],
        ),
        ("lanhdao.sangmoc", "duyet", &[]),
    ] {
        let done = app.sign_in(login).await.act(&id, action, typed).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{action}: {}", done.body);
    }
    id
}

async fn outbox(app: &TestApp) {
    for _ in 0..50 {
        if app.office.run_due_jobs().await.unwrap() == 0 {
            return;
        }
    }
    panic!("the outbox never ends");
}

async fn drop_file(app: &TestApp, bytes: &[u8]) -> Answer {
    app.visitor().upload("/kiem-tra", "file", "ket-qua.pdf", bytes).await
}

async fn file(app: &TestApp) -> Vec<u8> {
    let d = app.office.check_code(CODE).await.unwrap();
    let signed = app
        .office
        .sign_in("lanhdao.sangmoc", motcua_office::demo::PASSWORD)
        .await
        .unwrap();
    let motcua_office::account::SignIn::Open { token } = signed else {
        panic!("not verified")
    };
    let leader = app.office.session(&token).await.unwrap().unwrap().actor();
    app.office.result_file(&leader, d.id).await.unwrap()
}

#[tokio::test]
async fn a_result_waits_visibly_is_signed_checked_replaced_and_revoked() {
    let signer = Signer::start().await;
    let app = TestApp::start_signing(None, signer.signatures.clone()).await;
    let id = approved(&app).await;
    let desk = app.sign_in("motcua.sangmoc").await;
    let page = format!("/ban/ho-so/{id}");
    desk.get(&page)
        .await
        .says("đang chờ dịch vụ ký số")
        .says("ky-lai")
        .does_not_say("/tra-ket-qua");
    signer.mischief("mischief=never").await;
    outbox(&app).await;
    desk.get(&page).await.says("đang chờ dịch vụ ký số");
    app.sign_in("0912345678")
        .await
        .get(&format!("/ho-so/{id}"))
        .await
        .says("đang chờ chữ ký số");
    app.clock.set("2020-03-30T10:00:00+07:00".parse().unwrap());
    let again = desk.act(&id, "ky-lai", &[]).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.body);
    outbox(&app).await;
    desk.get(&page)
        .await
        .says("Chữ ký đúng")
        .says("Lý Văn Thắng")
        .does_not_say("đang chờ dịch vụ ký số");
    let done = desk
        .act(&id, "tra-ket-qua", &[("way", "counter"), ("taken_by", "Nông Thị Hoa")])
        .await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);

    let first = file(&app).await;
    drop_file(&app, &first)
        .await
        .says("Đúng là kết quả của tỉnh")
        .says("Chữ ký đúng")
        .does_not_say("không có chữ ký số")
        .does_not_say("Nông Thị Hoa");
    let mut changed = first.clone();
    changed[300] ^= 1;
    drop_file(&app, &changed)
        .await
        .says("đã bị sửa sau khi ký")
        .does_not_say("Đúng là kết quả");
    let longer = [&first[..], b"\n1 0 obj\n<<>>\nendobj\n"].concat();
    drop_file(&app, &longer).await.says("thêm vào sau chữ ký");
    app.visitor().get(&format!("/kiem-tra/{CODE}")).await.says("còn giá trị");

    let leader = app.sign_in("lanhdao.sangmoc").await;
    leader.get(&page).await.says("thay-ket-qua").says("thu-hoi");
    desk.get(&page).await.does_not_say("thu-hoi");
    let kept = leader
        .act(&id, "thay-ket-qua", &[("text", "Đã ly hôn <script>"), ("reason", "")])
        .await;
    assert_eq!(kept.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", kept.body);
    kept.says("Đã ly hôn &#60;script&#62;");
    let replaced = leader
        .act(
            &id,
            "thay-ket-qua",
            &[("text", "Đã ly hôn"), ("reason", "Ghi sai tình trạng")],
        )
        .await;
    assert_eq!(replaced.status, StatusCode::SEE_OTHER, "{}", replaced.body);
    outbox(&app).await;
    drop_file(&app, &first).await.says("đã được thay bằng bản khác");
    let second = file(&app).await;
    drop_file(&app, &second).await.says("Đúng là kết quả của tỉnh");
    let revoked = leader.act(&id, "thu-hoi", &[("reason", "Cấp trái thẩm quyền")]).await;
    assert_eq!(revoked.status, StatusCode::SEE_OTHER, "{}", revoked.body);
    drop_file(&app, &second)
        .await
        .says("đã bị thu hồi")
        .does_not_say("Cấp trái thẩm quyền");
    app.visitor()
        .get(&format!("/kiem-tra/{CODE}"))
        .await
        .says("không còn giá trị");
    app.sign_in("0912345678")
        .await
        .get(&format!("/ho-so/{id}"))
        .await
        .says("Cấp trái thẩm quyền");
}
