package store

// An Item is a thing that is stocked and sold.
type Item struct {
	SKU       SKU       `json:"sku"`
	Name      string    `json:"name"`
	Short     string    `json:"short,omitempty"`
	Spec      string    `json:"spec,omitempty"` // colour, size: it tells one from its neighbour
	Category  string    `json:"category,omitempty"`
	Brand     string    `json:"brand,omitempty"`
	Supplier  string    `json:"supplier,omitempty"`
	Unit      string    `json:"unit,omitempty"`
	Length    int64     `json:"length,omitempty"` // mm
	Width     int64     `json:"width,omitempty"`  // mm
	Height    int64     `json:"height,omitempty"` // mm
	Weight    int64     `json:"weight,omitempty"` // grams
	Weighed   Bit       `json:"weighed,omitempty"`
	Cost      Money     `json:"cost,omitempty"`
	Price     Money     `json:"price,omitempty"` // by the list
	Currency  string    `json:"currency,omitempty"`
	Fragile   Bit       `json:"fragile,omitempty"`
	Valuable  Bit       `json:"valuable,omitempty"`
	Lots      Bit       `json:"lots,omitempty"`     // a lot is taken with each piece
	Serials   Bit       `json:"serials,omitempty"`  // a serial is taken with each piece
	Expiries  Bit       `json:"expiries,omitempty"` // it expires
	ShelfDays int64     `json:"shelf_days,omitempty"`
	StopDays  int64     `json:"stop_days,omitempty"` // not shipped when it expires sooner
	Multiple  Qty       `json:"multiple,omitempty"`  // sold in multiples of
	Active    Bit       `json:"active"`              // it may be sold
	Safety    Qty       `json:"safety,omitempty"`    // fewer must not be on hand
	Reorder   Qty       `json:"reorder,omitempty"`   // with so many left more is ordered
	Barcodes  []Barcode `json:"barcodes,omitempty"`
}

// A Barcode of an item counts N of its units: one, or a case.
type Barcode struct {
	Code string `json:"code"` // a GTIN of 14 digits, or the text as it reads
	N    Qty    `json:"n"`
	Unit string `json:"unit,omitempty"`
}

// fields stand in the order of the table's columns.
func (i *Item) fields() []any {
	return []any{&i.SKU, &i.Name, &i.Short, &i.Spec, &i.Category, &i.Brand, &i.Supplier, &i.Unit,
		&i.Length, &i.Width, &i.Height, &i.Weight, &i.Weighed, &i.Cost, &i.Price, &i.Currency,
		&i.Fragile, &i.Valuable, &i.Lots, &i.Serials, &i.Expiries, &i.ShelfDays, &i.StopDays,
		&i.Multiple, &i.Active, &i.Safety, &i.Reorder}
}

const itemColumns = `i.item, i.name, i.short, i.spec, i.category, i.brand, i.supplier, i.unit,
	i.length, i.width, i.height, i.weight, i.weighed, i.cost, i.price, i.currency,
	i.fragile, i.valuable, i.lots, i.serials, i.expiries, i.shelf_days, i.stop_days,
	i.multiple, i.active, i.safety, i.reorder`

// ItemSaved says that the authority wrote an item as it is from now on.
// Barcodes that it does not list any more are in Dropped.
type ItemSaved struct {
	Item
	Dropped []string `json:"dropped,omitempty"`
}

func (ItemSaved) Kind() string  { return "item_saved" }
func (e ItemSaved) Ref() string { return string(e.SKU) }
func (e ItemSaved) apply(at Stamp) []Change {
	out := []Change{items.raise(at, e.Item.fields()...)}
	for _, b := range e.Barcodes {
		out = append(out, itemCodes.raise(at, b.Code, e.SKU, b.N, b.Unit, Bit(true)))
	}
	for _, code := range e.Dropped {
		out = append(out, itemCodes.raise(at, code, e.SKU, Qty(1), "", Bit(false)))
	}
	return out
}

// Item reads an item with its barcodes. It refuses with NotFound.
func (r *Reader) Item(sku SKU) (i Item, err error) {
	found, err := r.one(i.fields(),
		`SELECT `+itemColumns+` FROM item i WHERE i.wh = ? AND i.item = ?`, sku)
	if err != nil {
		return i, err
	}
	if !found {
		return i, &Refusal{Code: NotFound, Got: string(sku)}
	}
	i.Barcodes, err = all(r, func(b *Barcode) []any { return []any{&b.Code, &b.N, &b.Unit} }, `
		SELECT code, qty, unit FROM item_code
		WHERE wh = ? AND item = ? AND active = 1 ORDER BY qty, code`, sku)
	return i, err
}

