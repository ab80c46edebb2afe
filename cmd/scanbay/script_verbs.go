package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/access"
	"scanbay/store/order"
	"scanbay/store/sqlite"
	"scanbay/tui"
	"scanbay/tui/i18n"
	"scanbay/tui/theme"
)

// A verb is one thing that a scenario can do or expect.
type verb struct {
	name, args string
	least      int  // words behind it
	look       bool // it needs a station
	help       string
	do         func(sc *scene, words []string) error
}

func verbs() []verb {
	return append(printVerbs(), []verb{
		{"load", "KIND FILE...", 2, false, "take files of the archive in: items, bins, stock, " +
			"operators or orders", (*scene).load},
		{"refuses", "KIND FILE... REPORT", 3, false, "take files in that must be refused, and " +
			"compare what is said", (*scene).refuses},
		{"make", "FORM NAME FILE...", 3, false, "make a file of others: " + formNames(),
			(*scene).makeFile},
		{"import", "SAID KIND FILE... [--FLAG...]", 3, false, "do as scanbay import does, and " +
			"compare what it says", (*scene).imports},
		{"reasons", "CODE...", 1, false, "expect these codes of problems, and no others, of " +
			"the last import", (*scene).reasons},
		{"set", "SETTING VALUE", 2, false, "set one of: " + settingNames(), (*scene).set},
		{"rule", "CHANNEL RULE on|off [PARAM]", 3, false, "switch a rule of the review; '' is " +
			"every channel", (*scene).rule},
		{"policy", "CLASS TERM=VALUE...", 2, false, "write how items are counted, as scanbay set " +
			"count does; '' is no class", (*scene).policy},
		{"packing", "SCOPE TERM=VALUE...", 2, false, "write how goods are packed, as scanbay set " +
			"packing does", (*scene).packing},
		{"carton", "TYPE NAME [TARE MOST [LENGTHxWIDTHxHEIGHT]]", 2, false, "write a carton " +
			"type, in grams and mm", (*scene).cartonType},
		{"lies", "SKU LOT PLACE N", 4, false, "have goods lie where nobody's work put them, such " +
			"as tote/CODE", (*scene).lies},
		{"include", "FILE", 1, false, "add the files of another archive", (*scene).include},
		{"station", "NAME WIDTHxHEIGHT [OPERATOR PIN]", 2, false, "open a terminal, and sign " +
			"in", (*scene).station},
		{"at", "NAME", 1, false, "go on at another terminal", (*scene).at},
		{"scan", "CODE...", 1, true, "scan each code, once the one before is answered",
			(*scene).scan},
		{"burst", "CODE...", 1, true, "scan every code before the first is answered",
			(*scene).burst},
		{"scans", "N CODE", 2, true, "scan a code N times", (*scene).scans},
		{"type", "TEXT...", 1, true, "type, and Enter", (*scene).typed},
		{"key", "NAME...", 1, true, "press keys: f1 to f12, up, down, enter, esc ...",
			(*scene).keys},
		{"size", "WIDTHxHEIGHT", 1, true, "give the terminal another size", (*scene).size},
		{"screen", "FILE", 1, true, "compare what is on the screen with FILE.zh or " +
			"FILE.en", (*scene).screen},
		{"shows", "TEXT", 1, true, "expect the text on the screen, wrapped or not", (*scene).shows},
		{"hides", "TEXT", 1, true, "expect the text not to be there", (*scene).hides},
		{"sound", "right|wrong|attention", 1, true, "expect it to be the last sound",
			(*scene).sound},
		{"refused", "CODE", 1, false, "expect the last thing recorded to be this refusal",
			(*scene).refused},
		{"events", "KIND...|none", 1, false, "expect these events, and no others, since the " +
			"last look", (*scene).events},
		{"look", "", 0, false, "look at the events so far, and expect nothing of them",
			func(sc *scene, _ []string) error { _, err := sc.news(); return err }},
		{"trail", "REF FILE", 2, false, "compare the record of a slip or an order", (*scene).trail},
		{"stock", "SKU PLACE = ONHAND[/RESERVED]", 4, false, "expect stock in bin/CODE, " +
			"tote/CODE, carton/CODE, @customer ..., or in * for all that may be sold",
			(*scene).stock},
		{"state", "slip|order|carton ID = STATE", 4, false, "expect a state; an order goes by " +
			"either number", (*scene).state},
		{"discrepancies", "N", 1, false, "expect so many", (*scene).discrepancies},
		{"wait", "DURATION", 1, false, "let time pass, such as 31m", (*scene).wait},
		{"scanner", "lost|found", 1, true, "unplug the scanner, or plug it in", (*scene).scanner},
		{"scale", "GRAMS|~GRAMS|FLAW", 1, true, "have the scale show a weight, ~ while it " +
			"moves, or why there is none: " + flawNames(), (*scene).scale},
		{"disk", "full|free", 1, false, "fill the disk, or make room", (*scene).disk},
		{"crash", "", 0, false, "kill the stations, and start from what is on the disk",
			(*scene).crash},
		{"enrolled", "", 0, false, "close the stations, and go on as one of central's, without a " +
			"line to it", (*scene).enrolled},
		{"author", "NAME", 1, false, "close the stations, and go on as another one of the " +
			"warehouse, which knows all that was done", (*scene).author},
		{"verify", "", 0, false, "expect nothing in the database that cannot be right",
			(*scene).verify},
	}...)
}

