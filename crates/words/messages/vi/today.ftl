# Việc sáng nay của người đứng đầu: /bang/hom-nay
today-menu = Hôm nay
today-title = Việc hôm nay
today-late = Đang quá hạn
today-late-none = Không có hồ sơ nào quá hạn.
today-late-sum = { $n } hồ sơ đã quá hạn; chờ lâu nhất đứng đầu.
today-was-due = Hạn là
today-due = { $n } hồ sơ đến hạn từ giờ đến hết hôm nay.
today-open-desk = Mở hàng chờ
today-asked = Được giao
today-asked-none = Không còn chỉ đạo nào chờ trả lời hoặc chưa đạt.
today-more = Còn { $n } cơ quan nữa.
today-move = Chuyển lên mạng trước
today-move-lead = Người dân vẫn đến quầy dù nộp được trên mạng. In tờ rơi, hướng dẫn ngay tại quầy:
today-move-none = Thủ tục nào người dân đến quầy cũng đã có người nộp trên mạng.
