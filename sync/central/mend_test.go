package central_test

import (
	"errors"
	"testing"

	"scanbay/store"
	"scanbay/store/sqlite"
	"scanbay/store/storetest"
	"scanbay/sync/central"
	"scanbay/sync/wire"
)

// A lone station's file is taken over by a central server that has nothing else, and an
// attempt that was cut off is gone on with.
func TestOnlyAnEmptyCentralAdopts(t *testing.T) {
	to := storetest.OpenAs(t, sqlite.Open, storetest.Central, true)
	lone := storetest.OpenAs(t, sqlite.Open, "s1", true)
	other := storetest.OpenAs(t, sqlite.Open, "s2", true)
	lone.Record(storetest.Warehouse()...)
	other.Record(storetest.Has("A-01-01", "TEA-500", 1))
	to.Must(central.Adopt(background, to.Store, lone.Store))
	if err := central.Adopt(background, to.Store, other.Store); !errors.Is(err, central.ErrOther) {
		t.Errorf("a second warehouse of that name: %v", err)
	}
	lone.Record(storetest.Has("A-01-01", "TEA-500", 2))
	to.Must(central.Adopt(background, to.Store, lone.Store))
	to.Stock("bin/A-01-01", "TEA-500", 2)
	to.Record(store.ScanNoted{Text: "central's own"})
	lone.Record(store.ScanNoted{Text: "lone"})
	if err := central.Adopt(background, to.Store, lone.Store); !errors.Is(err, central.ErrOther) {
		t.Errorf("after central's own work: %v", err)
	}
}

// A restored central waits for nobody who was revoked.
func TestNobodyIsWaitedForWhoIsRevoked(t *testing.T) {
	b := begin(t)
	b.enrol("S1")
	b.hub.Must(b.hub.Restored(background, 0))
	restoring := func() bool {
		b.hub.Must(b.server.Tick(background))
		return storetest.Read(b.hub, (*store.Reader).Restoring)
	}
	if !restoring() {
		t.Error("S1 is not waited for")
	}
	st := storetest.Read(b.hub, (*store.Reader).Stations)[0]
	st.Active = false
	b.hub.Record(store.StationRevoked{Station: st})
	if restoring() {
		t.Error("nobody is left, and planning is shut")
	}
}

// What was set aside stays so when it comes back by others, after central was restored.
func TestWhatIsSetAsideStaysSo(t *testing.T) {
	b := begin(t)
	s1 := b.enrol("S1")
	stolen := s1.chained(1, nil, s1.says(1, storetest.Has("A-01-01", "TEA-500", 500), nil))
	if _, p := s1.ask(wire.PushPath, frame(t, stolen)); p != "" {
		t.Fatal(p)
	}
	run := storetest.Read(b.hub, func(r *store.Reader) (store.Run, error) {
		return r.Run("S1", 1, 0, 9)
	})
	if len(run.Aside) != 1 {
		t.Fatalf("aside: %v", run.Aside)
	}
	for what, take := range map[string]func(*store.Tx) ([]store.Envelope, error){
		"offered": func(tx *store.Tx) ([]store.Envelope, error) { return tx.TakeRun(run) },
		"adopted": func(tx *store.Tx) ([]store.Envelope, error) { return tx.Adopt(run) },
	} {
		restored := storetest.OpenAs(t, sqlite.Open, storetest.Central, true)
		restored.Must(restored.WriteMany(background, store.Gesture{}, func(tx *store.Tx) error {
			fresh, err := take(tx)
			if len(fresh) > 0 {
				t.Errorf("%s: somebody goes by it", what)
			}
			return err
		}))
		restored.Stock("bin/A-01-01", "TEA-500", 0)
	}
}
