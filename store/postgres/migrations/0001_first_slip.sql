-- The log: one chain of facts an author and epoch.
CREATE TABLE event (
	wh       TEXT COLLATE "C"    NOT NULL,
	author   TEXT COLLATE "C"    NOT NULL,
	epoch    BIGINT  NOT NULL,
	seq      BIGINT  NOT NULL,
	id       TEXT COLLATE "C"    NOT NULL,
	kind     TEXT COLLATE "C"    NOT NULL,
	ref      TEXT COLLATE "C"    NOT NULL, -- the slip, order or the like that it is about
	operator TEXT COLLATE "C"    NOT NULL,
	at       BIGINT  NOT NULL, -- milliseconds UTC
	scan     TEXT COLLATE "C",             -- null: no scan was answered
	rev      BIGINT ,          -- null: the authority has not numbered it yet
	parked   BIGINT  NOT NULL, -- 1: a kind that this program does not know
	bytes    BYTEA   NOT NULL,
	hash     BYTEA   NOT NULL,
	PRIMARY KEY (wh, author, epoch, seq),
	UNIQUE (wh, id),
	UNIQUE (wh, author, scan),
	UNIQUE (wh, rev)
);
CREATE INDEX event_ref ON event (wh, ref, kind);

-- The folded tables: no check on quantities, no foreign key. Facts come in any
-- order, and what they say has already happened. Amounts of money are in
-- ten-thousandths, times in milliseconds UTC, dates yyyymmdd, lengths in
-- millimetres, weights in grams; 0 is none.

CREATE TABLE item (
	wh         TEXT COLLATE "C"    NOT NULL,
	item       TEXT COLLATE "C"    NOT NULL,
	name       TEXT COLLATE "C"    NOT NULL,
	short      TEXT COLLATE "C"    NOT NULL,
	spec       TEXT COLLATE "C"    NOT NULL,
	category   TEXT COLLATE "C"    NOT NULL,
	brand      TEXT COLLATE "C"    NOT NULL,
	supplier   TEXT COLLATE "C"    NOT NULL,
	unit       TEXT COLLATE "C"    NOT NULL,
	length     BIGINT  NOT NULL,
	width      BIGINT  NOT NULL,
	height     BIGINT  NOT NULL,
	weight     BIGINT  NOT NULL,
	weighed    BIGINT  NOT NULL,
	cost       BIGINT  NOT NULL,
	price      BIGINT  NOT NULL,
	currency   TEXT COLLATE "C"    NOT NULL,
	fragile    BIGINT  NOT NULL,
	valuable   BIGINT  NOT NULL,
	lots       BIGINT  NOT NULL,
	serials    BIGINT  NOT NULL,
	expiries   BIGINT  NOT NULL,
	shelf_days BIGINT  NOT NULL,
	stop_days  BIGINT  NOT NULL,
	multiple   BIGINT  NOT NULL,
	active     BIGINT  NOT NULL,
	stamp      BYTEA   NOT NULL,
	PRIMARY KEY (wh, item)
);

CREATE TABLE item_code (
	wh     TEXT COLLATE "C"    NOT NULL,
	code   TEXT COLLATE "C"    NOT NULL,
	item   TEXT COLLATE "C"    NOT NULL,
	qty    BIGINT  NOT NULL,
	unit   TEXT COLLATE "C"    NOT NULL,
	active BIGINT  NOT NULL,
	stamp  BYTEA   NOT NULL,
	PRIMARY KEY (wh, code, item)
);
CREATE INDEX item_code_item ON item_code (wh, item);

CREATE TABLE lot (
	wh      TEXT COLLATE "C"    NOT NULL,
	item    TEXT COLLATE "C"    NOT NULL,
	lot     TEXT COLLATE "C"    NOT NULL,
	made    BIGINT  NOT NULL,
	expires BIGINT  NOT NULL,
	stamp   BYTEA   NOT NULL,
	PRIMARY KEY (wh, item, lot)
);

