package main

import (
	"path/filepath"
	"testing"

	"scanbay/store"
	"scanbay/store/outbound"
	"scanbay/store/storetest"
	"scanbay/tui/i18n"
)

// TestAParcelSaysWhichOneItIs: its number is its place among those that are parcels, also before
// anything is in it; how many they are is said once nothing is left to pack.
func TestAParcelSaysWhichOneItIs(t *testing.T) {
	const slip, first, second = "CK26030100001", "CK26030100001-1-S1", "CK26030100001-2-S1"
	siteAt(t, filepath.Join(t.TempDir(), "bay.db"), []store.Event{
		storetest.Has("A-01-01", "TEA-500", 9), storetest.Ordered("1", "TEA-500", 4)},
		func(s *storetest.Site) {
			ctx := t.Context()
			said := func(id store.CartonID, want string) {
				t.Helper()
				got := storetest.Read(s, func(r *store.Reader) (string, error) {
					p, err := papersFrom(r, i18n.English{})
					if err != nil {
						return "", err
					}
					d, err := p.carton(id)
					if err != nil {
						return "", err
					}
					return d.Rows[0].Cells[1].Text, nil
				})
				if got != want {
					t.Errorf("%s says %q, want %q", id, got, want)
				}
			}
			packs := func(n store.Qty) {
				t.Helper()
				by := s.By("101", storetest.Tea)
				by.N = n
				_, err := outbound.Pack(ctx, s.Store, outbound.PackScan{By: by, Slip: slip})
				s.Must(err)
			}
			s.Plan()
			_, err := outbound.Take(ctx, s.Store, store.Gesture{Operator: "101"}, slip)
			s.Must(err)
			for i, code := range []string{"tote:T-1", "bin:A-01-01", storetest.Tea} {
				if _, refused := s.Pick("101", slip, store.Qty(i/2*4), code); refused != "" {
					t.Fatal(code, refused)
				}
			}
			// Half of it is packed and leaves: more may come.
			packs(2)
			said(first, "Carton 1")
			_, err = outbound.Seal(ctx, s.Store, store.Gesture{Operator: "101"}, slip, first)
			s.Must(err)
			for i, code := range []string{"carton:" + first, "SF0000000000001"} {
				in := outbound.ConfirmScan{By: s.By("101", code)}
				if i > 0 {
					in.Pending = first
				}
				_, err = outbound.Confirm(ctx, s.Store, in)
				s.Must(err)
			}
			said(first, "Carton 1")
			// The rest is packed, and then taken out again.
			packs(2)
			said(first, "Carton 1 of 2")
			said(second, "Carton 2 of 2")
			_, err = outbound.Unpack(ctx, s.Store, store.Gesture{Operator: "101"}, slip)
			s.Must(err)
			said(second, "Carton 2")
			said(first, "Carton 1")
		})
}