func formNames() string {
	var out []string
	for _, f := range forms() {
		out = append(out, f.name+" ("+f.help+")")
	}
	return strings.Join(out, ", ")
}

func settingNames() string {
	var names []string
	for _, s := range store.Settings {
		names = append(names, string(s))
	}
	return strings.Join(names, ", ")
}

func (sc *scene) do(words []string) error {
	if words[0] == "zh" || words[0] == "en" {
		if words[0] != sc.text.Tag() || len(words) == 1 {
			return nil
		}
		words = words[1:]
	}
	all := verbs()
	i := slices.IndexFunc(all, func(v verb) bool { return v.name == words[0] })
	if i < 0 {
		return errors.New("no such verb; scanbay script --help lists them")
	}
	v := all[i]
	if len(words)-1 < v.least {
		return fmt.Errorf("want %s %s", v.name, v.args)
	}
	if v.look && sc.Driver == nil {
		return errors.New("open a station first")
	}
	return v.do(sc, words[1:])
}

func (sc *scene) record(e store.Event) error {
	return sc.Write(sc.ctx, store.Gesture{}, func(tx *store.Tx) error { return tx.Record(e) })
}

func (sc *scene) set(w []string) error {
	if !slices.Contains(store.Settings, store.Setting(w[0])) {
		return errors.New("no such setting")
	}
	return access.Set(sc.ctx, sc.Store, store.Gesture{}, store.Setting(w[0]), w[1])
}

func (sc *scene) rule(w []string) error {
	if !slices.Contains(order.Rules(), order.Rule(w[1])) {
		return fmt.Errorf("no such rule; there are %v", order.Rules())
	}
	e := store.RuleSet{Channel: w[0], Rule: w[1], Active: w[2] == "on"}
	if len(w) > 3 {
		e.Param = w[3]
	}
	return order.SetRule(sc.ctx, sc.Store, store.Gesture{}, e)
}

func (sc *scene) policy(w []string) error {
	set, err := setCount(english{}, w[0], w[1:])
	if err != nil {
		return err
	}
	return set(sc.ctx, sc.Store, store.Gesture{})
}

func (sc *scene) packing(w []string) error {
	set, err := setPacking(english{}, w[0], w[1:])
	if err != nil {
		return err
	}
	return set(sc.ctx, sc.Store, store.Gesture{})
}

func (sc *scene) cartonType(w []string) error {
	c := store.CartonType{Code: w[0], Name: w[1], Active: true}
	if len(w) > 3 {
		if _, err := fmt.Sscan(w[2]+" "+w[3], &c.Tare, &c.WeightMax); err != nil {
			return err
		}
	}
	if len(w) > 4 {
		if _, err := fmt.Sscanf(w[4], "%dx%dx%d", &c.Length, &c.Width, &c.Height); err != nil {
			return err
		}
	}
	return sc.record(store.CartonTypeSet{CartonType: c})
}

func (sc *scene) lies(w []string) error {
	n, err := strconv.Atoi(w[3])
	if err != nil {
		return err
	}
	return sc.record(store.StockSet{Place: store.Place(w[2]), N: store.Qty(n),
		Batch: store.Batch{Item: store.SKU(w[0]), Lot: store.Lot(w[1])}})
}

