-- What is still to be done has an index of its own: lists of work do not grow with history.

CREATE TABLE todo (
	wh    TEXT COLLATE "C" NOT NULL,
	kind  TEXT COLLATE "C" NOT NULL,
	ref   TEXT COLLATE "C" NOT NULL,
	open  BIGINT           NOT NULL,
	at    BIGINT           NOT NULL,
	stamp BYTEA            NOT NULL,
	PRIMARY KEY (wh, kind, ref)
);
CREATE INDEX todo_open ON todo (wh, kind, at, ref) WHERE open = 1;
