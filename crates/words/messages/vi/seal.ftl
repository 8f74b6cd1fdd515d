# Niêm phong nhật ký: /quan-tri/niem-phong
seal-title = Niêm phong nhật ký
seal-lead = Hết mỗi ngày, mọi thay đổi của hồ sơ trong ngày được khoá bằng một dãy 64 ký tự, nối với dãy của ngày trước. Ai sửa, xoá hay thêm một dòng về sau thì dãy của ngày đó không còn khớp.
seal-use = Chép dãy của hôm nay vào biên bản hoặc công bố: dãy đó chứng minh cho mọi ngày trước. Ngày không có thay đổi thì không có niêm phong. Để kiểm tra lại, chạy trên máy chủ:
seal-none = Chưa có ngày nào được niêm phong. Ngày hôm nay được niêm phong sau 0 giờ.
seal-day = Ngày
seal-number = Số
seal-dossiers = Hồ sơ có thay đổi
seal-lines = Dòng nhật ký
seal-hash = Niêm phong
seal-at = Lúc niêm phong
