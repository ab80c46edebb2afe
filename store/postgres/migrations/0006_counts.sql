-- Bins are counted, what differs is approved, and the book is put right once.

CREATE TABLE discrepancy_end (
	wh       TEXT COLLATE "C" NOT NULL,
	disc     TEXT COLLATE "C" NOT NULL,
	state    TEXT COLLATE "C" NOT NULL,
	cause    TEXT COLLATE "C" NOT NULL,
	note     TEXT COLLATE "C" NOT NULL,
	operator TEXT COLLATE "C" NOT NULL,
	at       BIGINT           NOT NULL,
	stamp    BYTEA            NOT NULL,
	PRIMARY KEY (wh, disc)
);

CREATE TABLE count_plan (
	wh       TEXT COLLATE "C" NOT NULL,
	plan     TEXT COLLATE "C" NOT NULL,
	why      TEXT COLLATE "C" NOT NULL,
	note     TEXT COLLATE "C" NOT NULL,
	operator TEXT COLLATE "C" NOT NULL,
	at       BIGINT           NOT NULL,
	PRIMARY KEY (wh, plan)
);

CREATE TABLE count_task (
	wh    TEXT COLLATE "C" NOT NULL,
	task  TEXT COLLATE "C" NOT NULL,
	place TEXT COLLATE "C" NOT NULL,
	item  TEXT COLLATE "C" NOT NULL,
	round BIGINT           NOT NULL,
	first TEXT COLLATE "C" NOT NULL,
	disc  TEXT COLLATE "C" NOT NULL,
	plan  TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (wh, task)
);
CREATE INDEX count_task_place ON count_task (wh, place);
CREATE INDEX count_task_plan ON count_task (wh, plan);

CREATE TABLE stock_count (
	wh       TEXT COLLATE "C" NOT NULL,
	count_id TEXT COLLATE "C" NOT NULL,
	task     TEXT COLLATE "C" NOT NULL,
	place    TEXT COLLATE "C" NOT NULL,
	item     TEXT COLLATE "C" NOT NULL,
	first    TEXT COLLATE "C" NOT NULL,
	operator TEXT COLLATE "C" NOT NULL,
	station  TEXT COLLATE "C" NOT NULL,
	at       BIGINT           NOT NULL,
	cut      BIGINT           NOT NULL,
	PRIMARY KEY (wh, count_id)
);
CREATE INDEX stock_count_first ON stock_count (wh, first) WHERE first <> '';

CREATE TABLE count_open (
	wh       TEXT COLLATE "C" NOT NULL,
	count_id TEXT COLLATE "C" NOT NULL,
	place    TEXT COLLATE "C" NOT NULL,
	operator TEXT COLLATE "C" NOT NULL,
	station  TEXT COLLATE "C" NOT NULL,
	open     BIGINT           NOT NULL,
	at       BIGINT           NOT NULL,
	stamp    BYTEA            NOT NULL,
	PRIMARY KEY (wh, count_id)
);
CREATE INDEX count_open_place ON count_open (wh, place) WHERE open = 1;
CREATE INDEX count_open_by ON count_open (wh, operator) WHERE open = 1;

CREATE TABLE count_book (
	wh       TEXT COLLATE "C" NOT NULL,
	count_id TEXT COLLATE "C" NOT NULL,
	item     TEXT COLLATE "C" NOT NULL,
	lot      TEXT COLLATE "C" NOT NULL,
	serial   TEXT COLLATE "C" NOT NULL,
	n        BIGINT           NOT NULL,
	PRIMARY KEY (wh, count_id, item, lot, serial)
);

