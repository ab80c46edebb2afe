-- The log: one chain of facts an author and epoch.
CREATE TABLE event (
	wh       TEXT    NOT NULL,
	author   TEXT    NOT NULL,
	epoch    INTEGER NOT NULL,
	seq      INTEGER NOT NULL,
	id       TEXT    NOT NULL,
	kind     TEXT    NOT NULL,
	ref      TEXT    NOT NULL, -- the slip, order or the like that it is about
	operator TEXT    NOT NULL,
	at       INTEGER NOT NULL, -- milliseconds UTC
	scan     TEXT,             -- null: no scan was answered
	rev      INTEGER,          -- null: the authority has not numbered it yet
	parked   INTEGER NOT NULL, -- 1: a kind that this program does not know
	bytes    BLOB    NOT NULL,
	hash     BLOB    NOT NULL,
	PRIMARY KEY (wh, author, epoch, seq),
	UNIQUE (wh, id),
	UNIQUE (wh, author, scan),
	UNIQUE (wh, rev)
) STRICT;
CREATE INDEX event_ref ON event (wh, ref, kind);

-- The folded tables: no check on quantities, no foreign key. Facts come in any
-- order, and what they say has already happened. Amounts of money are in
-- ten-thousandths, times in milliseconds UTC, dates yyyymmdd, lengths in
-- millimetres, weights in grams; 0 is none.

CREATE TABLE item (
	wh         TEXT    NOT NULL,
	item       TEXT    NOT NULL,
	name       TEXT    NOT NULL,
	short      TEXT    NOT NULL,
	spec       TEXT    NOT NULL,
	category   TEXT    NOT NULL,
	brand      TEXT    NOT NULL,
	supplier   TEXT    NOT NULL,
	unit       TEXT    NOT NULL,
	length     INTEGER NOT NULL,
	width      INTEGER NOT NULL,
	height     INTEGER NOT NULL,
	weight     INTEGER NOT NULL,
	weighed    INTEGER NOT NULL,
	cost       INTEGER NOT NULL,
	price      INTEGER NOT NULL,
	currency   TEXT    NOT NULL,
	fragile    INTEGER NOT NULL,
	valuable   INTEGER NOT NULL,
	lots       INTEGER NOT NULL,
	serials    INTEGER NOT NULL,
	expiries   INTEGER NOT NULL,
	shelf_days INTEGER NOT NULL,
	stop_days  INTEGER NOT NULL,
	multiple   INTEGER NOT NULL,
	active     INTEGER NOT NULL,
	stamp      BLOB    NOT NULL,
	PRIMARY KEY (wh, item)
) STRICT;

CREATE TABLE item_code (
	wh     TEXT    NOT NULL,
	code   TEXT    NOT NULL,
	item   TEXT    NOT NULL,
	qty    INTEGER NOT NULL,
	unit   TEXT    NOT NULL,
	active INTEGER NOT NULL,
	stamp  BLOB    NOT NULL,
	PRIMARY KEY (wh, code, item)
) STRICT;
CREATE INDEX item_code_item ON item_code (wh, item);

CREATE TABLE lot (
	wh      TEXT    NOT NULL,
	item    TEXT    NOT NULL,
	lot     TEXT    NOT NULL,
	made    INTEGER NOT NULL,
	expires INTEGER NOT NULL,
	stamp   BLOB    NOT NULL,
	PRIMARY KEY (wh, item, lot)
) STRICT;

CREATE TABLE place (
	wh       TEXT    NOT NULL,
	place    TEXT    NOT NULL,
	kind     TEXT    NOT NULL,
	zone     TEXT    NOT NULL,
	aisle    TEXT    NOT NULL,
	bay      TEXT    NOT NULL,
	level    TEXT    NOT NULL,
	walk     INTEGER NOT NULL,
	capacity INTEGER NOT NULL,
	mixing   TEXT    NOT NULL,
	active   INTEGER NOT NULL,
	stamp    BLOB    NOT NULL,
	PRIMARY KEY (wh, place)
) STRICT;

CREATE TABLE operator (
	wh       TEXT    NOT NULL,
	operator TEXT    NOT NULL,
	name     TEXT    NOT NULL,
	roles    TEXT    NOT NULL,
	lang     TEXT    NOT NULL,
	active   INTEGER NOT NULL,
	stamp    BLOB    NOT NULL,
	PRIMARY KEY (wh, operator)
) STRICT;

