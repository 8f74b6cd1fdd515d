insert into result_file (hash, dossier)
select decode(cast(state as jsonb) #>> '{result,hash}', 'hex'), id from dossier where cast(state as jsonb) #>> '{result,hash}' is not null
on conflict do nothing;
