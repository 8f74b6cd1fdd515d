# Quy trình trong cơ quan, hình và lời
process-title = Quy trình giải quyết trong cơ quan
process-who = { $role }, { $hours } giờ làm việc
process-branch = Nếu { $say }: đến “{ $step }”
process-otherwise = Còn lại: đến “{ $step }”
process-filled = Cán bộ đã ghi
process-fill = Ghi ở bước này
