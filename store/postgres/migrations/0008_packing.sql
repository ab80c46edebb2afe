-- Cartons are weighed before they leave, and the site says how goods are packed.

CREATE TABLE carton_weight (
	wh     TEXT COLLATE "C" NOT NULL,
	carton TEXT COLLATE "C" NOT NULL,
	round  BIGINT           NOT NULL,
	grams  BIGINT           NOT NULL,
	want   BIGINT           NOT NULL,
	off    BIGINT           NOT NULL,
	disc   TEXT COLLATE "C" NOT NULL,
	begun  TEXT COLLATE "C" NOT NULL,
	item   TEXT COLLATE "C" NOT NULL,
	n      BIGINT           NOT NULL,
	tare   BIGINT           NOT NULL,
	at     BIGINT           NOT NULL,
	stamp  BYTEA            NOT NULL,
	PRIMARY KEY (wh, carton)
);
CREATE INDEX carton_weight_item ON carton_weight (wh, item, at);

CREATE TABLE packing_rule (
	wh       TEXT COLLATE "C" NOT NULL,
	scope    TEXT COLLATE "C" NOT NULL,
	material TEXT COLLATE "C" NOT NULL,
	twice    BIGINT           NOT NULL,
	insured  BIGINT           NOT NULL,
	signed   BIGINT           NOT NULL,
	type     TEXT COLLATE "C" NOT NULL,
	active   BIGINT           NOT NULL,
	stamp    BYTEA            NOT NULL,
	PRIMARY KEY (wh, scope)
);
