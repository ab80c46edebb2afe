-- Orders change after they came in: amended, cancelled in part, paid, asked about,
-- split and merged; slips are withdrawn, and walked in the shortest order.

-- How the log was folded last. Folded tables that are made anew below are empty
-- until the store folds its log into them.
ALTER TABLE identity ADD COLUMN fold BIGINT  NOT NULL DEFAULT 0;

DROP TABLE sales_order;
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
	stamp         BYTEA    NOT NULL,
	PRIMARY KEY (wh, order_id)
);
CREATE INDEX sales_order_platform ON sales_order (wh, platform_no, channel, shop);
CREATE INDEX sales_order_content ON sales_order (wh, content, placed);
CREATE INDEX sales_order_customer ON sales_order (wh, customer);
CREATE INDEX sales_order_recipient ON sales_order (wh, recipient);

DROP TABLE order_line;
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
	stamp    BYTEA    NOT NULL,
	PRIMARY KEY (wh, order_id, line)
);

-- What customers no longer want of a line: withdrawn, or refunded upstream.
CREATE TABLE order_cut (
	wh        TEXT COLLATE "C"    NOT NULL,
	order_id  TEXT COLLATE "C"    NOT NULL,
	line      BIGINT  NOT NULL,
	cancelled BIGINT  NOT NULL,
	refunded  BIGINT  NOT NULL,
	PRIMARY KEY (wh, order_id, line)
);

CREATE TABLE payment (
	wh       TEXT COLLATE "C"    NOT NULL,
	order_id TEXT COLLATE "C"    NOT NULL,
	payment  TEXT COLLATE "C"    NOT NULL,
	kind     TEXT COLLATE "C"    NOT NULL,
	amount   BIGINT  NOT NULL,
	method   TEXT COLLATE "C"    NOT NULL,
	operator TEXT COLLATE "C"    NOT NULL,
	at       BIGINT  NOT NULL,
	PRIMARY KEY (wh, order_id, payment)
);

CREATE TABLE order_question (
	wh          TEXT COLLATE "C"    NOT NULL,
	order_id    TEXT COLLATE "C"    NOT NULL,
	n           BIGINT  NOT NULL,
	question    TEXT COLLATE "C"    NOT NULL,
	asked_by    TEXT COLLATE "C"    NOT NULL,
	asked_at    BIGINT  NOT NULL,
	answer      TEXT COLLATE "C"    NOT NULL,
	answered_by TEXT COLLATE "C"    NOT NULL,
	answered_at BIGINT  NOT NULL,
	stamp       BYTEA    NOT NULL,
	PRIMARY KEY (wh, order_id, n)
);

CREATE TABLE order_change (
	wh       TEXT COLLATE "C"    NOT NULL,
	order_id TEXT COLLATE "C"    NOT NULL,
	change   BIGINT  NOT NULL,
	body     TEXT COLLATE "C"    NOT NULL, -- the order as it was and is to be, as JSON
	source   TEXT COLLATE "C"    NOT NULL,
	operator TEXT COLLATE "C"    NOT NULL,
	at       BIGINT  NOT NULL,
	PRIMARY KEY (wh, order_id, change)
);

CREATE TABLE order_change_state (
	wh       TEXT COLLATE "C"    NOT NULL,
	order_id TEXT COLLATE "C"    NOT NULL,
	change   BIGINT  NOT NULL,
	state    TEXT COLLATE "C"    NOT NULL,
	reason   TEXT COLLATE "C"    NOT NULL,
	operator TEXT COLLATE "C"    NOT NULL,
	at       BIGINT  NOT NULL,
	stamp    BYTEA    NOT NULL,
	PRIMARY KEY (wh, order_id, change)
);
CREATE INDEX order_change_state_open ON order_change_state (wh, state);

DROP TABLE reservation;
CREATE TABLE reservation (
	wh       TEXT COLLATE "C"    NOT NULL,
	item     TEXT COLLATE "C"    NOT NULL,
	order_id TEXT COLLATE "C"    NOT NULL,
	line     BIGINT  NOT NULL,
	need     BIGINT  NOT NULL, -- confirmed, and to be reserved
	want     BIGINT  NOT NULL, -- reserved
	tasked   BIGINT  NOT NULL, -- of it, handed to the floor in slips
	used     BIGINT  NOT NULL, -- picked
	short    BIGINT  NOT NULL, -- not found: to be reserved again
	PRIMARY KEY (wh, item, order_id, line)
);
CREATE INDEX reservation_open ON reservation (wh, item) WHERE want > used + short;
CREATE INDEX reservation_owed ON reservation (wh, order_id, line) WHERE need > want - short;
CREATE INDEX reservation_free ON reservation (wh, order_id, line) WHERE want > tasked;
CREATE INDEX reservation_cut ON reservation (wh, order_id, line)
	WHERE tasked > need + short AND tasked > used + short;

