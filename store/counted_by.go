package store

// A CountedBin is a bin whose count was ruled on, with how many of its lines the book had
// right.
type CountedBin struct {
	Zone  string
	At    int64 // when it was ruled on, milliseconds UTC
	Right Bit   // the book was
	Lines int64 // batches that were compared
	Off   int64 // of them, that the book was wrong about
}

func (c *CountedBin) fields() []any {
	return []any{&c.Zone, &c.At, &c.Right, &c.Lines, &c.Off}
}

// CountedBins reads the bins whose counts were ruled on from one time to before another. One
// that is still to be counted once more, or to be approved, is none of them.
func (r *Reader) CountedBins(from, to int64) ([]CountedBin, error) {
	return all(r, (*CountedBin).fields, `
		SELECT coalesce(p.zone, ''), v.at,
			CASE WHEN v.state IN ('none', 'rejected') THEN 1 ELSE 0 END,
			coalesce((SELECT d.batches FROM count_done d
				WHERE d.wh = v.wh AND d.count_id = v.count_id), 0),
			(SELECT count(*) FROM adjustment a WHERE a.wh = v.wh AND a.about = v.first)
		FROM variance v LEFT JOIN place p ON p.wh = v.wh AND p.place = v.place
		WHERE v.wh = ? AND v.at >= ? AND v.at < ?
			AND v.state IN ('none', 'small', 'adjusted', 'rejected') ORDER BY v.at, v.first`,
		from, to)
}

// A Shrunk is what an adjustment brought and took. Of several batches that differ either way
// it is worth what they cost now, else what they did.
type Shrunk struct {
	Cause        string // empty: within what the site tolerates
	Found        Bit    // it was missing before: what is taken was brought by a count
	Gained, Lost Qty
	More, Less   Money // what that is worth
}

// Shrunk reads the adjustments from one time to before another.
func (r *Reader) Shrunk(from, to int64) (out []Shrunk, err error) {
	err = each(r, func(x *adjustedRow) []any {
		return []any{&x.Cause, &x.worth, &x.Found, &x.Gained, &x.Lost, &x.More, &x.Less}
	}, func(x adjustedRow) error {
		switch {
		case x.Gained == 0 && x.worth < 0:
			x.Less = -x.worth
		case x.Lost == 0 && x.worth > 0:
			x.More = x.worth
		}
		out = append(out, x.Shrunk)
		return nil
	}, `
		SELECT b.cause, b.worth, CASE WHEN coalesce(e.state, '') = 'found' THEN 1 ELSE 0 END,
			CAST(sum(CASE WHEN x.n > 0 THEN x.n ELSE 0 END) AS BIGINT),
			CAST(sum(CASE WHEN x.n < 0 THEN -x.n ELSE 0 END) AS BIGINT),
			CAST(sum(CASE WHEN x.n > 0 THEN x.n * coalesce(i.cost, 0) ELSE 0 END) AS BIGINT),
			CAST(sum(CASE WHEN x.n < 0 THEN -x.n * coalesce(i.cost, 0) ELSE 0 END) AS BIGINT)
		FROM adjusted_by b CROSS JOIN adjustment x
		LEFT JOIN item i ON i.wh = x.wh AND i.item = x.item
		LEFT JOIN discrepancy_end e ON e.wh = b.wh AND e.disc = b.about
		WHERE b.wh = ? AND b.at >= ? AND b.at < ? AND x.wh = b.wh AND x.about = b.about
		GROUP BY b.about, b.cause, b.worth, e.state ORDER BY b.about`, from, to)
	return out, err
}

type adjustedRow struct {
	Shrunk
	worth Money
}

// A Done is one thing that a person did, as the log has it.
type Done struct {
	Operator OperatorID
	Kind     string // of the fact
	At       int64  // milliseconds UTC
	Scan     Bit    // it answers a scan
	Refused  Code   // why the scan was refused; empty where it was not
}

// EachDone goes through what people did from one time to before another, in the order of the
// clocks: through that part of the log alone.
func (r *Reader) EachDone(from, to int64, do func(Done) error) error {
	type row struct {
		Done
		bytes []byte
	}
	return each(r, func(x *row) []any {
		return []any{&x.Operator, &x.Kind, &x.At, &x.Scan, &x.bytes}
	}, func(x row) error {
		if x.bytes != nil {
			env, err := Fact{Bytes: x.bytes}.Envelope()
			if err != nil {
				return err
			}
			if e, is := known(&env).(ScanRefused); is {
				x.Refused = e.Code
			}
		}
		return do(x.Done)
	}, `
		SELECT operator, kind, at, CASE WHEN scan IS NULL THEN 0 ELSE 1 END,
			CASE WHEN kind = 'scan_refused' THEN bytes END
		FROM event WHERE wh = ? AND at >= ? AND at < ? AND parked = 0 AND operator <> ''
		ORDER BY at, author, epoch, seq`, from, to)
}
