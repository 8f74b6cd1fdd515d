insert into intake (month, agency, procedure, level, channel, n)
select cast(strftime('%Y%m', filed_at / 1000000 + 25200, 'unixepoch') as integer), agency, procedure, level, channel, count(*)
from dossier where true group by 1, 2, 3, 4, 5
on conflict (month, agency, procedure, level, channel) do nothing;
