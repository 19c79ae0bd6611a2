-- What is asked only to compare: the source's own count of dossiers, and the national copies of some of them.
create table raw.portal__dossier_counts as from raw.portal__dossiers limit 0;
create table raw.tthc__dossier_copies as from raw.portal__dossiers limit 0;
