package paper

import (
	"fmt"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/tui/i18n"
)

// A SlipSheet is an outbound slip with whom it is for.
type SlipSheet struct {
	store.Slip
	Orders []string
	To     store.Recipient
	ShipBy string // as people write it; empty for none
}

// head is what stands on top of each page of a slip's papers.
func (s SlipSheet) head(t i18n.Text, prefix string, as store.Paper) []Row {
	facts := joined(string(s.Carrier), t.Deliveries()[s.Mode])
	if s.ShipBy != "" {
		facts = joined(facts, t.PaperShipBy(s.ShipBy))
	}
	return []Row{row(text(t.Papers()[as]).at(20).bold().share(2),
		ours(prefix, scanner.SlipLabel, string(s.ID)).cell().share(3)),
		row(text(facts)), ruled(text(t.PaperOrder(inOneLine(s.Orders))))}
}

// inOneLine is as many numbers as a text has room for, each whole, and how many more there are.
func inOneLine(numbers []string) (out string) {
	const room = textMost - 20 // for what stands around them
	for i, no := range numbers {
		longer := joined(out, no)
		if len([]rune(longer)) > room {
			return joined(out, fmt.Sprintf("+%d", len(numbers)-i))
		}
		out = longer
	}
	return out
}

// foot is the sum, what the customers remarked, and who signs.
func (s SlipSheet) foot(t i18n.Text, lines int, pieces store.Qty) []Row {
	rows := []Row{row(text(t.PaperTotal(lines, pieces)).bold())}
	for _, remark := range s.Remarks {
		rows = append(rows, row(text(remark)))
	}
	var signs Row
	for _, sign := range t.PaperSigns() {
		signs.Cells = append(signs.Cells, text(sign))
	}
	return append(rows, row(text("").at(12)), signs)
}

// wordy is the share of a column from which it holds names, which wrap; codes stay whole.
const wordy = 6

// table is a row of texts in columns, with the shares of the row that they take.
func table(shares []int, bold bool, texts ...string) Row {
	r := Row{Rule: true}
	for i, s := range texts {
		r.Cells = append(r.Cells, Cell{Text: s, Points: 9, Bold: bold, Share: shares[i],
			Fit: shares[i] < wordy})
	}
	return r
}

// OutboundSlip is the slip as it goes with the goods to the packing table.
func OutboundSlip(t i18n.Text, prefix string, s SlipSheet) Doc {
	shares := []int{1, 3, 7, 2, 2}
	d := Doc{Media: A5, Head: s.head(t, prefix, store.SlipPaper)}
	d.Head = append(d.Head, row(text(t.PaperTo()), text(joined(s.To.Name,
		store.Masked(s.To.Phone), s.To.City, s.To.Address)).share(10)),
		table(shares, true, t.SlipHeader()...))
	var pieces store.Qty
	for _, l := range s.Lines {
		d.Rows = append(d.Rows, table(shares, false, fmt.Sprint(l.Line), string(l.Item),
			l.About.Title(), l.N.String(), "______"))
		pieces += l.N
	}
	d.Rows = append(d.Rows, s.foot(t, len(s.Lines), pieces)...)
	return d
}

// PickList is a slip for who picks it by paper: its open tasks in the order of the walk.
func PickList(t i18n.Text, prefix string, s SlipSheet) Doc {
	shares := []int{4, 3, 6, 3, 2, 2}
	d := Doc{Media: A5, Head: append(s.head(t, prefix, store.PickPaper),
		table(shares, true, t.PickHeader()...))}
	var pieces store.Qty
	lines := 0
	for _, k := range s.Tasks {
		if k.Left() == 0 {
			continue
		}
		line := table(shares, false, k.From.Code(), string(k.Item), titleOf(s.Slip, k.Line),
			joined(string(k.Lot), k.Expires.String()), k.Left().String(), "______")
		line.Cells[0].Points, line.Cells[0].Bold = 12, true
		d.Rows = append(d.Rows, line)
		pieces += k.Left()
		lines++
	}
	d.Rows = append(d.Rows, s.foot(t, lines, pieces)...)
	return d
}

// titleOf is the item of a line, in words.
func titleOf(s store.Slip, line int64) string {
	for _, l := range s.Lines {
		if l.Line == line {
			return l.About.Title()
		}
	}
	return ""
}

// A PackedCarton is a carton with what lies in it.
type PackedCarton struct {
	store.Carton
	Goods []store.PackedGoods
}

// PackingList goes into the parcels: which carton holds what.
func PackingList(t i18n.Text, prefix string, s SlipSheet, cartons []PackedCarton) Doc {
	shares := []int{1, 3, 8, 2}
	d := Doc{Media: A5, Head: s.head(t, prefix, store.PackingPaper)}
	var pieces store.Qty
	lines := 0
	for _, c := range cartons {
		d.Rows = append(d.Rows, row(text(t.PaperNth(c.N, int64(len(cartons)))).bold(),
			text(t.PaperPacked(c.ID)).right().share(2)),
			table(shares, true, t.PackHeader()...))
		for i, g := range c.Goods {
			d.Rows = append(d.Rows, table(shares, false, fmt.Sprint(i+1), string(g.Item),
				joined(titleOf(s.Slip, g.Line), string(g.Lot), string(g.Serial)), g.N.String()))
			pieces += g.N
			lines++
		}
	}
	d.Rows = append(d.Rows, row(text(t.PaperTotal(lines, pieces)).bold()))
	return d
}

// A Loaded is a hand-over with its parcels.
type Loaded struct {
	store.Handover
	Left   string // when, as people write it
	Rows   []store.Departure
	Pieces int64
}

// LoadingList is what both sides sign at the dock.
func LoadingList(t i18n.Text, l Loaded) Doc {
	shares := []int{1, 4, 5, 2, 2, 2}
	d := Doc{Media: A4, Head: []Row{row(text(t.ListTitle(l.ID)).at(18).bold())}}
	for _, line := range t.ListHead(l.Handover, l.Left) {
		d.Head = append(d.Head, row(text(line)))
	}
	d.Head = append(d.Head, table(shares, true, t.LoadHeader()...))
	for i, p := range l.Rows {
		weight := ""
		if p.Grams > 0 {
			weight = fmt.Sprintf("%.2f", float64(p.Grams)/1000)
		}
		d.Rows = append(d.Rows, table(shares, false, fmt.Sprint(i+1), string(p.Waybill),
			string(p.Carton), string(p.Carrier), fmt.Sprint(p.N), weight))
	}
	d.Rows = append(d.Rows, row(text(t.ListSum(len(l.Rows), l.Pieces)).bold()),
		row(text("").at(12)))
	for _, line := range t.ListSign(l.Signed) {
		d.Rows = append(d.Rows, row(text(line)), row(text("").at(12)))
	}
	return d
}
