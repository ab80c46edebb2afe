-- Goods come back: returns from the request to the shelf, and what is owed for them.

-- What left of each batch, by the lines of slips.
CREATE TABLE sent (
	wh     TEXT COLLATE "C" NOT NULL,
	slip   TEXT COLLATE "C" NOT NULL,
	line   BIGINT           NOT NULL,
	item   TEXT COLLATE "C" NOT NULL,
	lot    TEXT COLLATE "C" NOT NULL,
	serial TEXT COLLATE "C" NOT NULL,
	n      BIGINT           NOT NULL,
	PRIMARY KEY (wh, slip, line, item, lot, serial)
);
CREATE INDEX sent_item ON sent (wh, item, serial);

-- When what was sent had left; it leads to the cartons of a step as well.
DROP INDEX carton_state_step;
CREATE INDEX carton_state_at ON carton_state (wh, step, at);

-- When a customer signed for goods, and what of them.
CREATE TABLE sign_off (
	wh      TEXT COLLATE "C" NOT NULL,
	slip    TEXT COLLATE "C" NOT NULL,
	line    BIGINT           NOT NULL,
	waybill TEXT COLLATE "C" NOT NULL,
	signed  BIGINT           NOT NULL,
	short   BIGINT           NOT NULL,
	over    BIGINT           NOT NULL,
	damaged BIGINT           NOT NULL,
	at      BIGINT           NOT NULL,
	stamp   BYTEA            NOT NULL,
	PRIMARY KEY (wh, slip, line)
);

-- What the site takes back, and on which terms: for an item, a category, or all.
CREATE TABLE return_policy (
	wh         TEXT COLLATE "C" NOT NULL,
	scope      TEXT COLLATE "C" NOT NULL,
	days       BIGINT           NOT NULL,
	final      BIGINT           NOT NULL,
	grades     TEXT COLLATE "C" NOT NULL,
	restocking BIGINT           NOT NULL,
	carriage   BIGINT           NOT NULL,
	bearer     TEXT COLLATE "C" NOT NULL,
	above      BIGINT           NOT NULL,
	proof      BIGINT           NOT NULL,
	active     BIGINT           NOT NULL,
	stamp      BYTEA            NOT NULL,
	PRIMARY KEY (wh, scope)
);

-- How goods can be found, and what is then to become of them.
CREATE TABLE grade (
	wh          TEXT COLLATE "C" NOT NULL,
	grade       TEXT COLLATE "C" NOT NULL,
	en          TEXT COLLATE "C" NOT NULL,
	zh          TEXT COLLATE "C" NOT NULL,
	disposition TEXT COLLATE "C" NOT NULL,
	n           BIGINT           NOT NULL,
	active      BIGINT           NOT NULL,
	stamp       BYTEA            NOT NULL,
	PRIMARY KEY (wh, grade)
);

-- What is to be looked at in a category of items, as JSON.
CREATE TABLE checklist (
	wh       TEXT COLLATE "C" NOT NULL,
	category TEXT COLLATE "C" NOT NULL,
	points   TEXT COLLATE "C" NOT NULL,
	stamp    BYTEA            NOT NULL,
	PRIMARY KEY (wh, category)
);

-- Returns: what a customer wants to send back, or has sent.
CREATE TABLE rma (
	wh        TEXT COLLATE "C" NOT NULL,
	rma       TEXT COLLATE "C" NOT NULL,
	customer  TEXT COLLATE "C" NOT NULL,
	recipient TEXT COLLATE "C" NOT NULL,
	channel   TEXT COLLATE "C" NOT NULL,
	how       TEXT COLLATE "C" NOT NULL,
	wants     TEXT COLLATE "C" NOT NULL,
	proof     TEXT COLLATE "C" NOT NULL,
	source    TEXT COLLATE "C" NOT NULL,
	note      TEXT COLLATE "C" NOT NULL,
	asked     BIGINT           NOT NULL,
	placed    BIGINT           NOT NULL,
	PRIMARY KEY (wh, rma)
);
CREATE INDEX rma_placed ON rma (wh, placed);
CREATE INDEX rma_source ON rma (wh, channel, source) WHERE source <> '';

