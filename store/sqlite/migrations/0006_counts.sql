-- Bins are counted, what differs is approved, and the book is put right once.

CREATE TABLE discrepancy_end (
	wh       TEXT    NOT NULL,
	disc     TEXT    NOT NULL,
	state    TEXT    NOT NULL,
	cause    TEXT    NOT NULL,
	note     TEXT    NOT NULL,
	operator TEXT    NOT NULL,
	at       INTEGER NOT NULL,
	stamp    BLOB    NOT NULL,
	PRIMARY KEY (wh, disc)
) STRICT;

CREATE TABLE count_plan (
	wh       TEXT    NOT NULL,
	plan     TEXT    NOT NULL,
	why      TEXT    NOT NULL,
	note     TEXT    NOT NULL,
	operator TEXT    NOT NULL,
	at       INTEGER NOT NULL,
	PRIMARY KEY (wh, plan)
) STRICT;

CREATE TABLE count_task (
	wh    TEXT    NOT NULL,
	task  TEXT    NOT NULL,
	place TEXT    NOT NULL,
	item  TEXT    NOT NULL,
	round INTEGER NOT NULL,
	first TEXT    NOT NULL,
	disc  TEXT    NOT NULL,
	plan  TEXT    NOT NULL,
	PRIMARY KEY (wh, task)
) STRICT;
CREATE INDEX count_task_place ON count_task (wh, place);
CREATE INDEX count_task_plan ON count_task (wh, plan);

CREATE TABLE stock_count (
	wh       TEXT    NOT NULL,
	count_id TEXT    NOT NULL,
	task     TEXT    NOT NULL,
	place    TEXT    NOT NULL,
	item     TEXT    NOT NULL,
	first    TEXT    NOT NULL,
	operator TEXT    NOT NULL,
	station  TEXT    NOT NULL,
	at       INTEGER NOT NULL,
	cut      INTEGER NOT NULL,
	PRIMARY KEY (wh, count_id)
) STRICT;
CREATE INDEX stock_count_first ON stock_count (wh, first) WHERE first <> '';

CREATE TABLE count_open (
	wh       TEXT    NOT NULL,
	count_id TEXT    NOT NULL,
	place    TEXT    NOT NULL,
	operator TEXT    NOT NULL,
	station  TEXT    NOT NULL,
	open     INTEGER NOT NULL,
	at       INTEGER NOT NULL,
	stamp    BLOB    NOT NULL,
	PRIMARY KEY (wh, count_id)
) STRICT;
CREATE INDEX count_open_place ON count_open (wh, place) WHERE open = 1;
CREATE INDEX count_open_by ON count_open (wh, operator) WHERE open = 1;

CREATE TABLE count_book (
	wh       TEXT    NOT NULL,
	count_id TEXT    NOT NULL,
	item     TEXT    NOT NULL,
	lot      TEXT    NOT NULL,
	serial   TEXT    NOT NULL,
	n        INTEGER NOT NULL,
	PRIMARY KEY (wh, count_id, item, lot, serial)
) STRICT;

CREATE TABLE count_scan (
	wh       TEXT    NOT NULL,
	scan     TEXT    NOT NULL,
	count_id TEXT    NOT NULL,
	item     TEXT    NOT NULL,
	lot      TEXT    NOT NULL,
	serial   TEXT    NOT NULL,
	n        INTEGER NOT NULL,
	book     INTEGER NOT NULL,
	code     TEXT    NOT NULL,
	cases    INTEGER NOT NULL,
	at       INTEGER NOT NULL,
	PRIMARY KEY (wh, scan)
) STRICT;
CREATE INDEX count_scan_of ON count_scan (wh, count_id);

CREATE TABLE count_done (
	wh       TEXT    NOT NULL,
	count_id TEXT    NOT NULL,
	place    TEXT    NOT NULL,
	item     TEXT    NOT NULL,
	batches  INTEGER NOT NULL,
	sure     INTEGER NOT NULL,
	at       INTEGER NOT NULL,
	PRIMARY KEY (wh, count_id)
) STRICT;
CREATE INDEX count_done_place ON count_done (wh, place, at);

-- Whole bins, by when they were counted.
CREATE INDEX count_done_whole ON count_done (wh, place, at) WHERE item = '';

CREATE TABLE count_task_done (
	wh       TEXT    NOT NULL,
	task     TEXT    NOT NULL,
	count_id TEXT    NOT NULL,
	PRIMARY KEY (wh, task, count_id)
) STRICT;
CREATE INDEX count_task_done_by ON count_task_done (wh, count_id);

CREATE TABLE count_line (
	wh       TEXT    NOT NULL,
	count_id TEXT    NOT NULL,
	item     TEXT    NOT NULL,
	lot      TEXT    NOT NULL,
	serial   TEXT    NOT NULL,
	n        INTEGER NOT NULL,
	low      INTEGER NOT NULL,
	high     INTEGER NOT NULL,
	PRIMARY KEY (wh, count_id, item, lot, serial)
) STRICT;

CREATE TABLE count_code (
	wh       TEXT    NOT NULL,
	count_id TEXT    NOT NULL,
	code     TEXT    NOT NULL,
	n        INTEGER NOT NULL,
	PRIMARY KEY (wh, count_id, code)
) STRICT;

