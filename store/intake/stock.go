package intake

import (
	"cmp"
	"fmt"
	"strconv"

	"scanbay/store"
)

// stockColumns are those of what a bin holds of a batch.
var stockColumns = []column{
	{"bin", "货位 库位 货位号 货位编码 location", code, must},
	{"sku", "商品编码 货号 商品货号 商家编码 StockCode item item_code", code, may},
	{"gtin", "商品条码 69码 条码 条形码 国际条码 barcode ean upc", barcode, may},
	{"qty", "数量 库存 库存数量 在库量 Quantity on_hand", count, must | many},
	{"lot", "批次 批号 批次号 batch", code, may},
	{"serial", "序列号 串码 SN serial_no", code, many},
	{"made", "生产日期 made_on production_date", date, may},
	{"expires", "有效期至 到期日 到期日期 失效日期 有效期 expiry expiry_date", date, may},
	{"name", "名称 商品名称 品名 商品名 Description", nil, may},
}

type stockRow struct {
	store.StockSet
	in        row
	bin, gtin string
	about     store.Item
}

// fields stand in the order of the columns.
func (x *stockRow) fields() []any {
	return []any{&x.bin, &x.Item, &x.gtin, &x.N, &x.Lot, &x.Serial, &x.Made, &x.Expires}
}

// A spot is what the ledger tells apart.
type spot struct {
	place store.Place
	store.Batch
}

// A stocking is a file of stock on its way in.
type stocking struct {
	*taking
	rows  []*stockRow
	items map[store.SKU]store.Item
	bins  map[string]store.Place
	lots  map[store.Batch]store.LotSeen // as the store knows them
}

