package store

import "strconv"

// A Gesture is one thing a person did: who it was, and the scan it came by.
type Gesture struct {
	Operator OperatorID
	Station  StationID  // that asks the authority; empty for this one
	Second   OperatorID // the supervisor of an override
	Scan     ScanID     // empty for a key
	Raw      []byte     // what the scanner sent
	Source   string     // serial, hid, wedge, keyed, import or rpc
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
