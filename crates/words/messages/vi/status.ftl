# Where a dossier stands
status-filed = Đã nộp
status-accepted = Đã tiếp nhận
status-in-process = Đang xử lý
status-awaiting-supplement = Chờ bổ sung
status-approved = Đã có kết quả
status-returned = Đã trả kết quả
status-refused = Không được tiếp nhận
status-withdrawn = Đã rút
status-stopped = Đã dừng xử lý
status-annulled = Đã hủy bỏ