CREATE TABLE place (
	wh       TEXT COLLATE "C"    NOT NULL,
	place    TEXT COLLATE "C"    NOT NULL,
	kind     TEXT COLLATE "C"    NOT NULL,
	zone     TEXT COLLATE "C"    NOT NULL,
	aisle    TEXT COLLATE "C"    NOT NULL,
	bay      TEXT COLLATE "C"    NOT NULL,
	level    TEXT COLLATE "C"    NOT NULL,
	walk     BIGINT  NOT NULL,
	capacity BIGINT  NOT NULL,
	mixing   TEXT COLLATE "C"    NOT NULL,
	active   BIGINT  NOT NULL,
	stamp    BYTEA   NOT NULL,
	PRIMARY KEY (wh, place)
);

CREATE TABLE operator (
	wh       TEXT COLLATE "C"    NOT NULL,
	operator TEXT COLLATE "C"    NOT NULL,
	name     TEXT COLLATE "C"    NOT NULL,
	roles    TEXT COLLATE "C"    NOT NULL,
	lang     TEXT COLLATE "C"    NOT NULL,
	active   BIGINT  NOT NULL,
	stamp    BYTEA   NOT NULL,
	PRIMARY KEY (wh, operator)
);

CREATE TABLE carton_type (
	wh         TEXT COLLATE "C"    NOT NULL,
	type       TEXT COLLATE "C"    NOT NULL,
	name       TEXT COLLATE "C"    NOT NULL,
	length     BIGINT  NOT NULL,
	width      BIGINT  NOT NULL,
	height     BIGINT  NOT NULL,
	tare       BIGINT  NOT NULL,
	weight_max BIGINT  NOT NULL,
	active     BIGINT  NOT NULL,
	stamp      BYTEA   NOT NULL,
	PRIMARY KEY (wh, type)
);

CREATE TABLE reason (
	wh     TEXT COLLATE "C"    NOT NULL,
	use    TEXT COLLATE "C"    NOT NULL,
	reason TEXT COLLATE "C"    NOT NULL,
	en     TEXT COLLATE "C"    NOT NULL,
	zh     TEXT COLLATE "C"    NOT NULL,
	liable TEXT COLLATE "C"    NOT NULL,
	active BIGINT  NOT NULL,
	stamp  BYTEA   NOT NULL,
	PRIMARY KEY (wh, use, reason)
);

CREATE TABLE setting (
	wh    TEXT COLLATE "C"    NOT NULL,
	name  TEXT COLLATE "C"    NOT NULL,
	value TEXT COLLATE "C"    NOT NULL,
	stamp BYTEA   NOT NULL,
	PRIMARY KEY (wh, name)
);

CREATE TABLE rule (
	wh      TEXT COLLATE "C"    NOT NULL,
	channel TEXT COLLATE "C"    NOT NULL,
	rule    TEXT COLLATE "C"    NOT NULL,
	active  BIGINT  NOT NULL,
	param   TEXT COLLATE "C"    NOT NULL,
	stamp   BYTEA   NOT NULL,
	PRIMARY KEY (wh, channel, rule)
);

CREATE TABLE taken_file (
	wh      TEXT COLLATE "C"    NOT NULL,
	hash    TEXT COLLATE "C"    NOT NULL,
	kind    TEXT COLLATE "C"    NOT NULL,
	name    TEXT COLLATE "C"    NOT NULL,
	entries BIGINT  NOT NULL,
	PRIMARY KEY (wh, hash)
);

CREATE TABLE sales_order (
	wh            TEXT COLLATE "C"    NOT NULL,
	order_id      TEXT COLLATE "C"    NOT NULL,
	channel       TEXT COLLATE "C"    NOT NULL,
	shop          TEXT COLLATE "C"    NOT NULL,
	platform_no   TEXT COLLATE "C"    NOT NULL,
	customer      TEXT COLLATE "C"    NOT NULL,
	recipient     TEXT COLLATE "C"    NOT NULL,
	buyer_remark  TEXT COLLATE "C"    NOT NULL,
	seller_remark TEXT COLLATE "C"    NOT NULL,
	currency      TEXT COLLATE "C"    NOT NULL,
	freight       BIGINT  NOT NULL,
	discount      BIGINT  NOT NULL,
	tax           BIGINT  NOT NULL,
	pay_method    TEXT COLLATE "C"    NOT NULL,
	paid          BIGINT  NOT NULL,
	cod           BIGINT  NOT NULL,
	mode          TEXT COLLATE "C"    NOT NULL,
	service       TEXT COLLATE "C"    NOT NULL,
	freight_payer TEXT COLLATE "C"    NOT NULL,
	carrier       TEXT COLLATE "C"    NOT NULL,
	waybill       TEXT COLLATE "C"    NOT NULL,
	province      TEXT COLLATE "C"    NOT NULL,
	priority      BIGINT  NOT NULL,
	placed        BIGINT  NOT NULL,
	ship_by       BIGINT  NOT NULL,
	content       TEXT COLLATE "C"    NOT NULL,
	PRIMARY KEY (wh, order_id)
);
CREATE INDEX sales_order_platform ON sales_order (wh, platform_no, channel, shop);
CREATE INDEX sales_order_content ON sales_order (wh, content);

