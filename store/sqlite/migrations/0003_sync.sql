-- Stations are enrolled with a central server, which numbers their facts.

-- central: stations are enrolled with this database. incarnation and cursor: how far a
-- station has seen central's numbering; mark: the hash of the fact with that number, where
-- it was told. acked: how much of its log central has. since: where the numbering of central
-- was when it was restored last; restoring: it waits for what stations hold. backed: up to
-- where central's facts are in a verified backup.
ALTER TABLE identity ADD COLUMN central     INTEGER NOT NULL DEFAULT 0;
ALTER TABLE identity ADD COLUMN incarnation INTEGER NOT NULL DEFAULT 1;
ALTER TABLE identity ADD COLUMN cursor      INTEGER NOT NULL DEFAULT 0;
ALTER TABLE identity ADD COLUMN mark        BLOB;
ALTER TABLE identity ADD COLUMN acked       INTEGER NOT NULL DEFAULT 0;
ALTER TABLE identity ADD COLUMN since       INTEGER NOT NULL DEFAULT 0;
ALTER TABLE identity ADD COLUMN restoring   INTEGER NOT NULL DEFAULT 0;
ALTER TABLE identity ADD COLUMN backed      INTEGER NOT NULL DEFAULT 0;

-- Where each author's log stood in the snapshot that a station began with: it holds
-- the rows that follow from it, not the facts.
CREATE TABLE base_head (
	wh     TEXT    NOT NULL,
	author TEXT    NOT NULL,
	epoch  INTEGER NOT NULL,
	seq    INTEGER NOT NULL,
	hash   BLOB    NOT NULL,
	PRIMARY KEY (wh, author, epoch)
) STRICT;

-- Who may push: the stations that were enrolled, each with its public key.
CREATE TABLE station (
	wh      TEXT    NOT NULL,
	station TEXT    NOT NULL,
	prefix  TEXT    NOT NULL,
	epoch   INTEGER NOT NULL,
	key     BLOB    NOT NULL,
	active  INTEGER NOT NULL,
	at      INTEGER NOT NULL,
	stamp   BLOB    NOT NULL,
	PRIMARY KEY (wh, station)
) STRICT;

-- The codes that enrol a station, once, until a time. Only their hashes are kept.
CREATE TABLE enrol_code (
	wh      TEXT    NOT NULL,
	code    BLOB    NOT NULL,
	station TEXT    NOT NULL,
	until   INTEGER NOT NULL,
	PRIMARY KEY (wh, code)
) STRICT;

-- Which stations have told a central server that was restored what they hold.
CREATE TABLE reported (
	wh      TEXT    NOT NULL,
	station TEXT    NOT NULL,
	PRIMARY KEY (wh, station)
) STRICT;

-- The few facts that nobody goes by are looked for at every pull.
CREATE INDEX event_aside ON event (wh, author, epoch, seq) WHERE parked >= 2;

-- PINs and people travel beside the facts: by the revision at which they were kept.
ALTER TABLE pin ADD COLUMN rev INTEGER NOT NULL DEFAULT 0;
ALTER TABLE recipient ADD COLUMN rev INTEGER NOT NULL DEFAULT 0;
CREATE INDEX pin_rev ON pin (wh, rev);
CREATE INDEX recipient_rev ON recipient (wh, rev);

-- Slips that were taken along, to where there is no line, are held for longer.
DROP TABLE lease;
CREATE TABLE lease (
	wh       TEXT    NOT NULL,
	slip     TEXT    NOT NULL,
	operator TEXT    NOT NULL,
	station  TEXT    NOT NULL,
	token    INTEGER NOT NULL,
	held     INTEGER NOT NULL,
	at       INTEGER NOT NULL,
	ahead    INTEGER NOT NULL,
	stamp    BLOB    NOT NULL,
	PRIMARY KEY (wh, slip)
) STRICT;
CREATE INDEX lease_held ON lease (wh, operator) WHERE held = 1;
