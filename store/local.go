package store

import "fmt"

// The local tables: this station's own, outside log, digest and refold. Beside
// them stand recipients, who are people and can be erased.

// A PIN is what this station keeps of an operator's PIN: never the PIN.
type PIN struct {
	Operator OperatorID
	Salt     []byte
	Verifier []byte // HMAC of the device's key over Argon2id
	Failures int64  // wrong ones since the last right one
	Until    int64  // milliseconds UTC: locked out until then
}

// PIN reads what is kept for an operator. It refuses with NoPIN.
func (r *Reader) PIN(id OperatorID) (p PIN, err error) {
	p.Operator = id
	found, err := r.one([]any{&p.Salt, &p.Verifier, &p.Failures, &p.Until}, `
		SELECT salt, verifier, failures, until FROM pin WHERE wh = ? AND operator = ?`, id)
	if err == nil && !found {
		err = &Refusal{Code: NoPIN, Got: string(id)}
	}
	return p, err
}

// PINs reads what is kept of every PIN.
func (r *Reader) PINs() ([]PIN, error) {
	return all(r, func(p *PIN) []any { return []any{&p.Operator, &p.Salt, &p.Verifier} },
		`SELECT operator, salt, verifier FROM pin WHERE wh = ? ORDER BY operator`)
}

// SetPIN keeps p in place of what was kept for its operator. A new PIN is told to the
// stations with the next fact.
func (tx *Tx) SetPIN(p PIN) error {
	if err := tx.readEnd(); err != nil {
		return err
	}
	_, err := tx.exec(`
		INSERT INTO pin (wh, operator, salt, verifier, failures, until, rev)
		VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (wh, operator) DO UPDATE SET salt = excluded.salt,
			verifier = excluded.verifier, failures = excluded.failures, until = excluded.until,
			rev = CASE WHEN pin.verifier = excluded.verifier THEN pin.rev ELSE excluded.rev END`,
		tx.s.id.Warehouse, p.Operator, p.Salt, p.Verifier, p.Failures, p.Until, tx.end.Rev+1)
	return err
}

// tellPIN keeps a PIN as central tells it. What was failed with the same one stays.
func (tx *Tx) tellPIN(p PIN) error {
	_, err := tx.exec(`
		INSERT INTO pin (wh, operator, salt, verifier, failures, until) VALUES (?, ?, ?, ?, 0, 0)
		ON CONFLICT (wh, operator) DO UPDATE SET salt = excluded.salt,
			verifier = excluded.verifier, failures = 0, until = 0
		WHERE pin.verifier <> excluded.verifier`,
		tx.s.id.Warehouse, p.Operator, p.Salt, p.Verifier)
	return err
}

// A Recipient is a person who gets a parcel.
type Recipient struct {
	ID       RecipientID
	Name     string
	Phone    string
	Address  string
	City     string
	Postcode string
	Country  string
	Token    string // stands for what the platform masks
}

func (p *Recipient) fields() []any {
	return []any{&p.ID, &p.Name, &p.Phone, &p.Address, &p.City, &p.Postcode, &p.Country, &p.Token}
}

// phoneTail is by how many of its last digits a phone is asked for.
const phoneTail = 4

// tail is what a phone is found by; empty for none.
func (p Recipient) tail() string {
	digits := []rune(p.Phone)
	if len(digits) < phoneTail {
		return ""
	}
	return string(digits[len(digits)-phoneTail:])
}

// Masked is a phone number as it may be shown: 138****4417.
func Masked(phone string) string {
	const mobile, shown, begins, few = 11, 4, 3, 2
	switch r := []rune(phone); {
	case len(r) >= mobile:
		return string(r[:begins]) + "****" + string(r[len(r)-shown:])
	case len(r) > few:
		return "****" + string(r[len(r)-few:])
	}
	return phone
}

// Recipient reads a person; a zero one who was erased or never known.
func (r *Reader) Recipient(id RecipientID) (p Recipient, err error) {
	_, err = r.one(p.fields(), `
		SELECT recipient, name, phone, address, city, postcode, country, token FROM recipient
		WHERE wh = ? AND recipient = ?`, id)
	return p, err
}

// KeepRecipient keeps a person beside the facts: stations are told of it with the
// next one.
func (tx *Tx) KeepRecipient(p Recipient) error {
	if err := tx.readEnd(); err != nil {
		return err
	}
	n, err := tx.exec(`
		INSERT INTO recipient (wh, recipient, name, phone, address, city, postcode, country, token,
			tail, rev)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (wh, recipient) DO NOTHING`,
		append(append([]any{tx.s.id.Warehouse}, p.fields()...), p.tail(), tx.end.Rev+1)...)
	if err == nil && n == 0 {
		err = fmt.Errorf("recipient %s: %w", p.ID, ErrContradiction)
	}
	return err
}

// KeepOffered keeps a person whom a station knows from before central was restored, unless
// central knows them.
func (tx *Tx) KeepOffered(p Recipient) error {
	known, err := tx.count(`SELECT count(*) FROM recipient WHERE wh = ? AND recipient = ?`, p.ID)
	if err != nil || known > 0 {
		return err
	}
	return tx.KeepRecipient(p)
}

// RecipientsAfter reads up to limit people, by their ids, behind one of them.
func (r *Reader) RecipientsAfter(id RecipientID, limit int) ([]Recipient, error) {
	return all(r, (*Recipient).fields, `
		SELECT recipient, name, phone, address, city, postcode, country, token FROM recipient
		WHERE wh = ? AND recipient > ? ORDER BY recipient LIMIT ?`, id, limit)
}

// tellRecipient keeps a person as central tells it.
func (tx *Tx) tellRecipient(p Recipient) error {
	_, err := tx.exec(`
		INSERT INTO recipient (wh, recipient, name, phone, address, city, postcode, country, token,
			tail)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (wh, recipient) DO UPDATE SET name = excluded.name, phone = excluded.phone,
			address = excluded.address, city = excluded.city, postcode = excluded.postcode,
			country = excluded.country, token = excluded.token, tail = excluded.tail`,
		append(append([]any{tx.s.id.Warehouse}, p.fields()...), p.tail())...)
	return err
}

// Beside reads what travels beside the facts with revisions from after rev to through.
func (r *Reader) Beside(rev, through int64) (people []Recipient, pins []PIN, err error) {
	if people, err = all(r, (*Recipient).fields, `
		SELECT recipient, name, phone, address, city, postcode, country, token FROM recipient
		WHERE wh = ? AND rev > ? AND rev <= ? ORDER BY rev, recipient`, rev, through); err != nil {
		return nil, nil, err
	}
	pins, err = all(r, func(p *PIN) []any { return []any{&p.Operator, &p.Salt, &p.Verifier} }, `
		SELECT operator, salt, verifier FROM pin
		WHERE wh = ? AND rev > ? AND rev <= ? ORDER BY rev, operator`, rev, through)
	return people, pins, err
}

// TakenFile reads what a file of this content was taken as; empty when it was not.
func (r *Reader) TakenFile(hash string) (of string, err error) {
	_, err = r.one([]any{&of}, `SELECT kind FROM taken_file WHERE wh = ? AND hash = ?`, hash)
	return of, err
}