CREATE TABLE variance (
	wh       TEXT    NOT NULL,
	first    TEXT    NOT NULL,
	count_id TEXT    NOT NULL,
	place    TEXT    NOT NULL,
	state    TEXT    NOT NULL,
	findings TEXT    NOT NULL,
	note     TEXT    NOT NULL,
	operator TEXT    NOT NULL,
	at       INTEGER NOT NULL,
	stamp    BLOB    NOT NULL,
	PRIMARY KEY (wh, first)
) STRICT;

CREATE TABLE variance_approval (
	wh       TEXT    NOT NULL,
	first    TEXT    NOT NULL,
	operator TEXT    NOT NULL,
	count_id TEXT    NOT NULL,
	lines    TEXT    NOT NULL,
	cause    TEXT    NOT NULL,
	note     TEXT    NOT NULL,
	at       INTEGER NOT NULL,
	stamp    BLOB    NOT NULL,
	PRIMARY KEY (wh, first, operator)
) STRICT;

CREATE TABLE adjusted (
	wh    TEXT    NOT NULL,
	about TEXT    NOT NULL,
	lines TEXT    NOT NULL,
	PRIMARY KEY (wh, about, lines)
) STRICT;

CREATE TABLE adjustment (
	wh     TEXT    NOT NULL,
	about  TEXT    NOT NULL,
	lines  TEXT    NOT NULL,
	place  TEXT    NOT NULL,
	item   TEXT    NOT NULL,
	lot    TEXT    NOT NULL,
	serial TEXT    NOT NULL,
	n      INTEGER NOT NULL,
	PRIMARY KEY (wh, about, lines, place, item, lot, serial)
) STRICT;

CREATE TABLE adjusted_by (
	wh       TEXT    NOT NULL,
	about    TEXT    NOT NULL,
	place    TEXT    NOT NULL,
	cause    TEXT    NOT NULL,
	note     TEXT    NOT NULL,
	operator TEXT    NOT NULL,
	second   TEXT    NOT NULL,
	worth    INTEGER NOT NULL,
	at       INTEGER NOT NULL,
	stamp    BLOB    NOT NULL,
	PRIMARY KEY (wh, about)
) STRICT;
CREATE INDEX adjusted_by_at ON adjusted_by (wh, at);

-- Who picks where, for whoever wants to count there.
CREATE INDEX allocation_place ON allocation (wh, place) WHERE want > picked + short;

CREATE TABLE count_policy (
	wh      TEXT    NOT NULL,
	class   TEXT    NOT NULL,
	days    INTEGER NOT NULL,
	pieces  INTEGER NOT NULL,
	percent INTEGER NOT NULL,
	worth   INTEGER NOT NULL,
	two     INTEGER NOT NULL,
	active  INTEGER NOT NULL,
	stamp   BLOB    NOT NULL,
	PRIMARY KEY (wh, class)
) STRICT;

CREATE TABLE item_class (
	wh    TEXT    NOT NULL,
	item  TEXT    NOT NULL,
	class TEXT    NOT NULL,
	at    INTEGER NOT NULL,
	stamp BLOB    NOT NULL,
	PRIMARY KEY (wh, item)
) STRICT;
CREATE INDEX item_class_of ON item_class (wh, class, item);
CREATE INDEX count_task_disc ON count_task (wh, disc) WHERE disc <> '';
CREATE INDEX count_plan_at ON count_plan (wh, at);

-- The return or the like that a discrepancy is about, where it is of no slip.
ALTER TABLE discrepancy ADD COLUMN about TEXT NOT NULL DEFAULT '';

-- What somebody is warned of: goods that run low or expire, and who has seen it.
ALTER TABLE item ADD COLUMN safety INTEGER NOT NULL DEFAULT 0;
ALTER TABLE item ADD COLUMN reorder INTEGER NOT NULL DEFAULT 0;
CREATE INDEX item_low ON item (wh, item, safety, reorder) WHERE safety + reorder > 0;
CREATE INDEX item_stop ON item (wh, stop_days) WHERE stop_days > 0;
CREATE INDEX lot_expires ON lot (wh, expires) WHERE expires > 0;
CREATE INDEX place_off ON place (wh, place) WHERE kind NOT IN ('pick', 'storage') OR active = 0;
CREATE TABLE alert_seen (
	wh       TEXT    NOT NULL,
	kind     TEXT    NOT NULL,
	ref      TEXT    NOT NULL,
	level    INTEGER NOT NULL,
	n        INTEGER NOT NULL,
	since    INTEGER NOT NULL,
	until    INTEGER NOT NULL,
	operator TEXT    NOT NULL,
	at       INTEGER NOT NULL,
	stamp    BLOB    NOT NULL,
	PRIMARY KEY (wh, kind, ref)
) STRICT;
CREATE INDEX alert_seen_until ON alert_seen (wh, until);

-- Reports of a time read what was ruled then, and of the log its part of that time.
CREATE INDEX variance_at ON variance (wh, at);
CREATE INDEX event_at ON event (wh, at);
