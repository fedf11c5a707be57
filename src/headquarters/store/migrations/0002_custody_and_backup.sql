-- What headquarters needs to judge held events and to come back from a backup.

-- The journal that headquarters goes on writing in each inspection. Emptied by a restore: a
-- journal whose end may be lost is never written on.
create table own_journals (
    inspection blob primary key not null references inspections (id),
    journal blob not null
);
insert into own_journals (inspection, journal)
select j.inspection, max(j.journal) from journals j
join headquarters_seats h on h.seat = j.seat
where j.forked = 0 group by j.inspection;

-- What headquarters' own journals say of held events; also of some that have not arrived.
create table judgements (
    event blob primary key not null,
    admitted smallint not null
);
create index events_held on events (inspection, position) where held is not null;

alter table seats add column revoked_by blob;
alter table seats add column revoked_because text;
