package store

import (
	"slices"
	"strings"
)

// A Found is one thing that a code can stand for.
type Found struct {
	Kind     Kind
	Code     string // as its label reads
	Item     Coded
	Place    Place
	Carton   CartonID
	Slip     SlipID
	Order    OrderID
	Waybill  WaybillNo
	Operator OperatorID
	RMA      RMAID
	Parcel   string
}

// Find is the one thing of the wanted kinds that a mark stands for. It refuses
// with Unreadable, InputMethod or OtherKeys for a bad read, with NotFound for a code that
// nobody knows, with WrongKind for one of another kind, and with Ambiguous
// rather than choose.
func (r *Reader) Find(m Mark, want ...Kind) (f Found, err error) {
	if err := readable(m); err != nil {
		return f, err
	}
	all, err := r.Meanings(m, want...)
	if err != nil {
		return f, err
	}
	fit := slices.DeleteFunc(slices.Clone(all), func(f Found) bool {
		return !slices.Contains(want, f.Kind)
	})
	switch {
	case len(fit) == 1:
		return fit[0], nil
	case len(fit) > 1:
		return f, &Refusal{Code: Ambiguous, Want: fit[0].name() + " / " + fit[1].name(),
			Got: m.Text, Is: fit[0].Kind}
	case len(all) > 0:
		return f, &Refusal{Code: WrongKind, Got: all[0].Code, Is: all[0].Kind}
	}
	return f, &Refusal{Code: NotFound, Got: m.Text}
}

// name tells a thing from another of the same code.
func (f Found) name() string {
	if f.Kind == ItemKind {
		return string(f.Item.SKU)
	}
	return f.Code
}

func readable(m Mark) error {
	switch m.Flaw {
	case "":
		return nil
	case "method":
		return &Refusal{Code: InputMethod, Got: m.Text}
	case "keyboard":
		return &Refusal{Code: OtherKeys, Got: m.Text}
	}
	return &Refusal{Code: Unreadable, Got: m.Flaw}
}

// Meanings are the things that a mark can stand for. One of our own labels says
// what it is; anything else is looked up. Where a thing of a wanted kind is found
// at once, things that nobody wants are not looked for.
func (r *Reader) Meanings(m Mark, want ...Kind) ([]Found, error) {
	if m.Kind != "" {
		return r.ours(m)
	}
	if m.SSCC != "" { // of ours, or of what others sent, which a waybill may name
		c, err := r.Carton(CartonID(m.SSCC))
		if err == nil {
			return []Found{{Kind: CartonKind, Code: m.SSCC, Carton: c.ID, Slip: c.Slip}}, nil
		}
		if err = asNone(err); err != nil {
			return nil, err
		}
	}
	text := strings.TrimSpace(m.Text)
	out, err := r.lookUp(m.GTIN, text, want)
	if upper := strings.ToUpper(text); err == nil && len(out) == 0 && upper != text {
		out, err = r.lookUp(m.GTIN, upper, want) // typed without shift
	}
	if err == nil && len(out) == 0 {
		return r.ofSeveral(WaybillNo(text), want)
	}
	return out, err
}

// ofSeveral is what the label of a parcel stands for that is one of several of a waybill: its
// own number, else that of all of them, which the first has.
func (r *Reader) ofSeveral(no WaybillNo, want []Kind) (out []Found, err error) {
	of, n, _ := no.Package()
	if n == 0 {
		return nil, nil
	}
	if out, err = r.lookUp("", string(no.Kept()), want); err != nil || len(out) > 0 {
		return out, err
	}
	out, err = r.lookUp("", string(of), want)
	return slices.DeleteFunc(out, func(f Found) bool {
		return f.Kind != WaybillKind || f.Carton != "" && n > 1
	}), err
}

// ours is what one of our own labels stands for. A tote needs no registration.
func (r *Reader) ours(m Mark) ([]Found, error) {
	f := Found{Kind: m.Kind, Code: m.Code}
	switch m.Kind {
	case ItemKind:
		return r.itemsBy(m.Code, m.Code)
	case ToteKind:
		f.Place = InTote(m.Code)
	case BinKind:
		f.Place = InBin(m.Code)
		if _, err := r.Bin(f.Place); err != nil {
			return nil, asNone(err)
		}
	case StageKind:
		f.Place = Place("stage/" + m.Code)
	case CartonKind:
		f.Carton = CartonID(m.Code)
		if _, err := r.Carton(f.Carton); err != nil {
			return nil, asNone(err)
		}
	case SlipKind:
		f.Slip = SlipID(m.Code)
		n, err := r.count(`SELECT count(*) FROM slip WHERE wh = ? AND slip = ?`, f.Slip)
		if err != nil || n == 0 {
			return nil, err
		}
	case OperatorKind:
		f.Operator = OperatorID(m.Code)
	case ReturnKind:
		f.RMA = RMAID(m.Code)
		n, err := r.count(`SELECT count(*) FROM rma WHERE wh = ? AND rma = ?`, f.RMA)
		if err != nil || n == 0 {
			return nil, err
		}
	}
	return []Found{f}, nil
}

// asNone takes a refusal for nothing found.
func asNone(err error) error {
	if _, refused := RefusalOf(err); refused {
		return nil
	}
	return err
}

// itemsBy finds items by a code, which people read as text.
func (r *Reader) itemsBy(code, text string) (out []Found, err error) {
	items, err := r.ItemsByCode(code)
	for _, c := range items {
		out = append(out, Found{Kind: ItemKind, Code: text, Item: c})
	}
	return out, err
}

