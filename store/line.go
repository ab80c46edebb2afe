package store

import "slices"

// A SlipLine asks for N of an item, for the lines of orders in Sources.
type SlipLine struct {
	Line    int64    `json:"line"`
	Item    SKU      `json:"item"`
	N       Qty      `json:"n"`
	Sources []Source `json:"sources"`

	Picked, Short, Packed, Shipped Qty    `json:"-"`
	Stopped                        Qty    `json:"-"` // which N is less by, and the sources
	About                          Item   `json:"-"`
	Code                           string `json:"-"` // a barcode of one piece
}

// A Source is the part of a slip's line that is for a line of an order.
type Source struct {
	Order OrderID `json:"order"`
	Line  int64   `json:"line"`
	N     Qty     `json:"n"`
}

// Share splits n pieces over a line's sources, past those that were done before.
func (l SlipLine) Share(n Qty) (out []Source) {
	done := l.Picked + l.Short
	for i, src := range l.Sources {
		room := max(0, src.N-done)
		done = max(0, done-src.N)
		if i == len(l.Sources)-1 {
			room = n // what is too much has to go somewhere
		}
		if part := min(room, n); part > 0 {
			out = append(out, Source{src.Order, src.Line, part})
			n -= part
		}
	}
	return out
}

// Unshare splits n pieces that were picked over a line's sources, the last first.
func (l SlipLine) Unshare(n Qty) (out []Source) {
	room := l.Picked
	for i, src := range l.Sources {
		got := min(src.N, room)
		if i == len(l.Sources)-1 {
			got = room
		}
		room -= got
		out = append(out, Source{src.Order, src.Line, got})
	}
	for i := len(out) - 1; i >= 0; i-- {
		part := min(n, out[i].N)
		n, out[i].N = n-part, part
	}
	return slices.DeleteFunc(out, func(s Source) bool { return s.N == 0 })
}

// SlipLine reads one line of a slip; a zero one when there is none.
func (r *Reader) SlipLine(id SlipID, line int64) (l SlipLine, err error) {
	rows, err := all(r, (*lineRow).fields, `SELECT `+lineColumns+` FROM `+lineTables+`
		WHERE l.wh = ? AND l.slip = ? AND l.line = ? ORDER BY q.order_id, q.order_line`, id, line)
	if err == nil && len(rows) > 0 {
		l = gather(rows)[0]
	}
	return l, err
}

// lineRow is a line with one of its sources.
type lineRow struct {
	line    SlipLine
	src     Source
	stopped Qty // of the source
}

func (x *lineRow) fields() []any {
	l := &x.line
	return append(l.About.fields(), &l.Line, &l.N, &l.Picked, &l.Short, &l.Packed, &l.Shipped,
		&l.Code, &x.src.Order, &x.src.Line, &x.src.N, &x.stopped)
}

// lineColumns need the tables i item, l slip_line, x line_sum, q slip_source and k slip_stop.
const lineColumns = itemColumns + `, l.line, l.qty, x.picked, x.short, x.packed, x.shipped,
	coalesce((SELECT min(c.code) FROM item_code c WHERE c.wh = l.wh AND c.item = l.item
		AND c.qty = 1 AND c.active = 1), l.item),
	q.order_id, q.order_line, q.qty, coalesce(k.n, 0)`

const lineTables = `slip_line l
	JOIN item i ON i.wh = l.wh AND i.item = l.item
	JOIN line_sum x ON x.wh = l.wh AND x.slip = l.slip AND x.line = l.line
	JOIN slip_source q ON q.wh = l.wh AND q.slip = l.slip AND q.line = l.line
	LEFT JOIN slip_stop k ON k.wh = q.wh AND k.slip = q.slip AND k.line = q.line
		AND k.order_id = q.order_id AND k.order_line = q.order_line`

// SlipLines reads the lines of a slip for one item.
func (r *Reader) SlipLines(id SlipID, sku SKU) ([]SlipLine, error) {
	rows, err := all(r, (*lineRow).fields, `SELECT `+lineColumns+` FROM `+lineTables+`
		WHERE l.wh = ? AND l.slip = ? AND l.item = ?
		ORDER BY l.line, q.order_id, q.order_line`, id, sku)
	return gather(rows), err
}

// SlipLinesToPack reads the first lines of a slip, those with something still to
// be packed before the others.
func (r *Reader) SlipLinesToPack(id SlipID, limit int) ([]SlipLine, error) {
	rows, err := all(r, (*lineRow).fields, `SELECT `+lineColumns+` FROM `+lineTables+`
		WHERE l.wh = ? AND l.slip = ? AND l.line IN (
			SELECT y.line FROM line_sum y WHERE y.wh = ? AND y.slip = ? AND y.picked > 0
			ORDER BY CASE WHEN y.picked > y.packed THEN 0 ELSE 1 END, y.line LIMIT ?)
		ORDER BY CASE WHEN x.picked > x.packed THEN 0 ELSE 1 END, l.line, q.order_id, q.order_line`,
		id, r.s.id.Warehouse, id, limit)
	return gather(rows), err
}

// gather puts the sources of a line together.
func gather(rows []lineRow) (out []SlipLine) {
	for _, x := range rows {
		if n := len(out); n == 0 || out[n-1].Line != x.line.Line {
			x.line.Item = x.line.About.SKU
			out = append(out, x.line)
		}
		last := &out[len(out)-1]
		last.N, last.Stopped = last.N-x.stopped, last.Stopped+x.stopped
		x.src.N -= x.stopped
		last.Sources = append(last.Sources, x.src)
	}
	return out
}