CREATE TABLE count_scan (
	wh       TEXT COLLATE "C" NOT NULL,
	scan     TEXT COLLATE "C" NOT NULL,
	count_id TEXT COLLATE "C" NOT NULL,
	item     TEXT COLLATE "C" NOT NULL,
	lot      TEXT COLLATE "C" NOT NULL,
	serial   TEXT COLLATE "C" NOT NULL,
	n        BIGINT           NOT NULL,
	book     BIGINT           NOT NULL,
	code     TEXT COLLATE "C" NOT NULL,
	cases    BIGINT           NOT NULL,
	at       BIGINT           NOT NULL,
	PRIMARY KEY (wh, scan)
);
CREATE INDEX count_scan_of ON count_scan (wh, count_id);

CREATE TABLE count_done (
	wh       TEXT COLLATE "C" NOT NULL,
	count_id TEXT COLLATE "C" NOT NULL,
	place    TEXT COLLATE "C" NOT NULL,
	item     TEXT COLLATE "C" NOT NULL,
	batches  BIGINT           NOT NULL,
	sure     BIGINT           NOT NULL,
	at       BIGINT           NOT NULL,
	PRIMARY KEY (wh, count_id)
);
CREATE INDEX count_done_place ON count_done (wh, place, at);

-- Whole bins, by when they were counted.
CREATE INDEX count_done_whole ON count_done (wh, place, at) WHERE item = '';

CREATE TABLE count_task_done (
	wh       TEXT COLLATE "C" NOT NULL,
	task     TEXT COLLATE "C" NOT NULL,
	count_id TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (wh, task, count_id)
);
CREATE INDEX count_task_done_by ON count_task_done (wh, count_id);

CREATE TABLE count_line (
	wh       TEXT COLLATE "C" NOT NULL,
	count_id TEXT COLLATE "C" NOT NULL,
	item     TEXT COLLATE "C" NOT NULL,
	lot      TEXT COLLATE "C" NOT NULL,
	serial   TEXT COLLATE "C" NOT NULL,
	n        BIGINT           NOT NULL,
	low      BIGINT           NOT NULL,
	high     BIGINT           NOT NULL,
	PRIMARY KEY (wh, count_id, item, lot, serial)
);

CREATE TABLE count_code (
	wh       TEXT COLLATE "C" NOT NULL,
	count_id TEXT COLLATE "C" NOT NULL,
	code     TEXT COLLATE "C" NOT NULL,
	n        BIGINT           NOT NULL,
	PRIMARY KEY (wh, count_id, code)
);

CREATE TABLE variance (
	wh       TEXT COLLATE "C" NOT NULL,
	first    TEXT COLLATE "C" NOT NULL,
	count_id TEXT COLLATE "C" NOT NULL,
	place    TEXT COLLATE "C" NOT NULL,
	state    TEXT COLLATE "C" NOT NULL,
	findings TEXT COLLATE "C" NOT NULL,
	note     TEXT COLLATE "C" NOT NULL,
	operator TEXT COLLATE "C" NOT NULL,
	at       BIGINT           NOT NULL,
	stamp    BYTEA            NOT NULL,
	PRIMARY KEY (wh, first)
);

CREATE TABLE variance_approval (
	wh       TEXT COLLATE "C" NOT NULL,
	first    TEXT COLLATE "C" NOT NULL,
	operator TEXT COLLATE "C" NOT NULL,
	count_id TEXT COLLATE "C" NOT NULL,
	lines    TEXT COLLATE "C" NOT NULL,
	cause    TEXT COLLATE "C" NOT NULL,
	note     TEXT COLLATE "C" NOT NULL,
	at       BIGINT           NOT NULL,
	stamp    BYTEA            NOT NULL,
	PRIMARY KEY (wh, first, operator)
);

CREATE TABLE adjusted (
	wh    TEXT COLLATE "C" NOT NULL,
	about TEXT COLLATE "C" NOT NULL,
	lines TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (wh, about, lines)
);

CREATE TABLE adjustment (
	wh     TEXT COLLATE "C" NOT NULL,
	about  TEXT COLLATE "C" NOT NULL,
	lines  TEXT COLLATE "C" NOT NULL,
	place  TEXT COLLATE "C" NOT NULL,
	item   TEXT COLLATE "C" NOT NULL,
	lot    TEXT COLLATE "C" NOT NULL,
	serial TEXT COLLATE "C" NOT NULL,
	n      BIGINT           NOT NULL,
	PRIMARY KEY (wh, about, lines, place, item, lot, serial)
);

