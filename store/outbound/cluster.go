package outbound

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"scanbay/store"
	"scanbay/store/route"
)

// A Round is a walk in which somebody picks several slips at once, a tote each.
type Round struct {
	Slips  []store.Slip   // that the operator holds here and are open
	Stops  []Stop         // the open tasks of them all, in the order of the walk
	Walk   int64          // its length in millimetres; 0 is not known
	Plain  int64          // of the walks slip by slip
	Places []store.SlipID // of the cart, from the first; a slip that is done keeps its own

	Wall  bool           // the site sorts goods at a wall
	Mixed []store.SlipID // picked into a tote of several: it is to be sorted there
}

// A Stop is a task of one of the slips of a round.
type Stop struct {
	At   int // the slip's, from 0
	Task store.PickTask
}

// Rounded reads the round of an operator: all slips in hand, in one walk.
func Rounded(ctx context.Context, s *store.Store, who store.OperatorID) (Round, error) {
	return store.Get(ctx, s, func(r *store.Reader) (out Round, err error) {
		leases, err := r.HeldBy(who)
		if err != nil {
			return out, err
		}
		if out.Places, err = onCart(r, leases); err != nil {
			return out, err
		}
		var all store.Slip
		wall, err := r.Setting(store.PutWall)
		if err != nil {
			return out, err
		}
		out.Wall = wall == "on"
		for _, id := range out.Places {
			slip, err := r.WholeSlip(id)
			if err != nil {
				return out, err
			}
			if slip.Task.ID == "" {
				continue
			}
			for _, t := range slip.Tasks {
				if t.Left() > 0 {
					out.Stops = append(out.Stops, Stop{len(out.Slips), t})
					all.Tasks = append(all.Tasks, t)
				}
			}
			mixed, err := unsorted(r, slip)
			if err != nil {
				return out, err
			}
			if mixed {
				out.Mixed = append(out.Mixed, slip.ID)
			}
			out.Plain += slip.Walk
			out.Slips = append(out.Slips, slip)
		}
		if err := route.Plan(r, &all); err != nil {
			return out, err
		}
		for i := range out.Stops {
			out.Stops[i].Task.Walk = all.Tasks[i].Walk
		}
		out.Walk = all.Walk
		return out, inOrder(r, out.Stops)
	})
}

// onCart is which of the slips of somebody are on their cart, in the order in which they took
// them: those that they took before all earlier ones were done, and behind.
func onCart(r *store.Reader, held []store.Lease) (out []store.SlipID, err error) {
	slices.SortStableFunc(held, func(a, b store.Lease) int {
		return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.Slip, b.Slip))
	})
	open, done := false, int64(0) // the last work on those that are done
	for _, l := range held {
		if !open && l.At > done {
			out = nil
		}
		slip, err := r.Slip(l.Slip)
		if err != nil {
			return nil, err
		}
		open = open || slip.Task.ID != ""
		done = max(done, slip.Lease.Seen)
		out = append(out, l.Slip)
	}
	if !open {
		out = nil
	}
	return out, nil
}

// inOrder puts stops into the order of their turns; where they have none, of their bins'.
func inOrder(r *store.Reader, stops []Stop) error {
	walks := map[store.Place]int64{}
	for _, s := range stops {
		if _, known := walks[s.Task.From]; known {
			continue
		}
		b, err := r.Bin(s.Task.From)
		if err != nil {
			return err
		}
		walks[s.Task.From] = b.Walk
	}
	slices.SortStableFunc(stops, func(a, b Stop) int {
		return cmp.Or(cmp.Compare(a.Task.Walk, b.Task.Walk),
			cmp.Compare(walks[a.Task.From], walks[b.Task.From]),
			cmp.Compare(a.Task.From, b.Task.From), cmp.Compare(a.Task.Item, b.Task.Item),
			cmp.Compare(a.At, b.At))
	})
	return nil
}

// Load puts up to n slips on an operator's cart: the most urgent that nobody holds, and then
// those that add the fewest aisles to the walk, as far as totes, weight and volume of the cart
// allow. It says which they are. It refuses with NoRight, BadQuantity, with CartFull when the
// operator holds as many as the cart has totes for, and with NothingToDo when there is none.
func Load(ctx context.Context, s *store.Store, by store.Gesture, n int) ([]store.SlipID, error) {
	return load.Make(ctx, s, by, n)
}

