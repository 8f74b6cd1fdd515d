# A service's sheet, its leaflet, and how it is found
sheet-needs = Cần gì?
sheet-needs-unknown = Chưa có danh mục giấy tờ từ nguồn công khai; gọi { $hotline } để hỏi trước khi đi.
sheet-needs-nothing = Chỉ điền tờ khai.
sheet-needs-count = { $count } loại giấy tờ, kể bên dưới
sheet-leaflet = In tờ rơi A4
sheet-back = Về trang thủ tục
sheet-scan = Quét mã để mở trang này và nộp từ nhà:
sheet-call = Hỏi: { $hotline }
sheet-filter = Lọc danh sách
sheet-filter-field = Lĩnh vực
sheet-filter-agency = Cơ quan
sheet-filter-level = Mức độ
sheet-filter-life = Việc trong đời
sheet-filter-whole = Chỉ thủ tục nộp được trên trang này
sheet-filter-any = Tất cả
sheet-filter-apply = Lọc
sheet-filter-clear = Bỏ lọc
sheet-found-count = { $count ->
    [0] Không có thủ tục nào
   *[other] { $count } thủ tục
}
sheet-nearest = Không có thủ tục nào đúng với mọi điều kiện. Bỏ lọc, thử từ khác, hoặc gọi { $hotline }.
sheet-suggestions = Gợi ý
