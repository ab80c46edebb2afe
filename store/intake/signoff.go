package intake

import (
	"errors"
	"slices"

	"scanbay/store"
	"scanbay/store/returns"
)

// signoffColumns are those of what customers signed for: a row is a parcel, a slip or an
// order, or an item of one.
var signoffColumns = []column{
	{"waybill", "运单号 快递单号 物流单号 waybill_no tracking_no", code, may},
	{"slip", "出库单号 出库单 slip_no", code, may},
	{"order", "订单号 订单编号 平台单号 交易号 order_no order_id", code, may},
	{"channel", "渠道 平台 来源平台", code, may},
	{"shop", "店铺 店铺名称 store", text, may},
	{"at", "签收时间 签收日期 时间 signed_at", moment, must},
	{"sku", "商品编码 货号 商品货号 商家编码 StockCode item item_code", code, many},
	{"gtin", "商品条码 69码 条码 条形码 国际条码 barcode ean upc", barcode, many},
	{"signed", "签收数量 实收数量 signed_qty", count, many},
	{"short", "少件 短少 少件数量 短少数量", count, many},
	{"over", "多件 多件数量", count, many},
	{"damaged", "破损 破损数量", count, many},
	{"name", "名称 商品名称 品名 商品名 商品标题 Description", nil, many},
}

// signedNames are what names that which was signed for, the sharpest first.
var signedNames = []string{"slip", "waybill", "order"}

type signoffRow struct {
	about
	slip    store.SlipID
	waybill store.WaybillNo
	at      int64
	sku     store.SKU
	gtin    string
	line    store.SignedLine
}

// fields stand in the order of the columns.
func (x *signoffRow) fields() []any {
	l := &x.line
	return []any{&x.waybill, &x.slip, &x.no, &x.channel, &x.shop, &x.at, &x.sku, &x.gtin,
		&l.Signed, &l.Short, &l.Over, &l.Damaged}
}

// A signing is what was signed for together, on its way in.
type signing struct {
	*taking
	row
	before int64  // how many problems there were
	name   string // the column that names it
	in     returns.SigningOff
	slips  []store.Slip
	items  []*signedItem
	rest   bool // what no row names was signed for as it left
}

// A signedItem is what was signed for of an item on a slip.
type signedItem struct {
	row
	slip  store.Slip
	lines []store.SlipLine // of the item
	store.SignedLine
	whole bool // all that is not short was signed for
}

// signoffs takes in what customers signed for: the days to send it back count from then.
func (t *taking) signoffs() error {
	by := slices.DeleteFunc([]string{"channel", "shop", "order", "waybill", "slip"},
		func(name string) bool { return !t.has(name) })
	for rows := range t.each(t.group(by...)) {
		s := signing{taking: t, row: rows[0], before: t.problems()}
		err := s.find(rows)
		if err != nil {
			return err
		}
		if len(s.slips) == 0 {
			continue
		}
		for _, r := range rows {
			if err := s.item(r); err != nil {
				return err
			}
		}
		if err := s.sign(); err != nil {
			return err
		}
	}
	return nil
}

// find finds the slips that rows are about.
func (s *signing) find(rows []row) (err error) {
	var x signoffRow
	s.fill(s.merge(rows), x.fields())
	s.in.At, s.in.Slip, s.in.Waybill = x.at, x.slip, x.waybill
	var ids []store.SlipID
	switch {
	case x.slip != "":
		s.name, ids = "slip", []store.SlipID{x.slip}
	case x.waybill != "":
		s.name = "waybill"
		found, err := s.tx.WaybillsByNo(x.waybill)
		if err != nil {
			return err
		}
		for _, w := range found {
			ids = append(ids, w.Slip)
		}
		ids = slices.Compact(ids)
	default:
		s.name = "order"
		if s.in.Order, err = s.settles(s.row, x.about); err != nil || s.in.Order == "" {
			return err
		}
		if ids, err = s.tx.LiveSlips(s.in.Order); err != nil {
			return err
		}
	}
	for _, id := range ids {
		slip, err := s.tx.WholeSlip(id)
		if none, err := unknown(err); err != nil || none {
			ids = nil
			break
		}
		if slices.ContainsFunc(slip.Lines, func(l store.SlipLine) bool { return l.Shipped > 0 }) {
			s.slips = append(s.slips, slip)
		}
	}
	switch {
	case len(ids) == 0 && s.name != "order":
		s.problem(s.row, s.name, UnknownSlip, "")
	case len(s.slips) == 0:
		s.problem(s.row, s.name, NotSent, "")
	}
	return nil
}