// CartMax is more slips than any cart has totes for.
const CartMax = claimMax

var load = store.Ruling[int, []store.SlipID]{Name: "outbound.load", Do: func(
	ctx context.Context, s *store.Store, by store.Gesture, n int) (ids []store.SlipID,
	err error) {
	err = s.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.May(store.Picker); err != nil {
			return err
		}
		if n < 1 || n > CartMax {
			return &store.Refusal{Code: store.BadQuantity, Want: fmt.Sprint("1-", CartMax),
				Got: fmt.Sprint(n)}
		}
		c, err := cartOf(tx)
		if err != nil {
			return err
		}
		if c.totes <= 0 {
			return &store.Refusal{Code: store.CartFull, Got: string(by.Operator)}
		}
		c.totes = min(c.totes, int64(n))
		leases, err := c.fill(tx)
		if err != nil {
			return err
		}
		ids, err = claimed(tx, leases)
		return err
	})
	return ids, err
}, Again: claim.Again}

// A cart is what an operator pushes: how much more it takes, and the aisles that it goes to.
type cart struct {
	totes, weight, volume int64 // grams and cubic millimetres; below zero for no limit
	aisles                map[string]bool
}

// cartOf is the operator's cart with what they hold in it.
func cartOf(tx *store.Tx) (c cart, err error) {
	c.aisles = map[string]bool{}
	for _, x := range []struct {
		of   store.Setting
		to   *int64
		unit int64
	}{{store.CartTotes, &c.totes, 1}, {store.CartWeight, &c.weight, 1000},
		{store.CartVolume, &c.volume, 1_000_000}} {
		n, err := tx.Number(x.of)
		if err != nil {
			return c, err
		}
		if *x.to = n * x.unit; n == 0 {
			*x.to = -1
		}
	}
	held, err := tx.HeldSlips(tx.By().Operator, cmp.Or(tx.By().Station, tx.Station().Author))
	for _, id := range held {
		if err != nil {
			return c, err
		}
		var b store.Cargo
		if b, err = tx.CargoOf(id); err == nil {
			c.put(b)
		}
	}
	return c, err
}

// put puts a slip on the cart.
func (c *cart) put(b store.Cargo) {
	c.totes--
	if c.weight >= 0 {
		c.weight = max(0, c.weight-b.Weight)
	}
	if c.volume >= 0 {
		c.volume = max(0, c.volume-b.Volume)
	}
	for _, a := range b.Aisles {
		c.aisles[a] = true
	}
}

// takes says whether the cart has room for a slip. An empty one takes what is too big for any.
func (c *cart) takes(b store.Cargo, empty bool) bool {
	return c.totes > 0 && (empty || (c.weight < 0 || b.Weight <= c.weight) &&
		(c.volume < 0 || b.Volume <= c.volume))
}

// loadDepth is how many free slips are looked at for one that is on the way.
const loadDepth = 60

// fill chooses slips for the cart, and gives them to the operator.
func (c *cart) fill(tx *store.Tx) (out []store.Lease, err error) {
	jobs, err := tx.ToPick(claimDepth)
	if err != nil {
		return nil, err
	}
	var free []store.Cargo
	for _, j := range jobs {
		if j.Holder != "" || len(free) == loadDepth {
			continue
		}
		b, err := tx.CargoOf(j.Slip)
		if err != nil {
			return nil, err
		}
		free = append(free, b)
	}
	for first := len(c.aisles) == 0; ; first = false {
		free = slices.DeleteFunc(free, func(b store.Cargo) bool { return !c.takes(b, first) })
		if len(free) == 0 {
			return out, nil
		}
		next := 0
		for i := range free {
			if !first && c.detour(free[i]) < c.detour(free[next]) {
				next = i
			}
		}
		slip, err := tx.Slip(free[next].Slip)
		if err != nil {
			return nil, err
		}
		c.put(free[next])
		free = slices.Delete(free, next, next+1)
		out = append(out, lease(tx, slip))
	}
}

// detour is how many aisles a slip adds to the cart's walk.
func (c *cart) detour(b store.Cargo) (n int) {
	for _, a := range b.Aisles {
		if !c.aisles[a] {
			n++
		}
	}
	return n
}
