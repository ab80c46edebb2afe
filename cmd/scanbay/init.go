package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"scanbay/store"
	"scanbay/store/access"
	"scanbay/store/sqlite"
)

// initCmd makes the database of a new site.
type initCmd struct {
	DB        string            `default:"scanbay.db" placeholder:"FILE" help:"New (${default})."`
	Yes       bool              `help:"Ask nothing: what no flag says is as suggested."`
	Language  string            `placeholder:"en|zh" help:"Of the first person."`
	Warehouse string            `placeholder:"CODE" help:"Of the warehouse."`
	Station   string            `placeholder:"NAME" help:"Of this station."`
	Zone      string            `placeholder:"ZONE" help:"Time zone, such as Asia/Shanghai."`
	Set       map[string]string `placeholder:"NAME=VALUE" help:"A setting, as scanbay set has it."`
	Number    string            `placeholder:"NO" help:"Badge of the first administrator."`
	Name      string            `placeholder:"NAME" help:"Of the first administrator."`
	PINFile   string            `name:"pin-file" placeholder:"FILE" help:"PIN; else $$SCANBAY_PIN."`
	Carton    []string          `sep:"none" placeholder:"CODE,NAME,LxWxH" help:"Carton type, mm."`
}

// decided is what a new site has decided, by the name of the question.
type decided struct {
	answers map[string]string
	pin     string
	cartons []store.CartonType
}

// Run asks what no flag says, and then makes the database: whole, or not at all.
func (cmd initCmd) Run(ctx context.Context, c *console) error {
	for _, name := range besides(cmd.DB) {
		if _, err := os.Stat(name); err == nil {
			return &store.Fault{Code: store.Exists, Path: name, Err: fs.ErrExist}
		}
	}
	if _, err := os.Stat(filepath.Dir(cmd.DB)); err != nil {
		return &store.Fault{Code: store.Missing, Path: filepath.Dir(cmd.DB), Err: err}
	}
	for name, value := range cmd.Set {
		if want, ok := store.Setting(name).Valid(value); !ok {
			return complaint(c.words().InitBad(name+"="+value, want))
		}
	}
	a := newAsker(ctx, c, cmd.Yes)
	d, err := cmd.decide(a)
	if err != nil {
		return err
	}
	if err := cmd.build(ctx, c, d); err != nil {
		return err
	}
	cmd.tell(a, d)
	return nil
}

// atFirst are the settings that a new site decides; the others wait for somebody who
// wants them.
var atFirst = []store.Setting{store.LabelPrefix, store.OverPickPolicy, store.ZeroCheckAt,
	store.ReleaseBy, store.MergeOrders, store.HeavyFrom, store.IdleMinutes}

// decide asks the language first, and the rest in it.
func (cmd initCmd) decide(a *asker) (d decided, err error) {
	d.answers = map[string]string{}
	put := func(questions ...question) {
		for _, q := range questions {
			if err == nil {
				d.answers[q.name], err = a.ask(q)
			}
		}
	}
	put(question{"language", cmd.Language, a.Text.Tag(), oneOf("en", "zh")})
	if err == nil {
		a.Text, err = language(d.answers["language"])
	}
	put(question{"warehouse", cmd.Warehouse, "W1", isCode},
		question{"station", cmd.Station, "S1", isCode},
		question{"zone", cmd.Zone, zoneHere(), isZone})
	for _, name := range atFirst {
		put(question{string(name), cmd.Set[string(name)], name.Default(), a.settingOf(name)})
	}
	put(question{"number", cmd.Number, "900", isCode},
		question{"name", cmd.Name, a.words().InitName(), isName})
	for name, value := range cmd.Set { // those that are not asked for
		d.answers[name] = value
	}
	if err == nil {
		d.pin, err = cmd.pin(a)
	}
	if err == nil {
		d.cartons, err = cmd.cartons(a)
	}
	return d, err
}