// stock takes quantities as they are from now on: what the file says nothing of
// stays as it is.
func (t *taking) stock() error {
	s := stocking{taking: t, items: map[store.SKU]store.Item{}, bins: map[string]store.Place{},
		lots: map[store.Batch]store.LotSeen{}}
	for _, step := range []func() error{s.resolve, s.date, s.compare, s.record} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// resolve finds the bin, the item and the batch of every row, and keeps the rows
// where they are clear.
func (s *stocking) resolve() error {
	for _, r := range s.taking.rows {
		if r.bad {
			s.LeftOut++
			continue
		}
		x := &stockRow{in: r}
		s.fill(r, x.fields())
		if err := s.place(x); err != nil {
			return err
		}
		if err := s.item(x); err != nil {
			return err
		}
		if x.Place == "" || x.about.SKU == "" || !s.fits(x) {
			continue
		}
		if x.Lot == "" && x.Expires != 0 {
			x.Lot = store.LotOfExpiry(x.Expires)
		}
		s.rows = append(s.rows, x)
	}
	return nil
}

// place finds a row's bin, or stage, by its code.
func (s *stocking) place(x *stockRow) error {
	place, seen := s.bins[x.bin]
	if !seen {
		found, err := s.tx.PlacesByCode(x.bin)
		if err != nil {
			return err
		}
		for _, b := range found {
			if b.Place.Is("bin") || b.Place.Is("stage") && place == "" {
				place = b.Place
			}
		}
		s.bins[x.bin] = place
	}
	if x.Place = place; place == "" {
		s.problem(x.in, "bin", UnknownBin, "")
	}
	return nil
}

// item finds a row's item, by its SKU or else its barcode. A barcode of a case
// counts as many as it holds.
func (s *stocking) item(x *stockRow) error {
	name := "sku"
	if x.Item == "" {
		name = "gtin"
		found, err := s.coded(x.gtin)
		if err != nil {
			return err
		}
		if len(found) > 1 {
			s.problem(x.in, name, AmbiguousItem, string(found[0].SKU+", "+found[1].SKU))
			return nil
		}
		for _, c := range found {
			x.Item, x.N = c.SKU, x.N*c.N
		}
	}
	about, seen := s.items[x.Item]
	if !seen {
		var err error
		about, err = s.tx.Item(x.Item)
		if _, err = unknown(err); err != nil {
			return err
		}
		s.items[x.Item] = about
	}
	if x.about = about; about.SKU == "" {
		s.problem(x.in, name, UnknownItem, "")
	}
	return nil
}

// fits says whether a row has what its item is kept by.
func (s *stocking) fits(x *stockRow) bool {
	kept, some := x.about, x.N > 0
	switch {
	case x.Serial != "" && !bool(kept.Serials):
		s.problem(x.in, "serial", Contradiction, "serials: no")
	case x.Serial != "" && x.N > 1:
		s.problem(x.in, "qty", BadNumber, "1")
	case x.Serial == "" && bool(kept.Serials) && some:
		s.problem(x.in, "serial", MissingValue, "")
	case x.Lot == "" && x.Expires == 0 && bool(kept.Lots) && some:
		s.problem(x.in, "lot", MissingValue, "")
	case x.Lot == "" && x.Expires == 0 && bool(kept.Expiries) && some:
		s.problem(x.in, "expires", MissingValue, "")
	default:
		return true
	}
	return false
}

// date gives every row the dates of its lot, which any row of the lot may say,
// or the store. All rows must agree.
func (s *stocking) date() error {
	lots := map[store.Batch]*store.LotSeen{}
	of := func(x *stockRow) *store.LotSeen { return lots[store.Batch{Item: x.Item, Lot: x.Lot}] }
	agree := func(x *stockRow, name string, says store.Date, all *store.Date) {
		if says != 0 && *all != 0 && says != *all {
			s.problem(x.in, name, Contradiction, all.String())
			s.suspect(x)
		} else if says != 0 {
			*all = says
		}
	}
	for _, x := range s.rows {
		if of(x) == nil {
			lots[store.Batch{Item: x.Item, Lot: x.Lot}] = &store.LotSeen{}
		}
		agree(x, "made", x.Made, &of(x).Made)
		agree(x, "expires", x.Expires, &of(x).Expires)
	}
	for key, lot := range lots {
		if key.Lot == "" {
			continue
		}
		known, err := s.tx.LotSeen(key.Item, key.Lot)
		if err != nil {
			return err
		}
		s.lots[key] = known
		lot.Made, lot.Expires = cmp.Or(lot.Made, known.Made), cmp.Or(lot.Expires, known.Expires)
	}
	for _, x := range s.rows {
		x.Made, x.Expires = of(x).Made, of(x).Expires
		if bool(x.about.Expiries) && x.Expires == 0 && x.N > 0 {
			s.problem(x.in, "expires", MissingValue, "")
		}
	}
	return nil
}

// suspect marks all rows of a lot: which of them is right, nobody knows.
func (s *stocking) suspect(x *stockRow) {
	for _, other := range s.rows {
		if other.Item == x.Item && other.Lot == x.Lot {
			s.spoilt[other.in.line] = true
		}
	}
}

// compare sets down what the book says of each batch, and drops the rows that
// say the same.
func (s *stocking) compare() error {
	book := map[spot]store.Qty{}
	held, err := s.tx.Stock()
	if err != nil {
		return err
	}
	for _, b := range held {
		book[spot{b.Place, b.Batch}] = b.N
	}
	line := map[spot]int{}
	var changed []*stockRow
	for _, x := range s.rows {
		at := spot{x.Place, x.Batch}
		if line[at] != 0 {
			s.problem(x.in, "bin", DuplicateRow, strconv.Itoa(line[at]))
			s.spoilt[line[at]] = true
			continue
		}
		line[at], x.Was = x.in.line, book[at]
		known := s.lots[store.Batch{Item: x.Item, Lot: x.Lot}]
		if x.N == x.Was && (x.Lot == "" || x.Made == known.Made && x.Expires == known.Expires) {
			s.Same++
		} else {
			changed = append(changed, x)
		}
	}
	s.rows = changed
	return nil
}

// record records what changed, and then looks whether anybody was promised more
// than is left, and whether a serial is in two places.
func (s *stocking) record() error {
	before := map[store.SKU]store.Levels{}
	for _, x := range s.rows {
		if _, seen := before[x.Item]; x.N < x.Was && !seen {
			levels, err := s.tx.Levels(x.about)
			if err != nil {
				return err
			}
			before[x.Item] = levels
		}
	}
	for _, x := range s.rows {
		if err := s.tx.Record(x.StockSet); err != nil {
			return err
		}
		s.Taken++
		s.tell(s.Taken, int64(len(s.rows)))
	}
	for _, x := range s.rows {
		if err := s.promised(x, before); err != nil {
			return err
		}
		if err := s.lonely(x); err != nil {
			return err
		}
	}
	return nil
}

// promised looks whether what a row took away was promised: to a task in that
// bin, or to any order.
func (s *stocking) promised(x *stockRow, before map[store.SKU]store.Levels) error {
	if x.N >= x.Was {
		return nil
	}
	held, err := s.tx.Holding(x.Place, x.Item)
	if err != nil {
		return err
	}
	var left store.Qty
	for _, b := range held {
		if b.Lot == x.Lot {
			left += b.N
		}
	}
	tasks, err := s.tx.Allocated(x.Place, x.Batch, "")
	if err != nil {
		return err
	}
	if left < tasks {
		s.problem(x.in, "qty", ReservedMore, fmt.Sprint(x.N+tasks-left))
		return nil
	}
	was, lowered := before[x.Item]
	if !lowered {
		return nil
	}
	delete(before, x.Item) // one row stands for all that lower an item
	now, err := s.tx.Levels(x.about)
	if err == nil && now.OnHand < now.Reserved && now.OnHand < was.OnHand {
		s.problem(x.in, "qty", ReservedMore, fmt.Sprint(x.N+now.Reserved-now.OnHand))
	}
	return err
}

// lonely looks whether a serial is in one place only.
func (s *stocking) lonely(x *stockRow) error {
	if x.Serial == "" || x.N == 0 {
		return nil
	}
	at, err := s.tx.SerialAt(x.Item, x.Serial)
	if err != nil {
		return err
	}
	for _, b := range at {
		if b.Place != x.Place {
			s.problem(x.in, "serial", Contradiction, b.Place.Code())
			break
		}
	}
	return nil
}
