// Package printing is what people do with the print queue of their station. Printing itself is
// the station's.
package printing

import (
	"context"
	"strconv"
	"strings"

	"scanbay/store"
)

// CopiesMax is how many of a document anybody wants.
const CopiesMax = 999

// Ask has documents printed, or printed again, and leaves a trace of it. Badges are a
// supervisor's. It refuses with NoRight, BadQuantity, and NoPrinter.
func Ask(ctx context.Context, s *store.Store, by store.Gesture, j store.PrintJob) (
	again bool, err error) {
	err = s.Write(ctx, by, func(tx *store.Tx) error {
		if j.Paper == store.BadgePaper {
			if err := tx.May(store.Supervisor); err != nil {
				return err
			}
		}
		if j.Copies < 1 || j.Copies > CopiesMax {
			return &store.Refusal{Code: store.BadQuantity, Got: strconv.FormatInt(j.Copies, 10)}
		}
		_, ok, err := tx.PrinterOf(j.Paper)
		if err != nil {
			return err
		}
		if !ok {
			return &store.Refusal{Code: store.NoPrinter, Got: j.Ref}
		}
		if again, err = tx.PrintedBefore(j.Paper, j.Ref); err != nil {
			return err
		}
		if err := tx.Print(j); err != nil {
			return err
		}
		return tx.Record(store.PrintAsked{Paper: j.Paper, About: j.Ref, Copies: j.Copies,
			Again: store.Bit(again)})
	})
	return again, err
}

// Retry has a job that waits, or failed, tried at once. It refuses with Stale where it is neither.
func Retry(ctx context.Context, s *store.Store, by store.Gesture, n int64) error {
	return s.Write(ctx, by, func(tx *store.Tx) error { return tx.PrintNow(n) })
}

// Drop gives a job up that waits, or failed. It refuses with Stale where it is neither.
func Drop(ctx context.Context, s *store.Store, by store.Gesture, n int64) error {
	return s.Write(ctx, by, func(tx *store.Tx) error { return tx.PrintNot(n) })
}

// Set says where this station prints a kind of document from now on; without an address it does
// not. It needs a supervisor; it refuses with NoRight.
func Set(ctx context.Context, s *store.Store, by store.Gesture, p store.Printer) error {
	return s.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.May(store.Supervisor); err != nil {
			return err
		}
		p.Address = strings.TrimSpace(p.Address)
		return tx.SetPrinter(p)
	})
}
