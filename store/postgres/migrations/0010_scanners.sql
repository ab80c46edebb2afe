-- What a station knows of its scanners is its own: no fact, and nobody else's.

CREATE TABLE scanner_profile (
	wh       TEXT COLLATE "C" NOT NULL,
	source   TEXT COLLATE "C" NOT NULL,
	port     TEXT COLLATE "C" NOT NULL,
	findings TEXT COLLATE "C" NOT NULL,
	operator TEXT COLLATE "C" NOT NULL,
	at       BIGINT NOT NULL,
	PRIMARY KEY (wh, source, port)
);