CREATE TABLE carton_type (
	wh         TEXT    NOT NULL,
	type       TEXT    NOT NULL,
	name       TEXT    NOT NULL,
	length     INTEGER NOT NULL,
	width      INTEGER NOT NULL,
	height     INTEGER NOT NULL,
	tare       INTEGER NOT NULL,
	weight_max INTEGER NOT NULL,
	active     INTEGER NOT NULL,
	stamp      BLOB    NOT NULL,
	PRIMARY KEY (wh, type)
) STRICT;

CREATE TABLE reason (
	wh     TEXT    NOT NULL,
	use    TEXT    NOT NULL,
	reason TEXT    NOT NULL,
	en     TEXT    NOT NULL,
	zh     TEXT    NOT NULL,
	liable TEXT    NOT NULL,
	active INTEGER NOT NULL,
	stamp  BLOB    NOT NULL,
	PRIMARY KEY (wh, use, reason)
) STRICT;

CREATE TABLE setting (
	wh    TEXT    NOT NULL,
	name  TEXT    NOT NULL,
	value TEXT    NOT NULL,
	stamp BLOB    NOT NULL,
	PRIMARY KEY (wh, name)
) STRICT;

CREATE TABLE rule (
	wh      TEXT    NOT NULL,
	channel TEXT    NOT NULL,
	rule    TEXT    NOT NULL,
	active  INTEGER NOT NULL,
	param   TEXT    NOT NULL,
	stamp   BLOB    NOT NULL,
	PRIMARY KEY (wh, channel, rule)
) STRICT;

CREATE TABLE taken_file (
	wh      TEXT    NOT NULL,
	hash    TEXT    NOT NULL,
	kind    TEXT    NOT NULL,
	name    TEXT    NOT NULL,
	entries INTEGER NOT NULL,
	PRIMARY KEY (wh, hash)
) STRICT;

CREATE TABLE sales_order (
	wh            TEXT    NOT NULL,
	order_id      TEXT    NOT NULL,
	channel       TEXT    NOT NULL,
	shop          TEXT    NOT NULL,
	platform_no   TEXT    NOT NULL,
	customer      TEXT    NOT NULL,
	recipient     TEXT    NOT NULL,
	buyer_remark  TEXT    NOT NULL,
	seller_remark TEXT    NOT NULL,
	currency      TEXT    NOT NULL,
	freight       INTEGER NOT NULL,
	discount      INTEGER NOT NULL,
	tax           INTEGER NOT NULL,
	pay_method    TEXT    NOT NULL,
	paid          INTEGER NOT NULL,
	cod           INTEGER NOT NULL,
	mode          TEXT    NOT NULL,
	service       TEXT    NOT NULL,
	freight_payer TEXT    NOT NULL,
	carrier       TEXT    NOT NULL,
	waybill       TEXT    NOT NULL,
	province      TEXT    NOT NULL,
	priority      INTEGER NOT NULL,
	placed        INTEGER NOT NULL,
	ship_by       INTEGER NOT NULL,
	content       TEXT    NOT NULL,
	PRIMARY KEY (wh, order_id)
) STRICT;
CREATE INDEX sales_order_platform ON sales_order (wh, platform_no, channel, shop);
CREATE INDEX sales_order_content ON sales_order (wh, content);

CREATE TABLE order_line (
	wh       TEXT    NOT NULL,
	order_id TEXT    NOT NULL,
	line     INTEGER NOT NULL,
	item     TEXT    NOT NULL,
	qty      INTEGER NOT NULL,
	price    INTEGER NOT NULL,
	discount INTEGER NOT NULL,
	paid     INTEGER NOT NULL,
	tax      INTEGER NOT NULL,
	parent   INTEGER NOT NULL,
	gift     INTEGER NOT NULL,
	PRIMARY KEY (wh, order_id, line)
) STRICT;

CREATE TABLE order_state (
	wh       TEXT    NOT NULL,
	order_id TEXT    NOT NULL,
	state    TEXT    NOT NULL,
	reasons  TEXT    NOT NULL,
	note     TEXT    NOT NULL,
	operator TEXT    NOT NULL,
	at       INTEGER NOT NULL,
	stamp    BLOB    NOT NULL,
	PRIMARY KEY (wh, order_id)
) STRICT;
CREATE INDEX order_state_state ON order_state (wh, state);