// kindOf is what a place's label stands on.
func kindOf(p Place) Kind {
	switch {
	case p.Is("tote"):
		return ToteKind
	case p.Is("bin"):
		return BinKind
	}
	return StageKind
}

// shelf are the kinds of things that have a table of their own.
var shelf = []Kind{ItemKind, BinKind, ToteKind, StageKind}

func (r *Reader) lookUp(gtin GTIN, text string, want []Kind) (out []Found, err error) {
	if gtin != "" {
		out, err = r.itemsBy(string(gtin), text)
	}
	if err != nil || text == "" {
		return out, err
	}
	if len(out) == 0 {
		if out, err = r.itemsBy(text, text); err != nil {
			return nil, err
		}
	}
	bins, err := r.PlacesByCode(text)
	if err != nil {
		return nil, err
	}
	for _, b := range bins {
		out = append(out, Found{Kind: kindOf(b.Place), Code: text, Place: b.Place})
	}
	wh := r.s.id.Warehouse
	papers := slices.ContainsFunc(want, func(k Kind) bool { return !slices.Contains(shelf, k) })
	if len(out) > 0 && len(want) > 0 && !papers {
		return out, nil
	}
	others, err := all(r, func(f *Found) []any {
		return []any{&f.Kind, &f.Slip, &f.Carton, &f.Waybill, &f.Operator, &f.Order, &f.RMA,
			&f.Parcel}
	}, `
		SELECT 'slip', slip, '', '', '', '', '', '' FROM slip WHERE wh = ? AND slip = ?
		UNION ALL SELECT 'carton', slip, carton, '', '', '', '', '' FROM carton
			WHERE wh = ? AND carton = ?
		UNION ALL SELECT 'waybill', slip, carton, waybill, '', '', '', '' FROM waybill
			WHERE wh = ? AND waybill = ? AND state = 'assigned'
		UNION ALL SELECT 'operator', '', '', '', operator, '', '', '' FROM operator
			WHERE wh = ? AND operator = ?
		UNION ALL SELECT 'order', '', '', '', '', order_id, '', '' FROM sales_order
			WHERE wh = ? AND (platform_no = ? OR order_id = ?)
		UNION ALL SELECT 'return', '', '', '', '', '', rma, '' FROM rma WHERE wh = ? AND rma = ?
		UNION ALL SELECT 'return', '', '', '', '', '', rma, '' FROM rma_waybill
			WHERE wh = ? AND waybill = ?
		UNION ALL SELECT 'parcel', '', '', p.waybill, '', '', p.rma, p.parcel
			FROM return_parcel p
			WHERE p.wh = ? AND p.waybill = ? AND p.waybill <> '' AND NOT EXISTS (
				SELECT 1 FROM return_parcel_state s
				WHERE s.wh = p.wh AND s.parcel = p.parcel AND s.state = 'mistake')`,
		text, wh, text, wh, text, wh, text, wh, text, text, wh, text, wh, text, wh, text)
	for _, f := range others {
		f.Code = text
		out = append(out, f)
	}
	return out, err
}

// Ref is the id of a thing, as facts are about it.
func (f Found) Ref() string {
	switch f.Kind {
	case ItemKind:
		return string(f.Item.SKU)
	case BinKind, ToteKind, StageKind:
		return string(f.Place)
	case CartonKind:
		return string(f.Carton)
	case SlipKind:
		return string(f.Slip)
	case OrderKind:
		return string(f.Order)
	case WaybillKind:
		return string(f.Waybill)
	case OperatorKind:
		return string(f.Operator)
	case ReturnKind:
		return string(f.RMA)
	case ParcelKind:
		return f.Parcel
	}
	return f.Code
}

// Others finds what no label of ours stands for, but people ask about: lots,
// serials, customers, the orders of a bought waybill, and those of a phone by its last
// four digits.
func (r *Reader) Others(text string, limit int) ([]Found, error) {
	tail := "-" // of no phone
	if len(text) == phoneTail && strings.Trim(text, "0123456789") == "" {
		tail = text
	}
	wh := r.s.id.Warehouse
	return all(r, (*Found).asked, `
		SELECT 'lot', lot, item, '' FROM lot WHERE wh = ? AND lot = ?
		UNION SELECT 'serial', serial, item, '' FROM stock
			WHERE wh = ? AND serial = ? AND serial <> ''
		UNION SELECT 'customer', customer, '', '' FROM sales_order WHERE wh = ? AND customer = ?
		UNION SELECT 'order', platform_no, '', order_id FROM sales_order
			WHERE wh = ? AND waybill = ? AND waybill <> ''
		UNION SELECT 'order', o.platform_no, '', o.order_id FROM recipient p
			JOIN sales_order o ON o.wh = p.wh AND o.recipient = p.recipient
			WHERE p.wh = ? AND p.tail = ?
		ORDER BY 1, 4 DESC, 2, 3 LIMIT ?`,
		text, wh, text, wh, text, wh, text, wh, tail, limit)
}

func (f *Found) asked() []any { return []any{&f.Kind, &f.Code, &f.Item.SKU, &f.Order} }

// ItemsNamed finds items by the beginning of their name. It looks at every item.
func (r *Reader) ItemsNamed(text string, limit int) ([]Found, error) {
	return all(r, (*Found).asked, `
		SELECT 'item', item, item, '' FROM item WHERE wh = ? AND name LIKE ?
		ORDER BY item LIMIT ?`, text+"%", limit)
}
