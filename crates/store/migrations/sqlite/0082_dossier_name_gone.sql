drop index if exists dossier_name;
