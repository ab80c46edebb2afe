package storetest

import (
	"strings"

	"scanbay/store"
)

// Mark is what a label says: kind:code for our own, 14 digits for a GTIN, a lot,
// serial or expiry behind it as GTIN|lot|serial|expiry, and else text.
func Mark(code string) store.Mark {
	parts := strings.Split(code, "|")
	m := store.Mark{Text: parts[0]}
	if kind, own, ours := strings.Cut(parts[0], ":"); ours {
		m.Kind, m.Code, m.Text = store.Kind(kind), own, own
	}
	if len(parts[0]) == 14 && strings.Trim(parts[0], "0123456789") == "" {
		m.GTIN = store.GTIN(parts[0])
	}
	if len(parts) > 1 {
		m.Lot = store.Lot(parts[1])
	}
	if len(parts) > 2 {
		m.Serial = store.Serial(parts[2])
	}
	if len(parts) > 3 {
		m.Expires, _ = store.ParseDate(parts[3])
	}
	return m
}

// The fixture's codes.
const (
	Tea     = "06901234567892" // one piece
	TeaCase = "16901234567899" // 10 of them
	Cup     = "06909876543212"
)

// Warehouse is a small one: four bins in walking order, tea by the piece and by
// the case, cups, milk with lots that expire, phones with serials, and two people.
func Warehouse() []store.Event {
	item := func(sku store.SKU, name, spec string, codes ...store.Barcode) store.Item {
		return store.Item{SKU: sku, Name: name, Spec: spec, Cost: store.MoneyUnit, Active: true,
			Barcodes: codes}
	}
	milk, phone := item("MILK", "纯牛奶 Milk", "250ml"), item("PHONE", "手机 Phone", "黑 black")
	milk.Lots, milk.Expiries, phone.Serials = true, true, true
	out := []store.Event{
		store.ItemSaved{Item: item("TEA-500", "龙井茶 West Lake Longjing", "500g 罐装",
			store.Barcode{Code: Tea, N: 1}, store.Barcode{Code: TeaCase, N: 10})},
		store.ItemSaved{Item: item("CUP-02", "青花瓷杯 Blue and white cup", "蓝 350ml",
			store.Barcode{Code: Cup, N: 1})},
		store.ItemSaved{Item: milk}, store.ItemSaved{Item: phone},
		store.OperatorSaved{Operator: store.Operator{ID: "101", Name: "拣货一号", Active: true,
			Roles: "picker packer receiver inspector counter"}},
		store.OperatorSaved{Operator: store.Operator{ID: "102", Name: "拣货二号", Active: true,
			Roles: "picker packer receiver inspector counter"}},
		store.OperatorSaved{Operator: store.Operator{ID: "900", Name: "当班主管", Active: true,
			Roles: "supervisor"}},
		store.OperatorSaved{Operator: store.Operator{ID: "901", Name: "夜班主管", Active: true,
			Roles: "supervisor"}},
		store.CartonTypeSet{CartonType: store.CartonType{Code: "B1", Name: "纸箱 box", Active: true}},
		// Orders of the fixture have no recipients.
		store.RuleSet{Rule: "complete", Active: true, Param: "lines"},
	}
	for i, code := range []string{"A-01-01", "A-01-02", "A-01-03", "B-07-01"} {
		out = append(out, store.PlaceSaved{Bin: store.Bin{Place: store.InBin(code),
			Use: store.PickUse, Zone: code[:1], Walk: int64(i + 1), Active: true}})
	}
	return out
}

// Has is stock of a batch in a bin, from the beginning.
func Has(bin string, sku store.SKU, n store.Qty, batch ...string) store.StockSet {
	e := store.StockSet{Place: store.InBin(bin), Batch: store.Batch{Item: sku}, N: n}
	if len(batch) > 0 {
		e.Lot = store.Lot(batch[0])
	}
	if len(batch) > 1 {
		e.Serial = store.Serial(batch[1])
	}
	if len(batch) > 2 {
		e.Expires, _ = store.ParseDate(batch[2])
	}
	return e
}

// Paid is an order of which each piece costs one, and is paid.
func Paid(o store.OrderReceived) store.OrderReceived {
	for i := range o.Lines {
		l := &o.Lines[i]
		l.Price, l.Paid = store.MoneyUnit, store.MoneyUnit*store.Money(l.N)
		o.Paid += l.Paid
	}
	return o
}

// Ordered is an order; lines are SKU and quantity in turn.
func Ordered(id store.OrderID, lines ...any) store.OrderReceived {
	o := store.Order{ID: id, PlatformNo: "P-" + string(id), Carrier: "SF", Mode: store.Express,
		Customer: string(id), Content: string(id), Placed: Noon.UnixMilli()}
	for i := 0; i < len(lines); i += 2 {
		o.Lines = append(o.Lines, store.OrderLine{Line: int64(i/2 + 1),
			Item: store.SKU(lines[i].(string)), N: store.Qty(lines[i+1].(int))})
	}
	return store.OrderReceived{Order: o}
}