CREATE TABLE rma_line (
	wh         TEXT COLLATE "C" NOT NULL,
	rma        TEXT COLLATE "C" NOT NULL,
	line       BIGINT           NOT NULL,
	item       TEXT COLLATE "C" NOT NULL,
	qty        BIGINT           NOT NULL,
	reason     TEXT COLLATE "C" NOT NULL,
	order_id   TEXT COLLATE "C" NOT NULL,
	order_line BIGINT           NOT NULL,
	note       TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (wh, rma, line)
);
CREATE INDEX rma_line_order ON rma_line (wh, order_id);

CREATE TABLE rma_state (
	wh         TEXT COLLATE "C" NOT NULL,
	rma        TEXT COLLATE "C" NOT NULL,
	state      TEXT COLLATE "C" NOT NULL,
	findings   TEXT COLLATE "C" NOT NULL,
	note       TEXT COLLATE "C" NOT NULL,
	operator   TEXT COLLATE "C" NOT NULL,
	at         BIGINT           NOT NULL,
	restocking BIGINT           NOT NULL,
	carriage   BIGINT           NOT NULL,
	stamp      BYTEA            NOT NULL,
	PRIMARY KEY (wh, rma)
);
CREATE INDEX rma_state_open ON rma_state (wh, state);

CREATE TABLE rma_waybill (
	wh      TEXT COLLATE "C" NOT NULL,
	waybill TEXT COLLATE "C" NOT NULL,
	rma     TEXT COLLATE "C" NOT NULL,
	carrier TEXT COLLATE "C" NOT NULL,
	stamp   BYTEA            NOT NULL,
	PRIMARY KEY (wh, waybill, rma)
);
CREATE INDEX rma_waybill_rma ON rma_waybill (wh, rma);

-- How much of each item came, was handed back, looked at, and brought to its place.
CREATE TABLE rma_goods (
	wh        TEXT COLLATE "C" NOT NULL,
	rma       TEXT COLLATE "C" NOT NULL,
	item      TEXT COLLATE "C" NOT NULL,
	order_id  TEXT COLLATE "C" NOT NULL,
	line      BIGINT           NOT NULL,
	received  BIGINT           NOT NULL,
	away      BIGINT           NOT NULL,
	inspected BIGINT           NOT NULL,
	shelved   BIGINT           NOT NULL,
	PRIMARY KEY (wh, rma, item, order_id, line)
);
CREATE INDEX rma_goods_order ON rma_goods (wh, order_id);

CREATE TABLE rma_step (
	wh    TEXT COLLATE "C" NOT NULL,
	rma   TEXT COLLATE "C" NOT NULL,
	step  TEXT COLLATE "C" NOT NULL,
	at    BIGINT           NOT NULL,
	stamp BYTEA            NOT NULL,
	PRIMARY KEY (wh, rma, step)
);
CREATE INDEX rma_step_at ON rma_step (wh, step, at);

CREATE TABLE rma_order (
	wh       TEXT COLLATE "C" NOT NULL,
	rma      TEXT COLLATE "C" NOT NULL,
	order_id TEXT COLLATE "C" NOT NULL,
	source   TEXT COLLATE "C" NOT NULL,
	n        BIGINT           NOT NULL,
	PRIMARY KEY (wh, rma, order_id)
);
CREATE INDEX rma_order_order ON rma_order (wh, order_id);

-- Parcels that came back, opened or not.
CREATE TABLE return_parcel (
	wh        TEXT COLLATE "C" NOT NULL,
	parcel    TEXT COLLATE "C" NOT NULL,
	waybill   TEXT COLLATE "C" NOT NULL,
	carrier   TEXT COLLATE "C" NOT NULL,
	condition TEXT COLLATE "C" NOT NULL,
	rma       TEXT COLLATE "C" NOT NULL,
	note      TEXT COLLATE "C" NOT NULL,
	arrived   BIGINT           NOT NULL,
	PRIMARY KEY (wh, parcel)
);
CREATE INDEX return_parcel_rma ON return_parcel (wh, rma) WHERE rma <> '';
CREATE INDEX return_parcel_waybill ON return_parcel (wh, waybill) WHERE waybill <> '';