DROP TABLE slip;
CREATE TABLE slip (
	wh       TEXT COLLATE "C"    NOT NULL,
	slip     TEXT COLLATE "C"    NOT NULL,
	carrier  TEXT COLLATE "C"    NOT NULL,
	mode     TEXT COLLATE "C"    NOT NULL,
	service  TEXT COLLATE "C"    NOT NULL,
	priority BIGINT  NOT NULL,
	ship_by  BIGINT  NOT NULL,
	released BIGINT  NOT NULL,
	walk     BIGINT  NOT NULL, -- the length of the walk in millimetres; 0 is not known
	plain    BIGINT  NOT NULL, -- what it would be in the order of the bins' codes
	PRIMARY KEY (wh, slip)
);

CREATE TABLE slip_state (
	wh    TEXT COLLATE "C"    NOT NULL,
	slip  TEXT COLLATE "C"    NOT NULL,
	state TEXT COLLATE "C"    NOT NULL,
	at    BIGINT  NOT NULL,
	stamp BYTEA    NOT NULL,
	PRIMARY KEY (wh, slip)
);

DROP TABLE task;
CREATE TABLE task (
	wh    TEXT COLLATE "C"    NOT NULL,
	task  TEXT COLLATE "C"    NOT NULL,
	slip  TEXT COLLATE "C"    NOT NULL,
	line  BIGINT  NOT NULL,
	place TEXT COLLATE "C"    NOT NULL,
	item  TEXT COLLATE "C"    NOT NULL,
	lot   TEXT COLLATE "C"    NOT NULL,
	want  BIGINT  NOT NULL,
	walk  BIGINT  NOT NULL, -- its turn on the slip's walk; 0 is by the place's
	PRIMARY KEY (wh, task)
);
CREATE INDEX task_slip ON task (wh, slip);

-- Where the aisles of a zone are, as a picker walks them.
CREATE TABLE layout (
	wh      TEXT COLLATE "C"    NOT NULL,
	zone    TEXT COLLATE "C"    NOT NULL,
	aisles  TEXT COLLATE "C"    NOT NULL, -- their codes in order, with blanks between
	pitch   BIGINT  NOT NULL, -- from aisle to aisle
	bay     BIGINT  NOT NULL, -- the length of one
	bays    BIGINT  NOT NULL, -- of a block, along one side
	blocks  BIGINT  NOT NULL,
	sides   BIGINT  NOT NULL, -- 2: odd and even bays face one another
	depot   TEXT COLLATE "C"    NOT NULL, -- the aisle at which pickers begin and end
	cross_n BIGINT  NOT NULL, -- and the cross aisle, from 0
	one_way TEXT COLLATE "C"    NOT NULL, -- aisles that are walked one way: 03+ up, 04- down
	stamp   BYTEA    NOT NULL,
	PRIMARY KEY (wh, zone)
);

-- How the columns of a source's files are called.
CREATE TABLE source_map (
	wh      TEXT COLLATE "C" NOT NULL,
	kind    TEXT COLLATE "C" NOT NULL,
	source  TEXT COLLATE "C" NOT NULL,
	columns TEXT COLLATE "C" NOT NULL, -- field to header, as JSON
	stamp   BYTEA NOT NULL,
	PRIMARY KEY (wh, kind, source)
);

-- Lots and serials are asked for by their number alone.
CREATE INDEX lot_lot ON lot (wh, lot);
CREATE INDEX stock_serial_no ON stock (wh, serial) WHERE serial <> '';
CREATE INDEX sales_order_waybill ON sales_order (wh, waybill) WHERE waybill <> '';

-- A start looks for what an older program could not fold.
CREATE INDEX event_parked ON event (wh) WHERE parked = 1;

-- People are asked for by the last digits of their phone.
ALTER TABLE recipient ADD COLUMN tail TEXT COLLATE "C" NOT NULL DEFAULT '';
UPDATE recipient SET tail = substr(phone, length(phone) - 3) WHERE length(phone) > 3;
CREATE INDEX recipient_tail ON recipient (wh, tail);