func (sc *scene) at(w []string) error {
	d := sc.stations[w[0]]
	if d == nil {
		return errors.New("no such station")
	}
	sc.Driver = d
	return nil
}

// codes turns kind:code into one of our labels, and \x1d into its byte.
func codes(words []string) (out []string, err error) {
	for _, word := range words {
		kind, own, ours := strings.Cut(word, ":")
		label := scanner.Encode(scanner.DefaultPrefix, scanner.Kind(kind), own)
		if ours && label != "" {
			out = append(out, label)
			continue
		}
		code, err := strconv.Unquote(`"` + strings.ReplaceAll(word, `"`, `\"`) + `"`)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", word, err)
		}
		out = append(out, code)
	}
	return out, nil
}

func (sc *scene) scan(w []string) error {
	all, err := codes(w)
	if err == nil {
		sc.Scan(all...)
	}
	return err
}

func (sc *scene) scans(w []string) error {
	n, err := strconv.Atoi(w[0])
	for range n {
		if err == nil {
			err = sc.scan(w[1:])
		}
	}
	return err
}

func (sc *scene) burst(w []string) error {
	all, err := codes(w)
	if err == nil {
		sc.Burst(all...)
	}
	return err
}

func (sc *scene) typed(w []string) error {
	sc.Type(strings.Join(w, " ") + "\n")
	return nil
}

func (sc *scene) keys(w []string) error {
	for _, k := range w {
		sc.Key(k)
	}
	return nil
}

func (sc *scene) size(w []string) error {
	var width, height int
	if _, err := fmt.Sscanf(w[0], "%dx%d", &width, &height); err != nil {
		return err
	}
	sc.Resize(width, height)
	return nil
}

func (sc *scene) screen(w []string) error { return sc.same(w[0]+"."+sc.text.Tag(), sc.Screen()) }

// bare is text without blanks: lines wrap where they must.
func bare(s string) string { return strings.Join(strings.Fields(s), "") }

func (sc *scene) shows(w []string) error {
	if !strings.Contains(bare(sc.Screen()), bare(strings.Join(w, ""))) {
		return fmt.Errorf("not on the screen:\n%s", sc.Screen())
	}
	return nil
}

func (sc *scene) hides(w []string) error {
	if strings.Contains(bare(sc.Screen()), bare(strings.Join(w, ""))) {
		return fmt.Errorf("on the screen:\n%s", sc.Screen())
	}
	return nil
}

func (sc *scene) sound(w []string) error {
	heard := sc.Sounds()
	if len(heard) == 0 || heard[len(heard)-1] != theme.Sound(w[0]) {
		return fmt.Errorf("heard %v", heard)
	}
	return nil
}

func (sc *scene) refused(w []string) error {
	news, err := sc.news()
	if err != nil {
		return err
	}
	if len(news) == 0 {
		return errors.New("nothing was recorded")
	}
	last := news[len(news)-1]
	var e store.ScanRefused
	if last.Kind != e.Kind() {
		return fmt.Errorf("the last event is %s %s", last.Kind, last.Body)
	}
	if err := json.Unmarshal(last.Body, &e); err != nil {
		return err
	}
	if e.Code != store.Code(w[0]) {
		return fmt.Errorf("refused with %s: want %q, got %q", e.Code, e.Want, e.Got)
	}
	return nil
}

func (sc *scene) events(w []string) error {
	news, err := sc.news()
	if err != nil {
		return err
	}
	var kinds []string
	for _, env := range news {
		kinds = append(kinds, env.Kind)
	}
	if len(kinds) == 0 {
		kinds = []string{"none"}
	}
	if !slices.Equal(kinds, w) {
		return fmt.Errorf("got %s", strings.Join(kinds, " "))
	}
	return nil
}

func (sc *scene) trail(w []string) error {
	ref := w[0]
	trail, err := store.Get(sc.ctx, sc.Store, func(r *store.Reader) ([]store.Envelope, error) {
		if ids, err := r.OrdersByNo(ref); err == nil && len(ids) == 1 {
			return r.Trail(string(ids[0]))
		}
		return r.Trail(ref)
	})
	if err != nil {
		return err
	}
	var b strings.Builder
	for _, env := range trail {
		at := time.UnixMilli(env.At).In(sc.Zone()).Format("15:04")
		fmt.Fprintln(&b, strings.TrimSpace(fmt.Sprintf("%s %s %s %s", at, env.Kind, env.Operator,
			env.Raw)))
	}
	return sc.same(w[1], b.String())
}

