# Số liệu mở: /so-lieu
open-title = Số liệu mở
open-lead = Mỗi tháng bao nhiêu hồ sơ được nộp, bằng cách nào. Ai cũng xem và dùng được.
open-files = Tải số liệu
open-by-month = cả tỉnh theo tháng, mức độ và cách nộp, năm năm gần đây.
open-by-service = từng cơ quan, từng thủ tục, từng tháng; thêm ?thang=2020-03 để chỉ lấy một tháng.
open-columns = Ý nghĩa các cột
open-col-month = Tháng, dạng 2020-03, giờ Việt Nam.
open-col-level = Mức độ của dịch vụ khi nộp: 3 hoặc 4.
open-col-channel = online: người dân tự nộp trên mạng; post: bưu điện nộp giúp trên mạng; counter: tại quầy.
open-col-n = Số hồ sơ nộp trong tháng. Số từ 1 đến dưới { $small } không hiện (ghi <{ $small }, trong JSON là null) để không ai bị nhận ra.
open-col-codes = Mã cơ quan giải quyết và mã thủ tục, như trong danh mục.
open-col-ways = Số hồ sơ nộp theo ba cách.
open-col-settled = Số hồ sơ giải quyết xong trong tháng.
open-licence = Dùng lại tự do, ghi nguồn.
open-satisfaction = người dân có hài lòng không, từng cơ quan, mười hai tháng gần đây; cơ quan ít câu trả lời không có trong tệp.
open-col-content = Số câu trả lời; bao nhiêu phần nghìn trả lời "Hài lòng"; khoảng tin cậy 95 % cũng tính bằng phần nghìn.
