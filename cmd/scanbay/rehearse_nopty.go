//go:build !linux

package main

import (
	"context"

	"scanbay/tui/i18n"
)

// workplace needs pseudo-terminals, and serial lines that are none.
func (r *rehearsal) workplace(context.Context, i18n.Text) (seat, error) {
	return nil, complaint(r.words().NoPTY())
}
