package i18n

import (
	"fmt"

	"scanbay/store"
)

// ReasonsText is said where it is shown how much comes back, and why.
type ReasonsText interface {
	ReturnsBys() map[store.ReturnsBy]string
	ReturnSteps() map[store.ReturnStep]string // the wait that ends with a step
	ReasonsBy(by string) string               // the titles
	ReasonsTrend() string
	ReasonsTimes() string
	ReasonsSpan(days int) string // the last ones; 0 for all
	ReasonsWhich() string
	ReasonsSum(back, sent store.Qty) string
	ReasonsCounts() string // while it is counted
	ReasonsNone() string
	ReasonsHint() string
	ReasonsSaid(list string) string  // by the customers
	ReasonsFound(list string) string // by the inspection
	ReasonsBack(most store.Qty, weeks bool) string
	ReasonsRate(most string) string
	ReasonsTable() []string // the columns of the times
	NotSaid() string        // a reason
	NotInspected() string
	NotKnown() string
	GradeName(g store.Grade) string
	Waited(ms int64) string
}

// Percent is a rate as people read it; below zero is none.
func Percent(rate float64) string {
	const exact = 0.1 // up to where a tenth of a per cent says something
	switch {
	case rate < 0:
		return "-"
	case rate < exact:
		return fmt.Sprintf("%.1f%%", rate*100)
	}
	return fmt.Sprintf("%.0f%%", rate*100)
}

// waited is a time in the unit that it is best read in.
func waited(ms int64, minutes, hours, days string) string {
	const minute, hour, day = 60_000, 3600_000, 24 * 3600_000
	switch {
	case ms < hour:
		return fmt.Sprintf("%d%s", (ms+minute-1)/minute, minutes)
	case ms < 2*day:
		return tenths(float64(ms)/hour) + hours
	}
	return tenths(float64(ms)/day) + days
}

// tenths is a number with a tenth where that says something.
func tenths(x float64) string {
	if x < 10 {
		return fmt.Sprintf("%.1f", x)
	}
	return fmt.Sprintf("%.0f", x)
}

// AskedFor is the name of a reason, by its code.
func AskedFor(t Text, known []store.Reason, code string) string {
	if code == "" {
		return t.NotSaid()
	}
	for _, r := range known {
		if r.Code == code {
			return t.Reason(r)
		}
	}
	return code
}

// FoundAs is the name of a grade, by its code.
func FoundAs(t Text, known []store.Grade, code string) string {
	if code == "" {
		return t.NotInspected()
	}
	for _, g := range known {
		if g.Code == code {
			return t.GradeName(g)
		}
	}
	return code
}