CREATE TABLE order_line (
	wh       TEXT COLLATE "C"    NOT NULL,
	order_id TEXT COLLATE "C"    NOT NULL,
	line     BIGINT  NOT NULL,
	item     TEXT COLLATE "C"    NOT NULL,
	qty      BIGINT  NOT NULL,
	price    BIGINT  NOT NULL,
	discount BIGINT  NOT NULL,
	paid     BIGINT  NOT NULL,
	tax      BIGINT  NOT NULL,
	parent   BIGINT  NOT NULL,
	gift     BIGINT  NOT NULL,
	PRIMARY KEY (wh, order_id, line)
);

CREATE TABLE order_state (
	wh       TEXT COLLATE "C"    NOT NULL,
	order_id TEXT COLLATE "C"    NOT NULL,
	state    TEXT COLLATE "C"    NOT NULL,
	reasons  TEXT COLLATE "C"    NOT NULL,
	note     TEXT COLLATE "C"    NOT NULL,
	operator TEXT COLLATE "C"    NOT NULL,
	at       BIGINT  NOT NULL,
	stamp    BYTEA   NOT NULL,
	PRIMARY KEY (wh, order_id)
);
CREATE INDEX order_state_state ON order_state (wh, state);

CREATE TABLE reservation (
	wh       TEXT COLLATE "C"    NOT NULL,
	item     TEXT COLLATE "C"    NOT NULL,
	order_id TEXT COLLATE "C"    NOT NULL,
	line     BIGINT  NOT NULL,
	want     BIGINT  NOT NULL,
	used     BIGINT  NOT NULL,
	short    BIGINT  NOT NULL,
	PRIMARY KEY (wh, item, order_id, line)
);
CREATE INDEX reservation_open ON reservation (wh, item) WHERE want > used + short;

CREATE TABLE slip (
	wh       TEXT COLLATE "C"    NOT NULL,
	slip     TEXT COLLATE "C"    NOT NULL,
	carrier  TEXT COLLATE "C"    NOT NULL,
	mode     TEXT COLLATE "C"    NOT NULL,
	service  TEXT COLLATE "C"    NOT NULL,
	priority BIGINT  NOT NULL,
	ship_by  BIGINT  NOT NULL,
	released BIGINT  NOT NULL,
	PRIMARY KEY (wh, slip)
);

CREATE TABLE slip_line (
	wh   TEXT COLLATE "C"    NOT NULL,
	slip TEXT COLLATE "C"    NOT NULL,
	line BIGINT  NOT NULL,
	item TEXT COLLATE "C"    NOT NULL,
	qty  BIGINT  NOT NULL,
	PRIMARY KEY (wh, slip, line)
);
CREATE INDEX slip_line_item ON slip_line (wh, slip, item);

CREATE TABLE slip_source (
	wh         TEXT COLLATE "C"    NOT NULL,
	slip       TEXT COLLATE "C"    NOT NULL,
	line       BIGINT  NOT NULL,
	order_id   TEXT COLLATE "C"    NOT NULL,
	order_line BIGINT  NOT NULL,
	qty        BIGINT  NOT NULL,
	PRIMARY KEY (wh, slip, line, order_id, order_line)
);
CREATE INDEX slip_source_order ON slip_source (wh, order_id, order_line);

