package store

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
