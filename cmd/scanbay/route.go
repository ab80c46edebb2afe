package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"time"

	"scanbay/store"
	walks "scanbay/store/walk"
)

type routeCmd struct {
	JSON  bool     `name:"json" help:"Print one JSON object a walk, and no summary."`
	Files []string `arg:"" optional:"" name:"file" help:"Walks; standard input if none is given."`
}

// Help describes the format, for scanbay route --help.
func (routeCmd) Help() string {
	return `A walk is one line, a JSON object (files may be gzipped):

  aisles, cross_aisles   how many; with n cross aisles there are n-1 blocks
  block_length           from one cross aisle to the next
  aisle_pitch            from one aisle to the next
  depot_aisle, depot_cross_aisle
                         where the walk begins and ends; 0 where not given
  picks                  [{"aisle": 0, "block": 0, "offset": 3.5}, ...]
                         aisles and blocks count from 0; the offset is from the cross
                         aisle before the block
  id, optimum            a name; the shortest length, to compare with

Lengths are in any unit, with three decimals at most. Also understood, and kept
whatever it costs:

  "class": 2             of a pick: lower classes come first; 0 where not given
  "heavy": true          of a pick: before all picks that are not, whatever their class
  "one_way": [{"aisle": 3, "direction": "up"}, ...]
                         of the walk: up is from cross aisle 0 on, down is towards it

With --json: {"id", "length", "optimum", "exact", "ms", "order"}. order is the picks by
their place in the line, from 0; exact says that no order is shorter; ms is how long it
took to find.`
}

// Run plans each walk, and says how long it is.
func (r routeCmd) Run(ctx context.Context, c *console) error {
	var sum routeSum
	if len(r.Files) == 0 {
		if err := r.standardInput(ctx, c, &sum); err != nil {
			return err
		}
	}
	for _, path := range r.Files {
		if err := r.file(ctx, c, path, &sum); err != nil {
			return err
		}
	}
	if r.JSON {
		return nil
	}
	_, err := fmt.Fprintln(c.Out, c.words().RouteSum(sum))
	return err
}

// A routeSum is what the summary tells of.
type routeSum struct {
	Walks, Compared, Optimal int
	Slowest                  routed
}

// standardInput ends with the context, also while it waits for a line.
func (r routeCmd) standardInput(ctx context.Context, c *console, sum *routeSum) error {
	done := make(chan error, 1)
	go func() { done <- r.read(ctx, c, "-", os.Stdin, sum) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return complaint(c.words().RouteStopped())
	}
}

func (r routeCmd) file(ctx context.Context, c *console, path string, sum *routeSum) error {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return &store.Fault{Code: store.Missing, Path: path, Err: err}
	}
	if err != nil {
		return err
	}
	defer f.Close()
	return r.read(ctx, c, path, f, sum)
}

// routeLineMax is how long a line may be: some hundred thousand picks.
const routeLineMax = 16 << 20

// read plans the walks of a file, up to the first line that is none.
func (r routeCmd) read(ctx context.Context, c *console, name string, in io.Reader,
	sum *routeSum) error {
	n := 0
	refused := func(err error) error {
		return complaint(c.words().NoRoute(fmt.Sprintf("%s:%d", name, n), err))
	}
	lines, err := routeLines(in)
	for err == nil && lines.Scan() {
		n++
		if ctx.Err() != nil {
			return complaint(c.words().RouteStopped())
		}
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		out, err := planRoute(lines.Bytes(), c.Now)
		if err != nil {
			return refused(err)
		}
		sum.add(out)
		if err := r.print(c, out); err != nil {
			return err
		}
	}
	if err == nil {
		err = lines.Err()
	}
	if err == nil {
		return nil
	}
	n++
	return refused(err)
}

// routeLines reads lines, through gzip where the first bytes say so.
func routeLines(in io.Reader) (*bufio.Scanner, error) {
	packed := bufio.NewReader(in)
	in = packed
	if magic, _ := packed.Peek(2); bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		unpacked, err := gzip.NewReader(packed)
		if err != nil {
			return nil, err
		}
		in = unpacked
	}
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, routeLineMax)
	return lines, nil
}

func (r routeCmd) print(c *console, out routed) error {
	if r.JSON {
		return json.NewEncoder(c.Out).Encode(out)
	}
	_, err := fmt.Fprintln(c.Out, c.words().Routed(out))
	return err
}

// A routed is the answer to one line.
type routed struct {
	ID      string   `json:"id"`
	Length  float64  `json:"length"`
	Optimum *float64 `json:"optimum,omitempty"`
	Exact   bool     `json:"exact"`
	MS      float64  `json:"ms"`
	Order   []int    `json:"order"`
}

