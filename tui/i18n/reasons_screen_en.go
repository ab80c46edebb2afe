package i18n

import (
	"fmt"

	"scanbay/store"
)

// ReturnsBys implements ReasonsText.
func (English) ReturnsBys() map[store.ReturnsBy]string {
	return map[store.ReturnsBy]string{
		store.ReturnsByItem: "item", store.ReturnsByCategory: "category",
		store.ReturnsBySupplier: "supplier", store.ReturnsByChannel: "channel",
		store.ReturnsByRegion: "region", store.ReturnsBySeason: "season",
		store.ReturnsByCustomer: "customer", store.ReturnsByCarrier: "carrier",
		store.ReturnsByReason: "reason", store.ReturnsByGrade: "condition",
	}
}

// ReturnSteps implements ReasonsText.
func (English) ReturnSteps() map[store.ReturnStep]string {
	return map[store.ReturnStep]string{
		"": "in all", store.StepApproved: "review", store.StepArrived: "way here",
		store.StepReceived: "receive", store.StepInspected: "inspect",
		store.StepShelved: "put away",
	}
}

func (English) ReasonsBy(by string) string { return "Returns by " + by }
func (English) ReasonsTrend() string       { return "Returns over time" }
func (English) ReasonsTimes() string       { return "Returns: how long" }
func (English) ReasonsSpan(days int) string {
	switch days {
	case 0:
		return "all"
	case 365:
		return "a year"
	}
	return fmt.Sprintf("%d days", days)
}
func (English) ReasonsWhich() string { return "Over which time?" }
func (English) ReasonsSum(back, sent store.Qty) string {
	return fmt.Sprintf("%d of %d", back, sent)
}
func (English) ReasonsNone() string             { return "Nothing came back in this time." }
func (English) ReasonsCounts() string           { return "counting" }
func (English) ReasonsHint() string             { return "<> view, Enter time" }
func (English) ReasonsSaid(list string) string  { return "Said: " + list }
func (English) ReasonsFound(list string) string { return "Found: " + list }
func (English) ReasonsRate(most string) string  { return "Rate, most " + most }
func (English) ReasonsTable() []string          { return []string{"half", "90%", "n"} }
func (English) NotSaid() string                 { return "not said" }
func (English) NotInspected() string            { return "not inspected" }
func (English) NotKnown() string                { return "not known" }
func (English) GradeName(g store.Grade) string  { return g.En }
func (English) Waited(ms int64) string          { return waited(ms, "m", "h", "d") }
func (English) ReasonsBack(most store.Qty, weeks bool) string {
	if weeks {
		return fmt.Sprintf("Weekly, most %d", most)
	}
	return fmt.Sprintf("Daily, most %d", most)
}