CREATE TABLE reservation (
	wh       TEXT    NOT NULL,
	item     TEXT    NOT NULL,
	order_id TEXT    NOT NULL,
	line     INTEGER NOT NULL,
	want     INTEGER NOT NULL,
	used     INTEGER NOT NULL,
	short    INTEGER NOT NULL,
	PRIMARY KEY (wh, item, order_id, line)
) STRICT;
CREATE INDEX reservation_open ON reservation (wh, item) WHERE want > used + short;

CREATE TABLE slip (
	wh       TEXT    NOT NULL,
	slip     TEXT    NOT NULL,
	carrier  TEXT    NOT NULL,
	mode     TEXT    NOT NULL,
	service  TEXT    NOT NULL,
	priority INTEGER NOT NULL,
	ship_by  INTEGER NOT NULL,
	released INTEGER NOT NULL,
	PRIMARY KEY (wh, slip)
) STRICT;

CREATE TABLE slip_line (
	wh   TEXT    NOT NULL,
	slip TEXT    NOT NULL,
	line INTEGER NOT NULL,
	item TEXT    NOT NULL,
	qty  INTEGER NOT NULL,
	PRIMARY KEY (wh, slip, line)
) STRICT;
CREATE INDEX slip_line_item ON slip_line (wh, slip, item);

CREATE TABLE slip_source (
	wh         TEXT    NOT NULL,
	slip       TEXT    NOT NULL,
	line       INTEGER NOT NULL,
	order_id   TEXT    NOT NULL,
	order_line INTEGER NOT NULL,
	qty        INTEGER NOT NULL,
	PRIMARY KEY (wh, slip, line, order_id, order_line)
) STRICT;
CREATE INDEX slip_source_order ON slip_source (wh, order_id, order_line);

CREATE TABLE task (
	wh    TEXT    NOT NULL,
	task  TEXT    NOT NULL,
	slip  TEXT    NOT NULL,
	line  INTEGER NOT NULL,
	place TEXT    NOT NULL,
	item  TEXT    NOT NULL,
	lot   TEXT    NOT NULL,
	want  INTEGER NOT NULL,
	PRIMARY KEY (wh, task)
) STRICT;
CREATE INDEX task_slip ON task (wh, slip);

CREATE TABLE allocation (
	wh     TEXT    NOT NULL,
	item   TEXT    NOT NULL,
	place  TEXT    NOT NULL,
	lot    TEXT    NOT NULL,
	task   TEXT    NOT NULL,
	want   INTEGER NOT NULL,
	picked INTEGER NOT NULL,
	short  INTEGER NOT NULL,
	PRIMARY KEY (wh, item, place, lot, task)
) STRICT;
CREATE INDEX allocation_open ON allocation (wh, item) WHERE want > picked + short;
CREATE INDEX allocation_task ON allocation (wh, task) WHERE want > picked + short;

CREATE TABLE line_sum (
	wh      TEXT    NOT NULL,
	slip    TEXT    NOT NULL,
	line    INTEGER NOT NULL,
	want    INTEGER NOT NULL,
	picked  INTEGER NOT NULL,
	short   INTEGER NOT NULL,
	packed  INTEGER NOT NULL,
	shipped INTEGER NOT NULL,
	PRIMARY KEY (wh, slip, line)
) STRICT;
CREATE INDEX line_sum_to_pick ON line_sum (wh, slip) WHERE want > picked + short;
CREATE INDEX line_sum_to_pack ON line_sum (wh, slip) WHERE picked > packed;

CREATE TABLE skip (
	wh    TEXT    NOT NULL,
	task  TEXT    NOT NULL,
	n     INTEGER NOT NULL,
	stamp BLOB    NOT NULL,
	PRIMARY KEY (wh, task)
) STRICT;

CREATE TABLE lease (
	wh       TEXT    NOT NULL,
	slip     TEXT    NOT NULL,
	operator TEXT    NOT NULL,
	station  TEXT    NOT NULL,
	token    INTEGER NOT NULL,
	held     INTEGER NOT NULL,
	at       INTEGER NOT NULL,
	stamp    BLOB    NOT NULL,
	PRIMARY KEY (wh, slip)
) STRICT;
CREATE INDEX lease_held ON lease (wh, operator) WHERE held = 1;

CREATE TABLE work (
	wh    TEXT    NOT NULL,
	slip  TEXT    NOT NULL,
	task  TEXT    NOT NULL,
	place TEXT    NOT NULL,
	at    INTEGER NOT NULL,
	stamp BLOB    NOT NULL,
	PRIMARY KEY (wh, slip)
) STRICT;