CREATE TABLE return_parcel_state (
	wh     TEXT COLLATE "C" NOT NULL,
	parcel TEXT COLLATE "C" NOT NULL,
	state  TEXT COLLATE "C" NOT NULL,
	at     BIGINT           NOT NULL,
	stamp  BYTEA            NOT NULL,
	PRIMARY KEY (wh, parcel)
);

-- What came back and nobody knows.
CREATE TABLE stray (
	wh       TEXT COLLATE "C" NOT NULL,
	stray    TEXT COLLATE "C" NOT NULL,
	rma      TEXT COLLATE "C" NOT NULL,
	parcel   TEXT COLLATE "C" NOT NULL,
	code     TEXT COLLATE "C" NOT NULL,
	n        BIGINT           NOT NULL,
	place    TEXT COLLATE "C" NOT NULL,
	note     TEXT COLLATE "C" NOT NULL,
	operator TEXT COLLATE "C" NOT NULL,
	at       BIGINT           NOT NULL,
	PRIMARY KEY (wh, stray)
);

CREATE TABLE stray_end (
	wh       TEXT COLLATE "C" NOT NULL,
	stray    TEXT COLLATE "C" NOT NULL,
	state    TEXT COLLATE "C" NOT NULL,
	operator TEXT COLLATE "C" NOT NULL,
	at       BIGINT           NOT NULL,
	stamp    BYTEA            NOT NULL,
	PRIMARY KEY (wh, stray)
);

-- What came back of each line of an order, by batch.
CREATE TABLE returned (
	wh       TEXT COLLATE "C" NOT NULL,
	order_id TEXT COLLATE "C" NOT NULL,
	line     BIGINT           NOT NULL,
	item     TEXT COLLATE "C" NOT NULL,
	lot      TEXT COLLATE "C" NOT NULL,
	serial   TEXT COLLATE "C" NOT NULL,
	n        BIGINT           NOT NULL,
	PRIMARY KEY (wh, order_id, line, item, lot, serial)
);

-- Where goods that came back lie, while nothing is sold of them.
CREATE TABLE return_stock (
	wh          TEXT COLLATE "C" NOT NULL,
	place       TEXT COLLATE "C" NOT NULL,
	item        TEXT COLLATE "C" NOT NULL,
	lot         TEXT COLLATE "C" NOT NULL,
	serial      TEXT COLLATE "C" NOT NULL,
	rma         TEXT COLLATE "C" NOT NULL,
	order_id    TEXT COLLATE "C" NOT NULL,
	line        BIGINT           NOT NULL,
	grade       TEXT COLLATE "C" NOT NULL,
	disposition TEXT COLLATE "C" NOT NULL,
	n           BIGINT           NOT NULL,
	PRIMARY KEY (wh, place, item, lot, serial, rma, order_id, line, grade, disposition)
);
CREATE INDEX return_stock_there ON return_stock (wh, place) WHERE n > 0;
CREATE INDEX return_stock_ungraded ON return_stock (wh, rma) WHERE grade = '' AND n > 0;

CREATE TABLE inspection (
	wh          TEXT COLLATE "C" NOT NULL,
	inspection  TEXT COLLATE "C" NOT NULL,
	rma         TEXT COLLATE "C" NOT NULL,
	order_id    TEXT COLLATE "C" NOT NULL,
	line        BIGINT           NOT NULL,
	item        TEXT COLLATE "C" NOT NULL,
	lot         TEXT COLLATE "C" NOT NULL,
	serial      TEXT COLLATE "C" NOT NULL,
	n           BIGINT           NOT NULL,
	grade       TEXT COLLATE "C" NOT NULL,
	disposition TEXT COLLATE "C" NOT NULL,
	was         TEXT COLLATE "C" NOT NULL,
	checked     TEXT COLLATE "C" NOT NULL,
	note        TEXT COLLATE "C" NOT NULL,
	at          BIGINT           NOT NULL,
	had         TEXT COLLATE "C" NOT NULL,
	had_as      TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (wh, inspection, rma, order_id, line)
);
CREATE INDEX inspection_rma ON inspection (wh, rma);
CREATE INDEX inspection_at ON inspection (wh, at);

