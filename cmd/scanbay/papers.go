package main

import (
	"strings"

	"scanbay/store"
	"scanbay/tui/i18n"
	"scanbay/tui/paper"
)

// papers read what stands on documents. What a slip is for is read when it is printed: an address
// may have been put right since somebody asked for the label.
type papers struct {
	*store.Reader
	text   i18n.Text
	prefix string
}

func papersFrom(r *store.Reader, t i18n.Text) (papers, error) {
	prefix, err := r.Setting(store.LabelPrefix)
	return papers{r, t, prefix}, err
}

// docs are the documents of a kind about a thing: of an item, one for each of its barcodes. It
// refuses with NotFound.
func (p papers) docs(kind store.Paper, ref string) ([]paper.Doc, error) {
	one := func(d paper.Doc, err error) ([]paper.Doc, error) { return []paper.Doc{d}, err }
	switch kind {
	case store.BinPaper:
		b, err := p.Bin(store.InBin(ref))
		return one(paper.PlaceLabel(p.text, p.prefix, b), err)
	case store.TotePaper: // it needs no registration
		tote := store.Bin{Place: store.InTote(strings.ToUpper(ref))}
		return one(paper.PlaceLabel(p.text, p.prefix, tote), nil)
	case store.StagePaper:
		return p.stages(ref)
	case store.ItemPaper:
		return p.items(ref)
	case store.BadgePaper:
		o, err := p.Operator(store.OperatorID(ref))
		return one(paper.BadgeLabel(p.text, p.prefix, o), err)
	case store.CartonPaper:
		return one(p.carton(store.CartonID(ref)))
	case store.ReturnPaper:
		rma, err := p.RMA(store.RMAID(ref))
		return one(paper.ReturnLabel(p.text, p.prefix, rma), err)
	case store.SlipPaper:
		s, err := p.slip(store.SlipID(ref))
		return one(paper.OutboundSlip(p.text, p.prefix, s), err)
	case store.PickPaper:
		s, err := p.slip(store.SlipID(ref))
		return one(paper.PickList(p.text, p.prefix, s), err)
	case store.PackingPaper:
		return one(p.packing(store.SlipID(ref)))
	case store.LoadingPaper:
		return one(p.loading(store.HandoverID(ref)))
	case store.CommandPaper:
		return commandSheets(p.text, p.prefix), nil
	}
	return one(paper.TestSheet(p.text, p.prefix), nil)
}

// stages are the staging area and the dock of a code: mostly there is one of them.
func (p papers) stages(code string) (out []paper.Doc, err error) {
	for _, kind := range []string{"stage/", "dock/"} {
		b, missing := p.Bin(store.Place(kind + code))
		if _, refused := store.RefusalOf(missing); missing != nil && !refused {
			return nil, missing
		}
		if err = missing; missing == nil {
			out = append(out, paper.PlaceLabel(p.text, p.prefix, b))
		}
	}
	if out != nil {
		err = nil
	}
	return out, err
}

func (p papers) items(ref string) (out []paper.Doc, err error) {
	item, err := p.Item(store.SKU(ref))
	if err != nil {
		return nil, err
	}
	for _, code := range item.Barcodes {
		out = append(out, paper.ItemLabel(p.prefix, item, code))
	}
	if out == nil {
		out = []paper.Doc{paper.ItemLabel(p.prefix, item, store.Barcode{})}
	}
	return out, nil
}

// carton is a parcel's label. Its number among them is its place among those that are parcels; how
// many they are is known once nothing is left to pack.
func (p papers) carton(id store.CartonID) (d paper.Doc, err error) {
	c, err := p.Carton(id)
	if err != nil {
		return d, err
	}
	s, err := p.slip(c.Slip)
	if err != nil {
		return d, err
	}
	whole := s.Sums.Unpacked == 0
	switch s.State() {
	case store.SlipPacked, store.SlipPartShipped, store.SlipShipped:
	default:
		whole = false
	}
	all, parcel := int64(0), paper.Parcel{Carton: c, To: s.To, Orders: s.Orders,
		From: string(p.Station().Warehouse)}
	for _, other := range s.Cartons {
		empty := other.Step != store.CartonShipped && other.Holds <= 0
		if other.ID == id {
			parcel.N = all + 1 // also of one that is about to be filled
			whole = whole && !empty
		}
		if !empty {
			all++
		}
		whole = whole && !other.Filling()
	}
	if whole {
		parcel.Of = all
	}
	return paper.CartonLabel(p.text, p.prefix, parcel), nil
}

// slip is a slip with whom it is for.
func (p papers) slip(id store.SlipID) (out paper.SlipSheet, err error) {
	if out.Slip, err = p.WholeSlip(id); err != nil {
		return out, err
	}
	if out.Cartons, err = p.CartonsOf(id); err != nil {
		return out, err
	}
	out.ShipBy = instant(p.Now().Location(), out.Slip.ShipBy)
	orders, err := p.OrdersOn(id)
	for _, no := range orders {
		o, err := p.Order(no)
		if err != nil {
			return out, err
		}
		out.Orders = append(out.Orders, o.PlatformNo)
		if o.Recipient != "" {
			if out.To, err = p.Recipient(o.Recipient); err != nil {
				return out, err
			}
		}
	}
	return out, err
}

func (p papers) packing(id store.SlipID) (d paper.Doc, err error) {
	s, err := p.slip(id)
	if err != nil {
		return d, err
	}
	var packed []paper.PackedCarton
	for _, c := range s.Cartons {
		goods, err := p.PackedIn(c)
		if c.Step == store.CartonShipped {
			var was store.CartonConfirmed
			was, _, err = p.Confirmation(c)
			goods = was.Goods
		}
		if err != nil {
			return d, err
		}
		if len(goods) > 0 {
			c.N = int64(len(packed)) + 1 // as its label counts: those that are parcels
			packed = append(packed, paper.PackedCarton{Carton: c, Goods: goods})
		}
	}
	return paper.PackingList(p.text, p.prefix, s, packed), nil
}

func (p papers) loading(id store.HandoverID) (d paper.Doc, err error) {
	l := paper.Loaded{}
	if l.Handover, err = p.Handover(id); err != nil {
		return d, err
	}
	if l.Rows, err = p.LoadedOn(l.ID); err != nil {
		return d, err
	}
	for _, row := range l.Rows {
		l.Pieces += row.N
	}
	l.Left = instant(p.Now().Location(), l.Closed)
	return paper.LoadingList(p.text, l), nil
}

// commandSheets are the command barcodes: a sheet for the floor, and one for the desk.
func commandSheets(t i18n.Text, prefix string) (out []paper.Doc) {
	names := wordsIn(t).CardGroups()
	for _, desk := range []bool{false, true} {
		var groups []paper.CommandGroup
		for _, g := range groupsOf(desk) {
			groups = append(groups, paper.CommandGroup{Name: names[g.name],
				Commands: g.commands})
		}
		out = append(out, paper.CommandSheet(mineFirst(t), prefix, groups))
	}
	return out
}

// mineFirst are the languages, the reader's in front.
func mineFirst(t i18n.Text) []i18n.Text {
	out := []i18n.Text{t}
	for _, other := range languages() {
		if other.Tag() != t.Tag() {
			out = append(out, other)
		}
	}
	return out
}
