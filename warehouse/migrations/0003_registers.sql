-- The registers of the rooms: rows, what of them was not taken, and the files they came from.
create table raw.registers__documents as from raw.portal__dossiers limit 0;
create table raw.registers__incoming as from raw.portal__dossiers limit 0;
create table raw.registers__secret_counts as from raw.portal__dossiers limit 0;
create table raw.registers__officials as from raw.portal__dossiers limit 0;
create table raw.registers__ratings as from raw.portal__dossiers limit 0;
create table raw.registers__inspections as from raw.portal__dossiers limit 0;
create table raw.registers__inspection_units as from raw.portal__dossiers limit 0;
create table raw.registers__objectives as from raw.portal__dossiers limit 0;
create table raw.registers__risks as from raw.portal__dossiers limit 0;
create table raw.registers__communications as from raw.portal__dossiers limit 0;
create table raw.registers__files as from raw.portal__dossiers limit 0;
create table raw.registers__rejections as from raw.portal__dossiers limit 0;