CREATE TABLE task (
	wh    TEXT COLLATE "C"    NOT NULL,
	task  TEXT COLLATE "C"    NOT NULL,
	slip  TEXT COLLATE "C"    NOT NULL,
	line  BIGINT  NOT NULL,
	place TEXT COLLATE "C"    NOT NULL,
	item  TEXT COLLATE "C"    NOT NULL,
	lot   TEXT COLLATE "C"    NOT NULL,
	want  BIGINT  NOT NULL,
	PRIMARY KEY (wh, task)
);
CREATE INDEX task_slip ON task (wh, slip);

CREATE TABLE allocation (
	wh     TEXT COLLATE "C"    NOT NULL,
	item   TEXT COLLATE "C"    NOT NULL,
	place  TEXT COLLATE "C"    NOT NULL,
	lot    TEXT COLLATE "C"    NOT NULL,
	task   TEXT COLLATE "C"    NOT NULL,
	want   BIGINT  NOT NULL,
	picked BIGINT  NOT NULL,
	short  BIGINT  NOT NULL,
	PRIMARY KEY (wh, item, place, lot, task)
);
CREATE INDEX allocation_open ON allocation (wh, item) WHERE want > picked + short;
CREATE INDEX allocation_task ON allocation (wh, task) WHERE want > picked + short;

CREATE TABLE line_sum (
	wh      TEXT COLLATE "C"    NOT NULL,
	slip    TEXT COLLATE "C"    NOT NULL,
	line    BIGINT  NOT NULL,
	want    BIGINT  NOT NULL,
	picked  BIGINT  NOT NULL,
	short   BIGINT  NOT NULL,
	packed  BIGINT  NOT NULL,
	shipped BIGINT  NOT NULL,
	PRIMARY KEY (wh, slip, line)
);
CREATE INDEX line_sum_to_pick ON line_sum (wh, slip) WHERE want > picked + short;
CREATE INDEX line_sum_to_pack ON line_sum (wh, slip) WHERE picked > packed;

CREATE TABLE skip (
	wh    TEXT COLLATE "C"    NOT NULL,
	task  TEXT COLLATE "C"    NOT NULL,
	n     BIGINT  NOT NULL,
	stamp BYTEA   NOT NULL,
	PRIMARY KEY (wh, task)
);

CREATE TABLE lease (
	wh       TEXT COLLATE "C"    NOT NULL,
	slip     TEXT COLLATE "C"    NOT NULL,
	operator TEXT COLLATE "C"    NOT NULL,
	station  TEXT COLLATE "C"    NOT NULL,
	token    BIGINT  NOT NULL,
	held     BIGINT  NOT NULL,
	at       BIGINT  NOT NULL,
	stamp    BYTEA   NOT NULL,
	PRIMARY KEY (wh, slip)
);
CREATE INDEX lease_held ON lease (wh, operator) WHERE held = 1;

CREATE TABLE work (
	wh    TEXT COLLATE "C"    NOT NULL,
	slip  TEXT COLLATE "C"    NOT NULL,
	task  TEXT COLLATE "C"    NOT NULL,
	place TEXT COLLATE "C"    NOT NULL,
	at    BIGINT  NOT NULL,
	stamp BYTEA   NOT NULL,
	PRIMARY KEY (wh, slip)
);

CREATE TABLE slip_tote (
	wh    TEXT COLLATE "C"    NOT NULL,
	slip  TEXT COLLATE "C"    NOT NULL,
	tote  TEXT COLLATE "C"    NOT NULL,
	bound BIGINT  NOT NULL,
	stamp BYTEA   NOT NULL,
	PRIMARY KEY (wh, slip, tote)
);
CREATE INDEX slip_tote_tote ON slip_tote (wh, tote);

CREATE TABLE carton (
	wh     TEXT COLLATE "C"    NOT NULL,
	carton TEXT COLLATE "C"    NOT NULL,
	slip   TEXT COLLATE "C"    NOT NULL,
	type   TEXT COLLATE "C"    NOT NULL,
	n      BIGINT  NOT NULL,
	opened BIGINT  NOT NULL,
	PRIMARY KEY (wh, carton)
);
CREATE INDEX carton_slip ON carton (wh, slip);

