# Tìm không thấy
missed-title = Tìm không thấy
missed-lead = Những điều người dân gõ mà không ra thủ tục nào. Thêm vào câu hay hỏi hoặc từ đồng nghĩa của danh mục để lần sau tìm thấy.
missed-none = Chưa có.
missed-words = Từ đã gõ (bỏ dấu)
missed-times = Số lần
missed-last = Lần cuối
missed-forget = Bỏ khỏi danh sách
missed-nearest = Không có thủ tục nào khớp. Có thể bạn cần:
missed-call = Vẫn không thấy? Gọi { $hotline }, có người chỉ giúp.
