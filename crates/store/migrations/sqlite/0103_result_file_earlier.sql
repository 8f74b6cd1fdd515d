insert or ignore into result_file (hash, dossier)
select unhex(json_extract(state, '$.result.hash')), id from dossier where json_extract(state, '$.result.hash') is not null;
