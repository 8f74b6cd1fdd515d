insert into intake (month, agency, procedure, level, channel, n)
select to_char(to_timestamp(filed_at / 1000000) at time zone 'Asia/Ho_Chi_Minh', 'YYYYMM')::bigint, agency, procedure, level, channel,
    count(*)
from dossier group by 1, 2, 3, 4, 5
on conflict (month, agency, procedure, level, channel) do nothing;
