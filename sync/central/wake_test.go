package central_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"scanbay/store"
	"scanbay/store/order"
	"scanbay/store/storetest"
)

// works runs a station's agent until the test ends.
func (p *post) works() {
	ctx, stop := context.WithCancel(background)
	var running sync.WaitGroup
	running.Go(func() { p.agent.Run(ctx) })
	p.bay.Cleanup(func() {
		stop()
		running.Wait()
	})
}

// stands waits until the station has seen a revision.
func (p *post) stands(rev int64) {
	p.Helper()
	until(p.bay, func() bool {
		return storetest.Read(p.Site, (*store.Reader).Cursor).Rev >= rev
	})
}

// What somebody scans at one station is at the others a moment later, and what is
// approved at central wakes a station that waits.
func TestWhatHappensIsToldAtOnce(t *testing.T) {
	b := begin(t, storetest.Ordered("1", "TEA-500", 2))
	s1, s2 := b.enrol("S1"), b.enrol("S2")
	s1.works()
	s2.works()
	s2.stands(storetest.Read(b.hub, (*store.Reader).Revision))
	var took []time.Duration
	for range 100 {
		rev := storetest.Read(b.hub, (*store.Reader).Revision)
		began := time.Now()
		s1.Record(store.ScanNoted{Text: "a scan"})
		s2.stands(rev + 1)
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	t.Logf("from a scan to another station: median %v, p95 %v, most %v", took[50], took[95],
		took[99])
	if took[95] > time.Second {
		t.Errorf("p95 is %v", took[95])
	}
	began := time.Now()
	b.hub.Must(order.Reject(background, b.hub.Store, store.Gesture{Operator: "900"}, "1", "stock"))
	s2.stands(storetest.Read(b.hub, (*store.Reader).Revision))
	d := time.Since(began)
	t.Logf("from a decision at central to a station: %v", d)
	if d > time.Second {
		t.Errorf("it took %v", d)
	}
}
