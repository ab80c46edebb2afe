package intake

import (
	"cmp"

	"scanbay/store"
)

// binColumns are those of bins, totes, stages and docks. Without a kind it is a
// bin to pick from.
var binColumns = []column{
	{"bin", "货位 库位 货位号 货位编码 code", code, must},
	{"kind", "类型 货位类型 用途 use type", uses.read, may},
	{"zone", "库区 区域", text, may},
	{"aisle", "巷道 通道", text, may},
	{"bay", "排 列", text, may},
	{"level", "层", text, may},
	{"walk", "拣货顺序 动线 路径顺序 walk_order", rank, may},
	{"capacity", "容量", count, may},
	{"mixing", "混放 混放规则", mixings.read, may},
	{"active", "启用 状态 status", bit, may},
}

type binRow struct {
	store.Bin
	code string
}

// fields stand in the order of the columns.
func (x *binRow) fields() []any {
	return []any{&x.code, &x.Use, &x.Zone, &x.Aisle, &x.Bay, &x.Level, &x.Walk, &x.Capacity,
		&x.Mixing, &x.Active}
}

// placeOf is where goods in a bin of such a use are, by its code.
func placeOf(use store.Use, code string) store.Place {
	switch use {
	case store.ToteUse:
		return store.InTote(code)
	case store.StageUse, store.DockUse:
		return store.Place(string(use) + "/" + code)
	}
	return store.InBin(code)
}

// bins takes bins as they are from now on. What the file has no column for stays
// as it is known.
func (t *taking) bins() error {
	for rows := range t.each(t.single("bin")) {
		r := rows[0]
		var x binRow
		t.fill(r, x.fields())
		place := placeOf(x.Use, x.code)
		known, err := t.tx.Bin(place)
		isNew, err := unknown(err)
		if err != nil {
			return err
		}
		x.Bin = known
		t.fill(r, x.fields())
		x.Place, x.Use = place, cmp.Or(x.Use, store.PickUse)
		if isNew && t.cell(r, t.column("active")) == "" {
			x.Active = true
		}
		if !isNew && x.Bin == known {
			t.Same++
			continue
		}
		if err := t.tx.Record(store.PlaceSaved{Bin: x.Bin}); err != nil {
			return err
		}
		t.Taken++
	}
	return nil
}
