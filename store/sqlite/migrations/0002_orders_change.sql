-- Orders change after they came in: amended, cancelled in part, paid, asked about,
-- split and merged; slips are withdrawn, and walked in the shortest order.

-- How the log was folded last. Folded tables that are made anew below are empty
-- until the store folds its log into them.
ALTER TABLE identity ADD COLUMN fold INTEGER NOT NULL DEFAULT 0;

DROP TABLE sales_order;
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
	stamp         BLOB    NOT NULL,
	PRIMARY KEY (wh, order_id)
) STRICT;
CREATE INDEX sales_order_platform ON sales_order (wh, platform_no, channel, shop);
CREATE INDEX sales_order_content ON sales_order (wh, content, placed);
CREATE INDEX sales_order_customer ON sales_order (wh, customer);
CREATE INDEX sales_order_recipient ON sales_order (wh, recipient);

DROP TABLE order_line;
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
	stamp    BLOB    NOT NULL,
	PRIMARY KEY (wh, order_id, line)
) STRICT;

-- What customers no longer want of a line: withdrawn, or refunded upstream.
CREATE TABLE order_cut (
	wh        TEXT    NOT NULL,
	order_id  TEXT    NOT NULL,
	line      INTEGER NOT NULL,
	cancelled INTEGER NOT NULL,
	refunded  INTEGER NOT NULL,
	PRIMARY KEY (wh, order_id, line)
) STRICT;

CREATE TABLE payment (
	wh       TEXT    NOT NULL,
	order_id TEXT    NOT NULL,
	payment  TEXT    NOT NULL,
	kind     TEXT    NOT NULL,
	amount   INTEGER NOT NULL,
	method   TEXT    NOT NULL,
	operator TEXT    NOT NULL,
	at       INTEGER NOT NULL,
	PRIMARY KEY (wh, order_id, payment)
) STRICT;

CREATE TABLE order_question (
	wh          TEXT    NOT NULL,
	order_id    TEXT    NOT NULL,
	n           INTEGER NOT NULL,
	question    TEXT    NOT NULL,
	asked_by    TEXT    NOT NULL,
	asked_at    INTEGER NOT NULL,
	answer      TEXT    NOT NULL,
	answered_by TEXT    NOT NULL,
	answered_at INTEGER NOT NULL,
	stamp       BLOB    NOT NULL,
	PRIMARY KEY (wh, order_id, n)
) STRICT;

CREATE TABLE order_change (
	wh       TEXT    NOT NULL,
	order_id TEXT    NOT NULL,
	change   INTEGER NOT NULL,
	body     TEXT    NOT NULL, -- the order as it was and is to be, as JSON
	source   TEXT    NOT NULL,
	operator TEXT    NOT NULL,
	at       INTEGER NOT NULL,
	PRIMARY KEY (wh, order_id, change)
) STRICT;

CREATE TABLE order_change_state (
	wh       TEXT    NOT NULL,
	order_id TEXT    NOT NULL,
	change   INTEGER NOT NULL,
	state    TEXT    NOT NULL,
	reason   TEXT    NOT NULL,
	operator TEXT    NOT NULL,
	at       INTEGER NOT NULL,
	stamp    BLOB    NOT NULL,
	PRIMARY KEY (wh, order_id, change)
) STRICT;
CREATE INDEX order_change_state_open ON order_change_state (wh, state);

DROP TABLE reservation;
CREATE TABLE reservation (
	wh       TEXT    NOT NULL,
	item     TEXT    NOT NULL,
	order_id TEXT    NOT NULL,
	line     INTEGER NOT NULL,
	need     INTEGER NOT NULL, -- confirmed, and to be reserved
	want     INTEGER NOT NULL, -- reserved
	tasked   INTEGER NOT NULL, -- of it, handed to the floor in slips
	used     INTEGER NOT NULL, -- picked
	short    INTEGER NOT NULL, -- not found: to be reserved again
	PRIMARY KEY (wh, item, order_id, line)
) STRICT;
CREATE INDEX reservation_open ON reservation (wh, item) WHERE want > used + short;
CREATE INDEX reservation_owed ON reservation (wh, order_id, line) WHERE need > want - short;
CREATE INDEX reservation_free ON reservation (wh, order_id, line) WHERE want > tasked;
CREATE INDEX reservation_cut ON reservation (wh, order_id, line)
	WHERE tasked > need + short AND tasked > used + short;

