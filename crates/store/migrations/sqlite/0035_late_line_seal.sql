create index if not exists late_line_seal on late_line (after_seal, dossier, version);
