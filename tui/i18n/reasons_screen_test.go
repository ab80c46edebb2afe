package i18n_test

import (
	"testing"

	"scanbay/store"
	"scanbay/tui/i18n"
)

func TestWhatReturnsAreCountedByHasANameInEveryLanguage(t *testing.T) {
	steps := []store.ReturnStep{"", store.StepApproved, store.StepArrived, store.StepReceived,
		store.StepInspected, store.StepShelved}
	for _, text := range languages {
		named(t, text.Tag(), text.ReturnsBys(), store.ReturnsBys)
		named(t, text.Tag(), text.ReturnSteps(), steps)
		for _, g := range store.StandardGrades {
			want := map[string]string{"en": g.En, "zh": g.Zh}[text.Tag()]
			if got := i18n.FoundAs(text, store.StandardGrades, g.Code); got != want || got == "" {
				t.Errorf("%s: %s is called %q", text.Tag(), g.Code, got)
			}
		}
		if got := i18n.FoundAs(text, nil, "gone"); got != "gone" {
			t.Errorf("a grade that is no more is called %q", got)
		}
		if text.NotSaid() == "" || i18n.AskedFor(text, nil, "") != text.NotSaid() {
			t.Error("no word for a reason that nobody gave")
		}
	}
}

func TestNumbersAreAsExactAsTheyAreRead(t *testing.T) {
	for rate, want := range map[float64]string{-1: "-", 0: "0.0%", 0.034: "3.4%", 0.0999: "10.0%",
		0.1: "10%", 1: "100%", 2.5: "250%"} {
		if got := i18n.Percent(rate); got != want {
			t.Errorf("%v is %s, want %s", rate, got, want)
		}
	}
	const minute, hour = int64(60_000), int64(3600_000)
	for ms, want := range map[int64]string{0: "0m", 1: "1m", 59 * minute: "59m", hour: "1.0h",
		30 * hour: "30h", 48 * hour: "2.0d", 240 * hour: "10d"} {
		if got := (i18n.English{}).Waited(ms); got != want {
			t.Errorf("%d is %s, want %s", ms, got, want)
		}
	}
}
