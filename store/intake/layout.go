package intake

import "scanbay/store"

// layoutColumns are those of how zones are laid out, as pickers walk them. Lengths
// are in millimetres.
var layoutColumns = []column{
	{"zone", "库区 区域", text, may},
	{"aisles", "巷道 通道", text, may},
	{"pitch", "巷道间距", count, must},
	{"bay", "排长 列宽", count, must},
	{"bays", "每段排数", some, must},
	{"blocks", "段数", some, may},
	{"sides", "面数", some, may},
	{"depot", "起点巷道", text, may},
	{"cross", "起点横道", count, may},
	{"one_way", "单行巷道", text, may},
}

type layoutRow struct{ store.Layout }

// fields stand in the order of the columns.
func (x *layoutRow) fields() []any {
	return []any{&x.Zone, &x.Aisles, &x.Pitch, &x.Bay, &x.Bays, &x.Blocks, &x.Sides, &x.Depot,
		&x.Cross, &x.OneWay}
}

// layouts takes zones as they are laid out from now on.
func (t *taking) layouts() error {
	for rows := range t.each(t.single("zone")) {
		var l layoutRow
		t.fill(rows[0], l.fields())
		l.Blocks, l.Sides = max(1, l.Blocks), max(1, l.Sides)
		if l.Sides > 2 {
			t.problem(rows[0], "sides", BadNumber, "1, 2")
			continue
		}
		t.Taken++
		if err := t.tx.Record(store.LayoutSet{Layout: l.Layout}); err != nil {
			return err
		}
	}
	return nil
}
