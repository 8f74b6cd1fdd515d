insert or ignore into kept_paper (owner, dossier, hash, got_at)
select owner, id, x'', updated_at from dossier
where owner is not null and status = 'returned' and json_extract(state, '$.result.outcome') = 'granted';
