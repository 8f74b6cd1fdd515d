# What happened, as sentences
event-submitted = Người dân nộp hồ sơ
event-submitted-at-post = Bưu điện nộp hồ sơ thay người dân
event-payment-received = Đã nhận tiền
event-accepted = Một cửa tiếp nhận hồ sơ
event-refused = Một cửa không tiếp nhận
event-supplement-requested = Cơ quan yêu cầu bổ sung, tạm dừng tính thời gian
event-supplemented = Người dân đã bổ sung, tính tiếp thời gian
event-withdrawn = Người dân rút hồ sơ
event-forwarded = Chuyển phòng chuyên môn
event-step-done = Chuyên viên xử lý xong bước này
event-sent-back = Lãnh đạo trả lại bước trước
event-approved = Lãnh đạo phê duyệt kết quả
event-result-returned = Đã trả kết quả
event-stopped = Dừng xử lý
event-handed-over = Cơ quan cũ thôi hoạt động, cơ quan kế thừa giải quyết tiếp
event-annulled = Hủy bỏ hồ sơ
