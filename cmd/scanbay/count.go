package main

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"scanbay/store"
	"scanbay/store/stocktake"
)

type countCmd struct {
	Plan countPlan `cmd:"" help:"Have bins counted: by class, zone, item, turn, chance."`
	List countList `cmd:"" help:"List the bins that are to be counted, in walking order."`
}

// A countPlan says which bins are to be counted.
type countPlan struct {
	By    string `required:"" enum:"${count_bys}" help:"${enum}."`
	Class string `placeholder:"A|B|C" help:"For abc: the class."`
	Zone  string `help:"For zone; it narrows the others."`
	Item  string `placeholder:"SKU" help:"For item."`
	Bin   string `help:"For bin."`
	Days  int64  `help:"For due: not counted so long; for touched: moved since."`
	Share int64  `placeholder:"PERCENT" help:"For random and value: of all the bins."`
	Most  int64  `placeholder:"N" help:"So many bins at most."`
	placeAt
}

// countBys are what can stand behind --by.
func countBys() kong.Vars {
	var names []string
	for _, why := range stocktake.ByHand() {
		names = append(names, string(why))
	}
	return kong.Vars{"count_bys": strings.Join(names, ",")}
}

// Help tells the reasons apart.
func (countPlan) Help() string {
	return "abc      --class A: what sells most; B, C\n" +
		"value    --share 10: the bins that most money lies in\n" +
		"due      --days 90: not counted for so long\n" +
		"zone     --zone A\n" +
		"item     --item SKU: every bin of it\n" +
		"bin      --bin A-01-03\n" +
		"random   --share 5: by chance\n" +
		"zero     empty by the book\n" +
		"touched  --days 7: moved since then, and not counted since\n\n" +
		"A bin that is on the list already is not planned twice. While a station works, its " +
		"screen\nof count plans does the same.\n"
}

// Run plans, and says how many bins answer to it.
func (p countPlan) Run(ctx context.Context, c *console) error {
	w := stocktake.Wish{Why: store.CountWhy(p.By), Class: strings.ToUpper(p.Class), Zone: p.Zone,
		Item: store.SKU(p.Item), Days: p.Days, Share: p.Share, Most: p.Most}
	if p.Bin != "" {
		w.Place = store.InBin(p.Bin)
	}
	return p.work(ctx, c, func(s *store.Store) error {
		out, err := stocktake.Plan(ctx, s, store.Gesture{Source: "keyed"}, w)
		if r, refused := store.RefusalOf(err); refused {
			switch r.Code {
			case store.NothingToDo:
				return complaint(c.words().NoBinsToCount())
			case store.BadSetting: // what the wish lacks is an option here
				return &store.Refusal{Code: r.Code, Want: "--" + r.Want, Got: "--by " + r.Got}
			}
		}
		if err == nil {
			_, err = fmt.Fprintln(c.Out, c.words().BinsPlanned(out.Plan, out.Bins))
		}
		return err
	})
}

// A countList lists what is to be counted.
type countList struct {
	CSV string `name:"csv" placeholder:"FILE" help:"Write the list to FILE.csv."`
	placeAt
}

// Run prints the list, or writes it into a file.
func (l countList) Run(ctx context.Context, c *console) error {
	if err := named(c, l.CSV, ".csv"); err != nil {
		return err
	}
	return l.look(ctx, c, func(s *store.Store) error {
		due, err := store.Get(ctx, s, func(r *store.Reader) ([]store.DueCount, error) {
			return r.CountsDue(math.MaxInt32)
		})
		if err != nil {
			return err
		}
		rows := dueRows(c, s, due)
		if l.CSV != "" {
			return saveRows(c, l.CSV, rows)
		}
		if len(due) == 0 {
			_, err := fmt.Fprintln(c.Out, c.words().NothingToCount())
			return err
		}
		for _, line := range inColumns(rows) {
			fmt.Fprintln(c.Out, strings.TrimRight(line, " "))
		}
		return nil
	})
}

// dueRows is a table of what is to be counted.
func dueRows(c *console, s *store.Store, due []store.DueCount) [][]string {
	rows := [][]string{c.words().CountHeader()}
	for _, d := range due {
		round := ""
		if d.Again() {
			round = strconv.FormatInt(d.Round, 10)
		}
		rows = append(rows, []string{d.Place.Code(), d.Zone, string(d.Item),
			c.Text.CountWhys()[d.Why], round, string(d.ID),
			time.UnixMilli(d.Since).In(s.Zone()).Format("2006-01-02 15:04"), string(d.Holder)})
	}
	return rows
}

// saveRows writes a table into a new file, and says so.
func saveRows(c *console, path string, rows [][]string) error {
	if err := writeRows(c, path, rows); err != nil {
		return err
	}
	_, err := fmt.Fprintln(c.Out, c.words().CountsListed(path))
	return err
}

// setCount writes how a class of items is counted: what the words do not name stays as it is.
func setCount(said words, class string, values []string) (change, error) {
	class = scopeOf(class)
	var try store.CountPolicy
	for _, v := range values {
		if want, ok := setCountTerm(&try, v); !ok {
			return nil, complaint(said.BadTerm(v, want))
		}
	}
	return func(ctx context.Context, open *store.Store, by store.Gesture) error {
		p := store.CountPolicy{Class: class, Active: true}
		all, err := store.Get(ctx, open, (*store.Reader).CountPolicies)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(x store.CountPolicy) bool { return x.Class == class })
		if i >= 0 {
			p = all[i]
		}
		for _, v := range values {
			setCountTerm(&p, v)
		}
		return stocktake.SetPolicy(ctx, open, by, p)
	}, nil
}

// setCountTerm sets what KEY=VALUE says. It says what would do where that means nothing.
func setCountTerm(p *store.CountPolicy, text string) (want string, ok bool) {
	key, value, _ := strings.Cut(text, "=")
	numbers := map[string]*int64{"days": &p.Days, "pieces": (*int64)(&p.Pieces),
		"percent": &p.Percent}
	amounts := map[string]*store.Money{"worth": &p.Worth, "two": &p.Two}
	switch {
	case numbers[key] != nil:
		n, err := strconv.ParseInt(value, 10, 64)
		*numbers[key] = n
		return "30", err == nil
	case amounts[key] != nil:
		*amounts[key], ok = store.ParseMoney(value)
		return "50.5", ok
	case key == "active":
		p.Active = value == "yes"
		return "yes, no", value == "yes" || value == "no"
	}
	return "days, pieces, percent, worth, two, active", false
}
