package i18n_test

import (
	"errors"
	"strings"
	"testing"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/intake"
	"scanbay/store/order"
	"scanbay/store/returns"
	"scanbay/store/stocktake"
	"scanbay/tui/component"
	"scanbay/tui/i18n"
	"scanbay/tui/theme"
)

var languages = []i18n.Text{i18n.Chinese{}, i18n.English{}}

// fits says whether a banner with this on it leaves a 20 x 16 screen to work on.
func fits(problem, remedy string) bool {
	const w, most = 20, 6
	said := []string{problem, remedy}
	return len(component.Banner(theme.Plain(), component.Wrong, said, w)) <= most
}

func TestEveryRefusalIsSaidInEveryLanguage(t *testing.T) {
	const want, got = "6901234567892", "6909876543217"
	for _, text := range languages {
		said := map[string]store.Code{}
		for _, code := range store.Codes {
			r := &store.Refusal{Code: code, Want: want, Got: got, Is: store.ToteKind}
			problem, remedy := i18n.Explain(text, r)
			all := problem + remedy
			if !strings.Contains(all, want) || !strings.Contains(all, got) ||
				!fits(problem, remedy) {
				t.Errorf("%s: %s is said as %q, %q", text.Tag(), code, problem, remedy)
			}
			problem, remedy = i18n.Explain(text, &store.Refusal{Code: code})
			other, twice := said[problem]
			if twice || problem == "" || remedy == "" ||
				strings.ContainsAny(problem+remedy, "[]{}") {
				t.Errorf("%s: %s (and %s) is said as %q, %q",
					text.Tag(), code, other, problem, remedy)
			}
			said[problem] = code
		}
		if len(text.Refusals()) != len(store.Codes) {
			t.Errorf("%s has words for a code that is not in store.Codes", text.Tag())
		}
	}
}

func TestEveryFaultIsSaidInEveryLanguage(t *testing.T) {
	for _, text := range languages {
		said := map[string]bool{}
		for _, code := range store.FaultCodes {
			err := &store.Fault{Code: code, Path: "/var/lib/scanbay/bay.db", Err: errors.New("x")}
			problem, remedy := i18n.Explain(text, err)
			if said[problem] || problem == "" || remedy == "" || !fits(problem, remedy) {
				t.Errorf("%s: %s is said as %q, %q", text.Tag(), code, problem, remedy)
			}
			said[problem] = true
		}
		broken, _ := i18n.Explain(text, &store.Fault{Code: store.Broken})
		if problem, _ := i18n.Explain(text, errors.New("who knows")); problem != broken {
			t.Errorf("%s: an unknown error is said as %q", text.Tag(), problem)
		}
	}
}

func TestEveryFindingHasARemedy(t *testing.T) {
	for _, text := range []i18n.Text{i18n.English{}, i18n.Chinese{}} {
		for _, f := range scanner.Findings() {
			if a := text.Findings()[f]; a.Problem == "" || a.Remedy == "" {
				t.Errorf("%s: nothing is said of %s", text.Tag(), f)
			}
		}
	}
}

func TestAllThatBecomesOfPaperIsSaid(t *testing.T) {
	for _, text := range languages {
		for _, state := range store.PrintStates {
			if text.PrintStates()[state] == "" {
				t.Errorf("%s: no word for %s", text.Tag(), state)
			}
		}
		for _, trouble := range store.PrintTroubles {
			a := text.PrintTroubles()[trouble]
			if a.Problem == "" || a.Remedy == "" || !fits(a.Problem, a.Remedy) {
				t.Errorf("%s: %s is said as %q, %q", text.Tag(), trouble, a.Problem, a.Remedy)
			}
		}
	}
}

func TestEveryFlawOfAWeightIsSaid(t *testing.T) {
	for _, text := range languages {
		named(t, text.Tag(), text.ScaleFlaws(), scanner.WeightFlaws())
	}
}

