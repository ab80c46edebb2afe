package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"scanbay/store"
	"scanbay/store/access"
	"scanbay/store/order"
	"scanbay/store/outbound"
	"scanbay/store/returns"
)

type setCmd struct {
	Name   string   `arg:"" help:"A setting, rule/CHANNEL/RULE, policy, count, grade, checklist..."`
	Values []string `arg:"" name:"value" help:"What holds from now on: see below."`
	site
}

// Help lists what can be set, for scanbay set --help.
func (setCmd) Help() string {
	var b strings.Builder
	b.WriteString("Settings, and what each may be:\n")
	for _, s := range store.Settings {
		want, _ := s.Valid("")
		fmt.Fprintf(&b, "  %-13s %s (%s)\n", s, want, s.Default())
	}
	b.WriteString("Rules of the review, and the parameter that each takes; on, off, or on,PARAM:\n")
	for _, r := range order.Rules() {
		fmt.Fprintf(&b, "  %-13s %s\n", r, r.Param())
	}
	return b.String() +
		"\"rule/shop/complete on,lines\" asks orders of the channel shop for lines alone;\n" +
		"\"rule//duplicate on,60\" looks for the same order within 60 minutes.\n\n" +
		"What is taken back, of an item, of a category or of all; what is not named stays:\n" +
		"  policy item:SKU|category:NAME|all [days=7] [final=yes] [grades=\"sealed opened\"]\n" +
		"    [restocking=10] [carriage=8.5] [bearer=" + strings.Join(store.Bearers, "|") + "]\n" +
		"    [above=500] [proof=yes] [active=no]\n" +
		"  days from the sign-off; grades that pay; restocking in per cent, carriage in money,\n" +
		"  and who bears both; worth above that a person decides; proof without an order.\n" +
		"How often a class of items is counted, and which difference needs nobody:\n" +
		"  count A|B|C|all [days=30] [pieces=1] [percent=0] [worth=50] [two=500] [active=no]\n" +
		"  days from count to count; pieces or per cent of the book that are put right by " +
		"themselves,\n  worth at cost above which they are not, and above which two approve.\n" +
		"How goods are packed, which the packer reads:\n" +
		"  packing item:SKU|category:NAME|fragile|valuable [material=TEXT] [double=yes]\n" +
		"    [insured=yes] [signed=yes] [type=CARTON] [active=no]\n" +
		"How goods are found, what is looked at, and why somebody does a thing. The first " +
		"grade,\nand the first reason of a use, that the site writes stand in the place of " +
		"all the standard\nones; CODE off takes one away:\n" +
		"  grade CODE ENGLISH CHINESE " + listed(store.Dispositions) + " DIGIT\n" +
		"  checklist CATEGORY|all ENGLISH=CHINESE...\n" +
		"  reason " + listed(access.ReasonUses) + " CODE ENGLISH CHINESE " +
		"[" + strings.Join(access.Liables, "|") + "]"
}

// listed is words to choose from.
func listed[T ~string](all []T) string {
	var out []string
	for _, w := range all {
		out = append(out, string(w))
	}
	return strings.Join(out, "|")
}

// everything is what stands for an empty scope, or an empty category.
const everything = "all"

func scopeOf(word string) string {
	if word == everything {
		return ""
	}
	return word
}

// Run records what the site decided.
func (s setCmd) Run(ctx context.Context, c *console) (err error) {
	set, err := s.change(c.words())
	if err != nil {
		return err
	}
	open, _, err := s.open(ctx, c.Now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, open.Close()) }()
	if err := set(ctx, open, store.Gesture{Source: "keyed"}); err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.Out, "%s = %s\n", s.Name, strings.Join(s.Values, " "))
	return err
}

// A change is what is done to a site that decides something.
type change func(context.Context, *store.Store, store.Gesture) error

