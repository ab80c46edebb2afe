-- What is still to be done has an index of its own: lists of work do not grow with history.

CREATE TABLE todo (
	wh    TEXT    NOT NULL,
	kind  TEXT    NOT NULL,
	ref   TEXT    NOT NULL,
	open  INTEGER NOT NULL,
	at    INTEGER NOT NULL,
	stamp BLOB    NOT NULL,
	PRIMARY KEY (wh, kind, ref)
) STRICT;
CREATE INDEX todo_open ON todo (wh, kind, at, ref) WHERE open = 1;
