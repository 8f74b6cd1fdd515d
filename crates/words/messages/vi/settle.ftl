# Quyết toán với bưu điện: /ke-toan/buu-dien
settle-title = Quyết toán với bưu điện
settle-hint = Đề nghị thanh toán của tháng: mỗi bưu gửi mà bưu điện đã nhận đơn là một dòng, tính một lần. Cước { $payer }.
settle-estimate = Bảng cước đang là số ước tính.
settle-month = Tháng
settle-none = Tháng này chưa có bưu gửi nào.
settle-parcels = Bưu gửi
settle-collected = Đã thu hộ
settle-differs = Chưa rõ
settle-csv = Tải tệp CSV
settle-lines = Từng bưu gửi
settle-more = Trang này chỉ hiện 200 dòng đầu; tệp CSV có đủ.