CREATE TABLE slip_tote (
	wh    TEXT    NOT NULL,
	slip  TEXT    NOT NULL,
	tote  TEXT    NOT NULL,
	bound INTEGER NOT NULL,
	stamp BLOB    NOT NULL,
	PRIMARY KEY (wh, slip, tote)
) STRICT;
CREATE INDEX slip_tote_tote ON slip_tote (wh, tote);

CREATE TABLE carton (
	wh     TEXT    NOT NULL,
	carton TEXT    NOT NULL,
	slip   TEXT    NOT NULL,
	type   TEXT    NOT NULL,
	n      INTEGER NOT NULL,
	opened INTEGER NOT NULL,
	PRIMARY KEY (wh, carton)
) STRICT;
CREATE INDEX carton_slip ON carton (wh, slip);

CREATE TABLE carton_state (
	wh       TEXT    NOT NULL,
	carton   TEXT    NOT NULL,
	step     INTEGER NOT NULL,
	round    INTEGER NOT NULL,
	operator TEXT    NOT NULL,
	at       INTEGER NOT NULL,
	stamp    BLOB    NOT NULL,
	PRIMARY KEY (wh, carton)
) STRICT;
CREATE INDEX carton_state_step ON carton_state (wh, step);

CREATE TABLE waybill (
	wh      TEXT    NOT NULL,
	waybill TEXT    NOT NULL,
	slip    TEXT    NOT NULL,
	carrier TEXT    NOT NULL,
	carton  TEXT    NOT NULL,
	state   TEXT    NOT NULL,
	stamp   BLOB    NOT NULL,
	PRIMARY KEY (wh, waybill, slip)
) STRICT;
CREATE INDEX waybill_slip ON waybill (wh, slip);

CREATE TABLE stock (
	wh     TEXT    NOT NULL,
	place  TEXT    NOT NULL,
	item   TEXT    NOT NULL,
	lot    TEXT    NOT NULL,
	serial TEXT    NOT NULL,
	n      INTEGER NOT NULL,
	PRIMARY KEY (wh, place, item, lot, serial)
) STRICT;
CREATE INDEX stock_item ON stock (wh, item, place, lot);
CREATE INDEX stock_serial ON stock (wh, item, serial) WHERE serial <> '';

CREATE TABLE reversed (
	wh    TEXT    NOT NULL,
	event TEXT    NOT NULL,
	PRIMARY KEY (wh, event)
) STRICT;

CREATE TABLE discrepancy (
	wh       TEXT    NOT NULL,
	disc     TEXT    NOT NULL,
	kind     TEXT    NOT NULL,
	slip     TEXT    NOT NULL,
	task     TEXT    NOT NULL,
	place    TEXT    NOT NULL,
	item     TEXT    NOT NULL,
	lot      TEXT    NOT NULL,
	n        INTEGER NOT NULL,
	reason   TEXT    NOT NULL,
	note     TEXT    NOT NULL,
	operator TEXT    NOT NULL,
	at       INTEGER NOT NULL,
	PRIMARY KEY (wh, disc)
) STRICT;

-- The local tables: this station's own, outside log, digest and refold.
CREATE TABLE identity (
	wh        TEXT    NOT NULL PRIMARY KEY,
	author    TEXT    NOT NULL,
	prefix    TEXT    NOT NULL,
	epoch     INTEGER NOT NULL,
	zone      TEXT    NOT NULL,
	authority INTEGER NOT NULL
) STRICT;

CREATE TABLE pin (
	wh       TEXT    NOT NULL,
	operator TEXT    NOT NULL,
	salt     BLOB    NOT NULL,
	verifier BLOB    NOT NULL,
	failures INTEGER NOT NULL,
	until    INTEGER NOT NULL,
	PRIMARY KEY (wh, operator)
) STRICT;

-- People, beside the facts: they can be erased, and no hash covers them.
CREATE TABLE recipient (
	wh        TEXT NOT NULL,
	recipient TEXT NOT NULL,
	name      TEXT NOT NULL,
	phone     TEXT NOT NULL,
	address   TEXT NOT NULL,
	city      TEXT NOT NULL,
	postcode  TEXT NOT NULL,
	country   TEXT NOT NULL,
	token     TEXT NOT NULL,
	PRIMARY KEY (wh, recipient)
) STRICT;
