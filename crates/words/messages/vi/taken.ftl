# Ai nhận kết quả, và hủy bỏ hồ sơ
taken-digits = Số cuối giấy tờ của người nhận
taken-digits-hint = Ít nhất 4 số cuối CCCD hoặc CMND.
taken-paper = Số phiếu có chữ ký (nếu ký trên giấy)
taken-picture = Ảnh chữ ký (PNG hoặc JPEG, tối đa 1 MB)
taken-digits-line = giấy tờ …{ $digits }
taken-paper-line = phiếu ký số { $number }
taken-signature = Xem chữ ký của người nhận
taken-annul = Hủy bỏ hồ sơ
taken-annul-hint = Cho hồ sơ nộp trùng hoặc nộp nhầm. Hồ sơ và mọi việc đã làm vẫn được giữ để xem, không tính vào số liệu; tiền đã nộp được hoàn lại.
taken-annul-reason = Lý do hủy bỏ
