-- Parcels leave on trucks, and somebody tells what becomes of them on the way.

CREATE TABLE handover (
	wh       TEXT COLLATE "C" NOT NULL,
	handover TEXT COLLATE "C" NOT NULL,
	carrier  TEXT COLLATE "C" NOT NULL,
	dock     TEXT COLLATE "C" NOT NULL,
	truck    TEXT COLLATE "C" NOT NULL,
	operator TEXT COLLATE "C" NOT NULL,
	station  TEXT COLLATE "C" NOT NULL,
	at       BIGINT           NOT NULL,
	PRIMARY KEY (wh, handover)
);
CREATE INDEX handover_at ON handover (wh, at);

CREATE TABLE handover_end (
	wh       TEXT COLLATE "C" NOT NULL,
	handover TEXT COLLATE "C" NOT NULL,
	signed   TEXT COLLATE "C" NOT NULL,
	operator TEXT COLLATE "C" NOT NULL,
	at       BIGINT           NOT NULL,
	stamp    BYTEA            NOT NULL,
	PRIMARY KEY (wh, handover)
);

CREATE TABLE departure (
	wh       TEXT COLLATE "C" NOT NULL,
	carton   TEXT COLLATE "C" NOT NULL,
	slip     TEXT COLLATE "C" NOT NULL,
	carrier  TEXT COLLATE "C" NOT NULL,
	handover TEXT COLLATE "C" NOT NULL,
	n        BIGINT           NOT NULL,
	at       BIGINT           NOT NULL,
	stamp    BYTEA            NOT NULL,
	PRIMARY KEY (wh, carton)
);
CREATE INDEX departure_handover ON departure (wh, handover) WHERE handover <> '';
CREATE INDEX departure_at ON departure (wh, at);

CREATE TABLE shipment_move (
	wh       TEXT COLLATE "C" NOT NULL,
	waybill  TEXT COLLATE "C" NOT NULL,
	state    TEXT COLLATE "C" NOT NULL,
	at       BIGINT           NOT NULL,
	slip     TEXT COLLATE "C" NOT NULL,
	place    TEXT COLLATE "C" NOT NULL,
	note     TEXT COLLATE "C" NOT NULL,
	source   TEXT COLLATE "C" NOT NULL,
	operator TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (wh, waybill, state, at)
);
CREATE INDEX shipment_move_slip ON shipment_move (wh, slip);
