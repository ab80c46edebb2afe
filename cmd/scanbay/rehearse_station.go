package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"scanbay/store"
	"scanbay/store/outbound"
)

// sitting are the flags of one station of a rehearsal with central: its parent gives them.
type sitting struct {
	At    string `hidden:"" help:"Work at the station of this database until told to end."`
	First int    `hidden:"" help:"How many operators sit elsewhere before those who sit here."`
}

const (
	betweenShifts = 300 * time.Millisecond // until people look again whether there is work
	sayEvery      = 200 * time.Millisecond
)

// A sitSaid is what a station tells its parent, a line each.
type sitSaid struct {
	Rests  bool   `json:"rests"` // nobody works
	Left   int    `json:"left"`  // slips and parcels that by its record are still to be done
	Last   int64  `json:"last"`  // number of its own log
	Unsent int64  `json:"unsent"`
	Rev    int64  `json:"rev"` // up to which it has the news
	Wrong  string `json:"wrong,omitempty"`
}

// A bench is a station of several, and what its people know of the floor: what they
// filled themselves. What lies in the bins the ledger says, since others empty them too.
type bench struct {
	*rehearsal
	read    map[int64]int64 // of its own log, by epoch
	totes   map[store.Place]bool
	cartons map[store.CartonID]bool
	bound   int // totes, ever
	parcels int
	resting atomic.Bool
	saying  sync.Mutex
}

// sit works at a station until its parent says that it is enough, or is no more.
func (r *rehearsal) sit(ctx context.Context) (err error) {
	ctx, end := context.WithCancel(ctx)
	defer end()
	go func() {
		_, _ = io.Copy(io.Discard, r.In)
		end()
	}()
	if err := r.read(); err != nil {
		return err
	}
	at := site{DB: r.At, Zone: "UTC"}
	if r.store, r.key, err = at.open(ctx, r.Now); err != nil {
		return err
	}
	var running sync.WaitGroup
	defer func() {
		end()
		running.Wait()
		err = errors.Join(err, r.store.Close())
	}()
	if r.journal, err = openJournal(r.At+".journal", r.store); err != nil {
		return err
	}
	defer r.journal.close()
	timed, err := os.OpenFile(r.At+".times", os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o644)
	if err != nil {
		return err
	}
	defer timed.Close()
	r.timed = timed
	log, err := openLog(r.At + ".log")
	if err != nil {
		return err
	}
	defer log.Close()
	st := &station{console: r.console, store: r.store, key: r.key, log: logTo(log)}
	if st.link, err = readLink(r.At); err != nil {
		return err
	}
	st.connect(ctx, st.link)
	running.Go(func() { st.agent.Run(ctx) })
	b := &bench{rehearsal: r, read: map[int64]int64{}, totes: map[store.Place]bool{},
		cartons: map[store.CartonID]bool{}}
	running.Go(func() { b.tell(ctx) })
	return b.work(ctx)
}

// work has people work whenever there is something to do, until ctx ends.
func (b *bench) work(ctx context.Context) (err error) {
	for ctx.Err() == nil && err == nil {
		here := false
		if err = b.lookAround(ctx); err == nil {
			here, err = b.hasWork(ctx)
		}
		if err == nil && here {
			b.resting.Store(false)
			b.shift(ctx)
		}
		b.resting.Store(true)
		pause(ctx, betweenShifts)
	}
	if ctx.Err() != nil {
		return nil // it was told to end
	}
	return err
}

// shift is people at work until nothing is left for them.
func (b *bench) shift(ctx context.Context) {
	b.persons = nil
	var all sync.WaitGroup
	for i := range b.Operators {
		n := b.First + i
		p := b.person(operatorNo(n), n, b.handheld(operatorNo(n), languageOf(n)))
		all.Go(func() { p.work(ctx) })
	}
	all.Wait()
	for _, p := range b.persons {
		for _, what := range p.wrongs {
			b.say(sitSaid{Wrong: what})
		}
	}
}

// lookAround takes the floor from the station's record.
func (b *bench) lookAround(ctx context.Context) error {
	mark := fmt.Sprint(b.First, "-")
	f := newFloor(b.demand, shelving{}, b.Operators)
	err := b.store.Read(ctx, func(r *store.Reader) error {
		if err := b.readOwn(r, mark); err != nil {
			return err
		}
		if err := b.fill(r, f); err != nil {
			return err
		}
		return b.hands(r, f)
	})
	f.mark, f.minted, f.parcels = mark, b.bound, b.parcels
	f.book = func(at shelf) store.Qty {
		n, err := store.Get(ctx, b.store, func(r *store.Reader) (n store.Qty, err error) {
			held, err := r.Holding(store.Place("bin/"+at.bin), store.SKU(at.sku))
			for _, x := range held {
				n += x.N
			}
			return n, err
		})
		if err != nil {
			return 0
		}
		return n
	}
	if b.floor != nil {
		f.lost, f.broken = b.floor.lost, b.floor.broken
	}
	b.floor = f
	return err
}

