package store

import (
	"database/sql/driver"
	"fmt"
)

// A Bit is yes or no, kept as 1 or 0: the engines disagree about booleans.
type Bit bool

// Value implements driver.Valuer.
func (b Bit) Value() (driver.Value, error) {
	if b {
		return int64(1), nil
	}
	return int64(0), nil
}

// Scan implements sql.Scanner.
func (b *Bit) Scan(v any) error {
	n, ok := v.(int64)
	if !ok {
		return fmt.Errorf("a bit that is %T", v)
	}
	*b = n != 0
	return nil
}