// SKUs reads the numbers of the active items, from one to another; an empty one is no bound.
func (r *Reader) SKUs(from, to string) ([]SKU, error) {
	return ids[SKU](r, `SELECT item FROM item WHERE wh = ? AND active = 1 AND item >= ?
		AND (CAST(? AS TEXT) = '' OR item <= ?) ORDER BY item`, from, to, to)
}

// A Coded is what a barcode means: N of an item.
type Coded struct {
	SKU SKU
	Barcode
}

// ItemsByCode reads the items that a barcode stands for: more than one when it
// is ambiguous. A SKU is a barcode of its own.
func (r *Reader) ItemsByCode(code string) ([]Coded, error) {
	return all(r, func(c *Coded) []any { return []any{&c.SKU, &c.Code, &c.N, &c.Unit} }, `
		SELECT item, code, qty, unit FROM item_code WHERE wh = ? AND code = ? AND active = 1
		UNION SELECT item, item, 1, unit FROM item WHERE wh = ? AND item = ?`,
		code, r.s.id.Warehouse, code)
}

// LotSeen is what is known of a lot.
type LotSeen struct {
	SKU     SKU  `json:"sku"`
	Lot     Lot  `json:"lot"`
	Made    Date `json:"made,omitempty"`
	Expires Date `json:"expires,omitempty"`
}

func (l LotSeen) raise(at Stamp) Change {
	return lots.raise(at, l.SKU, l.Lot, l.Made, l.Expires)
}

// LotOfExpiry names the lot of goods that expire and have no lot of their own.
func LotOfExpiry(d Date) Lot { return Lot("EXP" + d.compact()) }

// shipLimit is the earliest expiry that may be shipped on day: the day itself,
// or as many days later as the item stops before it expires.
func (i *Item) shipLimit(day Date) Date {
	return DateOf(day.Time(utc).AddDate(0, 0, int(i.StopDays)))
}

// Expired says whether goods that expire on d may not be shipped on day.
func (i *Item) Expired(d, day Date) bool { return d != 0 && d < i.shipLimit(day) }

// Title tells an item from its neighbours in few words: its short name or its
// name, with the spec first.
func (i *Item) Title() string {
	name := i.Name
	if i.Short != "" {
		name = i.Short
	}
	if i.Spec != "" {
		name = i.Spec + " " + name
	}
	return name
}

// LotSeen reads what is known of a lot; no dates when nothing is.
func (r *Reader) LotSeen(sku SKU, lot Lot) (LotSeen, error) {
	l := LotSeen{SKU: sku, Lot: lot}
	_, err := r.one([]any{&l.Made, &l.Expires}, `
		SELECT made, expires FROM lot WHERE wh = ? AND item = ? AND lot = ?`, sku, lot)
	return l, err
}

// BatchOf is the batch of a piece as its label reads, or what the label lacks to tell.
func (i *Item) BatchOf(m Mark) (b Batch, needs Code) {
	b = Batch{Item: i.SKU}
	switch {
	case bool(i.Lots):
		b.Lot = m.Lot
	case bool(i.Expiries) && m.Expires != 0:
		b.Lot = LotOfExpiry(m.Expires)
	}
	if bool(i.Serials) {
		b.Serial = m.Serial
	}
	return b, i.Lacks(b)
}

// Kept is a batch with what the item is told apart by, and nothing else.
func (i *Item) Kept(b Batch) Batch {
	if !bool(i.Lots || i.Expiries) {
		b.Lot = ""
	}
	if !i.Serials {
		b.Serial = ""
	}
	return b
}

// Lacks says what a batch of the item is to name and does not.
func (i *Item) Lacks(b Batch) (needs Code) {
	switch {
	case bool(i.Lots) && b.Lot == "":
		needs = LotNeeded
	case bool(i.Expiries) && b.Lot == "":
		needs = ExpiryNeeded
	case bool(i.Serials) && b.Serial == "":
		needs = SerialNeeded
	}
	return needs
}
