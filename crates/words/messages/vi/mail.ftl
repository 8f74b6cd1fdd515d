# Mail and SMS
mail-code = Mã xác nhận của bạn là { $code }. Mã có hiệu lực 10 phút. Không đưa mã này cho ai.
mail-code-subject = Mã xác nhận Một Cửa
mail-subject = Hồ sơ { $code }
mail-submitted = Đã nhận hồ sơ { $code }. Một cửa sẽ trả lời trong 8 giờ làm việc. Xem: { $link }
mail-submitted-pay = Đã nhận hồ sơ { $code }. Nộp phí trực tuyến để Một cửa tiếp nhận: { $link }
mail-paid = Đã nhận { $amount } đồng cho hồ sơ { $code }. Biên lai { $receipt }.
mail-accepted = Hồ sơ { $code } đã được tiếp nhận. Hẹn trả lúc { $due }. Xem: { $link }
mail-refused = Hồ sơ { $code } không được tiếp nhận: { $reason } Xem: { $link }
mail-supplement = Hồ sơ { $code } cần bổ sung { $lacks } nội dung. Bổ sung tại: { $link }
mail-ready = Hồ sơ { $code } đã có kết quả. Xem: { $link }
mail-stopped = Hồ sơ { $code } đã dừng xử lý: { $reason } Xem: { $link }
mail-annulled = Hồ sơ { $code } đã được hủy bỏ: { $reason } Tiền đã nộp được hoàn lại. Xem: { $link }
