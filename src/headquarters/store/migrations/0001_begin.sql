-- What headquarters keeps. Bytes of events and heads are stored as they came and never changed;
-- everything else is headquarters' own record. No booleans, days or uuids: smallint, text, blob.

create table meta (
    name text primary key not null,
    value text not null
);

-- `position` is the next position to be given; read and moved in the transaction that stores.
create table counters (
    name text primary key not null,
    value bigint not null
);
insert into counters (name, value) values ('position', 0);

-- The seats headquarters has had; the newest is the present one.
create table headquarters_seats (
    seat blob primary key not null,
    signing_key blob not null,
    since_ms bigint not null
);

create table persons (
    id blob primary key not null,
    name text not null,
    created_at_ms bigint not null
);

create table seats (
    id blob primary key not null,
    person blob not null references persons (id),
    signing_key blob not null,
    envelope_key blob not null,
    app text not null,
    enrolled_at_ms bigint not null,
    last_contact_ms bigint not null,
    revoked_at_ms bigint
);
create index seats_of_person on seats (person);

-- Only the hash of a code is kept. `opens` is `seat` or `office`.
create table invitations (
    code_hash blob primary key not null,
    person blob not null references persons (id),
    opens text not null,
    reusable smallint not null,
    created_at_ms bigint not null,
    expires_at_ms bigint not null,
    spent_at_ms bigint
);

create table sessions (
    token_hash blob primary key not null,
    person blob not null references persons (id),
    created_at_ms bigint not null,
    expires_at_ms bigint not null
);

create table packs (
    hash blob primary key not null,
    kind text not null,
    id text not null,
    version bigint not null,
    current smallint not null,
    bytes blob not null
);

-- `opened_by` is empty while only other events of the inspection have arrived.
create table inspections (
    id blob primary key not null,
    opened_by blob,
    first_position bigint not null,
    last_position bigint not null
);

-- `role`: 0 none, 1 member, 2 lead.
create table team (
    inspection blob not null references inspections (id),
    person blob not null references persons (id),
    role smallint not null,
    primary key (inspection, person)
);
create index team_of_person on team (person);

create table journals (
    inspection blob not null references inspections (id),
    journal blob not null,
    seat blob not null,
    signing_key blob not null,
    tip_seq bigint not null,
    tip_id blob not null,
    forked smallint not null,
    primary key (inspection, journal)
);

create table heads (
    inspection blob not null,
    journal blob not null,
    tip_id blob not null,
    tip_seq bigint not null,
    bytes blob not null,
    signature blob not null,
    primary key (inspection, journal, tip_id)
);

-- Not unique on (journal, seq): both branches of a fork are kept.
create table events (
    position integer primary key not null,
    id blob not null unique,
    inspection blob not null,
    journal blob not null,
    seq bigint not null,
    at_ms bigint not null,
    accepted_at_ms bigint not null,
    held smallint,
    head_tip_id blob not null,
    header blob not null,
    salt blob not null,
    body blob,
    foreign key (inspection, journal) references journals (inspection, journal),
    foreign key (inspection, journal, head_tip_id) references heads (inspection, journal, tip_id)
);
create index events_of_inspection on events (inspection, position);
create index events_of_journal on events (inspection, journal, seq);
