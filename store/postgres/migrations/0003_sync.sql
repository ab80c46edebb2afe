-- Stations are enrolled with a central server, which numbers their facts.

-- central: stations are enrolled with this database. incarnation and cursor: how far a
-- station has seen central's numbering; mark: the hash of the fact with that number, where
-- it was told. acked: how much of its log central has. since: where the numbering of central
-- was when it was restored last; restoring: it waits for what stations hold. backed: up to
-- where central's facts are in a verified backup.
ALTER TABLE identity ADD COLUMN central     BIGINT  NOT NULL DEFAULT 0;
ALTER TABLE identity ADD COLUMN incarnation BIGINT  NOT NULL DEFAULT 1;
ALTER TABLE identity ADD COLUMN cursor      BIGINT  NOT NULL DEFAULT 0;
ALTER TABLE identity ADD COLUMN mark        BYTEA;
ALTER TABLE identity ADD COLUMN acked       BIGINT  NOT NULL DEFAULT 0;
ALTER TABLE identity ADD COLUMN since       BIGINT  NOT NULL DEFAULT 0;
ALTER TABLE identity ADD COLUMN restoring   BIGINT  NOT NULL DEFAULT 0;
ALTER TABLE identity ADD COLUMN backed      BIGINT  NOT NULL DEFAULT 0;

-- Where each author's log stood in the snapshot that a station began with: it holds
-- the rows that follow from it, not the facts.
CREATE TABLE base_head (
	wh     TEXT COLLATE "C"    NOT NULL,
	author TEXT COLLATE "C"    NOT NULL,
	epoch  BIGINT  NOT NULL,
	seq    BIGINT  NOT NULL,
	hash   BYTEA   NOT NULL,
	PRIMARY KEY (wh, author, epoch)
);

-- Who may push: the stations that were enrolled, each with its public key.
CREATE TABLE station (
	wh      TEXT COLLATE "C"    NOT NULL,
	station TEXT COLLATE "C"    NOT NULL,
	prefix  TEXT COLLATE "C"    NOT NULL,
	epoch   BIGINT  NOT NULL,
	key     BYTEA   NOT NULL,
	active  BIGINT  NOT NULL,
	at      BIGINT  NOT NULL,
	stamp   BYTEA   NOT NULL,
	PRIMARY KEY (wh, station)
);

-- The codes that enrol a station, once, until a time. Only their hashes are kept.
CREATE TABLE enrol_code (
	wh      TEXT COLLATE "C"    NOT NULL,
	code    BYTEA   NOT NULL,
	station TEXT COLLATE "C"    NOT NULL,
	until   BIGINT  NOT NULL,
	PRIMARY KEY (wh, code)
);

-- Which stations have told a central server that was restored what they hold.
CREATE TABLE reported (
	wh      TEXT COLLATE "C"    NOT NULL,
	station TEXT COLLATE "C"    NOT NULL,
	PRIMARY KEY (wh, station)
);

-- The few facts that nobody goes by are looked for at every pull.
CREATE INDEX event_aside ON event (wh, author, epoch, seq) WHERE parked >= 2;

-- PINs and people travel beside the facts: by the revision at which they were kept.
ALTER TABLE pin ADD COLUMN rev BIGINT  NOT NULL DEFAULT 0;
ALTER TABLE recipient ADD COLUMN rev BIGINT  NOT NULL DEFAULT 0;
CREATE INDEX pin_rev ON pin (wh, rev);
CREATE INDEX recipient_rev ON recipient (wh, rev);

-- Slips that were taken along, to where there is no line, are held for longer.
DROP TABLE lease;
CREATE TABLE lease (
	wh       TEXT COLLATE "C"    NOT NULL,
	slip     TEXT COLLATE "C"    NOT NULL,
	operator TEXT COLLATE "C"    NOT NULL,
	station  TEXT COLLATE "C"    NOT NULL,
	token    BIGINT  NOT NULL,
	held     BIGINT  NOT NULL,
	at       BIGINT  NOT NULL,
	ahead    BIGINT  NOT NULL,
	stamp    BYTEA   NOT NULL,
	PRIMARY KEY (wh, slip)
);
CREATE INDEX lease_held ON lease (wh, operator) WHERE held = 1;