CREATE TABLE carton_state (
	wh       TEXT COLLATE "C"    NOT NULL,
	carton   TEXT COLLATE "C"    NOT NULL,
	step     BIGINT  NOT NULL,
	round    BIGINT  NOT NULL,
	operator TEXT COLLATE "C"    NOT NULL,
	at       BIGINT  NOT NULL,
	stamp    BYTEA   NOT NULL,
	PRIMARY KEY (wh, carton)
);
CREATE INDEX carton_state_step ON carton_state (wh, step);

CREATE TABLE waybill (
	wh      TEXT COLLATE "C"    NOT NULL,
	waybill TEXT COLLATE "C"    NOT NULL,
	slip    TEXT COLLATE "C"    NOT NULL,
	carrier TEXT COLLATE "C"    NOT NULL,
	carton  TEXT COLLATE "C"    NOT NULL,
	state   TEXT COLLATE "C"    NOT NULL,
	stamp   BYTEA   NOT NULL,
	PRIMARY KEY (wh, waybill, slip)
);
CREATE INDEX waybill_slip ON waybill (wh, slip);

CREATE TABLE stock (
	wh     TEXT COLLATE "C"    NOT NULL,
	place  TEXT COLLATE "C"    NOT NULL,
	item   TEXT COLLATE "C"    NOT NULL,
	lot    TEXT COLLATE "C"    NOT NULL,
	serial TEXT COLLATE "C"    NOT NULL,
	n      BIGINT  NOT NULL,
	PRIMARY KEY (wh, place, item, lot, serial)
);
CREATE INDEX stock_item ON stock (wh, item, place, lot);
CREATE INDEX stock_serial ON stock (wh, item, serial) WHERE serial <> '';

CREATE TABLE reversed (
	wh    TEXT COLLATE "C"    NOT NULL,
	event TEXT COLLATE "C"    NOT NULL,
	PRIMARY KEY (wh, event)
);

CREATE TABLE discrepancy (
	wh       TEXT COLLATE "C"    NOT NULL,
	disc     TEXT COLLATE "C"    NOT NULL,
	kind     TEXT COLLATE "C"    NOT NULL,
	slip     TEXT COLLATE "C"    NOT NULL,
	task     TEXT COLLATE "C"    NOT NULL,
	place    TEXT COLLATE "C"    NOT NULL,
	item     TEXT COLLATE "C"    NOT NULL,
	lot      TEXT COLLATE "C"    NOT NULL,
	n        BIGINT  NOT NULL,
	reason   TEXT COLLATE "C"    NOT NULL,
	note     TEXT COLLATE "C"    NOT NULL,
	operator TEXT COLLATE "C"    NOT NULL,
	at       BIGINT  NOT NULL,
	PRIMARY KEY (wh, disc)
);

-- The local tables: this station's own, outside log, digest and refold.
CREATE TABLE identity (
	wh        TEXT COLLATE "C"    NOT NULL PRIMARY KEY,
	author    TEXT COLLATE "C"    NOT NULL,
	prefix    TEXT COLLATE "C"    NOT NULL,
	epoch     BIGINT  NOT NULL,
	zone      TEXT COLLATE "C"    NOT NULL,
	authority BIGINT  NOT NULL
);

CREATE TABLE pin (
	wh       TEXT COLLATE "C"    NOT NULL,
	operator TEXT COLLATE "C"    NOT NULL,
	salt     BYTEA   NOT NULL,
	verifier BYTEA   NOT NULL,
	failures BIGINT  NOT NULL,
	until    BIGINT  NOT NULL,
	PRIMARY KEY (wh, operator)
);

-- People, beside the facts: they can be erased, and no hash covers them.
CREATE TABLE recipient (
	wh        TEXT COLLATE "C" NOT NULL,
	recipient TEXT COLLATE "C" NOT NULL,
	name      TEXT COLLATE "C" NOT NULL,
	phone     TEXT COLLATE "C" NOT NULL,
	address   TEXT COLLATE "C" NOT NULL,
	city      TEXT COLLATE "C" NOT NULL,
	postcode  TEXT COLLATE "C" NOT NULL,
	country   TEXT COLLATE "C" NOT NULL,
	token     TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (wh, recipient)
);