// change is the operation that the words stand for.
func (s setCmd) change(said words) (do change, err error) {
	parts := strings.Split(s.Name, "/")
	v := s.Values
	switch name := store.Setting(s.Name); {
	case slices.Contains(store.Settings, name) && len(v) == 1:
		do = func(ctx context.Context, open *store.Store, by store.Gesture) error {
			return access.Set(ctx, open, by, name, v[0])
		}
	case len(parts) == 3 && parts[0] == "rule" && len(v) == 1:
		do = setRule(parts[1], parts[2], v[0])
	case s.Name == "policy" && len(v) > 1:
		return setPolicy(said, v[0], v[1:])
	case s.Name == "count" && len(v) > 1:
		return setCount(said, v[0], v[1:])
	case s.Name == "packing" && len(v) > 1:
		return setPacking(said, v[0], v[1:])
	case s.Name == "grade":
		do = setGrade(v)
	case s.Name == "checklist" && len(v) > 1:
		do = setChecklist(v[0], v[1:])
	case s.Name == "reason":
		do = setReason(v)
	}
	if do == nil {
		return nil, complaint(said.CannotSet(s.Name + " " + strings.Join(v, " ")))
	}
	return do, nil
}

// setRule switches a rule of the review; nil for words that mean nothing.
func setRule(channel, rule, value string) change {
	onOff, param, _ := strings.Cut(value, ",")
	if onOff != "on" && onOff != "off" || !slices.Contains(order.Rules(), order.Rule(rule)) {
		return nil
	}
	e := store.RuleSet{Channel: channel, Rule: rule, Active: onOff == "on", Param: param}
	return func(ctx context.Context, open *store.Store, by store.Gesture) error {
		return order.SetRule(ctx, open, by, e)
	}
}

// setPacking writes how goods are packed: what the words do not name stays as it is.
func setPacking(said words, scope string, values []string) (change, error) {
	try := store.PackingRule{}
	for _, v := range values {
		if want, ok := setPackingTerm(&try, v); !ok {
			return nil, complaint(said.BadTerm(v, want))
		}
	}
	return func(ctx context.Context, open *store.Store, by store.Gesture) error {
		p := store.PackingRule{Scope: scope, Active: true}
		all, err := store.Get(ctx, open, (*store.Reader).PackingRules)
		if err != nil {
			return err
		}
		for _, x := range all {
			if x.Scope == scope {
				p = x
			}
		}
		for _, v := range values {
			setPackingTerm(&p, v)
		}
		return outbound.SetPacking(ctx, open, by, p)
	}, nil
}

// setPackingTerm sets what KEY=VALUE says. It says what would do where that means nothing.
func setPackingTerm(p *store.PackingRule, text string) (want string, ok bool) {
	key, value, _ := strings.Cut(text, "=")
	texts := map[string]*string{"material": &p.Material, "type": &p.Type}
	flags := map[string]*store.Bit{"double": &p.Twice, "insured": &p.Insured,
		"signed": &p.Signed, "active": &p.Active}
	switch {
	case texts[key] != nil:
		*texts[key] = value
		return "", true
	case flags[key] != nil:
		*flags[key] = value == "yes"
		return "yes, no", value == "yes" || value == "no"
	}
	return "material=, double=, insured=, signed=, type=, active=", false
}

// setPolicy writes a policy for returns: what the words do not name stays as it is.
func setPolicy(said words, scope string, values []string) (change, error) {
	scope = scopeOf(scope)
	try := store.StandardPolicy
	for _, v := range values {
		if want, ok := setTerm(&try, v); !ok {
			return nil, complaint(said.BadTerm(v, want))
		}
	}
	return func(ctx context.Context, open *store.Store, by store.Gesture) error {
		p := store.StandardPolicy
		p.Scope = scope
		all, err := store.Get(ctx, open, (*store.Reader).ReturnPolicies)
		if err != nil {
			return err
		}
		for _, was := range all {
			if was.Scope == scope {
				p = was
			}
		}
		for _, v := range values {
			setTerm(&p, v)
		}
		return returns.SetPolicy(ctx, open, by, p)
	}, nil
}

