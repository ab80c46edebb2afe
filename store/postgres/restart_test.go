package postgres_test

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"scanbay/store"
	"scanbay/store/postgres/pgtest"
)

// TestARestartLosesNoAnswer stops the engine while people scan at two servers, by a
// crash and as an administrator does, and starts it again. What fails meanwhile is
// scanned again; nothing that is scanned behind it fails.
func TestARestartLosesNoAnswer(t *testing.T) {
	cluster := pgtest.Durable(t)
	url := cluster.URL(t)
	servers := []*store.Store{server(t, url, "w1", "a"), server(t, url, "w1", "b")}
	answered := 0
	for _, mode := range []string{"immediate", "fast"} {
		r := restart{busy: make(chan bool, 60), up: make(chan bool)}
		var people sync.WaitGroup
		for i := range 6 {
			people.Go(func() { r.person(t, servers[i%2], fmt.Sprint(mode, i)) })
		}
		for range cap(r.busy) {
			<-r.busy
		}
		cluster.Stop(t, mode)
		cluster.Start(t)
		close(r.up)
		people.Wait()
		if r.failed.Load() == 0 {
			t.Error(mode, ": nobody noticed")
		}
		have := logged(t, servers[0])
		r.answered.Range(func(id, _ any) bool {
			answered++
			if !have[id.(store.ScanID)] {
				t.Errorf("%s: scan %s was answered and is lost", mode, id)
			}
			return true
		})
		if len(have) != answered {
			t.Errorf("%s: %d scans are in the log, and %d were answered", mode, len(have), answered)
		}
		t.Logf("%s: %d scans answered, %d failed, %d of them were kept", mode, answered,
			r.failed.Load(), r.kept.Load())
	}
}

// A restart is what people go through at one.
type restart struct {
	busy         chan bool // filled by answers
	up           chan bool // closed when the engine is back
	answered     sync.Map
	failed, kept atomic.Int64
}

// person scans, until some scans behind the restart.
func (r *restart) person(t *testing.T, s *store.Store, name string) {
	const behind = 10
	for n, after := 0, 0; after < behind; n++ {
		up := r.isUp()
		id := fmt.Sprint(name, ".", n)
		err := scan(s, id)
		if err != nil && !up {
			r.failed.Add(1)
			<-r.up
			if err = scan(s, id); errors.Is(err, store.ErrAnswered) {
				r.kept.Add(1) // its commit had been in doubt
				err = nil
			}
		}
		if err != nil {
			t.Errorf("%s: %v", id, err)
			return
		}
		r.answered.Store(store.ScanID(id), true)
		if up {
			after++
		}
		select {
		case r.busy <- true:
		default:
		}
	}
}

func (r *restart) isUp() bool {
	select {
	case <-r.up:
		return true
	default:
		return false
	}
}