DROP TABLE slip;
CREATE TABLE slip (
	wh       TEXT    NOT NULL,
	slip     TEXT    NOT NULL,
	carrier  TEXT    NOT NULL,
	mode     TEXT    NOT NULL,
	service  TEXT    NOT NULL,
	priority INTEGER NOT NULL,
	ship_by  INTEGER NOT NULL,
	released INTEGER NOT NULL,
	walk     INTEGER NOT NULL, -- the length of the walk in millimetres; 0 is not known
	plain    INTEGER NOT NULL, -- what it would be in the order of the bins' codes
	PRIMARY KEY (wh, slip)
) STRICT;

CREATE TABLE slip_state (
	wh    TEXT    NOT NULL,
	slip  TEXT    NOT NULL,
	state TEXT    NOT NULL,
	at    INTEGER NOT NULL,
	stamp BLOB    NOT NULL,
	PRIMARY KEY (wh, slip)
) STRICT;

DROP TABLE task;
CREATE TABLE task (
	wh    TEXT    NOT NULL,
	task  TEXT    NOT NULL,
	slip  TEXT    NOT NULL,
	line  INTEGER NOT NULL,
	place TEXT    NOT NULL,
	item  TEXT    NOT NULL,
	lot   TEXT    NOT NULL,
	want  INTEGER NOT NULL,
	walk  INTEGER NOT NULL, -- its turn on the slip's walk; 0 is by the place's
	PRIMARY KEY (wh, task)
) STRICT;
CREATE INDEX task_slip ON task (wh, slip);

-- Where the aisles of a zone are, as a picker walks them.
CREATE TABLE layout (
	wh      TEXT    NOT NULL,
	zone    TEXT    NOT NULL,
	aisles  TEXT    NOT NULL, -- their codes in order, with blanks between
	pitch   INTEGER NOT NULL, -- from aisle to aisle
	bay     INTEGER NOT NULL, -- the length of one
	bays    INTEGER NOT NULL, -- of a block, along one side
	blocks  INTEGER NOT NULL,
	sides   INTEGER NOT NULL, -- 2: odd and even bays face one another
	depot   TEXT    NOT NULL, -- the aisle at which pickers begin and end
	cross_n INTEGER NOT NULL, -- and the cross aisle, from 0
	one_way TEXT    NOT NULL, -- aisles that are walked one way: 03+ up, 04- down
	stamp   BLOB    NOT NULL,
	PRIMARY KEY (wh, zone)
) STRICT;

-- How the columns of a source's files are called.
CREATE TABLE source_map (
	wh      TEXT NOT NULL,
	kind    TEXT NOT NULL,
	source  TEXT NOT NULL,
	columns TEXT NOT NULL, -- field to header, as JSON
	stamp   BLOB NOT NULL,
	PRIMARY KEY (wh, kind, source)
) STRICT;

-- Lots and serials are asked for by their number alone.
CREATE INDEX lot_lot ON lot (wh, lot);
CREATE INDEX stock_serial_no ON stock (wh, serial) WHERE serial <> '';
CREATE INDEX sales_order_waybill ON sales_order (wh, waybill) WHERE waybill <> '';

-- A start looks for what an older program could not fold.
CREATE INDEX event_parked ON event (wh) WHERE parked = 1;

-- People are asked for by the last digits of their phone.
ALTER TABLE recipient ADD COLUMN tail TEXT NOT NULL DEFAULT '';
UPDATE recipient SET tail = substr(phone, length(phone) - 3) WHERE length(phone) > 3;
CREATE INDEX recipient_tail ON recipient (wh, tail);
