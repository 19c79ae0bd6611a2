-- One row per distinct version of a source record. No index: an update of last_seen_at then stays in its own column.
create table raw.portal__dossiers (
    record_key varchar,
    version integer,
    payload varchar,
    content_hash varchar,
    source_updated_at varchar,
    first_seen_at timestamptz,
    last_seen_at timestamptz,
    withdrawn_at timestamptz,
    run_id varchar
);

create table raw.portal__agencies as from raw.portal__dossiers limit 0;
create table raw.portal__procedures as from raw.portal__dossiers limit 0;
create table raw.portal__statistics as from raw.portal__dossiers limit 0;
create table raw.axis__received_documents as from raw.portal__dossiers limit 0;
create table raw.axis__received_statuses as from raw.portal__dossiers limit 0;
create table raw.axis__sent_documents as from raw.portal__dossiers limit 0;
create table raw.axis__sent_statuses as from raw.portal__dossiers limit 0;
create table raw.axis__agencies as from raw.portal__dossiers limit 0;
create table raw.tthc__procedure_list as from raw.portal__dossiers limit 0;
create table raw.tthc__procedures as from raw.portal__dossiers limit 0;
create table raw.tthc__fields as from raw.portal__dossiers limit 0;
create table raw.tthc__agencies as from raw.portal__dossiers limit 0;
create table raw.tthc__public_procedures as from raw.portal__dossiers limit 0;
create table raw.tthc__decisions as from raw.portal__dossiers limit 0;
create table raw.tthc__decision_procedures as from raw.portal__dossiers limit 0;