// readOwn reads on in the station's own log: which totes were filled here, which parcels
// closed, and which numbers are used.
func (b *bench) readOwn(r *store.Reader, mark string) error {
	heads, err := r.Heads()
	if err != nil {
		return err
	}
	for _, h := range heads {
		if h.Author != b.store.Identity().Author {
			continue
		}
		facts, err := r.Log(h.Author, h.Epoch, b.read[h.Epoch], 1<<30)
		if err != nil {
			return err
		}
		for _, f := range facts {
			env, err := f.Envelope()
			if err != nil {
				return err
			}
			e, err := store.Decode(env.Kind, env.Body)
			if err != nil {
				return err
			}
			b.note(e, mark)
			b.read[h.Epoch] = env.Seq
		}
	}
	return nil
}

func (b *bench) note(e store.Event, mark string) {
	switch e := e.(type) {
	case store.ToteBound:
		b.bound++
	case store.ItemPicked:
		b.totes[e.To] = true
	case store.ItemPacked:
		if e.Seals != nil {
			b.cartons[e.Carton] = true
		}
	case store.CartonClosed:
		b.cartons[e.Carton] = true
	case store.CartonConfirmed:
		if e.Waybill != nil {
			digits, _ := strings.CutPrefix(string(e.Waybill.No), "SF"+mark)
			n, _ := strconv.Atoi(digits)
			b.parcels = max(b.parcels, n)
		}
	}
}

// fill puts on the floor what lies there: full totes that were filled here, and parcels
// that were closed here.
func (b *bench) fill(r *store.Reader, f *floor) error {
	all, err := r.Stock()
	if err != nil {
		return err
	}
	packable := map[store.Place]bool{}
	jobs, err := r.ToPack(1 << 20)
	for _, j := range jobs {
		slip, err := r.Slip(j.Slip)
		if err != nil {
			return err
		}
		for _, tote := range slip.Totes {
			packable[tote] = true
		}
	}
	for _, held := range all {
		switch {
		case strings.HasPrefix(string(held.Place), "bin/"):
			f.bins = append(f.bins, held.Place.Code())
		case b.totes[held.Place] && held.N > 0:
			tote := held.Place.Code()
			if f.inTotes[tote] == nil {
				f.inTotes[tote] = map[string]store.Qty{}
				if packable[held.Place] {
					f.toPack = append(f.toPack, tote)
				}
			}
			f.inTotes[tote][string(held.Item)] += held.N
		}
	}
	if err != nil {
		return err
	}
	cartons, err := r.CartonsToConfirm()
	for _, c := range cartons {
		if b.cartons[c.ID] {
			f.toGo = append(f.toGo, string(c.ID))
		}
	}
	return err
}

// hands gives people the totes that they had begun to fill.
func (b *bench) hands(r *store.Reader, f *floor) error {
	f.hands = map[string]string{}
	for i := range b.Operators {
		number := operatorNo(b.First + i)
		held, err := r.HeldBy(store.OperatorID(number))
		if err != nil {
			return err
		}
		for _, l := range held {
			slip, err := r.Slip(l.Slip)
			if err != nil {
				return err
			}
			if _, open := slip.Next(); open && len(slip.Totes) > 0 {
				f.hands[number] = slip.Totes[0].Code()
			}
		}
	}
	return nil
}

// hasWork says whether there is anything to do for the people of this station.
func (b *bench) hasWork(ctx context.Context) (bool, error) {
	if totes, cartons := b.floor.waits(); totes+cartons > 0 {
		return true, nil
	}
	work, err := outbound.Work(ctx, b.store, "")
	for _, j := range work.Pick {
		n, _ := strconv.Atoi(string(j.Holder)) // 0 for nobody
		n -= firstOperator + b.First
		if j.Holder == "" || n >= 0 && n < b.Operators {
			return true, err
		}
	}
	return false, err
}

// tell says again and again how far the station is.
func (b *bench) tell(ctx context.Context) {
	for ; ctx.Err() == nil; pause(ctx, sayEvery) {
		said := sitSaid{Rests: b.resting.Load()}
		work, err := outbound.Work(ctx, b.store, "")
		if err == nil {
			said.Left = len(work.Pick) + len(work.Pack) + len(work.Confirm)
			err = b.store.Read(ctx, func(r *store.Reader) (err error) {
				if said.Rev, err = r.Revision(); err != nil {
					return err
				}
				if said.Unsent, err = r.Unsent(); err != nil {
					return err
				}
				id := b.store.Identity()
				said.Last, _, err = r.Head(id.Author, id.Epoch)
				return err
			})
		}
		if err == nil {
			b.say(said)
		} else if ctx.Err() == nil {
			b.say(sitSaid{Wrong: err.Error()})
		}
	}
}

func (b *bench) say(s sitSaid) {
	b.saying.Lock()
	defer b.saying.Unlock()
	line, _ := json.Marshal(s) // of plain values
	fmt.Fprintln(b.console.Out, string(line))
}