-- Money that is to go back, and has gone.
CREATE TABLE refund (
	wh       TEXT COLLATE "C" NOT NULL,
	refund   TEXT COLLATE "C" NOT NULL,
	rma      TEXT COLLATE "C" NOT NULL,
	order_id TEXT COLLATE "C" NOT NULL,
	carriage BIGINT           NOT NULL,
	amount   BIGINT           NOT NULL,
	currency TEXT COLLATE "C" NOT NULL,
	at       BIGINT           NOT NULL,
	PRIMARY KEY (wh, refund)
);
CREATE INDEX refund_rma ON refund (wh, rma);
CREATE INDEX refund_order ON refund (wh, order_id);

CREATE TABLE refund_line (
	wh     TEXT COLLATE "C" NOT NULL,
	refund TEXT COLLATE "C" NOT NULL,
	line   BIGINT           NOT NULL,
	n      BIGINT           NOT NULL,
	paid   BIGINT           NOT NULL,
	tax    BIGINT           NOT NULL,
	fee    BIGINT           NOT NULL,
	PRIMARY KEY (wh, refund, line)
);

CREATE TABLE refund_settled (
	wh       TEXT COLLATE "C" NOT NULL,
	refund   TEXT COLLATE "C" NOT NULL,
	no       TEXT COLLATE "C" NOT NULL,
	method   TEXT COLLATE "C" NOT NULL,
	operator TEXT COLLATE "C" NOT NULL,
	at       BIGINT           NOT NULL,
	stamp    BYTEA            NOT NULL,
	PRIMARY KEY (wh, refund)
);

-- Goods that left to be put right, or to their supplier; goods is JSON.
CREATE TABLE aftercare (
	wh        TEXT COLLATE "C" NOT NULL,
	aftercare TEXT COLLATE "C" NOT NULL,
	kind      TEXT COLLATE "C" NOT NULL,
	partner   TEXT COLLATE "C" NOT NULL,
	no        TEXT COLLATE "C" NOT NULL,
	goods     TEXT COLLATE "C" NOT NULL,
	operator  TEXT COLLATE "C" NOT NULL,
	at        BIGINT           NOT NULL,
	PRIMARY KEY (wh, aftercare)
);

CREATE TABLE aftercare_state (
	wh        TEXT COLLATE "C" NOT NULL,
	aftercare TEXT COLLATE "C" NOT NULL,
	state     TEXT COLLATE "C" NOT NULL,
	note      TEXT COLLATE "C" NOT NULL,
	operator  TEXT COLLATE "C" NOT NULL,
	at        BIGINT           NOT NULL,
	stamp     BYTEA            NOT NULL,
	PRIMARY KEY (wh, aftercare)
);

-- What customers are to be told of.
CREATE TABLE notice (
	wh    TEXT COLLATE "C" NOT NULL,
	ref   TEXT COLLATE "C" NOT NULL,
	kind  TEXT COLLATE "C" NOT NULL,
	at    BIGINT           NOT NULL,
	stamp BYTEA            NOT NULL,
	PRIMARY KEY (wh, ref, kind)
);

CREATE TABLE notice_sent (
	wh    TEXT COLLATE "C" NOT NULL,
	ref   TEXT COLLATE "C" NOT NULL,
	kind  TEXT COLLATE "C" NOT NULL,
	since BIGINT           NOT NULL,
	at    BIGINT           NOT NULL,
	stamp BYTEA            NOT NULL,
	PRIMARY KEY (wh, ref, kind)
);