// pin is the first person's PIN: of a file, of the environment, or typed twice. It is
// no flag, which other people of the machine could read.
func (cmd initCmd) pin(a *asker) (string, error) {
	pin := os.Getenv("SCANBAY_PIN")
	if cmd.PINFile != "" {
		text, err := os.ReadFile(cmd.PINFile)
		if err != nil {
			return "", &store.Fault{Code: store.Missing, Path: cmd.PINFile, Err: err}
		}
		pin = strings.TrimSpace(string(text))
	}
	switch {
	case access.LikePIN(pin):
		return pin, nil
	case pin != "" || a.yes:
		return "", complaint(a.words().InitNeedsPIN())
	}
	return a.askPIN()
}

// cartons are the types of cartons: of flags, or asked for until there are no more.
func (cmd initCmd) cartons(a *asker) (out []store.CartonType, err error) {
	for _, text := range cmd.Carton {
		if _, want, ok := isCarton(text); !ok {
			return nil, complaint(a.words().InitBad(text, want))
		}
		out = append(out, cartonOf(text))
	}
	for len(cmd.Carton) == 0 && !a.yes {
		text, err := a.ask(question{"carton", "", "", isCarton})
		if err != nil || text == "" {
			return out, err
		}
		out = append(out, cartonOf(text))
	}
	return out, nil
}

// build makes the database under another name first, so that half of one is never
// worked in.
func (cmd initCmd) build(ctx context.Context, c *console, d decided) (err error) {
	part := cmd.DB + ".part"
	sweep := func() error {
		for _, name := range append(besides(part), part+".lock") {
			if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return &store.Fault{Code: store.ReadOnly, Path: name, Err: err}
			}
		}
		return nil
	}
	if err := sweep(); err != nil {
		return err
	}
	_, none := os.Stat(keyFile(cmd.DB))
	defer func() {
		if err != nil && none != nil {
			_ = os.Remove(keyFile(cmd.DB)) // it may not have come so far
		}
		err = errors.Join(err, sweep())
	}()
	db, err := sqlite.Open(ctx, part)
	if err != nil {
		return err
	}
	s, err := site{Warehouse: d.answers["warehouse"], Station: d.answers["station"],
		Zone: d.answers["zone"]}.establish(ctx, db, c.Now)
	if err != nil {
		return errors.Join(err, db.Close())
	}
	key, err := access.DeviceKey(keyFile(cmd.DB))
	if err == nil {
		err = s.WriteMany(ctx, store.Gesture{Source: "keyed"}, func(tx *store.Tx) error {
			return cmd.record(tx, key, d)
		})
	}
	if err := errors.Join(err, s.Close()); err != nil {
		return err
	}
	return os.Rename(part, cmd.DB)
}

// record writes down what was decided.
func (cmd initCmd) record(tx *store.Tx, key access.Key, d decided) error {
	for _, name := range store.Settings {
		value, said := d.answers[string(name)]
		if !said {
			continue
		}
		if err := tx.Record(store.SettingSet{Name: name, Value: value}); err != nil {
			return err
		}
	}
	for _, t := range d.cartons {
		if err := tx.Record(store.CartonTypeSet{CartonType: t}); err != nil {
			return err
		}
	}
	first := store.Operator{ID: store.OperatorID(d.answers["number"]), Name: d.answers["name"],
		Roles: string(store.Administrator), Lang: d.answers["language"], Active: true}
	if err := tx.Record(store.OperatorSaved{Operator: first}); err != nil {
		return err
	}
	_, err := key.SetPIN(tx, first.ID, d.pin)
	return err
}

