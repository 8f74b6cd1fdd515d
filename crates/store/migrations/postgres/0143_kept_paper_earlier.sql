insert into kept_paper (owner, dossier, hash, got_at)
select owner, id, decode('', 'hex'), updated_at from dossier
where owner is not null and status = 'returned' and cast(state as jsonb) #>> '{result,outcome}' = 'granted'
on conflict do nothing;
