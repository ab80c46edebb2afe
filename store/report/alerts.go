package report

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"scanbay/store"
)

// alertsMax bounds the alerts of a kind: nobody reads further.
const alertsMax = 200

// oldByFar is how many times as long as the site finds old something has waited that is the
// worst of its kind; twice as long is worse than old.
const oldByFar = 7

// Alerts reads what somebody is to be warned of, the worst first, of a kind at most 200: that
// an item runs low, a lot expires, a slip is late, a variance or a discrepancy waits, or bins
// were not counted for long. Those that somebody has seen are among them.
func Alerts(ctx context.Context, s *store.Store) ([]store.Alert, error) {
	return store.Get(ctx, s, func(r *store.Reader) (out []store.Alert, err error) {
		for _, read := range []func(*store.Reader) ([]store.Alert, error){lateSlips, lowStock,
			expiring, oldWork, uncounted} {
			some, err := read(r)
			if err != nil {
				return nil, fmt.Errorf("alerts: %w", err)
			}
			out = append(out, some...)
		}
		seen, err := r.AlertsSeen()
		for i := range out {
			out[i].Seen = seen[out[i].Kind][out[i].Ref]
		}
		slices.SortStableFunc(out, func(a, b store.Alert) int {
			return cmp.Compare(b.Level, a.Level)
		})
		return out, err
	})
}

// Loud are the alerts that nobody has seen, or that are worse since.
func Loud(all []store.Alert) []store.Alert {
	return slices.DeleteFunc(slices.Clone(all), store.Alert.Quiet)
}

func lateSlips(r *store.Reader) ([]store.Alert, error) {
	hours, err := r.Number(store.LateHours)
	if err != nil {
		return nil, err
	}
	return r.LateSlips(r.Now().Add(time.Duration(hours)*time.Hour).UnixMilli(), alertsMax)
}

func lowStock(r *store.Reader) ([]store.Alert, error) { return r.LowStock(alertsMax) }

func expiring(r *store.Reader) ([]store.Alert, error) {
	days, err := r.Number(store.ExpiryDays)
	if err != nil {
		return nil, err
	}
	return r.ExpiringLots(days, alertsMax)
}

func oldWork(r *store.Reader) (out []store.Alert, err error) {
	hours, err := r.Number(store.OldHours)
	if err != nil {
		return nil, err
	}
	old := time.Duration(hours) * time.Hour
	for _, kind := range []store.AlertKind{store.OldDisc, store.OldVariance} {
		some, err := r.OldWork(kind, r.Now().Add(-old).UnixMilli(), alertsMax)
		if err != nil {
			return nil, err
		}
		out = append(out, some...)
	}
	for i := range out {
		out[i].Level = oldness(r.Now().UnixMilli()-out[i].Since, old)
	}
	return out, nil
}

// oldness is how bad it is that something waited for so many milliseconds.
func oldness(waited int64, old time.Duration) store.AlertLevel {
	switch {
	case waited >= oldByFar*old.Milliseconds():
		return store.AlertWorst
	case waited >= 2*old.Milliseconds():
		return store.AlertNow
	}
	return store.AlertNear
}

// binsMax is how many bins that were not counted for long are looked at.
const binsMax = 100_000

// uncounted has an alert a class of which bins were not counted for as long as its policy
// says.
func uncounted(r *store.Reader) (out []store.Alert, err error) {
	policies, err := r.CountPolicies()
	if err != nil {
		return nil, err
	}
	least := int64(0)
	for _, p := range policies {
		if p.Days > 0 && (least == 0 || p.Days < least) {
			least = p.Days
		}
	}
	if least == 0 {
		return nil, nil
	}
	now := r.Now()
	// What the day's plan has asked for is late on the day behind it.
	before := func(days int64) int64 {
		return r.Today().Time(now.Location()).AddDate(0, 0, -int(days)).UnixMilli()
	}
	bins, err := r.OldBins(before(least), binsMax)
	if err != nil {
		return nil, err
	}
	for _, p := range policies {
		a := store.Alert{Kind: store.Uncounted, Ref: cmp.Or(p.Class, store.NoClass),
			Want: store.Qty(p.Days)}
		for _, b := range bins {
			if p.Days == 0 || !p.For(b.Class, policies) || b.Last > before(p.Days) {
				continue
			}
			if a.N++; a.N == 1 {
				a.Place, a.Since = b.Place, b.Last
				days := time.Duration(p.Days) * 24 * time.Hour
				a.Level = oldness(now.UnixMilli()-b.Last, days)
			}
		}
		if a.N > 0 {
			out = append(out, a)
		}
	}
	return out, nil
}

// quietMax is for how many days at most an alert is quiet.
const quietMax = 30

// Acknowledge says that the person of the gesture has seen an alert, which is quiet for so
// many days unless it is worse before. It needs a supervisor; it refuses with NoRight, or
// with BadSetting for a time that is none.
func Acknowledge(ctx context.Context, s *store.Store, by store.Gesture, a store.Alert,
	days int) error {
	return s.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.May(store.Supervisor); err != nil {
			return err
		}
		if days < 1 || days > quietMax {
			return &store.Refusal{Code: store.BadSetting, Want: fmt.Sprintf("1-%d", quietMax),
				Got: fmt.Sprint(days)}
		}
		now := tx.Now()
		return tx.Record(store.AlertAcknowledged{Of: a.Kind, About: a.Ref,
			AlertSeen: store.AlertSeen{Level: a.Level, N: a.N, Since: a.Since, By: by.Operator,
				Until: now.AddDate(0, 0, days).UnixMilli(), At: now.UnixMilli()}})
	})
}