// tell says what was decided, and what comes next.
func (cmd initCmd) tell(a *asker, d decided) {
	said := a.words()
	fmt.Fprintf(a.Out, "\n%s\n", said.InitDone(cmd.DB))
	for _, name := range []string{"language", "warehouse", "station", "zone", "number", "name"} {
		fmt.Fprintf(a.Out, "  %s = %s\n", a.about(name).Name, d.answers[name])
	}
	for _, name := range store.Settings {
		if value, said := d.answers[string(name)]; said {
			fmt.Fprintf(a.Out, "  %s (%s) = %s\n", a.about(string(name)).Name, name, value)
		}
	}
	for _, t := range d.cartons {
		fmt.Fprintf(a.Out, "  %s = %s %s\n", a.about("carton").Name, t.Code, t.Name)
	}
	db := ""
	if cmd.DB != "scanbay.db" {
		db = " --db " + cmd.DB
	}
	fmt.Fprintf(a.Out, "\n%s\n", said.InitNext())
	for _, kind := range []string{"items", "bins", "stock", "operators"} {
		fmt.Fprintf(a.Out, "  scanbay import %s %s.csv%s\n", kind, kind, db)
	}
	fmt.Fprintf(a.Out, "  scanbay --lang %s station%s\n", d.answers["language"], db)
}

// A check gives an answer as it is kept, or what would do.
type check func(answer string) (value, want string, ok bool)

func oneOf(values ...string) check {
	return func(answer string) (string, string, bool) {
		return answer, strings.Join(values, ", "), slices.Contains(values, answer)
	}
}

// settingOf checks a setting; its words in the person's language will do too.
func (a *asker) settingOf(name store.Setting) check {
	return func(answer string) (string, string, bool) {
		var choices []string
		for _, value := range name.Choices() {
			said := a.Text.SettingValue(name, value)
			if answer == said {
				answer = value
			}
			if said != value {
				said = value + " " + said
			}
			choices = append(choices, said)
		}
		want, ok := name.Valid(answer)
		if len(choices) > 0 {
			want = strings.Join(choices, ", ")
		}
		return answer, want, ok
	}
}

var codeLike = regexp.MustCompile(`^[A-Z0-9][A-Z0-9-]{0,11}$`)

// isCode takes what our labels can hold.
func isCode(answer string) (string, string, bool) {
	answer = strings.ToUpper(answer)
	return answer, "A-Z 0-9 -", codeLike.MatchString(answer)
}

func isName(answer string) (string, string, bool) { return answer, "", answer != "" }

func isZone(answer string) (string, string, bool) {
	_, err := time.LoadLocation(answer)
	return answer, "Asia/Shanghai, Europe/Berlin", err == nil && answer != "" && answer != "Local"
}

var cartonLike = regexp.MustCompile(`^\s*([A-Z0-9-]{1,12})\s*[,，]\s*([^,，]+?)\s*` +
	`(?:[,，]\s*([0-9]{1,5})[x*]([0-9]{1,5})[x*]([0-9]{1,5}))?$`)

// isCarton takes a carton type, or nothing.
func isCarton(answer string) (string, string, bool) {
	return answer, "B1,Box,250x200x150", answer == "" || cartonLike.MatchString(answer)
}

func cartonOf(text string) store.CartonType {
	parts := cartonLike.FindStringSubmatch(text)
	t := store.CartonType{Code: parts[1], Name: parts[2], Active: true}
	_, _ = fmt.Sscan(strings.Join(parts[3:], " "), &t.Length, &t.Width, &t.Height) // none will do
	return t
}

// zoneHere is the machine's time zone, where it says one. UTC does not: a machine is
// set so wherever it stands.
func zoneHere() string {
	zone := strings.TrimPrefix(os.Getenv("TZ"), ":")
	if link, err := os.Readlink("/etc/localtime"); err == nil && zone == "" {
		_, zone, _ = strings.Cut(link, "zoneinfo/")
	}
	if _, _, ok := isZone(zone); !ok || strings.HasSuffix(zone, "UTC") ||
		strings.HasPrefix(zone, "Etc/") {
		return "Asia/Shanghai"
	}
	return zone
}
