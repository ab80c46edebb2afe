// Package route gives pick tasks their turns on the shortest walk through their bins, by how
// the warehouse is laid out.
package route

import (
	"slices"
	"strconv"
	"strings"

	"scanbay/store"
	"scanbay/store/walk"
)

// A visit is a bin on a slip's walk, with the tasks that wait there.
type visit struct {
	bin   store.Bin
	class int // 0 for heavy goods, which come first
	tasks []int
}

// Plan gives the tasks of a slip their turns, and the slip the length of its walk: zone by
// zone, each in the shortest walk that its layout allows, heavy goods first. Where no layout is
// known and nothing is heavy, the walking order of the bins is as good as any.
func Plan(r *store.Reader, slip *store.Slip) error {
	heavy, err := r.Number(store.HeavyFrom)
	if err != nil {
		return err
	}
	zones, err := visits(r, slip, heavy)
	if err != nil {
		return err
	}
	turn, planned := int64(0), false
	for _, stops := range zones {
		order, length, plain, err := plan(r, stops)
		if err != nil {
			return err
		}
		planned = planned || length > 0 || heavy > 0
		slip.Walk, slip.Plain = slip.Walk+int64(length), slip.Plain+int64(plain)
		for _, i := range order {
			turn++
			for _, t := range stops[i].tasks {
				slip.Tasks[t].Walk = turn
			}
		}
	}
	if !planned {
		for i := range slip.Tasks {
			slip.Tasks[i].Walk = 0
		}
	}
	return nil
}

// visits are the bins of a slip by zone, the zones and the bins in walking order. A
// bin with heavy and light goods is visited for each.
func visits(r *store.Reader, slip *store.Slip, heavy int64) (zones [][]visit, err error) {
	items := map[store.SKU]store.Item{}
	var all []visit
	for i, t := range slip.Tasks {
		bin, err := r.Bin(t.From)
		if err != nil {
			return nil, err
		}
		if _, known := items[t.Item]; !known && heavy > 0 {
			if items[t.Item], err = r.Item(t.Item); err != nil {
				return nil, err
			}
		}
		v := visit{bin: bin, tasks: []int{i}}
		if heavy > 0 && items[t.Item].Weight < heavy {
			v.class = 1
		}
		same := slices.IndexFunc(all, func(o visit) bool {
			return o.bin.Place == v.bin.Place && o.class == v.class
		})
		if same >= 0 {
			all[same].tasks = append(all[same].tasks, i)
			continue
		}
		all = append(all, v)
	}
	slices.SortStableFunc(all, func(a, b visit) int {
		if d := a.bin.Walk - b.bin.Walk; d != 0 {
			return int(d)
		}
		return strings.Compare(string(a.bin.Place), string(b.bin.Place))
	})
	at := map[string]int{}
	for _, v := range all {
		z, known := at[v.bin.Zone]
		if !known {
			z = len(zones)
			at[v.bin.Zone], zones = z, append(zones, nil)
		}
		zones[z] = append(zones[z], v)
	}
	return zones, nil
}

// plan is the order of the shortest walk through the bins of a zone, its length, and
// that in the order of the bins' codes; without a layout that fits them, the order
// that they have, and no length.
func plan(r *store.Reader, all []visit) (order []int, length, plain walk.Length, err error) {
	for i := range all {
		order = append(order, i)
	}
	slices.SortStableFunc(order, func(a, b int) int { return all[a].class - all[b].class })
	l, aisles, err := r.LayoutOf(all[0].bin.Zone)
	if err != nil || len(aisles) == 0 {
		return order, 0, 0, err
	}
	stops, ok := onFloor(l, aisles, all)
	if !ok {
		return order, 0, 0, nil
	}
	planner, err := walk.New(floor(l, aisles))
	if err != nil {
		return order, 0, 0, nil // a layout that is none leads nobody
	}
	route, err := planner.Plan(stops)
	if err != nil {
		return order, 0, 0, nil
	}
	byCode := slices.Clone(order)
	slices.SortFunc(byCode, func(a, b int) int {
		return strings.Compare(string(all[a].bin.Place), string(all[b].bin.Place))
	})
	if plain, err = planner.Length(stops, byCode); err != nil {
		plain = route.Length // one-way aisles may not allow that order
	}
	return route.Order, route.Length, plain, nil
}

// floor is a layout as it is walked.
func floor(l store.Layout, aisles []string) walk.Layout {
	if named := strings.Fields(l.Aisles); len(named) > 0 {
		aisles = named
	}
	out := walk.Layout{Aisles: len(aisles), Blocks: int(l.Blocks),
		BlockLength: walk.Length(l.Bay * l.Bays), Pitch: walk.Length(l.Pitch),
		DepotAisle: max(0, slices.Index(aisles, l.Depot)), DepotCross: int(l.Cross),
		Ways: map[int]walk.Way{}}
	for _, word := range strings.Fields(l.OneWay) {
		aisle, up := strings.CutSuffix(word, "+")
		way := walk.Up
		if !up {
			aisle, way = strings.TrimSuffix(word, "-"), walk.Down
		}
		if i := slices.Index(aisles, aisle); i >= 0 {
			out.Ways[i] = way
		}
	}
	return out
}

// onFloor is where bins are on the floor, by their aisle and the number of their bay;
// ok says that all of them are on it.
func onFloor(l store.Layout, aisles []string, all []visit) (out []walk.Stop, ok bool) {
	if named := strings.Fields(l.Aisles); len(named) > 0 {
		aisles = named
	}
	for _, v := range all {
		bay, err := strconv.ParseInt(v.bin.Bay, 10, 64)
		if l.Sides == 2 {
			bay = (bay + 1) / 2
		}
		s := walk.Stop{Aisle: slices.Index(aisles, v.bin.Aisle), Class: v.class}
		if err != nil || bay < 1 || bay > l.Bays*l.Blocks || s.Aisle < 0 {
			return nil, false
		}
		s.Block = int((bay - 1) / l.Bays)
		s.Offset = walk.Length((bay-1)%l.Bays*l.Bay + l.Bay/2)
		out = append(out, s)
	}
	return out, true
}
