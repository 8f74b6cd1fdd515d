# Kho giấy tờ của tôi
kho-title = Kho giấy tờ của tôi
kho-lead = Kết quả tỉnh đã cấp cho bạn và giấy tờ công chức đã đối chiếu với bản chính. Khi nộp hồ sơ khác, bấm “Dùng lại” ở mục giấy tờ: không phải chụp lại. Chỉ mình bạn dùng được.
kho-empty = Kho chưa có giấy tờ nào. Mỗi kết quả được trả và mỗi giấy được đối chiếu bản chính sẽ tự vào đây.
kho-issued = Kết quả hồ sơ { $code }, cấp ngày { $day }
kho-compared = Đã đối chiếu bản chính ngày { $at }, { $by }; hồ sơ { $code }
kho-until = Dùng lại được đến hết ngày { $day }
kho-expired = Đã hết hạn dùng lại ngày { $day }
kho-no-end = Dùng lại được, không có hạn
kho-reuse = Dùng lại
kho-offer = Tỉnh đã có giấy này: không cần chụp hay tải lên
kho-reused = Dùng lại từ hồ sơ { $code }
kho-reused-result = Kết quả của tỉnh, hồ sơ { $code }
kho-compare = Đã đối chiếu bản chính
kho-compare-hint = Chỉ bấm khi đã cầm bản chính và so đúng. Người nộp dùng lại được giấy này ở hồ sơ sau.
kho-was-compared = Đã đối chiếu bản chính: { $by }, { $at }
kho-event-compared = Giấy tờ được đối chiếu với bản chính
kho-not-reusable = Giấy này không dùng lại được ở đây: đã hết hạn, đã bị thu hồi hoặc không đúng loại. Tải tệp lên như thường.
