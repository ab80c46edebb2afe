package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// The local tables: this station's own, outside log, digest and refold. Beside
// them stand recipients, who are people and can be erased.

// ErrNoIdentity says that a database was never told for whom it records.
var ErrNoIdentity = errors.New("the database has no identity")

// Establish gives a fresh database its identity; one that has its own keeps it.
func Establish(ctx context.Context, db DB, id Identity) error {
	if _, err := identity(ctx, db); !errors.Is(err, ErrNoIdentity) {
		return err
	}
	_, err := db.Write.ExecContext(ctx, `
		INSERT INTO identity (wh, author, prefix, epoch, zone, authority, fold)
		VALUES (?, ?, ?, ?, ?, ?, ?)`,
		id.Warehouse, id.Author, id.Prefix, id.Epoch, id.Zone, Bit(id.Authority), foldVersion)
	if err != nil && db.Fold != nil {
		err = db.Fold(err)
	}
	return err
}

func identity(ctx context.Context, db DB) (id Identity, err error) {
	var authority Bit
	err = db.Write.QueryRowContext(ctx,
		`SELECT wh, author, prefix, epoch, zone, authority FROM identity`).
		Scan(&id.Warehouse, &id.Author, &id.Prefix, &id.Epoch, &id.Zone, &authority)
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrNoIdentity
	}
	id.Authority = bool(authority)
	return id, err
}

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

// SetPIN keeps p in place of what was kept for its operator.
func (tx *Tx) SetPIN(p PIN) error {
	_, err := tx.exec(`
		INSERT INTO pin (wh, operator, salt, verifier, failures, until) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (wh, operator) DO UPDATE SET salt = excluded.salt,
			verifier = excluded.verifier, failures = excluded.failures, until = excluded.until`,
		tx.s.id.Warehouse, p.Operator, p.Salt, p.Verifier, p.Failures, p.Until)
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

// Recipient reads a person; a zero one who was erased or never known.
func (r *Reader) Recipient(id RecipientID) (p Recipient, err error) {
	_, err = r.one(p.fields(), `
		SELECT recipient, name, phone, address, city, postcode, country, token FROM recipient
		WHERE wh = ? AND recipient = ?`, id)
	return p, err
}

// KeepRecipient keeps a person beside the facts.
func (tx *Tx) KeepRecipient(p Recipient) error {
	n, err := tx.exec(`
		INSERT INTO recipient (wh, recipient, name, phone, address, city, postcode, country, token,
			tail)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (wh, recipient) DO NOTHING`,
		append(append([]any{tx.s.id.Warehouse}, p.fields()...), p.tail())...)
	if err == nil && n == 0 {
		err = fmt.Errorf("recipient %s: %w", p.ID, ErrContradiction)
	}
	return err
}

// TakenFile reads what a file of this content was taken as; empty when it was not.
func (r *Reader) TakenFile(hash string) (of string, err error) {
	_, err = r.one([]any{&of}, `SELECT kind FROM taken_file WHERE wh = ? AND hash = ?`, hash)
	return of, err
}