// setTerm sets what KEY=VALUE says of a policy. It says what would do where that means
// nothing.
func setTerm(p *store.ReturnPolicy, text string) (want string, ok bool) {
	key, value, _ := strings.Cut(text, "=")
	numbers := map[string]*int64{"days": &p.Days, "restocking": &p.Restocking}
	amounts := map[string]*store.Money{"carriage": &p.Carriage, "above": &p.Above}
	texts := map[string]*string{"grades": &p.Grades, "bearer": &p.Bearer}
	bits := map[string]*store.Bit{"final": &p.Final, "proof": &p.Proof, "active": &p.Active}
	switch {
	case numbers[key] != nil:
		n, err := strconv.ParseInt(value, 10, 64)
		*numbers[key] = n
		return "7", err == nil
	case amounts[key] != nil:
		*amounts[key], ok = store.ParseMoney(value)
		return "8.5", ok
	case texts[key] != nil:
		*texts[key] = value
		return "", true
	case bits[key] != nil:
		*bits[key] = value == "yes"
		return "yes, no", value == "yes" || value == "no"
	}
	return "days, final, grades, restocking, carriage, bearer, above, proof, active", false
}

// off takes a grade or a reason away.
const off = "off"

// setGrade writes a grade, or takes one away; nil for words that mean nothing.
func setGrade(v []string) change {
	if len(v) == 2 && v[1] == off {
		return func(ctx context.Context, open *store.Store, by store.Gesture) error {
			all, err := store.Get(ctx, open, (*store.Reader).Grades)
			if err != nil {
				return err
			}
			i := slices.IndexFunc(all, func(g store.Grade) bool { return g.Code == v[0] })
			if i < 0 {
				return &store.Refusal{Code: store.NotFound, Got: v[0]}
			}
			g := all[i]
			g.Active = false
			return returns.SetGrade(ctx, open, by, g)
		}
	}
	if len(v) != 5 {
		return nil
	}
	n, err := strconv.ParseInt(v[4], 10, 64)
	if err != nil {
		return nil
	}
	g := store.Grade{Code: v[0], En: v[1], Zh: v[2], As: store.Disposition(v[3]), N: n,
		Active: true}
	return func(ctx context.Context, open *store.Store, by store.Gesture) error {
		return returns.SetGrade(ctx, open, by, g)
	}
}

// setChecklist writes what is looked at; nil for words that mean nothing.
func setChecklist(category string, points []string) change {
	e := store.ChecklistSet{Category: scopeOf(category)}
	for _, text := range points {
		en, zh, both := strings.Cut(text, "=")
		if !both {
			return nil
		}
		e.Points = append(e.Points, store.Point{En: en, Zh: zh})
	}
	return func(ctx context.Context, open *store.Store, by store.Gesture) error {
		return returns.SetChecklist(ctx, open, by, e)
	}
}

// setReason writes a reason, or takes one away; nil for words that mean nothing.
func setReason(v []string) change {
	if len(v) == 3 && v[2] == off {
		return func(ctx context.Context, open *store.Store, by store.Gesture) error {
			all, err := store.Get(ctx, open, func(r *store.Reader) ([]store.Reason, error) {
				return r.Reasons(store.ReasonUse(v[0]))
			})
			if err != nil {
				return err
			}
			i := slices.IndexFunc(all, func(x store.Reason) bool { return x.Code == v[1] })
			if i < 0 {
				return &store.Refusal{Code: store.NotFound, Got: v[1]}
			}
			x := all[i]
			x.Active = false
			return access.SetReason(ctx, open, by, x)
		}
	}
	if len(v) != 4 && len(v) != 5 {
		return nil
	}
	x := store.Reason{Use: store.ReasonUse(v[0]), Code: v[1], En: v[2], Zh: v[3], Active: true}
	if len(v) == 5 {
		x.Liable = v[4]
	}
	return func(ctx context.Context, open *store.Store, by store.Gesture) error {
		return access.SetReason(ctx, open, by, x)
	}
}
