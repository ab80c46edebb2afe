package paper

import (
	"fmt"
	"strings"

	"scanbay/scanner"
	"scanbay/scanner/gs1"
	"scanbay/store"
	"scanbay/tui/i18n"
)

// ours is the code of one of our own labels. What they have no letters for is written as it is,
// and found by look-up.
func ours(prefix string, kind scanner.Kind, code string) Code {
	content := scanner.Encode(prefix, kind, code)
	if content == "" {
		return plainCode(code)
	}
	return Code{As: Code128, Content: content, Said: content}
}

// cell is a code in a row.
func (c Code) cell() Cell { return Cell{Code: &c} }

// high is a code with bars of so many millimetres.
func (c Code) high(mm int) Code { c.High = mm; return c }

// unsaid is a code without its text, where that stands beside it in large letters.
func (c Code) unsaid() Code { c.Said = ""; return c }

// PlaceLabel is the label of a bin, a tote, a staging area or a dock: its code is read by a
// person from two metres.
func PlaceLabel(t i18n.Text, prefix string, b store.Bin) Doc {
	code, kind, name := b.Place.Code(), scanner.StageLabel, t.Papers()[store.StagePaper]
	switch {
	case b.Place.Is("bin"):
		kind, name = scanner.BinLabel, t.Papers()[store.BinPaper]
	case b.Place.Is("tote"):
		kind, name = scanner.ToteLabel, t.Papers()[store.TotePaper]
	}
	bars := ours(prefix, kind, code)
	if b.Place.Is("dock") {
		bars = plainCode(code) // only a look-up knows one from a staging area
	}
	about := row(text(name))
	if b.Zone != "" {
		about = row(text(name), text(t.PaperZone(b.Zone)).right())
	}
	return Doc{Media: Small, One: true, Rows: []Row{about,
		row(text(code).at(72).bold().fit()), row(bars.high(20).cell())}}
}

// ItemLabel is the label of one piece of an item, or of a case of it: with its barcode, or one of
// ours for an item that has none.
func ItemLabel(prefix string, item store.Item, code store.Barcode) Doc {
	bars := ours(prefix, scanner.ItemLabel, string(item.SKU))
	if code.Code != "" {
		bars = itemCode(code.Code)
	}
	rows := []Row{row(text(item.Title()).bold())}
	pieces := text("")
	if code.N > 1 {
		pieces = text(code.N.String() + " x").bold().right()
	}
	rows = append(rows, row(text(string(item.SKU)).share(3), pieces))
	return Doc{Media: Tag, One: true, Rows: append(rows, row(bars.cell()))}
}

// BadgeLabel is what an operator wears. It is a number only: a copy of it opens nothing.
func BadgeLabel(t i18n.Text, prefix string, o store.Operator) Doc {
	var roles []string
	for _, r := range strings.Fields(o.Roles) {
		roles = append(roles, t.Roles()[store.Role(r)])
	}
	return Doc{Media: Badge, One: true, Rows: []Row{
		row(text(o.Name).at(24).bold()),
		row(text(strings.Join(roles, " "))),
		row(ours(prefix, scanner.OperatorLabel, string(o.ID)).unsaid().high(15).cell()),
		row(text(t.PaperBadge(o.ID)).at(8))}}
}

// ReturnLabel goes on the goods of a return while they wait.
func ReturnLabel(t i18n.Text, prefix string, rma store.RMA) Doc {
	rows := []Row{row(text(t.Papers()[store.ReturnPaper])),
		row(text(string(rma.ID)).at(48).bold().fit())}
	rows = append(rows, orderRows(t, ordersIn(rma), Body)...)
	return Doc{Media: Small, One: true, Rows: append(rows,
		row(ours(prefix, scanner.ReturnLabel, string(rma.ID)).high(15).cell()))}
}

// orderRows are the first orders of a label, and how many more there are: what is in hand is known
// by its code.
func orderRows(t i18n.Text, numbers []string, points float64) (rows []Row) {
	const most = 5
	for i, no := range numbers {
		if i == most {
			return append(rows, row(text(fmt.Sprintf("+%d", len(numbers)-most)).at(points)))
		}
		rows = append(rows, row(text(t.PaperOrder(no)).at(points)))
	}
	return rows
}

func ordersIn(rma store.RMA) (out []string) {
	seen := map[store.OrderID]bool{"": true}
	for _, l := range rma.Lines {
		if !seen[l.Order] {
			seen[l.Order] = true
			out = append(out, string(l.Order))
		}
	}
	return out
}

// A Parcel is what stands on a carton.
type Parcel struct {
	store.Carton
	Of     int64 // cartons of its slip; 0 while more may come
	To     store.Recipient
	From   string // the warehouse, as it calls itself
	Orders []string
}

// phone is the recipient's, whole only where our own driver is to call.
func (p Parcel) phone() string {
	if p.Mode == store.OwnFleet {
		return p.To.Phone
	}
	return store.Masked(p.To.Phone)
}

// CartonLabel is the label of a parcel. An SSCC is printed as GS1 has it, another number as one
// of our labels.
func CartonLabel(t i18n.Text, prefix string, p Parcel) Doc {
	carrier := string(p.Carrier)
	if carrier == "" {
		carrier = t.NoCarrier()
	}
	rows := []Row{
		ruled(text(carrier).at(28).bold().share(3).fit(),
			text(t.PaperNth(p.N, p.Of)).at(16).bold().right().share(2).fit()),
		row(text(t.PaperTo()).at(12), text(p.To.Name).at(18).bold().share(6),
			text(p.phone()).at(12).right().share(5)),
		row(text(joined(p.To.City, p.To.Address, p.To.Postcode, p.To.Country)).at(14)),
		ruled(text(t.PaperFrom()).at(9), text(p.From).at(9).share(11)),
	}
	if p.Waybill != "" {
		rows = append(rows, row(text(t.PaperWaybill()).at(9)),
			ruled(plainCode(string(p.Waybill)).high(22).cell()))
	}
	id := ours(prefix, scanner.CartonLabel, string(p.ID))
	if gs1.ValidSSCC(string(p.ID)) {
		id = Code{As: GS1128, Content: "00" + string(p.ID), Said: "(00)" + string(p.ID)}
	}
	rows = append(rows, row(text(t.PaperPacked(p.ID)).at(9)), row(id.high(18).cell()),
		row(text(t.PaperSlip(p.Slip)).at(9)))
	rows = append(rows, orderRows(t, p.Orders, 9)...)
	return Doc{Media: Large, One: true, Rows: rows}
}

func joined(parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, " ")
}