func TestEveryConditionHasARemedy(t *testing.T) {
	for _, text := range languages {
		for _, c := range i18n.Conditions {
			short, problem, remedy := i18n.Describe(text, c, "/dev/ttyUSB0")
			if short == "" || problem == "" || remedy == "" || !fits(problem, remedy) ||
				!strings.Contains(problem, "/dev/ttyUSB0") {
				t.Errorf("%s: %s is said as %q, %q", text.Tag(), c, problem, remedy)
			}
		}
		if len(text.Conditions()) != len(i18n.Conditions) {
			t.Errorf("%s has words for a condition that is not listed", text.Tag())
		}
	}
}

func TestEveryNameIsThereOnce(t *testing.T) {
	for _, text := range languages {
		named(t, text.Tag(), text.Kinds(), store.Kinds)
		named(t, text.Tag(), text.Roles(), store.Roles)
		named(t, text.Tag(), text.Commands(), i18n.Commands)
		named(t, text.Tag(), text.Dispositions(), store.Dispositions)
		named(t, text.Tag(), text.Discrepancies(), store.DiscKinds)
		named(t, text.Tag(), text.CaseKinds(), stocktake.CaseKinds)
		named(t, text.Tag(), text.VarianceStates(), store.VarianceStates)
		named(t, text.Tag(), text.DiscEnds(), store.DiscEnds)
		named(t, text.Tag(), text.ShipmentStates(), store.ShipmentStates)
		named(t, text.Tag(), text.ReturnWants(), store.ReturnWantings)
		named(t, text.Tag(), text.ReturnHows(), store.ReturnHows)
		named(t, text.Tag(), text.ReturnStates(), append([]store.RMAState{""},
			store.RMAStates...))
	}
}

func named[K ~string](t *testing.T, lang string, names map[K]string, all []K) {
	t.Helper()
	said := map[string]K{}
	for _, k := range all {
		if other, twice := said[names[k]]; twice || names[k] == "" {
			t.Errorf("%s: %s and %s are called %q", lang, k, other, names[k])
		}
		said[names[k]] = k
	}
	if len(names) != len(all) {
		t.Errorf("%s: %d names for %d", lang, len(names), len(all))
	}
}

func TestWhyAReturnWaitsIsSaidInEveryLanguage(t *testing.T) {
	for _, text := range languages {
		said := map[string]bool{}
		for _, rule := range returns.Rules {
			problem, remedy := text.ReturnFinding(store.Finding{Rule: string(rule), Line: 2,
				Want: "7", Got: "9"})
			if problem == string(rule) || remedy == "" || said[problem] {
				t.Errorf("%s: %s is said as %q, %q", text.Tag(), rule, problem, remedy)
			}
			said[problem] = true
		}
	}
}

func TestWhyAVarianceWaitsIsSaidInEveryLanguage(t *testing.T) {
	for _, text := range languages {
		said := map[string]bool{}
		for _, why := range stocktake.Whys {
			problem := text.VarianceWhy(store.Finding{Rule: why})
			if problem == why || said[problem] {
				t.Errorf("%s: %s is said as %q", text.Tag(), why, problem)
			}
			said[problem] = true
		}
	}
}

// What the floor's operations note of a discrepancy is said in the reader's words; what people
// note stays as it is.
func TestNotesOfTheFloorAreSaidInEveryLanguage(t *testing.T) {
	for _, text := range languages {
		for note, want := range map[string]string{"missing 5": text.NoteMissing(5),
			"empty true": text.NoteEmpty(true), "empty false": text.NoteEmpty(false),
			"3 batches": text.NoteBatches(3), "grams 950/1000": text.NoteGrams("950", "1000"),
			"missing a leaf": "missing a leaf",
			"empty":          "empty", "some batches": "some batches", "": ""} {
			if got := i18n.NoteOf(text, note); got != want {
				t.Errorf("%s: %q is said as %q, not %q", text.Tag(), note, got, want)
			}
		}
	}
}