func (sc *scene) stock(w []string) error {
	sku, place := store.SKU(w[0]), store.Place(w[1])
	var have, held store.Qty
	err := sc.Read(sc.ctx, func(r *store.Reader) error {
		i, err := r.Item(sku)
		if err != nil {
			return err
		}
		if place == "*" {
			l, err := r.Levels(i)
			have, held = l.OnHand, l.Reserved
			return err
		}
		rows, err := r.Holding(place, sku)
		for _, b := range rows {
			have += b.N
		}
		if err == nil {
			held, err = r.AllocatedIn(place, sku)
		}
		return err
	})
	got := fmt.Sprint(have)
	if strings.Contains(w[3], "/") {
		got = fmt.Sprintf("%d/%d", have, held)
	}
	if err == nil && got != w[3] {
		err = fmt.Errorf("it is %s", got)
	}
	return err
}

func (sc *scene) state(w []string) error {
	got := ""
	err := sc.Read(sc.ctx, func(r *store.Reader) error {
		switch w[0] {
		case "slip":
			s, err := r.Slip(store.SlipID(w[1]))
			got = string(s.State())
			return err
		case "carton":
			c, err := r.Carton(store.CartonID(w[1]))
			got = []string{"open", "sealed", "confirmed"}[c.Step]
			return err
		}
		ids, err := r.OrdersByNo(w[1])
		if err != nil || len(ids) != 1 {
			return errors.Join(err, fmt.Errorf("%d orders of this number", len(ids)))
		}
		s, err := r.OrderState(ids[0])
		got = string(s)
		return err
	})
	if err == nil && got != w[3] {
		err = fmt.Errorf("it is %s", got)
	}
	return err
}

func (sc *scene) discrepancies(w []string) error {
	all, err := store.Get(sc.ctx, sc.Store, (*store.Reader).Discrepancies)
	if err == nil && strconv.Itoa(len(all)) != w[0] {
		err = fmt.Errorf("there are %d: %+v", len(all), all)
	}
	return err
}

func (sc *scene) wait(w []string) error {
	d, err := time.ParseDuration(w[0])
	if err != nil {
		return err
	}
	if sc.Driver == nil {
		sc.clock.Advance(d)
		return nil
	}
	sc.Wait(d)
	return nil
}

func (sc *scene) scanner(w []string) error {
	sc.Send(tui.HealthMsg{Name: i18n.ScannerLost, OK: w[0] == "found", Detail: "serial"})
	return nil
}

func flawNames() string {
	var names []string
	for _, f := range scanner.WeightFlaws() {
		names = append(names, string(f))
	}
	return strings.Join(names, ", ")
}

func (sc *scene) scale(w []string) (err error) {
	shown := scanner.Weight{At: sc.clock.Now()}
	digits, moves := strings.CutPrefix(w[0], "~")
	if slices.Contains(scanner.WeightFlaws(), scanner.Flaw(w[0])) {
		shown.Bad = scanner.Flaw(w[0])
	} else if shown.Grams, err = strconv.ParseInt(digits, 10, 64); err != nil {
		return err
	}
	shown.Stable = !moves && shown.Bad == ""
	sc.Send(tui.WeightMsg(shown))
	return nil
}

func (sc *scene) disk(w []string) error {
	pragma := sqlite.Room
	if w[0] == "full" {
		pragma = sqlite.Full
	}
	return sc.Alter(sc.ctx, pragma)
}

func (sc *scene) verify([]string) error {
	sc.checks++
	path := filepath.Join(sc.dir, fmt.Sprintf("fresh%d.db", sc.checks))
	db, err := sqlite.Open(sc.ctx, path)
	if err != nil {
		return err
	}
	if err := store.Establish(sc.ctx, db, sc.Identity()); err != nil {
		return err
	}
	fresh, err := store.New(sc.ctx, db, "verify", sc.clock.Now)
	if err != nil {
		return err
	}
	_, bad, err := store.Verify(sc.ctx, sc.Store, fresh)
	for _, v := range bad {
		err = errors.Join(err, errors.New(v.String()))
	}
	return errors.Join(err, fresh.Close())
}