CREATE TABLE adjusted_by (
	wh       TEXT COLLATE "C" NOT NULL,
	about    TEXT COLLATE "C" NOT NULL,
	place    TEXT COLLATE "C" NOT NULL,
	cause    TEXT COLLATE "C" NOT NULL,
	note     TEXT COLLATE "C" NOT NULL,
	operator TEXT COLLATE "C" NOT NULL,
	second   TEXT COLLATE "C" NOT NULL,
	worth    BIGINT           NOT NULL,
	at       BIGINT           NOT NULL,
	stamp    BYTEA            NOT NULL,
	PRIMARY KEY (wh, about)
);
CREATE INDEX adjusted_by_at ON adjusted_by (wh, at);

-- Who picks where, for whoever wants to count there.
CREATE INDEX allocation_place ON allocation (wh, place) WHERE want > picked + short;

CREATE TABLE count_policy (
	wh      TEXT COLLATE "C" NOT NULL,
	class   TEXT COLLATE "C" NOT NULL,
	days    BIGINT           NOT NULL,
	pieces  BIGINT           NOT NULL,
	percent BIGINT           NOT NULL,
	worth   BIGINT           NOT NULL,
	two     BIGINT           NOT NULL,
	active  BIGINT           NOT NULL,
	stamp   BYTEA            NOT NULL,
	PRIMARY KEY (wh, class)
);

CREATE TABLE item_class (
	wh    TEXT COLLATE "C" NOT NULL,
	item  TEXT COLLATE "C" NOT NULL,
	class TEXT COLLATE "C" NOT NULL,
	at    BIGINT           NOT NULL,
	stamp BYTEA            NOT NULL,
	PRIMARY KEY (wh, item)
);
CREATE INDEX item_class_of ON item_class (wh, class, item);
CREATE INDEX count_task_disc ON count_task (wh, disc) WHERE disc <> '';
CREATE INDEX count_plan_at ON count_plan (wh, at);

-- The return or the like that a discrepancy is about, where it is of no slip.
ALTER TABLE discrepancy ADD COLUMN about TEXT COLLATE "C" NOT NULL DEFAULT '';

-- What somebody is warned of: goods that run low or expire, and who has seen it.
ALTER TABLE item ADD COLUMN safety BIGINT NOT NULL DEFAULT 0;
ALTER TABLE item ADD COLUMN reorder BIGINT NOT NULL DEFAULT 0;
CREATE INDEX item_low ON item (wh, item, safety, reorder) WHERE safety + reorder > 0;
CREATE INDEX item_stop ON item (wh, stop_days) WHERE stop_days > 0;
CREATE INDEX lot_expires ON lot (wh, expires) WHERE expires > 0;
CREATE INDEX place_off ON place (wh, place) WHERE kind NOT IN ('pick', 'storage') OR active = 0;
CREATE TABLE alert_seen (
	wh       TEXT COLLATE "C" NOT NULL,
	kind     TEXT COLLATE "C" NOT NULL,
	ref      TEXT COLLATE "C" NOT NULL,
	level    BIGINT           NOT NULL,
	n        BIGINT           NOT NULL,
	since    BIGINT           NOT NULL,
	until    BIGINT           NOT NULL,
	operator TEXT COLLATE "C" NOT NULL,
	at       BIGINT           NOT NULL,
	stamp    BYTEA            NOT NULL,
	PRIMARY KEY (wh, kind, ref)
);
CREATE INDEX alert_seen_until ON alert_seen (wh, until);

-- Reports of a time read what was ruled then, and of the log its part of that time.
CREATE INDEX variance_at ON variance (wh, at);
CREATE INDEX event_at ON event (wh, at);