func TestNamesStandInForCodes(t *testing.T) {
	for _, c := range []struct {
		r    store.Refusal
		want string
	}{
		{store.Refusal{Code: store.WrongKind, Want: "bin", Got: "T-031", Is: store.ToteKind},
			"扫错类型，这是周转箱 T-031|按屏幕要求扫：货位"},
		{store.Refusal{Code: store.NoRight, Want: "supervisor", Got: "拣货一号"},
			"没有权限 拣货一号|请找有权限的人：主管"},
		{store.Refusal{Code: store.Unreadable, Got: "merged"}, "没读好：两个条码连在一起|请重扫"},
		{store.Refusal{Code: store.WrongItem, Got: "merged", Want: "A"},
			"商品不符，扫到 merged|放回，改拣 A"},
	} {
		problem, remedy := i18n.Explain(i18n.Chinese{}, &c.r)
		if got := problem + "|" + remedy; got != c.want {
			t.Errorf("%v: %s, want %s", c.r, got, c.want)
		}
	}
}

func TestAnEndlessCodeIsCut(t *testing.T) {
	r := &store.Refusal{Code: store.NotFound, Got: strings.Repeat("9", 4000)}
	if problem, _ := i18n.Explain(i18n.English{}, r); len(problem) > 100 {
		t.Errorf("%d characters", len(problem))
	}
}

func TestEveryReasonToRefuseAFileHasWords(t *testing.T) {
	for _, text := range languages {
		for _, code := range intake.Reasons {
			problem, remedy := i18n.Wrong(text, intake.Problem{Reason: code, Value: "V", Want: "W"})
			if problem == "" || remedy == "" || strings.ContainsAny(problem+remedy, "{[") {
				t.Errorf("%s says %q, %q for %s", text.Tag(), problem, remedy, code)
			}
		}
		if len(text.Reasons()) != len(intake.Reasons) {
			t.Errorf("%s has words for a reason that is none", text.Tag())
		}
	}
}

func TestWhatIsReadOfAThingIsSaidInEveryLanguage(t *testing.T) {
	for _, text := range languages {
		if zone := text.Zone(""); zone == "" || zone != strings.TrimSpace(zone) {
			t.Errorf("%s: %q says nothing of bins without a zone", text.Tag(), zone)
		}
		for _, kind := range store.EventKinds() {
			if text.Events()[kind] == "" {
				t.Errorf("%s: no word for the event %s", text.Tag(), kind)
			}
		}
		for _, kind := range store.PaymentKinds {
			if text.PaymentKinds()[kind] == "" {
				t.Errorf("%s: no word for a payment that was %s", text.Tag(), kind)
			}
		}
		for _, d := range order.Diff(store.Order{}, different, store.Recipient{}, someone) {
			if text.Fields()[d.What] == "" {
				t.Errorf("%s: no word for the field %s", text.Tag(), d.What)
			}
		}
	}
	if n := len(order.Diff(store.Order{}, different, store.Recipient{}, someone)); n !=
		len((i18n.English{}).Fields())-2 {
		t.Errorf("%d fields differ", n) // a province is of the address, a channel for ever
	}
}

// different and someone differ in everything from nothing.
var (
	different = store.Order{Customer: "x", BuyerRemark: "x", SellerRemark: "x", Freight: 1,
		Discount: 1, Tax: 1, PayMethod: "x", Paid: 1, COD: 1, Mode: "x", Service: "x",
		FreightPayer: "x", Carrier: "x", Waybill: "x", Province: "x", Priority: 1, ShipBy: 1,
		Lines: []store.OrderLine{{Line: 1, Item: "x", N: 1}}}
	someone = store.Recipient{Name: "x", Phone: "x", Address: "x", Token: "x"}
)

func TestEveryRuleSaysWhatToDo(t *testing.T) {
	for _, text := range languages {
		for _, rule := range order.Rules() {
			want := "name"
			if rule == order.Mode {
				want = "carrier"
			}
			problem, remedy := text.Finding(store.Finding{Rule: string(rule), Line: 3,
				Want: want, Got: "SF1"})
			if problem == "" || problem == string(rule) || remedy == "" {
				t.Errorf("%s: %s is said as %q, %q", text.Tag(), rule, problem, remedy)
			}
		}
	}
}
