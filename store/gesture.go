package store

import (
	"cmp"
	"slices"
	"strconv"
)

// A Gesture is one thing a person did: who it was, and the scan it came by.
type Gesture struct {
	Operator OperatorID
	Station  StationID  // that asks the authority; empty for this one
	Second   OperatorID // the supervisor of an override
	Scan     ScanID     // empty for a key
	Raw      []byte     // what the scanner sent
	Source   string     // serial, hid, wedge, keyed, scale, import or rpc
	Mark     Mark       // what the scan says; zero for a key
	N        Qty        // the quantity keyed before the scan; 0 for none
	Yes      bool       // the person was asked, and said yes
	Once     bool       `json:"-"` // the same again, while nobody answered, is the same
}

// A Mark is what a label says, before the store knows what it stands for.
type Mark struct {
	Text    string // the whole text, as people read it
	Kind    Kind   // of one of our own labels; empty for a foreign one
	Code    string // the code behind Kind
	GTIN    GTIN
	SSCC    string // of a carton, or of what others sent; empty for none
	Lot     Lot
	Serial  Serial
	Expires Date
	Count   Qty    // pieces that the label itself counts; 0 for none
	Flaw    string // why the read cannot be used; empty for a good one
}

// Pieces is how many pieces a gesture stands for: what was keyed, or the label counts, of
// the code's own. It refuses with BadQuantity, and with AskQuantity above the site's
// ceiling until somebody said yes.
func (r *Reader) Pieces(by Gesture, c Coded) (Qty, error) {
	times := by.N
	if times == 0 {
		times = max(1, by.Mark.Count)
	}
	if times < 0 || c.N < 1 || times > piecesMax/c.N {
		return 0, &Refusal{Code: BadQuantity, Got: times.String()}
	}
	ceiling, err := r.Number(QtyCeiling)
	if err != nil {
		return 0, err
	}
	if n := times * c.N; by.N > 1 && n > Qty(ceiling) && !by.Yes {
		return 0, &Refusal{Code: AskQuantity, Want: strconv.FormatInt(ceiling, 10),
			Got: n.String()}
	}
	return times * c.N, nil
}

// piecesMax is more than any warehouse holds of anything, and far from overflow.
const piecesMax = 1 << 40

// Completed is the mark of an item with what it lacked, from the scan that was asked for it. It
// refuses with what was asked for: a bad read, one of our own labels, a label that brings
// something else, such as the next piece, another item that does, and what is no date.
func (r *Reader) Completed(pending Mark, asked Code, got Mark) (Mark, error) {
	no := &Refusal{Code: asked, Want: pending.Text, Got: cmp.Or(got.Code, got.Text)}
	brings := map[Code]bool{LotNeeded: got.Lot != "", SerialNeeded: got.Serial != "",
		ExpiryNeeded: got.Expires != 0}[asked]
	items, err := r.skusOf(got)
	if err != nil {
		return pending, err
	}
	wrong := got.Kind != "" && got.Kind != ItemKind || got.Flaw != "" || got.Text == ""
	if len(items) > 0 && brings {
		of, err := r.skusOf(pending)
		if err != nil {
			return pending, err
		}
		wrong = wrong || !slices.ContainsFunc(items, func(i SKU) bool {
			return slices.Contains(of, i)
		})
	}
	more := got.Lot != "" || got.Serial != "" || got.Expires != 0
	if wrong || !brings && (more || len(items) > 0) {
		return pending, no
	}
	out := pending
	out.Lot, out.Serial = cmp.Or(got.Lot, pending.Lot), cmp.Or(got.Serial, pending.Serial)
	out.Expires = cmp.Or(got.Expires, pending.Expires)
	switch {
	case brings:
	case asked == LotNeeded:
		out.Lot = Lot(got.Text)
	case asked == SerialNeeded:
		out.Serial = Serial(got.Text)
	case asked == ExpiryNeeded:
		day, ok := ParseDate(got.Text)
		if out.Expires = day; !ok {
			return pending, no
		}
	}
	return out, nil
}

// skusOf are the items that a mark can stand for.
func (r *Reader) skusOf(m Mark) (out []SKU, err error) {
	all, err := r.Meanings(m, ItemKind)
	for _, f := range all {
		if f.Kind == ItemKind {
			out = append(out, f.Item.SKU)
		}
	}
	return out, err
}
