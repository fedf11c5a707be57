-- Who may do what at headquarters, and who did.

create table units (
    id blob primary key not null,
    name text not null unique,
    created_at_ms bigint not null,
    ended_at_ms bigint
);

-- `roles`: the sum of 1 inspector, 2 lead, 4 office, 8 administrator, 16 auditor. A person without
-- a unit sees those of every unit. Who has left keeps the name and loses everything else.
alter table persons add column roles bigint not null default 0;
alter table persons add column unit blob;
alter table persons add column ended_at_ms bigint;
alter table persons add column ended_by blob;
alter table persons add column ended_because text;
-- Whoever was known before there were roles keeps what was possible then.
update persons set roles = roles + 1
where id in (select person from seats)
   or id in (select person from invitations where opens = 'seat');
update persons set roles = roles + 12
where id in (select person from sessions)
   or id in (select person from invitations where opens = 'office');

-- How a person signs in to the office. `sign_in_name` is folded: small letters without marks.
-- `passphrase` is an Argon2id string with its parameters; `second` is 1 where a code is asked for
-- too, 0 in the demonstration; `totp` is sealed with a key from the keyring; a step that was used
-- is never taken again.
create table credentials (
    person blob primary key not null references persons (id),
    sign_in_name text not null unique,
    passphrase text not null,
    second smallint not null,
    totp blob,
    totp_step bigint,
    set_at_ms bigint not null,
    last_sign_in_ms bigint
);

-- Hashes of codes that open once instead of a code by time; a used one is deleted.
create table recovery_codes (
    person blob not null references persons (id),
    code_hash blob not null,
    primary key (person, code_hash)
);

-- `handle` names a session on pages, where its token must not stand.
alter table sessions add column handle blob;
alter table sessions add column last_used_ms bigint not null default 0;
alter table sessions add column agent text not null default '';
-- Sessions that began before they had names would be on no page: everyone signs in anew.
delete from sessions;

-- Who gave an invitation, and the seat that took it: for a while the same seat may ask again.
alter table invitations add column made_by blob;
alter table invitations add column taken_by blob;

-- Which unit an inspection belongs to (`shared` 0), and to which it is shown (1).
create table inspection_units (
    inspection blob not null,
    unit blob not null references units (id),
    shared smallint not null,
    primary key (inspection, unit)
);
create index inspections_of_unit on inspection_units (unit);

-- Who did what, and who read what: only ever added to. `hash` is over the row and `prev`.
create table audit (
    position integer primary key not null,
    at_ms bigint not null,
    person blob,
    act text not null,
    object text not null,
    detail text not null,
    prev blob not null,
    hash blob not null
);
create index audit_of_person on audit (person, position);
create index audit_of_act on audit (act, position);
create trigger audit_is_never_changed before update on audit
begin select raise(abort, 'the audit is only added to'); end;
create trigger audit_is_never_deleted before delete on audit
begin select raise(abort, 'the audit is only added to'); end;

-- How many days each kind of record is kept on tablets and at headquarters, by decision.
create table retention (
    kind text primary key not null,
    days bigint not null,
    set_by blob,
    set_at_ms bigint not null
);

-- Keys that headquarters ever signed with, by what they are for; one of each has no end.
create table headquarters_keys (
    purpose text not null,
    key blob not null,
    since_ms bigint not null,
    until_ms bigint,
    primary key (purpose, key)
);

-- Locked vaults of revoked seats, as they came. In the database, so that every backup has them:
-- a tablet erases its own when it has the receipt.
create table sealed_vaults (
    sha256 blob primary key not null,
    seat blob not null references seats (id),
    arrived_at_ms bigint not null,
    opened_at_ms bigint,
    bytes blob not null
);
create index sealed_vaults_of_seat on sealed_vaults (seat);
