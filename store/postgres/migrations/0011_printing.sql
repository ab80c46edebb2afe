-- Where a station prints, and what waits for its printers, is its own: no fact, and nobody else's.

CREATE TABLE printer (
	wh      TEXT COLLATE "C" NOT NULL,
	paper   TEXT COLLATE "C" NOT NULL,
	address TEXT COLLATE "C" NOT NULL,
	tongue  TEXT COLLATE "C" NOT NULL,
	dpi     BIGINT NOT NULL,
	sheet   TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (wh, paper)
);

CREATE TABLE print_job (
	wh       TEXT COLLATE "C" NOT NULL,
	n        BIGINT NOT NULL,
	paper    TEXT COLLATE "C" NOT NULL,
	ref      TEXT COLLATE "C" NOT NULL,
	copies   BIGINT NOT NULL,
	operator TEXT COLLATE "C" NOT NULL,
	at       BIGINT NOT NULL,
	state    TEXT COLLATE "C" NOT NULL,
	tries    BIGINT NOT NULL,
	trouble  TEXT COLLATE "C" NOT NULL,
	printer  TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (wh, n)
);

CREATE INDEX print_job_state ON print_job (wh, state, n);
CREATE INDEX print_job_of ON print_job (wh, paper, ref, n);
