-- Goods of a slip that somebody began are stopped: for which order, and what of them is back.
CREATE TABLE slip_stop (
	wh         TEXT COLLATE "C" NOT NULL,
	slip       TEXT COLLATE "C" NOT NULL,
	line       BIGINT           NOT NULL,
	order_id   TEXT COLLATE "C" NOT NULL,
	order_line BIGINT           NOT NULL,
	n          BIGINT           NOT NULL,
	held       BIGINT           NOT NULL,
	back       BIGINT           NOT NULL,
	unused     BIGINT           NOT NULL,
	PRIMARY KEY (wh, slip, line, order_id, order_line)
);
CREATE INDEX slip_stop_open ON slip_stop (wh, slip) WHERE n > back;