// item adds what a row says of an item, or that it says nothing of any.
func (s *signing) item(r row) error {
	var x signoffRow
	s.fill(r, x.fields())
	l := x.line
	if x.sku == "" && x.gtin == "" {
		if s.rest = true; l != (store.SignedLine{}) {
			s.problem(r, "sku", MissingValue, "")
		}
		return nil
	}
	column, per := "sku", store.Qty(1)
	if x.sku == "" {
		column = "gtin"
	}
	if err := s.piece(r, &x.sku, x.gtin, &per); err != nil || x.sku == "" {
		return err
	}
	i := slices.IndexFunc(s.items, func(o *signedItem) bool { return o.lines[0].Item == x.sku })
	if i < 0 {
		one := s.of(r, column, x.sku)
		if one == nil {
			return nil
		}
		i, s.items = len(s.items), append(s.items, one)
	}
	one := s.items[i]
	one.whole = one.whole || s.cell(r, s.column("signed")) == ""
	one.Signed += l.Signed * per
	one.Short += l.Short * per
	one.Over += l.Over * per
	one.Damaged += l.Damaged * per
	return nil
}

// of finds the slip that an item left on. None, or several, are a problem.
func (s *signing) of(r row, column string, sku store.SKU) (one *signedItem) {
	for _, slip := range s.slips {
		lines := slices.DeleteFunc(slices.Clone(slip.Lines), func(l store.SlipLine) bool {
			return l.Item != sku || l.Shipped <= 0
		})
		switch {
		case len(lines) == 0:
		case one != nil:
			s.problem(r, column, UnknownSlip, string(one.slip.ID+", "+slip.ID))
			return nil
		default:
			one = &signedItem{row: r, slip: slip, lines: lines}
		}
	}
	if one == nil {
		s.problem(r, column, NotOnOrder, "")
	}
	return one
}

// sign records what was signed for: of each slip by itself where rows name items.
func (s *signing) sign() error {
	all := []returns.SigningOff{s.in}
	if len(s.items) > 0 {
		all = nil
		for _, slip := range s.slips {
			in := returns.SigningOff{Slip: slip.ID, Waybill: s.in.Waybill, At: s.in.At}
			if in.Lines = s.lines(slip); len(in.Lines) > 0 {
				all = append(all, in)
			}
		}
	}
	if s.problems() > s.before {
		return nil
	}
	known := true
	for _, in := range all {
		e, err := returns.SignOffOf(s.tx, in)
		if errors.Is(err, returns.ErrKnown) {
			continue
		}
		if refusal, refused := store.RefusalOf(err); refused && refusal.Code == store.BadQuantity {
			s.problem(s.row, "signed", BadNumber, refusal.Want)
			return nil
		} else if refused && refusal.Code == store.BadSetting {
			s.problem(s.row, "at", NotThatDay, refusal.Want)
			return nil
		}
		if err != nil {
			return err
		}
		known = false
		if err := s.tx.Record(e); err != nil {
			return err
		}
	}
	if known {
		s.Known++
		return nil
	}
	s.Taken++
	return nil
}

// lines are what was signed for of a slip.
func (s *signing) lines(slip store.Slip) (out []store.SignedLine) {
	for _, one := range s.items {
		if one.slip.ID == slip.ID {
			out = append(out, s.spread(one)...)
		}
	}
	for _, l := range slip.Lines {
		if s.rest && l.Shipped > 0 && !slices.ContainsFunc(out, func(x store.SignedLine) bool {
			return x.Line == l.Line
		}) {
			out = append(out, store.SignedLine{Line: l.Line, Signed: l.Shipped})
		}
	}
	return out
}

// spread puts what was signed for of an item to its lines. More than left is a problem.
func (s *signing) spread(one *signedItem) (out []store.SignedLine) {
	var left store.Qty
	for _, l := range one.lines {
		left += l.Shipped
	}
	sum := one.SignedLine
	if one.whole {
		sum.Signed = max(sum.Signed, left-sum.Short)
	}
	switch {
	case sum.Signed+sum.Short > left:
		s.problem(one.row, "signed", OverSent, left.String())
		return nil
	case sum.Signed+sum.Short == 0:
		s.problem(one.row, "signed", Negative, "1")
		return nil
	case sum.Damaged > sum.Signed+sum.Over:
		s.problem(one.row, "damaged", OverSent, (sum.Signed + sum.Over).String())
		return nil
	}
	for i, l := range one.lines {
		x := store.SignedLine{Line: l.Line, Signed: min(sum.Signed, l.Shipped)}
		x.Short = min(sum.Short, l.Shipped-x.Signed)
		if i == 0 {
			x.Over = sum.Over
		}
		x.Damaged = min(sum.Damaged, x.Signed+x.Over)
		sum.Signed, sum.Short = sum.Signed-x.Signed, sum.Short-x.Short
		sum.Damaged -= x.Damaged
		if x.Signed+x.Short > 0 {
			out = append(out, x)
		}
	}
	return out
}
