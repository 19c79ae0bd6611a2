-- What every reader must be told where the data are invented.
select notice from reference.home
where is_rehearsal