// more is how much longer a walk is than the shortest.
func (r routed) more() float64 { return rounded(r.Length - *r.Optimum) }

func (s *routeSum) add(r routed) {
	s.Walks++
	if s.Walks == 1 || r.MS > s.Slowest.MS {
		s.Slowest = r
	}
	if r.Optimum == nil {
		return
	}
	s.Compared++
	if r.more() == 0 {
		s.Optimal++
	}
}

// planRoute plans the walk of one line.
func planRoute(line []byte, now func() time.Time) (routed, error) {
	var in routeLine
	if err := json.Unmarshal(line, &in); err != nil {
		return routed{}, err
	}
	floor, stops, err := in.walk()
	if err != nil {
		return routed{}, err
	}
	begun := now()
	planner, err := walks.New(floor)
	if err != nil {
		return routed{}, err
	}
	route, err := planner.Plan(stops)
	if err != nil {
		return routed{}, err
	}
	took := now().Sub(begun)
	return routed{ID: in.ID, Length: float64(route.Length) / routeUnit, Optimum: in.Optimum,
		Exact: route.Exact, MS: rounded(took.Seconds() * 1000),
		Order: append([]int{}, route.Order...)}, nil
}

// routeUnit is how many of the planner's lengths are one of the line's.
const routeUnit = 1000

// rounded keeps three decimals.
func rounded(x float64) float64 { return math.Round(x*1000) / 1000 }

// A routeLine is a walk as a line tells it. What must be given is a pointer.
type routeLine struct {
	ID          string      `json:"id"`
	Aisles      int         `json:"aisles"`
	CrossAisles int         `json:"cross_aisles"`
	BlockLength float64     `json:"block_length"`
	AislePitch  float64     `json:"aisle_pitch"`
	DepotAisle  int         `json:"depot_aisle"`
	DepotCross  int         `json:"depot_cross_aisle"`
	Picks       []routePick `json:"picks"`
	OneWay      []routeWay  `json:"one_way"`
	Optimum     *float64    `json:"optimum"`
}

type routePick struct {
	Aisle  *int     `json:"aisle"`
	Block  *int     `json:"block"`
	Offset *float64 `json:"offset"`
	Class  int32    `json:"class"`
	Heavy  bool     `json:"heavy"`
}

type routeWay struct {
	Aisle     *int   `json:"aisle"`
	Direction string `json:"direction"`
}

// walk is the line as the planner takes it.
func (in routeLine) walk() (walks.Layout, []walks.Stop, error) {
	var bad error
	length := func(name string, x float64) walks.Length {
		n, ok := thousandths(x)
		if !ok && bad == nil {
			bad = fmt.Errorf("%s: %v", name, x)
		}
		return n
	}
	floor := walks.Layout{Aisles: in.Aisles, Blocks: in.CrossAisles - 1,
		BlockLength: length("block_length", in.BlockLength),
		Pitch:       length("aisle_pitch", in.AislePitch),
		DepotAisle:  in.DepotAisle, DepotCross: in.DepotCross, Ways: map[int]walks.Way{}}
	for i, w := range in.OneWay {
		way, known := map[string]walks.Way{"up": walks.Up, "down": walks.Down}[w.Direction]
		if w.Aisle == nil || !known || floor.Ways[*w.Aisle]+way == walks.Up+walks.Down {
			return floor, nil, fmt.Errorf("one_way %d: aisle, direction %q", i, w.Direction)
		}
		floor.Ways[*w.Aisle] = way
	}
	stops := make([]walks.Stop, len(in.Picks))
	for i, p := range in.Picks {
		if p.Aisle == nil || p.Block == nil || p.Offset == nil {
			return floor, nil, fmt.Errorf("picks %d: aisle, block, offset", i)
		}
		stops[i] = walks.Stop{Aisle: *p.Aisle, Block: *p.Block, Class: int(p.Class),
			Offset: length(fmt.Sprintf("picks %d: offset", i), *p.Offset)}
		if p.Heavy {
			stops[i].Class = math.MinInt
		}
	}
	return floor, stops, bad
}

// thousandths is x in thousandths, if it is a whole number of them.
func thousandths(x float64) (walks.Length, bool) {
	n := math.Round(x * routeUnit)
	off := math.Abs(n - x*routeUnit)
	return walks.Length(n), math.Abs(n) < 1<<52 && off <= 1e-9*max(1, math.Abs(n))
}
